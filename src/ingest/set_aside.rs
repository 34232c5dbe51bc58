//! Forms that do not count because a column of the file says so: tests, previews, and forms that
//! nobody finished. They are listed, not dropped in silence. Which column it is, and what it says, the
//! definition knows, or else the platform that wrote the file.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::columns::{Columns, Role};
use super::excerpt::shown;
use super::layout::{Layout, without_number};
use super::ledger::Rows;
use super::platform::Mark;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Audience, Mode, Sign, fold};

/// The columns of one file that say whether a form counts, and what they said so far.
#[derive(Clone, Debug)]
pub(crate) struct SetAside {
    tests: Option<Told>,
    finished: Option<Told>,
}

#[derive(Clone, Debug)]
struct Told {
    position: usize,
    header: String,
    /// Folded.
    values: BTreeSet<String>,
    /// Whether the column speaks by these values, or by all others.
    by_these: bool,
    /// Lines of forms that do not count for this reason: the first, and how many.
    forms: Option<(u64, u64)>,
}

impl SetAside {
    /// Finds the columns that the definition names, or else those of the platform. Forms on paper need
    /// not have them, and a column of the platform that the definition ignores says nothing.
    pub(super) fn of(
        (audience, wave): (&Audience, usize),
        (file, mode): (&str, Mode),
        (columns, layout): (&Columns, &Layout),
        found: &mut Diagnostics,
    ) -> SetAside {
        let platform = SetAside::of_platform(layout);
        let is_read = |told: &Told| columns.roles.get(told.position) != Some(&Role::Ignored);
        let mut told = |sign: &Option<Sign>, what: &str, platform: Option<Told>| {
            let Some(sign) = sign.as_ref().filter(|sign| sign.asked.in_wave(wave)) else {
                return platform.filter(is_read);
            };
            let told = Told::of_definition(sign, layout);
            if told.is_none() && mode == Mode::Online {
                let headers = columns.headers.iter().map(String::as_str);
                let message = format!("there is no column that says which forms are {what}");
                found.push(
                    Diagnostic::error("missing-column", Place::line(file, 1), message)
                        .expected(sign.columns.join(", or "))
                        .nearest(sign.columns.first().and_then(|column| nearest(column, headers)))
                        .advice(format!("correct `{what}` of the audience in survey.toml; if only some years have the column, list their `waves` there")),
                );
            }
            told
        };
        SetAside {
            tests: told(&audience.tests, "tests", platform.tests),
            finished: told(&audience.finished, "finished", platform.finished),
        }
    }

    /// What the platform says of its forms, where no definition says anything.
    pub fn of_platform(layout: &Layout) -> SetAside {
        let told = |mark: &Option<Mark>, by_these| {
            let mark = mark.as_ref()?;
            let is_it = |name: &str| mark.columns.contains(&fold(name).as_str());
            let values = mark.values.iter().map(|value| (*value).to_owned()).collect();
            Told::at(layout, is_it, values, by_these)
        };
        let platform = layout.platform;
        SetAside { tests: told(&platform.tests, true), finished: told(&platform.unfinished, false) }
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

    /// Columns that say whether a form counts.
    pub fn positions(&self) -> Vec<usize> {
        [&self.tests, &self.finished].into_iter().flatten().map(|told| told.position).collect()
    }

    /// Whether a form counts as far as this cell has a say in it.
    pub fn counts(&self, position: usize, cell: &str) -> bool {
        let says = |told: &Option<Told>| {
            let told = told.as_ref().filter(|told| told.position == position)?;
            Some(told.values.contains(&fold(cell)) == told.by_these)
        };
        says(&self.tests) != Some(true) && says(&self.finished) != Some(false)
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
            let place = Place::cell(file, first, told.position, told.header.as_str());
            found.push(
                Diagnostic::notice("set-aside", place, message).advice("private/rejects.csv lists them"),
            );
        }
    }
}

impl Told {
    fn at(
        layout: &Layout,
        is_it: impl Fn(&str) -> bool,
        values: BTreeSet<String>,
        by_these: bool,
    ) -> Option<Told> {
        let position =
            layout.columns.iter().position(|column| column.names.iter().any(|name| is_it(name)))?;
        let header = layout.columns[position].shown().to_owned();
        Some(Told { position, header, values, by_these, forms: None })
    }

    /// Without values a column speaks by anything but an empty cell.
    fn of_definition(sign: &Sign, layout: &Layout) -> Option<Told> {
        let is_it = |name: &str| sign.columns.iter().any(|column| fold(column) == fold(name));
        let (values, by_these) = match sign.values.is_empty() {
            true => ([String::new()].into(), false),
            false => (sign.values.clone(), true),
        };
        // As every other column, it may have a number before its name.
        let unnumbered = |name: &str| is_it(without_number(name));
        let named = Told::at(layout, is_it, values.clone(), by_these);
        named.or_else(|| Told::at(layout, unnumbered, values, by_these))
    }

    fn cell<'r>(&self, record: &'r StringRecord) -> &'r str {
        record.get(self.position).unwrap_or_default().trim()
    }

    fn holds(&self, record: &StringRecord) -> bool {
        self.values.contains(&fold(self.cell(record))) == self.by_these
    }

    fn book(&mut self, reason: &str, line: u64, record: &StringRecord) -> String {
        self.forms = Some(self.forms.map_or((line, 1), |(first, forms)| (first, forms + 1)));
        format!("{reason}: {} is \"{}\"", self.header, shown(self.cell(record)))
    }
}
