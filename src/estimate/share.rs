//! Share of answers: scoring at the top, or saying "no contact".

use super::distribution::t_quantile;
use super::figure::LEVEL;
use super::{Estimate, Interval, Sample, SmallSample, mean_with};
use crate::tally::Moments;

/// A share of answers between 0 and 1, with a Wilson interval that knows the answers of one
/// respondent hang together.
///
/// `moments` counts per respondent k answers, y of which qualify: answers at or above the cut out of
/// all valid ones for a top share; "no contact" out of valid answers and "no contact" for a
/// no-contact share.
///
/// Formula: p = Σy / Σk; standard error as for a ratio mean with n/(n-1); Wilson's interval with
/// t(0.975, m-1) in place of z and n_eff = p(1-p) / standard error² in place of the sample size.
/// With a standard error of 0 (every respondent alike) n_eff = m, except in a census, where the
/// share is known and the interval a point.
///
/// `None` without an answer; one respondent has a share but no interval.
///
/// Source: `svyciprop(method = "wilson")` of R's `survey` 4.5.
///
/// ```
/// use rmsurvey::estimate::{Sample, share};
/// use rmsurvey::tally::Moments;
/// let mut qualifying = Moments::default();
/// (0..4).for_each(|_| qualifying.add(1, 1));
/// let share = share(&qualifying, Sample::new(4, Some(40)).unwrap()).unwrap();
/// assert_eq!((share.value, share.standard_error), (1.0, Some(0.0)));
/// // By hand: all four agree, so the lower end is 4 / (4 + t²) with t(0.975, 3) = 3.182446
/// assert!((share.interval.unwrap().lower - 4.0 / (4.0 + 3.182446305283711_f64.powi(2))).abs() < 1e-12);
/// ```
pub fn share(moments: &Moments, sample: Sample) -> Option<Estimate> {
    let share = mean_with(moments, sample, SmallSample::Forms)?;
    let (Some(variance), Some(degrees_of_freedom)) = (share.variance(), share.degrees_of_freedom) else {
        return Some(share);
    };
    if sample.is_census() {
        return Some(share);
    }
    let base = effective_base(share.value, variance, moments.m);
    let interval =
        t_quantile(0.5 + LEVEL / 2.0, degrees_of_freedom).and_then(|t| wilson(share.value, base, t));
    Some(Estimate { interval, ..share })
}

/// n_eff: how many independent answers would be as sure; m where the variance is 0.
fn effective_base(share: f64, variance: f64, respondents: u64) -> f64 {
    if variance > 0.0 { share * (1.0 - share) / variance } else { respondents as f64 }
}

/// Wilson's interval for a share with base `n` and quantile `t`; it stays inside 0 to 1.
fn wilson(share: f64, n: f64, t: f64) -> Option<Interval> {
    let scale = 1.0 + t * t / n;
    let centre = share + t * t / (2.0 * n);
    let half_width = t / (2.0 * n) * (4.0 * n * share * (1.0 - share) + t * t).sqrt();
    Interval::new(((centre - half_width) / scale).max(0.0), ((centre + half_width) / scale).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(people: &[(u64, u64)], sample: Sample) -> Estimate {
        let mut moments = Moments::default();
        people.iter().for_each(|&(k, y)| moments.add(k, y));
        share(&moments, sample).unwrap()
    }

    #[test]
    fn nobody_and_everybody_leave_room_for_doubt() {
        let nobody = shares(&[(2, 0), (3, 0)], Sample::new(4, Some(40)).unwrap()).interval.unwrap();
        assert_eq!(nobody.lower, 0.0);
        assert!(nobody.upper > 0.0 && nobody.upper <= 1.0);
    }

    #[test]
    fn a_census_share_is_known() {
        let known = shares(&[(2, 1), (3, 0)], Sample::new(2, Some(2)).unwrap()).interval.unwrap();
        assert_eq!((known.lower, known.upper), (0.2, 0.2)); // 1 of 5 answers
    }

    #[test]
    fn one_respondent_has_a_share_and_no_more() {
        let one = shares(&[(2, 1)], Sample::without_frame(9));
        assert_eq!((one.value, one.standard_error, one.interval), (0.5, None, None));
    }
}
