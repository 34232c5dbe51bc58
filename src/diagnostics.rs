//! What is wrong, where, and how to mend it, in words for someone who knows Excel.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The run cannot go on.
    Error,
    /// The run goes on; the analyst should know.
    Warning,
    /// Worth a line, no more.
    Notice,
}

/// A place in an input file.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Name under the input folder, with forward slashes.
    pub file: String,
    /// Line as an editor and a spreadsheet count it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column from 1: of characters in the definition, of cells in an export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// Header of the column in an export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), ..Place::default() }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u64) -> Place {
        Place { line: Some(line), ..Place::file(file) }
    }

    /// A cell of an export.
    pub fn cell(file: impl Into<String>, line: u64, column: usize, header: impl Into<String>) -> Place {
        Place { column: Some(column as u64 + 1), header: Some(header.into()), ..Place::line(file, line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            let counted = if is_workbook(&self.file) { "row" } else { "line" };
            write!(f, ", {counted} {line}")?;
        }
        match (self.column, &self.header) {
            (Some(column), Some(header)) => {
                write!(f, ", column {} ({column}), \"{}\"", spreadsheet_letters(column), header.trim())
            }
            (Some(column), None) => write!(f, ", column {column}"),
            _ => Ok(()),
        }
    }
}

/// Whether a file is a workbook, whose rows are not lines; a sheet may stand behind its name.
fn is_workbook(file: &str) -> bool {
    let lower = file.to_lowercase();
    [".xlsx", ".ods", ".parquet"].iter().any(|end| lower.ends_with(end) || lower.contains(&format!("{end}#")))
}

/// The name that a spreadsheet gives to a column, from 1: A, B, ... Z, AA.
pub fn spreadsheet_letters(column: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// One finding about the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Kind of problem, for programs and for folding many of a kind: `answer`, `missing-column`.
    pub kind: &'static str,
    pub place: Place,
    /// What was found, in one sentence.
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// The text of the cell, to the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// The nearest thing that would have been accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The line of the definition, or the cell among its neighbours, with a caret under the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, kind: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity,
            kind,
            place,
            message: message.into(),
            found: None,
            value: None,
            expected: None,
            nearest: None,
            advice: None,
            excerpt: None,
        }
    }

    pub fn error(kind: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, kind, place, message)
    }

    pub fn warning(kind: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Warning, kind, place, message)
    }

    pub fn notice(kind: &'static str, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Notice, kind, place, message)
    }

    #[must_use]
    pub fn found(mut self, text: impl Into<String>) -> Diagnostic {
        self.found = Some(text.into());
        self
    }

    /// What the cell holds, in quotation marks for people.
    #[must_use]
    pub fn value(mut self, cell: &str) -> Diagnostic {
        self.value = Some(cell.to_owned());
        self.found(format!("\"{cell}\""))
    }

    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Diagnostic {
        self.expected = Some(text.into());
        self
    }

    #[must_use]
    pub fn nearest(mut self, text: Option<impl Into<String>>) -> Diagnostic {
        self.nearest = text.map(Into::into);
        self
    }

    #[must_use]
    pub fn advice(mut self, text: impl Into<String>) -> Diagnostic {
        self.advice = Some(text.into());
        self
    }

    #[must_use]
    pub fn excerpt(mut self, text: impl Into<String>) -> Diagnostic {
        self.excerpt = Some(text.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        writeln!(f, "{severity}: {}", self.message)?;
        writeln!(f, "  where     {}", self.place)?;
        if let Some(excerpt) = &self.excerpt {
            for line in excerpt.lines() {
                writeln!(f, "          | {line}")?;
            }
        }
        let details = [
            ("found", &self.found),
            ("expected", &self.expected),
            ("nearest", &self.nearest),
            ("to do", &self.advice),
        ];
        for (name, text) in details {
            if let Some(text) = text {
                let indented = text.replace('\n', "\n            ");
                writeln!(f, "  {name:<9} {indented}")?;
            }
        }
        Ok(())
    }
}

/// Everything found in one pass over the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(Vec<Diagnostic>);

/// Diagnostics of one kind in one file that are printed in full before they are only counted.
const PRINTED_OF_A_KIND: usize = 20;

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn extend(&mut self, others: Diagnostics) {
        self.0.extend(others.0);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// In the order of severity, file and line, so that nothing depends on the order of the checks.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (a.severity, &a.place, a.kind).cmp(&(b.severity, &b.place, b.kind)));
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Diagnostics {
        Diagnostics(diagnostics.into_iter().collect())
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = |one: &Diagnostic| (one.severity, one.kind, one.place.file.clone());
        let mut alike: BTreeMap<_, usize> = BTreeMap::new();
        for diagnostic in &self.0 {
            *alike.entry(kind(diagnostic)).or_default() += 1;
        }
        let mut printed: BTreeMap<_, usize> = BTreeMap::new();
        for diagnostic in &self.0 {
            let earlier = printed.entry(kind(diagnostic)).or_default();
            *earlier += 1;
            if *earlier <= PRINTED_OF_A_KIND {
                writeln!(f, "{diagnostic}")?;
            } else if *earlier == PRINTED_OF_A_KIND + 1 {
                let all = alike.get(&kind(diagnostic)).copied().unwrap_or_default();
                let more = all - PRINTED_OF_A_KIND;
                writeln!(f, "... and {more} more of this kind in {}\n", diagnostic.place.file)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(spreadsheet_letters(1), "A");
        assert_eq!(spreadsheet_letters(26), "Z");
        assert_eq!(spreadsheet_letters(27), "AA");
        assert_eq!(spreadsheet_letters(703), "AAA"); // 26 + 26 * 26 + 1
    }

    #[test]
    fn the_twenty_first_of_a_kind_is_counted_only() {
        let mut all = Diagnostics::default();
        for line in 1..=25 {
            all.push(Diagnostic::error("answer", Place::line("a.csv", line), "not an answer"));
        }
        let text = all.to_string();
        assert_eq!(text.matches("error:").count(), 20);
        assert!(text.contains("... and 5 more of this kind in a.csv"), "{text}");
    }
}
