//! How far apart two sides of a gap lie, person by person: Cliff's delta beside the gap in points.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cliff::{by_mean, cliffs_delta};
use super::gap_key::{GapKey, Kind, Side};
use super::gaps::Gap;
use crate::tally::{Answered, Cell, Counted, Department};

/// Adds the effect size to the gaps between different people: audiences, and groups over a domain
/// that a table shows. A gap between departments is within the same people, where the size of a
/// difference is not a matter of who is above whom, and a group's score of one department has too
/// few people behind it: both stay without one.
pub(super) fn add(counted: &Counted<'_>, gaps: &mut [Arc<Gap>]) {
    let mut answered: BTreeMap<Cell, Vec<Answered>> = BTreeMap::new();
    let sides = |key: &GapKey| [key.left, key.right].map(|side| cells(counted, key, side));
    for gap in gaps.iter().filter(|gap| has_effect(&gap.key)) {
        for cell in sides(&gap.key).into_iter().flatten() {
            answered.entry(cell).or_insert_with(|| of(counted, &cell));
        }
    }
    for gap in gaps.iter_mut().filter(|gap| has_effect(&gap.key)) {
        let [left, right] = sides(&gap.key).map(|cells| {
            cells.iter().filter_map(|cell| answered.get(cell)).flatten().copied().collect::<Vec<_>>()
        });
        Arc::make_mut(gap).effect = cliffs_delta(&left, &right);
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
    // In the order that the comparison wants: what it joins of several cells is nearly in order then.
    answered.sort_by(by_mean);
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::estimate::{Gap, Kind, Side, estimate};
    use crate::small_survey::Small;
    use crate::tally::{Department, Question};

    /// Providers of group a give 3 and 4 everywhere, those of b 1 and 3; officers give 1 and 2.
    fn gaps() -> Vec<Arc<Gap>> {
        let providers: [(&str, Option<usize>, &[u8]); 4] =
            [("", Some(0), &[3]), ("", Some(0), &[4]), ("", Some(1), &[1]), ("", Some(1), &[3])];
        let officers: [(&str, Option<usize>, &[u8]); 2] = [("", None, &[1]), ("", None, &[2])];
        estimate(&Small::new(2, &[(&providers, &officers)]).counted()).gaps
    }

    fn effect(gaps: &[Arc<Gap>], kind: Kind, right: Side) -> Option<f64> {
        let is_it = |gap: &&Arc<Gap>| {
            (gap.key.kind, gap.key.department, gap.key.question, gap.key.right)
                == (kind, Some(Department::All), Question::All, right)
        };
        gaps.iter().find(is_it).and_then(|gap| gap.effect).map(|effect| effect.value)
    }

    #[test]
    fn deltas_stand_beside_gaps_of_different_people() {
        let gaps = gaps();
        // By hand, a against b: (3,1) above, (3,3) tie, (4,1) and (4,3) above: 3/4; the rest is b.
        assert_eq!(effect(&gaps, Kind::Groups, Side::Group(1)), Some(0.75));
        assert_eq!(effect(&gaps, Kind::Groups, Side::Rest), Some(0.75));
        // Providers against officers: 3, 4 and 3 beat both, 1 ties with 1 and loses to 2: (6 - 1)/8.
        assert_eq!(effect(&gaps, Kind::Audiences, Side::Audience(1)), Some(0.625));
        assert!(gaps.iter().all(|gap| gap.key.kind != Kind::Departments || gap.effect.is_none()));
    }

    #[test]
    fn signs_agree_with_gaps() {
        for gap in gaps().iter().filter(|gap| gap.effect.is_some()) {
            let (difference, effect) = (gap.comparison.difference.unwrap().value, gap.effect.unwrap().value);
            assert!(difference * effect >= 0.0, "{:?}: {difference} and {effect}", gap.key);
        }
    }
}
