//! What a file may hold whose forms are kept: far above any survey, far below what stops a computer.
//! Text that is only counted may be of any length.

use super::decode::NotText;
use crate::words::thousands;

/// Bytes of a file, and what a workbook may unpack to.
pub(super) const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// Text of an audience in a wave with more bytes or lines is added up, and its forms are not kept.
pub(super) const LARGE_BYTES: u64 = 40 * 1024 * 1024;
pub(super) const LARGE_LINES: u64 = 100_000;
/// How much longer the text of a Parquet file is, about.
pub(super) const PACKED: u64 = 16;
/// Rows, those of the header among them.
pub(super) const MOST_ROWS: u64 = 200_000;
/// Columns: as many as Excel has.
pub(super) const MOST_COLUMNS: u64 = 16_384;
/// Cells, with those left empty among others.
pub(super) const MOST_CELLS: u64 = 20_000_000;

const ADVICE: &str = "delete what stands beyond the answers (in Excel, Ctrl+End goes to the last cell), or export the answers alone";

/// How far a table goes, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub rows: u64,
    pub columns: u64,
}

impl Extent {
    /// Whether a table of this extent is read.
    pub fn check(self) -> Result<(), NotText> {
        let Extent { rows, columns } = self;
        let refused = |message: String| Err(NotText { message, advice: ADVICE.to_owned() });
        if rows > MOST_ROWS {
            let most = thousands(MOST_ROWS);
            return refused(format!(
                "the file goes down to row {}; no more than {most} are read",
                thousands(rows)
            ));
        }
        if columns > MOST_COLUMNS {
            let most = thousands(MOST_COLUMNS);
            return refused(format!(
                "the file has {} columns; no more than {most} are read",
                thousands(columns)
            ));
        }
        if rows.saturating_mul(columns) > MOST_CELLS {
            return refused(format!(
                "the file has {} rows and {} columns: far more cells than a survey",
                thousands(rows),
                thousands(columns)
            ));
        }
        Ok(())
    }
}

/// Why a text is not read whose rows were only counted up to the first too many.
pub(super) fn too_many_rows() -> NotText {
    NotText {
        message: format!("the file has more than {} rows; no more are read", thousands(MOST_ROWS)),
        advice: ADVICE.to_owned(),
    }
}

/// Why a file with too many bytes is not read.
pub(super) fn too_many_bytes(what: &str) -> NotText {
    NotText {
        message: format!(
            "the file {what} more than {} MB: far larger than a survey",
            MOST_BYTES / 1024 / 1024
        ),
        advice: "export the answers alone; a workbook without its other sheets".to_owned(),
    }
}
