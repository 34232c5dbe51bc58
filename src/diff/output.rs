//! An output folder as it is read for a note.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use super::figures::{BENCHMARKS, KINDS};
use crate::publish::folder::{FolderError, MANIFEST, Manifest};

/// Why two folders could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum DiffError {
    #[error("{} is no output of rmsurvey: it has no {MANIFEST}; name the folder that a run wrote", .0.display())]
    NotOurs(PathBuf),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{} is not as a run wrote it: {message}", path.display())]
    Malformed { path: PathBuf, message: String },
}

/// What a note needs of an output.
#[derive(Debug)]
pub(super) struct Output {
    pub manifest: Manifest,
    pub about: Value,
    /// Rows by the name of their file under `publish/data`.
    pub data: BTreeMap<&'static str, Vec<Row>>,
}

/// One row of a data file, by the names of its columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row(BTreeMap<String, String>);

impl Row {
    /// A cell; empty where the file has no such column.
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    pub fn number(&self, column: &str) -> Option<f64> {
        self.text(column).parse().ok()
    }

    pub fn count(&self, column: &str) -> Option<u64> {
        self.text(column).parse().ok()
    }
}

impl Output {
    pub fn read(folder: &Path) -> Result<Output, DiffError> {
        let manifest = Manifest::read(folder)?.ok_or_else(|| DiffError::NotOurs(folder.to_owned()))?;
        let publish = folder.join("publish");
        let path = publish.join("about.json");
        let malformed =
            |path: &Path, message: String| DiffError::Malformed { path: path.to_owned(), message };
        let about =
            serde_json::from_str(&text(&path)?).map_err(|error| malformed(&path, error.to_string()))?;
        let mut data = BTreeMap::new();
        for kind in &KINDS {
            let path = publish.join("data").join(kind.file);
            if kind.file == BENCHMARKS && !path.exists() {
                continue;
            }
            data.insert(kind.file, rows(&text(&path)?).map_err(|error| malformed(&path, error.to_string()))?);
        }
        Ok(Output { manifest, about, data })
    }

    pub fn rows(&self, file: &str) -> &[Row] {
        self.data.get(file).map_or(&[], Vec::as_slice)
    }
}

fn text(path: &Path) -> Result<String, DiffError> {
    fs::read_to_string(path).map_err(|source| DiffError::Unreadable { path: path.to_owned(), source })
}

fn rows(text: &str) -> Result<Vec<Row>, csv::Error> {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let header: StringRecord = reader.headers()?.clone();
    let row = |record: Result<StringRecord, csv::Error>| {
        let record = record?;
        Ok(Row(header.iter().zip(&record).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()))
    };
    reader.records().map(row).collect()
}
