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
        let by_group = || self.group.cmp(&other.group);
        let by_department = || self.department.cmp(&other.department);
        let by_question = || self.question.cmp(&other.question);
        let place = self.wave.cmp(&other.wave).then(self.audience.cmp(&other.audience));
        place.then_with(by_group).then_with(by_department).then_with(by_question)
    }
}
