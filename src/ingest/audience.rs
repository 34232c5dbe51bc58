//! All files of one audience in one wave, as one list of forms.

use super::contents::Contents;
use super::corrections::Correction;
use super::duplicates::{self, Superseded};
use super::files::{FileRead, bytes, sha256};
use super::forms::{self, FileForms};
use super::ledger::{Ledger, Reject};
use super::responses::{Form, Responses};
use super::{Input, suspicious};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::progress::Watched;
use crate::survey::{AnswerFile, DEFINITION, Survey};

/// What the files of an audience in a wave hold, and what is to be said of them.
pub(super) fn read_audience(
    survey: &Survey,
    folder: Watched<'_>,
    (wave, audience): (usize, usize),
    corrections: &[Correction],
) -> (Input, Diagnostics) {
    let (mut input, mut found) = (Input::default(), Diagnostics::default());
    let files = &survey.waves[wave].files[audience];
    if files.is_empty() {
        found.push(no_file(survey, (wave, audience)));
        return (input, found);
    }
    let mut forms = Vec::new();
    for answers in files {
        let at = (wave, audience);
        let Some(mut read) = read_file(survey, folder, at, answers, corrections, &mut found) else {
            continue;
        };
        forms.append(&mut read.forms);
        add_file(read, &mut input);
    }
    let (kept, superseded) = duplicates::resolve(forms);
    settle(superseded, 0, &mut input, &mut found);
    input.suspicious.extend(suspicious::suspicious(survey, (wave, audience), &kept));
    let mut forms: Vec<Form> = kept.into_iter().map(|read| read.form).collect();
    forms.sort();
    input.responses.push(Responses { wave, audience, items: survey.items(wave, audience), forms });
    (input, found)
}

/// Reads a file as a whole; why it cannot be read goes to `found`.
pub(super) fn read_file(
    survey: &Survey,
    watched: Watched<'_>,
    (wave, audience): (usize, usize),
    answers: &AnswerFile,
    corrections: &[Correction],
    found: &mut Diagnostics,
) -> Option<FileForms> {
    let file = &answers.file;
    let bytes = bytes(watched.path, file).map_err(|problem| found.push(*problem)).ok()?;
    let contents = match Contents::of(file, &bytes) {
        Ok(contents) => contents,
        Err(not_text) => {
            let unreadable = Diagnostic::error("unreadable", Place::file(file), not_text.message);
            found.push(unreadable.advice(not_text.advice));
            return None;
        }
    };
    let per_row = bytes.len() as u64 / contents.rows.len().max(1) as u64;
    let done = |rows| watched.done(rows * per_row, rows);
    let read = forms::read_forms(survey, (wave, audience), answers, (&contents, &done), corrections, found);
    let mut read = read.map_err(|problem| found.push(*problem)).ok()?;
    read.ledger.sha256 = sha256(&bytes);
    Some(read)
}

/// Adds all that a file gave but its forms.
pub(super) fn add_file(read: FileForms, input: &mut Input) {
    input.files.push(FileRead {
        name: read.ledger.file.clone(),
        sha256: read.ledger.sha256.clone(),
        rows: Some(read.ledger.rows.read),
    });
    input.rejects.extend(read.rejects);
    input.corrected.extend(read.corrected);
    input.proposed.extend(read.proposed);
    input.columns.extend(read.columns);
    input.ledgers.push(read.ledger);
}

/// There may be none of an audience in a wave.
pub(super) fn no_file(survey: &Survey, (wave, audience): (usize, usize)) -> Diagnostic {
    let message = format!("{} has no file of {}", survey.waves[wave].label, survey.audiences[audience].label);
    Diagnostic::notice("no-file", Place::file(DEFINITION), message)
        .advice("the report says so; comparisons with them are left out")
}

/// Closes the account of the files from `first` on, once it is known which forms gave way to others.
pub(super) fn settle(superseded: Vec<Superseded>, first: usize, input: &mut Input, found: &mut Diagnostics) {
    let ledgers = &mut input.ledgers[first..];
    for duplicate in superseded {
        input.rejects.push(list_duplicate(duplicate, ledgers, found));
    }
    for ledger in ledgers {
        ledger.rows.used = ledger.rows.read - ledger.rows.not_used();
    }
    input.rejects.sort();
}

/// Books a superseded form as a duplicate instead of as used, and says so.
fn list_duplicate(duplicate: Superseded, ledgers: &mut [Ledger], found: &mut Diagnostics) -> Reject {
    let Superseded { read, kept: (kept_file, kept_line, kept_mode) } = duplicate;
    if let Some(ledger) = ledgers.iter_mut().find(|ledger| ledger.file == read.file) {
        ledger.rows.duplicates += 1;
        ledger.cells.unbook(read.booked);
    }
    let respondent = &read.form.respondent;
    let message = if read.mode == kept_mode {
        "the same respondent sent more than one form"
    } else {
        "the same respondent sent a form on paper and one online"
    };
    found.push(
        Diagnostic::warning("duplicate", Place::line(&read.file, read.line), message)
            .found(format!("respondent {respondent}"))
            .advice(format!("the latest complete form counts: {kept_file}, line {kept_line}; this one is listed in private/rejects.csv")),
    );
    Reject {
        file: read.file,
        line: read.line,
        column: String::new(),
        value: respondent.clone(),
        reason: format!("another form of the same respondent counts: {kept_file}, line {kept_line}"),
    }
}
