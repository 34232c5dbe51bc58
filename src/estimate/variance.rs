//! The one variance that every standard error comes from.

use super::Sample;
use crate::tally::{CrossMoments, Moments};

/// Squared influence below (1e-13)² is what floating point leaves of sums that cancel.
const RESIDUE: f64 = 1e-26;

/// Which count scales a sample variance up, c / (c - 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmallSample {
    /// c = n, every form returned: the default of R's `survey`. Too narrow for small groups.
    Forms,
    /// c = m, the respondents in the domain. For means and disjoint comparisons.
    Respondents(u64),
}

/// `(1 - f) · c/(c-1) · (Σab - Σa Σb / n)` for two influence values *a* and *b* per form, 0 outside
/// their domain; with *b* = *a* it is the variance V. Squared units of the estimate.
///
/// `None` when c < 2. What is left of sums that cancel is exactly 0.
///
/// Source: with-replacement linearisation with a finite population correction, as `svymean` on a
/// clustered design (Lumley 2010, *Complex Surveys*).
pub fn covariance(
    sample: Sample,
    small_sample: SmallSample,
    sum_a: f64,
    sum_b: f64,
    products: f64,
) -> Option<f64> {
    let count = match small_sample {
        SmallSample::Forms => sample.forms(),
        SmallSample::Respondents(respondents) => respondents,
    };
    if count < 2 || sample.forms() == 0 {
        return None;
    }
    let centred = products - sum_a * sum_b / sample.forms() as f64;
    let scaled = sample.finite_population_correction() * count as f64 / (count - 1) as f64 * centred;
    Some(if scaled.abs() < RESIDUE { 0.0 } else { scaled })
}

/// V of a ratio mean: influence `u = (y - R k) / Σk`, whose sum is exactly 0.
pub(super) fn of_mean(moments: &Moments, sample: Sample, small_sample: SmallSample) -> Option<f64> {
    covariance(sample, small_sample, 0.0, 0.0, squares(moments)?)
}

/// V of the difference of two ratio means of the same people: influence `u_left - u_right`.
/// Its zero is an exact one: nobody's two influences differ.
pub(super) fn of_difference(
    left: &Moments,
    right: &Moments,
    cross: &CrossMoments,
    sample: Sample,
) -> Option<f64> {
    let squares = if identical(left, right, cross) {
        0.0
    } else {
        (squares(left)? + squares(right)? - 2.0 * products(left, right, cross)?).max(0.0)
    };
    covariance(sample, SmallSample::Forms, 0.0, 0.0, squares)
}

/// Covariance of two ratio means of the same people.
pub(super) fn between(left: &Moments, right: &Moments, cross: &CrossMoments, sample: Sample) -> Option<f64> {
    covariance(sample, SmallSample::Forms, 0.0, 0.0, products(left, right, cross)?)
}

/// Σ u². The sums stay integers until the last division, so the zero of answers that are all equal
/// (or of respondents with equal means) is exact and the order of rows cannot matter.
fn squares(moments: &Moments) -> Option<f64> {
    fraction(residual_squares(moments)?, moments.k, moments.k)
}

/// Σ u_left u_right.
fn products(left: &Moments, right: &Moments, cross: &CrossMoments) -> Option<f64> {
    fraction(residual_products(left, right, cross)?, left.k, right.k)
}

fn fraction(numerator: i128, left: u64, right: u64) -> Option<f64> {
    let scale = left as f64 * right as f64;
    (scale > 0.0).then(|| numerator as f64 / (scale * scale))
}

/// (Σk)⁴ Σu² = (Σk)² Σy² - 2 Σk Σy Σky + (Σy)² Σk²; `None` beyond 128 bits, which takes more than
/// a thousand million answers.
fn residual_squares(of: &Moments) -> Option<i128> {
    bilinear((of.k, of.y), (of.k, of.y), [of.yy, of.ky, of.ky, of.kk])
}

/// (Σk_left Σk_right)² Σ u_left u_right.
fn residual_products(left: &Moments, right: &Moments, cross: &CrossMoments) -> Option<i128> {
    bilinear((left.k, left.y), (right.k, right.y), [cross.yy, cross.yk, cross.ky, cross.kk])
}

/// `K_a K_b Σyy - K_a Y_b Σyk - Y_a K_b Σky + Y_a Y_b Σkk`, exactly.
fn bilinear((ka, ya): (u64, u64), (kb, yb): (u64, u64), [yy, yk, ky, kk]: [u64; 4]) -> Option<i128> {
    let term =
        |a: u64, b: u64, sum: u64| (i128::from(a).checked_mul(i128::from(b)))?.checked_mul(i128::from(sum));
    let same = term(ka, kb, yy)?.checked_add(term(ya, yb, kk)?)?;
    same.checked_sub(term(ka, yb, yk)?.checked_add(term(ya, kb, ky)?)?)
}

/// Whether Σ (u_left - u_right)² is exactly 0. Beyond 128 bits (some hundred thousand answers) this
/// says no, and what is left is whatever floating point makes of it.
fn identical(left: &Moments, right: &Moments, cross: &CrossMoments) -> bool {
    let exact = || {
        let (a, b) = (i128::from(left.k).checked_pow(2)?, i128::from(right.k).checked_pow(2)?);
        let scaled = |sum: i128, by: i128, again: i128| sum.checked_mul(by)?.checked_mul(again);
        let own =
            scaled(residual_squares(left)?, b, b)?.checked_add(scaled(residual_squares(right)?, a, a)?)?;
        let shared = scaled(residual_products(left, right, cross)?, a, b)?.checked_mul(2)?;
        own.checked_sub(shared)
    };
    exact() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(people: &[(u64, u64)]) -> Moments {
        let mut moments = Moments::default();
        people.iter().for_each(|&(k, y)| moments.add(k, y));
        moments
    }

    /// By hand: answers 2, 4 of 4 forms out of 40. R = 3, u = -1/2, 1/2, sum of squares 1/2;
    /// V = 0.9 * 4/3 * 1/2 = 0.6 over the forms, 0.9 * 2/1 * 1/2 = 0.9 over the respondents.
    #[test]
    fn forms_without_an_answer_count() {
        let sample = Sample::new(4, Some(40)).unwrap();
        let two = moments(&[(1, 2), (1, 4), (0, 0), (0, 0)]);
        let forms = of_mean(&two, sample, SmallSample::Forms).unwrap();
        let respondents = of_mean(&two, sample, SmallSample::Respondents(2)).unwrap();
        assert!((forms - 0.6).abs() < 1e-15);
        assert!((respondents - 0.9).abs() < 1e-15);
        assert_eq!(of_mean(&two, sample, SmallSample::Respondents(1)), None);
        assert_eq!(of_mean(&Moments::default(), sample, SmallSample::Forms), None);
    }

    /// Two respondents with mean 7/3 each: the residuals cancel, in doubles only to 1e-16.
    #[test]
    fn zero_is_exact() {
        let equal = moments(&[(3, 7), (3, 7)]);
        let sample = Sample::new(5, Some(40)).unwrap();
        assert_eq!(of_mean(&equal, sample, SmallSample::Forms), Some(0.0));
    }

    /// The same answers eleven times over: every influence is the same. In doubles their squares and
    /// products cancel only while the integers behind them are below 2^53.
    #[test]
    fn a_certain_difference_is_exactly_so() {
        let once = [(3001, 7013), (7027, 20_011), (11_003, 24_019), (1009, 4001)];
        let often = once.map(|(k, y)| (11 * k, 11 * y));
        let mut cross = CrossMoments::default();
        once.iter().zip(often).for_each(|(&one, eleven)| cross.add(one, eleven));
        let (left, right) = (moments(&once), moments(&often));
        let in_doubles = squares(&left).unwrap() + squares(&right).unwrap()
            - 2.0 * products(&left, &right, &cross).unwrap();
        assert!(in_doubles > 0.0);
        assert_eq!(of_difference(&left, &right, &cross, Sample::without_frame(4)), Some(0.0));
    }

    /// The same answers to two questions: every influence is the same, so the difference is certain,
    /// though neither mean is.
    #[test]
    fn identical_answers_have_a_certain_difference() {
        let people = [(3, 7), (7, 20), (11, 24)];
        let mut cross = CrossMoments::default();
        people.iter().for_each(|&one| cross.add(one, one));
        let same = moments(&people);
        let sample = Sample::without_frame(3);
        assert_eq!(of_difference(&same, &same, &cross, sample), Some(0.0));
        let (mean, shared) =
            (of_mean(&same, sample, SmallSample::Forms), between(&same, &same, &cross, sample));
        assert!(mean.unwrap() > 0.0);
        assert_eq!(mean, shared);
    }
}
