//! What was decided on every figure of a run, as everything that is released asks for it.

use std::collections::{BTreeMap, BTreeSet};

use super::complementary::Rule;
use super::release::ChangeKey;
use super::released::Told;
use super::sheet::PUBLIC_CROSSINGS;
use super::{Status, status};
use crate::estimate::{Change, Figures, Gap, Kind, Side};
use crate::survey::{Publication, Survey};
use crate::tally::{Cell, Cells, Department, Group};

/// A figure that is not shown, why, and between which means a reader can still place it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Withheld {
    pub cell: Cell,
    pub rule: Rule,
    pub lower: f64,
    pub upper: f64,
}

/// What may be shown of everything that a run publishes together.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    pub(super) cells: Cells<Status>,
    pub(super) withheld: Vec<Withheld>,
    /// Changes whose items common to both waves are withheld in one of them.
    pub(super) changes: BTreeSet<ChangeKey>,
    /// Changes without their matched part, which would give away who left or joined.
    pub(super) matched: BTreeSet<ChangeKey>,
    /// Per wave, what is out of it already gives away.
    pub(super) told: BTreeMap<usize, Told>,
    /// Waves of which figures stay shown that today's rules would not show.
    pub(super) overruled: BTreeSet<usize>,
}

impl Decisions {
    /// The decision on a cell.
    pub fn cell(&self, cell: &Cell) -> Status {
        self.cells.get(cell).copied().unwrap_or(Status::NotAsked)
    }

    /// Every figure of the public addresses that is not shown, in the order in which people read.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// How many figures of the public addresses are withheld by a rule.
    pub fn count(&self, rule: Rule) -> usize {
        self.withheld.iter().filter(|withheld| withheld.rule == rule).count()
    }

    /// How many figures of the public addresses are shown with a value.
    pub fn shown(&self) -> usize {
        let cells = self.cells.iter();
        cells.filter(|(cell, status)| cell.crossings() <= PUBLIC_CROSSINGS && **status == Status::Ok).count()
    }

    /// How many changes stand without the part of those who answered in both waves.
    pub fn matched_left_out(&self) -> usize {
        self.matched.len()
    }

    /// What is already out of a wave gives away.
    pub fn told(&self, wave: usize) -> Told {
        self.told.get(&wave).copied().unwrap_or_default()
    }

    /// Waves of which figures stay shown, since they are out, that today's rules would not show.
    pub(super) fn overruled(&self) -> &BTreeSet<usize> {
        &self.overruled
    }

    /// The same decisions on the figures of the analyst, which stand on the definition as it was
    /// typed. What is kept back, or published only as a part of something, is withheld.
    pub fn for_analyst(&self, survey: &Survey, figures: &Figures, publication: &Publication) -> Decisions {
        let cells = figures.results.iter().map(|(cell, figure)| {
            let status = match (publication.cell(cell), status::primary(survey, cell, figure)) {
                (Some(published), _) => self.cell(&published),
                (None, Status::Ok | Status::NobodyScored) => Status::Withheld,
                (None, primary) => primary,
            };
            (*cell, status)
        });
        let changes = figures.changes.iter().map(|change| (change.cell, change.from_wave));
        let in_one_of = |keys: &BTreeSet<ChangeKey>, key: &ChangeKey| {
            publication.cell(&key.0).is_some_and(|published| keys.contains(&(published, key.1)))
        };
        Decisions {
            cells: cells.collect(),
            withheld: Vec::new(),
            changes: changes.clone().filter(|key| in_one_of(&self.changes, key)).collect(),
            matched: changes.filter(|key| in_one_of(&self.matched, key)).collect(),
            told: self.told.clone(),
            overruled: self.overruled.clone(),
        }
    }

    /// A change is shown if both its cells are, over the items that it compares.
    pub(super) fn change(&self, change: &Change) -> Status {
        if change.comparison.is_broken() {
            return status::of_broken(change.cells().map(|cell| self.cell(&cell)));
        }
        let is_withheld = self.changes.contains(&(change.cell, change.from_wave));
        let common = if is_withheld { Status::Withheld } else { Status::Ok };
        worst(change.cells().iter().map(|cell| self.cell(cell)).chain([common]))
    }

    /// Whether a change may stand with the part of those who answered in both waves.
    pub(super) fn shows_matched(&self, change: &Change) -> bool {
        !self.matched.contains(&(change.cell, change.from_wave))
    }

    /// A gap is shown if both its sides are.
    pub(super) fn gap(&self, survey: &Survey, gap: &Gap) -> Status {
        worst(gap.key.cells(survey).map(|cell| self.cell(&cell)).chain([self.rest(survey, gap)]))
    }

    /// A rest is held to the minimum as any other figure. Beside a shown group it tells all others
    /// together: those of everyone, so everyone has to be shown; and everyone but those who stated
    /// no group, so with it these are told as well.
    fn rest(&self, survey: &Survey, gap: &Gap) -> Status {
        if gap.key.right != Side::Rest {
            return Status::Ok;
        }
        let minimum = gap.key.audience.map_or(0, |audience| survey.audiences[audience].minimum_respondents);
        let few = gap.comparison.right.map_or(0, |right| right.respondents) < minimum;
        let is_withheld = |cell: &Cell| self.cells.get(cell) == Some(&Status::Withheld);
        let hidden = gap.key.cells(survey).any(|cell| match (gap.key.kind, gap.key.breakdown) {
            (Kind::Departments, _) => is_withheld(&Cell { department: Department::All, ..cell }),
            (_, Some(breakdown)) => [Group::Everyone, Group::NotStated { breakdown }]
                .iter()
                .any(|&group| is_withheld(&Cell { group, ..cell })),
            _ => false,
        });
        if few || hidden { Status::Withheld } else { Status::Ok }
    }
}

/// The first reason, in the order of [`Status`], why something that rests on several figures is not
/// shown; withheld goes before all others.
pub(super) fn worst(statuses: impl Iterator<Item = Status>) -> Status {
    statuses.filter(|status| *status != Status::Ok).min().unwrap_or(Status::Ok)
}
