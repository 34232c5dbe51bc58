//! The bytes of files under the input folder.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::limits::{LARGE_BYTES, LARGE_LINES, MOST_BYTES, PACKED, too_many_bytes};
use super::parquet::is_parquet;
use super::patterns::{is_pattern, nothing_fits};
use super::spreadsheet::{is_spreadsheet, path_and_sheet};
use crate::diagnostics::{Diagnostic, Place};
use crate::nearest::nearest_within;
use crate::survey::Survey;

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Name under the input folder, with forward slashes.
    pub name: String,
    pub sha256: String,
    /// Rows below the header; `None` for files that are not tables.
    pub rows: Option<u64>,
}

/// The bytes of a file under the input folder, or why they cannot be had.
pub(super) fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (path, _) = path_and_sheet(name);
    match read_file(&folder.join(path)) {
        Ok(bytes) => Ok(bytes),
        Err(Unread::Failed(error)) => Err(Box::new(unreadable(folder, name, &error))),
        Err(other) => Err(Box::new(other.diagnostic(name))),
    }
}

/// Bytes of a file under the input folder, as far as can be said.
pub(super) fn size(folder: &Path, name: &str) -> u64 {
    fs::metadata(folder.join(path_and_sheet(name).0)).map_or(0, |metadata| metadata.len())
}

/// Whether the files of an audience in a wave hold so much that its forms are not kept one by one.
pub(super) fn is_large(survey: &Survey, folder: &Path, (wave, audience): (usize, usize)) -> bool {
    let names = survey.waves[wave].files[audience].iter().map(|answers| answers.file.as_str());
    let (packed, texts): (Vec<&str>, Vec<&str>) =
        names.filter(|name| !is_spreadsheet(name)).partition(|name| is_parquet(name));
    let bytes = |names: &[&str]| names.iter().map(|name| size(folder, name)).sum::<u64>();
    let lines = || texts.iter().map(|name| lines(&folder.join(name))).sum::<u64>();
    bytes(&packed) * PACKED + bytes(&texts) > LARGE_BYTES
        || bytes(&texts) > LARGE_LINES && lines() > LARGE_LINES
}

/// Line ends of a file, as far as it can be read.
fn lines(path: &Path) -> u64 {
    let Ok(mut file) = File::open(path) else { return 0 };
    let (mut buffer, mut ends) = (vec![0; 1 << 16], [0, 0]);
    while let Ok(read) = file.read(&mut buffer)
        && read > 0
    {
        // Of either kind of line end; pairs of both count once.
        for (of, end) in ends.iter_mut().zip(*b"\n\r") {
            *of += buffer[..read].iter().filter(|byte| **byte == end).count() as u64;
        }
    }
    ends[0].max(ends[1])
}

/// Why a file could not be read as a whole.
#[derive(Debug)]
pub(crate) enum Unread {
    Failed(io::Error),
    TooLarge,
    /// It was written to meanwhile.
    Changed,
}

impl Unread {
    /// As it is said of a file.
    pub fn diagnostic(self, name: &str) -> Diagnostic {
        match self {
            Unread::Failed(error) => {
                Diagnostic::error("no-file", Place::file(name), format!("the file cannot be read: {error}"))
                    .advice("correct its name; if it is open in another program, close it")
            }
            Unread::TooLarge => {
                let too_large = too_many_bytes("has");
                Diagnostic::error("too-large", Place::file(name), too_large.message).advice(too_large.advice)
            }
            Unread::Changed => {
                Diagnostic::error("changed", Place::file(name), "the file changed while it was read")
                    .advice("close it in other programs, wait until it has been copied, and run again")
            }
        }
    }
}

/// Reads a file that is neither too large nor being written to.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Unread> {
    read_whole(path, |file, bytes| file.read_to_end(bytes))
}

fn read_whole(
    path: &Path,
    read: impl FnOnce(&mut File, &mut Vec<u8>) -> io::Result<usize>,
) -> Result<Vec<u8>, Unread> {
    let mut file = File::open(path).map_err(Unread::Failed)?;
    let state = || -> io::Result<_> {
        let metadata = fs::metadata(path)?;
        Ok((metadata.len(), metadata.modified().ok()))
    };
    let before = state().map_err(Unread::Failed)?;
    if before.0 > MOST_BYTES {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::new();
    read(&mut file, &mut bytes).map_err(Unread::Failed)?;
    let is_same = state().map_err(Unread::Failed)? == before && bytes.len() as u64 == before.0;
    if is_same { Ok(bytes) } else { Err(Unread::Changed) }
}

pub(super) fn unreadable(folder: &Path, name: &str, error: &io::Error) -> Diagnostic {
    if is_pattern(name) {
        nothing_fits(folder, name)
    } else if error.kind() == io::ErrorKind::NotFound {
        let path = folder.join(path_and_sheet(name).0);
        let siblings: Vec<String> = path
            .parent()
            .and_then(|parent| fs::read_dir(parent).ok())
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let wanted = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Diagnostic::error("no-file", Place::file(name), "there is no such file")
            .nearest(nearest_within(0.8, &wanted, siblings.iter().map(String::as_str)))
            .advice("put the file there, or correct its name in survey.toml")
    } else {
        Diagnostic::error("no-file", Place::file(name), format!("the file cannot be read: {error}"))
            .advice("if it is open in another program, close it and run again")
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "a,b\n1,2\n").unwrap();
        assert_eq!(read_file(&path).unwrap(), b"a,b\n1,2\n");
        let append = |file: &mut File, bytes: &mut Vec<u8>| {
            let read = file.read_to_end(bytes)?;
            fs::OpenOptions::new().append(true).open(&path)?.write_all(b"3,4\n")?;
            Ok(read)
        };
        let changed = read_whole(&path, append).unwrap_err();
        assert!(changed.diagnostic("a.csv").to_string().contains("changed while it was read"));
        let shorten = |file: &mut File, bytes: &mut Vec<u8>| {
            fs::write(&path, "a\n")?;
            file.read_to_end(bytes)
        };
        assert!(matches!(read_whole(&path, shorten), Err(Unread::Changed)));
    }

    /// A file that takes no room on the disk.
    #[test]
    fn a_file_of_ten_gigabytes_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        File::create(&path).unwrap().set_len(10 * 1024 * 1024 * 1024).unwrap();
        let read = |_: &mut File, _: &mut Vec<u8>| panic!("it is read");
        assert!(matches!(read_whole(&path, read), Err(Unread::TooLarge)));
    }
}
