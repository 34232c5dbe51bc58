//! Figures from elsewhere that stand beside the survey: beds, payments, what a forum was judged to be.
//! They are shown with their source as they were given; nothing is worked out from them.

use super::decode::Decoded;
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::fold;

/// One figure from elsewhere, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextRow {
    pub measure: String,
    pub year: String,
    pub value: String,
    pub source: String,
}

const COLUMNS: [&str; 4] = ["measure", "year", "value", "source"];
const KIND: &str = "context";

/// Reads `measure,year,value,source`, in the order of the file.
pub(super) fn read_context(file: &str, decoded: &Decoded<'_>, found: &mut Diagnostics) -> Vec<ContextRow> {
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let positions = COLUMNS.map(|name| header.iter().position(|cell| fold(cell) == name));
    let [Some(measure), Some(year), Some(value), Some(source)] = positions else {
        found.push(
            Diagnostic::error(
                KIND,
                Place::line(file, 1),
                "the file of figures from elsewhere lacks a column",
            )
            .found(header.iter().collect::<Vec<_>>().join(", "))
            .expected(COLUMNS.join(", ")),
        );
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        for (name, at) in COLUMNS.into_iter().zip([measure, year, value, source]) {
            if cell(at).is_empty() {
                let message = format!("a figure from elsewhere has no {name}");
                let advice = match name {
                    "source" => "say where it was published: a reader has to be able to look it up",
                    _ => "complete the row, or delete it",
                };
                found
                    .push(Diagnostic::error(KIND, Place::cell(file, line, at, name), message).advice(advice));
            }
        }
        rows.push(ContextRow {
            measure: cell(measure),
            year: cell(year),
            value: cell(value),
            source: cell(source),
        });
    }
    rows
}
