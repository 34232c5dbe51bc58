//! All tables as one workbook: cover, contents, notes, then one table per worksheet, as the GSS asks
//! in "Releasing statistics in spreadsheets".
//!
//! Every table is one of Excel's own, so that a screen reader knows where it begins and which header
//! a place stands under. No cell holds a formula, whatever a text begins with.

mod contents;
mod cover;
mod names;
mod notes;
mod page;
mod parts;
mod print;
mod sheet;
mod styles;
mod text;
mod widths;

pub use cover::{Cover, cover};
pub use names::sheet as worksheet_name;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::notes::Notes;
use self::styles::Styles;
use super::PACKED;
use super::table::Table;
use super::table_csv::{TableError, check};

/// Why the workbook could not be written. Every one of them is a fault in the program, not in the data.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    #[error(transparent)]
    Table(#[from] TableError),
    #[error("a worksheet was refused: {0}")]
    Worksheet(#[from] XlsxError),
    #[error("the parts could not be packed: {0}")]
    Archive(#[from] zip::result::ZipError),
    #[error("the parts could not be packed: {0}")]
    Packing(#[from] std::io::Error),
    #[error("`{part}` does not read as expected. This is a fault in rmsurvey: please report it.")]
    Part { part: &'static str },
}

/// A table, and the heading of the report's section in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    pub section: &'a str,
    pub table: &'a Table,
}

/// The workbook with the tables in the order given, as the bytes of an xlsx file: the same for the
/// same tables, at any time and on any machine.
///
/// # Errors
/// When a table has a row of another length than its header, an empty place, or a header twice.
pub fn workbook(cover: &Cover, tables: &[Listed<'_>]) -> Result<Vec<u8>, WorkbookError> {
    for listed in tables {
        check(listed.table)?;
    }
    let styles = Styles::new(cover.accent);
    let mut book = Workbook::new();
    book.set_zip_compression_level(PACKED);
    book.set_default_format(&styles.line, styles::ROW_HEIGHT, styles::COLUMN_WIDTH)?;
    // The first formats of the book, in this order, become heading styles.
    for heading in styles.headings() {
        book.register_format(heading);
    }
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?; // of no meaning, and always the same
    let properties = DocProperties::new()
        .set_title(text::cell(&cover.title))
        .set_author(text::cell(&cover.organisation))
        .set_company(text::cell(&cover.organisation));
    book.set_properties(&properties.set_creation_datetime(&created));

    let notes = Notes::of(tables.iter().map(|listed| listed.table));
    cover::write(worksheet(&mut book, names::COVER)?, cover, &styles)?;
    contents::write(worksheet(&mut book, names::CONTENTS)?, tables, &notes, cover, &styles)?;
    if !notes.is_empty() {
        notes::write(worksheet(&mut book, names::NOTES)?, &notes, cover, &styles)?;
    }
    for (number, listed) in (1..).zip(tables) {
        let worksheet = worksheet(&mut book, &names::sheet(number))?;
        sheet::write(worksheet, number, listed.table, &notes, cover, &styles)?;
    }
    parts::finished(&book.save_to_buffer()?)
}

fn worksheet<'b>(book: &'b mut Workbook, name: &str) -> Result<&'b mut Worksheet, XlsxError> {
    book.add_worksheet().set_name(name)
}
