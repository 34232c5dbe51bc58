//! The notes of all tables, each once, under the number by which titles refer to it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cover::Cover;
use super::page::{Cell, Column, Page};
use super::styles::Styles;
use super::{names, sheet};
use crate::publish::table::Table;

const FIRST_WIDTH: f64 = 32.0;
const WIDTH: f64 = 100.0;

/// Notes in the order in which tables first refer to them; the first has number 1.
pub struct Notes<'t>(Vec<&'t str>);

impl<'t> Notes<'t> {
    pub fn of(tables: impl Iterator<Item = &'t Table>) -> Notes<'t> {
        let mut notes: Vec<&str> = Vec::new();
        for note in tables.flat_map(|table| &table.notes) {
            if !notes.contains(&note.as_str()) {
                notes.push(note);
            }
        }
        Notes(notes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers of a table's notes, in rising order.
    pub fn numbers(&self, table: &Table) -> Vec<usize> {
        let numbered = (1..).zip(&self.0);
        numbered
            .filter(|(_, note)| table.notes.iter().any(|own| own == *note))
            .map(|(number, _)| number)
            .collect()
    }
}

pub fn write(
    worksheet: &mut Worksheet,
    notes: &Notes<'_>,
    cover: &Cover,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, "Notes", FIRST_WIDTH, cover, styles)?;
    page.line(sheet::ONE_TABLE)?;
    page.line("Titles refer to these notes by number.")?;
    page.link(names::CONTENTS, "Back to contents")?;
    let columns = [Column::text("Note number", FIRST_WIDTH), Column::text("Note", WIDTH)];
    let rows = (1..)
        .zip(&notes.0)
        .map(|(number, note)| vec![Cell::Text(format!("note {number}")), Cell::Text((*note).to_owned())]);
    page.table("notes", &columns, &rows.collect::<Vec<_>>())
}
