//! Rows that do not fit their header: a cell has fallen apart or is missing, and what stands behind it
//! is in the wrong column. Nothing of such a row is read or shown.

use csv::StringRecord;

use crate::diagnostics::{Diagnostic, Place};

/// How many cells a row may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// Cells of the header.
    pub header: usize,
    /// Cells up to the last column with a name.
    pub needed: usize,
    /// More than the header has only where every row has them.
    pub most: usize,
}

impl Width {
    /// Whether every cell of a row stands in its column.
    pub fn fits(self, record: &StringRecord) -> bool {
        let surplus = record.iter().skip(self.header).any(|cell| !cell.trim().is_empty());
        !surplus && (self.needed..=self.most).contains(&record.len())
    }

    /// What is said of a row that does not fit.
    pub fn refuse(self, file: &str, line: u64, record: &StringRecord) -> Diagnostic {
        Diagnostic::error("ragged-row", Place::line(file, line), "the row does not fit the header")
            .found(format!("{} cells", record.len()))
            .expected(format!("{} cells, as many as the header has", self.header))
            .advice("a comma or a line break inside an answer needs quotation marks around it; export the file again rather than mend it by hand")
    }
}

/// Cells of the shortest row: where all rows go beyond the header, the platform ends them so. Of a row
/// that is longer than others a cell has fallen apart, and what stands behind is in the wrong column.
pub(super) fn shortest(records: &[(u64, StringRecord)]) -> usize {
    records.iter().map(|(_, record)| record.len()).min().unwrap_or_default()
}
