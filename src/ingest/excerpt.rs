//! What messages and lists show of a cell: never what may say who somebody is.

use std::borrow::Cow;

use csv::StringRecord;

use super::columns::{Columns, Role};

/// Letters of the longest text that an answer or a group may have.
const LONGEST: usize = 120;

/// A cell as it may be shown. An address, or a text over several lines or longer than any answer, has
/// come into its column by a mistake in the file: nobody knows what stands in it.
pub(super) fn shown(cell: &str) -> Cow<'_, str> {
    let letters = cell.chars().count();
    if cell.contains('@') || cell.contains(['\n', '\r']) || letters > LONGEST {
        Cow::Owned(format!("(not shown: {letters} letters, perhaps about a person)"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Cells on either side of a cell that are shown with it.
const BESIDE: usize = 2;

/// Letters of a cell that are shown.
const SHOWN: usize = 40;

/// The cell among its neighbours, with a caret under it. Of the neighbours only scores are shown:
/// what stands elsewhere is nobody's business.
pub(super) fn excerpt(columns: &Columns, record: &StringRecord, column: usize) -> String {
    let is_score = |at: &usize| matches!(columns.roles.get(*at), Some(Role::Item(_)));
    let first = (column.saturating_sub(BESIDE)..column).rev().take_while(is_score).last().unwrap_or(column);
    let last = (column + 1..=column + BESIDE).take_while(is_score).last().unwrap_or(column);
    let cell = |at: usize| {
        let cell = shown(record.get(at).unwrap_or_default().trim());
        let plain = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        let shown: String = plain.take(SHOWN).collect();
        if cell.chars().count() > SHOWN { shown + "..." } else { shown }
    };
    let mut before = if first > 0 { "...,".to_owned() } else { String::new() };
    before.extend((first..column).map(|at| cell(at) + ","));
    let marked = cell(column);
    let mut after: String = (column + 1..=last).map(|at| ",".to_owned() + &cell(at)).collect();
    if last + 1 < record.len() {
        after.push_str(",...");
    }
    let (indent, carets) = (before.chars().count(), marked.chars().count().max(1));
    format!("{before}{marked}{after}\n{}{}", " ".repeat(indent), "^".repeat(carets))
}
