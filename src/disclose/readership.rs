//! What a readership is handed of figures that rest on several cells.

use super::decisions::worst;
use super::sheet::PUBLIC_CROSSINGS;
use super::{Decisions, Policy, Released, Shown, Status, status};
use crate::estimate::Movement;
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

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

    /// Who answered again tells how many forms there are in either wave, which is not told where an
    /// overall figure is withheld: forms without a score tell how many people are behind it.
    pub(super) fn status_of_movement(&self, movement: &Movement) -> Status {
        let Movement { audience, from_wave, to_wave, .. } = *movement;
        let mut overall = [from_wave, to_wave].into_iter().flat_map(|wave| {
            [Department::All, Department::Whole].map(|department| Cell {
                wave,
                audience,
                department,
                question: Question::All,
                group: Group::Everyone,
            })
        });
        if overall.any(|cell| self.status(&cell) == Status::Withheld) {
            return Status::Withheld;
        }
        status::movement(self.survey, movement)
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
        match is_public || self.policy == Policy::Private {
            true => Shown::released(value.clone()),
            false => Shown::withheld(),
        }
    }
}
