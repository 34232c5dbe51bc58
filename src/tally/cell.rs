//! The address of a figure.

use std::cmp::Ordering;

/// Which department an answer, or a figure, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Department {
    /// The council as one organisation. Not part of [`Department::All`].
    Whole,
    /// The departments pooled.
    All,
    /// One department, by its position in the definition.
    One(usize),
}

/// Which question a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// The questions pooled.
    All,
    /// One question, by its position in the definition.
    One(usize),
}

/// Whose answers a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Everyone in the audience.
    Everyone,
    /// One group of a breakdown, both by their position in the audience's definition.
    Of { breakdown: usize, group: usize },
    /// Those who left the attribute blank.
    NotStated { breakdown: usize },
}

impl Group {
    /// The breakdown that the group belongs to; `None` for everyone.
    pub fn breakdown(self) -> Option<usize> {
        match self {
            Group::Everyone => None,
            Group::Of { breakdown, .. } | Group::NotStated { breakdown } => Some(breakdown),
        }
    }
}

/// The address of a figure: positions in the definition, so that it is small, ordered as people
/// read, and joins never go by label. [`Survey::address`](crate::survey::Survey::address) turns it
/// into the ids that files carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cell {
    pub wave: usize,
    pub audience: usize,
    pub department: Department,
    pub question: Question,
    pub group: Group,
}

impl Cell {
    /// How many of department, question and group narrow this cell down. `Whole` does not count:
    /// it is one more thing scored, not a crossing.
    pub fn crossings(&self) -> usize {
        usize::from(matches!(self.department, Department::One(_)))
            + usize::from(matches!(self.question, Question::One(_)))
            + usize::from(self.group != Group::Everyone)
    }

    /// Wave, audience, group, department, question as one number, in the order of the cells: they are
    /// compared millions of times. No definition has a million of anything.
    pub(super) fn key(&self) -> u128 {
        let (kind, breakdown, group) = match self.group {
            Group::Everyone => (0, 0, 0),
            Group::Of { breakdown, group } => (1, breakdown, group),
            Group::NotStated { breakdown } => (2, breakdown, 0),
        };
        let department = match self.department {
            Department::Whole => 0,
            Department::All => 1,
            Department::One(one) => one + 2,
        };
        let question = match self.question {
            Question::All => 0,
            Question::One(one) => one + 1,
        };
        let outer = (self.wave as u64) << 44 | (self.audience as u64) << 23 | kind << 21 | breakdown as u64;
        let inner = (group as u64) << 42 | (department as u64) << 21 | question as u64;
        u128::from(outer) << 64 | u128::from(inner)
    }

    /// The same cell in another wave.
    pub fn in_wave(self, wave: usize) -> Cell {
        Cell { wave, ..self }
    }
}

impl PartialOrd for Cell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_in_the_order_in_which_people_read() {
        let groups = [
            Group::Everyone,
            Group::Of { breakdown: 0, group: 0 },
            Group::Of { breakdown: 0, group: 7 },
            Group::Of { breakdown: 3, group: 1 },
            Group::NotStated { breakdown: 0 },
            Group::NotStated { breakdown: 2 },
        ];
        let departments = [Department::Whole, Department::All, Department::One(0), Department::One(40)];
        let questions = [Question::All, Question::One(0), Question::One(9)];
        let mut cells = Vec::new();
        for (wave, audience) in [(0, 0), (0, 1), (1, 0), (5, 3)] {
            for group in groups {
                for department in departments {
                    cells.extend(questions.map(|question| Cell {
                        wave,
                        audience,
                        department,
                        question,
                        group,
                    }));
                }
            }
        }
        assert!(cells.is_sorted_by(|one, other| one < other));
        for (one, other) in cells.iter().zip(&cells[1..]) {
            assert!(one != other && other > one && one.cmp(one).is_eq());
        }
    }
}
