//! `rmsurvey tally`: validate and count only.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::{publish, tally as count};

use super::{Ending, InputFolder, print, say, say_all};

#[derive(Debug, Args)]
pub(super) struct TallyArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// File to write to; standard output where none is given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn tally(arguments: &TallyArguments) -> Ending {
    let (survey, input, found) = match arguments.folder.read() {
        Ok(read) => read,
        Err(ending) => return ending,
    };
    say_all(&found);
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let counted = count::count(&survey, &waves, &input);
    let csv = match publish::tally_csv(&counted) {
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
