//! One run at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};

use super::error::FolderError;
use super::place::Place;

/// What the lock file says to someone who finds it.
const SAYS: &str =
    "rmsurvey keeps this file so that two runs cannot write at the same time. It may be deleted.\n";

/// The right to write to one output, until it is dropped or the process ends in whatever way.
///
/// The file stays behind: removing it could pull it from under a run that has just opened it, and
/// then two runs would each hold a lock of the same name.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of a place or says that another run has it.
    pub fn take(place: &Place) -> Result<Lock, FolderError> {
        let open = OpenOptions::new().write(true).create(true).truncate(false).open(&place.lock);
        let mut file = open.map_err(|error| FolderError::system("create", &place.lock, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(FolderError::Busy { path: place.typed.clone() }),
            // Some network shares know no locks. Refusing to work there would help nobody.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(FolderError::system("lock", &place.lock, error));
            }
        }
        // A courtesy to whoever finds the file; the lock holds without it.
        if file.metadata().is_ok_and(|metadata| metadata.len() == 0) {
            let _ = file.write_all(SAYS.as_bytes());
        }
        Ok(Lock { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would release the lock too, but not while a process that this one is just
        // starting still has a copy of the handle.
        let _ = self.file.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_run_is_told_and_the_third_may_go() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::of(&folder.path().join("output")).expect("a place");
        let first = Lock::take(&place).expect("free");
        let second = Lock::take(&place).expect_err("taken");
        assert!(second.to_string().starts_with("another run of rmsurvey is writing to"));
        drop(first);
        Lock::take(&place).expect("free again, with the file still there");
    }
}
