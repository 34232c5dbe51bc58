//! A cell among its neighbours, for the messages about it.

use csv::StringRecord;

use super::columns::{Columns, Role};

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
        let cell = record.get(at).unwrap_or_default().trim();
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
