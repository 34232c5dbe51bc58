//! Comparisons of different people.

use super::{Comparison, Estimate};

/// `left` minus `right` where nobody is on both sides: providers against officers, one group against
/// another or against the rest, two waves whose respondents are not linked.
///
/// Formula: V = V_left + V_right, each with its own sample; degrees of freedom by
/// [`welch_satterthwaite`]. No standard error unless both sides have one.
///
/// ```
/// use rmsurvey::estimate::{Sample, independent, mean};
/// use rmsurvey::tally::Moments;
/// let side = |scores: [u64; 3]| {
///     let mut answers = Moments::default();
///     scores.iter().for_each(|&score| answers.add(1, score));
///     mean(&answers, Sample::without_frame(3))
/// };
/// let gap = independent(side([2, 3, 4]), side([1, 2, 3]));
/// let difference = gap.difference.unwrap();
/// // By hand: both variances 1/3, so the standard error is sqrt(2/3) and the degrees of freedom 4
/// assert!((difference.standard_error.unwrap() - (2.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// assert!((difference.degrees_of_freedom.unwrap() - 4.0).abs() < 1e-12);
/// ```
pub fn independent(left: Option<Estimate>, right: Option<Estimate>) -> Comparison {
    let part = |side: Option<Estimate>| side.and_then(|it| it.variance().zip(it.degrees_of_freedom));
    let parts = part(left).zip(part(right)).map(|(left, right)| [left, right]);
    let variance = parts.map(|parts| parts.iter().map(|(variance, _)| variance).sum());
    let degrees_of_freedom = parts.and_then(|parts| welch_satterthwaite(&parts));
    let respondents = [left, right].into_iter().flatten().map(|side| side.respondents).sum();
    Comparison::new(left, right, respondents, variance, degrees_of_freedom)
}

/// Degrees of freedom of a sum of independent variances, given as (variance, degrees of freedom).
///
/// Formula: (ΣV)² / Σ(V² / df). `None` when every variance is 0.
///
/// Source: Welch (1947), Satterthwaite (1946). The n₁ + n₂ - 2 of a pooled test is overconfident when
/// one side is small.
pub fn welch_satterthwaite(parts: &[(f64, f64)]) -> Option<f64> {
    let total: f64 = parts.iter().map(|(variance, _)| variance).sum();
    let spread: f64 = parts.iter().map(|(variance, degrees)| variance * variance / degrees).sum();
    (spread > 0.0 && spread.is_finite()).then(|| total * total / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: (1 + 3)² / (1/4 + 9/9) = 12.8.
    #[test]
    fn degrees_of_freedom_lean_to_the_noisier_side() {
        assert_eq!(welch_satterthwaite(&[(1.0, 4.0), (3.0, 9.0)]), Some(12.8));
        assert_eq!(welch_satterthwaite(&[(0.0, 4.0), (0.0, 9.0)]), None);
        assert_eq!(welch_satterthwaite(&[(0.0, 4.0), (2.0, 9.0)]), Some(9.0));
    }
}
