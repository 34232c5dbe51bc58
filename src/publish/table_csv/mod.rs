//! A table as a CSV file for people, and the CSVW metadata beside it.
//!
//! The CSV is one tidy table: a header row, then full rows, nothing above or below. Title, base,
//! source and notes are not columns of it: a sentence repeated on every row gets in the way of
//! sorting, filtering and pivot tables, and lines above the header break every program that reads
//! CSV. They stand in `NAME.csv-metadata.json`, which the W3C's "CSV on the Web" has readers look
//! for under that very name, and in the workbook and the report beside the same table.

mod metadata;
mod rows;
mod safe_text;

use std::collections::BTreeSet;

pub use metadata::{METADATA, metadata};
pub use rows::csv;
pub(super) use rows::plain_number;
pub use safe_text::safe_text;

use super::table::Table;

/// Why a table cannot be written. Every one of them is a fault in the program, not in the data.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A row is longer or shorter than the header.
    #[error(
        "table `{table}`: row {row} has {found} places under {expected} columns. This is a fault in rmsurvey: please report it."
    )]
    Ragged { table: String, row: usize, found: usize, expected: usize },

    /// A place holds nothing, where a mark should say why.
    #[error(
        "table `{table}`: row {row} has nothing under `{column}`, not even a mark. This is a fault in rmsurvey: please report it."
    )]
    Empty { table: String, row: usize, column: String },

    /// Two columns have the same header, or one has none.
    #[error(
        "table `{table}`: the column header `{column}` is empty or stands there twice. This is a fault in rmsurvey: please report it."
    )]
    Header { table: String, column: String },

    /// The CSV could not be put into words.
    #[error("table `{table}` could not be written as CSV: {source}")]
    Csv { table: String, source: csv::Error },

    /// The metadata could not be put into words.
    #[error("the metadata of table `{table}` could not be written: {source}")]
    Metadata { table: String, source: serde_json::Error },
}

/// Holds a table to the rules of published ones: unique headers, full rows, no empty place.
pub(super) fn check(table: &Table) -> Result<(), TableError> {
    let name = || table.name.clone();
    let mut headers = BTreeSet::new();
    for column in &table.columns {
        if column.header.trim().is_empty() || !headers.insert(&column.header) {
            return Err(TableError::Header { table: name(), column: column.header.clone() });
        }
    }
    for (row, values) in (1..).zip(&table.rows) {
        let (found, expected) = (values.len(), table.columns.len());
        if found != expected {
            return Err(TableError::Ragged { table: name(), row, found, expected });
        }
        for (column, value) in table.columns.iter().zip(values) {
            if value.printed().trim().is_empty() {
                return Err(TableError::Empty { table: name(), row, column: column.header.clone() });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::mark::Mark;
    use crate::publish::table::{Column, Value};

    /// A small table with everything that needs care.
    pub(super) fn table() -> Table {
        let text = |text: &str| Value::Text(text.to_owned());
        let number = |text: &str| Value::Number(text.to_owned());
        Table {
            name: "change".to_owned(),
            title: "Change in mean score by department, 2016 to 2017".to_owned(),
            base: "25 care providers".to_owned(),
            source: "Relationship survey 2016 and 2017".to_owned(),
            notes: vec!["Departments in the order of the questionnaire.".to_owned()],
            columns: vec![
                Column::text("Department"),
                Column::number("Number who answered"),
                Column::number("Change (points)"),
                Column::number("p"),
            ],
            rows: vec![
                vec![text("Safeguarding, children"), number("25"), number("-0.13"), number("<0.001")],
                vec![text("=Café \"West\""), number("12"), number("+0.20"), number("0.040")],
                vec![
                    text("Quadrant"),
                    Value::Mark(Mark::Withheld),
                    Value::Mark(Mark::Withheld),
                    Value::Mark(Mark::NotAvailable),
                ],
            ],
        }
    }

    #[test]
    fn a_table_with_holes_is_refused() {
        assert!(check(&table()).is_ok());
        let mut ragged = table();
        ragged.rows[1].pop();
        assert!(matches!(check(&ragged), Err(TableError::Ragged { row: 2, found: 3, expected: 4, .. })));
        let mut empty = table();
        empty.rows[2][0] = Value::Text(" ".to_owned());
        assert!(matches!(check(&empty), Err(TableError::Empty { row: 3, .. })));
        let mut twice = table();
        twice.columns[3] = Column::number("Change (points)");
        assert!(matches!(check(&twice), Err(TableError::Header { .. })));
    }
}
