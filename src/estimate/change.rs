//! Change from one wave to another.

use super::{Comparison, Estimate, Sample, SmallSample, independent, mean, mean_with, overlapping};
use crate::tally::{LinkedMoments, Moments};

/// Part of a variance below which a covariance has eaten it up and floating point is what is left.
const NOTHING_LEFT: f64 = 1e-12;

/// One domain in one wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InWave {
    pub moments: Moments,
    pub sample: Sample,
}

impl InWave {
    /// Its mean, with the standard error that is shown.
    pub fn mean(&self) -> Option<Estimate> {
        mean(&self.moments, self.sample)
    }
}

/// Change `from` one wave `to` another where respondents are not linked.
///
/// Formula: V = V_from + V_to, Welch-Satterthwaite; see [`independent()`]. `left` is the later wave.
pub fn change_of_strangers(from: &InWave, to: &InWave) -> Comparison {
    independent(to.mean(), from.mean())
}

/// Change `from` one wave `to` another using every answer, and the overlap where respondents are
/// linked. `linked` holds those with a valid answer in the domain in both waves.
///
/// Formula: V = V_from + V_to - 2C, with C = (n_m/(n₁n₂) - 1/max N) · s₁₂, where s₁₂ is the sample
/// covariance over the n_m linked of z = n u. With n_m < 2 C is 0; where nothing would be left of V,
/// V_from + V_to stands. Degrees of freedom = the smaller number of respondents - 1. Without both
/// frames the 1/max N is left out.
///
/// Source: Tam (1984), *On covariances from overlapping samples*; Kish (1965), §12.4.
pub fn change(from: &InWave, to: &InWave, linked: &LinkedMoments) -> Comparison {
    let variance = |wave: &InWave| mean_with(&wave.moments, wave.sample, SmallSample::Forms)?.variance();
    let (left, right) = (to.mean(), from.mean());
    let separate = variance(from).zip(variance(to)).map(|(from, to)| from + to);
    let shared = change_covariance(from, to, linked).unwrap_or(0.0);
    let total = separate.map(|separate| or_separate(separate, separate - 2.0 * shared));
    let fewer = from.moments.m.min(to.moments.m);
    let people = (from.moments.m + to.moments.m).saturating_sub(linked.cross.both);
    let degrees_of_freedom = (fewer >= 2).then(|| (fewer - 1) as f64);
    Comparison::new(left, right, people, total, degrees_of_freedom)
}

/// Change of those who answered in both waves, and of nobody else: did the same people change?
///
/// `linked` holds their answers; of all cells, or only of the cells each of them answered in both
/// waves. Formula: influence u_to - u_from, V = (1 - n_m/max N) · n_m/(n_m-1) · Σ(u_to - u_from)²,
/// n_m - 1 degrees of freedom. No correction without both frames.
pub fn matched_change(from: Sample, to: Sample, linked: &LinkedMoments) -> Comparison {
    let matched = linked.cross.both;
    // A panel larger than both frames cannot be; should it be claimed, no correction is the honest one.
    let sample = Sample::new(matched, from.larger_frame(to)).unwrap_or(Sample::without_frame(matched));
    overlapping(&linked.to, &linked.from, &linked.cross.reversed(), sample)
}

/// C of [`change`]: the covariance of the two means; `None` with fewer than two linked respondents.
pub fn change_covariance(from: &InWave, to: &InWave, linked: &LinkedMoments) -> Option<f64> {
    let cross = &linked.cross;
    let (first, second) = (Residuals::new(from)?, Residuals::new(to)?);
    // Σ z_from z_to over the linked, by z = n (y - R k) / Σk on both sides.
    let products = cross.yy as f64 - second.mean * cross.yk as f64 - first.mean * cross.ky as f64
        + first.mean * second.mean * cross.kk as f64;
    let sums = (first.sum(&linked.from), second.sum(&linked.to));
    let sample_covariance =
        sample_covariance(first.scale * second.scale * products, sums, linked.cross.both)?;
    Some(overlap_factor(from.sample, to.sample, cross.both)? * sample_covariance)
}

/// n_m/(n₁n₂) - 1/max N; `None` when a wave has no form.
pub(super) fn overlap_factor(from: Sample, to: Sample, matched: u64) -> Option<f64> {
    if from.forms() == 0 || to.forms() == 0 {
        return None;
    }
    let drawn = matched as f64 / (from.forms() as f64 * to.forms() as f64);
    Some(drawn - from.larger_frame(to).map_or(0.0, |frame| 1.0 / frame as f64))
}

/// (Σab - Σa Σb / n) / (n - 1); `None` with fewer than two.
pub(super) fn sample_covariance(products: f64, (sum_a, sum_b): (f64, f64), count: u64) -> Option<f64> {
    (count >= 2).then(|| (products - sum_a * sum_b / count as f64) / (count - 1) as f64)
}

/// `combined`, or `separate` where a covariance leaves nothing of it.
pub(super) fn or_separate(separate: f64, combined: f64) -> f64 {
    if combined > NOTHING_LEFT * separate { combined } else { separate }
}

/// z = n (y - R k) / Σk of one wave.
struct Residuals {
    mean: f64,
    scale: f64,
}

impl Residuals {
    fn new(wave: &InWave) -> Option<Residuals> {
        let mean = wave.mean()?.value;
        Some(Residuals { mean, scale: wave.sample.forms() as f64 / wave.moments.k as f64 })
    }

    fn sum(&self, of: &Moments) -> f64 {
        self.scale * (of.y as f64 - self.mean * of.k as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(people: &[(u64, u64)]) -> (InWave, InWave, LinkedMoments) {
        let mut linked = LinkedMoments::default();
        people.iter().for_each(|&(from, to)| linked.add((1, from), (1, to)));
        let sample = Sample::without_frame(people.len() as u64);
        (InWave { moments: linked.from, sample }, InWave { moments: linked.to, sample }, linked)
    }

    /// By hand: everyone is in both waves and answers once, so using the overlap is the paired test:
    /// differences 1, 0, 2 with variance 1, standard error sqrt(1/3), 2 degrees of freedom.
    #[test]
    fn full_overlap_is_the_paired_test() {
        let (from, to, both) = linked(&[(1, 2), (2, 2), (2, 4)]);
        for comparison in [change(&from, &to, &both), matched_change(from.sample, to.sample, &both)] {
            let difference = comparison.difference.unwrap();
            assert_eq!(difference.value, 1.0);
            assert!((difference.standard_error.unwrap() - (1.0_f64 / 3.0).sqrt()).abs() < 1e-15);
            assert_eq!(difference.degrees_of_freedom, Some(2.0));
            assert_eq!(difference.respondents, 3);
        }
    }

    /// Everybody rises by one point: nothing is left of the variance, so the waves stand apart.
    #[test]
    fn nothing_left_falls_back_to_separate_waves() {
        let (from, to, both) = linked(&[(1, 2), (2, 3), (3, 4)]);
        let error = change(&from, &to, &both).difference.unwrap().standard_error.unwrap();
        assert!((error - (2.0_f64 / 3.0).sqrt()).abs() < 1e-15); // 1/3 + 1/3
        let matched = matched_change(from.sample, to.sample, &both);
        assert_eq!(matched.difference.unwrap().standard_error, Some(0.0));
        assert_eq!(matched.p, None);
    }

    #[test]
    fn one_linked_respondent_is_no_overlap() {
        let (from, to, _) = linked(&[(1, 2), (2, 2), (2, 4)]);
        let (_, _, one) = linked(&[(1, 2)]);
        assert_eq!(change_covariance(&from, &to, &one), None);
        let (with, without) = (change(&from, &to, &one), change_of_strangers(&from, &to));
        let error = |it: &Comparison| it.difference.and_then(|it| it.standard_error).unwrap();
        assert!((error(&with) - error(&without)).abs() < 1e-15);
        assert_eq!(matched_change(from.sample, to.sample, &one).p, None);
    }
}
