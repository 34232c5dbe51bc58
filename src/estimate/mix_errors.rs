//! How sure a split of a change is: one form at a time left out.

use std::collections::BTreeMap;

use super::change::{or_separate, overlap_factor, sample_covariance};
use super::mix::{MixWave, Part, Sums, effects};
use super::{Sample, SmallSample, covariance};

/// One standard error per effect from the `first` on; `None` where a wave without one of its forms has
/// no answer left.
pub(super) fn standard_errors(
    from: &MixWave,
    to: &MixWave,
    sums: &[Sums; 2],
    values: &[f64],
    links: &[(usize, usize)],
    first: usize,
) -> Option<Vec<f64>> {
    let (mut before, mut after) = (sums[0].clone(), sums[1].clone());
    let earlier = Influences::new(from, values, first, |respondent| {
        before.without(respondent, |before| effects(before, &sums[1]))
    })?;
    let later = Influences::new(to, values, first, |respondent| {
        after.without(respondent, |after| effects(&sums[0], after))
    })?;
    let mut pairs = BTreeMap::<(&[Part], &[Part]), u64>::new();
    for &(before, after) in links {
        if let Some(pair) = from.respondents.get(before).zip(to.respondents.get(after)) {
            *pairs.entry((pair.0.as_slice(), pair.1.as_slice())).or_default() += 1;
        }
    }
    let linked: u64 = pairs.values().sum();
    let pairs = pairs.into_iter();
    let pairs: Vec<_> =
        pairs.map(|((before, after), count)| (earlier.of(before), later.of(after), count)).collect();
    let factor = overlap_factor(from.sample, to.sample, linked)?;
    let variances = [&earlier, &later].map(|wave| wave.variances(values.len()));
    let error = |at: usize| {
        let separate = variances[0][at]? + variances[1][at]?;
        let (mut products, mut sum_from, mut sum_to) = (0.0, 0.0, 0.0);
        for &(before, after, count) in &pairs {
            let (before, after) = (earlier.scaled(before, at), later.scaled(after, at));
            products += count as f64 * before * after;
            sum_from += count as f64 * before;
            sum_to += count as f64 * after;
        }
        let shared = sample_covariance(products, (sum_from, sum_to), linked).map_or(0.0, |it| factor * it);
        Some(or_separate(separate, separate + 2.0 * shared).sqrt())
    };
    (0..values.len()).map(error).collect()
}

/// What each form of one wave moves. Respondents with the same answers move the same, so each kind
/// is computed once, and sums do not depend on the order of rows.
struct Influences<'a> {
    sample: Sample,
    kinds: BTreeMap<&'a [Part], (u64, Vec<f64>)>,
}

impl<'a> Influences<'a> {
    fn new(
        wave: &'a MixWave,
        values: &[f64],
        first: usize,
        mut without: impl FnMut(&[Part]) -> Option<Vec<f64>>,
    ) -> Option<Influences<'a>> {
        let forms = wave.sample.forms() as f64;
        let mut kinds = BTreeMap::<&[Part], (u64, Vec<f64>)>::new();
        for respondent in &wave.respondents {
            if let Some((count, _)) = kinds.get_mut(respondent.as_slice()) {
                *count += 1;
                continue;
            }
            let moved = without(respondent)?;
            let influence = |(moved, value): (&f64, &f64)| -(forms - 1.0) / forms * (moved - value);
            kinds.insert(respondent, (1, moved[first..].iter().zip(values).map(influence).collect()));
        }
        (forms >= 2.0).then_some(Influences { sample: wave.sample, kinds })
    }

    /// The variance of every effect.
    fn variances(&self, effects: usize) -> Vec<Option<f64>> {
        let mut sums = vec![(0.0, 0.0); effects];
        for (count, influences) in self.kinds.values() {
            for ((sum, squares), influence) in sums.iter_mut().zip(influences) {
                *sum += *count as f64 * influence;
                *squares += *count as f64 * influence * influence;
            }
        }
        let variance = |(sum, squares): (f64, f64)| {
            covariance(self.sample, SmallSample::Forms, sum, sum, squares).map(|it| it.max(0.0))
        };
        sums.into_iter().map(variance).collect()
    }

    /// What one respondent moves.
    fn of(&self, respondent: &[Part]) -> Option<&[f64]> {
        self.kinds.get(respondent).map(|(_, influences)| influences.as_slice())
    }

    /// z = n u of one linked respondent.
    fn scaled(&self, influences: Option<&[f64]>, at: usize) -> f64 {
        self.sample.forms() as f64 * influences.map_or(0.0, |influences| influences[at])
    }
}
