//! What it costs not to show a figure: figures are counted first, among equal counts the smallest
//! base goes, and the headline goes last.

use super::Rule;
use super::sheet::Sheet;
use crate::tally::{Department, Group, Question};

/// What one figure less costs, before its base is looked at.
pub(super) const FIGURE: u64 = 10_000;

/// How the figures of a group are priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// The overall figure at so much more than the others.
    Weighted,
    /// The overall figure at all that goes with it.
    WithItsGroup,
}

/// The price of each figure of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    prices: Vec<u64>,
    /// Per overall figure of a group, the figures that go with it.
    go_along: Vec<Vec<usize>>,
}

impl Prices {
    pub fn new(sheet: &Sheet, scheme: Scheme) -> Prices {
        let prices = (0..sheet.entries.len()).map(|entry| price(sheet, entry, scheme)).collect();
        let mut go_along = vec![Vec::new(); sheet.entries.len()];
        if scheme == Scheme::WithItsGroup {
            for (entry, overall) in sheet.overall_for.iter().enumerate() {
                let overall = overall.filter(|overall| *overall != entry);
                overall.into_iter().for_each(|overall| go_along[overall].push(entry));
            }
        }
        Prices { prices, go_along }
    }

    /// The price of one figure with what goes along of what is still shown.
    pub fn of(&self, entry: usize, rules: &[Option<Rule>]) -> u64 {
        let along = self.go_along[entry].iter().filter(|other| rules[**other].is_none());
        self.prices[entry] + along.map(|other| self.prices[*other]).sum::<u64>()
    }

    /// The price of some figures by themselves.
    pub fn sum(&self, entries: &[usize]) -> u64 {
        entries.iter().map(|entry| self.prices[*entry]).sum()
    }
}

fn price(sheet: &Sheet, entry: usize, scheme: Scheme) -> u64 {
    let entry = &sheet.entries[entry];
    let is_weighted = scheme == Scheme::Weighted;
    let factor = match (entry.cell.group, entry.cell.department, entry.cell.question) {
        (Group::Everyone, Department::One(_), Question::One(_)) => 1,
        (Group::Everyone, Department::One(_), Question::All) => 100,
        (Group::Everyone, _, Question::One(_)) => 10_000,
        (Group::Everyone, _, Question::All) => 100_000,
        (_, _, Question::All) if (entry.cell.department, entry.cell.question) == sheet.overall => {
            if is_weighted {
                10
            } else {
                2
            }
        }
        (_, Department::Whole | Department::All, Question::All) if is_weighted => 4,
        _ => 1,
    };
    FIGURE * factor + entry.base as u64
}
