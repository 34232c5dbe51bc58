//! Row by row from the text of an export to forms, with every row and cell accounted for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::StringRecord;
use jiff::civil::DateTime;
use jiff::fmt::strtime;

use super::answers_read::AnswersRead;
use super::columns::{Columns, Role, SourceColumn, columns};
use super::corrections::Correction;
use super::decode::Decoded;
use super::duplicates::Read;
use super::ledger::{Ledger, Reject};
use super::records::records;
use super::replay::{Corrected, Replay};
use super::responses::{Code, Form};
use super::set_aside::SetAside;
use super::suspects::Suspects;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::survey::{Answer, AnswerFile, InvalidAnswers, Mode, Survey, fold};

/// What one file gave.
pub(super) struct FileForms {
    pub forms: Vec<Read>,
    pub rejects: Vec<Reject>,
    pub corrected: Vec<Corrected>,
    /// Corrections of answers that are not on the scale, still without the new value.
    pub proposed: Vec<Correction>,
    /// Complete but for the rows of duplicates, which only the whole wave can tell.
    pub ledger: Ledger,
    pub columns: Vec<SourceColumn>,
}

/// Reads one export.
pub(super) fn read_forms(
    survey: &Survey,
    (wave, audience): (usize, usize),
    AnswerFile { file, mode }: &AnswerFile,
    decoded: &Decoded<'_>,
    corrections: &[Correction],
    found: &mut Diagnostics,
) -> FileForms {
    let mut records = records(decoded);
    let (_, headers) = records.next().unwrap_or_default();
    let headers = headers.iter().map(|header| header.trim().to_owned()).collect();
    let columns = columns(survey, (wave, audience), file, headers, found);
    let ledger = Ledger {
        file: file.clone(),
        wave,
        audience,
        mode: *mode,
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
    let set_aside = SetAside::of((audience_definition, wave), (file, *mode), &columns, found);
    let replay = Replay::of(survey, audience_definition, file, &columns, corrections, found);
    let out = FileForms {
        forms: Vec::new(),
        rejects: Vec::new(),
        corrected: Vec::new(),
        proposed: Vec::new(),
        ledger,
        columns: columns.sources((wave, audience), file),
    };
    let mut reading = Reading {
        survey,
        wave,
        audience,
        file,
        mode: *mode,
        groups: groups.collect(),
        answers: AnswersRead::of(survey, audience_definition, &columns),
        set_aside,
        suspects: Suspects::of(&columns),
        columns: &columns,
        reference: columns.position(Role::Respondent),
        replay,
        out,
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
    reading.set_aside.report(file, reading.found);
    reading.out.ledger.answers = reading.answers.into_columns();
    reading.out.corrected = reading.replay.finish((wave, audience), reading.found);
    reading.out.ledger.corrected = reading.out.corrected.len() as u64;
    reading.out
}

struct Reading<'a> {
    survey: &'a Survey,
    wave: usize,
    audience: usize,
    file: &'a str,
    mode: Mode,
    columns: &'a Columns,
    /// The column that identifies the form.
    reference: Option<usize>,
    replay: Replay<'a>,
    answers: AnswersRead,
    set_aside: SetAside<'a>,
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
        self.answers.watch(record);
        let corrected = if self.replay.is_empty() {
            None
        } else {
            let reference = self.reference(line, record);
            self.replay.row((line, &reference), record, self.columns)
        };
        let record = corrected.as_ref().unwrap_or(record);
        if let Some(reason) = self.set_aside.why(line, record, &mut self.out.ledger.rows) {
            self.out.ledger.cells.unused += record.len() as u64;
            let reference = self.reference(line, record).into_owned();
            self.reject(line, "", &reference, &reason);
            return;
        }
        let read = self.form(line, record);
        self.out.forms.push(read);
    }

    /// By what a correction names the form: its reference, or its line where forms have none.
    fn reference<'r>(&self, line: u64, record: &'r StringRecord) -> Cow<'r, str> {
        match self.reference.and_then(|position| record.get(position)) {
            Some(reference) => Cow::Borrowed(reference.trim()),
            None => Cow::Owned(format!("line {line}")),
        }
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
            mode: self.mode,
            cells: record.len() as u64,
        };
        let columns = self.columns;
        for (position, cell) in record.iter().enumerate() {
            let cell = cell.trim();
            let cells = &mut self.out.ledger.cells;
            match columns.roles.get(position).copied().unwrap_or(Role::Ignored) {
                Role::Item(item) => read.form.codes[item] = self.answer(line, record, position),
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
                            read.form.groups[breakdown] = self.group((line, record), position, breakdown);
                        }
                        Role::Sign | Role::Item(_) | Role::Ignored | Role::Unknown => {}
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

    fn answer(&mut self, line: u64, record: &StringRecord, column: usize) -> Code {
        let cell = record[column].trim();
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
                self.not_an_answer(line, record, column);
                Code::LEFT_OUT
            }
        }
    }

    fn not_an_answer(&mut self, line: u64, record: &StringRecord, column: usize) {
        let cell = record[column].trim();
        let message = "the cell holds no answer that the scale knows";
        let place = self.place(line, column);
        let header = self.columns.headers[column].clone();
        let diagnostic = match self.survey.analysis.invalid_answers {
            InvalidAnswers::Stop => {
                let reference = self.reference(line, record);
                self.out.proposed.push(Correction::proposed(self.file, &reference, &header, cell));
                Diagnostic::error("answer", place, message).advice(
                    "correct it in corrections.csv; if it is another word for an answer, add it to [scale.labels]",
                )
            }
            InvalidAnswers::LeaveOut => {
                self.reject(line, &header, cell, "not an answer on the scale; left out");
                Diagnostic::warning("answer", place, format!("{message}; it is left out"))
            }
        };
        let scale = &self.survey.scale;
        self.found.push(
            diagnostic
                .value(cell)
                .excerpt(excerpt(self.columns, record, column))
                .expected(scale.accepted())
                .nearest(scale.nearest(cell)),
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

    fn group(
        &mut self,
        (line, record): (u64, &StringRecord),
        column: usize,
        breakdown: usize,
    ) -> Option<usize> {
        let cell = record[column].trim();
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
                    .value(cell)
                    .excerpt(excerpt(self.columns, record, column))
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
                .value(cell)
                .expected(expected)
                .advice("nothing, if the form belongs to this wave: it counts. Otherwise take it out of the file, or correct `date-format` and `fieldwork` in survey.toml"),
        );
        read
    }
}

/// Cells on either side of a cell that are shown with it.
const BESIDE: usize = 2;

/// Letters of a cell that are shown.
const SHOWN: usize = 40;

/// The cell among its neighbours, with a caret under it. Of the neighbours only scores are shown:
/// what stands elsewhere is nobody's business.
fn excerpt(columns: &Columns, record: &StringRecord, column: usize) -> String {
    let is_score = |at: &usize| matches!(columns.roles.get(*at), Some(Role::Item(_)));
    let first = (column.saturating_sub(BESIDE)..column).rev().take_while(is_score).last().unwrap_or(column);
    let last = (column + 1..=column + BESIDE).take_while(is_score).last().unwrap_or(column);
    let cell = |at: usize| {
        let cell = record.get(at).unwrap_or_default().trim();
        let plain = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        let shown: String = plain.take(SHOWN).collect();
        if cell.chars().count() > SHOWN { shown + "..." } else { shown }
    };
    let mut before = if first > 0 { "...,".to_owned() } else { String::new() };
    before.extend((first..column).map(|at| cell(at) + ","));
    let marked = cell(column);
    let mut after: String = (column + 1..=last).map(|at| ",".to_owned() + &cell(at)).collect();
    if last + 1 < record.len() {
        after.push_str(",...");
    }
    let (indent, carets) = (before.chars().count(), marked.chars().count().max(1));
    format!("{before}{marked}{after}\n{}{}", " ".repeat(indent), "^".repeat(carets))
}
