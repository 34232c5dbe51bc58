//! How much of a change is a change of who answered.

use super::Sample;
use super::mix_errors::standard_errors;

/// Answers of one respondent in one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The group, by its position. A blank attribute is a group of its own.
    pub group: usize,
    /// k, valid answers.
    pub answers: u64,
    /// y, their sum.
    pub sum: u64,
}

/// One wave, broken down. A respondent has one part in a breakdown of people, and several where the
/// groups are departments or questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixWave {
    pub sample: Sample,
    /// One entry per form with a valid answer; forms without one may be left out.
    pub respondents: Vec<Vec<Part>>,
}

/// A part of a change, in points of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    pub value: f64,
    /// `None` where one form less would leave a wave without an answer.
    pub standard_error: Option<f64>,
}

/// What one group, or all of them, contributed to a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixRow {
    /// Share of the valid answers in each wave.
    pub share_from: f64,
    pub share_to: f64,
    /// Mean in each wave; `None` where the group has no answer.
    pub mean_from: Option<f64>,
    pub mean_to: Option<f64>,
    /// Scores moved within the group: (p₁+p₂)/2 · (m₂-m₁).
    pub within: Effect,
    /// The group grew or shrank: (m₁+m₂)/2 · (p₂-p₁). Unreadable per group, as it follows the group's
    /// size whatever it scores.
    pub mix: Effect,
    /// The same with half the sum of the overall means taken off the group's: same total, and above
    /// 0 where a high-scoring group grew or a low-scoring one shrank. The one to show.
    pub mix_centred: Effect,
}

/// A change of the pooled mean, split into scores and mix.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    /// One per group, by position; `None` for a group without an answer in either wave.
    pub groups: Vec<Option<MixRow>>,
    /// Sums over the groups; within + mix is the change of the pooled mean.
    pub total: MixRow,
}

/// Splits the change `from` one wave `to` another over `groups` groups (Kitagawa, symmetric weights).
/// `links` pairs positions in `from.respondents` and `to.respondents` that are the same respondent.
///
/// A group missing in one wave is taken to have had there the mean it has in the other, so all it
/// contributes is mix.
///
/// Standard errors: leave out one form at a time in each wave; influence -(n-1)/n times what that
/// moves; V of each wave, plus twice the covariance over the linked as in [`change`](super::change()).
///
/// `None` unless both waves have an answer. Parts of other groups are left out.
///
/// Source: Kitagawa (1955); delete-one jackknife over clusters (Lumley 2010, *Complex Surveys*).
pub fn mix(from: &MixWave, to: &MixWave, groups: usize, links: &[(usize, usize)]) -> Option<Mix> {
    mix_with(from, to, groups, links, Errors::OfAll)
}

/// Whose standard errors are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Errors {
    OfAll,
    /// Of all groups together alone: combinations of groups are many, and each has few in it.
    OfTotal,
}

/// As [`mix`], with no more standard errors than are wanted.
pub(super) fn mix_with(
    from: &MixWave,
    to: &MixWave,
    groups: usize,
    links: &[(usize, usize)],
    wanted: Errors,
) -> Option<Mix> {
    let sums = [Sums::of(from, groups), Sums::of(to, groups)];
    let values = effects(&sums[0], &sums[1])?;
    let first = if wanted == Errors::OfAll { 0 } else { 3 * groups };
    let errors = standard_errors(from, to, &sums, &values[first..], links, first);
    let error = |at: usize| errors.as_ref()?.get(at.checked_sub(first)?).copied();
    let effect = |at: usize| Effect { value: values[at], standard_error: error(at) };
    let row = |group: usize| MixRow {
        share_from: sums[0].share(group),
        share_to: sums[1].share(group),
        mean_from: sums[0].mean(group),
        mean_to: sums[1].mean(group),
        within: effect(3 * group),
        mix: effect(3 * group + 1),
        mix_centred: effect(3 * group + 2),
    };
    let found = |group: &usize| sums.iter().any(|sums| sums.answers[*group] > 0);
    let total = MixRow {
        share_from: 1.0,
        share_to: 1.0,
        mean_from: sums[0].overall(),
        mean_to: sums[1].overall(),
        ..row(groups)
    };
    Some(Mix { groups: (0..groups).map(|group| found(&group).then(|| row(group))).collect(), total })
}

/// Answers and their sums per group; the last entry is the total.
#[derive(Clone)]
pub(super) struct Sums {
    answers: Vec<u64>,
    sum: Vec<u64>,
}

impl Sums {
    fn of(wave: &MixWave, groups: usize) -> Sums {
        let mut sums = Sums { answers: vec![0; groups + 1], sum: vec![0; groups + 1] };
        for part in wave.respondents.iter().flatten().filter(|part| part.group < groups) {
            for group in [part.group, groups] {
                sums.answers[group] += part.answers;
                sums.sum[group] += part.sum;
            }
        }
        sums
    }

    /// What `of` says of the sums without a respondent.
    pub fn without<T>(&mut self, respondent: &[Part], of: impl FnOnce(&Sums) -> T) -> T {
        let groups = self.answers.len() - 1;
        let parts = || respondent.iter().filter(|part| part.group < groups);
        for part in parts() {
            for group in [part.group, groups] {
                self.answers[group] -= part.answers;
                self.sum[group] -= part.sum;
            }
        }
        let said = of(self);
        for part in parts() {
            for group in [part.group, groups] {
                self.answers[group] += part.answers;
                self.sum[group] += part.sum;
            }
        }
        said
    }

    fn mean(&self, group: usize) -> Option<f64> {
        (self.answers[group] > 0).then(|| self.sum[group] as f64 / self.answers[group] as f64)
    }

    fn overall(&self) -> Option<f64> {
        self.mean(self.answers.len() - 1)
    }

    /// Only for sums with an answer.
    fn share(&self, group: usize) -> f64 {
        self.answers[group] as f64 / self.answers[self.answers.len() - 1] as f64
    }
}

/// Within, mix and centred mix of every group and, last, of all; `None` without an answer in a wave.
pub(super) fn effects(from: &Sums, to: &Sums) -> Option<Vec<f64>> {
    let centre = (from.overall()? + to.overall()?) / 2.0;
    let groups = from.answers.len() - 1;
    let mut effects = Vec::with_capacity(3 * (groups + 1));
    let mut total = [0.0; 3];
    for group in 0..groups {
        let means = [from.mean(group), to.mean(group)];
        let (Some(before), Some(after)) = (means[0].or(means[1]), means[1].or(means[0])) else {
            effects.extend([0.0; 3]);
            continue;
        };
        let (share_from, share_to) = (from.share(group), to.share(group));
        let (middle, growth) = ((before + after) / 2.0, share_to - share_from);
        let within = (share_from + share_to) / 2.0 * (after - before);
        let of_group = [within, middle * growth, (middle - centre) * growth];
        for (total, effect) in total.iter_mut().zip(of_group) {
            *total += effect;
        }
        effects.extend(of_group);
    }
    effects.extend(total);
    Some(effects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{InWave, change, change_of_strangers};
    use crate::tally::{LinkedMoments, Moments};

    fn wave(frame: Option<u64>, forms: &[(usize, u64)]) -> MixWave {
        let part = |&(group, sum): &(usize, u64)| vec![Part { group, answers: 1, sum }];
        MixWave {
            sample: Sample::new(forms.len() as u64, frame).unwrap(),
            respondents: forms.iter().map(part).collect(),
        }
    }

    /// By hand: group 0 scores 4, group 1 scores 2, in both waves. Half and half becomes three to one:
    /// the mean rises by 0.5 and nobody's score moved.
    #[test]
    fn a_change_of_who_answers_is_mix() {
        let from = wave(None, &[(0, 4), (0, 4), (1, 2), (1, 2)]);
        let to = wave(None, &[(0, 4), (0, 4), (0, 4), (1, 2)]);
        let mix = mix(&from, &to, 3, &[]).unwrap();
        assert_eq!((mix.total.within.value, mix.total.mix.value), (0.0, 0.5));
        let of = |group: usize| mix.groups[group].unwrap();
        assert_eq!((of(0).mix.value, of(1).mix.value), (1.0, -0.5));
        // Around the centre of 3.25, a high group that grew and a low one that shrank both lift.
        assert_eq!((of(0).mix_centred.value, of(1).mix_centred.value), (0.1875, 0.3125));
        assert_eq!(mix.groups[2], None);
        // Without the only form of a group its other wave stands in, so nothing is undefined.
        assert_eq!(mix.total.within.standard_error, Some(0.0));
        assert!(mix.total.mix.standard_error.unwrap() > 0.0);
    }

    /// With one group all of the change is within, and leaving out one answer at a time is exactly
    /// the linearised variance of a mean of one answer each: the change without and with the overlap.
    #[test]
    fn errors_of_one_group_are_those_of_the_change() {
        let (before, after) = ([1, 2, 2, 4, 3], [2, 2, 3, 4]);
        let of = |scores: &[u64]| scores.iter().map(|&score| (0, score)).collect::<Vec<_>>();
        let (from, to) = (wave(Some(40), &of(&before)), wave(Some(50), &of(&after)));
        let in_wave = |wave: &MixWave, scores: &[u64]| {
            let mut moments = Moments::default();
            scores.iter().for_each(|&score| moments.add(1, score));
            InWave { moments, sample: wave.sample }
        };
        let (earlier, later) = (in_wave(&from, &before), in_wave(&to, &after));
        let error = |links: &[(usize, usize)]| {
            mix(&from, &to, 1, links).unwrap().total.within.standard_error.unwrap()
        };
        let strangers = change_of_strangers(&earlier, &later).difference.unwrap();
        assert!((error(&[]) - strangers.standard_error.unwrap()).abs() < 1e-14);
        let mut linked = LinkedMoments::default();
        let links = [(0, 0), (1, 2), (3, 3)];
        links.iter().for_each(|&(i, j)| linked.add((1, before[i]), (1, after[j])));
        let overlap = change(&earlier, &later, &linked).difference.unwrap();
        assert!((error(&links) - overlap.standard_error.unwrap()).abs() < 1e-14);
        assert!(error(&links) < error(&[]));
    }

    #[test]
    fn a_wave_without_answers_has_no_mix() {
        let (from, none) = (wave(None, &[(0, 4), (0, 2)]), wave(None, &[]));
        assert_eq!(mix(&from, &none, 1, &[]), None);
        let one = mix(&from, &wave(None, &[(0, 3)]), 1, &[]).unwrap();
        assert_eq!((one.total.within.value, one.total.within.standard_error), (0.0, None));
    }
}
