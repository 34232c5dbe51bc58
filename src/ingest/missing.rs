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

    let is_there = |position: usize| columns.roles.contains(&Role::Item(position));
    let absent_items: Vec<Item> = columns
        .items
        .iter()
        .enumerate()
        .filter(|(position, item)| !is_there(*position) && !reworded.contains(item))
        .map(|(_, item)| *item)
        .collect();
    let questions =
        columns.items.iter().filter(|item| item.department == columns.items[0].department).count();
    let mut told: Vec<Option<usize>> = Vec::new();
    for item in &absent_items {
        let same: Vec<&Item> =
            absent_items.iter().filter(|other| other.department == item.department).collect();
        let departments = who.scores_departments && same.len() == questions && questions > 1;
        let is_nearly_there = item.department.is_some_and(|department| nearly.contains(&department));
        if departments && (is_nearly_there || told.contains(&item.department)) {
            continue;
        }
        told.push(item.department);
        let header = expected_header(survey, wave, *item);
        let (message, advice) = if departments {
            let label = label_of(survey, item.department);
            (
                format!("no column is about {label}: all {} questions are missing for it", same.len()),
                format!(
                    "if {label} has another name in this file, add that name to its aliases; if it was not asked, list its waves"
                ),
            )
        } else {
            let id = &survey.questions[item.question].id;
            let about = item
                .department
                .map_or(String::new(), |_| format!(" about {}", label_of(survey, item.department)));
            (
                format!("the column for {id}{about} is missing"),
                "correct the header in the export, or export the file again".to_owned(),
            )
        };
        found.push(
            Diagnostic::error("missing-column", Place::line(file, 1), message)
                .nearest(nearest(&header, unmatched.iter().copied()))
                .expected(header)
                .advice(advice),
        );
    }
}

fn label_of(survey: &Survey, department: Option<usize>) -> &str {
    match department {
        Some(department) => &survey.departments[department].names.label,
        None => survey.whole.as_ref().map_or("the whole organisation", |names| &names.label),
    }
}
