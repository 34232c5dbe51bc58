//! Which counts of response patterns may be shown.

use std::collections::BTreeMap;

use super::readership::Readership;
use super::{Shown, Status};
use crate::estimate::Figures;
use crate::tally::{Blanks, Cell, Department, Group, Patterns, Question};

/// [`Patterns`] of one audience in one wave as a readership is given them, count by count.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedPatterns {
    pub wave: usize,
    pub audience: usize,
    pub forms: Shown<u64>,
    pub straight_lined: Shown<u64>,
    pub only_no_contact: Shown<u64>,
    pub no_answer: Shown<u64>,
    pub identical: Shown<u64>,
    /// By the position of the question; those asked only.
    pub blanks: BTreeMap<usize, Shown<Blanks>>,
}

/// A count of forms is shown where neither those with the pattern nor those without it are a few:
/// at least the minimum of the audience, or none at all. Nothing is shown of fewer forms than that, nor
/// where an overall figure is withheld: forms without a score tell how many people are behind it.
/// Blanks are a count of a question's figures, about departments and about the whole, and shown
/// with them.
pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> Vec<ReleasedPatterns> {
    let one = |patterns: &Patterns| {
        let Patterns { wave, audience, forms, .. } = *patterns;
        let minimum = by.minimum(audience);
        let shows = |question: Question| {
            [Department::All, Department::Whole].into_iter().all(|department| {
                let cell = Cell { wave, audience, department, question, group: Group::Everyone };
                by.status(&cell) != Status::Withheld
            })
        };
        let enough = forms >= minimum && shows(Question::All);
        let is_safe = |count: u64| count == 0 || count >= minimum;
        let count =
            |count: u64| by.shown(enough && is_safe(count) && is_safe(forms.saturating_sub(count)), &count);
        let blanks = patterns
            .blanks
            .iter()
            .map(|one| (one.question, by.shown(enough && shows(Question::One(one.question)), one)))
            .collect();
        ReleasedPatterns {
            wave,
            audience,
            forms: by.shown(enough, &forms),
            straight_lined: count(patterns.straight_lined),
            only_no_contact: count(patterns.only_no_contact),
            no_answer: count(patterns.no_answer),
            identical: count(patterns.identical),
            blanks,
        }
    };
    figures.patterns.iter().map(one).collect()
}
