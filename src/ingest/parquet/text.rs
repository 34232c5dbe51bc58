//! The rows of a Parquet file as the text of a CSV, some thousand at a time.

use std::io::{self, Read};

use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescPtr;

use super::columns::Cells;
use super::{Text, damaged};
use crate::ingest::decode::NotText;

/// Rows that are made at a time.
const ROWS: usize = 4096;

/// A file while it is read.
pub(super) struct ParquetText<R: ChunkReader> {
    file: SerializedFileReader<R>,
    columns: Vec<ColumnDescPtr>,
    /// Of the row group that is read, with the rows that are left of it; and which group is next.
    readers: Vec<ColumnReader>,
    left: usize,
    next: usize,
    /// Bytes of the file, rows in it, and those that were made.
    size: u64,
    rows: u64,
    made: u64,
    cells: Vec<Cells>,
    /// Text that was made, and how much of it was given.
    text: Vec<u8>,
    given: usize,
}

impl<R: ChunkReader + 'static> ParquetText<R> {
    pub fn of(source: R) -> Result<ParquetText<R>, NotText> {
        let size = source.len();
        let file = SerializedFileReader::new(source).map_err(|error| damaged(&io(error)))?;
        let about = file.metadata().file_metadata();
        let columns = about.schema_descr().columns().to_vec();
        let rows = about.num_rows().unsigned_abs();
        let mut text = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            // Quoted in any case: nothing in a header is taken for what parts the cells.
            push(&mut text, at, column.path().string().as_bytes(), true);
        }
        text.push(b'\n');
        let cells = columns.iter().map(|_| Cells::default()).collect();
        Ok(ParquetText {
            file,
            columns,
            readers: Vec::new(),
            left: 0,
            next: 0,
            size,
            rows,
            made: 0,
            cells,
            text,
            given: 0,
        })
    }

    /// Makes the text of the next rows; nothing at the end.
    fn make(&mut self) -> Result<(), ParquetError> {
        self.text.clear();
        self.given = 0;
        while self.left == 0 {
            if self.next == self.file.num_row_groups() {
                return Ok(());
            }
            let group = self.file.get_row_group(self.next)?;
            self.left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            let readers = (0..self.columns.len()).map(|column| group.get_column_reader(column));
            self.readers = readers.collect::<Result<_, _>>()?;
            self.next += 1;
        }
        let rows = self.left.min(ROWS);
        for ((reader, column), cells) in self.readers.iter_mut().zip(&self.columns).zip(&mut self.cells) {
            cells.read(reader, column, rows)?;
        }
        for row in 0..rows {
            for (at, cells) in self.cells.iter().enumerate() {
                push(&mut self.text, at, cells.cell(row), false);
            }
            self.text.push(b'\n');
        }
        self.left -= rows;
        self.made += rows as u64;
        Ok(())
    }
}

impl<R: ChunkReader + 'static> Read for ParquetText<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.make().map_err(io)?;
        }
        let given = into.len().min(self.text.len() - self.given);
        into[..given].copy_from_slice(&self.text[self.given..self.given + given]);
        self.given += given;
        Ok(given)
    }
}

impl<R: ChunkReader + 'static> Text for ParquetText<R> {
    fn done(&self) -> u64 {
        if self.made == self.rows { self.size } else { self.size / self.rows.max(1) * self.made }
    }
}

fn io(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// Adds a cell behind others of its row, in quotation marks where it needs them. A line end in a cell is
/// a space: a row is a line.
fn push(text: &mut Vec<u8>, at: usize, cell: &[u8], is_quoted: bool) {
    if at > 0 {
        text.push(b',');
    }
    if !is_quoted && !cell.iter().any(|byte| b",\"\r\n".contains(byte)) {
        text.extend_from_slice(cell);
        return;
    }
    text.push(b'"');
    for byte in cell {
        match byte {
            b'"' => text.extend_from_slice(b"\"\""),
            b'\r' | b'\n' => text.push(b' '),
            other => text.push(*other),
        }
    }
    text.push(b'"');
}
