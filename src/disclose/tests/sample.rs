//! The sample of two years, as the council's own figures fixed it.

use std::path::Path;

use super::*;
use crate::diagnostics::Diagnostics;
use crate::estimate::{GapKey, Kind, Side};
use crate::ingest;

fn sample() -> (Survey, Figures) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (survey, _) = ingest::definition(&folder).unwrap();
    let input = ingest::read(&survey, &folder, &[0, 1], &mut Diagnostics::default());
    let figures = estimate(&count(&survey, &[0, 1], &input));
    (survey, figures)
}

/// Whether any figure of a group is shown.
fn shows(survey: &Survey, decisions: &Decisions, address: [&str; 4]) -> bool {
    survey.waves.iter().enumerate().any(|(wave, _)| {
        survey.audiences.iter().enumerate().any(|(audience, _)| {
            survey.cells(wave, audience).filter(|cell| cell.crossings() <= 2).any(|cell| {
                let it = survey.address(&cell);
                [&*it.wave, &*it.audience, &*it.breakdown, &*it.group] == address
                    && decisions.cell(&cell) == Status::Ok
            })
        })
    })
}

#[test]
fn the_price_on_the_sample_is_below_what_is_withheld_anyway() {
    let (survey, figures) = sample();
    let decisions = decide(&survey, &figures);
    let [primary, unanimous, complementary] =
        [Rule::Primary, Rule::Unanimous, Rule::Complementary].map(|rule| decisions.count(rule));
    // 205 figures under the minimum, from tests/expected/tally.csv; what the rest of the rules add is
    // recorded so that it does not grow unseen. (28 before published shares of the upper half were
    // held against six figures of few voices, and 32 before standard errors were: they tell how often
    // each score was given, and had confined the means of nine withheld figures.)
    assert_eq!((primary, unanimous), (205, 11));
    assert!(complementary <= 41, "{complementary}");
    assert_eq!(primary + unanimous + complementary + decisions.shown(), 1402);
}

#[test]
fn small_areas_are_withheld_and_the_others_shown() {
    let (survey, figures) = sample();
    let decisions = decide(&survey, &figures);
    let shown = |address: [&str; 4]| shows(&survey, &decisions, address);
    for group in ["south", "west"] {
        assert!(!shown(["2016", "providers", "quadrant", group]), "{group}");
    }
    for group in ["north", "mid", "county-wide"] {
        assert!(shown(["2016", "providers", "quadrant", group]), "{group}");
    }
    for group in ["north", "mid", "south", "west", "county-wide"] {
        for wave in ["2016", "2017"] {
            assert_eq!(shown([wave, "officers", "quadrant", group]), group == "county-wide", "{group}");
        }
    }
}

#[test]
fn the_headline_figures_7_and_8_are_kept() {
    let (survey, figures) = sample();
    let release = release(&survey, &figures, Policy::Public);
    for wave in [0, 1] {
        for question in survey.question_cells() {
            for (audience, department) in
                [(0, Department::All), (0, Department::Whole), (1, Department::Whole)]
            {
                let cell = Cell { wave, audience, department, question, group: Group::Everyone };
                assert_eq!(release.result(&cell).unwrap().status, Status::Ok, "{cell:?}");
            }
            let key = GapKey {
                kind: Kind::Audiences,
                wave,
                audience: None,
                department: Some(Department::All),
                question,
                breakdown: None,
                left: Side::Audience(0),
                right: Side::Audience(1),
            };
            assert_eq!(release.gap(&key).unwrap().status, Status::Ok);
        }
    }
    let total = cell(Department::All, Question::All, Group::Everyone).in_wave(1);
    assert!(release.change(&total, 0).unwrap().figure.value().unwrap().matched.is_some());
}

/// Withholding only what is under the minimum is not enough: with all three of department, question
/// and group crossed, 142 of the 709 figures with 1 to minimum - 1 respondents follow from the
/// others (counted on the reconstruction when the rules were made).
#[test]
fn withholding_only_the_small_leaves_142_of_709_recoverable() {
    let (survey, figures) = sample();
    let (mut small, mut recoverable) = (0, 0);
    for responses in &figures.responses {
        let sheet = sheet::Sheet::of(&survey, behind::Behind::Forms(responses), &[], 3);
        let is_small = |entry: &sheet::Entry| (1..sheet.minimum).contains(&entry.people.len());
        let is_withheld: Vec<bool> = sheet.entries.iter().map(is_small).collect();
        small += is_withheld.iter().filter(|withheld| **withheld).count();
        recoverable += audit::Audit::new(&sheet).known(&is_withheld).alone().count();
    }
    assert_eq!((small, recoverable), (709, 142));
}

#[test]
fn the_analyst_has_everything_and_the_reasons_the_public_neither() {
    let (survey, figures) = sample();
    let public = release(&survey, &figures, Policy::Public);
    let private = release(&survey, &figures, Policy::Private);
    assert!(public.decisions().is_none() && private.decisions().is_some());
    assert!(private.results().all(|(_, released)| !released.figure.is_withheld()));
    for (cell, released) in public.results() {
        assert_eq!(released.figure.is_withheld(), released.status == Status::Withheld);
        assert_eq!(private.result(cell).unwrap().status, released.status);
    }
}
