//! A result frame: rows of ids and numbers to a sorted, tidy CSV. The only file that knows polars.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

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
                _ => Column::new((*name).into(), texts(data)),
            }
        });
        let mut frame = DataFrame::new(rows.len(), columns.collect())?;
        let mut bytes = Vec::new();
        CsvWriter::new(&mut bytes).n_threads(1).finish(&mut frame)?;
        Ok(bytes)
    }

    /// The rows in order, by what their places in the columns named are among all in those columns.
    fn sorted(&self, sort_by: &[&str]) -> Vec<&[Datum<'_>]> {
        let named = sort_by.iter().filter_map(|name| self.header.iter().position(|column| column == name));
        let named: Vec<usize> = named.collect();
        let mut keys = vec![0_u128; self.rows.len()];
        let mut used = 0;
        for &column in &named {
            let (ranks, count) = ranks(self.rows.iter().map(|row| &row[column]));
            let bits = usize::BITS - count.leading_zeros();
            used += bits;
            keys.iter_mut().zip(ranks).for_each(|(key, rank)| *key = *key << bits | rank as u128);
        }
        let mut rows: Vec<(u128, &[Datum<'_>])> =
            keys.into_iter().zip(self.rows.iter().map(Vec::as_slice)).collect();
        if used <= u128::BITS {
            rows.sort_by_key(|(key, _)| *key);
        } else {
            rows.sort_by(|(_, one), (_, other)| {
                let mut columns = named.iter().map(|&column| one[column].order(&other[column]));
                columns.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            });
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// Which of all places in a column each is in their order, and how many there are that differ. Ids are
/// the definition's own texts, so most that are alike lie at the same place in memory.
fn ranks<'d>(column: impl Iterator<Item = &'d Datum<'d>>) -> (Vec<usize>, usize) {
    let mut known: HashMap<(*const u8, usize), usize> = HashMap::new();
    let mut different: Vec<&Datum<'_>> = Vec::new();
    let which = column.map(|datum| {
        let next = different.len();
        let at = match datum {
            Datum::Text(text) => *known.entry((text.as_ptr(), text.len())).or_insert(next),
            _ => next,
        };
        if at == next {
            different.push(datum);
        }
        at
    });
    let which: Vec<usize> = which.collect();
    let mut order: Vec<usize> = (0..different.len()).collect();
    order.sort_by(|&one, &other| different[one].order(different[other]));
    let mut ranks = vec![0; different.len()];
    let mut rank = 0;
    for (position, &at) in order.iter().enumerate() {
        let is_other = position > 0 && different[order[position - 1]].order(different[at]).is_ne();
        rank += usize::from(is_other);
        ranks[at] = rank;
    }
    (which.into_iter().map(|at| ranks[at]).collect(), rank + 1)
}

/// The texts of a column, each looked at once where it stands in a run of the same.
fn texts<'d>(data: impl Iterator<Item = &'d Datum<'d>>) -> Vec<Option<Cow<'d, str>>> {
    let mut last: (&str, Option<&str>) = ("", None);
    let safe = |datum: &'d Datum<'d>| {
        let Datum::Text(text) = datum else { return None };
        if text.is_empty() {
            return None;
        }
        if !std::ptr::eq(last.0, &**text) {
            let Cow::Borrowed(safe) = safe_text(text) else { return Some(safe_text(text)) };
            last = (text, Some(safe));
        }
        last.1.map(Cow::Borrowed)
    };
    data.map(safe).collect()
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
    fn rows_are_in_the_order_of_their_places_however_many_columns_are_named() {
        // Texts alike at places of their own, and at one; enough columns that they fill more than a key.
        let ids = ["b", "a", "c", "", "-x"];
        let header: Vec<&'static str> = (0..60).map(|at| &*format!("c{at}").leak()).collect();
        for columns in [2, 60] {
            let row = |seed: usize| {
                let datum = |at: usize| match (seed * 7 + at * 3) % 5 {
                    _ if at + 1 == columns => Datum::count((!seed.is_multiple_of(3)).then_some(seed as u64)),
                    id if seed.is_multiple_of(2) => Datum::text(ids[id]),
                    id => Datum::text(ids[id].to_owned()),
                };
                (0..columns).map(datum).collect::<Vec<_>>()
            };
            let frame = Frame { header: header[..columns].to_vec(), rows: (0..40).map(row).collect() };
            let sorted = frame.sorted(&header[..columns]);
            let order = |one: &[Datum<'_>], other: &[Datum<'_>]| {
                one.iter().zip(other).map(|(one, other)| one.order(other)).find(|it| it.is_ne())
            };
            assert!(sorted.windows(2).all(|two| order(two[0], two[1]) != Some(Ordering::Greater)));
            assert_eq!(sorted.len(), 40);
        }
    }

    #[test]
    fn a_frame_without_rows_is_its_header() {
        let frame = Frame { header: vec!["id", "count"], rows: Vec::new() };
        assert_eq!(frame.csv(&["id"]).unwrap(), b"id,count\n");
    }
}
