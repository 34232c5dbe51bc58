//! `rmsurvey simulate`: a survey of any size with invented answers.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::simulate::{SimulateError, Size, simulate as write};

use super::bar::watched;
use super::{Ending, say};

#[derive(Debug, Args)]
pub(super) struct SimulateArguments {
    /// How many providers answer in each wave
    #[arg(long, value_name = "N")]
    providers: usize,
    /// How many officers answer in each wave
    #[arg(long, value_name = "N", default_value_t = 0)]
    officers: usize,
    /// How many waves there are
    #[arg(long, value_name = "N", default_value_t = 2)]
    waves: usize,
    /// Another seed gives other answers
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Folder to write to, new or empty
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

pub(super) fn simulate(arguments: &SimulateArguments) -> Ending {
    let SimulateArguments { providers, officers, waves, seed, .. } = *arguments;
    let size = Size { providers, officers, waves, seed };
    match watched(&arguments.output, |folder| write(size, folder)) {
        Ok(()) => {
            let folder = arguments.output.display();
            say(&format!(
                "Wrote a simulated survey to {folder}. rmsurvey run --input {folder} makes its report."
            ));
            Ending::Done
        }
        Err(error) => {
            say(&format!("error: {error}"));
            if matches!(error, SimulateError::Nobody) { Ending::Misused } else { Ending::NotWritten }
        }
    }
}
