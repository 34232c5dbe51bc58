//! A result frame: rows of ids and numbers to a sorted, tidy CSV. The only file that knows polars.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use polars::prelude::{
    ChunkTake, Column, DataFrame, Float64Chunked, IdxSize, IntoColumn, NewChunkedArray, PlHashMap,
    PlSmallStr, PolarsError, StringChunked, UInt64Chunked,
};
use polars_io::csv::write::{CsvSerializer, QuoteStyle, SerializeOptions};

use crate::publish::table_csv::safe_text;

/// What most places take in a file: room that is asked for once.
const BYTES_PER_PLACE: usize = 16;

/// How many rows polars has at a time: few enough that what it makes of them stays near the core.
const ROWS_AT_A_TIME: usize = 1024;

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
}

/// Rows under a header, held by column.
#[derive(Debug, Default)]
pub struct Frame<'a> {
    pub header: Vec<&'static str>,
    columns: Vec<Places<'a>>,
    rows: usize,
}

/// All places of a column, of one kind.
#[derive(Debug)]
enum Places<'a> {
    Texts(Texts<'a>),
    Counts(Vec<Option<u64>>),
    Numbers(Vec<Option<f64>>),
}

/// The texts of a column. Most are ids, the definition's own texts: those that are alike lie at the same
/// place in memory, and are held once.
#[derive(Debug, Default)]
struct Texts<'a> {
    different: Vec<Cow<'a, str>>,
    /// Which of the different texts each is.
    which: Vec<IdxSize>,
    /// By their places in memory.
    known: PlHashMap<(*const u8, usize), IdxSize>,
}

impl<'a> Texts<'a> {
    fn push(&mut self, text: Cow<'a, str>) {
        let at = |text: &Cow<'_, str>| (text.as_ptr(), text.len());
        let last = self.which.last().filter(|last| at(&self.different[**last as usize]) == at(&text));
        let which = last.copied().unwrap_or_else(|| {
            *self.known.entry(at(&text)).or_insert_with(|| {
                self.different.push(text);
                (self.different.len() - 1) as IdxSize
            })
        });
        self.which.push(which);
    }
}

/// A row being written.
#[derive(Debug)]
pub struct Row<'f, 'a> {
    columns: &'f mut Vec<Places<'a>>,
    /// How many rows are expected.
    rows: usize,
    /// The column of the next place.
    next: usize,
}

impl<'a> Row<'_, 'a> {
    /// The next place.
    #[inline] // what it is given is known where it is called
    pub fn push(&mut self, datum: Datum<'a>) {
        if self.next == self.columns.len() {
            self.columns.push(Places::like(&datum, self.rows));
        }
        self.columns[self.next].push(datum);
        self.next += 1;
    }
}

impl<'a> Extend<Datum<'a>> for Row<'_, 'a> {
    fn extend<T: IntoIterator<Item = Datum<'a>>>(&mut self, data: T) {
        data.into_iter().for_each(|datum| self.push(datum));
    }
}

impl<'a> Frame<'a> {
    /// A row per item, each as long as the header and of the same kinds.
    pub fn new<T>(
        header: Vec<&'static str>,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(&mut Row<'_, 'a>, T),
    ) -> Frame<'a> {
        let mut frame = Frame { header, columns: Vec::new(), rows: 0 };
        let items = items.into_iter();
        let rows = items.size_hint().0;
        for item in items {
            write(&mut Row { columns: &mut frame.columns, rows, next: 0 }, item);
            frame.rows += 1;
        }
        frame
    }

    /// As CSV: UTF-8, LF, no byte-order mark, sorted bytewise by the columns named; numbers as the
    /// shortest decimal that reads back to the same double.
    ///
    /// # Errors
    /// What polars refuses, which a frame with rows as long as its header does not provoke.
    pub fn csv(&self, sort_by: &[&str]) -> Result<Vec<u8>, PolarsError> {
        // Names of columns are plain; to write them polars would make a frame of its own.
        let mut bytes = Vec::with_capacity((self.rows + 1) * self.header.len() * BYTES_PER_PLACE);
        bytes.extend_from_slice(self.header.join(",").as_bytes());
        bytes.push(b'\n');
        let columns = self.header.iter().zip(&self.columns);
        let columns: Vec<Source<'_>> = columns.map(|(name, places)| Source::of(name, places)).collect();
        // Each text is quoted where it is one of those that differ, not for each row that has it.
        let options =
            Arc::new(SerializeOptions { quote_style: QuoteStyle::Never, ..SerializeOptions::default() });
        for rows in self.order(sort_by).chunks(ROWS_AT_A_TIME) {
            let columns = columns.iter().map(|column| column.take(rows)).collect::<Result<_, _>>()?;
            let frame = DataFrame::new(rows.len(), columns)?;
            let mut serializer = CsvSerializer::new(Arc::clone(frame.schema()), Arc::clone(&options))?;
            serializer.serialize_to_csv(&frame, &mut bytes)?;
        }
        Ok(bytes)
    }

    /// The rows in order, by what their places in the columns named are among all in those columns.
    fn order(&self, sort_by: &[&str]) -> Vec<usize> {
        let named = sort_by.iter().filter_map(|name| self.header.iter().position(|column| column == name));
        let ranks: Vec<(Vec<usize>, u32)> =
            named.filter_map(|column| self.columns.get(column)).map(Places::ranks).collect();
        let mut order: Vec<usize> = (0..self.rows).collect();
        if ranks.iter().map(|(_, bits)| bits).sum::<u32>() <= u128::BITS {
            let key = |row: usize| ranks.iter().fold(0_u128, |key, (of, bits)| key << bits | of[row] as u128);
            order.sort_by_cached_key(|row| key(*row));
        } else {
            order.sort_by(|&one, &other| {
                let mut orders = ranks.iter().map(|(of, _)| of[one].cmp(&of[other]));
                orders.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            });
        }
        order
    }
}

impl<'a> Places<'a> {
    /// None yet, of the kind of this one.
    fn like(datum: &Datum<'_>, expected: usize) -> Places<'a> {
        match datum {
            Datum::Text(_) => {
                Places::Texts(Texts { which: Vec::with_capacity(expected), ..Texts::default() })
            }
            Datum::Count(_) => Places::Counts(Vec::with_capacity(expected)),
            Datum::Number(_) => Places::Numbers(Vec::with_capacity(expected)),
        }
    }

    #[inline]
    fn push(&mut self, datum: Datum<'a>) {
        match (self, datum) {
            (Places::Texts(texts), Datum::Text(text)) => texts.push(text),
            (Places::Counts(counts), Datum::Count(count)) => counts.push(count),
            (Places::Numbers(numbers), Datum::Number(number)) => numbers.push(number),
            // Of another kind than the first: nothing, in its place.
            (Places::Texts(texts), _) => texts.push(Cow::default()),
            (Places::Counts(counts), _) => counts.push(None),
            (Places::Numbers(numbers), _) => numbers.push(None),
        }
    }

    /// Which of all places each is in their order, an empty one first and texts by their bytes as
    /// written; and how many bits the ranks take.
    fn ranks(&self) -> (Vec<usize>, u32) {
        match self {
            Places::Texts(Texts { different, which, .. }) => {
                let safe: Vec<Cow<'_, str>> = different.iter().map(|text| safe_text(text)).collect();
                let (ranks, bits) = ranks(&safe, |one, other| one.cmp(other));
                (which.iter().map(|which| ranks[*which as usize]).collect(), bits)
            }
            Places::Counts(counts) => ranks(counts, Ord::cmp),
            Places::Numbers(numbers) => {
                let number = |number: &Option<f64>| number.unwrap_or(f64::NEG_INFINITY);
                ranks(numbers, |one, other| number(one).total_cmp(&number(other)))
            }
        }
    }
}

/// A column that polars takes rows of.
struct Source<'p> {
    name: PlSmallStr,
    places: Taken<'p>,
}

enum Taken<'p> {
    /// The different texts as they are written, and which each is.
    Texts(StringChunked, &'p [IdxSize]),
    Counts(&'p [Option<u64>]),
    Numbers(&'p [Option<f64>]),
}

impl<'p> Source<'p> {
    fn of(name: &str, places: &'p Places<'_>) -> Source<'p> {
        let name = PlSmallStr::from_str(name);
        let places = match places {
            Places::Texts(Texts { different, which, .. }) => {
                let written = different.iter().map(|text| {
                    let text = safe_text(text);
                    (!text.is_empty()).then(|| quoted(text))
                });
                Taken::Texts(StringChunked::from_iter_options(name.clone(), written), which)
            }
            Places::Counts(counts) => Taken::Counts(counts),
            Places::Numbers(numbers) => Taken::Numbers(numbers),
        };
        Source { name, places }
    }

    /// These rows, in this order.
    fn take(&self, rows: &[usize]) -> Result<Column, PolarsError> {
        let (name, rows) = (self.name.clone(), rows.iter());
        Ok(match &self.places {
            Taken::Texts(different, which) => {
                let places: Vec<IdxSize> = rows.map(|row| which[*row]).collect();
                different.take(&places)?.into_column()
            }
            Taken::Counts(counts) => {
                UInt64Chunked::from_iter_options(name, rows.map(|row| counts[*row])).into_column()
            }
            Taken::Numbers(numbers) => {
                Float64Chunked::from_iter_options(name, rows.map(|row| numbers[*row])).into_column()
            }
        })
    }
}

/// A text as a field of its own, whatever is in it (RFC 4180).
fn quoted(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text
    }
}

/// Which each is in their order, those that are alike the same; and how many bits that takes.
fn ranks<T>(all: &[T], compare: impl Fn(&T, &T) -> Ordering) -> (Vec<usize>, u32) {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|&one, &other| compare(&all[one], &all[other]));
    let mut ranks = vec![0; all.len()];
    let mut rank = 0;
    for (position, &at) in order.iter().enumerate() {
        let is_other = position > 0 && compare(&all[order[position - 1]], &all[at]).is_ne();
        rank += usize::from(is_other);
        ranks[at] = rank;
    }
    (ranks, usize::BITS - rank.leading_zeros())
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
        let frame = Frame::new(vec!["id", "count", "number"], rows, |row, data| row.extend(data));
        let csv = String::from_utf8(frame.csv(&["id"]).unwrap()).unwrap();
        assert_eq!(csv, "id,count,number\n,1,0.30000000000000004\nB,,2.275\nb,2,\n");
    }

    #[test]
    fn rows_are_sorted_by_every_column_named_as_it_is_written() {
        let row = |id: &'static str, line: Option<u64>| vec![Datum::text(id), Datum::count(line)];
        // "-x" is written as "'-x", which comes after "!" and before "A"; 10 comes after 9.
        let rows =
            vec![row("A", Some(10)), row("-x", None), row("A", None), row("!", None), row("A", Some(9))];
        let frame = Frame::new(vec!["id", "line"], rows, |row, data| row.extend(data));
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
            let frame =
                Frame::new(header[..columns].to_vec(), 0..40, |written, seed| written.extend(row(seed)));
            // What is written comes in the order of what was typed: ids with their apostrophe, and numbers.
            let written = |seed: usize| {
                let id = |datum: &Datum<'_>| match datum {
                    Datum::Text(text) => (safe_text(text).into_owned(), None),
                    Datum::Count(count) => (String::new(), *count),
                    Datum::Number(_) => unreachable!("there are none"),
                };
                row(seed).iter().map(id).collect::<Vec<_>>()
            };
            let mut expected: Vec<usize> = (0..40).collect();
            expected.sort_by_key(|seed| written(*seed));
            assert_eq!(frame.order(&header[..columns]), expected);
        }
    }

    #[test]
    fn texts_are_fields_of_their_own_whatever_is_in_them() {
        let texts = ["a,b", "\"a\"", "a\nb", "a\rb", "", "-1,0", "plain 'a' b"];
        let rows = texts.iter().zip(0_u64..);
        let frame = Frame::new(vec!["text", "line"], rows, |row, (text, line)| {
            row.extend([Datum::text(*text), Datum::count(line)]);
        });
        let csv = frame.csv(&["line"]).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        let read: Vec<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        assert_eq!(read, ["a,b", "\"a\"", "a\nb", "a\rb", "", "'-1,0", "plain 'a' b"]);
    }

    #[test]
    fn rows_beyond_those_taken_at_a_time_follow() {
        let rows = 0..3 * ROWS_AT_A_TIME as u64 + 1;
        let frame = Frame::new(vec!["id", "line"], rows.clone().rev(), |row, line| {
            row.extend([Datum::text(format!("{line:05}")), Datum::count(line)]);
        });
        let lines: String = rows.map(|line| format!("{line:05},{line}\n")).collect();
        assert_eq!(String::from_utf8(frame.csv(&["id"]).unwrap()).unwrap(), format!("id,line\n{lines}"));
    }

    #[test]
    fn a_frame_without_rows_is_its_header() {
        let frame = Frame::new(vec!["id", "count"], 0..0, |row, _| row.push(Datum::count(1)));
        assert_eq!(frame.csv(&["id"]).unwrap(), b"id,count\n");
    }
}
