//! One way of withholding what has to be: each step of the audit that fails names figures, the
//! cheapest one that mends it is withheld, and the audit begins again until nothing fails.
//!
//! In a table of two dimensions with its margins a withheld figure is safe from subtraction exactly
//! if it lies on a ring of withheld figures (row, column, row, ...), so the cheapest ring is a
//! shortest path. Afterwards everything that was withheld in vain is shown again.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Rule;
use super::audit::{Audit, Finding};
use super::prices::{FIGURE, Prices};
use super::sheet::Sheet;
use super::tables::Table;

/// What is withheld so far of a sheet, and by what it is decided what goes next.
#[derive(Clone, Debug)]
pub(super) struct Plan<'s> {
    pub sheet: &'s Sheet,
    pub audit: &'s Audit<'s>,
    pub tables: &'s [Table],
    pub prices: &'s Prices,
    /// Figures that stay as they are, whatever they cost: those that are out already among them.
    pub is_kept: &'s [bool],
    pub rules: Vec<Option<Rule>>,
}

impl Plan<'_> {
    /// Withholds until the audit passes; `false` where even what is kept alone does not pass.
    pub fn run(&mut self) -> bool {
        loop {
            self.close_groups();
            let is_withheld = self.is_withheld();
            if is_withheld.iter().all(|withheld| *withheld) {
                return true; // Nothing is shown, so nothing is given away.
            }
            match self.audit.first_failure(&is_withheld) {
                Finding::Passed => return true,
                Finding::ThinLines(lines) => lines.into_iter().for_each(|line| self.fill(line)),
                Finding::Determined(entries) => self.hide(&entries),
                Finding::Together(union) => self.widen(union[0]),
                Finding::Narrow(entries) => {
                    for entry in entries {
                        let is_touched = |plan: &Self| {
                            let lines = plan.sheet.lines_of[entry].iter();
                            let mut members = lines.flat_map(|line| plan.sheet.lines[*line].parts.iter());
                            members.any(|part| plan.rules[*part].is_some() != is_withheld[*part])
                        };
                        if !is_touched(self) {
                            self.widen(entry);
                        }
                    }
                }
                Finding::Isolating(combinations) => {
                    for combination in combinations {
                        if combination.iter().all(|entry| self.rules[*entry].is_none()) {
                            self.withhold_cheapest(combination.into_iter());
                        }
                    }
                }
            }
            // Where no step mends it alone, anything less shown brings the end nearer.
            if self.is_withheld() == is_withheld && !self.withhold_cheapest(0..self.rules.len()) {
                return false;
            }
        }
    }

    /// Withholds all that is not kept.
    pub fn withhold_all(&mut self) {
        (0..self.rules.len()).for_each(|entry| self.withhold(entry));
    }

    pub fn is_withheld(&self) -> Vec<bool> {
        self.rules.iter().map(Option::is_some).collect()
    }

    fn withhold(&mut self, entry: usize) {
        if !self.is_kept[entry] {
            self.rules[entry].get_or_insert(Rule::Complementary);
        }
    }

    /// A group whose overall figure is withheld shows nothing: any of its figures would tell its
    /// number of forms (scores, no contact and blank add up to it).
    fn close_groups(&mut self) {
        for entry in 0..self.rules.len() {
            if self.sheet.overall_for[entry].is_some_and(|overall| self.rules[overall].is_some()) {
                self.withhold(entry);
            }
        }
    }

    /// The price of a figure with that of what would be left alone on its lines and need company.
    fn price_with_company(&self, entry: usize) -> u64 {
        let alone = self.sheet.lines_of[entry].iter().filter(|line| {
            let line = &self.sheet.lines[**line];
            line.members().all(|other| self.rules[other].is_none())
        });
        self.prices.of(entry, &self.rules) + FIGURE * alone.count() as u64
    }

    /// Whether anything could be withheld.
    fn withhold_cheapest(&mut self, entries: impl Iterator<Item = usize>) -> bool {
        let shown = entries.filter(|entry| self.rules[*entry].is_none() && !self.is_kept[*entry]);
        let cheapest = shown.min_by_key(|entry| (self.price_with_company(*entry), *entry));
        cheapest.is_some_and(|entry| {
            self.withhold(entry);
            true
        })
    }

    /// One more part of a line whose withheld parts rest on too few people together.
    fn fill(&mut self, line: usize) {
        let line = &self.sheet.lines[line];
        if !self.withhold_cheapest(line.parts.iter().copied()) {
            self.withhold(line.whole);
        }
    }

    /// A ring of withheld figures for each figure that subtraction would give.
    fn hide(&mut self, determined: &[usize]) {
        let before = self.is_withheld();
        for &entry in determined {
            for table in self.tables {
                let cost = |other: usize| match self.rules[other] {
                    Some(_) => Some(0),
                    None => (!self.is_kept[other]).then(|| self.prices.of(other, &self.rules)),
                };
                let ring = table.cheapest_ring(entry, cost).unwrap_or_default();
                ring.into_iter().for_each(|other| self.withhold(other));
            }
        }
        if self.is_withheld() == before
            && let Some(&first) = determined.first()
        {
            self.widen(first);
        }
    }

    /// One more withheld figure on one of the lines of a figure; failing that, anywhere.
    fn widen(&mut self, entry: usize) {
        let sheet = self.sheet;
        let near = sheet.lines_of[entry].iter().flat_map(|line| sheet.lines[*line].members());
        if !self.withhold_cheapest(near) {
            self.withhold_cheapest(0..sheet.entries.len());
        }
    }

    /// Shows again what nothing needs, dearest first: a group with all its figures, then its overall
    /// figure alone, then figure by figure; until nothing more can be shown.
    pub fn show_again(&mut self) {
        loop {
            let mut attempts = self.attempts();
            attempts.sort_by_key(|entries| Reverse(self.prices.sum(entries)));
            let mut changed = false;
            for entries in attempts {
                let is_closed = |entry: &usize| {
                    self.sheet.overall_for[*entry]
                        .is_some_and(|it| self.rules[it].is_some() && !entries.contains(&it))
                };
                if entries.iter().all(|entry| self.rules[*entry].is_none()) || entries.iter().any(is_closed) {
                    continue;
                }
                let mut is_withheld = self.is_withheld();
                entries.iter().for_each(|entry| is_withheld[*entry] = false);
                if self.audit.passes_when_shown(&is_withheld, &entries) {
                    entries.iter().for_each(|entry| self.rules[*entry] = None);
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// Figures that may be shown again together.
    fn attempts(&self) -> Vec<Vec<usize>> {
        let is_extra = |entry: &usize| self.rules[*entry] == Some(Rule::Complementary);
        let mut attempts: Vec<Vec<usize>> = Vec::new();
        let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for entry in (0..self.rules.len()).filter(is_extra) {
            match self.sheet.overall_for[entry] {
                // Withheld for itself, and so are all figures of its group.
                Some(overall) if self.rules[overall].is_some() && !is_extra(&overall) => {}
                Some(overall) => by_group.entry(overall).or_default().push(entry),
                None => attempts.push(vec![entry]),
            }
        }
        for entries in by_group.into_values() {
            attempts.extend(entries.iter().map(|entry| vec![*entry]));
            // Two figures that hide each other can be shown together only.
            attempts.extend((entries.len() > 1).then_some(entries));
        }
        attempts
    }
}
