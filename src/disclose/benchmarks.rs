//! What may be shown of this council beside others. What the others have, they have made public
//! themselves; a difference to it tells our own figure, so it is shown where that is.

use super::readership::Readership;
use super::{Shown, Status};
use crate::estimate::{Comparison, Figures, Others};
use crate::ingest::OtherCouncil;
use crate::tally::Cells;

/// A figure of other councils beside ours.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedBenchmark {
    /// The public decision on our own figure.
    pub status: Status,
    pub others: Others,
    pub compared: Shown<Comparison>,
}

/// Another council, and which of its years is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouncilName {
    pub name: String,
    pub wave: String,
}

/// The councils of which anything can be compared, in the order of the definition.
pub(super) fn named(figures: &Figures) -> Vec<CouncilName> {
    let compared = figures.councils.iter().filter(|council| !council.figures.is_empty());
    let name = |it: &OtherCouncil| CouncilName { name: it.name.clone(), wave: it.wave.clone() };
    compared.map(name).collect()
}

pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> Cells<ReleasedBenchmark> {
    let in_scope = figures.benchmarks.iter().filter(|it| by.is_in_scope(&it.cell));
    let released = in_scope.map(|it| {
        let status = by.status(&it.cell);
        let compared = by.shown(status == Status::Ok, &it.comparison);
        (it.cell, ReleasedBenchmark { status, others: it.others.clone(), compared })
    });
    released.collect()
}
