//! The tidy data files as rows of named places.

use std::collections::BTreeMap;

use super::AuditError;
use super::markup::cell;

/// One row of a data file.
#[derive(Clone, Debug, Default)]
pub struct Row {
    places: BTreeMap<String, String>,
}

impl Row {
    /// What stands in a column; empty where the file has no such column.
    pub fn text(&self, column: &str) -> &str {
        self.places.get(column).map_or("", String::as_str)
    }

    pub fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok().filter(|value: &f64| value.is_finite())
    }

    pub fn count(&self, column: &str) -> Option<i64> {
        self.text(column).parse().ok()
    }

    /// Every column that holds something, with what it holds.
    pub fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        self.places
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// The rows of a data file; none of an empty text.
///
/// # Errors
/// When it is no CSV.
pub fn rows(file: &str, text: &str) -> Result<Vec<Row>, AuditError> {
    let malformed = |error: csv::Error| AuditError::malformed(file, error.to_string());
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(malformed)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(malformed)?;
        let places = header.iter().zip(record.iter()).map(|(name, text)| (name.to_owned(), cell(text)));
        rows.push(Row { places: places.collect() });
    }
    Ok(rows)
}
