//! `rmsurvey diff`: what moved between two outputs, as a note.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::diff as compare;

use super::{Ending, print, say};

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// Folder that an earlier run wrote
    #[arg(value_name = "OLD_OUTPUT")]
    old: PathBuf,
    /// Folder that a later run wrote
    #[arg(value_name = "NEW_OUTPUT")]
    new: PathBuf,
}

pub(super) fn diff(arguments: &DiffArguments) -> Ending {
    match compare::diff(&arguments.old, &arguments.new) {
        Ok(note) => print(&note),
        Err(error) => {
            say(&format!("error: {error}"));
            Ending::NotWritten
        }
    }
}
