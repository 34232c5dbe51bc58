//! How often each answer was given in one cell.

use std::ops::AddAssign;

/// The highest top score that a scale may have (a scale runs from 1 to 2..=10).
pub const MAX_SCORE: usize = 10;

/// Counts of answers in one cell: integers only, so that any two files' counts add up to the
/// counts of both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Answers per score: `scores[0]` counts the 1s.
    pub scores: [u64; MAX_SCORE],
    /// "No contact": asked, and answered with it.
    pub no_contact: u64,
    /// Asked and left empty.
    pub blank: u64,
    /// Respondents with at least one score in the cell.
    pub respondents: u64,
    /// Respondents with at least one score or "no contact" in the cell.
    pub contacts: u64,
    /// Forms in the group, whatever they hold.
    pub forms: u64,
}

impl Counts {
    /// Number of scores given (no contact and blank are not among them).
    pub fn answers(&self) -> u64 {
        self.scores.iter().sum()
    }

    /// Sum of the scores given.
    pub fn sum(&self) -> u64 {
        (1..).zip(self.scores).map(|(score, count): (u64, u64)| score * count).sum()
    }

    /// Number of scores at or above `cut`.
    pub fn at_least(&self, cut: u8) -> u64 {
        self.scores.iter().skip(usize::from(cut.saturating_sub(1))).sum()
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (mine, theirs) in self.scores.iter_mut().zip(other.scores) {
            *mine += theirs;
        }
        self.no_contact += other.no_contact;
        self.blank += other.blank;
        self.respondents += other.respondents;
        self.contacts += other.contacts;
        self.forms += other.forms;
    }
}
