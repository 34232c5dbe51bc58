//! `rmsurvey run`: the whole pipeline.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::publish::Options;
use rmsurvey::{RunError, run as run_pipeline};

use super::bar::watched;
use super::{Ending, InputFolder, room, say, say_all};

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// Folder to write to; an earlier output there is replaced at the end
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Only this wave; may be given several times
    #[arg(long = "wave", value_name = "LABEL")]
    waves: Vec<String>,
    /// Leave out the PNG pictures (the SVG charts stay)
    #[arg(long)]
    no_png: bool,
    /// Go on without answers that are not on the scale, and stamp everything DRAFT
    #[arg(long)]
    draft: bool,
}

pub(super) fn run(arguments: &RunArguments) -> Ending {
    room::make();
    let options = Options {
        output: &arguments.output,
        waves: &arguments.waves,
        pictures: !arguments.no_png,
        draft: arguments.draft,
        ends: true,
    };
    match watched(&arguments.folder.input, |folder| run_pipeline(folder, &options)) {
        Ok(done) => {
            say_all(&done.found);
            for kept in &done.finished.kept {
                say(&kept.to_string());
            }
            if let Some(left) = &done.finished.left_behind {
                say(&format!(
                    "The old output could not be removed and lies in {}; the next run tries again.",
                    left.display()
                ));
            }
            if arguments.draft {
                say(
                    "This is a DRAFT: answers that are not on the scale are left out, and every page says so.",
                );
            }
            let output = arguments.output.display();
            let files = done.finished.manifest.outputs.len();
            say(&format!("Wrote {files} files to {output}."));
            say(&format!(
                "Open {} in a browser.",
                arguments.output.join("publish").join("report.html").display()
            ));
            Ending::Done
        }
        Err(RunError::Input(found)) => {
            say_all(&found);
            say(&format!("Nothing was written; {} is as it was.", arguments.output.display()));
            Ending::BadInput
        }
        Err(RunError::Publish(error)) => {
            say(&format!("error: {error}"));
            Ending::NotWritten
        }
    }
}
