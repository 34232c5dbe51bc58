//! Forms that are added up give what the forms give: figures, gaps, changes, and what is withheld.

use std::path::Path;

use crate::diagnostics::Diagnostics;
use crate::disclose::decide;
use crate::estimate::{Figures, estimate};
use crate::ingest::{self, Consumer, Input};
use crate::survey::Survey;
use crate::tally::{Cell, count};

use super::summer::Summer;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sums");

/// The survey, every form a respondent of its own, as forms and as sums.
fn both() -> (Survey, [Input; 2]) {
    let text = std::fs::read_to_string(Path::new(FIXTURE).join("survey.toml")).unwrap();
    let survey = crate::survey::read(text.replacen("link = [\"Reference\"]\n", "", 1).as_bytes()).unwrap();
    let mut found = Diagnostics::default();
    let forms = ingest::read(&survey, Path::new(FIXTURE), &[0, 1], &mut found);
    assert!(!found.has_errors(), "{found}");
    let mut sums = forms.clone();
    sums.responses.clear();
    for responses in &forms.responses {
        let summer = || Summer::of(&survey, responses.wave, responses.audience);
        // Added up in two parts, with a form too many that is taken out again.
        let [mut one, mut other, mut extra] = [summer(), summer(), summer()];
        for (position, form) in responses.forms.iter().enumerate() {
            let part = if position % 3 == 0 { &mut one } else { &mut other };
            part.count(&form.groups, &form.codes);
        }
        let first = &responses.forms[0];
        other.count(&first.groups, &first.codes);
        extra.count(&first.groups, &first.codes);
        one.add(other);
        one.take_out(extra);
        sums.sums.push(one.into_rows(&survey, "sums"));
    }
    (survey, [forms, sums])
}

#[test]
fn figures_gaps_and_changes_are_those_of_the_forms() {
    let (survey, inputs) = both();
    let [forms, sums]: [Figures; 2] =
        inputs.each_ref().map(|input| estimate(&count(&survey, &[0, 1], input)));
    assert!(forms.results.len() > 200 && forms.gaps.len() > 100 && forms.changes.len() > 50);
    assert_eq!(forms.results, sums.results);
    assert_eq!(forms.changes, sums.changes);
    assert_eq!(forms.contact_changes, sums.contact_changes);
    let gaps = |figures: &Figures| -> Vec<_> {
        figures.gaps.iter().map(|gap| (gap.key, gap.comparison.clone())).collect()
    };
    assert_eq!(gaps(&forms), gaps(&sums));
    // What needs forms one by one is not there.
    assert!(!forms.consistency.is_empty() && sums.consistency.is_empty());
    assert!(!forms.weightings.is_empty() && sums.weightings.is_empty());
}

#[test]
fn what_is_withheld_is_what_is_withheld_of_the_forms() {
    let (survey, inputs) = both();
    let publication = survey.for_publication();
    let withheld = inputs.each_ref().map(|input| {
        let input = input.for_publication(&survey, &publication);
        let figures = estimate(&count(&publication.survey, &[0, 1], &input));
        let decisions = decide(&publication.survey, &figures);
        let cells: Vec<(Cell, String)> =
            figures.results.keys().map(|cell| (*cell, format!("{:?}", decisions.cell(cell)))).collect();
        cells
    });
    assert!(withheld[0].iter().any(|(_, status)| status == "Withheld"));
    assert_eq!(withheld[0], withheld[1]);
}
