//! Row by row from the text of an export to forms, with every row and cell accounted for.

use std::collections::BTreeMap;

use csv::StringRecord;
use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::columns::{Columns, Role, columns};
use super::decode::Decoded;
use super::duplicates::Read;
use super::ledger::{Ledger, Reject};
use super::records::records;
use super::responses::{Code, Form};
use super::suspects::Suspects;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::survey::{Answer, InvalidAnswers, Survey, fold};

/// What one file gave.
pub(super) struct FileForms {
    pub forms: Vec<Read>,
    pub rejects: Vec<Reject>,
    /// Complete but for the rows of duplicates, which only the whole wave can tell.
    pub ledger: Ledger,
}

/// Reads one export.
pub(super) fn read_forms(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> FileForms {
    let mut records = records(decoded);
    let (_, headers) = records.next().unwrap_or_default();
    let headers = headers.iter().map(|header| header.trim().to_owned()).collect();
    let columns = columns(survey, (wave, audience), file, headers, found);
    let ledger = Ledger {
        file: file.to_owned(),
        wave,
        audience,
        encoding: decoded.encoding.to_owned(),
        delimiter: decoded.delimiter.name().to_owned(),
        columns: columns.headers.len() as u64,
        score_columns: columns.matched_items() as u64,
        attribute_columns: columns.attributes() as u64,
        ..Ledger::default()
    };
    let audience_definition = &survey.audiences[audience];
    let groups = audience_definition.breakdowns.iter().map(|breakdown| {
        let names = breakdown.groups.iter().enumerate();
        names.flat_map(|(position, group)| group.all().map(move |name| (fold(name), position))).collect()
    });
    let mut reading = Reading {
        survey,
        wave,
        audience,
        file,
        groups: groups.collect(),
        suspects: Suspects::of(&columns),
        columns: &columns,
        out: FileForms { forms: Vec::new(), rejects: Vec::new(), ledger },
        found,
    };
    for (line, record) in records {
        reading.row(line, &record);
    }
    if reading.out.ledger.rows.read == 0 {
        let nothing = Diagnostic::error(
            "no-rows",
            Place::file(file),
            "the file has a header but no answers below it",
        )
        .advice(
            "export it again with the answers; a file without answers is not listed in survey.toml at all",
        );
        reading.found.push(nothing);
    }
    reading.suspects.report(survey, file, &columns, reading.found);
    reading.out
}

struct Reading<'a> {
    survey: &'a Survey,
    wave: usize,
    audience: usize,
    file: &'a str,
    columns: &'a Columns,
    /// Per breakdown: folded name to group.
    groups: Vec<BTreeMap<String, usize>>,
    suspects: Suspects,
    out: FileForms,
    found: &'a mut Diagnostics,
}

impl Reading<'_> {
    fn row(&mut self, line: u64, record: &StringRecord) {
        let rows = &mut self.out.ledger.rows;
        rows.read += 1;
        self.out.ledger.cells.read += record.len() as u64;
        let is_empty = record.iter().all(|cell| cell.trim().is_empty());
        let surplus = record.iter().skip(self.columns.headers.len()).any(|cell| !cell.trim().is_empty());
        if is_empty || surplus || record.len() < self.columns.headers.len() {
            rows.rejected += 1;
            self.out.ledger.cells.unused += record.len() as u64;
            let reason = if is_empty { "the row is empty" } else { "the row does not fit the header" };
            if !is_empty {
                self.ragged(line, record.len());
            }
            self.reject(line, "", "", reason);
            return;
        }
        let read = self.form(line, record);
        self.out.forms.push(read);
    }

    fn ragged(&mut self, line: u64, cells: usize) {
        let expected = self.columns.headers.len();
        self.found.push(
            Diagnostic::error("ragged-row", Place::line(self.file, line), "the row does not fit the header")
                .found(format!("{cells} cells"))
                .expected(format!("{expected} cells, as many as the header has"))
                .advice("a comma or a line break inside an answer needs quotation marks around it; export the file again rather than mend it by hand"),
        );
    }

    fn form(&mut self, line: u64, record: &StringRecord) -> Read {
        let mut read = Read {
            form: Form {
                respondent: String::new(),
                link: None,
                groups: vec![None; self.groups.len()],
                codes: vec![Code::from(Answer::Blank); self.columns.items.len()],
            },
            submitted: None,
            file: self.file.to_owned(),
            line,
            cells: record.len() as u64,
        };
        let columns = self.columns;
        for (position, cell) in record.iter().enumerate() {
            let cell = cell.trim();
            let cells = &mut self.out.ledger.cells;
            match columns.roles.get(position).copied().unwrap_or(Role::Ignored) {
                Role::Item(item) => read.form.codes[item] = self.answer(line, position, cell),
                Role::Ignored => cells.ignored += 1,
                Role::Unknown => {
                    cells.ignored += 1;
                    self.suspects.watch(position, self.survey.scale.read(cell));
                }
                attribute => {
                    cells.attributes += 1;
                    match attribute {
                        Role::Respondent => read.form.respondent = self.respondent(line, position, cell),
                        Role::Link => read.form.link = Some(cell.to_owned()).filter(|link| !link.is_empty()),
                        Role::Submitted => read.submitted = self.date(line, position, cell),
                        Role::Breakdown(breakdown) => {
                            read.form.groups[breakdown] = self.group(line, position, breakdown, cell);
                        }
                        Role::Item(_) | Role::Ignored | Role::Unknown => {}
                    }
                }
            }
        }
        read
    }

    fn place(&self, line: u64, column: usize) -> Place {
        Place::cell(self.file, line, column, self.columns.headers[column].as_str())
    }

    fn reject(&mut self, line: u64, column: &str, value: &str, reason: &str) {
        self.out.rejects.push(Reject {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        });
    }

    fn answer(&mut self, line: u64, column: usize, cell: &str) -> Code {
        let cells = &mut self.out.ledger.cells;
        match self.survey.scale.read(cell) {
            Some(answer) => {
                match answer {
                    Answer::Score(_) => cells.scores += 1,
                    Answer::NoContact => cells.no_contact += 1,
                    Answer::Blank => cells.blank += 1,
                }
                Code::from(answer)
            }
            None => {
                cells.left_out += 1;
                self.not_an_answer(line, column, cell);
                Code::LEFT_OUT
            }
        }
    }

    fn not_an_answer(&mut self, line: u64, column: usize, cell: &str) {
        let message = "the cell holds no answer that the scale knows";
        let place = self.place(line, column);
        let header = self.columns.headers[column].clone();
        let diagnostic = match self.survey.analysis.invalid_answers {
            InvalidAnswers::Stop => Diagnostic::error("answer", place, message)
                .advice("correct the cell; if it is another word for an answer, add it to [scale.labels]"),
            InvalidAnswers::LeaveOut => {
                self.reject(line, &header, cell, "not an answer on the scale; left out");
                Diagnostic::warning("answer", place, format!("{message}; it is left out"))
            }
        };
        let scale = &self.survey.scale;
        self.found.push(
            diagnostic.found(format!("\"{cell}\"")).expected(scale.accepted()).nearest(scale.nearest(cell)),
        );
    }

    fn respondent(&mut self, line: u64, column: usize, cell: &str) -> String {
        if cell.is_empty() {
            let place = self.place(line, column);
            self.found.push(
                Diagnostic::error("respondent", place, "the form has no reference, so that a second copy could not be found")
                    .expected("a number or text that no other form has")
                    .advice("give the form a reference in the export; if no form has one, delete `respondent` from the audience"),
            );
        }
        cell.to_owned()
    }

    fn group(&mut self, line: u64, column: usize, breakdown: usize, cell: &str) -> Option<usize> {
        if cell.is_empty() {
            return None;
        }
        let group = self.groups[breakdown].get(&fold(cell)).copied();
        if group.is_none() {
            let definition = &self.survey.audiences[self.audience].breakdowns[breakdown];
            let labels: Vec<&str> = definition.groups.iter().map(|group| group.label.as_str()).collect();
            let names = definition.groups.iter().flat_map(|group| group.all());
            let near = nearest(cell, names);
            let advice = match near.and_then(|near| definition.groups.iter().find(|group| group.means(near)))
            {
                Some(group) => format!("if it is {}, write there:  aliases = [\"{cell}\"]", group.label),
                None => format!("add the group to the breakdown `{}` in survey.toml", definition.id),
            };
            let place = self.place(line, column);
            self.found.push(
                Diagnostic::error("group", place, format!("{} has no group of this name", definition.label))
                    .found(format!("\"{cell}\""))
                    .expected(labels.join(", "))
                    .nearest(near)
                    .advice(advice),
            );
        }
        group
    }

    fn date(&mut self, line: u64, column: usize, cell: &str) -> Option<DateTime> {
        let wave = &self.survey.waves[self.wave];
        let format = wave.date_format.as_deref()?;
        if cell.is_empty() {
            return None;
        }
        let parsed = strtime::parse(format, cell).ok();
        let read = parsed.and_then(|parts| {
            parts
                .to_datetime()
                .ok()
                .or_else(|| parts.to_date().ok().map(|date| date.to_datetime(jiff::civil::Time::midnight())))
        });
        let outside =
            read.zip(wave.fieldwork).is_some_and(|(at, (from, to))| at.date() < from || at.date() > to);
        let (kind, message, expected) = match read {
            None => ("date", "the date of the form cannot be read", format!("a date written as {format}")),
            Some(_) if outside => {
                let period = wave.fieldwork.map_or(String::new(), |(from, to)| format!("{from} to {to}"));
                ("fieldwork", "the form is dated outside the fieldwork period", period)
            }
            Some(_) => return read,
        };
        let place = self.place(line, column);
        self.found.push(
            Diagnostic::warning(kind, place, message)
                .found(format!("\"{cell}\""))
                .expected(expected)
                .advice("nothing, if the form belongs to this wave: it counts. Otherwise take it out of the file, or correct `date-format` and `fieldwork` in survey.toml"),
        );
        read
    }
}
