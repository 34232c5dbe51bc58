//! Averages as a paper printed them, and which of them may be printed again. That something was
//! printed once is no reason to: where the answers are here, an average goes with today's figure, and
//! is not printed beside it if a few more or fewer answered then, whose answers the two would tell;
//! where nothing else was kept, the number that was printed beside it is held to the minimum. One
//! group alone that is withheld for what was printed takes the smallest other with it.

use std::collections::BTreeSet;

use super::readership::Readership;
use super::{Shown, Status, status};
use crate::estimate::Figures;
use crate::ingest::PublishedRow;
use crate::tally::{Cell, Group};

/// An average as it was printed, for a readership that may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedAverage {
    pub cell: Cell,
    pub printed: Shown<PublishedRow>,
}

pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> Vec<ReleasedAverage> {
    // Groups that are published otherwise today have no place beside what is published.
    let rows = figures.as_published.iter().filter_map(|row| Some((by.survey.cell(&row.address)?, row)));
    let rows: Vec<(Cell, &PublishedRow)> = rows.filter(|(cell, _)| by.is_in_scope(cell)).collect();
    let withheld = withheld(by, figures, &rows);
    let release = |(cell, row): &(Cell, &PublishedRow)| ReleasedAverage {
        cell: *cell,
        printed: by.shown(!withheld.contains(cell), *row),
    };
    rows.iter().map(release).collect()
}

fn withheld(by: &Readership<'_>, figures: &Figures, rows: &[(Cell, &PublishedRow)]) -> BTreeSet<Cell> {
    let is_kept = |cell: &Cell| by.survey.waves[cell.wave].has_answers(cell.audience);
    let now = |cell: &Cell| figures.results.get(cell).map(|figure| figure.counts.respondents);
    let is_few = |(cell, row): &(Cell, &PublishedRow)| {
        let minimum = by.minimum(cell.audience);
        match (is_kept(cell), row.respondents) {
            (true, _) if by.status(cell) == Status::Withheld => true,
            (true, Some(then)) => now(cell).is_none_or(|now| status::is_few(then.abs_diff(now), minimum)),
            (false, Some(people)) => people < minimum,
            (_, None) => false,
        }
    };
    let mut withheld: BTreeSet<Cell> = rows.iter().filter(|one| is_few(one)).map(|(cell, _)| *cell).collect();
    let alone: Vec<Cell> =
        withheld.iter().filter(|cell| by.status(cell) != Status::Withheld).copied().collect();
    for cell in alone {
        let Some(breakdown) = cell.group.breakdown() else { continue };
        let everyone = |one: &Cell| Cell { group: Group::Everyone, ..*one };
        let is_beside =
            |one: &Cell| one.group.breakdown() == Some(breakdown) && everyone(one) == everyone(&cell);
        if withheld.iter().filter(|one| is_beside(one)).count() == 1 {
            let others = rows.iter().filter(|(one, _)| is_beside(one) && *one != cell);
            let smallest = others.min_by_key(|(one, row)| (row.respondents.unwrap_or(u64::MAX), *one));
            withheld.extend(smallest.map(|(one, _)| *one));
        }
    }
    withheld
}
