//! What is known of a survey platform: by what its exports are recognised, how their headers are
//! built, and which columns are the platform's own. The platforms themselves are in `platforms.rs`.

use std::borrow::Cow;

use csv::StringRecord;

use super::contents::Contents;
use super::platforms::{PLAIN, PLATFORMS};
use crate::survey::fold;

/// How the rows of a header make up the names of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// One row.
    Single,
    /// One row that may begin with a code: `Q1[SQ001]. Question [Row]`.
    CodeAndText,
    /// The question on its first column, the labels of its rows below.
    Stacked,
    /// Codes above, wording below.
    CodesAbove,
}

/// What is known of one platform's exports.
#[derive(Debug)]
pub(crate) struct Platform {
    /// As the definition names it: `platform = "qualtrics"`.
    pub id: &'static str,
    pub label: &'static str,
    pub(super) naming: Naming,
    pub(super) recognises: fn(&Head<'_>) -> bool,
    /// Header rows below the first, at most; one counts as such while its first cell is empty or,
    /// where codes stand above, in any case.
    pub(super) more_header_rows: usize,
    /// Wording below codes may be a row's alone, and the question known by the number in its code.
    pub(super) rows_below_codes: bool,
    /// The platform's own columns, folded: neither answers nor anything that the analyst has to explain.
    pub(super) own: &'static [&'static str],
    /// A trimmed cell without what the platform adds to it.
    pub(super) plain: fn(&str) -> Cow<'_, str>,
    /// Texts that stand for an empty cell, folded.
    pub(super) missing: &'static [&'static str],
    /// What stands where in a form that nobody finished.
    pub(super) unfinished: Option<Mark>,
    /// What stands where in a test, a preview or spam.
    pub(super) tests: Option<Mark>,
}

/// A column of the platform's own that says something about the form.
#[derive(Debug)]
pub(super) struct Mark {
    /// Its names, folded.
    pub columns: &'static [&'static str],
    /// Folded.
    pub values: &'static [&'static str],
}

impl Platform {
    /// Whether a column says if the form counts.
    pub(super) fn marks(&self, name: &str) -> bool {
        let folded = fold(name);
        [&self.unfinished, &self.tests]
            .into_iter()
            .flatten()
            .any(|mark| mark.columns.contains(&folded.as_str()))
    }
}

impl PartialEq for Platform {
    fn eq(&self, other: &Platform) -> bool {
        self.id == other.id
    }
}

/// What a platform is recognised by.
#[derive(Debug)]
pub(super) struct Head<'h> {
    pub contents: &'h Contents,
    /// The first rows.
    pub rows: &'h [(u64, StringRecord)],
    /// The cells of the very first, folded.
    names: Vec<String>,
}

impl<'h> Head<'h> {
    pub fn of(contents: &'h Contents, rows: &'h [(u64, StringRecord)]) -> Head<'h> {
        let names = rows.first().into_iter().flat_map(|(_, record)| record.iter()).map(fold).collect();
        Head { contents, rows, names }
    }

    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        self.rows.get(row).into_iter().flat_map(|(_, record)| record.iter()).map(str::trim)
    }

    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.names.iter().any(|cell| cell == name))
    }

    pub fn begins_with(&self, name: &str) -> bool {
        self.names.first().is_some_and(|cell| cell == name)
    }
}

/// The platform that the definition names.
pub(crate) fn named(id: &str) -> Option<&'static Platform> {
    PLATFORMS.iter().chain([&PLAIN]).find(|platform| platform.id == id)
}

/// The platforms whose signature a file shows.
pub(super) fn candidates(head: &Head<'_>) -> Vec<&'static Platform> {
    PLATFORMS.iter().filter(|platform| (platform.recognises)(head)).collect()
}
