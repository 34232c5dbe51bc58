//! What a plan is told to keep: of the headline and of breakdowns that other plans lose, what could
//! be shown with little else beside it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Rule;
use super::audit::{Audit, Finding};
use super::loss::{is_headline, safe_groups};
use crate::tally::Group;

/// How many choices of what to keep are looked at; the first ones give up least.
const CHOICES: usize = 300;

/// As much of the headline as can be shown, and two groups at least of each of the breakdowns in
/// `short` of which that can be said; `None` where that is no more than what is `shown` already.
///
/// It is tried with nothing beside it but what is out already, and with what is shown of everyone: a figure that is withheld
/// beside few others may lie between narrower bounds than it does beside many.
pub(super) fn kept(
    audit: &Audit<'_>,
    fixed: &[bool],
    small: &[Option<Rule>],
    shown: &[Option<Rule>],
    short: &BTreeSet<usize>,
) -> Option<Vec<bool>> {
    let sheet = audit.sheet;
    let is_of_everyone = |entry: usize| sheet.entries[entry].cell.group == Group::Everyone;
    let of_everyone = (0..shown.len())
        .map(|entry| fixed[entry] || shown[entry].is_none() && is_of_everyone(entry))
        .collect();
    [fixed.to_vec(), of_everyone].into_iter().find_map(|beside| {
        let mut is_kept = with_headline(audit, fixed, small, &beside)?;
        let mut gains = (0..shown.len()).any(|entry| is_kept[entry] && shown[entry].is_some());
        for breakdown in short {
            if let Some(more) = with_two_groups(audit, small, *breakdown, &is_kept) {
                is_kept = more;
                gains = true;
            }
        }
        gains.then_some(is_kept)
    })
}

/// With all of the headline but what cannot be shown.
fn with_headline(
    audit: &Audit<'_>,
    fixed: &[bool],
    small: &[Option<Rule>],
    beside: &[bool],
) -> Option<Vec<bool>> {
    let sheet = audit.sheet;
    let can_go = |entry: &usize| small[*entry].is_none() && !fixed[*entry];
    let mut headline: Vec<usize> =
        (0..small.len()).filter(|entry| can_go(entry) && is_headline(sheet, *entry)).collect();
    // Questions go before all of them together, and fewer people before more.
    headline.sort_by_key(|entry| (sheet.entries[*entry].items.len(), sheet.entries[*entry].base));
    choices(headline.len(), 0).into_iter().find_map(|dropped| {
        let mut is_kept = beside.to_vec();
        headline.iter().for_each(|entry| is_kept[*entry] = true);
        dropped.iter().for_each(|at| is_kept[headline[*at]] = false);
        passes(audit, &is_kept).then_some(is_kept)
    })
}

/// With the fewest groups of a breakdown that can be shown beside what is kept already, the largest
/// ones first. Those who stated none may have to be among them.
fn with_two_groups(
    audit: &Audit<'_>,
    small: &[Option<Rule>],
    breakdown: usize,
    is_kept: &[bool],
) -> Option<Vec<bool>> {
    let sheet = audit.sheet;
    let mut groups = safe_groups(sheet, breakdown, small);
    groups.sort_by_key(|entry| Reverse(sheet.entries[*entry].base));
    let stated = groups.len();
    let not_stated = sheet.overall_of(Group::NotStated { breakdown });
    groups.extend(not_stated.filter(|entry| small[*entry].is_none()));
    let choices = choices(groups.len(), 2).into_iter();
    choices.filter(|chosen| chosen.iter().filter(|at| **at < stated).count() >= 2).find_map(|chosen| {
        let mut is_kept = is_kept.to_vec();
        chosen.iter().for_each(|at| is_kept[groups[*at]] = true);
        passes(audit, &is_kept).then_some(is_kept)
    })
}

/// Whether the audit passes with nothing shown but what is kept.
fn passes(audit: &Audit<'_>, is_kept: &[bool]) -> bool {
    let is_withheld: Vec<bool> = is_kept.iter().map(|is_kept| !is_kept).collect();
    matches!(audit.first_failure(&is_withheld), Finding::Passed)
}

/// Choices of at least so many out of `size` things, smaller ones first.
fn choices(size: usize, least: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    let mut level: Vec<Vec<usize>> = vec![Vec::new()];
    while !level.is_empty() {
        if level[0].len() >= least {
            all.extend(level.iter().cloned());
        }
        if all.len() >= CHOICES {
            break;
        }
        let longer = level.iter().flat_map(|chosen| {
            let next = chosen.last().map_or(0, |last| last + 1);
            (next..size).map(|one| chosen.iter().copied().chain([one]).collect())
        });
        level = longer.collect();
    }
    all.truncate(CHOICES);
    all
}

#[cfg(test)]
mod tests {
    use super::choices;

    #[test]
    fn smaller_choices_come_first() {
        assert_eq!(choices(2, 0), [vec![], vec![0], vec![1], vec![0, 1]]);
        assert_eq!(choices(3, 2), [vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]]);
    }
}
