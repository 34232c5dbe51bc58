//! A result frame: rows of ids and numbers to a sorted, tidy CSV. The only file that knows polars.

use std::borrow::Cow;

use polars::prelude::{Column, DataFrame, PolarsError, SortMultipleOptions};
use polars_io::SerWriter;
use polars_io::csv::write::CsvWriter;

use crate::publish::table_csv::safe_text;

/// One place in a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    Text(String),
    Count(Option<u64>),
    Number(Option<f64>),
}

impl Datum {
    /// A text; an empty one is an empty place.
    pub fn text(text: impl Into<String>) -> Datum {
        Datum::Text(text.into())
    }

    /// A number that is whole, or none.
    pub fn count(value: impl Into<Option<u64>>) -> Datum {
        Datum::Count(value.into())
    }

    /// A number, or none.
    pub fn number(value: impl Into<Option<f64>>) -> Datum {
        Datum::Number(value.into())
    }
}

/// Rows under a header; every row as long as the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Datum>>,
}

impl Frame {
    /// As CSV: UTF-8, LF, no byte-order mark, sorted bytewise by the columns named; numbers as the
    /// shortest decimal that reads back to the same double.
    ///
    /// # Errors
    /// What polars refuses, which a frame with rows as long as its header does not provoke.
    pub fn csv(&self, sort_by: &[&str]) -> Result<Vec<u8>, PolarsError> {
        let columns = self.header.iter().enumerate().map(|(position, name)| {
            let data = self.rows.iter().map(|row| &row[position]);
            match self.rows.first().map(|row| &row[position]) {
                Some(Datum::Count(_)) => Column::new((*name).into(), data.map(count).collect::<Vec<_>>()),
                Some(Datum::Number(_)) => Column::new((*name).into(), data.map(number).collect::<Vec<_>>()),
                _ => Column::new((*name).into(), data.map(text).collect::<Vec<_>>()),
            }
        });
        let frame = DataFrame::new(self.rows.len(), columns.collect())?;
        let mut sorted = frame.sort(sort_by.iter().copied(), SortMultipleOptions::default())?;
        let mut bytes = Vec::new();
        CsvWriter::new(&mut bytes).n_threads(1).finish(&mut sorted)?;
        Ok(bytes)
    }
}

fn text(datum: &Datum) -> Option<Cow<'_, str>> {
    match datum {
        Datum::Text(text) if !text.is_empty() => Some(safe_text(text)),
        _ => None,
    }
}

fn count(datum: &Datum) -> Option<u64> {
    if let Datum::Count(value) = datum { *value } else { None }
}

fn number(datum: &Datum) -> Option<f64> {
    if let Datum::Number(value) = datum { *value } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_their_bytes_and_empty_places_stay_empty() {
        let row = |id: &str, count: Option<u64>, number: Option<f64>| {
            vec![Datum::text(id), Datum::count(count), Datum::number(number)]
        };
        let rows =
            vec![row("b", Some(2), None), row("B", None, Some(2.275)), row("", Some(1), Some(0.1 + 0.2))];
        let frame = Frame { header: vec!["id", "count", "number"], rows };
        let csv = String::from_utf8(frame.csv(&["id"]).unwrap()).unwrap();
        assert_eq!(csv, "id,count,number\n,1,0.30000000000000004\nB,,2.275\nb,2,\n");
    }

    #[test]
    fn a_frame_without_rows_is_its_header() {
        let frame = Frame { header: vec!["id", "count"], rows: Vec::new() };
        assert_eq!(frame.csv(&["id"]).unwrap(), b"id,count\n");
    }
}
