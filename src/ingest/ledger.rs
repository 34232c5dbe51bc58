//! The account of every row and every cell read.

use serde::Serialize;

use super::answers_read::ColumnRead;
use crate::survey::Mode;

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Ledger {
    /// Name under the input folder.
    pub file: String,
    #[serde(skip)]
    pub wave: usize,
    #[serde(skip)]
    pub audience: usize,
    pub mode: Mode,
    pub encoding: String,
    pub delimiter: String,
    /// The survey platform whose layout the file has.
    pub platform: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    pub columns: u64,
    /// Columns that hold scores.
    pub score_columns: u64,
    /// Columns that say something about the respondent.
    pub attribute_columns: u64,
    pub rows: Rows,
    pub cells: Cells,
    /// Cells that count as `corrections.csv` has them; each of them is one of `cells`.
    pub corrected: u64,
    /// What stood in the columns of scores and groups.
    pub answers: Vec<ColumnRead>,
}

/// Rows below the header; `read` is the sum of all the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rows {
    pub read: u64,
    pub used: u64,
    /// Forms of a respondent of whom another form counts.
    pub duplicates: u64,
    /// Rows without any answer or attribute, and rows that do not fit the header.
    pub rejected: u64,
    /// Tests and previews, as a column of the file says.
    pub tests: u64,
    /// Forms that nobody finished, as a column of the file says.
    pub unfinished: u64,
}

impl Rows {
    /// Rows of which no form was made, and forms of a respondent of whom another counts.
    pub fn not_used(self) -> u64 {
        self.duplicates + self.rejected + self.tests + self.unfinished
    }
}

/// Cells below the header; `read` is the sum of all the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cells {
    pub read: u64,
    pub scores: u64,
    pub no_contact: u64,
    pub blank: u64,
    /// Answers that are not on the scale, left out because the definition says so.
    pub left_out: u64,
    /// Who answered: groups, references, dates.
    pub attributes: u64,
    /// Cells of columns that the definition does not use.
    pub ignored: u64,
    /// Cells of rows that were not used.
    pub unused: u64,
}

impl Ledger {
    /// Whether every row and cell read is used or listed.
    pub fn balances(&self) -> bool {
        let rows = self.rows;
        rows.read == rows.used + rows.not_used() && self.cells.read == self.cells.booked()
    }
}

/// A row or cell that was read and not used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reject {
    pub file: String,
    pub line: u64,
    /// Header of the column; empty for a whole row.
    pub column: String,
    pub value: String,
    pub reason: String,
}

impl Cells {
    /// All that were booked, but for `read`.
    fn booked(self) -> u64 {
        let Cells { read: _, scores, no_contact, blank, left_out, attributes, ignored, unused } = self;
        scores + no_contact + blank + left_out + attributes + ignored + unused
    }

    /// Adds what a form booked.
    pub(super) fn book(&mut self, form: Cells) {
        self.each(form, |cells, form| cells + form);
    }

    /// Books the cells of a form that was read and then gave way to another as unused.
    pub(super) fn unbook(&mut self, form: Cells) {
        self.each(form, |cells, form| cells - form);
        self.unused += form.booked();
    }

    fn each(&mut self, form: Cells, with: impl Fn(u64, u64) -> u64) {
        *self = Cells {
            read: with(self.read, form.read),
            scores: with(self.scores, form.scores),
            no_contact: with(self.no_contact, form.no_contact),
            blank: with(self.blank, form.blank),
            left_out: with(self.left_out, form.left_out),
            attributes: with(self.attributes, form.attributes),
            ignored: with(self.ignored, form.ignored),
            unused: with(self.unused, form.unused),
        };
    }
}
