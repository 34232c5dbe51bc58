//! What was decided about every cell, for figures that rest on several of them.

use std::collections::BTreeMap;

use super::release::worst;
use super::{Policy, Released, Shown, Status};
use crate::survey::Survey;
use crate::tally::Cell;

/// The decisions on the cells of a run, and who will read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decided<'a> {
    pub survey: &'a Survey,
    pub policy: Policy,
    pub statuses: &'a BTreeMap<Cell, Status>,
}

impl Decided<'_> {
    pub(super) fn status(&self, cell: &Cell) -> Status {
        self.statuses.get(cell).copied().unwrap_or(Status::NotAsked)
    }

    /// The status of what rests on all of these cells.
    pub(super) fn status_of(&self, cells: &[Cell]) -> Status {
        worst(cells.iter().map(|cell| self.status(cell)))
    }

    /// Fewest respondents behind a figure of an audience.
    pub(super) fn minimum(&self, audience: usize) -> u64 {
        self.survey.audiences[audience].minimum_respondents
    }

    /// Whether this readership is told that there is such a figure at all.
    pub(super) fn is_in_scope(&self, cell: &Cell) -> bool {
        self.policy == Policy::Private || cell.crossings() <= 2
    }

    /// A figure with its status, its value only where this readership may see it.
    pub(super) fn released<T: Clone>(&self, status: Status, figure: &T) -> Released<T> {
        Released { status, figure: self.shown(status == Status::Ok, figure) }
    }

    /// A value that the public may see, or may not.
    pub(super) fn shown<T: Clone>(&self, is_public: bool, value: &T) -> Shown<T> {
        match is_public || self.policy == Policy::Private {
            true => Shown::released(value.clone()),
            false => Shown::withheld(),
        }
    }
}
