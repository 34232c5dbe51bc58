//! The report and the charts: what they print, set beside the tables.
//!
//! The tables of the report go through the same reader as the CSV tables. A chart says what the
//! table of its name says, so every value printed in it must stand in that table, and it may have
//! no more marks than values.

use std::collections::{BTreeMap, BTreeSet};

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
        let title = blocks(caption, "<span class=\"title\"", "\n").next().unwrap_or(caption);
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
        let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
        for text in table.rows.iter().flat_map(|row| row.iter().skip(1)) {
            *printed.entry(text.as_str()).or_insert(0) += 1;
        }
        let finding = |value: String| Finding {
            method: Method::Shown,
            address: Address { department: name.to_owned(), ..Address::default() },
            value,
            from: page.name.clone(),
        };
        let (around, drawn) = chart.split_once("aria-hidden").unwrap_or(("", chart));
        drawing::check(&page.name, (around, drawn), table, report);
        for text in blocks(drawn, "<text", "</text>").map(text_of).filter(|text| is_score(text)) {
            if !printed.contains_key(text.as_str()) {
                report.findings.push(finding(format!("prints {text}, which its table does not have")));
            }
        }
        let marks = circles(drawn).len();
        let has_scores = printed.keys().any(|text| is_score(text));
        let is_value = |text: &str| {
            if has_scores { is_score(text) } else { text.bytes().any(|byte| byte.is_ascii_digit()) }
        };
        let values = printed.iter().filter(|(text, _)| is_value(text)).map(|(_, count)| count).sum();
        if marks > values {
            report.findings.push(finding(format!("{marks} marks for {values} values")));
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
fn is_score(text: &str) -> bool {
    let Some((whole, part)) = text.split_once('.') else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part) && part.len() == 2
}

/// Where circles stand; the outline and the filling of a mark are one.
fn circles(chart: &str) -> BTreeSet<(&str, &str)> {
    let attribute = |circle: &'_ str, name: &str| -> Option<(usize, usize)> {
        let start = circle.find(name)? + name.len();
        Some((start, start + circle[start..].find('"')?))
    };
    let places = blocks(chart, "<circle", ">").filter_map(|circle| {
        let (x, y) = (attribute(circle, "cx=\"")?, attribute(circle, "cy=\"")?);
        Some((&circle[x.0..x.1], &circle[y.0..y.1]))
    });
    places.collect()
}
