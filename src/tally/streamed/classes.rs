//! Respondents in classes: everyone of the same group in each of a few breakdowns. A respondent is counted
//! in one class of each table, in small numbers side by side; classes roll up into groups.

use std::ops::Range;

/// Classes of a table, unless a single breakdown has more: so few that they stay near the processor.
const MOST: usize = 128;

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
    /// Words that a class has.
    words: usize,
    /// Per class, its numbers.
    numbers: Vec<u64>,
}

impl Classes {
    /// Tables that have each breakdown in one of them.
    pub fn tables(breakdowns: Vec<Breakdown>, words: usize) -> Vec<Classes> {
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
            Classes { breakdowns, has_everyone: at == 0, words, numbers: vec![0; classes * words] }
        };
        tables.into_iter().enumerate().map(table).collect()
    }

    /// The class of these groups.
    #[inline]
    pub fn class(&self, groups: &[Option<usize>]) -> usize {
        self.breakdowns.iter().fold(0, |class, of| {
            let group = groups[of.position].unwrap_or(of.groups.len());
            class * of.size() + group
        })
    }

    /// The numbers of a class.
    #[inline]
    pub fn numbers(&mut self, class: usize) -> &mut [u64] {
        &mut self.numbers[class * self.words..(class + 1) * self.words]
    }

    /// Adds the numbers of a class to its groups, and begins it anew.
    pub fn roll_up_class(&mut self, class: usize, totals: &mut [Vec<u64>]) {
        let mut places: Vec<usize> = self.has_everyone.then_some(0).into_iter().collect();
        let mut rest = class;
        for of in self.breakdowns.iter().rev() {
            places.push(of.groups.start + rest % of.size());
            rest /= of.size();
        }
        let numbers = self.numbers(class);
        for place in places {
            let bytes = numbers.iter().flat_map(|word| word.to_le_bytes());
            totals[place].iter_mut().zip(bytes).for_each(|(total, number)| *total += u64::from(number));
        }
        numbers.fill(0);
    }

    /// Adds all classes to their groups, and begins anew.
    pub fn roll_up(&mut self, totals: &mut [Vec<u64>]) {
        for class in 0..self.numbers.len() / self.words {
            if self.numbers(class).iter().any(|number| *number != 0) {
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
        Classes::tables(breakdowns.collect(), 1)
    }

    #[test]
    fn every_group_gets_its_own() {
        for (groups, expected) in [(&[][..], 1), (&[3], 1), (&[3, 4, 5, 6], 2), (&[500, 2, 200], 3)] {
            let mut tables = tables(groups);
            assert_eq!(tables.len(), expected, "{groups:?}");
            let mut totals = vec![vec![0; 8]; 1 + groups.iter().map(|it| it + 1).sum::<usize>()];
            // The second group of each, and then nobody's.
            let forms = [groups.iter().map(|_| Some(1)).collect::<Vec<_>>(), vec![None; groups.len()]];
            for (form, number) in forms.iter().zip([1, 1 << 8]) {
                tables.iter_mut().for_each(|table| {
                    let class = table.class(form);
                    table.numbers(class)[0] += number;
                });
            }
            tables.iter_mut().for_each(|table| table.roll_up(&mut totals));
            assert_eq!(totals[0][..2], [1, 1]);
            let mut place = 1;
            for size in groups {
                for group in 0..=*size {
                    let expected = [u64::from(group == 1), u64::from(group == *size)];
                    assert_eq!(totals[place + group][..2], expected, "{groups:?}");
                }
                place += size + 1;
            }
        }
    }
}
