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
    ADDITIVE, GIVEN, Interval, Known, NOTHING, PEOPLE, UNBOUNDED, add_up, count, narrow, overlap, tie,
    tie_people, tie_scores, tie_to_forms,
};
use super::sheet::Sheet;

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
    narrowed: Narrowed,
}

/// When something was last narrowed, by the number of looks that were taken until then: what is as it was
/// when it was last looked at tells nothing new.
struct Narrowed {
    looks: usize,
    /// Of anything at all.
    last: usize,
    /// Per entry.
    known: Vec<usize>,
    /// Per group.
    forms: Vec<usize>,
}

impl Narrowed {
    fn known(&mut self, entry: usize) {
        (self.known[entry], self.last) = (self.looks, self.looks);
    }

    fn forms(&mut self, group: usize) {
        (self.forms[group], self.last) = (self.looks, self.looks);
    }
}

/// Bounds of every withheld figure of a sheet, in the order of the entries; `None` for shown ones.
pub(super) fn bounds(sheet: &Sheet, is_withheld: &[bool]) -> Vec<Option<Bounds>> {
    let mut reader = Reader::new(sheet, is_withheld);
    reader.propagate(|_| false);
    let of = |(entry, withheld): (usize, &bool)| withheld.then(|| mean(&reader.known[entry], sheet));
    is_withheld.iter().enumerate().map(of).collect()
}

/// Whether anything is sought among the bounds of withheld figures: what is found between wide bounds is
/// found between narrower ones as well, so nothing is worked out beyond the first.
pub(super) fn any(sheet: &Sheet, is_withheld: &[bool], is_sought: impl Fn(&Bounds) -> bool) -> bool {
    let is_sought = |known: &Known| is_sought(&mean(known, sheet));
    let mut reader = Reader::new(sheet, is_withheld);
    reader.propagate(is_sought)
        || (0..is_withheld.len()).any(|entry| is_withheld[entry] && is_sought(&reader.known[entry]))
}

impl<'s> Reader<'s> {
    fn new(sheet: &'s Sheet, is_withheld: &'s [bool]) -> Reader<'s> {
        let mut known = sheet.shown.clone();
        let groups = 1 + sheet.groups.iter().map(Vec::len).sum::<usize>();
        let mut forms = vec![(0, UNBOUNDED); groups];
        for (position, (entry, &withheld)) in sheet.entries.iter().zip(is_withheld).enumerate() {
            if withheld {
                known[position] = NOTHING;
            }
            // Any shown figure tells the forms of its group: scores, "no contact" and blank are one for
            // each of its items. Those of everyone are also in the table of response patterns.
            let group = sheet.group_of[position];
            let is_listed = group == 0 && entry.held.forms >= count(sheet.minimum);
            if !withheld || is_listed {
                forms[group] = (entry.held.forms, entry.held.forms);
            }
        }
        let narrowed = Narrowed { looks: 0, last: 0, known: vec![0; known.len()], forms: vec![0; groups] };
        Reader { sheet, is_withheld, known, forms, narrowed }
    }

    /// To the end, or until a figure that was narrowed is what is sought: whether it was.
    fn propagate(&mut self, is_sought: impl Fn(&Known) -> bool) -> bool {
        let sheet = self.sheet;
        let withheld: Vec<usize> = (0..self.known.len()).filter(|entry| self.is_withheld[*entry]).collect();
        let is_open = |line: &usize| sheet.lines[*line].members().any(|entry| self.is_withheld[entry]);
        let open: Vec<usize> = (0..sheet.lines.len()).filter(is_open).collect();
        // The look that was last taken at each.
        let (mut seen, mut seen_lines) = (vec![0; self.known.len()], vec![0; sheet.lines.len()]);
        for _ in 0..ROUNDS {
            self.narrowed.looks += 1;
            let first = self.narrowed.looks;
            self.add_up_forms();
            for &entry in &withheld {
                let Narrowed { known, forms, .. } = &self.narrowed;
                if known[entry].max(forms[sheet.group_of[entry]]) >= seen[entry] {
                    self.narrowed.looks += 1;
                    seen[entry] = self.narrowed.looks;
                    self.tie(entry);
                }
            }
            for &line in &open {
                let mut members = sheet.lines[line].members();
                if members.any(|entry| self.narrowed.known[entry] >= seen_lines[line]) {
                    self.narrowed.looks += 1;
                    seen_lines[line] = self.narrowed.looks;
                    self.add_up(line);
                }
            }
            if self.narrowed.last < first {
                break;
            }
            let mut narrowed = withheld.iter().filter(|entry| self.narrowed.known[**entry] >= first);
            if narrowed.any(|entry| is_sought(&self.known[*entry])) {
                return true;
            }
        }
        false
    }

    /// What is known of a figure by itself and by the forms of its group.
    fn tie(&mut self, entry: usize) {
        let (sheet, group) = (self.sheet, self.sheet.group_of[entry]);
        let (known, forms) = (&mut self.known[entry], &mut self.forms[group]);
        let (before, items) = (*forms, count(sheet.entries[entry].item_count));
        let mut changed = tie(known, sheet);
        if items == 1 {
            changed |= tie_scores(known, sheet);
        }
        changed |= tie_to_forms(known, forms, items);
        changed |= tie_people(known, forms, items, sheet.one_form_each);
        if *forms != before {
            self.narrowed.forms(group);
        }
        if changed {
            self.narrowed.known(entry);
        }
    }

    fn add_up(&mut self, line: usize) {
        let (sheet, line) = (self.sheet, &self.sheet.lines[line]);
        let mut narrowed = |entry: usize| self.narrowed.known(entry);
        for quantity in 0..ADDITIVE {
            add_up(&mut self.known, line, quantity, &mut narrowed);
        }
        if line.by_group && sheet.entries[line.whole].item_count == 1 {
            for score in 0..sheet.scores() {
                add_up(&mut self.known, line, GIVEN + score, &mut narrowed);
            }
        }
        if !line.by_group {
            overlap(&mut self.known, line, narrowed);
        } else if sheet.one_form_each {
            add_up(&mut self.known, line, PEOPLE, narrowed);
        }
    }

    /// Every form is in one group of each breakdown.
    fn add_up_forms(&mut self) {
        let mut first = 1;
        for groups in self.sheet.groups.iter().filter(|groups| !groups.is_empty()) {
            let parts = first..first + groups.len();
            first = parts.end;
            let sum = parts
                .clone()
                .fold((0, 0), |sum, part| (sum.0 + self.forms[part].0, sum.1 + self.forms[part].1));
            if narrow(&mut self.forms[0], sum.0, sum.1) {
                self.narrowed.forms(0);
            }
            let whole = self.forms[0];
            for part in parts {
                let forms = &mut self.forms[part];
                let others = (sum.0 - forms.0, sum.1 - forms.1);
                if narrow(forms, whole.0 - others.1, whole.1 - others.0) {
                    self.narrowed.forms(part);
                }
            }
        }
    }
}
