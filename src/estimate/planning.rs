//! How many more forms would be enough: to be shown, to be relied on, to notice a change.

use super::comparison::detectable_difference;
use super::results::sample;
use super::{Estimate, SMALLEST_BASE, Sample, mean};
use crate::tally::{Cell, Counted, Group, Question};

/// No survey of this kind has more respondents; a plan beyond it is none.
const MOST_RESPONDENTS: u64 = 1 << 40;

/// How many more respondents a purpose needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There are enough.
    Enough,
    More(u64),
    /// More than were invited, or than are still out.
    OutOfReach,
    /// Too few answered, or too much alike, to work it out.
    NotKnown,
}

/// What a group of an audience lacks, counted in respondents to its headline figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The group's headline: all questions together, in the audience's latest wave.
    pub cell: Cell,
    pub respondents: u64,
    /// How many of the group were invited, where that is known.
    pub invited: Option<u64>,
    /// Until a figure may be shown.
    pub until_shown: Missing,
    /// Until a figure leaves the lowest band of reliability.
    pub until_low: Missing,
    /// Until a figure needs no caution.
    pub until_reliable: Missing,
    /// Until a change of [`Plan::notice_change`] would be noticed four times out of five between two
    /// waves with so many respondents each.
    pub until_noticed: Missing,
    /// In points of the scale.
    pub notice_change: f64,
}

impl Plan {
    /// Whether anything is missing.
    pub fn falls_short(&self) -> bool {
        [self.until_shown, self.until_low, self.until_reliable, self.until_noticed]
            .iter()
            .any(|missing| *missing != Missing::Enough)
    }
}

/// One plan per audience and group, in each audience's latest wave: everyone first, then the groups
/// in the order of the definition. Nobody can be asked to return a form that lacks an attribute, so
/// those who left it blank have no plan.
pub fn plans(counted: &Counted<'_>) -> Vec<Plan> {
    let survey = counted.survey;
    let mut plans = Vec::new();
    for audience in 0..survey.audiences.len() {
        let has_answers = |wave: &&usize| counted.has_answers(**wave, audience);
        let Some(&wave) = counted.waves.iter().rev().find(has_answers) else { continue };
        let is_asked = |group: &Group| {
            let breakdown = group.breakdown().map(|one| &survey.audiences[audience].breakdowns[one]);
            breakdown.is_none_or(|breakdown| breakdown.asked.in_wave(wave))
        };
        let department = survey.headline_department(audience);
        for group in survey.group_cells(audience).into_iter().filter(is_asked) {
            plans.push(plan(counted, Cell { wave, audience, department, question: Question::All, group }));
        }
    }
    plans
}

fn plan(counted: &Counted<'_>, cell: Cell) -> Plan {
    let survey = counted.survey;
    let scores = counted.tally.get(&cell).map(|entry| entry.scores).unwrap_or_default();
    let sample = sample(counted, cell.wave, cell.audience);
    let invited = counted.invited(cell.wave, cell.audience, cell.group);
    let most = reachable(counted, &cell, scores.m);
    let until = |target| missing(target, scores.m, most);
    let frame = frame(sample, invited, scores.m);
    let notice_change = survey.analysis.notice_change;
    let enough_to_tell = mean(&scores, sample).filter(|mean| mean.respondents >= SMALLEST_BASE);
    let needed = enough_to_tell.and_then(|mean| respondents_to_notice(&mean, sample, frame, notice_change));
    Plan {
        cell,
        respondents: scores.m,
        invited,
        until_shown: until(survey.audiences[cell.audience].minimum_respondents),
        until_low: until(survey.reliability.low_from),
        until_reliable: until(survey.reliability.ok_from),
        until_noticed: needed.map_or(Missing::NotKnown, until),
        notice_change,
    }
}

/// The most respondents that a group can come to have: those invited, and no more than have answered
/// and are still out in the whole audience. `None` where neither is known.
fn reachable(counted: &Counted<'_>, cell: &Cell, respondents: u64) -> Option<u64> {
    let invited = |group| counted.invited(cell.wave, cell.audience, group);
    let forms = counted.size(cell.wave, cell.audience);
    let with_all_that_are_out = invited(Group::Everyone).map(|all| respondents + all.saturating_sub(forms));
    [invited(cell.group), with_all_that_are_out].into_iter().flatten().min()
}

fn missing(target: u64, respondents: u64, most: Option<u64>) -> Missing {
    match target.saturating_sub(respondents) {
        0 => Missing::Enough,
        _ if most.is_some_and(|most| most < target) => Missing::OutOfReach,
        more => Missing::More(more),
    }
}

/// The population that the group's respondents come from: those invited, or where that is not known
/// the group's share of everyone invited. `None` without a frame, or with the correction off.
fn frame(sample: Sample, invited: Option<u64>, respondents: u64) -> Option<u64> {
    let whole = sample.frame()?;
    let share = || whole.saturating_mul(respondents) / sample.forms().max(1);
    Some(invited.unwrap_or_else(share).max(respondents))
}

/// The smallest number of respondents in each of two waves at which the smallest change that could be
/// noticed is at most `change`.
///
/// Formula: with s² = m · standard error² / (1 - f), the error of a change between two separate waves
/// of n respondents is sqrt(2 s²/n · (1 - n/N)) on 2 (n - 1) degrees of freedom, times t(0.975) +
/// t(0.80). `frame` is N; without one there is no correction. Overlap of the waves is not counted on.
///
/// `None` where the standard error is undefined, 0, or that of a census: nothing says then how much
/// respondents differ.
fn respondents_to_notice(mean: &Estimate, sample: Sample, frame: Option<u64>, change: f64) -> Option<u64> {
    let correction = sample.finite_population_correction();
    let variance = mean.variance().filter(|variance| *variance > 0.0 && correction > 0.0)?;
    let spread = variance * mean.respondents as f64 / correction;
    let notices = |respondents: u64| -> Option<bool> {
        let left = frame.map_or(1.0, |frame| 1.0 - respondents.min(frame) as f64 / frame as f64);
        let variance = 2.0 * spread / respondents as f64 * left;
        let degrees_of_freedom = 2.0 * (respondents as f64 - 1.0);
        let difference = Estimate::bare(change, 2 * respondents, 2 * respondents)
            .with_variance(Some(variance), Some(degrees_of_freedom));
        // Once everyone answers there is no error left.
        Some(variance <= 0.0 || detectable_difference(&difference)? <= change)
    };
    // The detectable change falls with every respondent, so the first that is enough can be halved for.
    let (mut few, mut enough) = (1, 2);
    while !notices(enough)? {
        few = enough;
        enough = enough.checked_mul(2).filter(|most| *most <= MOST_RESPONDENTS)?;
    }
    while few + 1 < enough {
        let middle = u64::midpoint(few, enough);
        if notices(middle)? { enough = middle } else { few = middle }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Moments;

    /// Scores 1, 2, 2, 2, 3: mean 2, s² = (1 + 1) / 4 = 0.5.
    fn five(frame: Option<u64>) -> (Estimate, Sample) {
        let mut scores = Moments::default();
        [1, 2, 2, 2, 3].iter().for_each(|&score| scores.add(1, score));
        let sample = Sample::new(5, frame).unwrap();
        (mean(&scores, sample).unwrap(), sample)
    }

    /// By hand with the tables of t: 2 s² = 1, so the smallest noticeable change is (t(0.975) +
    /// t(0.80)) / sqrt(n). n = 8, 14 degrees: (2.1448 + 0.8681) / 2.8284 = 1.065; n = 9, 16 degrees:
    /// (2.1199 + 0.8647) / 3 = 0.995.
    #[test]
    fn a_change_of_one_point_needs_nine_a_year() {
        let (mean, sample) = five(None);
        assert_eq!(respondents_to_notice(&mean, sample, None, 1.0), Some(9));
        // 2 z²s²/d² with z = 1.959964 + 0.841621: 784.9 for 0.1 points, and a little for t.
        assert_eq!(respondents_to_notice(&mean, sample, None, 0.1), Some(786));
    }

    /// By hand, 5 of 10 invited: n = 5, 8 degrees: 3.1949 sqrt(1/5 · 0.5) = 1.010; n = 6, 10 degrees:
    /// (2.2281 + 0.8791) sqrt(1/6 · 0.4) = 0.802.
    #[test]
    fn the_invited_are_not_endless() {
        let (mean, sample) = five(Some(10));
        assert_eq!(respondents_to_notice(&mean, sample, Some(10), 1.0), Some(6));
        // A change so small that only everyone's answer would do.
        assert_eq!(respondents_to_notice(&mean, sample, Some(10), 1e-6), Some(10));
    }

    #[test]
    fn what_says_nothing_of_differences_gives_no_plan() {
        let (certain, census) = five(Some(5));
        assert_eq!(respondents_to_notice(&certain, census, Some(5), 0.25), None);
        let mut alike = Moments::default();
        (0..5).for_each(|_| alike.add(1, 2));
        let sample = Sample::without_frame(5);
        assert_eq!(respondents_to_notice(&mean(&alike, sample).unwrap(), sample, None, 0.25), None);
        assert_eq!(respondents_to_notice(&five(None).0, sample, None, 1e-12), None);
    }

    #[test]
    fn forms_are_missed_until_the_target_or_the_last_invited() {
        assert_eq!(missing(5, 3, None), Missing::More(2));
        assert_eq!(missing(5, 5, None), Missing::Enough);
        assert_eq!(missing(30, 3, Some(29)), Missing::OutOfReach);
        assert_eq!(missing(30, 3, Some(30)), Missing::More(27));
    }

    /// By hand: 200 invited of whom 40 answered; a group of 10 stands for 50 of them.
    #[test]
    fn an_unknown_group_has_its_share_of_the_invited() {
        let sample = Sample::new(40, Some(200)).unwrap();
        assert_eq!(frame(sample, None, 10), Some(50));
        assert_eq!(frame(sample, Some(30), 10), Some(30));
        assert_eq!(frame(Sample::without_frame(40), Some(30), 10), None);
    }
}
