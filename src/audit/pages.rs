//! The report, the findings and the charts: what they print, set beside the tables.
//!
//! The tables of the report go through the same reader as the CSV tables. A chart says what the
//! table of its name says, so every value printed in it must stand in that table, and it may have
//! no more marks than values. A finding names the cell that it speaks of.

use std::collections::{BTreeMap, BTreeSet};

use super::files::TextFile;
use super::finding::{Finding, Method, Report};
use super::stated::Withheld;
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

/// What stands between one text and another, each in turn, the first text included.
fn blocks<'t>(text: &'t str, from: &'t str, to: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(from)?;
        let block = &rest[start..];
        let end = block.find(to).unwrap_or(block.len());
        rest = &block[end..];
        Some(&block[..end])
    })
}

/// What a reader sees of a piece of HTML or SVG.
fn text_of(markup: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in markup.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    let plain =
        [("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">")];
    let text = plain.iter().fold(text, |text, (escaped, letter)| text.replace(escaped, letter));
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
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
        let drawn = chart.split_once("aria-hidden").map_or(chart, |(_, drawn)| drawn);
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

/// Sentences that name a withheld cell as theirs and say a number.
pub fn findings(page: &TextFile, withheld: &Withheld, report: &mut Report) {
    for line in page.text.lines().filter(|line| line.starts_with("- ")) {
        report.count("sentences", 1);
        let mut quoted = line.split('`').skip(1).step_by(2).filter_map(address);
        let says = line.split('`').step_by(2).any(|text| text.bytes().any(|byte| byte.is_ascii_digit()));
        let named = quoted.find(|one| withheld.first(std::slice::from_ref(one)).is_some());
        if let Some(address) = named.filter(|_| says) {
            let from = page.name.clone();
            report.findings.push(Finding { method: Method::Shown, address, value: line.to_owned(), from });
        }
    }
}

/// `2017/providers/all/Q1/all/all`
fn address(text: &str) -> Option<Address> {
    let parts: Vec<&str> = text.split('/').collect();
    let [wave, audience, department, question, breakdown, group] = parts[..] else { return None };
    let [wave, audience, department, question, breakdown, group] =
        [wave, audience, department, question, breakdown, group].map(str::to_owned);
    Some(Address { wave, audience, department, question, breakdown, group })
}
