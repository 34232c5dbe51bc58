//! `rejects.csv`: every row and cell that was read and not used.

use crate::ingest::Reject;
use crate::publish::data::{Datum, Key, csv};

/// One row per rejected row or cell, where it stands and why.
///
/// # Errors
/// None where rows are as long as the header.
pub fn rejects(rejects: &[Reject]) -> csv::Result<Vec<u8>> {
    let header = ["file", "line", "column", "value", "reason"];
    let rows = rejects.iter().map(|reject| (keys(reject), reject));
    csv(&header, rows, |row, reject| {
        row.extend([Datum::text(&*reject.value), Datum::text(&*reject.reason)]);
    })
}

/// Where it stands.
fn keys(reject: &Reject) -> [Key<'_>; 3] {
    [Key::Id(&reject.file), Key::Line(reject.line), Key::Id(&reject.column)]
}
