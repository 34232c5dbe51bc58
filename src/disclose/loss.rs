//! What a plan loses beyond what has to be withheld for itself.

use std::collections::BTreeSet;

use super::Rule;
use super::sheet::Sheet;
use crate::tally::{Department, Group, Question};

/// The loss of one plan; the smaller one is the better plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Loss {
    /// Of all questions together, then of single ones.
    headline: [usize; 2],
    /// How many breakdowns have two safe groups and show fewer.
    short_count: usize,
    figures: usize,
    /// Among equal counts the smallest bases go.
    people: usize,
    /// Which breakdowns these are.
    pub short: BTreeSet<usize>,
}

impl Loss {
    pub fn of(sheet: &Sheet, small: &[Option<Rule>], rules: &[Option<Rule>]) -> Loss {
        let lost: Vec<usize> =
            (0..rules.len()).filter(|entry| small[*entry].is_none() && rules[*entry].is_some()).collect();
        let of_all = |entry: &&usize| sheet.entries[**entry].cell.question == Question::All;
        let headline: Vec<usize> = lost.iter().copied().filter(|entry| is_headline(sheet, *entry)).collect();
        let overall = headline.iter().filter(of_all).count();
        let is_short = |breakdown: &usize| {
            let safe = safe_groups(sheet, *breakdown, small);
            safe.len() >= 2 && safe.iter().filter(|entry| rules[**entry].is_none()).count() < 2
        };
        let short: BTreeSet<usize> = (0..sheet.groups.len()).filter(is_short).collect();
        Loss {
            headline: [overall, headline.len() - overall],
            short_count: short.len(),
            figures: lost.len(),
            people: lost.iter().map(|entry| sheet.entries[*entry].base).sum(),
            short,
        }
    }

    /// Whether nothing is lost.
    pub fn is_none(&self) -> bool {
        self.figures == 0
    }
}

/// Whether a figure is about everyone and the council as a whole or all departments together.
pub(super) fn is_headline(sheet: &Sheet, entry: usize) -> bool {
    let cell = sheet.entries[entry].cell;
    cell.group == Group::Everyone && !matches!(cell.department, Department::One(_))
}

/// The overall figures of the stated groups of a breakdown that are not withheld for themselves.
pub(super) fn safe_groups(sheet: &Sheet, breakdown: usize, small: &[Option<Rule>]) -> Vec<usize> {
    let stated = sheet.groups[breakdown].iter().filter(|group| matches!(group, Group::Of { .. }));
    let overall = stated.filter_map(|group| sheet.overall_of(*group));
    overall.filter(|entry| small[*entry].is_none()).collect()
}
