//! `corrections.csv`: what the analyst knows better than an export, cell by cell, with the reason.

use std::path::Path;

use jiff::civil::Date;
use jiff::fmt::strtime;
use serde::Serialize;

use super::decode::decode;
use super::files::{FileRead, bytes, sha256};
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Survey, fold};

/// Name of the list in the input folder.
pub const CORRECTIONS: &str = "corrections.csv";

/// What stands in `old` and `new` for an empty cell: a `new` that was never filled in is a mistake.
pub(super) const EMPTY: &str = "(empty)";

/// Kind of every problem with the list.
pub(super) const KIND: &str = "correction";

const COLUMNS: [&str; 8] = ["file", "respondent", "column", "old", "new", "reason", "who", "date"];

/// A column of the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    File,
    Respondent,
    Column,
    Old,
    New,
    Reason,
    Date = 7,
}

/// One line of the list: one cell of one form.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Correction {
    /// Where it stands in the list; 0 for one that is only proposed.
    #[serde(skip)]
    pub line: u64,
    pub file: String,
    /// The reference of the form; `line 12` where forms have none.
    pub respondent: String,
    /// Header of the column.
    pub column: String,
    /// What the file holds; empty for an empty cell.
    pub old: String,
    /// What counts instead; empty for an empty cell.
    pub new: String,
    pub reason: String,
    pub who: String,
    /// As 2016-07-31.
    pub date: String,
}

impl Correction {
    /// A correction of an answer that only lacks the new value.
    pub(super) fn proposed(file: &str, respondent: &str, column: &str, old: &str) -> Correction {
        Correction {
            file: file.to_owned(),
            respondent: respondent.to_owned(),
            column: column.split_whitespace().collect::<Vec<_>>().join(" "),
            old: old.to_owned(),
            reason: "not an answer on the scale".to_owned(),
            ..Correction::default()
        }
    }

    /// The line as it is pasted into the list.
    pub fn pasted(&self) -> String {
        let Correction { file, respondent, column, old, new, reason, who, date, .. } = self;
        [file, respondent, column, old, new, reason, who, date].map(|cell| quoted(cell)).join(",")
    }

    /// The first line of the list.
    pub fn header() -> String {
        COLUMNS.join(",")
    }

    pub(super) fn place(&self, of: Of) -> Place {
        Place::cell(CORRECTIONS, self.line, of as usize, COLUMNS[of as usize])
    }

    pub(super) fn error(&self, of: Of, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(KIND, self.place(of), message)
    }
}

fn quoted(cell: &str) -> String {
    let needs = cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell;
    if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The whole list, in the order in which it is replayed.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    pub list: Vec<Correction>,
    /// The file, where there is one.
    pub read: Option<FileRead>,
}

/// Reads the list, where the input folder has one.
pub(super) fn read_corrections(survey: &Survey, folder: &Path, found: &mut Diagnostics) -> Corrections {
    let mut corrections = Corrections::default();
    if !folder.join(CORRECTIONS).exists() {
        return corrections;
    }
    let bytes = match bytes(folder, CORRECTIONS) {
        Ok(bytes) => bytes,
        Err(problem) => {
            found.push(*problem);
            return corrections;
        }
    };
    let decoded = match decode(&bytes) {
        Ok(decoded) => decoded,
        Err(problem) => {
            let advice = format!("save it as CSV, beginning with the line:  {}", COLUMNS.join(","));
            found.push(Diagnostic::error(KIND, Place::file(CORRECTIONS), problem.message).advice(advice));
            return corrections;
        }
    };
    let mut records = records(&decoded);
    let (_, header) = records.next().unwrap_or_default();
    let header: Vec<&str> = header.iter().map(str::trim).collect();
    if header.len() != COLUMNS.len() || header.iter().zip(COLUMNS).any(|(found, name)| fold(found) != name) {
        found.push(
            Diagnostic::error(
                KIND,
                Place::line(CORRECTIONS, 1),
                "the header is not that of a list of corrections",
            )
            .found(header.join(","))
            .expected(COLUMNS.join(","))
            .advice("write exactly these eight columns in this order"),
        );
        return corrections;
    }
    let mut rows = 0;
    for (line, record) in records {
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        rows += 1;
        let Ok(cells) = <[&str; COLUMNS.len()]>::try_from(cells) else {
            let message = "the line does not fit the header";
            found.push(
                Diagnostic::error(KIND, Place::line(CORRECTIONS, line), message)
                    .found(format!("{} cells", record.len()))
                    .expected(format!("{} cells: {}", COLUMNS.len(), COLUMNS.join(", ")))
                    .advice("a cell with a comma in it needs quotation marks around it"),
            );
            continue;
        };
        corrections.list.extend(correction(survey, line, cells, found));
    }
    say_unsigned(&corrections.list, found);
    corrections.read =
        Some(FileRead { name: CORRECTIONS.to_owned(), sha256: sha256(&bytes), rows: Some(rows) });
    corrections
}

/// One line, if it can be replayed at all; every problem with it goes to `found`.
fn correction(
    survey: &Survey,
    line: u64,
    cells: [&str; COLUMNS.len()],
    found: &mut Diagnostics,
) -> Option<Correction> {
    let [file, respondent, column, old, new, reason, who, date] = cells;
    let value = |cell: &str| if cell == EMPTY { String::new() } else { cell.to_owned() };
    let day = day(date);
    let read = Correction {
        line,
        file: file.replace('\\', "/"),
        respondent: respondent.to_owned(),
        column: column.to_owned(),
        old: value(old),
        new: value(new),
        reason: reason.to_owned(),
        who: who.to_owned(),
        date: day.map_or_else(String::new, |day| day.to_string()),
    };
    let errors = found.count(crate::diagnostics::Severity::Error);
    let files = survey.waves.iter().flat_map(|wave| wave.files.iter().flatten());
    let files: Vec<&str> = files.map(|one| one.file.as_str()).collect();
    if !files.contains(&read.file.as_str()) {
        found.push(
            read.error(Of::File, "survey.toml names no file of answers of this name")
                .found(format!("\"{file}\""))
                .expected(files.join(", "))
                .nearest(nearest(&read.file, files.iter().copied())),
        );
    }
    for (of, cell, lacks, advice) in [
        (
            Of::Respondent,
            respondent,
            "the correction does not say whose form it is about",
            "write the reference of the form, or line 12 where forms have none",
        ),
        (
            Of::Column,
            column,
            "the correction does not say which column it is about",
            "write the header of the column as the file has it",
        ),
        (
            Of::New,
            new,
            "the new value has not been filled in",
            "write the right value there, or (empty) where the cell should be empty",
        ),
        (
            Of::Reason,
            reason,
            "the correction gives no reason",
            "say in a few words how it is known; the report counts corrections by reason, so name nobody",
        ),
    ] {
        if cell.is_empty() {
            found.push(read.error(of, lacks).advice(advice));
        }
    }
    if day.is_none() && !date.is_empty() {
        found.push(
            read.error(Of::Date, "the date of the correction cannot be read")
                .found(format!("\"{date}\""))
                .expected("a date such as 2016-07-31 or 31/07/2016"),
        );
    }
    if read.old == read.new && !new.is_empty() {
        found.push(
            read.error(Of::New, "the new value is the old one")
                .found(format!("\"{new}\""))
                .advice("delete the line, or write the value that is right"),
        );
    }
    (found.count(crate::diagnostics::Severity::Error) == errors).then_some(read)
}

/// A day as ISO writes it, or as a spreadsheet in Britain saves it.
fn day(text: &str) -> Option<Date> {
    ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|format| strtime::parse(format, text).ok()?.to_date().ok())
}

/// Corrections that nobody stands for are worth a line, no more.
fn say_unsigned(list: &[Correction], found: &mut Diagnostics) {
    let mut unsigned = list.iter().filter(|one| one.who.is_empty() || one.date.is_empty()).peekable();
    if let Some(first) = unsigned.peek() {
        let place = Place::line(CORRECTIONS, first.line);
        let message = match unsigned.count() {
            1 => "1 correction does not say who made it, or when".to_owned(),
            several => format!("{several} corrections do not say who made them, or when"),
        };
        found.push(
            Diagnostic::notice(KIND, place, message)
                .advice("fill in `who` and `date`; the corrections count all the same"),
        );
    }
}
