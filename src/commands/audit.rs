//! `rmsurvey audit`: attack a public folder as an outsider would.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use rmsurvey::audit::{Method, Report, audit as attack};

use super::{Ending, print, say};

#[derive(Debug, Args)]
pub(super) struct AuditArguments {
    /// Folder that a run wrote; only what lies under publish/ in it is read
    #[arg(value_name = "OUTPUT_DIR")]
    output: PathBuf,
}

pub(super) fn audit(arguments: &AuditArguments) -> Ending {
    match attack(&arguments.output) {
        Ok(report) => match print(&text(&report)) {
            Ending::Done if !report.is_clean() => Ending::BadInput,
            ending => ending,
        },
        Err(error) => {
            say(&format!("error: {error}"));
            Ending::NotWritten
        }
    }
}

/// What was tried, what was found, and in one line what that means.
fn text(report: &Report) -> String {
    let mut text = format!("{} figures, {} of them withheld.\n", report.cells, report.withheld);
    let tried: Vec<String> = report.tried.iter().map(|(what, count)| format!("{count} {what}")).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "Tried with the public files alone: {}.", tried.join(", "));
    for note in &report.notes {
        let _ = writeln!(text, "Note: {note}.");
    }
    let counted = report.by_method();
    for method in Method::ALL {
        let Some(count) = counted.get(&method) else { continue };
        let _ = writeln!(text, "\nBy {}: {count}", method.words());
        for finding in report.findings.iter().filter(|finding| finding.method == method) {
            let _ = writeln!(text, "  {}  {}  ({})", finding.address, finding.value, finding.from);
        }
    }
    let found = report.findings.len();
    text.push_str(match found {
        0 => "Nothing that was withheld can be recovered.\n",
        _ => "\nDo not publish this folder: ",
    });
    if found > 0 {
        let _ = writeln!(text, "{found} things that were withheld can be recovered.");
    }
    text
}
