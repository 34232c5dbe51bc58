//! An export as a draft needs it: its columns, and which texts stand in them how often.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diagnostics::{Diagnostic, Place};
use crate::ingest::{ColumnKind, Contents, Layout, Rows, SetAside};
use crate::words::thousands;

/// Columns that a draft is made from: each of them is compared with all others.
const MOST_COLUMNS: usize = 1000;

/// Letters of an id: with a number behind it, it is still shorter than a definition allows.
const LONGEST_ID: usize = 50;

/// A file to be described by a definition.
#[derive(Debug)]
pub(super) struct Export {
    /// Name under the folder of the definition, with forward slashes.
    pub file: String,
    pub platform: &'static str,
    pub rows: usize,
    /// Tests, previews and unfinished forms, which are no part of anything here.
    pub set_aside: usize,
    /// Headers of columns that say who somebody is.
    pub personal: Vec<String>,
    pub columns: Vec<Column>,
}

/// A column that may be read: never one with names or addresses of people.
#[derive(Debug)]
pub(super) struct Column {
    /// As people know it, then codes of the platform.
    pub names: Vec<String>,
    /// How many of the names may say what was asked.
    pub asked: usize,
    pub is_own: bool,
    /// Texts in the order in which they first stand in the file.
    pub values: IndexMap<String, usize>,
}

impl Column {
    pub fn shown(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// By what the definition names it: a column of the platform's own by its code, which is the same
    /// in every language.
    pub fn header(&self) -> &str {
        let code = self.names.last().filter(|_| self.is_own);
        code.map_or_else(|| self.shown(), String::as_str)
    }

    pub fn filled(&self) -> usize {
        self.values.values().sum()
    }
}

impl Export {
    pub fn read(file: &str, bytes: &[u8]) -> Result<Export, Box<Diagnostic>> {
        let contents = Contents::of(file, bytes).map_err(|not_text| {
            Box::new(
                Diagnostic::error("unreadable", Place::file(file), not_text.message).advice(not_text.advice),
            )
        })?;
        let (layout, records) = Layout::open(file, &contents, None)?;
        if layout.columns.len() > MOST_COLUMNS {
            let message = format!(
                "the file has {} columns: far more than a survey",
                thousands(layout.columns.len() as u64)
            );
            return Err(Box::new(
                Diagnostic::error("too-large", Place::line(file, 1), message)
                    .expected(format!("no more than {}", thousands(MOST_COLUMNS as u64)))
                    .advice("export the answers alone, a row for each form and a column for each question"),
            ));
        }
        let mut columns: Vec<Option<Column>> = layout
            .columns
            .iter()
            .map(|names| {
                let is_read = names.kind != ColumnKind::Personal && !names.shown().is_empty();
                is_read.then(|| Column {
                    names: names.names.clone(),
                    asked: names.asked,
                    is_own: names.kind == ColumnKind::Own,
                    values: IndexMap::new(),
                })
            })
            .collect();
        let mut set_aside = SetAside::of_platform(&layout);
        let (mut rows, mut not_counted) = (0, 0);
        for (_, record) in records {
            let is_empty = record.iter().all(|cell| cell.trim().is_empty());
            if is_empty {
                continue;
            }
            if set_aside.why(0, record, &mut Rows::default()).is_some() {
                not_counted += 1;
                continue;
            }
            rows += 1;
            for (column, cell) in columns.iter_mut().zip(record.iter()) {
                let Some(column) = column else { continue };
                let (text, _) = layout.cell(cell);
                if !text.is_empty() {
                    *column.values.entry(text.into_owned()).or_default() += 1;
                }
            }
        }
        let columns = columns.into_iter().flatten().collect();
        let personal = layout.columns.iter().filter(|names| names.kind == ColumnKind::Personal);
        Ok(Export {
            file: file.to_owned(),
            platform: layout.platform.label,
            rows,
            set_aside: not_counted,
            personal: personal.map(|names| names.shown().to_owned()).collect(),
            columns,
        })
    }

    /// The year in the name of the folder or file, or else in the dates of the forms.
    pub fn wave(&self, dates: &BTreeSet<i16>) -> String {
        let mut years = self
            .file
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")));
        let named = years.next().map(str::to_owned);
        named.or_else(|| dates.last().map(i16::to_string)).unwrap_or_else(|| "wave 1".to_owned())
    }

    /// `providers` of `2017/providers 2017.xlsx#Sheet 1`.
    pub fn audience(&self) -> String {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        let stem = name.split(['.', '#']).next().unwrap_or_default();
        let id = slug(&stem.chars().filter(|c| !c.is_ascii_digit()).collect::<String>());
        let says_nothing =
            ["", "file", "export", "data", "responses", "results", "survey", "raw-data", "form"];
        if says_nothing.contains(&id.as_str()) { "respondents".to_owned() } else { id }
    }
}

/// A text as an id: small letters, digits and single hyphens.
pub(super) fn slug(text: &str) -> String {
    let folded = crate::survey::fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let mut slug = words.join("-");
    slug.truncate(LONGEST_ID);
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_long_text_is_one_that_a_definition_takes() {
        assert_eq!(slug("Adult Operations – Service Teams"), "adult-operations-service-teams");
        let long = slug(&"which area do you work in ".repeat(9));
        assert_eq!(long, "which-area-do-you-work-in-which-area-do-you-work-i");
        assert_eq!(slug(&format!("{} b", "a".repeat(49))), "a".repeat(49));
    }

    #[test]
    fn nothing_is_drafted_from_a_file_as_wide_as_no_survey() {
        let row = |cell: &str| vec![cell; MOST_COLUMNS + 1].join(",");
        let file = format!("{}\n{}\n", row("a"), row("1"));
        assert!(Export::read("a.csv", file.as_bytes()).unwrap_err().message.contains("1,001 columns"));
    }
}
