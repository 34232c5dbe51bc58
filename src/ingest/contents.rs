//! The contents of an export, whatever kind of file it is.

use csv::StringRecord;

use super::decode::{Delimiter, NotText, decode};
use super::limits::{Extent, MOST_ROWS, too_many_rows};
use super::parquet::{COLUMNS, PARQUET, is_parquet, whole};
use super::records::records;
use super::spreadsheet::{is_spreadsheet, read_sheet};

/// The rows of a text with delimiters, or of a sheet of a workbook.
#[derive(Debug)]
pub(crate) struct Contents {
    /// How text is written; for a workbook, that it is one.
    pub encoding: &'static str,
    /// What parts the cells; for a workbook, the sheet.
    pub delimiter: String,
    /// Every row with its line or its number in the sheet, the header first.
    pub rows: Vec<(u64, StringRecord)>,
    /// Cells of a spreadsheet and of typed columns hold dates as dates.
    pub has_dates: bool,
    pub is_tabbed_utf_16: bool,
}

impl Contents {
    /// Reads the bytes of a file as its name says.
    pub fn of(file: &str, bytes: &[u8]) -> Result<Contents, NotText> {
        if is_spreadsheet(file) {
            let sheet = read_sheet(file, bytes)?;
            return Ok(Contents {
                encoding: "spreadsheet",
                delimiter: format!("sheet \"{}\"", sheet.name),
                rows: sheet.rows,
                has_dates: true,
                is_tabbed_utf_16: false,
            });
        }
        let columns = if is_parquet(file) { Some(whole(bytes)?) } else { None };
        let decoded = decode(columns.as_deref().unwrap_or(bytes))?;
        let rows: Vec<_> = records(&decoded).take(MOST_ROWS as usize + 1).collect();
        if rows.len() as u64 > MOST_ROWS {
            return Err(too_many_rows());
        }
        let columns = rows.iter().map(|(_, row)| row.len()).max().unwrap_or_default();
        Extent { rows: rows.len() as u64, columns: columns as u64 }.check()?;
        Ok(Contents {
            encoding: if is_parquet(file) { PARQUET } else { decoded.encoding },
            delimiter: if is_parquet(file) { COLUMNS } else { decoded.delimiter.name() }.to_owned(),
            rows,
            has_dates: is_parquet(file),
            is_tabbed_utf_16: decoded.encoding.starts_with("UTF-16") && decoded.delimiter == Delimiter::Tab,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_no_more_rows_than_are_read() {
        let read =
            |rows: usize| Contents::of("a.csv", "1,2\n".repeat(rows).as_bytes()).err().map(|it| it.message);
        assert_eq!(read(200_000), None);
        assert_eq!(read(200_001).unwrap(), "the file has more than 200,000 rows; no more are read");
    }
}
