//! What else has to be withheld so that what is withheld stays so, at the lowest price.
//!
//! Each step of the audit that fails names figures; the cheapest one that mends it is withheld, and
//! the audit begins again until nothing fails. In a table of two dimensions with its margins a
//! withheld figure is safe from subtraction exactly if it lies on a ring of withheld figures (row,
//! column, row, ...), so the cheapest ring is a shortest path. Afterwards everything that was
//! withheld in vain is shown again.

use super::audit::{Audit, Finding};
use super::sheet::Sheet;
use super::tables::{Table, tables};
use crate::survey::Survey;
use crate::tally::{Department, Group, Question};

/// Why a figure is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It rests on too few respondents.
    Primary,
    /// All answers are the same, or all but one.
    Unanimous,
    /// An earlier release withheld it.
    Released,
    /// It would give another figure away.
    Complementary,
}

impl Rule {
    /// As `disclosure.csv` writes it.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Primary => "primary",
            Rule::Unanimous => "unanimous",
            Rule::Released => "released",
            Rule::Complementary => "complementary",
        }
    }
}

/// What one figure less costs, before its base is looked at: figures are counted first, among
/// equal counts the smallest base goes, and the headline goes last.
const FIGURE: u64 = 10_000;

fn price(sheet: &Sheet, entry: usize) -> u64 {
    let entry = &sheet.entries[entry];
    let factor = match (entry.cell.group, entry.cell.department, entry.cell.question) {
        (Group::Everyone, Department::One(_), Question::One(_)) => 1,
        (Group::Everyone, Department::One(_), Question::All) => 100,
        (Group::Everyone, _, Question::One(_)) => 10_000,
        (Group::Everyone, _, Question::All) => 100_000,
        (_, _, Question::All) if (entry.cell.department, entry.cell.question) == sheet.overall => 10,
        (_, Department::Whole | Department::All, Question::All) => 4,
        _ => 1,
    };
    FIGURE * factor + entry.people.len() as u64
}

/// Withholds what has to be, beyond what `rules` already does; none of what is `fixed`, since it is
/// out already. With less than the whole audit in tests only.
pub(super) fn protect(
    survey: &Survey,
    sheet: &Sheet,
    is_audited: bool,
    fixed: &[bool],
    rules: &mut [Option<Rule>],
) {
    let mut plan = Plan {
        sheet,
        tables: tables(survey, sheet),
        prices: (0..sheet.entries.len()).map(|entry| price(sheet, entry)).collect(),
        rules,
        fixed,
        audit: if is_audited { Audit::beyond(sheet, fixed) } else { Audit::of_thin_lines(sheet) },
    };
    plan.run();
    plan.show_again();
}

struct Plan<'s> {
    sheet: &'s Sheet,
    tables: Vec<Table>,
    prices: Vec<u64>,
    rules: &'s mut [Option<Rule>],
    /// Figures that are out already.
    fixed: &'s [bool],
    audit: Audit<'s>,
}

impl Plan<'_> {
    fn run(&mut self) {
        loop {
            self.close_groups();
            let is_withheld = self.is_withheld();
            if is_withheld.iter().all(|withheld| *withheld) {
                return; // Nothing is shown, so nothing is given away.
            }
            match self.audit.first_failure(&is_withheld) {
                Finding::Passed => return,
                Finding::ThinLines(lines) => lines.into_iter().for_each(|line| self.fill(line)),
                Finding::Determined(entries) => self.hide(&entries),
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
            // No step mends it alone: anything less shown brings the end nearer.
            if self.is_withheld() == is_withheld && !self.withhold_cheapest(0..self.rules.len()) {
                return; // All else is withheld, and what is out stays out.
            }
        }
    }

    fn is_withheld(&self) -> Vec<bool> {
        self.rules.iter().map(Option::is_some).collect()
    }

    fn withhold(&mut self, entry: usize) {
        if !self.fixed[entry] {
            self.rules[entry].get_or_insert(Rule::Complementary);
        }
    }

    /// A group whose overall figure is withheld shows nothing: any of its figures would tell its
    /// number of forms (scores, no contact and blank add up to it).
    fn close_groups(&mut self) {
        for group in self.sheet.groups.iter().flatten() {
            let overall = self.sheet.overall_of(*group);
            if overall.is_some_and(|overall| self.rules[overall].is_some()) {
                for entry in 0..self.rules.len() {
                    if self.sheet.entries[entry].cell.group == *group {
                        self.withhold(entry);
                    }
                }
            }
        }
    }

    /// The price of a figure with that of what would be left alone on its lines and need company.
    fn price_with_company(&self, entry: usize) -> u64 {
        let alone = self.sheet.lines_of[entry].iter().filter(|line| {
            let line = &self.sheet.lines[**line];
            line.parts.iter().chain([&line.whole]).all(|other| self.rules[*other].is_none())
        });
        self.prices[entry] + FIGURE * alone.count() as u64
    }

    /// Whether anything could be withheld.
    fn withhold_cheapest(&mut self, entries: impl Iterator<Item = usize>) -> bool {
        let shown = entries.filter(|entry| self.rules[*entry].is_none() && !self.fixed[*entry]);
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
        let mut changed = false;
        for &entry in determined {
            for table in &self.tables {
                let cost = |other: usize| match self.rules[other] {
                    Some(_) => 0,
                    None if self.fixed[other] => u64::MAX, // no ring goes there
                    None => self.prices[other],
                };
                for other in table.cheapest_ring(entry, cost).unwrap_or_default() {
                    changed |= self.rules[other].is_none();
                    self.rules[other].get_or_insert(Rule::Complementary);
                }
            }
        }
        if !changed && let Some(&first) = determined.first() {
            self.widen(first);
        }
    }

    /// One more withheld figure on one of the lines of a figure; failing that, anywhere.
    fn widen(&mut self, entry: usize) {
        let sheet = self.sheet;
        let members = |line: &usize| {
            let line = &sheet.lines[*line];
            line.parts.iter().chain([&line.whole]).copied().collect::<Vec<_>>()
        };
        let near: Vec<usize> = sheet.lines_of[entry].iter().flat_map(members).collect();
        if !self.withhold_cheapest(near.into_iter()) {
            self.withhold_cheapest(0..sheet.entries.len());
        }
    }

    /// Shows again what nothing needs: whole groups first, then figure by figure, dearest first.
    fn show_again(&mut self) {
        let mut attempts: Vec<Vec<usize>> = Vec::new();
        let mut singles = Vec::new();
        for group in self.sheet.groups.iter().flatten() {
            let entries = (0..self.rules.len()).filter(|entry| {
                self.sheet.entries[*entry].cell.group == *group
                    && self.rules[*entry] == Some(Rule::Complementary)
            });
            let entries: Vec<usize> = entries.collect();
            let overall = self.sheet.overall_of(*group);
            if overall.is_some_and(|overall| self.rules[overall] == Some(Rule::Complementary)) {
                attempts.push(entries);
            } else if overall.is_none_or(|overall| self.rules[overall].is_none()) {
                singles.extend(entries.iter().copied());
                // Two figures that hide each other can be shown together only.
                attempts.extend((entries.len() > 1).then_some(entries));
            }
        }
        let of_everyone = (0..self.rules.len()).filter(|entry| {
            self.sheet.entries[*entry].cell.group == Group::Everyone
                && self.rules[*entry] == Some(Rule::Complementary)
        });
        singles.extend(of_everyone);
        attempts
            .sort_by_key(|entries| std::cmp::Reverse(entries.iter().map(|e| self.prices[*e]).sum::<u64>()));
        singles.sort_by_key(|entry| std::cmp::Reverse(self.prices[*entry]));
        attempts.extend(singles.into_iter().map(|entry| vec![entry]));
        for entries in attempts {
            let mut is_withheld = self.is_withheld();
            entries.iter().for_each(|entry| is_withheld[*entry] = false);
            if self.audit.passes_when_shown(&is_withheld, &entries) {
                entries.iter().for_each(|entry| self.rules[*entry] = None);
            }
        }
    }
}
