//! Exports as Parquet: read as the text that a CSV of the same columns holds, so that every check and
//! every count is the same. Only a program that was built with the feature `parquet` reads them.

#[cfg(feature = "parquet")]
mod columns;
#[cfg(all(test, feature = "parquet"))]
mod tests;
#[cfg(feature = "parquet")]
mod text;

use std::fs::File;
use std::io::{self, Read};

use super::decode::NotText;
use super::limits::{MOST_BYTES, too_many_bytes};

/// How its text is encoded and what parts its cells, as the account of a file says it.
pub(super) const PARQUET: &str = "Parquet";
pub(super) const COLUMNS: &str = "columns";

/// The text of a file, made as it is read.
pub(super) trait Text: Read + Send {
    /// How much of the file is read, in its bytes.
    fn done(&self) -> u64;
}

/// Whether a file is read as Parquet, by its name.
pub(super) fn is_parquet(file: &str) -> bool {
    file.to_lowercase().ends_with(".parquet")
}

/// The text of a file of any size.
#[cfg(feature = "parquet")]
pub(super) fn open(file: File) -> Result<Box<dyn Text>, NotText> {
    Ok(Box::new(text::ParquetText::of(file)?))
}

/// The text of a file as a whole.
pub(super) fn whole(bytes: &[u8]) -> Result<Vec<u8>, NotText> {
    let mut all = Vec::new();
    let read = text_of(bytes)?.take(MOST_BYTES + 1).read_to_end(&mut all);
    read.map_err(|error| damaged(&error))?;
    if all.len() as u64 > MOST_BYTES {
        let advice = "`rmsurvey tally` counts files of any size".to_owned();
        return Err(NotText { advice, ..too_many_bytes("unpacks to") });
    }
    Ok(all)
}

#[cfg(feature = "parquet")]
fn text_of(bytes: &[u8]) -> Result<Box<dyn Text>, NotText> {
    Ok(Box::new(text::ParquetText::of(bytes::Bytes::copy_from_slice(bytes))?))
}

#[cfg(not(feature = "parquet"))]
pub(super) fn open(_: File) -> Result<Box<dyn Text>, NotText> {
    Err(not_built())
}

#[cfg(not(feature = "parquet"))]
fn text_of(_: &[u8]) -> Result<Box<dyn Text>, NotText> {
    Err(not_built())
}

#[cfg(not(feature = "parquet"))]
fn not_built() -> NotText {
    NotText {
        message: "this program was built without the reading of Parquet".to_owned(),
        advice:
            "export the answers as CSV, or build the program with `cargo build --release --features parquet`"
                .to_owned(),
    }
}

fn damaged(error: &io::Error) -> NotText {
    NotText {
        message: format!("the Parquet file cannot be read: {error}"),
        advice: "write it again, or export the answers as CSV".to_owned(),
    }
}

#[cfg(all(test, not(feature = "parquet")))]
#[test]
fn without_the_feature_it_says_what_to_do() {
    let refused = super::Contents::of("2017/A.PARQUET", b"PAR1").unwrap_err();
    assert!(refused.advice.ends_with("`cargo build --release --features parquet`"), "{refused:?}");
}
