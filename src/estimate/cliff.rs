//! How often one group scores above another.

use std::cmp::Ordering;

use super::distribution::t_quantile;
use super::figure::LEVEL;
use super::{Estimate, Interval};
use crate::ratio::Ratio;

/// Cliff's delta: the chance that someone on the left scores higher than someone on the right, minus
/// the chance of the opposite; between -1 and 1.
///
/// One number per respondent, as (k answers, their sum): a single score is (1, score), the mean of
/// several (k, sum). Pooled answers would break the independence that the interval rests on.
/// Respondents without an answer (k = 0) are left out.
///
/// Formula: δ = Σ sign(x - y) / (n₁n₂); unbiased variance of Cliff; interval of Feng and Cliff with t
/// and n₁ + n₂ - 2 degrees of freedom. Where |δ| = 1 that end is the bound, and variance and interval
/// start from δ (n₁n₂ - 1)/(n₁n₂). No standard error with one respondent on a side or a variance
/// below 0. `None` with nobody on a side.
///
/// Source: Cliff (1993), Feng and Cliff (2004); `cliff.delta` of R's `effsize`.
///
/// ```
/// use rmsurvey::estimate::cliffs_delta;
/// let delta = cliffs_delta(&[(1, 4), (1, 3)], &[(1, 3), (1, 1)]).unwrap();
/// // By hand: of four pairs three are higher and one is a tie
/// assert_eq!(delta.value, 0.75);
/// ```
pub fn cliffs_delta(left: &[(u64, u64)], right: &[(u64, u64)]) -> Option<Estimate> {
    let (left, right) = (sorted(left), sorted(right));
    let (left_base, right_base) = (left.len() as i128, right.len() as i128);
    let pairs = left_base * right_base;
    // For everyone: how many of the other side are below, minus how many are above.
    let left_beside = below_and_above(&left, &right);
    let right_beside = below_and_above(&right, &left);
    let lead = |&(below, above): &(i128, i128)| below - above;
    let total: i128 = left_beside.iter().map(lead).sum();
    let ratio = Ratio::new(total, pairs)?;
    let people = (left.len() + right.len()) as u64;
    let estimate = Estimate { ratio: Some(ratio), ..Estimate::bare(ratio.value(), people, people) };
    if left.len() < 2 || right.len() < 2 {
        return Some(estimate);
    }
    let extreme = total.abs() == pairs;
    let scale = (pairs * (left_base - 1) * (right_base - 1)) as f64;
    let variance = if extreme {
        (left_base + right_base - 1) as f64 / pairs as f64 / scale
    } else {
        let squares: i128 = left_beside.iter().chain(&right_beside).map(|it| lead(it).pow(2)).sum();
        let decided: i128 = left_beside.iter().map(|(below, above)| below + above).sum();
        let shared = total * total * (left_base + right_base - 1);
        // Exact, so that a variance of 0 is one.
        (pairs * (squares - decided) - shared) as f64 / pairs as f64 / scale
    };
    if variance < 0.0 {
        return Some(estimate);
    }
    let degrees_of_freedom = (left_base + right_base - 2) as f64;
    let start = if extreme { ratio.value() * (pairs - 1) as f64 / pairs as f64 } else { ratio.value() };
    let interval = t_quantile(0.5 + LEVEL / 2.0, degrees_of_freedom)
        .and_then(|t| feng_cliff(start, variance, t))
        .and_then(|interval| match ratio.value() {
            1.0 => Interval::new(interval.lower, 1.0),
            -1.0 => Interval::new(-1.0, interval.upper),
            _ => Some(interval),
        });
    Some(Estimate {
        standard_error: Some(variance.sqrt()),
        degrees_of_freedom: Some(degrees_of_freedom),
        interval,
        ..estimate
    })
}

/// The asymmetric interval that stays inside -1 to 1.
fn feng_cliff(delta: f64, variance: f64, t: f64) -> Option<Interval> {
    let room = 1.0 - delta * delta;
    let half_width = t * variance.sqrt() * (room * room + t * t * variance).sqrt();
    let scale = room + t * t * variance;
    let centre = delta - delta.powi(3);
    (scale > 0.0).then_some(())?;
    Interval::new((centre - half_width) / scale, (centre + half_width) / scale)
}

/// Exact comparison of two means y/k.
pub(super) fn by_mean(&(k, y): &(u64, u64), &(other_k, other_y): &(u64, u64)) -> Ordering {
    (u128::from(y) * u128::from(other_k)).cmp(&(u128::from(other_y) * u128::from(k)))
}

fn sorted(side: &[(u64, u64)]) -> Vec<(u64, u64)> {
    let mut side: Vec<_> = side.iter().copied().filter(|(k, _)| *k > 0).collect();
    side.sort_by(by_mean);
    side
}

/// For everyone on a side: how many of the other are below and above. Both sides sorted.
fn below_and_above(side: &[(u64, u64)], other: &[(u64, u64)]) -> Vec<(i128, i128)> {
    let (mut below, mut not_above) = (0, 0);
    let beside = side.iter().map(|one| {
        while other.get(below).is_some_and(|it| by_mean(it, one).is_lt()) {
            below += 1;
        }
        while other.get(not_above).is_some_and(|it| by_mean(it, one).is_le()) {
            not_above += 1;
        }
        (below as i128, (other.len() - not_above) as i128)
    });
    beside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_somebody() {
        assert_eq!(cliffs_delta(&[], &[(1, 2)]), None);
        assert_eq!(cliffs_delta(&[(0, 0)], &[(1, 2)]), None);
        let one = cliffs_delta(&[(1, 4)], &[(1, 2), (1, 4)]).unwrap();
        assert_eq!((one.value, one.standard_error, one.interval), (0.5, None, None));
    }

    /// 7/3 and 14/6 are one mean, though 7.0 / 3.0 need not be for every such pair of doubles.
    #[test]
    fn equal_means_tie() {
        let tied = cliffs_delta(&[(3, 7), (6, 14)], &[(6, 14), (9, 21)]).unwrap();
        assert_eq!((tied.value, tied.standard_error), (0.0, Some(0.0)));
        assert_eq!(tied.interval.map(|it| (it.lower, it.upper)), Some((0.0, 0.0)));
    }
}
