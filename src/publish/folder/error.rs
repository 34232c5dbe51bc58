//! What can go wrong with an output folder, in the words of someone who uses Excel.

use std::io;
use std::path::{Path, PathBuf};

use super::place::shown;

/// Why an output could not be written. The old output, if there was one, is whole.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The output is a file.
    #[error("`{}` is a file, and the results need a folder. Name another one with --output, or move the file away.", shown(.path))]
    NotAFolder { path: PathBuf },

    /// The output is a link that leads nowhere.
    #[error("`{}` is a link to a place that does not exist. Mend the link, or name another folder with --output.", shown(.path))]
    BrokenLink { path: PathBuf },

    /// The output is a place such as `/` that has no name of its own.
    #[error("`{}` cannot be replaced by a new folder. Name a folder inside it, for example --output \"{}\".", shown(.path), shown(&.path.join("output")))]
    NoName { path: PathBuf },

    /// The folder holds something that no run put there.
    #[error("the folder `{}` was left alone, because it holds files that rmsurvey did not write (for example `{found}`). Name another folder with --output, or a new one.", shown(.path))]
    NotOurs { path: PathBuf, found: String },

    /// The folder has a `manifest.json` of some other program, or a damaged one.
    #[error("the folder `{}` was left alone, because its manifest.json is not one that rmsurvey wrote. Name another folder with --output, or move this one away.", shown(.path))]
    ForeignManifest { path: PathBuf },

    /// Another run holds the lock.
    #[error("another run of rmsurvey is writing to `{}`. Wait until it is done, then run again.", shown(.path))]
    Busy { path: PathBuf },

    /// A program such as Excel holds a file open.
    #[error("close {file} and run again: it is open in another program, so `{}` could not be replaced. Nothing was changed.", shown(.path))]
    HeldOpen { path: PathBuf, file: String },

    /// Some program holds a file open, and it is not known which.
    #[error("close Excel, Word and every window that shows `{}`, and run again: something in it is open in another program. Nothing was changed.", shown(.path))]
    SomethingHeldOpen { path: PathBuf },

    /// The folder is a drive or a mounted folder, which cannot be exchanged.
    #[error("`{}` is a drive or a mounted folder, which cannot be replaced as a whole. Name a folder inside it, for example --output \"{}\".", shown(.path), shown(&.path.join("pack")))]
    Mounted { path: PathBuf },

    /// The disk, or the user's share of it, is full.
    #[error("there is no room left on the disk for `{}`. Make room and run again.", shown(.path))]
    DiskFull { path: PathBuf },

    /// The user may not write there.
    #[error("you may not write to `{}`. Name a folder of your own with --output, or ask whoever looks after this one.", shown(.path))]
    NoPermission { path: PathBuf },

    /// A part of this program asked for a file name that not every system can hold.
    #[error(
        "`{name}` cannot be the name of an output file on every system. This is a fault in rmsurvey: please report it."
    )]
    BadName { name: String },

    /// A part of this program wrote the same file twice.
    #[error("`{name}` was written twice. This is a fault in rmsurvey: please report it.")]
    Twice { name: String },

    /// The manifest could not be put into words.
    #[error("manifest.json could not be written ({source}). This is a fault in rmsurvey: please report it.")]
    Manifest { source: serde_json::Error },

    /// Anything else that the system reports.
    #[error("could not {doing} `{}`: {source}", shown(.path))]
    System { doing: &'static str, path: PathBuf, source: io::Error },
}

impl FolderError {
    /// The system's error in plain words, as far as there are some for it.
    pub(super) fn system(doing: &'static str, path: &Path, source: io::Error) -> FolderError {
        let path = path.to_owned();
        if is_sharing_violation(&source) {
            let file =
                path.file_name().map_or_else(|| shown(&path), |name| name.to_string_lossy().into_owned());
            return FolderError::HeldOpen { path, file };
        }
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FolderError::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                FolderError::NoPermission { path }
            }
            _ => FolderError::System { doing, path, source },
        }
    }
}

/// Whether Windows says that another program holds the file (`ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`).
pub(super) fn is_sharing_violation(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_instead_of_numbers() {
        let said = |kind: io::ErrorKind| {
            FolderError::system("write", Path::new("output"), io::Error::from(kind)).to_string()
        };
        assert_eq!(
            said(io::ErrorKind::StorageFull),
            "there is no room left on the disk for `output`. Make room and run again."
        );
        assert!(said(io::ErrorKind::PermissionDenied).starts_with("you may not write to `output`."));
        assert!(said(io::ErrorKind::InvalidData).starts_with("could not write `output`: "));
    }

    #[test]
    fn a_held_file_is_named_first() {
        let error = FolderError::HeldOpen { path: "output".into(), file: "tables.xlsx".to_owned() };
        assert!(error.to_string().starts_with("close tables.xlsx and run again"));
    }
}
