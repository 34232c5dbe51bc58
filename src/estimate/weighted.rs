//! Mean score of a domain with weighted respondents.

use super::linear::least_squares;
use super::{Estimate, SmallSample, Weights, covariance};
use crate::tally::Moments;

/// The weighted mean of a domain. `domain` holds the moments of the forms of each stratum, in the
/// order of [`Strata::position`](super::Strata::position); a stratum without an answer is empty.
///
/// Formula: R = Σ w y / Σ w k; z = (y - R k) / Σ w k; e = what a least squares fit of z on the levels
/// of all margins, over every form returned, leaves unexplained; standard error = sqrt(V(w e)) with
/// n/(n-1) and m - 1 degrees of freedom. Matching margins makes R surer by what they explain.
///
/// `None` without an answer, or with moments for another number of strata.
///
/// Source: Deville and Särndal (1992), calibration residuals; `svyratio` on a calibrated design in
/// R's `survey`.
///
/// ```
/// use rmsurvey::estimate::{Strata, Weights, weighted_mean};
/// use rmsurvey::tally::Moments;
/// let strata = Strata::new([vec![Some(0)], vec![Some(0)], vec![Some(1)]], Some(30)).unwrap();
/// let weights = Weights::to_margins(strata, &[vec![12, 18]], None).unwrap();
/// let mut domain = vec![Moments::default(); 2];
/// domain[0].add(1, 2);
/// domain[0].add(1, 4);
/// domain[1].add(1, 4);
/// // By hand: (6 * 2 + 6 * 4 + 18 * 4) / 30 = 3.6
/// assert!((weighted_mean(&weights, &domain).unwrap().value - 3.6).abs() < 1e-12);
/// ```
pub fn weighted_mean(weights: &Weights, domain: &[Moments]) -> Option<Estimate> {
    if domain.len() != weights.strata.len() {
        return None;
    }
    let sum = |of: fn(&Moments) -> u64| -> f64 {
        domain.iter().zip(&weights.of).map(|(stratum, weight)| weight * of(stratum) as f64).sum()
    };
    let base = sum(|stratum| stratum.k);
    if base <= 0.0 {
        return None;
    }
    let value = sum(|stratum| stratum.y) / base;
    let respondents: u64 = domain.iter().map(|stratum| stratum.m).sum();
    let estimate = Estimate::bare(value, respondents, domain.iter().map(|stratum| stratum.k).sum());
    if respondents < 2 {
        return Some(estimate);
    }
    let residuals = Residuals::new(domain, value, base);
    let explained = residuals.explained_by_margins(weights);
    let (mut influence, mut squares) = (0.0, 0.0);
    for (stratum, &weight) in weights.of.iter().enumerate() {
        let (sum, square) = (residuals.sum[stratum], residuals.squares[stratum]);
        let (fitted, forms) = (explained[stratum], weights.strata.forms()[stratum] as f64);
        // Σ w e and Σ (w e)² over the forms of the stratum, which share w and the fitted value.
        influence += weight * (sum - forms * fitted);
        squares += weight * weight * (square - 2.0 * fitted * sum + forms * fitted * fitted);
    }
    let sample = weights.strata.sample();
    let variance = covariance(sample, SmallSample::Forms, influence, influence, squares);
    Some(estimate.with_variance(variance.map(|it| it.max(0.0)), Some((respondents - 1) as f64)))
}

/// Σ z and Σ z² of each stratum.
struct Residuals {
    sum: Vec<f64>,
    squares: Vec<f64>,
}

impl Residuals {
    fn new(domain: &[Moments], mean: f64, base: f64) -> Residuals {
        let sum = |it: &Moments| (it.y as f64 - mean * it.k as f64) / base;
        let square = |it: &Moments| {
            (it.yy as f64 - 2.0 * mean * it.ky as f64 + mean * mean * it.kk as f64) / (base * base)
        };
        Residuals { sum: domain.iter().map(sum).collect(), squares: domain.iter().map(square).collect() }
    }

    /// The fitted z of each stratum: least squares on an intercept and one indicator per level.
    fn explained_by_margins(&self, weights: &Weights) -> Vec<f64> {
        let strata = &weights.strata;
        let indicators = indicators(strata.levels());
        let size = indicators.first().map_or(0, Vec::len);
        let mut matrix = vec![vec![0.0; size]; size];
        let mut right = vec![0.0; size];
        for ((indicators, &forms), sum) in indicators.iter().zip(strata.forms()).zip(&self.sum) {
            for (row, a) in indicators.iter().enumerate() {
                right[row] += a * sum;
                for (column, b) in indicators.iter().enumerate() {
                    matrix[row][column] += a * b * forms as f64;
                }
            }
        }
        let fit = least_squares(matrix, &right);
        let fitted = |row: &Vec<f64>| row.iter().zip(&fit).map(|(one, by)| one * by).sum();
        indicators.iter().map(fitted).collect()
    }
}

/// An intercept and, per margin, an indicator of each level found but the first.
fn indicators(levels: &[super::weights::Levels]) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![1.0]; levels.len()];
    for margin in 0..levels.first().map_or(0, Vec::len) {
        let found: std::collections::BTreeSet<_> = levels.iter().map(|stratum| stratum[margin]).collect();
        for level in found.iter().skip(1) {
            for (row, stratum) in rows.iter_mut().zip(levels) {
                row.push(f64::from(u8::from(stratum[margin] == *level)));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Strata, mean_with};

    /// Equal weights without margins are the plain mean with n/(n-1), by definition.
    #[test]
    fn without_margins_it_is_the_plain_mean() {
        let strata = Strata::new((0..4).map(|_| vec![]), Some(40)).unwrap();
        let mut domain = Moments::default();
        [(1, 2), (2, 7), (1, 4)].iter().for_each(|&(k, y)| domain.add(k, y));
        let plain = mean_with(&domain, strata.sample(), SmallSample::Forms).unwrap();
        let weighted = weighted_mean(&Weights::equal(strata), &[domain]).unwrap();
        assert!((plain.value - weighted.value).abs() < 1e-15);
        assert!((plain.standard_error.unwrap() - weighted.standard_error.unwrap()).abs() < 1e-15);
        assert_eq!(plain.degrees_of_freedom, weighted.degrees_of_freedom);
    }

    #[test]
    fn margins_that_explain_everything_leave_no_doubt() {
        let strata = Strata::new([vec![Some(0)], vec![Some(0)], vec![Some(1)], vec![Some(1)]], None).unwrap();
        let weights = Weights::to_margins(strata, &[vec![10, 30]], None).unwrap();
        let mut domain = vec![Moments::default(); 2];
        [2, 2].iter().for_each(|&score| domain[0].add(1, score));
        [4, 4].iter().for_each(|&score| domain[1].add(1, score));
        let estimate = weighted_mean(&weights, &domain).unwrap();
        assert!((estimate.value - 3.5).abs() < 1e-12); // 2 * 1/4 + 4 * 3/4
        assert!(estimate.standard_error.unwrap() < 1e-12);
        assert_eq!(weighted_mean(&weights, &[Moments::default(); 2]), None);
        assert_eq!(weighted_mean(&weights, &[]), None);
    }
}
