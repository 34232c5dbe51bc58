//! Files of the old output that the new one has too: they stay what they are instead of being written again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::hash::sha256_of_file;
use super::walk::{Entry, under};

/// Of a file changed less than this before it was read, a later change might have the same time: no disk
/// counts in longer steps.
const STEP: Duration = Duration::from_secs(2);

/// Bytes of a file that are compared at a time.
const PIECE: usize = 1 << 16;

/// An old output beside which a new one is made.
#[derive(Debug)]
pub(super) struct Before {
    folder: PathBuf,
    /// Whether the disk can have a file in two folders, as far as is known.
    can_share: AtomicBool,
    /// By the path under the folder.
    met: Mutex<BTreeMap<String, Met>>,
}

/// A file of the old output as it was when the new one of its name was made.
#[derive(Debug)]
struct Met {
    sha256: String,
    length: u64,
    changed: SystemTime,
}

impl Before {
    /// The old output in this folder; where there is none, nothing will be met.
    pub fn of(folder: &Path) -> Before {
        Before { folder: folder.to_owned(), can_share: AtomicBool::new(true), met: Mutex::default() }
    }

    /// Has `to` be the old file of this relative path, if it holds these bytes and the disk can have one file
    /// in two folders. Says whether it is.
    pub fn share(&self, relative: &str, (bytes, sha256): (&[u8], &str), to: &Path) -> bool {
        let from = under(&self.folder, relative);
        // Before it is read: what changes on the way is not what was met.
        let Some(metadata) = fs::symlink_metadata(&from).ok().filter(fs::Metadata::is_file) else {
            return false;
        };
        let changed = metadata.modified().ok().filter(|changed| is_settled(*changed));
        let length = metadata.len();
        let is_shared = length == bytes.len() as u64 && self.shared(&from, bytes, to);
        let sha256 = if is_shared { Ok(sha256.to_owned()) } else { sha256_of_file(&from) };
        if let (Ok(sha256), Some(changed)) = (sha256, changed) {
            let met = Met { sha256, length, changed };
            self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(relative.to_owned(), met);
        }
        is_shared
    }

    fn shared(&self, from: &Path, bytes: &[u8], to: &Path) -> bool {
        if !self.can_share.load(Ordering::Relaxed) {
            return false;
        }
        match fs::hard_link(from, to) {
            // Read where nobody else comes: the file behind the old name may be another by now.
            Ok(()) if holds(to, bytes).unwrap_or(false) => true,
            Ok(()) => {
                // Should this fail, the name is taken and writing the file fails.
                let _ = fs::remove_file(to);
                false
            }
            Err(_) => {
                self.can_share.store(false, Ordering::Relaxed);
                false
            }
        }
    }

    /// The hash of a file that was met and is as it was.
    pub fn hash(&self, entry: &Entry) -> Option<String> {
        let met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let Met { sha256, length, changed } = met.get(&entry.relative)?;
        let metadata = fs::symlink_metadata(&entry.path).ok()?;
        let is_same = metadata.len() == *length && metadata.modified().is_ok_and(|it| it == *changed);
        is_same.then(|| sha256.clone())
    }
}

/// Whether any change from now on has another time than this.
fn is_settled(changed: SystemTime) -> bool {
    SystemTime::now().duration_since(changed).is_ok_and(|age| age >= STEP)
}

/// Whether a file holds these bytes and no more.
fn holds(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = fs::File::open(file)?;
    let mut piece = vec![0; PIECE.min(bytes.len() + 1)];
    let mut rest = bytes;
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(read) => match rest.split_at_checked(read) {
                Some((expected, after)) if piece[..read] == *expected => rest = after,
                _ => return Ok(false),
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::hash::sha256;
    use std::fs::FileTimes;

    /// Writes a file that was changed so many seconds ago.
    fn write(path: &Path, text: &str, age: u64) {
        fs::write(path, text).expect("written");
        let then = SystemTime::now() - Duration::from_secs(age);
        let file = fs::File::options().write(true).open(path).expect("opened");
        file.set_times(FileTimes::new().set_modified(then)).expect("dated");
    }

    /// An old output and the folder of a new one.
    fn folders() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folders = ["old", "new"].map(|name| folder.path().join(name));
        folders.iter().for_each(|folder| fs::create_dir(folder).expect("created"));
        let [old, new] = folders;
        (folder, old, new)
    }

    fn share(before: &Before, name: &str, text: &str, new: &Path) -> bool {
        before.share(name, (text.as_bytes(), &sha256(text.as_bytes())), &new.join(name))
    }

    #[test]
    fn only_a_file_of_the_same_bytes_is_shared() {
        let (_folder, old, new) = folders();
        let long = "0123456789".repeat(20_000);
        for (name, text) in [("same", "text"), ("longer", "text, edited"), ("other", "next"), ("long", &long)]
        {
            write(&old.join(name), text, 60);
        }
        fs::create_dir(old.join("folder")).expect("created");
        let before = Before::of(&old);
        let names = ["same", "longer", "other", "folder", "missing"];
        assert_eq!(names.map(|name| share(&before, name, "text", &new)), [true, false, false, false, false]);
        assert!(share(&before, "long", &long, &new));
        assert!(!share(&before, "long", &format!("{}x", &long[1..]), &new.join("..")));
        // What was refused left nothing in the way.
        assert_eq!(fs::read_dir(&new).expect("read").count(), 2);
        assert_eq!(fs::read_to_string(new.join("same")).expect("shared"), "text");
        assert_eq!(
            fs::metadata(new.join("same")).expect("there").modified().expect("dated"),
            fs::metadata(old.join("same")).expect("there").modified().expect("dated")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_of_the_same_bytes_is_not_shared() {
        let (_folder, old, new) = folders();
        write(&old.join("elsewhere"), "text", 60);
        std::os::unix::fs::symlink("elsewhere", old.join("link")).expect("linked");
        assert!(!share(&Before::of(&old), "link", "text", &new));
    }

    #[test]
    fn only_what_was_not_touched_since_is_known() {
        let (_folder, old, new) = folders();
        let names = ["settled", "other", "fresh", "edited", "touched", "strange"];
        for name in names {
            let text = if name == "other" { "next" } else { "text" };
            write(&old.join(name), text, if name == "fresh" { 0 } else { 60 });
        }
        let before = Before::of(&old);
        for name in &names[..5] {
            share(&before, name, "text", &new);
        }
        // As if all had taken longer: what matters is how fresh a file was when it was met.
        let fresh = fs::File::options().write(true).open(old.join("fresh")).expect("opened");
        let met = fresh.metadata().expect("there").modified().expect("dated");
        std::thread::sleep((met + STEP).duration_since(SystemTime::now()).unwrap_or_default());
        // As most programs save: another file of the same name.
        fs::remove_file(old.join("edited")).expect("deleted");
        write(&old.join("edited"), "text, edited", 60);
        write(&old.join("touched"), "word", 30);
        let known = names.map(|name| {
            let entry = Entry { relative: name.to_owned(), path: old.join(name), plain: true };
            before.hash(&entry)
        });
        let hash = |text: &str| Some(sha256(text.as_bytes()));
        assert_eq!(known, [hash("text"), hash("next"), None, None, None, None]);
    }
}
