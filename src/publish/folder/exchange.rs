//! The moment at which the new output takes the place of the old one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;
use super::failpoint;
use super::held;
use super::place::{Place, exists};

/// How two folders change places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// At once where the system and the disk can (Linux, macOS), else by two renames.
    #[default]
    Best,
    /// By two renames. Between them there is no output; should the run be killed right there, the
    /// next start puts the old one back.
    TwoRenames,
}

/// Puts the staging folder in the place of the output. Returns where the old output lies now, if
/// there was one. When it fails, the old output is where it was. Nothing of the old output may go before
/// the exchange is on the disk: see [`flush_names`].
pub(super) fn exchange(place: &Place, method: Method) -> Result<Option<PathBuf>, FolderError> {
    let failed = |error| held::explain(place, &place.output, "replace", error);
    if !exists(&place.output) {
        held::patiently(|| fs::rename(&place.staging, &place.output)).map_err(failed)?;
        return Ok(None);
    }
    let old = if method == Method::Best && at_once(&place.staging, &place.output).map_err(failed)? {
        place.staging.clone()
    } else {
        by_two_renames(place).map_err(failed)?;
        place.parked.clone()
    };
    failpoint::reached("exchanged");
    Ok(Some(old))
}

/// Exchanges two folders at once. `false` where the system or the disk cannot; then nothing happened.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn at_once(staging: &Path, output: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staging, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Old kernels, network shares and some container disks know no exchange.
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges two folders at once. `false` where the system or the disk cannot; then nothing happened.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn at_once(_staging: &Path, _output: &Path) -> io::Result<bool> {
    Ok(false)
}

fn by_two_renames(place: &Place) -> io::Result<()> {
    failpoint::reached("before the first rename");
    held::patiently(|| fs::rename(&place.output, &place.parked))?;
    failpoint::reached("between two renames");
    let second = held::patiently(|| fs::rename(&place.staging, &place.output));
    if second.is_err() {
        // Should this fail as well, the next start tries again.
        let _ = held::patiently(|| fs::rename(&place.parked, &place.output));
    }
    second
}

/// Has the names in a folder survive a power cut, where a system lets a program ask for that. The
/// exchange has happened by now, so a refusal is no failure.
pub(super) fn flush_names(folder: &Path) {
    if cfg!(unix) {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &Path) -> Place {
        let place = Place::of(&folder.join("output")).expect("a place");
        fs::create_dir(&place.staging).expect("created");
        fs::write(place.staging.join("new"), "").expect("written");
        place
    }

    #[test]
    fn the_old_output_survives_under_another_name() {
        for method in [Method::Best, Method::TwoRenames] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let place = place(folder.path());
            fs::create_dir(&place.output).expect("created");
            fs::write(place.output.join("old"), "").expect("written");
            let old = exchange(&place, method).expect("exchanged").expect("there was one");
            assert!(place.output.join("new").exists());
            assert!(old.join("old").exists());
        }
    }

    #[test]
    fn the_first_output_needs_no_exchange() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        assert_eq!(exchange(&place, Method::Best).expect("moved"), None);
        assert!(place.output.join("new").exists());
    }

    #[test]
    fn the_old_output_comes_back_when_the_second_rename_fails() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::of(&folder.path().join("output")).expect("a place");
        fs::create_dir(&place.output).expect("created");
        fs::write(place.output.join("old"), "").expect("written");
        assert!(exchange(&place, Method::TwoRenames).is_err(), "there is no staging folder");
        assert!(place.output.join("old").exists());
        assert!(!place.parked.exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_exchanges_at_once() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        fs::create_dir(&place.output).expect("created");
        assert_eq!(exchange(&place, Method::Best).expect("exchanged"), Some(place.staging));
    }
}
