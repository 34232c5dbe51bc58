//! Exports as spreadsheets: the cells of one sheet as the text that a CSV would hold.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use csv::StringRecord;
use zip::ZipArchive;

use super::decode::NotText;
use super::extent::{is_whole, of_ods, of_xlsx};
use super::limits::{Extent, MOST_BYTES, too_many_bytes};
use crate::text::harmless;

/// The rows of one sheet that hold anything, each with its number in the sheet.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub name: String,
    pub rows: Vec<(u64, StringRecord)>,
}

/// A cell by its row and column from 0.
type PlacedText = ((u32, u32), String);

/// Whether a file is read as a spreadsheet, by its name.
pub(super) fn is_spreadsheet(file: &str) -> bool {
    let (path, _) = path_and_sheet(file);
    let lower = path.to_lowercase();
    lower.ends_with(".xlsx") || lower.ends_with(".ods")
}

/// `2017/providers.xlsx#Sheet 2` is a file and the sheet within it.
pub(crate) fn path_and_sheet(file: &str) -> (&str, Option<&str>) {
    let at = |end: &str| Some(file.to_lowercase().find(&format!("{end}#"))? + end.len());
    match at(".xlsx").or_else(|| at(".ods")) {
        Some(at) if file.is_char_boundary(at) => (&file[..at], file.get(at + 1..)),
        _ => (file, None),
    }
}

/// Reads the named sheet of a workbook, or its first.
pub(super) fn read_sheet(file: &str, bytes: &[u8]) -> Result<Sheet, NotText> {
    let (path, wanted) = path_and_sheet(file);
    check_size(bytes)?;
    let cells = if path.to_lowercase().ends_with(".ods") {
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let name = chosen(&book.sheet_names(), wanted)?;
        let range = book.worksheet_range(&name).map_err(|error| damaged(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let used = range.used_cells();
        let used = used
            .map(|(row, column, cell)| ((top + row as u32, left + column as u32), text(of_ods_cell(cell))));
        (name, used.collect())
    } else {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let name = chosen(&book.sheet_names(), wanted)?;
        let (mut cells, mut left) = (Vec::new(), MOST_BYTES);
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
            let text = text(cell.get_value().clone());
            // A long text that many cells share is a long text in each of them.
            left = left.checked_sub(text.len() as u64 + 1).ok_or_else(|| too_many_bytes("holds"))?;
            cells.push((cell.get_position(), text));
        }
        (name, cells)
    };
    let (name, cells): (String, Vec<PlacedText>) = cells;
    rows(cells).map(|rows| Sheet { name: harmless(Cow::Owned(name)).into_owned(), rows })
}

fn chosen(names: &[String], wanted: Option<&str>) -> Result<String, NotText> {
    let found = match wanted {
        None => names.first(),
        Some(wanted) => names.iter().find(|name| name.trim().eq_ignore_ascii_case(wanted.trim())),
    };
    found.cloned().ok_or_else(|| {
        let sheets = names.iter().map(|name| format!("\"{}\"", harmless(Cow::Borrowed(name))));
        let sheets: Vec<String> = sheets.collect();
        NotText {
            message: format!("the workbook has no sheet \"{}\"", wanted.unwrap_or_default()),
            advice: format!("name one of its sheets behind the file, after a #: {}", sheets.join(", ")),
        }
    })
}

/// Rows of cells from cells at their places; rows without any cell are left out, as blank lines are.
fn rows(cells: Vec<PlacedText>) -> Result<Vec<(u64, StringRecord)>, NotText> {
    let mut by_row: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
    for ((row, column), text) in cells.into_iter().filter(|(_, text)| !text.is_empty()) {
        by_row.entry(row).or_default().push((column, text));
    }
    // Every row is as wide as the widest: a sheet has no ragged rows.
    let last = |row: &Vec<(u32, String)>| row.iter().map(|(column, _)| *column + 1).max();
    let width = by_row.values().filter_map(last).max().unwrap_or_default() as usize;
    if by_row.is_empty() {
        let advice =
            "name the sheet with the answers behind the file, after a #: \"2017/providers.xlsx#Sheet 2\"";
        return Err(NotText { message: "the sheet is empty".to_owned(), advice: advice.to_owned() });
    }
    Extent { rows: by_row.len() as u64, columns: width as u64 }.check()?;
    let wide = by_row.into_iter().map(|(row, cells)| {
        let mut texts = vec![String::new(); width];
        for (column, text) in cells {
            texts[column as usize] = text;
        }
        (u64::from(row) + 1, StringRecord::from(texts))
    });
    Ok(wide.collect())
}

/// The two readers speak of the same cells in two types.
fn of_ods_cell(cell: &Data) -> DataRef<'_> {
    match cell {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(date) => DataRef::DateTime(*date),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A cell as a CSV would write it: whole numbers without decimals, dates as `2016-06-23T13:56:00`, and
/// nothing that nobody can see.
fn text(cell: DataRef<'_>) -> String {
    let text = match cell {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text,
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::Bool(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) if date.is_datetime() => date_text(date),
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    harmless(Cow::Owned(text)).into_owned()
}

/// To the second: a spreadsheet keeps times as fractions of a day.
fn date_text(date: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    // 13:55:59.999 is 13:56 as typed.
    let rounded = text.parse::<jiff::civil::DateTime>().ok().filter(|_| milli >= 500);
    let rounded = rounded.and_then(|at| at.checked_add(jiff::SignedDuration::from_secs(1)).ok());
    rounded.map_or(text, |at| at.to_string())
}

/// A workbook is an archive: what it unpacks to and how far its sheets go are looked at before it is
/// opened.
fn check_size(bytes: &[u8]) -> Result<(), NotText> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = MOST_BYTES;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| damaged(&error))?;
        // What the archive says of itself is the first thing to look at, and not to be relied on.
        if part.size() > left {
            return Err(too_many_bytes("unpacks to"));
        }
        let name = part.name().map_err(|error| damaged(&error))?.to_lowercase();
        let mut part = part.take(left + 1);
        let (is_xlsx, is_ods) = (name.starts_with("xl/worksheets/"), name == "content.xml");
        let unpacked = if is_xlsx || is_ods {
            let mut text = Vec::new();
            let unpacked = part.read_to_end(&mut text).map_err(|error| damaged(&error))? as u64;
            if unpacked <= left {
                if is_ods && !is_whole(&text) {
                    return Err(damaged(&"it is cut off, or its parts do not fit together"));
                }
                let extents = if is_ods { of_ods(&text)? } else { vec![of_xlsx(&text)] };
                extents.into_iter().try_for_each(Extent::check)?;
            }
            unpacked
        } else {
            std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| damaged(&error))?
        };
        left = left.checked_sub(unpacked).ok_or_else(|| too_many_bytes("unpacks to"))?;
    }
    Ok(())
}

fn damaged(error: &dyn std::fmt::Display) -> NotText {
    NotText {
        message: format!("the workbook cannot be read: {error}"),
        advice: "open it in Excel or LibreOffice and save it again as .xlsx, without a password".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_stands_behind_the_name_of_a_workbook() {
        assert_eq!(path_and_sheet("2017/a.xlsx#Sheet 2"), ("2017/a.xlsx", Some("Sheet 2")));
        assert_eq!(path_and_sheet("2017/a.XLSX"), ("2017/a.XLSX", None));
        assert_eq!(path_and_sheet("2017/#1.csv"), ("2017/#1.csv", None));
        assert!(is_spreadsheet("a.ods#x") && !is_spreadsheet("a.csv"));
    }

    #[test]
    fn cells_are_what_a_csv_would_hold() {
        assert_eq!(text(DataRef::Float(3.0)), "3");
        assert_eq!(text(DataRef::Float(2.5)), "2.5");
        assert_eq!(text(DataRef::Bool(true)), "TRUE");
    }

    #[test]
    fn a_cell_far_away_takes_no_room_and_a_wide_tall_sheet_is_refused() {
        let cell = |row, column| ((row, column), "1".to_owned());
        assert_eq!(rows(vec![cell(0, 0), cell(1_000_000, 1)]).unwrap().len(), 2);
        let diagonal = (0..16_000).map(|at| cell(at, at)).collect();
        assert!(rows(diagonal).is_err());
    }
}
