//! What a reader can still work out about withheld figures: intervals, propagated to a fixed point.
//!
//! Every published line says what its withheld figures add up to, in scores given, points above the
//! lowest score, points below the highest, scores in the upper and the lower half of the scale, "no
//! contact" and blanks. None of these is negative, so each line bounds each of its members; and they
//! are tied to each other within a figure, and to the forms of its group. People add up over groups;
//! over items they are at least those of any, and at most all of them together.
//!
//! The standard error of one question's mean is published as well. With mean, base and the share of
//! the upper half it leaves one way to share the answers out over the scale, so how often each score
//! was given counts as published too, and adds up over groups.

use super::means::{Bounds, mean};
use super::quantities::{
    ADDITIVE, GIVEN, Interval, Known, PEOPLE, QUANTITIES, UNBOUNDED, add_up, count, narrow, overlap, tie,
    tie_people, tie_scores, tie_to_forms,
};
use super::sheet::Sheet;
use crate::tally::Group;

/// Intervals of whole numbers only shrink; after so many rounds they have as good as settled.
const ROUNDS: usize = 60;

/// All that a reader knows of a sheet.
struct Reader<'s> {
    sheet: &'s Sheet,
    is_withheld: &'s [bool],
    /// Per entry.
    known: Vec<Known>,
    /// Forms of everyone, then of the groups of each breakdown in turn.
    forms: Vec<Interval>,
    /// Per entry, the position of its group in `forms`.
    group_of: Vec<usize>,
}

/// Bounds of every withheld figure of a sheet, in the order of the entries; `None` for shown ones.
pub(super) fn bounds(sheet: &Sheet, is_withheld: &[bool]) -> Vec<Option<Bounds>> {
    let mut reader = Reader::new(sheet, is_withheld);
    reader.propagate();
    let of = |(entry, withheld): (usize, &bool)| withheld.then(|| mean(&reader.known[entry], sheet));
    is_withheld.iter().enumerate().map(of).collect()
}

impl<'s> Reader<'s> {
    fn new(sheet: &'s Sheet, is_withheld: &'s [bool]) -> Reader<'s> {
        let exactly = |value: i64| (value, value);
        let known = sheet.entries.iter().zip(is_withheld).map(|(entry, withheld)| {
            let held = &entry.held;
            let blank = held.silent - held.no_contact;
            let people = count(entry.base);
            let all = [
                held.answers,
                held.above,
                held.below,
                held.no_contact,
                blank,
                held.upper,
                held.lower,
                people,
            ];
            let mut known = [(0, UNBOUNDED); QUANTITIES];
            if !withheld {
                all.into_iter().zip(&mut known).for_each(|(value, known)| *known = exactly(value));
                for (known, given) in known[GIVEN..].iter_mut().zip(held.given) {
                    *known = if entry.items.len() == 1 { exactly(given) } else { (0, held.answers) };
                }
            }
            known
        });
        let everyone = std::iter::once(Group::Everyone);
        let groups: Vec<Group> = everyone.chain(sheet.groups.iter().flatten().copied()).collect();
        let mut forms = vec![(0, UNBOUNDED); groups.len()];
        let group_of: Vec<usize> = sheet
            .entries
            .iter()
            .map(|entry| groups.iter().position(|group| *group == entry.cell.group).unwrap_or(0))
            .collect();
        for ((entry, withheld), group) in sheet.entries.iter().zip(is_withheld).zip(&group_of) {
            // Any shown figure tells the forms of its group: scores, "no contact" and blank are one for
            // each of its items. Those of everyone are also in the table of response patterns.
            let is_listed = *group == 0 && entry.held.forms >= count(sheet.minimum);
            if !withheld || is_listed {
                forms[*group] = exactly(entry.held.forms);
            }
        }
        Reader { sheet, is_withheld, known: known.collect(), forms, group_of }
    }

    fn propagate(&mut self) {
        let sheet = self.sheet;
        let open: Vec<usize> = (0..sheet.lines.len())
            .filter(|line| {
                let line = &sheet.lines[*line];
                line.parts.iter().chain([&line.whole]).any(|entry| self.is_withheld[*entry])
            })
            .collect();
        for _ in 0..ROUNDS {
            let mut changed = self.add_up_forms();
            for entry in (0..self.known.len()).filter(|entry| self.is_withheld[*entry]) {
                let forms = &mut self.forms[self.group_of[entry]];
                let items = count(sheet.entries[entry].items.len());
                changed |= tie(&mut self.known[entry], sheet);
                if items == 1 {
                    changed |= tie_scores(&mut self.known[entry], sheet);
                }
                changed |= tie_to_forms(&mut self.known[entry], forms, items);
                changed |= tie_people(&mut self.known[entry], forms, items, sheet.one_form_each);
            }
            for &line in &open {
                for quantity in 0..ADDITIVE {
                    changed |= add_up(&mut self.known, &sheet.lines[line], quantity);
                }
                if sheet.lines[line].by_group && sheet.entries[sheet.lines[line].whole].items.len() == 1 {
                    for score in 0..sheet.scores() {
                        changed |= add_up(&mut self.known, &sheet.lines[line], GIVEN + score);
                    }
                }
                changed |= if !sheet.lines[line].by_group {
                    overlap(&mut self.known, &sheet.lines[line])
                } else {
                    sheet.one_form_each && add_up(&mut self.known, &sheet.lines[line], PEOPLE)
                };
            }
            if !changed {
                break;
            }
        }
    }

    /// Every form is in one group of each breakdown.
    fn add_up_forms(&mut self) -> bool {
        let mut changed = false;
        let mut first = 1;
        for groups in self.sheet.groups.iter().filter(|groups| !groups.is_empty()) {
            let parts = first..first + groups.len();
            first = parts.end;
            let sum = parts
                .clone()
                .fold((0, 0), |sum, part| (sum.0 + self.forms[part].0, sum.1 + self.forms[part].1));
            changed |= narrow(&mut self.forms[0], sum.0, sum.1);
            let whole = self.forms[0];
            for part in parts {
                let part = &mut self.forms[part];
                let others = (sum.0 - part.0, sum.1 - part.1);
                changed |= narrow(part, whole.0 - others.1, whole.1 - others.0);
            }
        }
        changed
    }
}
