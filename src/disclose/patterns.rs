//! Which counts of response patterns may be shown.

use super::Shown;
use super::readership::Readership;
use crate::estimate::Figures;
use crate::tally::{Blanks, Patterns};

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
    pub blanks: Shown<Vec<Blanks>>,
}

/// A count of forms is shown where neither those with the pattern nor those without it are a few:
/// at least the minimum of the audience, or none at all. Nothing is shown of fewer forms than that.
pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> Vec<ReleasedPatterns> {
    let one = |patterns: &Patterns| {
        let Patterns { wave, audience, forms, .. } = *patterns;
        let minimum = by.minimum(audience);
        let enough = forms >= minimum;
        let is_safe = |count: u64| count == 0 || count >= minimum;
        let count =
            |count: u64| by.shown(enough && is_safe(count) && is_safe(forms.saturating_sub(count)), &count);
        ReleasedPatterns {
            wave,
            audience,
            forms: by.shown(enough, &forms),
            straight_lined: count(patterns.straight_lined),
            only_no_contact: count(patterns.only_no_contact),
            no_answer: count(patterns.no_answer),
            identical: count(patterns.identical),
            blanks: by.shown(enough, &patterns.blanks),
        }
    };
    figures.patterns.iter().map(one).collect()
}
