//! Which effect sizes may stand beside a gap that is shown.

use super::readership::Readership;
use super::{Policy, Status};
use crate::estimate::{Figures, Gap, Side};
use crate::tally::{Cell, Group};

/// Whether the effect size of a gap would tell the order of a few people: a rest is made of groups
/// that are shown and of groups that are not, and those that are not, together, must be nobody or at
/// least the minimum of their audience.
pub(super) fn tells_of_few(by: &Readership<'_>, figures: &Figures, gap: &Gap) -> bool {
    if by.policy == Policy::Private {
        return false;
    }
    let hidden: u64 = others(by, gap)
        .iter()
        .filter(|cell| by.status(cell) != Status::Ok)
        .filter_map(|cell| figures.results.get(cell))
        .map(|figure| figure.counts.respondents)
        .sum();
    let minimum = gap.key.audience.map_or(0, |audience| by.minimum(audience));
    hidden > 0 && hidden < minimum
}

/// The groups behind a rest; none for any other gap.
fn others(by: &Readership<'_>, gap: &Gap) -> Vec<Cell> {
    let key = &gap.key;
    let (Side::Rest, Some(audience), Some(breakdown), Some(department)) =
        (key.right, key.audience, key.breakdown, key.department)
    else {
        return Vec::new();
    };
    let groups = 0..by.survey.audiences[audience].breakdowns[breakdown].groups.len();
    let cell = |group| Cell {
        wave: key.wave,
        audience,
        department,
        question: key.question,
        group: Group::Of { breakdown, group },
    };
    groups.filter(|group| key.left != Side::Group(*group)).map(cell).collect()
}
