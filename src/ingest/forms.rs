//! Row by row from an export to forms, with every row and cell accounted for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::StringRecord;

use super::answers_read::AnswersRead;
use super::columns::{Columns, Role, SourceColumn, columns};
use super::contents::Contents;
use super::corrections::Correction;
use super::duplicates::Read;
use super::layout::Layout;
use super::ledger::{Cells, Ledger, Reject};
use super::ragged::{Width, shortest};
use super::replay::{Corrected, Replay};
use super::responses::{Code, Form};
use super::set_aside::SetAside;
use super::suspects::Suspects;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::{Answer, AnswerFile, Mode, Survey, fold};

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

/// Rows after which it is told how many there were.
const TOLD: usize = 1024;

/// Reads one export, and tells how many rows more are read.
///
/// # Errors
/// When it cannot be said which platform wrote it.
pub(super) fn read_forms(
    survey: &Survey,
    (wave, audience): (usize, usize),
    answers: &AnswerFile,
    (contents, done): (&Contents, &dyn Fn(u64)),
    corrections: &[Correction],
    found: &mut Diagnostics,
) -> Result<FileForms, Box<Diagnostic>> {
    let AnswerFile { file, mode } = answers;
    let platform = platform(survey, wave, *mode);
    let (layout, records) = Layout::open(file, contents, platform)?;
    let columns = columns(survey, (wave, audience), file, &layout, found);
    let head = (contents, &columns, &layout);
    let mut reading = Reading::of(survey, (wave, audience), answers, head, corrections, found);
    reading.most = reading.most.max(shortest(records));
    for records in records.chunks(TOLD) {
        records.iter().for_each(|(line, record)| reading.row(*line, record));
        done(records.len() as u64);
    }
    Ok(reading.finish())
}

/// The platform that the definition names. What it says of a wave's is not said of forms on paper.
pub(super) fn platform(survey: &Survey, wave: usize, mode: Mode) -> Option<&str> {
    survey.waves[wave].platform.as_deref().filter(|_| mode == Mode::Online)
}

/// One file while it is read.
pub(super) struct Reading<'a> {
    pub survey: &'a Survey,
    pub wave: usize,
    pub audience: usize,
    pub file: &'a str,
    mode: Mode,
    pub columns: &'a Columns,
    pub layout: &'a Layout,
    /// Cells of a spreadsheet and of typed columns hold dates as dates.
    pub has_dates: bool,
    /// Cells that a row may have.
    pub most: usize,
    /// The column that identifies the form.
    pub reference: Option<usize>,
    pub replay: Replay<'a>,
    answers: AnswersRead,
    pub set_aside: SetAside,
    /// Cells that hold the platform's word for a missing answer, by the word.
    pub missing: BTreeMap<&'static str, u64>,
    /// Per breakdown: folded name to group.
    pub groups: Vec<BTreeMap<String, usize>>,
    pub suspects: Suspects,
    pub out: FileForms,
    pub found: &'a mut Diagnostics,
}

impl<'a> Reading<'a> {
    /// Before the first row of a file whose header is read.
    pub fn of(
        survey: &'a Survey,
        (wave, audience): (usize, usize),
        AnswerFile { file, mode }: &'a AnswerFile,
        (contents, columns, layout): (&Contents, &'a Columns, &'a Layout),
        corrections: &'a [Correction],
        found: &'a mut Diagnostics,
    ) -> Reading<'a> {
        let ledger = Ledger {
            file: file.clone(),
            wave,
            audience,
            mode: *mode,
            encoding: contents.encoding.to_owned(),
            delimiter: contents.delimiter.clone(),
            platform: layout.platform.label.to_owned(),
            columns: columns.headers.len() as u64,
            score_columns: columns.matched_items() as u64,
            attribute_columns: columns.attributes() as u64,
            ..Ledger::default()
        };
        let who = &survey.audiences[audience];
        let groups = who.breakdowns.iter().map(|breakdown| {
            let names =
                breakdown.groups.iter().enumerate().filter(|(group, _)| breakdown.has_group(*group, wave));
            names.flat_map(|(position, group)| group.all().map(move |name| (fold(name), position))).collect()
        });
        let out = FileForms {
            forms: Vec::new(),
            rejects: Vec::new(),
            corrected: Vec::new(),
            proposed: Vec::new(),
            ledger,
            columns: columns.sources((wave, audience), file),
        };
        Reading {
            survey,
            wave,
            audience,
            file,
            mode: *mode,
            groups: groups.collect(),
            answers: AnswersRead::of(survey, who, columns),
            set_aside: SetAside::of((who, wave), (file, *mode), (columns, layout), found),
            replay: Replay::of((survey, wave, who), file, (columns, layout), corrections, found),
            most: columns.headers.len(),
            reference: columns.position(Role::Respondent),
            suspects: Suspects::of(columns),
            columns,
            layout,
            has_dates: contents.has_dates,
            missing: BTreeMap::new(),
            out,
            found,
        }
    }

    pub fn row(&mut self, line: u64, record: &StringRecord) {
        self.out.ledger.rows.read += 1;
        self.out.ledger.cells.read += record.len() as u64;
        let is_empty = record.iter().all(|cell| cell.trim().is_empty());
        let width = self.width();
        if is_empty || !width.fits(record) {
            self.out.ledger.rows.rejected += 1;
            self.out.ledger.cells.unused += record.len() as u64;
            if !is_empty {
                self.found.push(width.refuse(self.file, line, record));
            }
            let reason = if is_empty { "the row is empty" } else { "the row does not fit the header" };
            self.reject(line, "", "", reason);
            return;
        }
        self.answers.watch(record);
        let (record, missing) = self.plain(record);
        let corrected = if self.replay.is_empty() {
            None
        } else {
            let reference = self.reference(line, &record);
            self.replay.row((line, &reference), &record, self.columns)
        };
        let record = corrected.as_ref().unwrap_or(&record);
        if let Some(reason) = self.set_aside.why(line, record, &mut self.out.ledger.rows) {
            self.out.ledger.cells.unused += record.len() as u64;
            let reference = self.reference(line, record).into_owned();
            self.reject(line, "", &reference, &reason);
            return;
        }
        for word in missing {
            *self.missing.entry(word).or_default() += 1;
        }
        let read = self.form(line, record);
        self.out.forms.push(read);
    }

    /// The row without what the platform adds to its cells, and without who the respondent is; with it
    /// the platform's words for answers that are missing.
    fn plain(&self, record: &StringRecord) -> (StringRecord, Vec<&'static str>) {
        let mut said = Vec::new();
        let mut plain = StringRecord::with_capacity(record.as_slice().len(), record.len());
        for (position, cell) in record.iter().enumerate() {
            let role = self.columns.roles.get(position).copied().unwrap_or(Role::Ignored);
            if role == Role::Ignored {
                plain.push_field("");
                continue;
            }
            let (cell, missing) = self.layout.cell(cell);
            said.extend(missing.filter(|_| role != Role::Unknown));
            plain.push_field(&cell);
        }
        (plain, said)
    }

    /// By what a correction names the form: its reference, or its line where forms have none.
    pub fn reference<'r>(&self, line: u64, record: &'r StringRecord) -> Cow<'r, str> {
        match self.reference.and_then(|position| record.get(position)) {
            Some(reference) => Cow::Borrowed(reference.trim()),
            None => Cow::Owned(format!("line {line}")),
        }
    }

    fn width(&self) -> Width {
        Width { header: self.columns.headers.len(), needed: self.layout.needed(), most: self.most }
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
            booked: Cells::default(),
        };
        let before = std::mem::take(&mut self.out.ledger.cells);
        let columns = self.columns;
        for (position, cell) in record.iter().enumerate() {
            let cell = cell.trim();
            let cells = &mut self.out.ledger.cells;
            match columns.roles.get(position).copied().unwrap_or(Role::Ignored) {
                Role::Item(item) => read.form.codes[item] = self.answer(line, record, position),
                Role::Ignored => cells.ignored += 1,
                Role::Unknown => {
                    cells.ignored += 1;
                    self.suspects.watch(position, self.survey.scale_of(self.wave).read(cell));
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
        read.booked = std::mem::replace(&mut self.out.ledger.cells, before);
        self.out.ledger.cells.book(read.booked);
        read
    }

    pub fn reject(&mut self, line: u64, column: &str, value: &str, reason: &str) {
        self.out.rejects.push(Reject {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        });
    }

    pub fn finish(mut self) -> FileForms {
        let file = self.file;
        if self.out.ledger.rows.read == 0 {
            let nothing = Diagnostic::error(
                "no-rows",
                Place::file(file),
                "the file has a header but no answers below it",
            );
            self.found.push(nothing.advice(
                "export it again with the answers; a file without answers is not listed in survey.toml at all",
            ));
        }
        self.say_missing();
        let of = (self.wave, self.audience);
        self.suspects.report(self.survey, of, file, self.columns, self.found);
        self.set_aside.report(file, self.found);
        self.out.ledger.answers = self.answers.into_columns();
        self.out.corrected = self.replay.finish((self.wave, self.audience), self.found);
        self.out.ledger.corrected = self.out.corrected.len() as u64;
        self.out
    }

    /// Words that mean something only to the platform are counted, and said once.
    fn say_missing(&mut self) {
        let platform = self.layout.platform.label;
        for (word, cells) in &self.missing {
            let cells = if *cells == 1 { "1 cell says".to_owned() } else { format!("{cells} cells say") };
            let message = format!("{cells} \"{word}\", which {platform} writes where there is no answer");
            self.found.push(
                Diagnostic::notice("missing-word", Place::file(self.file), message)
                    .advice("nothing; they are read as not answered"),
            );
        }
    }
}
