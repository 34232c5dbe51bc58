//! The report and the charts: what they print, set beside the tables.
//!
//! The tables of the report go through the same reader as the CSV tables. A chart says what the
//! table of its name says, so every value printed in it must stand in that table; what is drawn is
//! looked at row by row.

use std::collections::BTreeSet;

use super::drawing;
use super::files::TextFile;
use super::finding::{Finding, Method, Report};
use super::markup::{blocks, text_of};
use super::tables::Table;
use super::world::Address;

/// The tables of an HTML page, with their captions as titles.
pub fn html_tables(page: &TextFile) -> Vec<Table> {
    let mut tables = Vec::new();
    for (number, table) in blocks(&page.text, "<table", "</table>").enumerate() {
        let caption = blocks(table, "<caption", "</caption>").next().unwrap_or_default();
        let title = blocks(caption, "<span class=\"title\"", "</span>\n").next().unwrap_or(caption);
        let rows: Vec<Vec<String>> = blocks(table, "<tr", "</tr>").map(cells).collect();
        let mut rows = rows.into_iter();
        tables.push(Table {
            file: format!("{}, table {}", page.name, number + 1),
            name: String::new(),
            title: text_of(title),
            header: rows.next().unwrap_or_default(),
            rows: rows.collect(),
        });
    }
    tables
}

fn cells(row: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = row;
    while let Some(start) = rest.find("<t").filter(|_| !rest.is_empty()) {
        let inner = &rest[start..];
        let ending = if inner.starts_with("<th") { "</th>" } else { "</td>" };
        let is_cell = inner.starts_with("<th") || inner.starts_with("<td");
        let Some(end) = inner.find(ending).filter(|_| is_cell) else {
            rest = &inner[2..];
            continue;
        };
        cells.push(text_of(&inner[..end]));
        rest = &inner[end + ending.len()..];
    }
    cells
}

/// Every chart of a page against the table of its name.
pub fn charts(page: &TextFile, tables: &[Table], report: &mut Report) {
    for chart in blocks(&page.text, "<svg", "</svg>") {
        let Some(name) =
            chart.split("aria-labelledby=\"chart-").nth(1).and_then(|it| it.split("-title").next())
        else {
            continue;
        };
        report.count("charts", 1);
        let name = name.trim_end_matches("-inline");
        let Some(table) = tables.iter().find(|table| table.name == name) else {
            report.notes.push(format!("{}: the chart {name} has no table of its name", page.name));
            continue;
        };
        let printed: BTreeSet<&str> =
            table.rows.iter().flat_map(|row| row.iter().skip(1)).map(String::as_str).collect();
        let finding = |value: String| Finding {
            method: Method::Shown,
            address: Address { department: name.to_owned(), ..Address::default() },
            value,
            from: page.name.clone(),
        };
        let (around, drawn) = chart.split_once("aria-hidden").unwrap_or(("", chart));
        drawing::check(&page.name, (around, drawn), table, report);
        for text in blocks(drawn, "<text", "</text>").map(text_of).filter(|text| is_score(text)) {
            if !printed.contains(text.as_str()) {
                report.findings.push(finding(format!("prints {text}, which its table does not have")));
            }
        }
    }
}

/// A text that goes with a chart: its numbers stand in the table of its name.
pub fn description(file: &str, text: &str, tables: &[Table], report: &mut Report) {
    let stem = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".png");
    let name = stem.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches('-');
    if let Some(table) = tables.iter().find(|table| table.name == name) {
        drawing::check(file, (text, ""), table, report);
    }
}

/// "2.45": a score as tables and charts print it.
pub fn is_score(text: &str) -> bool {
    let Some((whole, part)) = text.split_once('.') else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part) && part.len() == 2
}
