//! Waiting until what was written is on the disk.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::FolderError;

/// The disk that a folder is on.
#[derive(Debug)]
pub(super) struct Disk {
    /// The folder, open since before anything was written to it, so that whatever failed since is
    /// told; `None` where files are waited for one by one.
    folder: Option<File>,
}

impl Disk {
    pub fn of(folder: &Path) -> Disk {
        Disk { folder: File::open(folder).ok().filter(|_| tells_of_failures()) }
    }

    /// Has what was written so far go to the disk while there is other work, so that there is less to
    /// wait for in the end. It is no promise: nobody is told of what fails here, and of that
    /// [`save`](Disk::save) hears through a folder opened by itself.
    pub fn begin(&self, folder: &Path) {
        if let Some(folder) = self.folder.as_ref().and_then(|_| File::open(folder).ok()) {
            let _ = std::thread::Builder::new().spawn(move || save_all(&folder));
        }
    }

    /// Waits until these files are on the disk: for the whole disk at once where that can be asked
    /// for, which takes a fraction of the time, else, or if anything failed there, for each.
    pub fn save(&self, files: &[PathBuf]) -> Result<(), FolderError> {
        if self.folder.as_ref().is_some_and(save_all) {
            return Ok(());
        }
        files.par_iter().try_for_each(|file| save(file))
    }
}

/// Waits until a file is on the disk.
pub(super) fn save(file: &Path) -> Result<(), FolderError> {
    let saved = OpenOptions::new().write(true).open(file).and_then(|opened| opened.sync_all());
    saved.map_err(|error| FolderError::system("write", file, error))
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn save_all(folder: &File) -> bool {
    rustix::fs::syncfs(folder).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn save_all(_folder: &File) -> bool {
    false
}

/// Linux says since 5.8 whether anything failed when a whole disk was waited for.
fn tells_of_failures() -> bool {
    std::fs::read_to_string("/proc/sys/kernel/osrelease").is_ok_and(|release| is_since_5_8(&release))
}

fn is_since_5_8(release: &str) -> bool {
    let mut parts = release.split(|letter: char| !letter.is_ascii_digit()).map(str::parse::<u32>);
    matches!((parts.next(), parts.next()), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= (5, 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_systems_are_asked_file_by_file() {
        assert!(is_since_5_8("5.8.0-generic\n") && is_since_5_8("6.1.0-rc3") && is_since_5_8("5.15.0-91"));
        assert!(!is_since_5_8("5.4.0-150-generic") && !is_since_5_8("4.19.0") && !is_since_5_8("unknown"));
    }

    #[test]
    fn a_file_that_is_gone_is_told_where_each_is_waited_for() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a"), "text").expect("written");
        let one_by_one = Disk { folder: None };
        assert!(one_by_one.save(&[folder.path().join("a")]).is_ok());
        assert!(one_by_one.save(&[folder.path().join("b")]).is_err());
        assert!(Disk::of(folder.path()).save(&[folder.path().join("a")]).is_ok());
    }
}
