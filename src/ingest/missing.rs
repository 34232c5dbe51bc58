//! What the definition asks for and a file does not have.

use std::collections::BTreeSet;

use super::columns::{Columns, Role};
use super::heading::expected_header;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Item, Survey};

/// Lists what the definition asks for and the file does not have. Departments in `nearly` stand in
/// the file under a name that was reported already, and items in `reworded` in other words.
pub(super) fn missing(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    columns: &Columns,
    (nearly, reworded): (&BTreeSet<usize>, &[Item]),
    found: &mut Diagnostics,
) {
    let who = &survey.audiences[audience];
    let unmatched: Vec<&str> = columns
        .headers
        .iter()
        .zip(&columns.roles)
        .filter(|(_, role)| **role == Role::Unknown)
        .map(|(header, _)| header.as_str())
        .collect();
    let mut absent = |kind, what: String, names: &[String]| {
        let near = names.iter().find_map(|name| nearest(name, unmatched.iter().copied()));
        found.push(
            Diagnostic::error(kind, Place::line(file, 1), what)
                .expected(names.join(", or "))
                .nearest(near)
                .advice("correct the header in the export, or add it to survey.toml"),
        );
    };
    if !who.respondent.is_empty() && columns.position(Role::Respondent).is_none() {
        absent("missing-column", "there is no column that identifies the form".to_owned(), &who.respondent);
    }
    for (position, breakdown) in who.breakdowns.iter().enumerate() {
        if breakdown.asked.in_wave(wave) && columns.position(Role::Breakdown(position)).is_none() {
            absent(
                "missing-column",
                format!("there is no column for {}", breakdown.label),
                &breakdown.columns,
            );
        }
    }

    let absent_items: Vec<Item> = columns.absent().filter(|item| !reworded.contains(item)).collect();
    let of_department =
        |items: &[Item], one: Item| items.iter().filter(|it| it.department == one.department).count();
    let of_question =
        |items: &[Item], one: Item| items.iter().filter(|it| it.question == one.question).count();
    let is_whole = |absent: usize, all: usize| who.scores_departments && all > 1 && absent == all;
    let mut told = BTreeSet::new();
    for &item in &absent_items {
        let (questions, times) = (of_department(&columns.items, item), of_question(&columns.items, item));
        let (department, question) = (item.department, item.question);
        let what = if is_whole(of_department(&absent_items, item), questions) {
            Absent::Department(department)
        } else if is_whole(of_question(&absent_items, item), times) {
            Absent::Question(question)
        } else {
            Absent::Item(item)
        };
        let is_nearly_there = department.is_some_and(|department| nearly.contains(&department));
        if matches!(what, Absent::Department(_)) && is_nearly_there || !told.insert(what) {
            continue;
        }
        let header = expected_header(survey, wave, item);
        let (label, id) = (label_of(survey, department), &survey.questions[question].id);
        let (message, expected, advice) = match what {
            Absent::Department(_) => (
                format!("no column is about {label}: all {questions} questions are missing for it"),
                header.clone(),
                format!(
                    "if {label} has another name in this file, add that name to its aliases; if it was not asked, list its waves"
                ),
            ),
            Absent::Question(_) => (
                format!("no column asks {id}: it is missing for all {times} that it is asked about"),
                format!("{id} {}", survey.questions[question].text_in(wave)),
                format!(
                    "if {id} has other words in this file, add those to its aliases; if it was not asked, list its waves"
                ),
            ),
            Absent::Item(_) => {
                let about = department.map_or(String::new(), |_| format!(" about {label}"));
                (
                    format!("the column for {id}{about} is missing"),
                    header.clone(),
                    "correct the header in the export, or export the file again".to_owned(),
                )
            }
        };
        found.push(
            Diagnostic::error("missing-column", Place::line(file, 1), message)
                .nearest(nearest(&header, unmatched.iter().copied()))
                .expected(expected)
                .advice(advice),
        );
    }
}

/// What a file lacks, and is told of once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Absent {
    /// Every question about it.
    Department(Option<usize>),
    /// About everyone it is asked about.
    Question(usize),
    Item(Item),
}

fn label_of(survey: &Survey, department: Option<usize>) -> &str {
    match department {
        Some(department) => &survey.departments[department].names.label,
        None => survey.whole.as_ref().map_or("the whole organisation", |names| &names.label),
    }
}
