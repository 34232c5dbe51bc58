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

    /// How many people too many sets of them may hold: none where people are known, and where they are not
    /// at most as many as there are forms beyond the first of anybody.
    pub fn counted_again(self) -> usize {
        match self {
            Behind::Forms(_) => 0,
            Behind::Sums(sums) => {
                let forms = sums.forms.get(&Group::Everyone).copied().unwrap_or_default();
                usize::try_from(forms.saturating_sub(sums.units)).unwrap_or(usize::MAX)
            }
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::estimate::results_alone;
    use crate::ingest;
    use crate::tally::count;

    /// Of the providers of 2017 one sent two forms.
    #[test]
    fn forms_beyond_the_first_of_anybody_are_people_too_many() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sums");
        let mut text = std::fs::read_to_string(folder.join("survey.toml")).unwrap();
        for year in ["2016", "2017"] {
            let files = format!(
                "files = {{ providers = \"{year}/providers.csv\", officers = \"{year}/officers.csv\" }}"
            );
            assert!(text.contains(&files));
            text = text.replace(&files, "sums = \"sums.csv\"");
        }
        let survey = crate::survey::read(text.as_bytes()).unwrap();
        let input = ingest::read(&survey, folder.as_path(), &[0, 1], &mut Diagnostics::default());
        let figures = results_alone(&count(&survey, &[0, 1], &input));
        let again =
            Behind::all(&figures).into_iter().map(|it| (it.wave(), it.audience(), it.counted_again()));
        let mut again: Vec<_> = again.collect();
        again.sort_unstable();
        assert_eq!(again, [(0, 0, 0), (0, 1, 0), (1, 0, 1), (1, 1, 0)]);
    }
}
