//! An old output that somebody worked on is kept.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use rayon::prelude::*;

use super::error::FolderError;
use super::failpoint;
use super::hash::{sha256, sha256_of_file};
use super::held;
use super::manifest::{MANIFEST, Manifest};
use super::place::{Place, shown};
use super::readme;
use super::same::Before;
use super::walk::{Entry, is_litter, under, walk};

/// How many files a message names before it counts the rest.
const NAMED: usize = 3;

/// How many files are deleted at a time: the disk is waited for, not the cores.
const AT_A_TIME: usize = 8;

/// An old output that was moved aside because somebody had worked on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies now: `output.previous`, or `output.previous-2` and so on.
    pub folder: PathBuf,
    /// The files that were edited or added, by their paths under it.
    pub files: Vec<String>,
}

impl fmt::Display for Kept {
    /// "publish/report.docx was edited or added, so the old output was kept as ..."
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.files.len().saturating_sub(NAMED);
        write!(
            formatter,
            "{}",
            self.files.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ")
        )?;
        if more > 0 {
            write!(formatter, " and {more} more")?;
        }
        let were = if self.files.len() == 1 { "was" } else { "were" };
        write!(
            formatter,
            " {were} edited or added since the last run, so the old output was kept as {}",
            shown(&self.folder)
        )
    }
}

/// How a folder differs from its manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Files whose bytes are no longer those that were written, or that cannot be read.
    pub changed: Vec<String>,
    /// Files that the manifest does not know.
    pub added: Vec<String>,
    /// Files that the manifest knows and that are gone.
    pub missing: Vec<String>,
}

impl Differences {
    /// Whether every file is there with the bytes that were written, and no other file.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.missing.is_empty()
    }

    /// What would be lost with the folder: changed and added files.
    fn into_work(self) -> Vec<String> {
        let mut files = self.changed;
        files.extend(self.added);
        files.sort();
        files
    }
}

/// Compares every file under a folder with a manifest; without one, only our own `README.md` is
/// expected. Files that systems and office programs leave anywhere (`Thumbs.db`, `~$report.docx`) do not count.
///
/// # Errors
/// When a folder cannot be listed.
pub fn differences(folder: &Path, manifest: Option<&Manifest>) -> Result<Differences, FolderError> {
    differences_since(folder, manifest, None)
}

/// As [`differences`], without reading again what was met and has not been touched since.
fn differences_since(
    folder: &Path,
    manifest: Option<&Manifest>,
    before: Option<&Before>,
) -> Result<Differences, FolderError> {
    let mut known = manifest.map(Manifest::hashes).unwrap_or_default();
    let mut differences = Differences::default();
    let mut entries = walk(folder)?;
    entries.retain(|entry| entry.relative != MANIFEST && !is_litter(&entry.relative));
    let expected: Vec<Option<&str>> =
        entries.iter().map(|entry| known.remove(entry.relative.as_str())).collect();
    let compared = entries.par_iter().zip(&expected).map(|(entry, hash)| is_as_written(entry, *hash, before));
    let compared: Vec<bool> = compared.collect();
    for ((entry, hash), is_as_written) in entries.into_iter().zip(expected).zip(compared) {
        match hash {
            _ if is_as_written => {}
            Some(_) => differences.changed.push(entry.relative),
            None => differences.added.push(entry.relative),
        }
    }
    differences.missing = known.into_keys().map(str::to_owned).collect();
    Ok(differences)
}

/// What cannot be read counts as edited: better one folder too many than a paper lost.
fn is_as_written(entry: &Entry, hash: Option<&str>, before: Option<&Before>) -> bool {
    if !entry.plain {
        return false;
    }
    if entry.relative == readme::NAME {
        // Git on Windows may give the tracked page other line ends.
        return fs::read(&entry.path).is_ok_and(|text| {
            readme::is_current(&text)
                || hash.is_some_and(|hash| sha256(&readme::with_plain_line_ends(&text)) == hash)
        });
    }
    hash.is_some_and(|hash| {
        let known = before.and_then(|before| before.hash(entry));
        let found = known.map_or_else(|| sha256_of_file(&entry.path), Ok);
        found.is_ok_and(|found| found == hash)
    })
}

/// Moves an old output to `output.previous` if somebody worked on it, and deletes it otherwise.
pub(super) fn set_aside(place: &Place, old: &Path) -> Result<Option<Kept>, FolderError> {
    set_aside_edited(place, old, worked_on(old, None)?)
}

/// The files of an old output that somebody edited or added; what was met of it need not be read again.
pub(super) fn worked_on(old: &Path, before: Option<&Before>) -> Result<Vec<String>, FolderError> {
    match Manifest::read(old) {
        Ok(manifest) => Ok(differences_since(old, manifest.as_ref(), before)?.into_work()),
        // Its manifest was ours before the exchange. Somebody is at work on it this moment.
        Err(FolderError::ForeignManifest { .. }) => Ok(vec![MANIFEST.to_owned()]),
        Err(error) => Err(error),
    }
}

/// As [`set_aside`], where it is known already which files were edited or added.
pub(super) fn set_aside_edited(
    place: &Place,
    old: &Path,
    files: Vec<String>,
) -> Result<Option<Kept>, FolderError> {
    failpoint::reached("old output compared");
    if files.is_empty() {
        remove(place, old)?;
        return Ok(None);
    }
    let folder = place.free_previous();
    held::patiently(|| fs::rename(old, &folder)).map_err(|error| held::explain(place, old, "move", error))?;
    // Should this fail, a program that writes into a file of the one changes that of the other too.
    let _ = part(place, &folder);
    Ok(Some(Kept { folder, files }))
}

/// Gives the output files of its own where it may share them with one that is kept.
fn part(place: &Place, kept: &Path) -> io::Result<()> {
    fs::create_dir(&place.staging)?;
    let copy = place.staging.join("copy");
    for Entry { relative, .. } in walk(kept).unwrap_or_default() {
        let file = under(&place.output, &relative);
        if fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file()) {
            fs::copy(&file, &copy)?;
            // Before it takes the other's place, or a power cut could leave an empty file there.
            fs::File::options().write(true).open(&copy)?.sync_all()?;
            fs::rename(&copy, &file)?;
        }
    }
    fs::remove_dir(&place.staging)
}

/// Deletes a folder of ours, its manifest last: should the run be killed on the way, the next start
/// still knows whose the rest is.
pub(super) fn remove(place: &Place, folder: &Path) -> Result<(), FolderError> {
    // Several at a time what is quickly gone; what resists is met again below.
    let entries = walk(folder).unwrap_or_default();
    let share = entries.len().div_ceil(AT_A_TIME).max(1);
    thread::scope(|threads| {
        for entries in entries.chunks(share) {
            let remove = move || {
                for entry in entries.iter().filter(|entry| entry.plain && entry.relative != MANIFEST) {
                    let _ = fs::remove_file(&entry.path);
                    failpoint::reached("partly deleted");
                }
            };
            // What no thread can be had for is left to the end as well.
            let _ = thread::Builder::new().spawn_scoped(threads, remove);
        }
    });
    let removed = held::patiently(|| {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else if entry.file_name() != MANIFEST {
                fs::remove_file(entry.path())?;
            }
        }
        fs::remove_dir_all(folder)
    });
    removed.map_err(|error| held::explain(place, folder, "delete", error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::{Command, Output, README};

    /// An output with a README, a manifest and one paper.
    fn output(folder: &Path) -> Place {
        let place = Place::of(&folder.join("output")).expect("a place");
        fs::create_dir(&place.output).expect("created");
        fs::write(place.output.join("README.md"), README).expect("written");
        fs::write(place.output.join("report.docx"), "paper").expect("written");
        let outputs = [("README.md", README), ("report.docx", "paper")]
            .map(|(path, text)| Output { path: path.to_owned(), sha256: sha256(text.as_bytes()) });
        let manifest = Manifest::new(Command::default(), Vec::new(), outputs.to_vec());
        fs::write(place.output.join(MANIFEST), manifest.to_json().expect("written")).expect("written");
        place
    }

    #[test]
    fn an_untouched_output_is_deleted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = output(folder.path());
        let windows = README.replace('\n', "\r\n");
        fs::write(place.output.join("README.md"), windows).expect("line ends by git");
        fs::write(place.output.join("~$report.docx"), "owner").expect("written by Word");
        assert_eq!(set_aside(&place, &place.output).expect("done"), None);
        assert!(!place.output.exists());
    }

    #[test]
    fn a_file_less_is_no_work_to_keep() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = output(folder.path());
        fs::remove_file(place.output.join("report.docx")).expect("deleted");
        let manifest = Manifest::read(&place.output).expect("ours");
        let found = differences(&place.output, manifest.as_ref()).expect("read");
        assert_eq!(found.missing, ["report.docx"]);
        assert_eq!(set_aside(&place, &place.output).expect("done"), None);
    }

    #[test]
    fn work_is_kept_beside_earlier_work() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for expected in ["output.previous", "output.previous-2"] {
            let place = output(folder.path());
            fs::write(place.output.join("report.docx"), "paper, edited").expect("written");
            fs::create_dir(place.output.join("notes")).expect("created");
            fs::write(place.output.join("notes").join("mine.txt"), "added").expect("written");
            let kept = set_aside(&place, &place.output).expect("done").expect("kept");
            assert_eq!(kept.files, ["notes/mine.txt", "report.docx"]);
            assert_eq!(kept.folder.file_name().and_then(|name| name.to_str()), Some(expected));
            assert_eq!(fs::read(kept.folder.join("report.docx")).expect("kept"), b"paper, edited");
        }
    }

    #[test]
    fn says_what_was_kept_and_where() {
        let kept = |files: &[&str]| {
            let files = files.iter().map(|file| (*file).to_owned()).collect();
            Kept { folder: "output.previous".into(), files }.to_string()
        };
        assert_eq!(
            kept(&["publish/report.docx"]),
            "publish/report.docx was edited or added since the last run, so the old output was kept as output.previous"
        );
        assert!(kept(&["a", "b", "c", "d", "e"]).starts_with("a, b, c and 2 more were edited"));
    }

    #[test]
    fn without_a_manifest_only_our_readme_is_expected() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = output(folder.path());
        fs::remove_file(place.output.join(MANIFEST)).expect("deleted");
        assert_eq!(differences(&place.output, None).expect("read").added, ["report.docx"]);
        fs::write(place.output.join("README.md"), "mine").expect("written");
        assert_eq!(differences(&place.output, None).expect("read").added, ["README.md", "report.docx"]);
    }
}
