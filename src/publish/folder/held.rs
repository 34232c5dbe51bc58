//! Files that another program holds open.
//!
//! Windows does not let go of a file that is open in Excel or Word, nor of the folder around it.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::error::{FolderError, is_sharing_violation};
use super::place::{Place, shown};
use super::walk::{Entry, is_owner_file, walk};

/// Virus scanners and search indexes on Windows hold a new file for a moment.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// Tries again for a moment where a scanner may be in the way.
pub(super) fn patiently(mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    for _ in 1..ATTEMPTS {
        match act() {
            Err(error) if may_be_held(&error) => thread::sleep(PAUSE),
            done => return done,
        }
    }
    act()
}

/// Why a folder could not be moved or deleted, with the file to close if that is the reason.
pub(super) fn explain(place: &Place, folder: &Path, doing: &'static str, error: io::Error) -> FolderError {
    let path = place.typed.clone();
    if may_be_held(&error) {
        return match find(folder) {
            Some(file) => FolderError::HeldOpen { path, file },
            None => FolderError::SomethingHeldOpen { path },
        };
    }
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => FolderError::Mounted { path },
        // What people typed is what they recognise.
        _ if folder == place.output => FolderError::system(doing, &path, error),
        _ => FolderError::system(doing, folder, error),
    }
}

/// Windows reports a folder with an open file in it as "access denied", like one that is protected.
fn may_be_held(error: &io::Error) -> bool {
    is_sharing_violation(error) || (cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied)
}

/// The name of a file under the folder that another program holds open, if it can be known.
fn find(folder: &Path) -> Option<String> {
    let entries = walk(folder).ok()?;
    let held = entries.iter().find(|entry| is_held(entry)).map(|entry| file_name(&entry.relative));
    let held = held.filter(|name| !is_owner_file(name));
    held.or_else(|| announced(&entries)).map(|name| shown(Path::new(name)))
}

fn is_held(entry: &Entry) -> bool {
    let opened = entry.plain.then(|| OpenOptions::new().append(true).open(&entry.path));
    matches!(opened, Some(Err(error)) if is_sharing_violation(&error))
}

/// The document that an owner file beside it announces as open.
fn announced(entries: &[Entry]) -> Option<&str> {
    entries.iter().find_map(|owner| {
        let folder = owner.relative.len() - file_name(&owner.relative).len();
        let name = file_name(&owner.relative);
        let libre = name.strip_prefix(".~lock.").and_then(|rest| rest.strip_suffix('#'));
        // Word drops up to two letters from the front of a long name: `report-2017.docx` is announced by `~$port-2017.docx`.
        let (rest, dropped) = match (libre, name.strip_prefix("~$")) {
            (Some(rest), _) => (rest, 0),
            (None, Some(rest)) => (rest, 2),
            (None, None) => return None,
        };
        let beside = entries.iter().filter(|entry| {
            entry.relative.get(..folder) == owner.relative.get(..folder)
                && entry.relative.len() - folder == file_name(&entry.relative).len()
        });
        let mut names = beside.map(|entry| file_name(&entry.relative)).filter(|name| !is_owner_file(name));
        names.find(|name| name.ends_with(rest) && name.len() <= rest.len() + dropped)
    })
}

fn file_name(relative: &str) -> &str {
    relative.rsplit('/').next().unwrap_or(relative)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_document_behind_an_owner_file_is_named() {
        let cases = [
            ("~$tables.xlsx", "tables.xlsx"),
            ("~$report.docx", "report.docx"),
            ("~$port-2017.docx", "report-2017.docx"),
            (".~lock.tables.xlsx#", "tables.xlsx"),
        ];
        for (owner, document) in cases {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let publish = folder.path().join("publish");
            fs::create_dir(&publish).expect("created");
            for name in [owner, document, "another.docx"] {
                fs::write(publish.join(name), "").expect("written");
            }
            assert_eq!(find(folder.path()).as_deref(), Some(document), "{owner}");
        }
    }

    #[test]
    fn nothing_is_named_where_nothing_is_known() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("tables.xlsx"), "").expect("written");
        fs::write(folder.path().join("~$gone.xlsx"), "").expect("written");
        assert_eq!(find(folder.path()), None);
    }

    #[test]
    fn a_mounted_folder_gets_advice() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::of(&folder.path().join("output")).expect("a place");
        let error = io::Error::from(io::ErrorKind::ResourceBusy);
        let explained = explain(&place, &place.output, "replace", error);
        assert!(matches!(explained, FolderError::Mounted { .. }));
    }

    /// The real thing, where it can happen.
    #[cfg(windows)]
    #[test]
    fn an_open_file_is_named_on_windows() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::of(&folder.path().join("output")).expect("a place");
        fs::create_dir(&place.output).expect("created");
        let file = place.output.join("tables.xlsx");
        fs::write(&file, "").expect("written");
        let _open = OpenOptions::new().read(true).share_mode(1).open(&file).expect("open");
        let error = fs::rename(&place.output, &place.parked).expect_err("held");
        let explained = explain(&place, &place.output, "replace", error);
        assert!(matches!(explained, FolderError::HeldOpen { file, .. } if file == "tables.xlsx"));
    }
}
