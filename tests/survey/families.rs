//! Tests are adjusted family by family, and a family is all rows that name it.

use std::collections::BTreeMap;

use crate::support::data;

/// Families whose members are declared beforehand; the others are tables that are screened.
const DECLARED: [&str; 3] = ["headline", "questions", "departments"];

/// `p.adjust` of R, "holm" and "BH", as its documentation has them.
fn adjusted(p: &[f64], is_declared: bool) -> Vec<f64> {
    let count = p.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| p[one].total_cmp(&p[other]));
    let mut adjusted = vec![0.0; count];
    for (rank, &at) in order.iter().enumerate() {
        adjusted[at] = if is_declared {
            let up_to_here = order[..=rank].iter().enumerate();
            up_to_here.map(|(rank, &at)| p[at] * (count - rank) as f64).fold(0.0, f64::max).min(1.0)
        } else {
            let from_here_on = order.iter().enumerate().skip(rank);
            from_here_on.map(|(rank, &at)| p[at] * count as f64 / (rank + 1) as f64).fold(1.0, f64::min)
        };
    }
    adjusted
}

/// The rows of a family lie anywhere in the file: what is judged together must not depend on what is worked
/// out together.
#[test]
fn every_family_is_adjusted_as_one() {
    for (name, families) in [("private/gaps.csv", 2166), ("private/changes.csv", 540)] {
        let table = data(name);
        let [family, p, p_adjusted] = ["family", "p", "p_adjusted"].map(|column| table.column(column));
        let number = |text: &String| text.parse::<f64>().expect("a number");
        let mut of: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
        for row in &table.rows {
            assert_eq!(row[family].is_empty(), row[p].is_empty(), "{name}: {row:?}");
            if !row[p].is_empty() {
                of.entry(&row[family]).or_default().push((number(&row[p]), number(&row[p_adjusted])));
            }
        }
        assert_eq!(of.len(), families, "{name}");
        for (family, members) in of {
            let (p, told): (Vec<f64>, Vec<f64>) = members.into_iter().unzip();
            let is_declared = DECLARED.contains(&family.rsplit('/').next().unwrap_or_default());
            for (expected, told) in adjusted(&p, is_declared).into_iter().zip(told) {
                assert!((expected - told).abs() <= 1e-12, "{name}, {family}: {told} instead of {expected}");
            }
        }
    }
}
