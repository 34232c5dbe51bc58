//! What an old output holds, read while there is other work.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use super::hash::sha256_of_file;
use super::manifest::Manifest;
use super::walk::{Entry, under};

/// Of a file changed less than this before it was read, a later change might have the same time: no disk
/// counts in longer steps.
const STEP: Duration = Duration::from_secs(2);

/// The files of an old output being read in the background.
#[derive(Debug)]
pub struct Looking(Option<JoinHandle<Seen>>);

impl Looking {
    /// Begins to read the files that an earlier run wrote there; nothing, where it is no output of ours.
    pub fn begin(output: &Path) -> Looking {
        let output = output.to_owned();
        Looking(thread::Builder::new().spawn(move || Seen::of(&output)).ok())
    }

    /// What was seen, once all is read. Whatever went wrong, it is seen less, and read again.
    pub(super) fn finish(self) -> Seen {
        self.0.and_then(|reading| reading.join().ok()).unwrap_or_default()
    }
}

/// The files of an old output as they were at some moment of this run.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By the path under the folder.
    files: BTreeMap<String, File>,
}

#[derive(Debug)]
struct File {
    sha256: String,
    length: u64,
    changed: SystemTime,
}

impl Seen {
    fn of(output: &Path) -> Seen {
        let Ok(Some(manifest)) = Manifest::read(output) else { return Seen::default() };
        let look = |relative: &str| {
            let path = under(output, relative);
            // Before it is read: what changes on the way is not what was seen.
            let metadata = fs::symlink_metadata(&path).ok().filter(Metadata::is_file)?;
            let (length, changed) = (metadata.len(), metadata.modified().ok()?);
            let is_settled = SystemTime::now().duration_since(changed).is_ok_and(|age| age >= STEP);
            let sha256 = is_settled.then(|| sha256_of_file(&path).ok()).flatten()?;
            Some((relative.to_owned(), File { sha256, length, changed }))
        };
        Seen { files: manifest.hashes().into_keys().filter_map(look).collect() }
    }

    /// The hash of a file that is as it was seen.
    pub fn hash(&self, entry: &Entry) -> Option<&str> {
        let file = self.files.get(&entry.relative)?;
        let metadata = fs::symlink_metadata(&entry.path).ok()?;
        let is_same = metadata.len() == file.length && metadata.modified().is_ok_and(|it| it == file.changed);
        is_same.then_some(&*file.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::hash::sha256;
    use crate::publish::folder::{Command, Output};
    use std::fs::FileTimes;

    fn entry(folder: &Path, relative: &str) -> Entry {
        Entry { relative: relative.to_owned(), path: folder.join(relative), plain: true }
    }

    /// Writes a file that was changed so many seconds ago.
    fn write(path: &Path, text: &str, age: u64) {
        fs::write(path, text).expect("written");
        let then = SystemTime::now() - Duration::from_secs(age);
        let file = fs::File::options().write(true).open(path).expect("opened");
        file.set_times(FileTimes::new().set_modified(then)).expect("dated");
    }

    #[test]
    fn only_what_was_not_touched_since_is_taken_as_seen() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = ["settled", "fresh", "edited", "touched", "strange"];
        let outputs =
            names[..4].iter().map(|name| Output { path: (*name).to_owned(), sha256: sha256(b"text") });
        let manifest = Manifest::new(Command::default(), Vec::new(), outputs.collect());
        fs::write(folder.path().join("manifest.json"), manifest.to_json().expect("text")).expect("written");
        for name in names {
            write(&folder.path().join(name), "text", if name == "fresh" { 0 } else { 60 });
        }
        let seen = Looking::begin(folder.path()).finish();
        write(&folder.path().join("edited"), "text, edited", 60);
        write(&folder.path().join("touched"), "next", 30);
        let known = names.map(|name| seen.hash(&entry(folder.path(), name)).is_some());
        assert_eq!(known, [true, false, false, false, false]);
        assert_eq!(seen.hash(&entry(folder.path(), "settled")), Some(&*sha256(b"text")));
    }

    #[test]
    fn nothing_is_read_of_a_folder_that_is_not_ours() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&folder.path().join("thesis.docx"), "years", 60);
        assert!(Looking::begin(folder.path()).finish().files.is_empty());
        assert!(Looking::begin(&folder.path().join("nowhere")).finish().files.is_empty());
    }
}
