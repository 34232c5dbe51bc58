//! How the figures of a sheet add up: what readers know without being told.

use std::collections::BTreeMap;

use super::set::Set;
use super::sheet::Sheet;
use crate::tally::{Cell, Department, Group, Question};

/// An equation that readers know: the whole is the sum of its parts, for every count and every sum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub whole: usize,
    pub parts: Vec<usize>,
    /// Whether the parts are groups of a breakdown rather than items.
    pub by_group: bool,
}

impl Line {
    /// Its parts and their whole.
    pub fn members(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().chain([&self.whole]).copied()
    }
}

/// Every equation between the figures: groups to everyone, and items to any of their sums.
pub(super) fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut lines = group_lines(sheet);
    let mut of_group: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
    for (position, entry) in sheet.entries.iter().enumerate() {
        of_group.entry(entry.cell.group).or_default().push(position);
    }
    for entries in of_group.values() {
        lines.extend(item_lines(sheet, entries));
    }
    lines.sort();
    lines.dedup();
    lines
}

fn group_lines(sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::new();
    for (whole, entry) in sheet.entries.iter().enumerate() {
        if entry.cell.group != Group::Everyone {
            continue;
        }
        for groups in sheet.groups.iter().filter(|groups| !groups.is_empty()) {
            let parts: Option<Vec<usize>> = groups.iter().map(|&group| sheet.beside(whole, group)).collect();
            lines.extend(parts.map(|parts| Line { whole, parts, by_group: true }));
        }
    }
    lines
}

/// Sums over items within one group of people. Parts of a sum are of one kind: questions of a
/// department, departments of a question, or single items; and a sum over the items common to
/// two waves with the other items is the sum over all.
fn item_lines(sheet: &Sheet, entries: &[usize]) -> Vec<Line> {
    type Kind = fn(&Cell) -> bool;
    let kinds: [Kind; 4] = [
        |cell| matches!((cell.department, cell.question), (Department::One(_), Question::One(_))),
        |cell| matches!((cell.department, cell.question), (Department::One(_), Question::All)),
        |cell| matches!((cell.department, cell.question), (Department::All, Question::One(_))),
        |cell| matches!((cell.department, cell.question), (Department::Whole, Question::One(_))),
    ];
    let mut families: Vec<Vec<usize>> = Vec::new();
    for kind in kinds {
        let mut family: Vec<usize> =
            entries.iter().copied().filter(|entry| kind(&sheet.entries[*entry].cell)).collect();
        family.sort_by_key(|entry| std::cmp::Reverse(sheet.entries[*entry].items.len()));
        families.push(family);
    }
    let mut lines = Vec::new();
    for &whole in entries {
        let target = &sheet.entries[whole].items;
        for family in &families {
            let mut line = |parts: Option<Vec<usize>>| {
                let parts = parts.filter(|parts| parts.len() > 1);
                lines.extend(parts.map(|parts| Line { whole, parts, by_group: false }));
            };
            line(cover(sheet, whole, target.clone(), family));
            for &part in entries {
                let (inner, outer) = (&sheet.entries[part], &sheet.entries[whole]);
                let is_common = inner.cell == outer.cell && part != whole && inner.items.is_within(target);
                if is_common {
                    let rest = cover(sheet, whole, target.without(&inner.items), family);
                    line(rest.map(|rest| rest.into_iter().chain([part]).collect()));
                }
            }
        }
    }
    lines
}

/// Members of a family that make a set up without overlap, larger ones first.
fn cover(sheet: &Sheet, whole: usize, target: Set, family: &[usize]) -> Option<Vec<usize>> {
    let mut left = target;
    let mut parts = Vec::new();
    for &part in family {
        let items = &sheet.entries[part].items;
        if part != whole && items.is_within(&left) {
            left = left.without(items);
            parts.push(part);
        }
    }
    left.is_empty().then_some(parts)
}
