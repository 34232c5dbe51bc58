//! `rmsurvey share`: one file of public averages for other councils, audited before it is kept.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rmsurvey::audit::{Published, audit_share};
use rmsurvey::share::{NotShared, SharedSurvey};
use rmsurvey::survey::fold;
use rmsurvey::words::plain_name;
use rmsurvey::{ToShare, ToShareError, to_share};

use super::{Ending, InputFolder, say, say_all};

#[derive(Debug, Args)]
pub(super) struct ShareArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// The wave to share; the latest where none is named
    #[arg(long, value_name = "LABEL")]
    wave: Option<String>,
    /// File to write to; share-ORGANISATION-WAVE.json in this folder where none is given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn share(arguments: &ShareArguments) -> Ending {
    let shared = match to_share(&arguments.folder.input, arguments.wave.as_deref()) {
        Ok(shared) => shared,
        Err(ToShareError::Input(found)) => {
            say_all(&found);
            say("Nothing was written.");
            return Ending::BadInput;
        }
        Err(error @ ToShareError::Share(_)) => {
            say(&format!("error: {error}"));
            return Ending::BadInput;
        }
        Err(error) => {
            say(&format!("error: {error}"));
            return Ending::NotWritten;
        }
    };
    say_all(&shared.found);
    let usual = || {
        let name = format!("share-{}-{}", shared.organisation, shared.wave);
        PathBuf::from(format!("{}.json", plain_name(&name)))
    };
    let file = arguments.output.clone().unwrap_or_else(usual);
    match keep(&shared, &file) {
        Ok(figures) => {
            say(&format!(
                "Wrote {}: {figures} averages of {}, all of them in the public release. It holds nobody's answers.",
                file.display(),
                shared.wave
            ));
            Ending::Done
        }
        Err(message) => {
            say(&format!("error: {message}"));
            Ending::NotWritten
        }
    }
}

/// Writes the file beside its place, reads it back, and puts it there if the audit finds nothing; how
/// many figures it holds.
fn keep(shared: &ToShare, file: &Path) -> Result<usize, String> {
    may_replace(shared, file)?;
    let failed = |error: std::io::Error| format!("{} could not be written: {error}", file.display());
    let name = file.file_name().ok_or_else(|| format!("{} is no name of a file", file.display()))?;
    let beside = file.with_file_name(format!(".{}.part", name.to_string_lossy()));
    let audited =
        fs::write(&beside, &shared.text).and_then(|()| fs::read(&beside)).map_err(failed).and_then(|bytes| {
            let published = Published { about: &shared.about, results: &shared.results };
            let report = audit_share(&name.to_string_lossy(), &bytes, Some(published));
            let report = report.map_err(|error| error.to_string())?;
            match report.findings.first() {
                None => Ok(report.cells),
                Some(first) => Err(format!(
                    "the file would say what the public release does not, so it is not kept: {first}"
                )),
            }
        });
    let kept = audited.and_then(|figures| fs::rename(&beside, file).map(|()| figures).map_err(failed));
    if kept.is_err() {
        // What was never kept need not stay; that it could not be taken away changes nothing.
        let _ = fs::remove_file(&beside);
    }
    kept
}

/// Only a file that this council shared before is replaced.
fn may_replace(shared: &ToShare, file: &Path) -> Result<(), String> {
    if !file.exists() {
        return Ok(());
    }
    let shown = file.display();
    let bytes = fs::read(file).map_err(|error| format!("{shown} is there and cannot be read: {error}"))?;
    match SharedSurvey::read(&bytes) {
        Ok(there) if fold(&there.organisation) == fold(&shared.organisation) => Ok(()),
        Ok(there) => {
            Err(format!("{shown} is the file of {}; name another with --output", there.organisation))
        }
        Err(NotShared::Version(_)) => {
            Err(format!("{shown} is a shared file of another version; name another with --output"))
        }
        Err(_) => Err(format!("{shown} is there and is no shared file; name another with --output")),
    }
}
