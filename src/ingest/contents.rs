//! The contents of an export, whatever kind of file it is.

use csv::StringRecord;

use super::decode::{Decoded, Delimiter, NotText, decode};
use super::records::records;
use super::spreadsheet::{Sheet, is_spreadsheet, read_sheet};

/// A text with delimiters, or a sheet of a workbook.
#[derive(Debug)]
pub(crate) enum Contents<'b> {
    Text(Decoded<'b>),
    Sheet(Sheet),
}

impl<'b> Contents<'b> {
    /// Reads the bytes of a file as its name says.
    pub fn of(file: &str, bytes: &'b [u8]) -> Result<Contents<'b>, NotText> {
        if is_spreadsheet(file) {
            return read_sheet(file, bytes).map(Contents::Sheet);
        }
        decode(bytes).map(Contents::Text)
    }

    /// How text is written; for a workbook, that it is one.
    pub fn encoding(&self) -> &'static str {
        match self {
            Contents::Text(decoded) => decoded.encoding,
            Contents::Sheet(_) => "spreadsheet",
        }
    }

    /// What parts the cells; for a workbook, the sheet.
    pub fn delimiter(&self) -> String {
        match self {
            Contents::Text(decoded) => decoded.delimiter.name().to_owned(),
            Contents::Sheet(sheet) => format!("sheet \"{}\"", sheet.name),
        }
    }

    pub fn is_sheet(&self) -> bool {
        matches!(self, Contents::Sheet(_))
    }

    pub fn is_tabbed_utf_16(&self) -> bool {
        matches!(self, Contents::Text(text) if text.encoding.starts_with("UTF-16") && text.delimiter == Delimiter::Tab)
    }

    /// Every row with its line or its number in the sheet, the header first.
    pub fn records(&self) -> Box<dyn Iterator<Item = (u64, StringRecord)> + '_> {
        match self {
            Contents::Text(decoded) => Box::new(records(decoded)),
            Contents::Sheet(sheet) => Box::new(sheet.rows.iter().cloned()),
        }
    }
}
