//! Published tables: those in files of their own, and whether those of a page say the same.

use super::AuditError;
use super::files::TextFile;
use super::finding::{Finding, Method, Report};
use super::markup::{cell, spaced};
use super::world::Address;

/// A table as it was published, wherever.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub file: String,
    /// As charts name it: without number and ending.
    pub name: String,
    pub title: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of the report with the title of the CSV table that it shows; its caption has a
    /// number before it.
    pub fn titled_as(self, tables: &[Table]) -> Option<Table> {
        let own =
            tables.iter().find(|other| !other.title.is_empty() && self.title.ends_with(&other.title))?;
        Some(Table { title: own.title.clone(), name: own.name.clone(), ..self })
    }
}

/// The CSV tables, each with the title that its description gives.
///
/// # Errors
/// When one is no CSV.
pub fn csv_tables(files: &[TextFile]) -> Result<Vec<Table>, AuditError> {
    let mut tables = Vec::new();
    for file in files.iter().filter(|file| file.name.ends_with(".csv")) {
        let malformed = |error: csv::Error| AuditError::malformed(&file.name, error.to_string());
        let text = file.text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(malformed)?.iter().map(cell).collect());
        }
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let described =
            files.iter().find(|other| other.name.starts_with(&file.name) && other.name != file.name);
        let title = described.and_then(|described| {
            let description: serde_json::Value = serde_json::from_str(&described.text).ok()?;
            Some(spaced(description.get("dc:title")?.as_str()?))
        });
        let stem = file.name.rsplit('/').next().unwrap_or_default().trim_end_matches(".csv");
        let name = stem.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches('-');
        tables.push(Table {
            file: file.name.clone(),
            name: name.to_owned(),
            title: title.unwrap_or_default(),
            header,
            rows,
        });
    }
    Ok(tables)
}

/// Base, source and notes of a table, as its description has them.
pub fn description(json: &str) -> Option<String> {
    let described: serde_json::Value = serde_json::from_str(json).ok()?;
    Some(described.get("dc:description")?.as_str()?.to_owned())
}

/// Places of a table that say something else than the CSV table of its name.
pub fn differences(found: &Table, tables: &[Table], report: &mut Report) {
    let Some(own) = tables.iter().find(|own| own.name == found.name) else { return };
    let finding = |value: String| Finding {
        method: Method::Shown,
        address: Address { department: own.name.clone(), ..Address::default() },
        value,
        from: format!("{}, which differs from {}", found.file, own.file),
    };
    if found.rows.len() > own.rows.len() {
        report.findings.push(finding(format!("{} rows for {}", found.rows.len(), own.rows.len())));
    }
    for (row, expected) in found.rows.iter().zip(&own.rows) {
        for (at, text) in row.iter().enumerate() {
            let expected = expected.get(at).map_or("", String::as_str);
            if !is_same(text, expected) {
                let label = row.first().map_or("", String::as_str);
                let column = own.header.get(at).map_or("", String::as_str);
                report.findings.push(finding(format!("{label}, {column}: {text} for {expected}")));
            }
        }
    }
}

/// The same words, or the same number however it is written.
fn is_same(left: &str, right: &str) -> bool {
    let plain = |text: &str| text.trim().trim_start_matches('\'').replace('\u{2212}', "-");
    let (left, right) = (plain(left), plain(right));
    let number = |text: &str| text.trim_start_matches('+').replace(',', "").parse::<f64>().ok();
    match (number(&left), number(&right)) {
        (Some(left), Some(right)) => (left - right).abs() < 1e-9,
        _ => left.split_whitespace().eq(right.split_whitespace()),
    }
}
