//! How close is the same.

use std::collections::BTreeMap;

/// |a - b| <= 1e-9 · max(1, |b|), for every figure.
const FIGURE: f64 = 1e-9;
/// |a - b| <= 1e-6 · |b|, besides, for p-values: a tail of 1e-12 must be right too.
const P: f64 = 1e-6;

/// Compares values with a reference file, column by column, and remembers what did not fit.
#[derive(Default)]
pub struct Check {
    file: &'static str,
    rows: usize,
    worst: BTreeMap<&'static str, (usize, f64)>,
    faults: Vec<String>,
}

impl Check {
    pub fn of(file: &'static str) -> Check {
        Check { file, ..Check::default() }
    }

    /// One row of the file: (column, what the library says).
    pub fn row(&mut self, row: &super::table::Row, figures: &[(&'static str, Option<f64>)]) {
        self.rows += 1;
        for &(column, ours) in figures {
            let (count, worst) = self.worst.entry(column).or_default();
            *count += 1;
            let same = match (ours, row.number(column)) {
                (None, None) => true,
                (Some(ours), Some(theirs)) => {
                    let distance = (ours - theirs).abs();
                    let relative = distance / theirs.abs().max(1.0);
                    *worst = worst.max(relative);
                    let is_p = column == "p" || column.starts_with("p_");
                    relative <= FIGURE && (!is_p || distance <= P * theirs.abs())
                }
                _ => false,
            };
            if !same {
                self.faults.push(format!("{column}: {ours:?} against {:?} in {row}", row.number(column)));
            }
        }
    }

    /// Fails with the first differences, or unless exactly `rows` rows were compared.
    pub fn finish(self, rows: usize) {
        let shown = self.faults.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.faults.is_empty(), "{}: {} differ\n{shown}", self.file, self.faults.len());
        assert_eq!(self.rows, rows, "{}: rows compared", self.file);
        println!("{}: {} rows", self.file, self.rows);
        for (column, (count, worst)) in self.worst {
            println!("  {column:20} {count:5} worst {worst:.1e}");
        }
    }
}
