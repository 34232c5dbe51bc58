//! Rows of ids and numbers as a sorted, tidy CSV.

use std::cmp::Ordering;
use std::collections::HashMap;

use csv::{ByteRecord, Terminator, WriterBuilder};

use crate::publish::table_csv::safe_text;

/// What most places take in a file: room that is asked for once.
const BYTES_PER_PLACE: usize = 16;

/// What is handed on at a time; long for a row, which is written at once where there is room for it.
const BYTES_AT_A_TIME: usize = 64 << 10;

/// One place in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Datum<'a> {
    /// A text; an empty one is an empty place.
    Text(&'a str),
    Count(Option<u64>),
    Number(Option<f64>),
}

impl<'a> Datum<'a> {
    /// A text, or an empty place.
    pub fn text(text: impl Into<Option<&'a str>>) -> Datum<'a> {
        Datum::Text(text.into().unwrap_or_default())
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

/// A place that a row begins with and is sorted by.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// Sorted by its bytes as they are written.
    Id(&'a str),
    /// The number of a line.
    Line(u64),
}

impl Key<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Key::Id(one), Key::Id(other)) => safe_text(one).cmp(&safe_text(other)),
            (Key::Line(one), Key::Line(other)) => one.cmp(other),
            (Key::Id(_), Key::Line(_)) => Ordering::Less,
            (Key::Line(_), Key::Id(_)) => Ordering::Greater,
        }
    }

    /// The same for keys that are certainly alike: most ids are texts of the definition, at one place in
    /// memory.
    fn place(&self) -> (usize, u64) {
        match self {
            Key::Id(id) => (id.as_ptr().addr(), id.len() as u64),
            Key::Line(line) => (0, *line),
        }
    }
}

impl<'a> From<Key<'a>> for Datum<'a> {
    fn from(key: Key<'a>) -> Datum<'a> {
        match key {
            Key::Id(id) => Datum::Text(id),
            Key::Line(line) => Datum::Count(Some(line)),
        }
    }
}

/// A row being written.
#[derive(Debug, Default)]
pub struct Row(ByteRecord);

impl Row {
    /// The next place; a number as the shortest decimal that reads back to the same double.
    pub fn push(&mut self, datum: Datum<'_>) {
        match datum {
            Datum::Text(text) => self.0.push_field(safe_text(text).as_bytes()),
            Datum::Count(Some(count)) => self.0.push_field(itoa::Buffer::new().format(count).as_bytes()),
            Datum::Number(Some(number)) => self.0.push_field(zmij::Buffer::new().format(number).as_bytes()),
            Datum::Count(None) | Datum::Number(None) => self.0.push_field(b""),
        }
    }
}

impl<'a> Extend<Datum<'a>> for Row {
    fn extend<T: IntoIterator<Item = Datum<'a>>>(&mut self, data: T) {
        data.into_iter().for_each(|datum| self.push(datum));
    }
}

/// Rows under a header, sorted by what each begins with; `rest` writes what follows that. UTF-8, LF, no
/// byte-order mark.
///
/// # Errors
/// Where a row is longer or shorter than the header.
pub fn csv<'a, T, const KEYS: usize>(
    header: &[&str],
    rows: impl IntoIterator<Item = ([Key<'a>; KEYS], T)>,
    rest: impl Fn(&mut Row, &T),
) -> csv::Result<Vec<u8>> {
    let (keys, items): (Vec<[Key<'a>; KEYS]>, Vec<T>) = rows.into_iter().unzip();
    let bytes = Vec::with_capacity((items.len() + 1) * header.len() * BYTES_PER_PLACE);
    let mut file = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(BYTES_AT_A_TIME)
        .from_writer(bytes);
    file.write_record(header)?;
    let mut row = Row::default();
    for at in order(&keys) {
        row.0.clear();
        row.extend(keys[at].iter().map(|key| Datum::from(*key)));
        rest(&mut row, &items[at]);
        file.write_byte_record(&row.0)?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

/// The order of rows by their keys; of those alike, as they came.
fn order<const KEYS: usize>(keys: &[[Key<'_>; KEYS]]) -> impl Iterator<Item = usize> {
    let ranks: [Vec<u32>; KEYS] = std::array::from_fn(|column| ranks(keys.iter().map(|row| row[column])));
    let ranks_of = |row: usize| std::array::from_fn(|column| ranks[column][row]);
    let mut order: Vec<([u32; KEYS], usize)> = (0..keys.len()).map(|row| (ranks_of(row), row)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, row)| row)
}

/// Which each key is in the order of them all, those that are alike the same.
fn ranks<'a>(keys: impl Iterator<Item = Key<'a>>) -> Vec<u32> {
    let mut known = HashMap::new();
    let mut different = Vec::new();
    let mut last = None;
    let which = keys.map(|key| {
        let place = key.place();
        let which = match last {
            // Most are as in the row before.
            Some((at, which)) if at == place => which,
            _ => *known.entry(place).or_insert_with(|| {
                different.push(key);
                different.len() - 1
            }),
        };
        last = Some((place, which));
        which
    });
    let which: Vec<usize> = which.collect();

    let mut order: Vec<usize> = (0..different.len()).collect();
    order.sort_by(|&one, &other| different[one].compare(&different[other]));
    let mut ranks = vec![0; different.len()];
    for neighbours in order.windows(2) {
        let is_other = different[neighbours[0]].compare(&different[neighbours[1]]).is_ne();
        ranks[neighbours[1]] = ranks[neighbours[0]] + u32::from(is_other);
    }
    which.into_iter().map(|which| ranks[which]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(written: csv::Result<Vec<u8>>) -> String {
        String::from_utf8(written.unwrap()).unwrap()
    }

    #[test]
    fn rows_are_sorted_by_their_bytes_and_empty_places_stay_empty() {
        let rows: [(&str, Option<u64>, Option<f64>); 3] =
            [("b", Some(2), None), ("B", None, Some(2.275)), ("", Some(1), Some(0.1 + 0.2))];
        let rows = rows.iter().map(|(id, count, number)| ([Key::Id(id)], (*count, *number)));
        let written = csv(&["id", "count", "number"], rows, |row, (count, number)| {
            row.extend([Datum::count(*count), Datum::number(*number)]);
        });
        assert_eq!(text(written), "id,count,number\n,1,0.30000000000000004\nB,,2.275\nb,2,\n");
    }

    #[test]
    fn rows_are_sorted_by_texts_as_they_are_written_and_by_numbers() {
        // "-x" is written as "'-x", which comes after "!" and before "A"; 10 comes after 9.
        let rows = [("A", 10), ("-x", 1), ("A", 2), ("!", 3), ("A", 9)];
        let by_id = rows.iter().map(|(id, line)| ([Key::Id(id), Key::Line(*line)], ()));
        let by_id = csv(&["id", "line"], by_id, |_, ()| ());
        assert_eq!(text(by_id), "id,line\n!,3\n'-x,1\nA,2\nA,9\nA,10\n");
        let by_line = rows.iter().map(|(id, line)| ([Key::Line(*line), Key::Id(id)], ()));
        let by_line = csv(&["line", "id"], by_line, |_, ()| ());
        assert_eq!(text(by_line), "line,id\n1,'-x\n2,A\n3,!\n9,A\n10,A\n");
    }

    #[test]
    fn ids_are_alike_by_their_letters_wherever_they_lie_in_memory() {
        let ids = ["b", "a", "-x", "", "'-x", "a"].map(str::to_owned);
        assert_eq!(ranks(ids.iter().map(|id| Key::Id(id))), [3, 2, 1, 0, 1, 2]);
    }

    #[test]
    fn texts_are_fields_of_their_own_whatever_is_in_them() {
        let texts = ["a,b", "\"a\"", "a\nb", "a\rb", "", "-1,0", "plain 'a' b"];
        let rows = texts.iter().zip(0..).map(|(text, line)| ([Key::Line(line)], *text));
        let written = csv(&["line", "text"], rows, |row, text| row.push(Datum::text(*text)));
        let written = written.unwrap();
        let mut reader = csv::Reader::from_reader(written.as_slice());
        let read: Vec<String> = reader.records().map(|record| record.unwrap()[1].to_owned()).collect();
        assert_eq!(read, ["a,b", "\"a\"", "a\nb", "a\rb", "", "'-1,0", "plain 'a' b"]);
    }

    #[test]
    fn rows_alike_stay_as_they_came() {
        let rows = [("b", 1), ("a", 2), ("b", 3), ("a", 4), ("b", 5)];
        let rows = rows.map(|(id, line)| ([Key::Id(id)], line));
        let written = csv(&["id", "line"], rows, |row, line| row.push(Datum::count(*line)));
        assert_eq!(text(written), "id,line\na,2\na,4\nb,1\nb,3\nb,5\n");
    }

    #[test]
    fn a_row_longer_than_what_is_handed_on_at_a_time_is_whole() {
        let long = "a,".repeat(BYTES_AT_A_TIME);
        let rows = [([Key::Line(1)], "b"), ([Key::Line(2)], &long), ([Key::Line(3)], "c")];
        let written = csv(&["line", "text"], rows, |row, text| row.push(Datum::text(*text)));
        assert_eq!(text(written), format!("line,text\n1,b\n2,\"{long}\"\n3,c\n"));
    }

    #[test]
    fn a_row_is_as_long_as_its_header() {
        let short = csv(&["id", "count"], [([Key::Id("a")], ())], |_, ()| ());
        assert!(matches!(short.unwrap_err().kind(), csv::ErrorKind::UnequalLengths { .. }));
    }

    #[test]
    fn without_rows_there_is_the_header() {
        let none: [([Key<'_>; 1], ()); 0] = [];
        let none = csv(&["id", "count"], none, |row, ()| row.push(Datum::count(1)));
        assert_eq!(text(none), "id,count\n");
    }
}
