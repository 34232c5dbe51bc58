//! A published table on a worksheet of its own, with what explains it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cover::Cover;
use super::names;
use super::notes::Notes;
use super::page::{Cell, Column, Page};
use super::styles::Styles;
use super::widths;
use crate::publish::mark::Mark;
use crate::publish::table::{Table, Value};
use crate::publish::table_csv::plain_number;
use crate::words::listed;

pub const ONE_TABLE: &str = "This worksheet contains one table.";

/// Column A holds the lines above the table as well, so it is never narrow.
const FIRST_COLUMN: f64 = 44.0;
const WIDEST_FIRST_COLUMN: f64 = 60.0;

/// Writes the worksheet of a table.
pub fn write(
    worksheet: &mut Worksheet,
    number: usize,
    table: &Table,
    notes: &Notes<'_>,
    cover: &Cover,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let numbers = notes.numbers(table);
    let markers: String = numbers.iter().map(|number| format!(" [note {number}]")).collect();
    let columns = columns(table);
    let width = columns.first().map_or(FIRST_COLUMN, |first| first.width);
    let mut page = Page::new(worksheet, &format!("{}{markers}", table.title), width, cover, styles)?;
    page.line(ONE_TABLE)?;
    if !table.base.trim().is_empty() {
        page.line(&format!("Who answered: {}", table.base))?;
    }
    if !numbers.is_empty() {
        page.link(names::NOTES, &refers_to(&numbers))?;
    }
    for mark in marks(table) {
        page.line(&format!("{} means {}", mark.symbol(), mark.meaning()))?;
    }
    page.line(&format!("Source: {}", table.source))?;
    page.link(names::CONTENTS, "Back to contents")?;
    page.table(&names::table(number, &table.name), &columns, &rows(table))
}

/// "Notes 1, 4 and 7 to 12 are in the worksheet Notes".
fn refers_to(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|before, after| before + 1 == *after);
    let texts: Vec<String> = runs
        .flat_map(|run| match run {
            [first, _, .., last] => vec![format!("{first} to {last}")],
            few => few.iter().map(ToString::to_string).collect(),
        })
        .collect();
    let (notes, are) = if numbers.len() == 1 { ("Note", "is") } else { ("Notes", "are") };
    format!("{notes} {} {are} in the worksheet {}", listed(&texts), names::NOTES)
}

fn columns(table: &Table) -> Vec<Column> {
    let columns = table.columns.iter().enumerate().map(|(place, column)| {
        let values = table.rows.iter().filter_map(|row| row.get(place)).map(Value::printed);
        let width = match (place, column.numeric) {
            (0, _) => values.map(widths::of).fold(FIRST_COLUMN, f64::max).min(WIDEST_FIRST_COLUMN),
            (_, true) => widths::numbers(&column.header, values),
            (_, false) => widths::text(&column.header, values),
        };
        Column { header: column.header.clone(), numeric: column.numeric, width }
    });
    columns.collect()
}

/// The rows of a table. Excel wants at least one: a table without any says that there is nothing.
fn rows(table: &Table) -> Vec<Vec<Cell>> {
    if table.rows.is_empty() {
        let nothing = || Cell::Mark(Mark::NotAvailable.symbol().to_owned());
        return vec![table.columns.iter().map(|_| nothing()).collect()];
    }
    let cell = |(place, value): (usize, &Value)| {
        let numeric = table.columns.get(place).is_some_and(|column| column.numeric);
        cell(value, numeric)
    };
    table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect()
}

fn cell(value: &Value, numeric: bool) -> Cell {
    let words = value.printed().to_owned();
    match (value, numeric) {
        (Value::Number(printed), _) => number(printed).unwrap_or(Cell::Mark(words)),
        (_, true) => Cell::Mark(words),
        (_, false) => Cell::Text(words),
    }
}

/// A number with the decimals that it is printed with; `None` for one that is said in words or with
/// a sign such as "<0.001".
fn number(printed: &str) -> Option<Cell> {
    let plain = plain_number(printed);
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    let value = if is_number { plain.parse().ok()? } else { return None };
    Some(Cell::Number(value, digits.split_once('.').map_or(0, |(_, decimals)| decimals.len())))
}

/// The marks to explain.
fn marks(table: &Table) -> Vec<Mark> {
    let mut marks: Vec<Mark> = table.marks().into_iter().collect();
    if table.rows.is_empty() {
        marks.push(Mark::NotAvailable);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_the_decimals_that_people_see() {
        let of = |printed: &str| match number(printed) {
            Some(Cell::Number(value, decimals)) => Some((value, decimals)),
            _ => None,
        };
        assert_eq!(of("2.30"), Some((2.3, 2)));
        assert_eq!(of("+0.22"), Some((0.22, 2)));
        assert_eq!(of("\u{2212}0.13"), Some((-0.13, 2)));
        assert_eq!(of("77"), Some((77.0, 0)));
        for words in ["<0.001", "12%", "1,234", "1e3", "inf", "1.2.3", "-", "", ".5"] {
            assert_eq!(of(words), None, "{words}");
        }
    }

    #[test]
    fn notes_are_referred_to_by_number() {
        assert_eq!(refers_to(&[3]), "Note 3 is in the worksheet Notes");
        assert_eq!(refers_to(&[1, 2, 5]), "Notes 1, 2 and 5 are in the worksheet Notes");
        assert_eq!(refers_to(&[2, 4, 5, 6]), "Notes 2 and 4 to 6 are in the worksheet Notes");
        assert_eq!(refers_to(&[4, 5, 6]), "Notes 4 to 6 are in the worksheet Notes");
    }
}
