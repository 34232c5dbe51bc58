//! The bytes of files under the input folder.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::spreadsheet::path_and_sheet;
use crate::diagnostics::{Diagnostic, Place, nearest_within};

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Name under the input folder, with forward slashes.
    pub name: String,
    pub sha256: String,
    /// Rows below the header; `None` for files that are not tables.
    pub rows: Option<u64>,
}

/// The bytes of a file under the input folder, or why they cannot be had.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (path, _) = path_and_sheet(name);
    fs::read(folder.join(path)).map_err(|error| Box::new(unreadable(folder, name, &error)))
}

pub(super) fn unreadable(folder: &Path, name: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        let path = folder.join(path_and_sheet(name).0);
        let siblings: Vec<String> = path
            .parent()
            .and_then(|parent| fs::read_dir(parent).ok())
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let wanted = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Diagnostic::error("no-file", Place::file(name), "there is no such file")
            .nearest(nearest_within(0.8, &wanted, siblings.iter().map(String::as_str)))
            .advice("put the file there, or correct its name in survey.toml")
    } else {
        Diagnostic::error("no-file", Place::file(name), format!("the file cannot be read: {error}"))
            .advice("if it is open in another program, close it and run again")
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
