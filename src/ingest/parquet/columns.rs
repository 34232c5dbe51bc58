//! The values of a column as the text that stands for them in an export.

use std::fmt::Display;
use std::io::Write;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Span};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

/// What stands for values that are neither text nor numbers nor dates.
const UNREADABLE: &[u8] = b"(neither a text nor a number)";

/// Some cells of a column, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    pub fn cell(&self, row: usize) -> &[u8] {
        let begin = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[begin..self.ends[row]]
    }

    /// Reads the cells of so many rows.
    pub fn read(&mut self, reader: &mut ColumnReader, column: &ColumnDescPtr, rows: usize) -> Result<()> {
        self.text.clear();
        self.ends.clear();
        if column.max_rep_level() > 0 {
            // Lists have no place in a row of cells.
            (0..rows).for_each(|_| self.end(UNREADABLE));
            return Ok(());
        }
        let kind = Kind::of(column);
        let least = column.max_def_level();
        match reader {
            ColumnReader::BoolColumnReader(it) => self.values(it, least, rows, |value, text| {
                text.extend(if *value { &b"true"[..] } else { b"false" });
            }),
            ColumnReader::Int32ColumnReader(it) => {
                let wide = |value: i32| {
                    if kind == Kind::Unsigned { value.cast_unsigned().into() } else { value.into() }
                };
                self.values(it, least, rows, |value, text| kind.write(wide(*value), text))
            }
            ColumnReader::Int64ColumnReader(it) => {
                self.values(it, least, rows, |value, text| kind.write(*value, text))
            }
            ColumnReader::FloatColumnReader(it) => {
                self.values(it, least, rows, |value, text| number(f64::from(*value), text))
            }
            ColumnReader::DoubleColumnReader(it) => {
                self.values(it, least, rows, |value, text| number(*value, text))
            }
            ColumnReader::ByteArrayColumnReader(it) => self.values(it, least, rows, |value, text| {
                text.extend(if kind == Kind::Other { UNREADABLE } else { value.data() });
            }),
            ColumnReader::Int96ColumnReader(it) => {
                self.values(it, least, rows, |_, text| text.extend(UNREADABLE))
            }
            ColumnReader::FixedLenByteArrayColumnReader(it) => {
                self.values(it, least, rows, |_, text| text.extend(UNREADABLE))
            }
        }
    }

    fn end(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        self.ends.push(self.text.len());
    }

    /// Reads values, of which those below a level are not there.
    fn values<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        least: i16,
        rows: usize,
        write: impl Fn(&T::T, &mut Vec<u8>),
    ) -> Result<()> {
        let (mut levels, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let (read, ..) = reader.read_records(rows, (least > 0).then_some(&mut levels), None, &mut values)?;
        if read != rows {
            return Err(ParquetError::EOF("a column has fewer values than there are rows".to_owned()));
        }
        let mut values = values.iter();
        for row in 0..rows {
            let is_there = least == 0 || levels.get(row) == Some(&least);
            if let Some(value) = values.by_ref().take(usize::from(is_there)).next() {
                write(value, &mut self.text);
            }
            self.ends.push(self.text.len());
        }
        Ok(())
    }
}

/// What the whole numbers and the texts of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    /// Never negative.
    Unsigned,
    Date,
    /// A date with its time, in so many parts of a second.
    Time(i64),
    Other,
}

impl Kind {
    fn of(column: &ColumnDescPtr) -> Kind {
        if let Some(LogicalType::Timestamp(of)) = column.logical_type_ref() {
            return Kind::Time(match of.unit {
                TimeUnit::MILLIS => 1_000,
                TimeUnit::MICROS => 1_000_000,
                TimeUnit::NANOS => 1_000_000_000,
            });
        }
        match column.converted_type() {
            ConvertedType::DATE => Kind::Date,
            ConvertedType::TIMESTAMP_MILLIS => Kind::Time(1_000),
            ConvertedType::TIMESTAMP_MICROS => Kind::Time(1_000_000),
            ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64 => Kind::Unsigned,
            ConvertedType::NONE
            | ConvertedType::UTF8
            | ConvertedType::ENUM
            | ConvertedType::JSON
            | ConvertedType::INT_8
            | ConvertedType::INT_16
            | ConvertedType::INT_32
            | ConvertedType::INT_64 => Kind::Plain,
            _ => Kind::Other,
        }
    }

    /// Writes a whole number as what it is.
    fn write(self, value: i64, text: &mut Vec<u8>) {
        let date = match self {
            Kind::Plain => return show(value, text),
            Kind::Unsigned => return show(value.cast_unsigned(), text),
            Kind::Other => None,
            Kind::Date => date(value).map(|date| date.to_string()),
            Kind::Time(parts) => time(value, parts).map(|time| time.to_string()),
        };
        text.extend(date.as_deref().map_or(UNREADABLE, str::as_bytes));
    }
}

/// A day by its number, counted from 1970.
fn date(day: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(day).ok()?).ok()
}

fn time(value: i64, parts: i64) -> Option<DateTime> {
    let nanoseconds = value.rem_euclid(parts) * (1_000_000_000 / parts);
    let since = SignedDuration::new(value.div_euclid(parts), i32::try_from(nanoseconds).ok()?);
    Date::constant(1970, 1, 1).at(0, 0, 0, 0).checked_add(since).ok()
}

/// Whole numbers as such, also where blanks among them have made a column of fractions of it.
fn number(value: f64, text: &mut Vec<u8>) {
    match value {
        it if it.is_nan() => {}
        it if it.fract() == 0.0 && it.abs() < 1e15 => show(it as i64, text),
        it => show(it, text),
    }
}

fn show(value: impl Display, text: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = write!(text, "{value}");
}
