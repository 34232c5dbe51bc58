//! The public files of an output folder, as an outsider downloads them. Nothing else is opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder could not be attacked.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("cannot read {}: {source}; expected the folder that `rmsurvey run` wrote", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{file}: {message}")]
    Malformed { file: String, message: String },
}

impl AuditError {
    pub(super) fn malformed(file: &str, message: impl Into<String>) -> AuditError {
        AuditError::Malformed { file: file.to_owned(), message: message.into() }
    }
}

/// A file by its name under `publish/`, and its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFile {
    pub name: String,
    pub text: String,
}

/// Everything that is public and that the attacks read. A caller may also fill it in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFiles {
    /// `about.json`
    pub about: String,
    /// `data/results.csv`
    pub results: String,
    /// `data/gaps.csv`; empty when there is none, as the two that follow.
    pub gaps: String,
    /// `data/changes.csv`
    pub changes: String,
    /// `data/mix.csv`
    pub mix: String,
    /// `tables/*.csv`, each followed by its description.
    pub tables: Vec<TextFile>,
    /// `report.html`, `findings.md` and `charts/*.svg`.
    pub pages: Vec<TextFile>,
}

impl PublicFiles {
    /// Reads `publish/` under an output folder.
    ///
    /// # Errors
    /// When a file that every output has cannot be read.
    pub fn read(output: &Path) -> Result<PublicFiles, AuditError> {
        let publish = output.join("publish");
        Ok(PublicFiles {
            about: required(&publish.join("about.json"))?,
            results: required(&publish.join("data").join("results.csv"))?,
            gaps: optional(&publish.join("data").join("gaps.csv"))?,
            changes: optional(&publish.join("data").join("changes.csv"))?,
            mix: optional(&publish.join("data").join("mix.csv"))?,
            tables: folder(&publish, "tables", &[".csv", ".json"])?,
            pages: [folder(&publish, "", &[".html", ".md"])?, folder(&publish, "charts", &[".svg"])?]
                .concat(),
        })
    }
}

fn required(path: &Path) -> Result<String, AuditError> {
    fs::read_to_string(path).map_err(|source| AuditError::Unreadable { path: path.to_owned(), source })
}

fn optional(path: &Path) -> Result<String, AuditError> {
    if path.exists() { required(path) } else { Ok(String::new()) }
}

/// The files of one folder that end in one of the ways given, by name.
fn folder(publish: &Path, name: &str, endings: &[&str]) -> Result<Vec<TextFile>, AuditError> {
    let path = if name.is_empty() { publish.to_owned() } else { publish.join(name) };
    if !path.exists() {
        return Ok(Vec::new());
    }
    let unreadable = |source| AuditError::Unreadable { path: path.clone(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(&path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let file = entry.file_name().to_string_lossy().into_owned();
        if endings.iter().any(|ending| file.ends_with(ending)) {
            let text = required(&entry.path())?;
            let name = if name.is_empty() { file } else { format!("{name}/{file}") };
            files.push(TextFile { name, text });
        }
    }
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(files)
}
