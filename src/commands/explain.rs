//! `rmsurvey explain`: one figure, from the answers behind it to whether it may be shown.

use clap::Args;
use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::{explain as explained, ingest};

use super::{Ending, InputFolder, print, say, say_all};

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Which figure, as findings.md prints it: 2017/providers/all/Q1/all/all; the last parts may be
    /// left out
    #[arg(value_name = "ADDRESS")]
    address: String,
    #[command(flatten)]
    folder: InputFolder,
}

pub(super) fn explain(arguments: &ExplainArguments) -> Ending {
    let (survey, _) = match ingest::definition(&arguments.folder.input) {
        Ok(read) => read,
        Err(found) => {
            say_all(&found);
            return Ending::BadInput;
        }
    };
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let mut found = Diagnostics::default();
    let input = ingest::read(&survey, &arguments.folder.input, &waves, &mut found);
    if found.has_errors() {
        say_all(&found);
        return Ending::BadInput;
    }
    match explained::explain(&survey, &input, &arguments.address) {
        Ok(page) => print(&page),
        Err(unknown) => {
            say(&unknown.to_string());
            Ending::Misused
        }
    }
}
