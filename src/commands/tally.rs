//! `rmsurvey tally`: validate and count only.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::tally::count_files;
use rmsurvey::{ingest, publish};

use super::bar::watched;
use super::{Ending, InputFolder, print, refused, say, say_all};

#[derive(Debug, Args)]
pub(super) struct TallyArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// File to write to; standard output where none is given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn tally(arguments: &TallyArguments) -> Ending {
    let (survey, _) = match ingest::definition(&arguments.folder.input) {
        Ok(read) => read,
        Err(found) => return refused(&found),
    };
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let mut found = Diagnostics::default();
    let (cells, _) =
        watched(&arguments.folder.input, |folder| count_files(&survey, folder, &waves, &mut found));
    if found.has_errors() {
        return refused(&found);
    }
    say_all(&found);
    let csv = match publish::tally_csv(&survey, cells.iter()) {
        Ok(csv) => csv,
        Err(error) => {
            say(&format!("error: {error}"));
            return Ending::NotWritten;
        }
    };
    match &arguments.output {
        None => print(&csv),
        Some(file) => match write(file, &csv) {
            Ok(()) => Ending::Done,
            Err(error) => {
                say(&format!("error: {} could not be written: {error}", file.display()));
                Ending::NotWritten
            }
        },
    }
}

/// Writes a file of its own beside, and puts it in the place of the old one when it is whole.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let is_special = fs::symlink_metadata(file).is_ok_and(|there| !there.is_file());
    let name = file.file_name().filter(|_| !is_special);
    // A device, a pipe or a link is not replaced by a file.
    let Some(name) = name else { return fs::write(file, text) };
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(".new");
    let new = file.with_file_name(hidden);
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        // What was begun is of no use.
        let _ = fs::remove_file(&new);
    }
    written
}
