//! What a readership is handed of figures that rest on several cells.

use std::sync::Arc;

use super::decisions::worst;
use super::sheet::PUBLIC_CROSSINGS;
use super::{Decisions, Policy, Released, Shown, Status};
use crate::survey::Survey;
use crate::tally::Cell;

/// Who will read, and what was decided on the cells of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Readership<'a> {
    pub survey: &'a Survey,
    pub policy: Policy,
    pub decisions: &'a Decisions,
}

impl Readership<'_> {
    pub(super) fn status(&self, cell: &Cell) -> Status {
        self.decisions.cell(cell)
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
        let is_published = self.survey.publishes(cell.audience, cell.group);
        self.policy == Policy::Private || (cell.crossings() <= PUBLIC_CROSSINGS && is_published)
    }

    /// A figure with its status, its value only where this readership may see it.
    pub(super) fn released<T: Clone>(&self, status: Status, figure: &T) -> Released<T> {
        Released { status, figure: self.shown(status == Status::Ok, figure) }
    }

    /// A value that the public may see, or may not.
    pub(super) fn shown<T: Clone>(&self, is_public: bool, value: &T) -> Shown<T> {
        match self.may_see(is_public) {
            true => Shown::released(value.clone()),
            false => Shown::withheld(),
        }
    }

    /// The same of what both readerships may be handed.
    pub(super) fn shared<T>(&self, is_public: bool, value: &Arc<T>) -> Shown<T> {
        match self.may_see(is_public) {
            true => Shown::shared(value),
            false => Shown::withheld(),
        }
    }

    fn may_see(&self, is_public: bool) -> bool {
        is_public || self.policy == Policy::Private
    }
}
