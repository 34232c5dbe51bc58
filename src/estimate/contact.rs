//! Change of the share of "no contact" between any two waves, for every cell.

use std::sync::Arc;

use rayon::prelude::*;

use super::families;
use super::results::sample;
use super::{Comparison, InWave, NotTested, Verdict, change, change_of_strangers};
use crate::survey::Survey;
use crate::tally::{Cell, Compared, Counted, Group};

/// The change of one cell's share of "no contact" from an earlier wave to its own.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactChange {
    /// The cell in the later wave.
    pub cell: Cell,
    pub from_wave: usize,
    /// Later share minus earlier share, 0 to 1, over the items asked in both waves. A side's
    /// respondents are those who gave a score or said "no contact". Undefined without such an answer
    /// in either wave.
    pub comparison: Comparison,
    /// Whether respondents are linked, so that `comparison` knows the overlap.
    pub linked: bool,
}

impl ContactChange {
    /// Both waves' cells, earlier first.
    pub fn cells(&self) -> [Cell; 2] {
        [self.cell.in_wave(self.from_wave), self.cell]
    }
}

/// Whether a rise of a score may be the rise of those who are still in contact: the score rose, "no
/// contact" rose too, and at least one of the two clearly. It is a warning, not a correction: nobody
/// knows how those without contact would have scored.
pub fn may_be_survivors(score: &Comparison, no_contact: &Comparison) -> bool {
    let rose = |it: &Comparison| it.difference.is_some_and(|difference| difference.value > 0.0);
    let clearly = |it: &Comparison| it.verdict == Verdict::Higher;
    rose(score) && rose(no_contact) && (clearly(score) || clearly(no_contact))
}

/// Every change of a share of "no contact" between two of the run's waves, judged in its family.
/// Nothing where the scale has no such answer.
///
/// Formula: the share is Σ no contact / Σ (scores + no contact) over respondents; its change is
/// treated as the change of a mean ([`change()`], [`change_of_strangers`]).
pub(super) fn contact_changes(counted: &Counted<'_>, compared: &[Compared]) -> Vec<Arc<ContactChange>> {
    let survey = counted.survey;
    let has_code = |wave: usize| survey.scale_of(wave).no_contact.is_some();
    let pairs = compared.par_iter().filter(|pair| has_code(pair.from) && has_code(pair.to));
    // A family lies between two waves of an audience.
    let judged = |pair| {
        let mut changes = between(counted, pair);
        judge(survey, &mut changes);
        changes.into_iter().map(Arc::new)
    };
    pairs.flat_map_iter(judged).collect()
}

/// Sets aside what must not be tested, and judges the rest in its families.
fn judge(survey: &Survey, changes: &mut [ContactChange]) {
    for change in changes.iter_mut() {
        let minimum = survey.audiences[change.cell.audience].minimum_respondents;
        let reason = match change.cell.group {
            Group::NotStated { .. } => NotTested::NotAGroup,
            _ if change.comparison.smaller_base() < minimum => NotTested::SmallBase,
            _ => continue,
        };
        if change.comparison.difference.is_some() {
            change.comparison.leave_untested(reason);
        }
    }
    families::judge(
        changes,
        |change| families::of_change(&change.cell, change.from_wave),
        |change| families::name_of_contact_change(survey, &change.cell, change.from_wave),
        |change| &mut change.comparison,
    );
}

fn between(counted: &Counted<'_>, pair: &Compared) -> Vec<ContactChange> {
    let (survey, &Compared { audience, from, to, .. }) = (counted.survey, pair);
    let compared = survey.compared_items(audience, from, to);
    let samples = [from, to].map(|wave| sample(counted, wave, audience));
    let linked = pair.is_linked();
    let one = |cell: Cell| {
        if survey.is_broken(&cell, from, &compared) {
            return ContactChange { cell, from_wave: from, comparison: Comparison::broken(), linked };
        }
        let [earlier, later] = [(from, samples[0]), (to, samples[1])]
            .map(|(wave, sample)| InWave { moments: pair.entry(&cell.in_wave(wave)).no_contact, sample });
        let comparison = match pair.no_contact(&cell) {
            Some(overlap) => change(&earlier, &later, &overlap),
            None => change_of_strangers(&earlier, &later),
        };
        ContactChange { cell, from_wave: from, comparison, linked }
    };
    pair.cells().into_par_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::small_survey::{Filled, Small};
    use crate::tally::{Department, Question, compared};

    fn of(small: &Small) -> Vec<Arc<ContactChange>> {
        let counted = small.counted();
        contact_changes(&counted, &compared(&counted))
    }

    /// Items: question 1 about the whole and the department, then question 2 about both. "No
    /// contact" with the department, of two answers each: 1, 0, 2, 0 and then 0, 1, 0, 0.
    const BEFORE: [&[u8]; 4] = [&[2, 3, 2, 0], &[2, 2, 2, 2], &[2, 0, 2, 0], &[2, 4, 2, 1]];
    const AFTER: [&[u8]; 4] = [&[2, 3, 2, 3], &[2, 0, 2, 2], &[2, 4, 2, 4], &[2, 2, 2, 2]];

    fn changes(links: [&'static str; 4]) -> Vec<Arc<ContactChange>> {
        let forms = |answers: [&'static [u8]; 4]| -> Vec<Filled> {
            links.iter().zip(answers).map(|(link, answers)| (*link, Some(0), answers)).collect()
        };
        let (before, after) = (forms(BEFORE), forms(AFTER));
        of(&Small::new(2, &[(&before, &[]), (&after, &[])]))
    }

    fn of_everyone(changes: &[Arc<ContactChange>]) -> &ContactChange {
        let is_it = |cell: &Cell| {
            (cell.department, cell.question, cell.group) == (Department::All, Question::All, Group::Everyone)
        };
        changes.iter().find(|change| is_it(&change.cell)).unwrap()
    }

    /// By hand: 3/8 before and 1/8 after. u = (y - R k)/8: (1, -3, 5, -3)/32 with Σu² = 44/1024, and
    /// (-1, 3, -1, -1)/32 with 12/1024; V = 4/3 of each, together 4/3 · 56/1024 = 7/96.
    #[test]
    fn a_share_changes_as_a_mean_does() {
        let changes = changes([""; 4]);
        let change = of_everyone(&changes);
        let difference = change.comparison.difference.unwrap();
        assert_eq!((difference.value, difference.rounded(2)), (-0.25, "-0.25".to_owned()));
        assert!((difference.standard_error.unwrap() - (7.0_f64 / 96.0).sqrt()).abs() < 1e-15);
        assert_eq!((difference.answers, change.comparison.smaller_base(), change.linked), (16, 4, false));
        // Four are too few for a test, though enough to be shown here.
        assert_eq!(change.comparison.verdict, Verdict::NotTested(NotTested::SmallBase));
    }

    /// By hand: the same people twice, so it is the paired test. The differences of z = 4u are
    /// (-1, 3, -3, 1)/4 with Σ = 20/16; V = 20/16 / 3 / 4 = 5/48 on 3 degrees of freedom.
    #[test]
    fn those_who_answered_twice_are_the_same_people() {
        let changes = changes(["a", "b", "c", "d"]);
        let change = of_everyone(&changes);
        let difference = change.comparison.difference.unwrap();
        assert!(change.linked);
        assert!((difference.standard_error.unwrap() - (5.0_f64 / 48.0).sqrt()).abs() < 1e-15);
        assert_eq!((difference.degrees_of_freedom, difference.respondents), (Some(3.0), 4));
    }

    #[test]
    fn every_tested_change_is_in_one_family_of_its_own_kind() {
        let many = |answers: [&'static [u8]; 4]| -> Vec<Filled> {
            (0..12).map(|one| ("", Some(one % 2), answers[one % 4])).collect()
        };
        let (before, after) = (many(BEFORE), many(AFTER));
        let changes = of(&Small::new(5, &[(&before, &[]), (&after, &[])]));
        let families: BTreeSet<&str> =
            changes.iter().filter_map(|change| change.comparison.family.as_deref()).collect();
        assert!(families.contains("no-contact/providers/2016-2017/all/headline"), "{families:?}");
        assert!(families.iter().all(|family| family.starts_with("no-contact/")));
        assert_eq!(of_everyone(&changes).comparison.verdict.of_change(), "no-clear-change");
    }

    #[test]
    fn a_rise_of_those_who_are_left_is_warned_of() {
        let moved = |change: i64, verdict| {
            let side = |sum: i64| crate::estimate::Estimate::exact(sum as u64, 10, 10);
            let bare = Comparison::new(side(20 + change), side(20), 20, Some(0.01), Some(9.0));
            Comparison { verdict, ..bare }
        };
        let (clear, unclear) = (Verdict::Higher, Verdict::NotClear);
        assert!(may_be_survivors(&moved(5, clear), &moved(1, unclear)));
        assert!(may_be_survivors(&moved(1, unclear), &moved(5, clear)));
        assert!(!may_be_survivors(&moved(1, unclear), &moved(1, unclear)));
        assert!(!may_be_survivors(&moved(5, clear), &moved(-1, unclear)));
        assert!(!may_be_survivors(&moved(-5, Verdict::Lower), &moved(5, clear)));
    }

    #[test]
    fn one_wave_has_no_change() {
        let forms: Vec<Filled> = BEFORE.iter().map(|answers| ("", None, *answers)).collect();
        assert!(of(&Small::new(2, &[(&forms, &[])])).is_empty());
    }
}
