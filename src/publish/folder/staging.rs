//! A new output being built beside the old one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write as _;
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
use super::same::Before;
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
    /// Folders that are there.
    made: Mutex<BTreeSet<PathBuf>>,
    kept: Vec<Kept>,
    before: Before,
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
        let (disk, before) = (Disk::of(&place.staging), Before::of(&place.output));
        let (written, made) = (Mutex::default(), Mutex::default());
        Ok(Staging { place, method, disk, before, written, made, kept, own: true, _lock: lock })
    }

    /// Writes a file of the new output, or has it be that of the old output if that holds the same bytes:
    /// it keeps its date then. `path` is relative, with forward slashes on every system. Several threads may
    /// write at once.
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
        let last = under(&self.place.staging, MANIFEST);
        put(&last, manifest.to_json()?.as_bytes())?;
        disk::save(&last)?;
        failpoint::reached("complete");

        // The folder may have changed hands since the start.
        guard(&self.place.typed)?;
        let old = exchange(&self.place, self.method)?;
        self.own = false;

        let mut kept = std::mem::take(&mut self.kept);
        let mut left_behind = None;
        // The old output is looked at again while the disk takes note of the exchange.
        let worked_on = || old.as_deref().map(|old| worked_on(old, Some(&self.before)));
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
        let hash = sha256(bytes);
        let output = Output { path: path.to_owned(), sha256: hash.clone() };
        let earlier = {
            let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
            written.insert(path.to_lowercase(), output)
        };
        if earlier.is_some() {
            return Err(FolderError::Twice { name: path.to_owned() });
        }
        let file = under(&self.place.staging, path);
        if let Some(folder) = file.parent() {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made.contains(folder) {
                fs::create_dir_all(folder).map_err(|error| FolderError::system("create", folder, error))?;
                made.insert(folder.to_owned());
            }
        }
        if !self.before.share(path, (bytes, &hash), &file) {
            put(&file, bytes)?;
        }
        failpoint::reached("file written");
        Ok(())
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

/// Writes a file that is not there yet.
fn put(file: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let written = File::create_new(file).and_then(|mut created| created.write_all(bytes));
    written.map_err(|error| FolderError::system("write", file, error))
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
    use std::time::{Duration, SystemTime};

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

    /// Writes an output of two papers, and says what became of the old one.
    fn publish(output: &Path, score: &str) -> Finished {
        let staging = Staging::start(output).expect("started");
        staging.write("publish/score.csv", score.as_bytes()).expect("written");
        staging.write("publish/report.docx", b"the paper").expect("written");
        let finished = staging.finish(command(), Vec::new()).expect("finished");
        assert!(differences(output, Some(&finished.manifest)).expect("read").is_empty());
        finished
    }

    #[test]
    fn a_file_that_says_the_same_keeps_its_date() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("output");
        publish(&output, "2.5");
        let long_ago = SystemTime::now() - Duration::from_secs(3600);
        for name in ["score.csv", "report.docx"] {
            let file = File::options().write(true).open(output.join("publish").join(name)).expect("opened");
            file.set_modified(long_ago).expect("dated");
        }
        assert_eq!(publish(&output, "2.6").kept, []);
        let dated = |name: &str| output.join("publish").join(name).metadata().expect("there").modified();
        assert_eq!(dated("report.docx").expect("a date"), long_ago);
        assert!(dated("score.csv").expect("a date") > long_ago);
        assert_eq!(fs::read(output.join("publish").join("score.csv")).expect("there"), b"2.6");
    }

    #[test]
    fn an_output_that_is_kept_shares_no_file_with_the_new_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("output");
        publish(&output, "2.5");
        fs::write(output.join("publish").join("score.csv"), "2.9").expect("edited");
        let kept = publish(&output, "2.5").kept;
        assert_eq!(kept[0].files, ["publish/score.csv"]);
        let (new, old) = (output.join("publish"), kept[0].folder.join("publish"));
        // As a program does that writes into the file instead of putting another in its place.
        fs::write(new.join("report.docx"), "another paper").expect("written");
        assert_eq!(fs::read(old.join("report.docx")).expect("kept"), b"the paper");
        assert_eq!(fs::read(old.join("score.csv")).expect("kept"), b"2.9");
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 3, "new, old and lock");
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
