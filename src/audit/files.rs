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

/// A file by its name under `publish/`, and its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinaryFile {
    pub name: String,
    pub bytes: Vec<u8>,
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
    /// `data/benchmarks.csv`; only where other councils shared their averages.
    pub benchmarks: String,
    /// `tables/*.csv`, each followed by its description.
    pub tables: Vec<TextFile>,
    /// `report.html`, `findings.md` and `charts/*.svg`.
    pub pages: Vec<TextFile>,
    /// `charts/*.png`
    pub pictures: Vec<BinaryFile>,
    /// Workbooks and Word papers.
    pub packages: Vec<BinaryFile>,
    /// Names of files of a kind that no attack reads.
    pub unread: Vec<String>,
}

impl PublicFiles {
    /// Reads all of `publish/` under an output folder.
    ///
    /// # Errors
    /// When a file that every output has cannot be read.
    pub fn read(output: &Path) -> Result<PublicFiles, AuditError> {
        let publish = output.join("publish");
        let data = |name: &str| publish.join("data").join(name);
        let mut files = PublicFiles {
            about: required(&publish.join("about.json"))?,
            results: required(&data("results.csv"))?,
            gaps: optional(&data("gaps.csv"))?,
            changes: optional(&data("changes.csv"))?,
            mix: optional(&data("mix.csv"))?,
            benchmarks: optional(&data("benchmarks.csv"))?,
            ..PublicFiles::default()
        };
        let mut names = Vec::new();
        list(&publish, "", &mut names)?;
        names.sort();
        for name in names {
            files.take(&publish, name)?;
        }
        Ok(files)
    }

    /// Puts one file among those of its kind.
    fn take(&mut self, publish: &Path, name: String) -> Result<(), AuditError> {
        let path = publish.join(&name);
        let is_table = name.starts_with("tables/");
        match name.rsplit('.').next().unwrap_or_default() {
            _ if NAMED.contains(&name.as_str()) => {}
            "csv" | "json" if is_table => self.tables.push(TextFile { text: required(&path)?, name }),
            "html" | "md" | "svg" | "txt" => self.pages.push(TextFile { text: required(&path)?, name }),
            "png" => self.pictures.push(BinaryFile { bytes: bytes(&path)?, name }),
            "xlsx" | "docx" => self.packages.push(BinaryFile { bytes: bytes(&path)?, name }),
            _ => self.unread.push(name),
        }
        Ok(())
    }

    /// The name of every file, for what names themselves say.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let texts = self.tables.iter().chain(&self.pages).map(|file| file.name.as_str());
        let binaries = self.pictures.iter().chain(&self.packages).map(|file| file.name.as_str());
        texts.chain(binaries).chain(self.unread.iter().map(String::as_str))
    }
}

/// Files that have a place of their own.
const NAMED: [&str; 6] = [
    "about.json",
    "data/results.csv",
    "data/gaps.csv",
    "data/changes.csv",
    "data/mix.csv",
    "data/benchmarks.csv",
];

/// The names of all files under a folder, with `/` between folders.
fn list(folder: &Path, within: &str, names: &mut Vec<String>) -> Result<(), AuditError> {
    let unreadable = |source| AuditError::Unreadable { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn bytes(path: &Path) -> Result<Vec<u8>, AuditError> {
    fs::read(path).map_err(|source| AuditError::Unreadable { path: path.to_owned(), source })
}

fn required(path: &Path) -> Result<String, AuditError> {
    fs::read_to_string(path).map_err(|source| AuditError::Unreadable { path: path.to_owned(), source })
}

fn optional(path: &Path) -> Result<String, AuditError> {
    if path.exists() { required(path) } else { Ok(String::new()) }
}
