//! `rmsurvey tally`: validate and count only.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::tally::count_files;
use rmsurvey::{ingest, publish};

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
    let (cells, _) = count_files(&survey, &arguments.folder.input, &waves, &mut found);
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
        Some(file) => match std::fs::write(file, csv) {
            Ok(()) => Ending::Done,
            Err(error) => {
                say(&format!("error: {} could not be written: {error}", file.display()));
                Ending::NotWritten
            }
        },
    }
}
