//! Exhibits of surveys that lack something: one year, no references, an audience that did not answer.

use super::{Exhibited, Part, exhibits};
use crate::disclose::{Policy, release};
use crate::estimate::estimate;
use crate::findings::findings;
use crate::publish::charts::draw;
use crate::publish::mark::Mark;
use crate::publish::table::Value;
use crate::publish::table_csv::csv;
use crate::small_survey::{Filled, Small};
use crate::view::View;

fn forms(count: usize, linked: bool) -> Vec<Filled> {
    const LINKS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let answers: [&[u8]; 4] = [&[2, 3, 2, 0], &[2, 2, 1, 2], &[3, 0, 2, 1], &[2, 4, 2, 1]];
    (0..count)
        .map(|one| (if linked { LINKS[one % 8] } else { "" }, Some(one % 2), answers[one % 4]))
        .collect()
}

/// The exhibits of a survey, each whole: it can be written and drawn, and no table is empty.
fn whole(waves: &[(&[Filled], &[Filled])], policy: Policy) -> Vec<Exhibited> {
    let small = Small::new(5, waves);
    let release = release(&small.survey, &estimate(&small.counted()), policy);
    let view = View { survey: &small.survey, release: &release, waves: &small.waves };
    let exhibits = exhibits(&view, &[]);
    for Exhibited { table, chart, .. } in &exhibits {
        assert!(!table.rows.is_empty(), "{} is empty", table.name);
        csv(table).unwrap();
        let printed = table.rows.iter().flatten().map(Value::printed);
        assert!(printed.clone().all(|text| !text.contains("NaN") && !text.is_empty()), "{}", table.name);
        chart.iter().for_each(|chart| assert!(draw(chart).is_ok(), "{}", chart.name));
    }
    let names: std::collections::BTreeSet<&str> = exhibits.iter().map(|it| it.table.name.as_str()).collect();
    assert_eq!(names.len(), exhibits.len(), "every exhibit has a name of its own");
    assert!(findings(&view).iter().all(|finding| !finding.text.contains("NaN")));
    exhibits
}

fn names(exhibits: &[Exhibited]) -> Vec<&str> {
    exhibits.iter().map(|it| it.table.name.as_str()).collect()
}

#[test]
fn one_year_has_no_change_of_contact() {
    let exhibits = whole(&[(&forms(8, false), &forms(8, false))], Policy::Public);
    assert!(names(&exhibits).iter().all(|name| !name.starts_with("no-contact-change")));
    for part in [Part::Sensitivity, Part::Quality] {
        assert!(exhibits.iter().any(|it| it.part == part));
    }
}

#[test]
fn an_anonymous_survey_is_whole() {
    let (before, after) = (forms(8, false), forms(12, false));
    let exhibits = whole(&[(&before, &before), (&after, &after)], Policy::Public);
    let change = exhibits.iter().find(|it| it.table.name == "no-contact-change-providers").unwrap();
    assert!(change.chart.is_some());
    assert!(change.table.notes.iter().all(|note| !note.contains("the same people")));
    let linked = whole(&[(&forms(8, true), &before), (&forms(8, true), &after)], Policy::Public);
    let change = linked.iter().find(|it| it.table.name == "no-contact-change-providers").unwrap();
    assert!(change.table.notes.iter().any(|note| note.contains("the same people")));
}

#[test]
fn an_audience_that_did_not_answer_leaves_no_table() {
    let exhibits = whole(&[(&forms(8, false), &[]), (&forms(8, false), &[])], Policy::Public);
    let names = names(&exhibits);
    assert!(names.contains(&"effect-sizes-providers-2017"));
    assert!(
        !names.contains(&"effect-sizes-2017") && !names.contains(&"distribution-tests-2017"),
        "{names:?}"
    );
}

#[test]
fn below_the_minimum_only_marks_are_published() {
    let few = forms(4, false);
    let exhibits = whole(&[(&few, &few), (&few, &few)], Policy::Public);
    let is_mine = |it: &&Exhibited| {
        matches!(it.part, Part::Sensitivity)
            || it.table.name == "reliability-of-the-scale"
            || it.table.name == "response-patterns"
            || it.table.name == "blanks-by-question"
    };
    for Exhibited { table, .. } in exhibits.iter().filter(is_mine) {
        let numbers: Vec<_> = table
            .rows
            .iter()
            .flatten()
            .filter(|value| matches!(value, Value::Number(text) if text != "0"))
            .collect();
        assert!(numbers.is_empty(), "{}: {numbers:?}", table.name);
    }
    let private = whole(&[(&few, &few), (&few, &few)], Policy::Private);
    let patterns = private.iter().find(|it| it.table.name == "response-patterns").unwrap();
    assert!(patterns.table.rows.iter().flatten().all(|value| *value != Value::Mark(Mark::Withheld)));
}
