//! Whether groups answer along different distributions.

use super::distribution::{chi_squared_survival, f_survival};
use super::linear::solve;
use super::{Sample, SmallSample, covariance};

/// Integer sums over the respondents of one sample for a table of groups by scores.
///
/// A cell is `group * scores + score`. Additive, like [`Moments`](crate::tally::Moments).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableMoments {
    /// Respondents with at least one answer in the table.
    respondents: u64,
    /// Answers per cell.
    counts: Vec<u64>,
    /// Σ over respondents of the product of their answers in two cells.
    products: Vec<u64>,
}

impl TableMoments {
    /// Nobody yet, in a table of `groups` times `scores` cells.
    pub fn new(groups: usize, scores: usize) -> TableMoments {
        let cells = groups * scores;
        TableMoments { respondents: 0, counts: vec![0; cells], products: vec![0; cells * cells] }
    }

    /// Adds one respondent, with the cell of each of their answers. Cells outside the table are left out.
    pub fn add(&mut self, answers: impl IntoIterator<Item = usize>) {
        let cells = self.counts.len();
        let mut mine: Vec<(usize, u64)> = Vec::new();
        for cell in answers.into_iter().filter(|cell| *cell < cells) {
            match mine.iter_mut().find(|(known, _)| *known == cell) {
                Some((_, count)) => *count += 1,
                None => mine.push((cell, 1)),
            }
        }
        self.respondents += u64::from(!mine.is_empty());
        for &(cell, count) in &mine {
            self.counts[cell] += count;
            for &(other, more) in &mine {
                self.products[cell * cells + other] += count * more;
            }
        }
    }

    /// The part of the table that `cells` name.
    fn narrowed(&self, cells: &[usize]) -> TableMoments {
        let all = self.counts.len();
        let pairs = cells.iter().flat_map(|a| cells.iter().map(move |b| a * all + b));
        TableMoments {
            respondents: self.respondents,
            counts: cells.iter().map(|cell| self.counts[*cell]).collect(),
            products: pairs.map(|pair| self.products[pair]).collect(),
        }
    }
}

/// Rao and Scott's second-order test that a table's groups answer alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RaoScott {
    /// Pearson's X² on the weighted shares, as if answers were independent.
    pub pearson: f64,
    /// How much larger X² is for answers of the same people than for independent ones, on average.
    pub mean_design_effect: f64,
    /// p of X² / mean design effect on chi-squared: the first-order correction.
    pub first_order_p: f64,
    /// X² / trace Δ.
    pub f: f64,
    pub numerator_degrees: f64,
    pub denominator_degrees: f64,
    pub p: f64,
}

/// Tests whether `groups` groups spread alike over `scores` scores. One part per sample: providers
/// by quadrant are one part, providers against officers two, each with its own frame.
///
/// Formula: p = weighted shares of the cells, V their linearised covariance, C the interaction
/// contrasts, D = diag(p); Δ = (C'D⁻¹C/N)⁻¹ C'D⁻¹VD⁻¹C; F = X²/tr Δ on d₀ = (tr Δ)²/tr Δ² and d₀ν
/// degrees of freedom, ν = respondents - parts. Groups and scores that nobody used are dropped.
///
/// `None` with fewer than two groups or scores in use, without a respondent to spare, or when the
/// covariance is 0 (a census) or singular. A part with an unknown frame counts each form once.
///
/// Source: Rao and Scott (1984); `svychisq(statistic = "F")` of R's `survey`.
///
/// ```
/// use rmsurvey::estimate::{Sample, TableMoments, rao_scott};
/// let mut table = TableMoments::new(2, 2);
/// // Cells 0 and 1 are the scores of the first group, 2 and 3 those of the second: 3, 1 against 1, 3.
/// [0, 0, 0, 1, 2, 3, 3, 3].iter().for_each(|&cell| table.add([cell]));
/// let test = rao_scott(2, 2, &[(Sample::without_frame(8), table)]).unwrap();
/// // By hand: Pearson's X² = 8 (3·3 - 1·1)² / 4⁴ = 2
/// assert!((test.pearson - 2.0).abs() < 1e-14);
/// ```
pub fn rao_scott(groups: usize, scores: usize, parts: &[(Sample, TableMoments)]) -> Option<RaoScott> {
    if parts.iter().any(|(_, table)| table.counts.len() != groups * scores) {
        return None;
    }
    let used = |cell: usize| parts.iter().any(|(_, table)| table.counts[cell] > 0);
    let rows: Vec<_> = (0..groups).filter(|g| (0..scores).any(|s| used(g * scores + s))).collect();
    let columns: Vec<_> = (0..scores).filter(|s| (0..groups).any(|g| used(g * scores + s))).collect();
    if rows.len() < 2 || columns.len() < 2 {
        return None;
    }
    let cells: Vec<_> = rows.iter().flat_map(|g| columns.iter().map(move |s| g * scores + s)).collect();
    let parts: Vec<_> = parts.iter().map(|(sample, table)| (*sample, table.narrowed(&cells))).collect();
    let answers: u64 = parts.iter().flat_map(|(_, table)| &table.counts).sum();
    let respondents: u64 = parts.iter().map(|(_, table)| table.respondents).sum();
    let spare = respondents.checked_sub(parts.len() as u64).filter(|spare| *spare > 0)? as f64;
    let answers = answers as f64;

    let shares = shares(&parts);
    let pearson = answers * distance_from_independence(&shares, columns.len());
    let covariance = covariance_of_shares(&parts, &shares)?;
    let contrasts = contrasts(&shares, rows.len(), columns.len());
    let simple = quadratic(&contrasts, |a, b| if a == b { shares[a] / answers } else { 0.0 });
    let delta = solve(simple, quadratic(&contrasts, |a, b| covariance[a][b]))?;
    let size = delta.len();
    let trace: f64 = (0..size).map(|i| delta[i][i]).sum();
    let trace_of_square: f64 =
        (0..size).map(|i| (0..size).map(|j| delta[i][j] * delta[j][i]).sum::<f64>()).sum();
    if trace <= 0.0 || trace_of_square <= 0.0 {
        return None;
    }
    let (f, numerator_degrees) = (pearson / trace, trace * trace / trace_of_square);
    let denominator_degrees = numerator_degrees * spare;
    let mean_design_effect = trace / size as f64;
    Some(RaoScott {
        pearson,
        mean_design_effect,
        first_order_p: chi_squared_survival(pearson / mean_design_effect, size as f64)?,
        f,
        numerator_degrees,
        denominator_degrees,
        p: f_survival(f, numerator_degrees, denominator_degrees)?,
    })
}

/// Weighted share of the answers in each cell.
fn shares(parts: &[(Sample, TableMoments)]) -> Vec<f64> {
    let total = weighted_total(parts);
    let cells = parts.first().map_or(0, |(_, table)| table.counts.len());
    let share = |cell: usize| {
        parts.iter().map(|(sample, table)| sample.weight() * table.counts[cell] as f64).sum::<f64>() / total
    };
    (0..cells).map(share).collect()
}

fn weighted_total(parts: &[(Sample, TableMoments)]) -> f64 {
    parts.iter().map(|(sample, table)| sample.weight() * table.counts.iter().sum::<u64>() as f64).sum()
}

/// Σ (p - expected)² / expected, expected under independence of rows and columns.
fn distance_from_independence(shares: &[f64], columns: usize) -> f64 {
    let row =
        |cell: usize| shares.chunks(columns).nth(cell / columns).unwrap_or_default().iter().sum::<f64>();
    let column = |cell: usize| shares.iter().skip(cell % columns).step_by(columns).sum::<f64>();
    let term = |(cell, share): (usize, &f64)| {
        let expected = row(cell) * column(cell);
        (share - expected).powi(2) / expected
    };
    shares.iter().enumerate().map(term).sum()
}

/// V: per respondent the influence on share *a* is w (k_a - t p_a) / W with t answers in all.
fn covariance_of_shares(parts: &[(Sample, TableMoments)], shares: &[f64]) -> Option<Vec<Vec<f64>>> {
    let (cells, whole) = (shares.len(), weighted_total(parts));
    let mut summed = vec![vec![0.0; cells]; cells];
    for (sample, table) in parts {
        let scale = sample.weight() / whole;
        let answers = table.counts.iter().sum::<u64>() as f64;
        let by_total: Vec<f64> =
            table.products.chunks(cells).map(|row| row.iter().sum::<u64>() as f64).collect();
        let squared_total: f64 = by_total.iter().sum();
        let sum = |cell: usize| scale * (table.counts[cell] as f64 - answers * shares[cell]);
        for (a, row) in summed.iter_mut().enumerate() {
            for (b, value) in row.iter_mut().enumerate() {
                let products =
                    table.products[a * cells + b] as f64 - shares[a] * by_total[b] - shares[b] * by_total[a]
                        + shares[a] * shares[b] * squared_total;
                *value += covariance(*sample, SmallSample::Forms, sum(a), sum(b), scale * scale * products)?;
            }
        }
    }
    Some(summed)
}

/// The columns of D⁻¹C, one per pair of a row and a column other than the first: where a cell has
/// no answer, D⁻¹ is 0.
fn contrasts(shares: &[f64], rows: usize, columns: usize) -> Vec<Vec<(usize, f64)>> {
    let scaled = |cell: usize, sign: f64| (cell, if shares[cell] > 0.0 { sign / shares[cell] } else { 0.0 });
    let contrast = |row: usize, column: usize| {
        vec![
            scaled(row * columns + column, 1.0),
            scaled(row * columns, -1.0),
            scaled(column, -1.0),
            scaled(0, 1.0),
        ]
    };
    (1..rows)
        .flat_map(|row| (1..columns).map(move |column| (row, column)))
        .map(|(r, c)| contrast(r, c))
        .collect()
}

/// B' M B for sparse columns B.
fn quadratic(columns: &[Vec<(usize, f64)>], matrix: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let entry = |left: &Vec<(usize, f64)>, right: &Vec<(usize, f64)>| -> f64 {
        left.iter()
            .flat_map(|(a, x)| right.iter().map(move |(b, y)| (a, b, x * y)))
            .map(|(a, b, by)| by * matrix(*a, *b))
            .sum()
    };
    columns.iter().map(|left| columns.iter().map(|right| entry(left, right)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undefined_is_none() {
        let mut table = TableMoments::new(2, 3);
        [0, 1, 0, 1].iter().for_each(|&cell| table.add([cell]));
        assert_eq!(rao_scott(2, 3, &[(Sample::without_frame(4), table.clone())]), None); // one group
        table.add([3]);
        assert!(rao_scott(2, 3, &[(Sample::without_frame(5), table.clone())]).is_some());
        assert_eq!(rao_scott(2, 3, &[(Sample::new(5, Some(5)).unwrap(), table.clone())]), None);
        assert_eq!(rao_scott(3, 3, &[(Sample::without_frame(5), table)]), None); // another shape
        assert_eq!(rao_scott(2, 2, &[]), None);
    }
}
