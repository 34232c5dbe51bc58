//! The layout of an export: the platform that wrote it, its header rows, and what its columns are
//! called.

use std::borrow::Cow;

use csv::StringRecord;

use super::contents::Contents;
use super::personal::is_personal;
use super::platform::{Head, Naming, Platform, candidates, named};
use super::platforms::{PLAIN, is_import_row};
use crate::diagnostics::{Diagnostic, Place};
use crate::survey::fold;

/// Rows at the top of a file that may belong to its header.
const HEAD: usize = 3;

/// One column by its names, the first of which people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnNames {
    pub names: Vec<String>,
    /// How many of the names may say what was asked; those behind are codes of the platform's own.
    pub asked: usize,
    pub kind: ColumnKind,
}

/// Whose a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// The survey's.
    Asked,
    /// The platform's own: numbers, times, links.
    Own,
    /// Names and addresses of people: never read.
    Personal,
}

impl ColumnNames {
    pub fn shown(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// How an export is laid out.
#[derive(Debug)]
pub(crate) struct Layout {
    pub platform: &'static Platform,
    pub columns: Vec<ColumnNames>,
}

/// The layout of an export and the rows below its header.
pub(crate) type Opened<'c> = (Layout, &'c [(u64, StringRecord)]);

impl Layout {
    /// Recognises the layout of a file, unless the definition names its platform.
    ///
    /// # Errors
    /// When the file shows the signatures of several platforms.
    pub fn open<'c>(
        file: &str,
        contents: &'c Contents,
        platform: Option<&str>,
    ) -> Result<Opened<'c>, Box<Diagnostic>> {
        let rows = &contents.rows[..contents.rows.len().min(HEAD)];
        let head = Head::of(contents, rows);
        let candidates = candidates(&head);
        let platform = match (platform.and_then(named), &candidates[..]) {
            (Some(named), _) => named,
            (None, []) => &PLAIN,
            (None, [one]) => *one,
            (None, several) => return Err(Box::new(ambiguous(file, several))),
        };
        let (header, below) = contents.rows.split_at(header_rows(platform, rows));
        Ok((Layout::of(platform, header), below))
    }

    fn of(platform: &'static Platform, rows: &[(u64, StringRecord)]) -> Layout {
        let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or_default();
        let mut columns = Vec::with_capacity(width);
        let mut question = String::new();
        for column in 0..width {
            let cell = |row: usize| {
                rows.get(row)
                    .and_then(|(_, row)| row.get(column))
                    .map_or(String::new(), |cell| header_cell(platform, cell))
            };
            let first = cell(0);
            let names: Vec<String> = match platform.naming {
                Naming::Single => vec![first],
                Naming::CodeAndText => {
                    let parts =
                        without_code(&first).map(|(code, text)| vec![text.to_owned(), code.to_owned()]);
                    parts.unwrap_or_else(|| vec![first])
                }
                Naming::CodesAbove => code_names(&first, &cell(1), platform.rows_below_codes),
                Naming::Stacked => {
                    let below = [cell(1), cell(2)];
                    if !first.is_empty() {
                        question.clone_from(&first);
                    }
                    let is_blank = first.is_empty() && below.iter().all(String::is_empty);
                    vec![if is_blank { String::new() } else { stacked(&question, &below) }]
                }
            };
            let first_row = rows.first().and_then(|(_, row)| row.get(column)).unwrap_or_default();
            let is_own = |name: &str| platform.own.contains(&fold(name).as_str());
            let kind = if is_personal(first_row) || names.iter().any(|name| is_personal(name)) {
                ColumnKind::Personal
            } else if is_own(first_row) || names.iter().any(|name| is_own(name)) {
                ColumnKind::Own
            } else {
                ColumnKind::Asked
            };
            let codes = usize::from(names.len() > 1);
            columns.push(ColumnNames { asked: names.len() - codes, names, kind });
        }
        Layout { platform, columns }
    }

    /// Cells that a row needs: up to the last column with a name.
    pub fn needed(&self) -> usize {
        self.columns.iter().rposition(|column| !column.shown().is_empty()).map_or(0, |last| last + 1)
    }

    /// A cell without what the platform adds, and the platform's word for a missing answer if it is one.
    pub fn cell<'c>(&self, cell: &'c str) -> (Cow<'c, str>, Option<&'static str>) {
        let cell = (self.platform.plain)(cell.trim());
        let missing = &self.platform.missing;
        if missing.is_empty() || cell.len() > 20 {
            return (cell, None);
        }
        let folded = fold(&cell);
        match missing.iter().find(|word| **word == folded) {
            Some(word) => (Cow::Borrowed(""), Some(word)),
            None => (cell, None),
        }
    }
}

/// Whether a row begins with a number or a date, as no row of wordings does: somebody has taken the
/// wordings away.
fn begins_with_data(row: &StringRecord) -> bool {
    let first = row.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit())
        && first.chars().all(|c| c.is_ascii_digit() || " :-/.".contains(c))
}

/// Where the platform says so, a row with an empty first cell is a header still.
fn header_rows(platform: &Platform, rows: &[(u64, StringRecord)]) -> usize {
    let below = rows.iter().skip(1).take(platform.more_header_rows);
    let is_header = |(at, (_, row)): &(usize, &(u64, StringRecord))| match platform.naming {
        Naming::CodesAbove => is_import_row(row) || (*at == 0 && !begins_with_data(row)),
        _ => row.get(0).is_none_or(|cell| cell.trim().is_empty()),
    };
    (1 + below.enumerate().take_while(is_header).count()).min(rows.len())
}

fn header_cell(platform: &Platform, cell: &str) -> String {
    (platform.plain)(cell.trim()).into_owned()
}

/// `question [row]`; a row that says only that there is an answer adds nothing.
fn stacked(question: &str, below: &[String; 2]) -> String {
    let [row, column] = below;
    let is_generic = |label: &str| matches!(fold(label).as_str(), "" | "response" | "open-ended response");
    let row = without_number(row);
    match (is_generic(row), is_generic(column)) {
        (true, true) => question.to_owned(),
        (true, false) => format!("{question} [{column}]"),
        (false, true) => format!("{question} [{row}]"),
        (false, false) => format!("{question} [{row} - {column}]"),
    }
}

/// The wording, then, where it may be that of a row only, the code with the wording as its row (`Q1a` and "Finance" are `Q1 [Finance]`),
/// then the code.
fn code_names(code: &str, text: &str, is_row: bool) -> Vec<String> {
    let number = code
        .strip_prefix(['Q', 'q'])
        .map_or("", |rest| &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]);
    let row = (is_row && !number.is_empty() && !text.is_empty()).then(|| format!("Q{number} [{text}]"));
    let text = Some(text.to_owned()).filter(|text| !text.is_empty());
    text.into_iter().chain(row).chain([code.to_owned()]).collect()
}

/// Code and text of `Q1[SQ001]. Question [Row]`.
fn without_code(header: &str) -> Option<(&str, &str)> {
    let (code, text) = header.split_once(". ")?;
    let is_code = code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code.chars().all(|c| c.is_ascii_alphanumeric() || "[]_".contains(c));
    is_code.then(|| (code, text.trim()))
}

/// Without a leading `1.`, `Q1`, `Q28.1.`, `1)` or `4.d.`; the case does not matter.
pub(crate) fn without_number(text: &str) -> &str {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let body = text
        .strip_prefix(['q', 'Q'])
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    let mut after = &body[digits(body)..];
    if after.len() == body.len() {
        return text;
    }
    // Parts of a number behind dots: `.1`, `.d`, each before another dot, a space or a bracket.
    while let Some(rest) = after.strip_prefix('.') {
        let part = match digits(rest) {
            0 => rest.bytes().take(1).filter(u8::is_ascii_alphabetic).count(),
            several => several,
        };
        if part == 0 || !rest[part..].starts_with(['.', ' ', ')', ':']) {
            break;
        }
        after = &rest[part..];
    }
    after.trim_start_matches(['.', ')', ':', '-', '_', ' '])
}

/// The number that a header begins with, and the row within it: `4` of `4.d. Label`.
pub(crate) fn number_of(text: &str) -> Option<&str> {
    let body = text.trim().strip_prefix(['q', 'Q']).unwrap_or(text.trim());
    let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    (end > 0).then(|| &body[..end])
}

fn ambiguous(file: &str, candidates: &[&Platform]) -> Diagnostic {
    let labels: Vec<&str> = candidates.iter().map(|platform| platform.label).collect();
    let ids: Vec<String> =
        candidates.iter().map(|platform| format!("platform = \"{}\"", platform.id)).collect();
    Diagnostic::error("platform", Place::line(file, 1), "the header fits several survey platforms")
        .found(labels.join(", "))
        .expected("the signature of one")
        .advice(format!("say which under the [[wave]] in survey.toml:  {}", ids.join("   or  ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_a_label_are_no_part_of_it() {
        for (text, rest) in [
            ("4.d. Finance", "Finance"),
            ("Q28.1. Use of it", "Use of it"),
            ("1. Question", "Question"),
            ("Q1 Question", "Question"),
            ("1) Question", "Question"),
            ("q1_finance", "finance"),
            ("Quality", "Quality"),
            ("2. A team of 3.5", "A team of 3.5"),
        ] {
            assert_eq!(without_number(text), rest, "{text}");
        }
        assert_eq!(number_of("4.d. Finance"), Some("4"));
        assert_eq!(number_of("Finance2"), None);
    }

    #[test]
    fn a_code_before_the_wording_is_told_from_a_sentence() {
        assert_eq!(without_code("Q1[SQ001]. How? [Finance]"), Some(("Q1[SQ001]", "How? [Finance]")));
        assert_eq!(without_code("G01Q02. How well?"), Some(("G01Q02", "How well?")));
        assert_eq!(without_code("How well. And why?"), None);
    }

    #[test]
    fn a_row_of_codes_gives_the_question_where_the_wording_names_the_row_only() {
        assert_eq!(code_names("Q1a", "Finance", true), ["Finance", "Q1 [Finance]", "Q1a"]);
        assert_eq!(code_names("Q2_1", "How? - Finance", false), ["How? - Finance", "Q2_1"]);
    }
}
