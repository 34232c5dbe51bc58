//! The rows of a table as CSV.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use super::{TableError, check, safe_text};
use crate::publish::table::{Table, Value};

/// Says "this is UTF-8" to Excel, which otherwise takes a CSV for the code page of the machine.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table as CSV: UTF-8 with a byte-order mark, commas, line feeds, one header row, every row full.
/// Marks are written as their symbols, numbers as printed but with plain signs, text as [`safe_text()`]. Excel opens line
/// feeds as well as the pairs of Windows, and git compares them the same on every system.
///
/// # Errors
/// When the table has a row of another length than its header, an empty place, or a header twice.
pub fn csv(table: &Table) -> Result<Vec<u8>, TableError> {
    check(table)?;
    let failed = |source: csv::Error| TableError::Csv { table: table.name.clone(), source };
    let mut writer =
        WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(BYTE_ORDER_MARK.to_vec());
    let headers = table.columns.iter().map(|column| safe_text(&column.header));
    writer.write_record(headers.map(|header| header.into_owned())).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => safe_text(text).into_owned(),
        Value::Number(text) => plain_number(text).into_owned(),
        Value::Mark(_) => value.printed().to_owned(),
    }
}

/// A number as programs read it: people are shown a true minus sign and the sign of a rise, which a
/// spreadsheet would take for text.
pub(in crate::publish) fn plain_number(printed: &str) -> Cow<'_, str> {
    match printed.strip_prefix('\u{2212}') {
        Some(magnitude) => Cow::Owned(format!("-{magnitude}")),
        None => Cow::Borrowed(printed.strip_prefix('+').unwrap_or(printed)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn is_written_for_people() {
        let expected = "\u{feff}Department,Number who answered,Change (points),p\n\
            \"Safeguarding, children\",25,-0.13,<0.001\n\
            \"'=Café \"\"West\"\"\",12,0.20,0.040\n\
            Quadrant,[c],[c],[x]\n";
        assert_eq!(String::from_utf8(csv(&table()).expect("written")).expect("UTF-8"), expected);
    }

    #[test]
    fn a_table_without_rows_has_its_header() {
        let mut empty = table();
        empty.rows.clear();
        let text = String::from_utf8(csv(&empty).expect("written")).expect("UTF-8");
        assert_eq!(text, "\u{feff}Department,Number who answered,Change (points),p\n");
    }

    #[test]
    fn comes_back_as_it_went() {
        let written = csv(&table()).expect("written");
        let mut reader = csv::Reader::from_reader(&written[BYTE_ORDER_MARK.len()..]);
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("read");
        assert_eq!(rows.len(), 3);
        assert_eq!(&rows[1][0], "'=Café \"West\"");
    }
}
