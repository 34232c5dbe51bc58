//! From everything that was estimated to what one readership is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sheet::PUBLIC_CROSSINGS;
use super::{Decisions, Policy, Shown, Status, decide};
use crate::estimate::{Change, Figure, Figures, Gap, GapKey, Side};
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// A figure as a readership is given it.
#[derive(Clone, Debug, PartialEq)]
pub struct Released<T> {
    /// The public decision, whoever reads.
    pub status: Status,
    pub figure: Shown<T>,
}

/// An address within `changes.csv`: the cell in the later wave, and the earlier wave.
pub type ChangeKey = (Cell, usize);

/// All that publishers are ever handed.
#[derive(Clone, Debug)]
pub struct Release {
    pub policy: Policy,
    results: BTreeMap<Cell, Released<Figure>>,
    changes: BTreeMap<ChangeKey, Released<Change>>,
    gaps: BTreeMap<GapKey, Released<Gap>>,
    /// Which rule withheld what is for the analyst only: it tells small groups from the others.
    decisions: Option<Arc<Decisions>>,
}

/// Decides for every figure, and lets go of those that the readership may not see.
pub fn release(survey: &Survey, figures: &Figures, policy: Policy) -> Release {
    release_decided(survey, figures, &Arc::new(decide(survey, figures)), policy)
}

/// Lets go of what was decided on: one decision for both readerships.
pub fn release_decided(
    survey: &Survey,
    figures: &Figures,
    decisions: &Arc<Decisions>,
    policy: Policy,
) -> Release {
    let hand_over = |status: Status| status == Status::Ok || policy == Policy::Private;
    let in_scope = |crossings: usize, audience: Option<usize>, breakdown: Option<usize>| {
        let publishes =
            |(audience, breakdown): (usize, usize)| survey.audiences[audience].breakdowns[breakdown].publish;
        policy == Policy::Private
            || (crossings <= PUBLIC_CROSSINGS && audience.zip(breakdown).is_none_or(publishes))
    };
    let has_cell = |cell: &Cell| in_scope(cell.crossings(), Some(cell.audience), cell.group.breakdown());

    let results = figures.results.iter().filter(|(cell, _)| has_cell(cell)).map(|(cell, figure)| {
        let status = decisions.cell(cell);
        (*cell, Released { status, figure: shown(hand_over(status) || keeps_counts(status), figure) })
    });
    let changes = figures.changes.iter().filter(|change| has_cell(&change.cell)).map(|change| {
        let status = decisions.change(change);
        let matched = decisions.shows_matched(change) || policy == Policy::Private;
        let figure = shown(hand_over(status), change)
            .map(|it| Change { matched: it.matched.clone().filter(|_| matched), ..it.clone() });
        ((change.cell, change.from_wave), Released { status, figure })
    });
    let gaps = figures
        .gaps
        .iter()
        .filter(|gap| in_scope(crossings(&gap.key), gap.key.audience, gap.key.breakdown))
        .map(|gap| {
            let status = decisions.gap(survey, gap);
            (gap.key, Released { status, figure: shown(hand_over(status), gap) })
        });
    Release {
        policy,
        results: results.collect(),
        changes: changes.collect(),
        gaps: gaps.collect(),
        decisions: (policy == Policy::Private).then(|| Arc::clone(decisions)),
    }
}

fn shown<T: Clone>(is_shown: bool, figure: &T) -> Shown<T> {
    if is_shown { Shown::released(figure.clone()) } else { Shown::withheld() }
}

/// A figure that enough people were asked for and nobody scored has counts, and no value.
fn keeps_counts(status: Status) -> bool {
    matches!(status, Status::NobodyScored | Status::NotAsked | Status::NoWave)
}

fn crossings(gap: &GapKey) -> usize {
    let department = match (gap.department, gap.left, gap.right) {
        (Some(Department::One(_)), ..) | (_, Side::Department(Department::One(_)), _) => 1,
        _ => 0,
    };
    department + usize::from(gap.question != Question::All) + usize::from(gap.breakdown.is_some())
}

impl Release {
    /// Every figure that the readership may know the existence of.
    pub fn results(&self) -> impl Iterator<Item = (&Cell, &Released<Figure>)> {
        self.results.iter()
    }

    /// One figure; `None` where there is no such cell in this release.
    pub fn result(&self, cell: &Cell) -> Option<&Released<Figure>> {
        self.results.get(cell)
    }

    pub fn changes(&self) -> impl Iterator<Item = (&ChangeKey, &Released<Change>)> {
        self.changes.iter()
    }

    /// The change of a cell since an earlier wave.
    pub fn change(&self, cell: &Cell, from_wave: usize) -> Option<&Released<Change>> {
        self.changes.get(&(*cell, from_wave))
    }

    pub fn gaps(&self) -> impl Iterator<Item = (&GapKey, &Released<Gap>)> {
        self.gaps.iter()
    }

    /// The gap at an address.
    pub fn gap(&self, wanted: &GapKey) -> Option<&Released<Gap>> {
        self.gaps.get(wanted)
    }

    /// Why figures are withheld from the public; `None` in a public release.
    pub fn decisions(&self) -> Option<&Decisions> {
        self.decisions.as_deref()
    }

    /// Whether anyone who answered is a group of those who left an attribute blank.
    pub fn has_not_stated(&self, audience: usize, breakdown: usize) -> bool {
        let group = Group::NotStated { breakdown };
        self.results.keys().any(|cell| cell.audience == audience && cell.group == group)
    }
}
