//! Which reliabilities of the question scale may be shown.

use std::collections::BTreeMap;

use super::readership::Readership;
use super::{Released, Status};
use crate::estimate::{Consistency, Figures};
use crate::tally::{Cell, Department, Group, Question};

/// Wave, audience, and what its answers are about.
pub type ConsistencyKey = (usize, usize, Department);

/// The minimum is held against the complete forms: alpha rests on nobody else.
pub(super) fn released(
    by: &Readership<'_>,
    figures: &Figures,
) -> BTreeMap<ConsistencyKey, Released<Consistency>> {
    let status = |it: &Consistency| {
        let Consistency { wave, audience, department, .. } = *it;
        let cell = Cell { wave, audience, department, question: Question::All, group: Group::Everyone };
        match by.status(&cell) {
            Status::Ok if (it.alpha.complete as u64) < by.minimum(audience) => Status::Withheld,
            status => status,
        }
    };
    let all = figures.consistency.iter();
    all.map(|it| ((it.wave, it.audience, it.department), by.released(status(it), it))).collect()
}
