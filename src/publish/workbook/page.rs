//! A worksheet, written from the top: lines in column A, then one table.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Format, IgnoreError, Table as ExcelTable, TableColumn, TableStyle, Url, Worksheet, XlsxError,
};

use super::cover::Cover;
use super::styles::Styles;
use super::{print, text, widths};
use crate::publish::table_csv::safe_text;

/// In points.
const BELOW_TITLE: f64 = 6.0;
const ABOVE_HEADING: f64 = 9.0;
const ABOVE_TABLE: f64 = 9.0;

/// A worksheet that is being written.
pub struct Page<'w> {
    worksheet: &'w mut Worksheet,
    styles: &'w Styles,
    /// Of column A, which holds the lines above a table as well.
    width: f64,
    /// The next row to write.
    row: u32,
}

/// A column of a table in the workbook.
pub struct Column {
    pub header: String,
    pub numeric: bool,
    pub width: f64,
}

/// A place of a table in the workbook.
pub enum Cell {
    Text(String),
    /// A number, and how many decimals it is printed with.
    Number(f64, usize),
    /// Text in a column of numbers.
    Mark(String),
    /// The name of a worksheet, linked to it.
    Link(String),
}

impl Column {
    pub fn text(header: &str, width: f64) -> Column {
        Column { header: header.to_owned(), numeric: false, width }
    }
}

impl Cell {
    /// What is written; nothing for a number, which never wraps.
    fn words(&self) -> &str {
        match self {
            Cell::Text(words) | Cell::Mark(words) | Cell::Link(words) => words,
            Cell::Number(..) => "",
        }
    }
}

impl<'w> Page<'w> {
    /// Begins a worksheet with its title; `width` is that of column A.
    pub fn new(
        worksheet: &'w mut Worksheet,
        title: &str,
        width: f64,
        cover: &Cover,
        styles: &'w Styles,
    ) -> Result<Page<'w>, XlsxError> {
        print::pages(worksheet, cover);
        worksheet.set_column_width(0, width)?;
        let mut page = Page { worksheet, styles, width, row: 0 };
        page.bold(title, &styles.title, BELOW_TITLE)?;
        Ok(page)
    }

    /// A line of text.
    pub fn line(&mut self, words: &str) -> Result<(), XlsxError> {
        self.height(widths::lines(words, self.width), 0.0)?;
        self.string(0, words, &self.styles.paragraph)?;
        self.row += 1;
        Ok(())
    }

    /// A heading within the worksheet.
    pub fn heading(&mut self, words: &str) -> Result<(), XlsxError> {
        self.bold(words, &self.styles.heading, ABOVE_HEADING)
    }

    /// A link to the beginning of another worksheet.
    pub fn link(&mut self, to: &str, words: &str) -> Result<(), XlsxError> {
        self.height(widths::lines(words, self.width), 0.0)?;
        self.linked(0, to, words)?;
        self.row += 1;
        Ok(())
    }

    /// A table as one of Excel's own. Its header row is repeated on every printed page.
    pub fn table(mut self, name: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        let headers = text::headers(columns.iter().map(|column| column.header.as_str()));
        let described = columns.iter().zip(&headers).map(|(column, header)| {
            let styles = self.styles;
            let format = if column.numeric { &styles.number_header } else { &styles.header };
            TableColumn::new().set_header(header).set_header_format(&*held(header, format))
        });
        let table = ExcelTable::new()
            .set_name(name)
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_autofilter(false)
            .set_columns(&described.collect::<Vec<_>>());
        let too_large = |_| XlsxError::RowColumnLimitError;
        let last_row = self.row + u32::try_from(rows.len()).map_err(too_large)?;
        let last_column = u16::try_from(columns.len().saturating_sub(1)).map_err(too_large)?;
        self.worksheet.add_table(self.row, 0, last_row, last_column, &table)?;
        self.worksheet.set_repeat_rows(self.row, self.row)?;
        // A year is a label here: no warning that it is a number kept as text.
        self.worksheet.ignore_error_range(
            self.row,
            0,
            last_row,
            last_column,
            IgnoreError::NumberStoredAsText,
        )?;
        for (place, column) in (0..).zip(columns) {
            self.worksheet.set_column_width(place, column.width)?;
        }
        let wrapped = columns.iter().zip(&headers);
        self.height(
            tallest(wrapped.map(|(column, header)| (header.as_str(), column.width / widths::BOLD))),
            ABOVE_TABLE,
        )?;
        for cells in rows {
            self.row += 1;
            let words = cells.iter().zip(columns).map(|(cell, column)| (cell.words(), column.width));
            self.height(tallest(words), 0.0)?;
            for (place, cell) in (0..).zip(cells) {
                self.cell(place, cell)?;
            }
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Text(words) => self.string(column, words, &self.styles.text),
            Cell::Mark(words) => self.string(column, words, &self.styles.mark),
            Cell::Link(to) => self.linked(column, to, to),
            Cell::Number(value, decimals) => {
                let format = self.styles.number(*decimals);
                self.worksheet.write_number_with_format(self.row, column, *value, format)?;
                Ok(())
            }
        }
    }

    /// Writes a bold line to column A, with space that no blank row has to give.
    fn bold(&mut self, words: &str, format: &Format, space: f64) -> Result<(), XlsxError> {
        self.height(widths::lines(words, self.width / widths::BOLD), space)?;
        self.string(0, words, format)?;
        self.row += 1;
        Ok(())
    }

    /// Writes text as text, whatever it begins with.
    fn string(&mut self, column: u16, words: &str, format: &Format) -> Result<(), XlsxError> {
        let format = held(words, format);
        self.worksheet.write_string_with_format(self.row, column, text::cell(words), &format)?;
        Ok(())
    }

    fn linked(&mut self, column: u16, to: &str, words: &str) -> Result<(), XlsxError> {
        let url = Url::new(format!("internal:'{to}'!A1")).set_text(words);
        self.worksheet.write_url_with_format(self.row, column, url, &self.styles.link)?;
        Ok(())
    }

    /// Excel finds the height of wrapped rows by itself, other programs do not.
    fn height(&mut self, lines: usize, space: f64) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(self.row, widths::height(lines, space))?;
        Ok(())
    }
}

/// The lines of the tallest of some texts in columns of some widths.
fn tallest<'t>(cells: impl Iterator<Item = (&'t str, f64)>) -> usize {
    cells.map(|(words, width)| widths::lines(words, width)).max().unwrap_or(1)
}

/// A cell of text is never run as it stands. One that reads like a formula would be, once somebody
/// went into it and pressed enter; the prefix keeps it text.
fn held<'f>(words: &str, format: &'f Format) -> Cow<'f, Format> {
    if safe_text(words) == words {
        Cow::Borrowed(format)
    } else {
        Cow::Owned(format.clone().set_quote_prefix())
    }
}
