//! The list of worksheets, each linked.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cover::Cover;
use super::notes::Notes;
use super::page::{Cell, Column, Page};
use super::styles::Styles;
use super::{Listed, names, sheet};

const FIRST_WIDTH: f64 = 32.0;

pub fn write(
    worksheet: &mut Worksheet,
    tables: &[Listed<'_>],
    notes: &Notes<'_>,
    cover: &Cover,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, "Contents", FIRST_WIDTH, cover, styles)?;
    page.line(sheet::ONE_TABLE)?;
    page.line("Each name links to its worksheet.")?;
    let columns = [
        Column::text("Worksheet", FIRST_WIDTH),
        Column::text("What it holds", 90.0),
        Column::text("Section", 40.0),
    ];
    let row = |sheet: String, holds: &str, section: &str| {
        vec![Cell::Link(sheet), Cell::Text(holds.to_owned()), Cell::Text(section.to_owned())]
    };
    let mut rows = Vec::new();
    if !notes.is_empty() {
        rows.push(row(names::NOTES.to_owned(), "Notes to the tables", "All sections"));
    }
    for (number, listed) in (1..).zip(tables) {
        rows.push(row(names::sheet(number), &listed.table.title, listed.section));
    }
    page.table("contents", &columns, &rows)
}
