//! Every file under a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::FolderError;

/// Something under a folder that is not itself a folder.
#[derive(Debug)]
pub(super) struct Entry {
    /// Under the folder, with forward slashes on every system.
    pub relative: String,
    pub path: PathBuf,
    /// A file of its own, not a link or a device.
    pub plain: bool,
}

/// Everything under a folder but the folders, sorted by relative path. Links are not followed.
pub(super) fn walk(folder: &Path) -> Result<Vec<Entry>, FolderError> {
    let mut entries = Vec::new();
    let mut waiting = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = waiting.pop() {
        let failed = |error| FolderError::system("read", &folder, error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let relative = format!("{before}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                waiting.push((entry.path(), format!("{relative}/")));
            } else {
                entries.push(Entry { relative, path: entry.path(), plain: kind.is_file() });
            }
        }
    }
    entries.sort_by(|a, b| a.relative.cmp(&b.relative));
    Ok(entries)
}

/// Where a relative path lies, part by part: full paths on Windows do not know forward slashes.
pub(super) fn under(folder: &Path, relative: &str) -> PathBuf {
    relative.split('/').fold(folder.to_owned(), |folder, part| folder.join(part))
}

/// Whether a file is one that a system or an office program leaves in any folder it opens.
pub(super) fn is_litter(relative: &str) -> bool {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini") || is_owner_file(name)
}

/// Whether a file says that a document beside it is open: `~$tables.xlsx` by Excel and Word,
/// `.~lock.tables.xlsx#` by LibreOffice.
pub(super) fn is_owner_file(name: &str) -> bool {
    name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_files_in_order_with_forward_slashes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("b").join("c")).expect("created");
        for name in ["z.txt", "b/y.txt", "b/c/x.txt", "a.txt"] {
            fs::write(folder.path().join(name), name).expect("written");
        }
        let found = walk(folder.path()).expect("read");
        let names: Vec<&str> = found.iter().map(|entry| entry.relative.as_str()).collect();
        assert_eq!(names, ["a.txt", "b/c/x.txt", "b/y.txt", "z.txt"]);
    }

    #[test]
    fn knows_litter_from_work() {
        for litter in ["publish/~$report.docx", ".~lock.tables.xlsx#", "publish/.DS_Store", "Thumbs.db"] {
            assert!(is_litter(litter), "{litter}");
        }
        for work in ["publish/report.docx", "notes~.txt", "DS_Store", ".~lock.notes"] {
            assert!(!is_litter(work), "{work}");
        }
    }
}
