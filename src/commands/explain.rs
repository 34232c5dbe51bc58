//! `rmsurvey explain`: one figure, from the answers behind it to whether it may be shown.

use clap::Args;
use rmsurvey::explain as explained;

use super::{Ending, InputFolder, print, say};

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
    let (survey, input) = match arguments.folder.read() {
        Ok((survey, input, _)) => (survey, input),
        Err(ending) => return ending,
    };
    match explained::explain(&survey, &input, &arguments.address) {
        Ok(page) => print(&page),
        Err(unknown) => {
            say(&unknown.to_string());
            Ending::Misused
        }
    }
}
