//! Where sentences would rest on figures that are not shown, one that says so stands in their place.
//! It names no group and no number.

use super::{Finding, Topic};
use crate::tally::{Cell, Department, Group, Question};
use crate::view::View;
use crate::words::within;

const WHY: &str = "too few answered to protect people";

/// Whether there is a figure that the readership may not see.
fn is_withheld(view: &View<'_>, cell: &Cell) -> bool {
    view.release.result(cell).is_some_and(|released| released.figure.is_withheld())
}

/// One per audience and year of which nothing is shown. There is no figure to tie it to, so its address
/// ends with the audience.
pub(super) fn audiences(view: &View<'_>) -> Vec<Finding> {
    let audiences = 0..view.survey.audiences.len();
    let waves =
        audiences.flat_map(|audience| view.waves_of(audience).into_iter().map(move |it| (it, audience)));
    let hidden =
        waves.filter(|&(wave, audience)| is_withheld(view, &view.headline(wave, audience, Question::All)));
    hidden
        .map(|(wave, audience)| {
            let year = view.wave_label(wave);
            let definition = view.audience(audience);
            let text = format!("How {} answered in {year} is not shown: {WHY}.", within(&definition.label));
            Finding {
                topic: Topic::Response,
                is_headline: view.waves_of(audience).last() == Some(&wave),
                is_detail: false,
                text,
                address: format!("{year}/{}", definition.id),
            }
        })
        .collect()
}

/// One per audience and year with questions of which the average is not shown.
pub(super) fn questions(view: &View<'_>) -> Vec<Finding> {
    each(view, Topic::Scores, "the score of every question", |cell| {
        let questions = (0..view.survey.questions.len()).map(Question::One);
        questions.map(|question| Cell { question, ..*cell }).collect()
    })
}

/// One per audience and year with departments of which the average is not shown.
pub(super) fn departments(view: &View<'_>) -> Vec<Finding> {
    each(view, Topic::Departments, "the score of every department", |cell| {
        let departments = (0..view.survey.departments.len()).map(Department::One);
        departments.map(|department| Cell { department, ..*cell }).collect()
    })
}

fn each(view: &View<'_>, topic: Topic, what: &str, parts: impl Fn(&Cell) -> Vec<Cell>) -> Vec<Finding> {
    let audiences = 0..view.survey.audiences.len();
    let waves =
        audiences.flat_map(|audience| view.waves_of(audience).into_iter().map(move |it| (it, audience)));
    let cells = waves.map(|(wave, audience)| view.headline(wave, audience, Question::All));
    let cells = cells.filter(|cell| view.figure(cell).is_some());
    let some = cells.filter(|cell| parts(cell).iter().any(|part| is_withheld(view, part)));
    some.map(|cell| {
        let text = format!(
            "Not {what} by {} in {} is shown: {WHY}.",
            within(&view.audience(cell.audience).label),
            view.wave_label(cell.wave)
        );
        let is_current = view.waves_of(cell.audience).last() == Some(&cell.wave);
        Finding::new(view, topic, &cell, text).detail_unless(is_current)
    })
    .collect()
}

/// About one breakdown of an audience's everyone in one year, if any of its groups is not shown.
pub(super) fn groups(view: &View<'_>, everyone: &Cell, breakdown: usize) -> Option<Finding> {
    let by = &view.audience(everyone.audience).breakdowns[breakdown];
    let groups =
        (0..by.groups.len()).map(|group| Cell { group: Group::Of { breakdown, group }, ..*everyone });
    let (hidden, shown): (Vec<Cell>, Vec<Cell>) = groups.partition(|cell| is_withheld(view, cell));
    if hidden.is_empty() {
        return None;
    }
    let who = within(&view.audience(everyone.audience).label);
    let (by, year) = (within(&by.label), view.wave_label(everyone.wave));
    let number = shown.iter().filter(|cell| view.mean(cell).is_some()).count();
    let of_those = if number > 1 { " Who is highest or lowest is said of those shown only." } else { "" };
    let text = if number > 0 {
        format!("Not every group of {who} by {by} is shown for {year}: {WHY}.{of_those}")
    } else {
        format!("Scores of {who} by {by} in {year} are not shown: {WHY}.")
    };
    Some(Finding::new(view, Topic::Groups, everyone, text))
}
