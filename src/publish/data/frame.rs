//! A result frame: rows of ids and numbers to a sorted, tidy CSV. The only file that knows polars.

use std::borrow::Cow;
use std::cmp::Ordering;

use polars::prelude::{Column, DataFrame, PolarsError};
use polars_io::SerWriter;
use polars_io::csv::write::CsvWriter;

use crate::publish::table_csv::safe_text;

/// One place in a frame.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum<'a> {
    Text(Cow<'a, str>),
    Count(Option<u64>),
    Number(Option<f64>),
}

impl<'a> Datum<'a> {
    /// A text; an empty one is an empty place.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Datum<'a> {
        Datum::Text(text.into())
    }

    /// A number that is whole, or none.
    pub fn count(value: impl Into<Option<u64>>) -> Datum<'a> {
        Datum::Count(value.into())
    }

    /// A number, or none.
    pub fn number(value: impl Into<Option<f64>>) -> Datum<'a> {
        Datum::Number(value.into())
    }

    /// The order of two places in one column, an empty one first; of texts by their bytes as written.
    fn order(&self, other: &Datum<'_>) -> Ordering {
        match (self, other) {
            // Ids are the definition's own texts, so most that are alike are one and the same.
            (Datum::Text(one), Datum::Text(other)) if std::ptr::eq(&**one, &**other) => Ordering::Equal,
            (Datum::Text(one), Datum::Text(other)) if one == other => Ordering::Equal,
            (Datum::Text(one), Datum::Text(other)) => safe_text(one).cmp(&safe_text(other)),
            (Datum::Count(one), Datum::Count(other)) => one.cmp(other),
            (Datum::Number(one), Datum::Number(other)) => {
                let number = |one: &Option<f64>| one.unwrap_or(f64::NEG_INFINITY);
                number(one).total_cmp(&number(other))
            }
            _ => Ordering::Equal,
        }
    }
}

/// Rows under a header; every row as long as the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame<'a> {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Datum<'a>>>,
}

impl Frame<'_> {
    /// As CSV: UTF-8, LF, no byte-order mark, sorted bytewise by the columns named; numbers as the
    /// shortest decimal that reads back to the same double.
    ///
    /// # Errors
    /// What polars refuses, which a frame with rows as long as its header does not provoke.
    pub fn csv(&self, sort_by: &[&str]) -> Result<Vec<u8>, PolarsError> {
        let rows = self.sorted(sort_by);
        let columns = self.header.iter().enumerate().map(|(position, name)| {
            let data = rows.iter().map(|row| &row[position]);
            match rows.first().map(|row| &row[position]) {
                Some(Datum::Count(_)) => Column::new((*name).into(), data.map(count).collect::<Vec<_>>()),
                Some(Datum::Number(_)) => Column::new((*name).into(), data.map(number).collect::<Vec<_>>()),
                _ => Column::new((*name).into(), data.map(text).collect::<Vec<_>>()),
            }
        });
        let mut frame = DataFrame::new(rows.len(), columns.collect())?;
        let mut bytes = Vec::new();
        CsvWriter::new(&mut bytes).n_threads(1).finish(&mut frame)?;
        Ok(bytes)
    }

    /// The rows in order: they come nearly so, and a data frame would build a key of all columns for
    /// every row to sort by.
    fn sorted(&self, sort_by: &[&str]) -> Vec<&[Datum<'_>]> {
        let named = sort_by.iter().filter_map(|name| self.header.iter().position(|column| column == name));
        let named: Vec<usize> = named.collect();
        let mut rows: Vec<&[Datum<'_>]> = self.rows.iter().map(Vec::as_slice).collect();
        rows.sort_by(|one, other| {
            let mut columns = named.iter().map(|&column| one[column].order(&other[column]));
            columns.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        rows
    }
}

fn text<'d>(datum: &'d Datum<'_>) -> Option<Cow<'d, str>> {
    match datum {
        Datum::Text(text) if !text.is_empty() => Some(safe_text(text)),
        _ => None,
    }
}

fn count(datum: &Datum<'_>) -> Option<u64> {
    if let Datum::Count(value) = datum { *value } else { None }
}

fn number(datum: &Datum<'_>) -> Option<f64> {
    if let Datum::Number(value) = datum { *value } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_their_bytes_and_empty_places_stay_empty() {
        let row = |id: &'static str, count: Option<u64>, number: Option<f64>| {
            vec![Datum::text(id), Datum::count(count), Datum::number(number)]
        };
        let rows =
            vec![row("b", Some(2), None), row("B", None, Some(2.275)), row("", Some(1), Some(0.1 + 0.2))];
        let frame = Frame { header: vec!["id", "count", "number"], rows };
        let csv = String::from_utf8(frame.csv(&["id"]).unwrap()).unwrap();
        assert_eq!(csv, "id,count,number\n,1,0.30000000000000004\nB,,2.275\nb,2,\n");
    }

    #[test]
    fn rows_are_sorted_by_every_column_named_as_it_is_written() {
        let row = |id: &'static str, line: Option<u64>| vec![Datum::text(id), Datum::count(line)];
        // "-x" is written as "'-x", which comes after "!" and before "A"; 10 comes after 9.
        let rows =
            vec![row("A", Some(10)), row("-x", None), row("A", None), row("!", None), row("A", Some(9))];
        let frame = Frame { header: vec!["id", "line"], rows };
        let csv = String::from_utf8(frame.csv(&["id", "line"]).unwrap()).unwrap();
        assert_eq!(csv, "id,line\n!,\n'-x,\nA,\nA,9\nA,10\n");
        let backwards = String::from_utf8(frame.csv(&["line", "id"]).unwrap()).unwrap();
        assert_eq!(backwards, "id,line\n!,\n'-x,\nA,\nA,9\nA,10\n");
    }

    #[test]
    fn a_frame_without_rows_is_its_header() {
        let frame = Frame { header: vec!["id", "count"], rows: Vec::new() };
        assert_eq!(frame.csv(&["id"]).unwrap(), b"id,count\n");
    }
}
