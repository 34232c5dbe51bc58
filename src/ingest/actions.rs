//! Where the recommendations under each area for improvement stand, as the council keeps the list.

use jiff::civil::Date;

use super::decode::Decoded;
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Survey, fold};

/// Name of the list in the input folder; there may be none.
pub const ACTIONS: &str = "actions.csv";

/// One recommendation and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its place among the areas of the definition.
    pub area: usize,
    pub recommendation: String,
    pub status: String,
    pub owner: String,
    pub date: Option<Date>,
    pub note: String,
}

const COLUMNS: [&str; 6] = ["area", "recommendation", "status", "owner", "date", "note"];
/// The columns that every list has, and in which no cell may be empty.
const NEEDED: usize = 3;

/// Reads `area,recommendation,status,owner,date,note`, in any order; areas go by id or label.
pub(super) fn read_actions(survey: &Survey, decoded: &Decoded<'_>, found: &mut Diagnostics) -> Vec<Action> {
    let error = |place, message: &str| Diagnostic::error("actions", place, message);
    if survey.areas.is_empty() {
        found.push(
            error(Place::file(ACTIONS), "survey.toml has no area for improvement")
                .advice("add an [[area]] with id, label and questions for each, or take this file away"),
        );
        return Vec::new();
    }
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let mut is_sound = true;
    for (at, name) in header.iter().enumerate() {
        let folded = fold(name);
        let is_again = header.iter().take(at).any(|other| fold(other) == folded);
        if !COLUMNS.contains(&folded.as_str()) || is_again {
            let message = if is_again {
                "this column stands here a second time"
            } else {
                "there is no such column in a list of actions"
            };
            found.push(
                error(Place::cell(ACTIONS, 1, at, name), message)
                    .expected(COLUMNS.join(", "))
                    .nearest(nearest(name, COLUMNS).filter(|_| !is_again)),
            );
            is_sound = false;
        }
    }
    let positions = COLUMNS.map(|name| header.iter().position(|cell| fold(cell) == name));
    for name in
        COLUMNS.iter().zip(positions).take(NEEDED).filter(|(_, at)| at.is_none()).map(|(name, _)| *name)
    {
        found.push(
            error(Place::line(ACTIONS, 1), "the list of actions lacks a column")
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(name),
        );
        is_sound = false;
    }
    if !is_sound {
        return Vec::new();
    }
    let mut actions = Vec::new();
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        let place = |column: usize| match positions[column] {
            Some(at) => Place::cell(ACTIONS, line, at, COLUMNS[column]),
            None => Place::line(ACTIONS, line),
        };
        let cell = |column: usize| positions[column].and_then(|at| record.get(at)).unwrap_or_default().trim();
        if record.len() > header.len() {
            found.push(
                error(Place::line(ACTIONS, line), "this line has more cells than the header")
                    .found(format!("{} cells", record.len()))
                    .expected(format!("{}", header.len()))
                    .advice("put texts with a comma in quotation marks"),
            );
            continue;
        }
        let empty = (0..NEEDED).find(|column| cell(*column).is_empty());
        if let Some(column) = empty {
            found.push(error(place(column), "this cell may not be empty").expected(COLUMNS[column]));
            continue;
        }
        let Some(area) = survey.areas.iter().position(|area| area.names.means(cell(0))) else {
            let known: Vec<&str> = survey.areas.iter().map(|area| area.names.label.as_str()).collect();
            let ids = survey.areas.iter().map(|area| area.names.id.as_str());
            found.push(
                error(place(0), "survey.toml has no area of this name")
                    .found(format!("\"{}\"", cell(0)))
                    .expected(known.join(", "))
                    .nearest(nearest(cell(0), known.iter().copied().chain(ids))),
            );
            continue;
        };
        let date = day(cell(4));
        if date.is_none() && !cell(4).is_empty() {
            found.push(
                error(place(4), "this is no date")
                    .found(format!("\"{}\"", cell(4)))
                    .expected("2018-03-31 or 31/03/2018, or nothing"),
            );
            continue;
        }
        let [recommendation, status, owner, note] = [1, 2, 3, 5].map(|column| cell(column).to_owned());
        actions.push(Action { area, recommendation, status, owner, date, note });
    }
    actions.sort_by_key(|action| action.area);
    actions
}

/// As it was typed, or as a spreadsheet in Britain writes it back.
fn day(text: &str) -> Option<Date> {
    ["%Y-%m-%d", "%d/%m/%Y"].into_iter().find_map(|format| Date::strptime(format, text).ok())
}
