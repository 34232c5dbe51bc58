//! `rmsurvey simulate`: a survey of any size with invented answers.

use std::path::{Path, PathBuf};

use clap::Args;
use rmsurvey::ingest::MOST_ROWS;
use rmsurvey::simulate::{SimulateError, Size, simulate as write};
use rmsurvey::words::thousands;

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
            say(&written(size, &arguments.output));
            Ending::Done
        }
        Err(error) => {
            say(&format!("error: {error}"));
            if matches!(error, SimulateError::Nobody) { Ending::Misused } else { Ending::NotWritten }
        }
    }
}

/// What can be done with what was written.
fn written(size: Size, folder: &Path) -> String {
    let folder = folder.display();
    let next = match size.beyond_a_run() {
        None => format!("rmsurvey run --input {folder} makes its report."),
        Some(forms) => format!(
            "A file has {} rows and its header: rmsurvey run reads up to {} rows of a file, rmsurvey tally --input {folder} counts any number.",
            thousands(forms as u64),
            thousands(MOST_ROWS)
        ),
    };
    format!("Wrote a simulated survey to {folder}. {next}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_that_is_too_large_for_a_run_is_sent_to_the_tally() {
        let say = |providers| written(Size { providers, officers: 0, waves: 1, seed: 1 }, Path::new("big"));
        assert_eq!(
            say(199_999),
            "Wrote a simulated survey to big. rmsurvey run --input big makes its report."
        );
        assert_eq!(
            say(1_000_000),
            "Wrote a simulated survey to big. A file has 1,000,000 rows and its header: rmsurvey run reads up to 200,000 rows of a file, rmsurvey tally --input big counts any number."
        );
    }
}
