//! A new output being built beside the old one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::disk::{self, Disk};
use super::error::FolderError;
use super::exchange::{Method, exchange, flush_names};
use super::failpoint;
use super::guard::guard;
use super::hash::sha256;
use super::lock::Lock;
use super::manifest::{Command, Input, MANIFEST, Manifest, Output};
use super::place::Place;
use super::previous::{Kept, remove, set_aside_edited, worked_on};
use super::readme::{self, README};
use super::recover::recover;
use super::seen::Looking;
use super::walk::under;

/// A new output being built. Dropped without [`finish`](Staging::finish), it leaves no trace.
///
/// ```
/// use rmsurvey::publish::folder::{Command, Staging};
///
/// let folder = tempfile::tempdir()?;
/// let output = folder.path().join("output");
/// let staging = Staging::start(&output)?;
/// staging.write("publish/findings.md", b"Scores rose.\n")?;
/// assert!(!output.exists());
/// let finished = staging.finish(Command { name: "run".into(), waves: vec![], draft: false }, vec![])?;
/// assert!(output.join("publish").join("findings.md").exists());
/// assert!(finished.kept.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Staging {
    place: Place,
    method: Method,
    disk: Disk,
    /// Every file so far, by its path as a disk that does not know capitals from small letters sees it.
    written: Mutex<BTreeMap<String, Output>>,
    kept: Vec<Kept>,
    /// The old output, being read already.
    looking: Option<Looking>,
    /// Whether the staging folder is this run's own. After the exchange it may be the old output.
    own: bool,
    _lock: Lock,
}

/// What became of a finished run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub manifest: Manifest,
    /// Old outputs that were moved aside because somebody had worked on them: the user must be told.
    pub kept: Vec<Kept>,
    /// The old output, if it could neither be deleted nor moved aside, say because a file in it is
    /// open. The new one is in place; the next start tries again.
    pub left_behind: Option<PathBuf>,
}

impl Staging {
    /// Takes the lock of an output, puts right what a killed run left, and opens a new folder beside it.
    ///
    /// # Errors
    /// When the output is neither empty nor an earlier one of ours, when another run is at work, or
    /// when the place cannot be written to.
    pub fn start(output: &Path) -> Result<Staging, FolderError> {
        Staging::start_with(output, Method::Best)
    }

    /// As [`start`](Staging::start), with a say in how the folders are exchanged at the end.
    ///
    /// # Errors
    /// As [`start`](Staging::start).
    pub fn start_with(output: &Path, method: Method) -> Result<Staging, FolderError> {
        // Before anything is created beside a folder that is not ours.
        guard(output)?;
        let place = Place::of(output)?;
        let lock = Lock::take(&place)?;
        let kept = recover(&place)?;
        guard(output)?;
        fs::create_dir(&place.staging)
            .map_err(|error| FolderError::system("create", &place.staging, error))?;
        failpoint::reached("started");
        let (disk, written) = (Disk::of(&place.staging), Mutex::default());
        Ok(Staging { place, method, disk, written, kept, looking: None, own: true, _lock: lock })
    }

    /// With the old output being read already, so that it need not be in the end.
    #[must_use]
    pub fn looking(mut self, looking: Looking) -> Staging {
        self.looking = Some(looking);
        self
    }

    /// Writes a file of the new output. `path` is relative, with forward slashes on every system.
    /// Several threads may write at once.
    ///
    /// # Errors
    /// When the path is not plain, was written before or is one that [`finish`](Staging::finish)
    /// writes itself (`README.md`, `manifest.json`), or when the disk refuses.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        if !is_plain(path) || path.eq_ignore_ascii_case(MANIFEST) || path.eq_ignore_ascii_case(readme::NAME) {
            return Err(FolderError::BadName { name: path.to_owned() });
        }
        self.add(path, bytes)
    }

    /// Has the disk begin with the files so far, where more are to come that take their time.
    pub fn begin_saving(&self) {
        self.disk.begin(&self.place.staging);
    }

    /// Writes `README.md` and, last, `manifest.json`, and puts the new output in place of the old one.
    /// An old output that somebody worked on is kept beside it; any other is deleted.
    ///
    /// # Errors
    /// When the output cannot be replaced. The old one is whole then and the new one is discarded.
    pub fn finish(mut self, command: Command, inputs: Vec<Input>) -> Result<Finished, FolderError> {
        self.add(readme::NAME, README.as_bytes())?;
        let written = std::mem::take(self.written.get_mut().unwrap_or_else(PoisonError::into_inner));
        let outputs: Vec<Output> = written.into_values().collect();
        // Before the exchange, or a power cut could leave a new output of empty files.
        self.disk.save(
            &outputs.iter().map(|output| under(&self.place.staging, &output.path)).collect::<Vec<_>>(),
        )?;
        let manifest = Manifest::new(command, inputs, outputs);
        failpoint::reached("before the manifest");
        self.put(MANIFEST, manifest.to_json()?.as_bytes())?;
        disk::save(&under(&self.place.staging, MANIFEST))?;
        failpoint::reached("complete");

        // The folder may have changed hands since the start.
        guard(&self.place.typed)?;
        let old = exchange(&self.place, self.method)?;
        self.own = false;

        let mut kept = std::mem::take(&mut self.kept);
        let mut left_behind = None;
        let seen = self.looking.take().map(Looking::finish).unwrap_or_default();
        // The old output is read, or looked at again, while the disk takes note of the exchange.
        let worked_on = || old.as_deref().map(|old| worked_on(old, &seen));
        let (worked_on, ()) = rayon::join(worked_on, || flush_names(self.place.parent()));
        if let Some((old, files)) = old.zip(worked_on) {
            match files.and_then(|files| set_aside_edited(&self.place, &old, files)) {
                Ok(previous) => kept.extend(previous),
                Err(_) => left_behind = Some(old),
            }
        }
        failpoint::reached("tidied");
        Ok(Finished { manifest, kept, left_behind })
    }

    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let output = Output { path: path.to_owned(), sha256: sha256(bytes) };
        let earlier = {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.insert(path.to_lowercase(), output)
        };
        if earlier.is_some() {
            return Err(FolderError::Twice { name: path.to_owned() });
        }
        self.put(path, bytes)?;
        failpoint::reached("file written");
        Ok(())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let file = under(&self.place.staging, path);
        let failed = |error| FolderError::system("write", &file, error);
        let create = || match (File::create_new(&file), file.parent()) {
            (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                File::create_new(&file)
            }
            (created, _) => created,
        };
        create().and_then(|mut opened| opened.write_all(bytes)).map_err(failed)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.own {
            // Should this fail, the next start deletes it.
            let _ = remove(&self.place, &self.place.staging);
        }
    }
}

/// Whether every part of a path is a name that every system can hold.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| {
        let forbidden = |letter: char| letter.is_control() || r#"<>:"|?*\"#.contains(letter);
        !part.is_empty() && !part.ends_with(['.', ' ']) && !part.contains(forbidden)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::differences;

    fn command() -> Command {
        Command { name: "run".to_owned(), waves: Vec::new(), draft: false }
    }

    #[test]
    fn paths_that_a_system_could_not_hold_are_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let staging = Staging::start(&folder.path().join("output")).expect("started");
        for name in ["", "/etc/x", "../x", "a/../x", "a//b", "./a", "a\\b", "c:x", "a.", "q?", "x\n"] {
            assert!(matches!(staging.write(name, b""), Err(FolderError::BadName { .. })), "{name:?}");
        }
        for name in ["manifest.json", "Manifest.json", "README.md"] {
            assert!(matches!(staging.write(name, b""), Err(FolderError::BadName { .. })), "{name}");
        }
        staging.write("publish/Ärzte 1.csv", b"").expect("plain");
        assert!(matches!(staging.write("publish/ärzte 1.CSV", b""), Err(FolderError::Twice { .. })));
    }

    #[test]
    fn dropped_it_leaves_the_old_output_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("output");
        let first = Staging::start(&output).expect("started");
        first.write("a.txt", b"first").expect("written");
        first.finish(command(), Vec::new()).expect("finished");

        let second = Staging::start(&output).expect("started");
        second.write("a.txt", b"second").expect("written");
        let staging = second.place.staging.clone();
        assert!(staging.exists());
        drop(second);
        assert!(!staging.exists());
        assert_eq!(fs::read(output.join("a.txt")).expect("there"), b"first");
    }

    #[test]
    fn a_folder_that_changed_hands_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("output");
        let staging = Staging::start(&output).expect("started");
        fs::create_dir(&output).expect("created");
        fs::write(output.join("thesis.docx"), "years").expect("written");
        let refused = staging.finish(command(), Vec::new());
        assert!(matches!(refused, Err(FolderError::NotOurs { .. })));
        assert_eq!(fs::read(output.join("thesis.docx")).expect("there"), b"years");
    }

    #[test]
    fn nothing_appears_beside_a_folder_that_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("documents");
        fs::create_dir(&output).expect("created");
        fs::write(output.join("thesis.docx"), "years").expect("written");
        assert!(Staging::start(&output).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
    }

    #[test]
    fn the_same_files_give_the_same_manifest_whatever_the_order() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let texts = [["b/c.txt", "a.txt"], ["a.txt", "b/c.txt"]].map(|order| {
            let output = folder.path().join("output");
            let staging = Staging::start(&output).expect("started");
            for path in order {
                staging.write(path, path.as_bytes()).expect("written");
            }
            let finished = staging.finish(command(), Vec::new()).expect("finished");
            assert!(differences(&output, Some(&finished.manifest)).expect("read").is_empty());
            fs::read_to_string(output.join(MANIFEST)).expect("there")
        });
        assert_eq!(texts[0], texts[1]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_the_folder_behind_it_is_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let link = folder.path().join("output");
        std::os::unix::fs::symlink("pack", &link).expect("linked");
        for text in ["first", "second"] {
            let staging = Staging::start(&link).expect("started");
            staging.write("a.txt", text.as_bytes()).expect("written");
            staging.finish(command(), Vec::new()).expect("finished");
            assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
            assert_eq!(fs::read_to_string(folder.path().join("pack").join("a.txt")).expect("there"), text);
        }
    }
}
