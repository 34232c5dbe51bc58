//! The answers that a decision rests on: forms, or sums where there are no forms.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::estimate::Figures;
use crate::ingest::Responses;
use crate::tally::{Group, Sums};

/// One audience in one wave.
#[derive(Clone, Copy, Debug)]
pub(super) enum Behind<'f> {
    Forms(&'f Responses),
    Sums(&'f Sums),
}

impl<'f> Behind<'f> {
    /// Every audience in every wave.
    pub fn all(figures: &'f Figures) -> Vec<Behind<'f>> {
        Behind::each(&figures.responses, &figures.sums)
    }

    /// Each of these.
    pub fn each(responses: &'f [Responses], sums: &'f [Arc<Sums>]) -> Vec<Behind<'f>> {
        let sums = sums.iter().map(|sums| Behind::Sums(sums));
        responses.iter().map(Behind::Forms).chain(sums).collect()
    }

    pub fn wave(self) -> usize {
        match self {
            Behind::Forms(responses) => responses.wave,
            Behind::Sums(sums) => sums.wave,
        }
    }

    pub fn audience(self) -> usize {
        match self {
            Behind::Forms(responses) => responses.audience,
            Behind::Sums(sums) => sums.audience,
        }
    }

    /// Whether nobody handed in several forms.
    pub fn is_one_form_each(self) -> bool {
        match self {
            Behind::Forms(responses) => {
                responses.clusters().into_iter().collect::<BTreeSet<_>>().len() == responses.forms.len()
            }
            Behind::Sums(sums) => sums.forms.get(&Group::Everyone).is_none_or(|forms| *forms == sums.units),
        }
    }

    /// Whether any form is of a group.
    pub fn has(self, group: Group) -> bool {
        match self {
            Behind::Forms(responses) => responses.forms.iter().any(|form| is_in(&form.groups, group)),
            Behind::Sums(sums) => sums.forms.get(&group).is_some_and(|forms| *forms > 0),
        }
    }
}

/// Whether someone of these groups, one of each breakdown, is of a group.
pub(super) fn is_in(groups: &[Option<usize>], group: Group) -> bool {
    match group {
        Group::Everyone => true,
        Group::Of { breakdown, group } => groups.get(breakdown) == Some(&Some(group)),
        Group::NotStated { breakdown } => groups.get(breakdown) == Some(&None),
    }
}
