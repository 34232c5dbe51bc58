//! Forms that do not count because a column of the file says so: tests, previews, and forms that
//! nobody finished. They are listed, not dropped in silence.

use csv::StringRecord;

use super::columns::Columns;
use super::ledger::Rows;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::survey::{Audience, Mode, Sign, fold};

/// The columns of one file that say whether a form counts, and what they said so far.
#[derive(Debug)]
pub(super) struct SetAside<'a> {
    tests: Option<Told<'a>>,
    finished: Option<Told<'a>>,
}

#[derive(Debug)]
struct Told<'a> {
    sign: &'a Sign,
    position: usize,
    header: &'a str,
    /// Lines of forms that do not count for this reason: the first, and how many.
    forms: Option<(u64, u64)>,
}

impl<'a> SetAside<'a> {
    /// Finds the columns that the definition names. Forms on paper need not have them.
    pub fn of(
        (audience, wave): (&'a Audience, usize),
        (file, mode): (&str, Mode),
        columns: &'a Columns,
        found: &mut Diagnostics,
    ) -> SetAside<'a> {
        let mut told = |sign: &'a Option<Sign>, what: &str| {
            let sign = sign.as_ref().filter(|sign| sign.asked.in_wave(wave))?;
            let is_it = |header: &String| sign.columns.iter().any(|name| fold(name) == fold(header));
            let position = columns.headers.iter().position(is_it);
            if position.is_none() && mode == Mode::Online {
                let headers = columns.headers.iter().map(String::as_str);
                found.push(
                    Diagnostic::error("missing-column", Place::line(file, 1), format!("there is no column that says which forms are {what}"))
                        .expected(sign.columns.join(", or "))
                        .nearest(nearest(sign.columns.first()?, headers))
                        .advice(format!("correct `{what}` of the audience in survey.toml; if only some years have the column, list their `waves` there")),
                );
            }
            let position = position?;
            Some(Told { sign, position, header: columns.headers[position].as_str(), forms: None })
        };
        SetAside { tests: told(&audience.tests, "tests"), finished: told(&audience.finished, "finished") }
    }

    /// Why the form does not count, if so; it is booked then.
    pub fn why(&mut self, line: u64, record: &StringRecord, rows: &mut Rows) -> Option<String> {
        if let Some(told) = self.tests.as_mut().filter(|told| told.holds(record)) {
            rows.tests += 1;
            return Some(told.book("a test or preview", line, record));
        }
        let told = self.finished.as_mut().filter(|told| !told.holds(record))?;
        rows.unfinished += 1;
        Some(told.book("not finished", line, record))
    }

    /// How many forms do not count.
    pub fn report(&self, file: &str, found: &mut Diagnostics) {
        for (told, [one, several]) in [
            (
                &self.tests,
                [
                    "1 form is a test or preview and does not count",
                    "forms are tests or previews and do not count",
                ],
            ),
            (
                &self.finished,
                ["1 form is not finished and does not count", "forms are not finished and do not count"],
            ),
        ] {
            let Some((told, (first, forms))) = told.as_ref().and_then(|told| Some((told, told.forms?)))
            else {
                continue;
            };
            let message = if forms == 1 { one.to_owned() } else { format!("{forms} {several}") };
            let place = Place::cell(file, first, told.position, told.header);
            found.push(
                Diagnostic::notice("set-aside", place, message).advice("private/rejects.csv lists them"),
            );
        }
    }
}

impl Told<'_> {
    fn cell<'r>(&self, record: &'r StringRecord) -> &'r str {
        record.get(self.position).unwrap_or_default().trim()
    }

    fn holds(&self, record: &StringRecord) -> bool {
        let cell = self.cell(record);
        if self.sign.values.is_empty() { !cell.is_empty() } else { self.sign.values.contains(&fold(cell)) }
    }

    fn book(&mut self, reason: &str, line: u64, record: &StringRecord) -> String {
        self.forms = Some(self.forms.map_or((line, 1), |(first, forms)| (first, forms + 1)));
        format!("{reason}: {} is \"{}\"", self.header, self.cell(record))
    }
}
