//! `rmsurvey init`: a definition from the exports themselves.

use std::path::PathBuf;

use clap::Args;
use rmsurvey::draft::{add, draft, existing};

use super::{Ending, say, say_all};

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// Exports as the survey platform wrote them, beside the definition or below it
    #[arg(value_name = "EXPORT", required = true)]
    exports: Vec<PathBuf>,
    /// The definition to write; one that is there is kept, and a new wave is added to it
    #[arg(long, value_name = "FILE", default_value = "survey.toml")]
    output: PathBuf,
}

pub(super) fn init(arguments: &InitArguments) -> Ending {
    let folder = arguments.output.parent().unwrap_or_else(|| std::path::Path::new(""));
    let drafted = existing(&arguments.output).and_then(|there| {
        let drafted = match &there {
            Some(definition) => add(folder, definition, &arguments.exports)?,
            None => draft(folder, &arguments.exports)?,
        };
        Ok((drafted, there.is_some()))
    });
    let (drafted, is_added) = match drafted {
        Ok(drafted) => drafted,
        Err(found) => {
            say_all(&found);
            return Ending::BadInput;
        }
    };
    for note in &drafted.notes {
        say(note);
    }
    let output = arguments.output.display();
    if let Err(error) = std::fs::write(&arguments.output, &drafted.text) {
        say(&format!("error: {output} could not be written: {error}"));
        return Ending::NotWritten;
    }
    let check = match folder.to_str().unwrap_or_default() {
        "input" => "rmsurvey check".to_owned(),
        "" => "rmsurvey check --input .".to_owned(),
        folder => format!("rmsurvey check --input \"{folder}\""),
    };
    if is_added {
        say(&format!("Added to {output}; every line that was there is there still. Now run  {check}"));
        return Ending::Done;
    }
    let lines = drafted.text.lines().enumerate().skip(2);
    let open: Vec<String> =
        lines.filter(|(_, line)| line.contains("DECIDE")).map(|(at, _)| (at + 1).to_string()).collect();
    say(&format!(
        "Wrote {output}. Look at what is marked DECIDE in lines {}; then run  {check}",
        open.join(", ")
    ));
    Ending::Done
}
