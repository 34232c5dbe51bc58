//! A published table, as data. Writers only render it.

use std::collections::BTreeSet;

use super::mark::Mark;

/// A table with everything that a reader needs to trust it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Short name for files and links: `question-scores`.
    pub name: String,
    /// What the table shows, of whom, and when.
    pub title: String,
    /// Who answered: "25 care providers and 40 officers".
    pub base: String,
    /// Where the figures come from.
    pub source: String,
    /// Footnotes that are not about marks.
    pub notes: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// A column: a unique header with its unit in round brackets.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub header: String,
    /// Whether the column holds numbers (set right) or text (set left).
    pub numeric: bool,
}

/// One place in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    /// A number as people read it, already rounded by the one rounding function.
    Number(String),
    Mark(Mark),
}

impl Column {
    pub fn text(header: impl Into<String>) -> Column {
        Column { header: header.into(), numeric: false }
    }

    pub fn number(header: impl Into<String>) -> Column {
        Column { header: header.into(), numeric: true }
    }
}

impl Value {
    /// The place as printed.
    pub fn printed(&self) -> &str {
        match self {
            Value::Text(text) | Value::Number(text) => text,
            Value::Mark(mark) => mark.symbol(),
        }
    }
}

impl Table {
    /// The marks that occur, each once, for the explanation above the table.
    pub fn marks(&self) -> BTreeSet<Mark> {
        let values = self.rows.iter().flatten();
        values.filter_map(|value| if let Value::Mark(mark) = value { Some(*mark) } else { None }).collect()
    }
}
