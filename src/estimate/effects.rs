//! How far apart two sides of a gap lie, person by person: Cliff's delta beside the gap in points.

use std::collections::BTreeMap;

use super::cliffs_delta;
use super::gaps::{Gap, GapKey, Kind, Side};
use crate::tally::{Answered, Cell, Counted, Department};

/// Adds the effect size to the gaps between different people: audiences, and groups over a domain
/// that a table shows. A gap between departments is within the same people, where the size of a
/// difference is not a matter of who is above whom, and a group's score of one department has too
/// few people behind it: both stay without one.
pub(super) fn add(counted: &Counted<'_>, gaps: &mut [Gap]) {
    let mut answered: BTreeMap<Cell, Vec<Answered>> = BTreeMap::new();
    for gap in gaps.iter_mut().filter(|gap| has_effect(&gap.key)) {
        let sides = [gap.key.left, gap.key.right].map(|side| cells(counted, &gap.key, side));
        for cell in sides.iter().flatten() {
            answered.entry(*cell).or_insert_with(|| of(counted, cell));
        }
        let [left, right] = sides.map(|cells| {
            cells.iter().filter_map(|cell| answered.get(cell)).flatten().copied().collect::<Vec<_>>()
        });
        gap.effect = cliffs_delta(&left, &right);
    }
}

fn has_effect(key: &GapKey) -> bool {
    key.kind != Kind::Departments && !matches!(key.department, Some(Department::One(_)))
}

/// One number per respondent, as answers and their sum; those without a score are left out.
fn of(counted: &Counted<'_>, cell: &Cell) -> Vec<Answered> {
    let units = counted.units(cell.wave, cell.audience);
    let all = units.map(|units| units.answered(cell.department, cell.question, cell.group));
    let mut answered: Vec<Answered> = all.into_iter().flatten().filter(|(answers, _)| *answers > 0).collect();
    answered.sort_unstable();
    answered
}

/// The cells that a side is made of: one, or the other groups of the breakdown.
fn cells(counted: &Counted<'_>, key: &GapKey, side: Side) -> Vec<Cell> {
    match (side, key.audience, key.breakdown) {
        (Side::Rest, Some(audience), Some(breakdown)) => {
            let groups = 0..counted.survey.audiences[audience].breakdowns[breakdown].groups.len();
            let others = groups.filter(|group| key.left != Side::Group(*group));
            let cell = |group| key.cell_of(counted.survey, Side::Group(group));
            others.filter_map(cell).collect()
        }
        _ => key.cell_of(counted.survey, side).into_iter().collect(),
    }
}
