//! Mean score of a domain.

use super::{Estimate, Sample, SmallSample, variance};
use crate::tally::Moments;

/// The pooled mean of all valid answers in a domain, with a likely range that treats the respondent,
/// not the answer, as what was sampled.
///
/// Formula: R = Σy / Σk over respondents; u = (y - R k) / Σk;
/// standard error = sqrt((1 - n/N) · m/(m-1) · Σu²); R ± t(0.975, m-1) standard errors. In points of
/// the scale; the range is not clipped to it.
///
/// `None` without an answer. One respondent has a mean but no standard error. Equal answers, or a
/// census, have a standard error of exactly 0.
///
/// Source: ratio mean by linearisation; `svymean` of R's `survey` on the rows of the domain.
///
/// ```
/// use rmsurvey::estimate::{Sample, mean};
/// use rmsurvey::tally::Moments;
/// let mut answers = Moments::default();
/// answers.add(1, 2);
/// answers.add(1, 4);
/// let estimate = mean(&answers, Sample::new(4, Some(40)).unwrap()).unwrap();
/// assert_eq!(estimate.value, 3.0);
/// // By hand: 0.9 * 2/1 * (1/4 + 1/4) = 0.9
/// assert!((estimate.standard_error.unwrap() - 0.9_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn mean(moments: &Moments, sample: Sample) -> Option<Estimate> {
    mean_with(moments, sample, SmallSample::Respondents(moments.m))
}

/// [`mean`] with the small-sample factor chosen: [`SmallSample::Forms`] gives what R prints.
pub fn mean_with(moments: &Moments, sample: Sample, small_sample: SmallSample) -> Option<Estimate> {
    let estimate = Estimate::exact(moments.y, moments.k, moments.m)?;
    if moments.m < 2 {
        return Some(estimate);
    }
    let variance = variance::of_mean(moments, sample, small_sample);
    Some(estimate.with_variance(variance, Some((moments.m - 1) as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One respondent with two answers: a mean, and nothing that one person cannot tell.
    #[test]
    fn one_respondent_has_no_standard_error() {
        let mut one = Moments::default();
        one.add(2, 7);
        let estimate = mean(&one, Sample::new(5, Some(5)).unwrap()).unwrap();
        assert_eq!(estimate.value, 3.5);
        assert_eq!(estimate.standard_error, None);
        assert_eq!(estimate.degrees_of_freedom, None);
        assert_eq!(estimate.interval, None);
        assert_eq!(mean(&Moments::default(), Sample::without_frame(5)), None);
    }

    #[test]
    fn a_census_is_certain() {
        let mut answers = Moments::default();
        [1, 4, 2].iter().for_each(|&score| answers.add(1, score));
        let estimate = mean(&answers, Sample::new(3, Some(3)).unwrap()).unwrap();
        assert_eq!(estimate.standard_error, Some(0.0));
        let interval = estimate.interval.unwrap();
        assert_eq!((interval.lower, interval.upper), (estimate.value, estimate.value));
    }
}
