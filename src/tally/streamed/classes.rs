//! Respondents in classes: everyone of the same group in each of a few breakdowns. A respondent is counted
//! in one class of each table, in numbers of half a byte side by side; these are poured into whole bytes
//! before they are full, and those roll up into groups.

use std::ops::Range;

/// Classes of a table, unless a single breakdown has more: so few that they stay near the processor.
const MOST: usize = 128;

/// The largest number in half a byte.
const FULL: u8 = 0xF;

/// A breakdown by its position in the audience, and the places of its groups among all that are counted;
/// behind them is the place of those who did not state theirs.
pub(super) struct Breakdown {
    pub position: usize,
    pub groups: Range<usize>,
}

impl Breakdown {
    /// Its groups, with those who did not state theirs.
    fn size(&self) -> usize {
        self.groups.len() + 1
    }
}

/// A table of classes.
pub(super) struct Classes {
    breakdowns: Vec<Breakdown>,
    /// Whether everyone is counted from this table.
    has_everyone: bool,
    /// Bytes that a class has, and which of them counts its forms in its lower half: no number is larger
    /// than that one.
    bytes: usize,
    forms: usize,
    /// Per class, its numbers in halves of bytes.
    halves: Vec<u8>,
    /// Per class, its numbers in bytes: all lower halves, then all upper ones.
    whole: Vec<u8>,
}

impl Classes {
    /// Tables that have each breakdown in one of them.
    pub fn tables(breakdowns: Vec<Breakdown>, (bytes, forms): (usize, usize)) -> Vec<Classes> {
        let mut tables = vec![Vec::new()];
        let mut classes = 1;
        for breakdown in breakdowns {
            if classes > 1 && classes * breakdown.size() > MOST {
                tables.push(Vec::new());
                classes = 1;
            }
            classes *= breakdown.size();
            if let Some(table) = tables.last_mut() {
                table.push(breakdown);
            }
        }
        let table = |(at, breakdowns): (usize, Vec<Breakdown>)| {
            let classes: usize = breakdowns.iter().map(Breakdown::size).product();
            let (halves, whole) = (vec![0; classes * bytes], vec![0; 2 * classes * bytes]);
            Classes { breakdowns, has_everyone: at == 0, bytes, forms, halves, whole }
        };
        tables.into_iter().enumerate().map(table).collect()
    }

    /// The class of these groups.
    #[inline]
    fn class(&self, groups: &[Option<usize>]) -> usize {
        self.breakdowns.iter().fold(0, |class, of| {
            let group = groups[of.position].unwrap_or(of.groups.len());
            class * of.size() + group
        })
    }

    /// Adds what a form adds to each number to those of its class.
    #[inline]
    pub fn count(&mut self, groups: &[Option<usize>], form: &[u8], totals: &mut [Vec<u64>]) {
        let class = self.class(groups);
        if self.halves[class * self.bytes + self.forms] == FULL {
            self.pour(class, totals);
        }
        let numbers = &mut self.halves[class * self.bytes..(class + 1) * self.bytes];
        let (numbers, form) = (numbers.as_chunks_mut::<16>().0, form.as_chunks::<16>().0);
        for (numbers, form) in numbers.iter_mut().zip(form) {
            numbers.iter_mut().zip(form).for_each(|(number, one)| *number += one);
        }
    }

    /// Pours the halves of a class into its bytes.
    fn pour(&mut self, class: usize, totals: &mut [Vec<u64>]) {
        let (bytes, forms) = (self.bytes, self.forms);
        let new = self.halves[class * bytes + forms];
        if self.whole[2 * class * bytes + forms].checked_add(new).is_none() {
            self.roll_up_class(class, totals);
        }
        let halves = &mut self.halves[class * bytes..(class + 1) * bytes];
        let (low, high) = self.whole[2 * class * bytes..2 * (class + 1) * bytes].split_at_mut(bytes);
        low.iter_mut().zip(&*halves).for_each(|(number, half)| *number += half & FULL);
        high.iter_mut().zip(&*halves).for_each(|(number, half)| *number += half >> 4);
        halves.fill(0);
    }

    /// Adds the bytes of a class to its groups, and begins them anew.
    fn roll_up_class(&mut self, class: usize, totals: &mut [Vec<u64>]) {
        let everyone = self.has_everyone.then_some(0);
        let mut rest = class;
        let places = self.breakdowns.iter().rev().map(|of| {
            let place = of.groups.start + rest % of.size();
            rest /= of.size();
            place
        });
        let numbers = &mut self.whole[2 * class * self.bytes..2 * (class + 1) * self.bytes];
        for place in everyone.into_iter().chain(places) {
            let totals = totals[place].iter_mut().zip(&*numbers);
            totals.for_each(|(total, number)| *total += u64::from(*number));
        }
        numbers.fill(0);
    }

    /// Adds all classes to their groups, and begins anew.
    pub fn roll_up(&mut self, totals: &mut [Vec<u64>]) {
        for class in 0..self.halves.len() / self.bytes {
            if self.halves[class * self.bytes + self.forms] > 0 {
                self.pour(class, totals);
            }
            if self.whole[2 * class * self.bytes + self.forms] > 0 {
                self.roll_up_class(class, totals);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Breakdowns of so many groups each.
    fn tables(groups: &[usize]) -> Vec<Classes> {
        let mut next = 1;
        let breakdowns = groups.iter().enumerate().map(|(position, groups)| {
            next += groups + 1;
            Breakdown { position, groups: next - groups - 1..next - 1 }
        });
        Classes::tables(breakdowns.collect(), (16, 2))
    }

    #[test]
    fn every_group_gets_its_own() {
        for (groups, expected) in [(&[][..], 1), (&[3], 1), (&[3, 4, 5, 6], 2), (&[500, 2, 200], 3)] {
            let mut tables = tables(groups);
            assert_eq!(tables.len(), expected, "{groups:?}");
            let mut totals = vec![vec![0; 32]; 1 + groups.iter().map(|it| it + 1).sum::<usize>()];
            // The second group of each, and then nobody's; so often that no byte holds it.
            let forms = [groups.iter().map(|_| Some(1)).collect::<Vec<_>>(), vec![None; groups.len()]];
            for (form, at) in forms.iter().zip([0, 1]) {
                let mut ones = [0; 16];
                (ones[at], ones[2]) = (0x11, 1);
                for _ in 0..300 {
                    tables.iter_mut().for_each(|table| table.count(form, &ones, &mut totals));
                }
            }
            tables.iter_mut().for_each(|table| table.roll_up(&mut totals));
            let mut expected = vec![0; 32];
            (expected[0], expected[1], expected[2], expected[16], expected[17]) = (300, 300, 600, 300, 300);
            assert_eq!(totals[0], expected);
            let mut place = 1;
            for size in groups {
                for group in 0..=*size {
                    let (first, second) = (300 * u64::from(group == 1), 300 * u64::from(group == *size));
                    let of = &totals[place + group];
                    assert_eq!([of[0], of[1], of[2]], [first, second, first + second], "{groups:?}");
                    assert_eq!([of[16], of[17], of[18]], [first, second, 0], "{groups:?}");
                }
                place += size + 1;
            }
        }
    }
}
