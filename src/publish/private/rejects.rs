//! `rejects.csv`: every row and cell that was read and not used.

use crate::ingest::Reject;
use crate::publish::data::{Datum, Frame};

/// One row per rejected row or cell, where it stands and why.
pub fn rejects(rejects: &[Reject]) -> Frame<'_> {
    Frame::new(vec!["file", "line", "column", "value", "reason"], rejects, |row, reject| {
        row.extend([
            Datum::text(&reject.file),
            Datum::count(reject.line),
            Datum::text(&reject.column),
            Datum::text(&reject.value),
            Datum::text(&reject.reason),
        ]);
    })
}
