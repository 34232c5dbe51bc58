//! `rmsurvey audit`: attack a public folder as an outsider would, or a file that goes to other councils.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use rmsurvey::audit::{Method, Report, audit as attack, audit_share_file};

use super::{Ending, print, say};

#[derive(Debug, Args)]
pub(super) struct AuditArguments {
    /// Folder that a run wrote, of which only publish/ is read; or a file that `share` wrote
    #[arg(value_name = "OUTPUT_DIR")]
    output: PathBuf,
    /// A file that `share` wrote, to be held against the folder
    #[arg(long, value_name = "FILE")]
    share: Option<PathBuf>,
}

pub(super) fn audit(arguments: &AuditArguments) -> Ending {
    let AuditArguments { output, share } = arguments;
    let (what, report) = match share {
        Some(file) => ("file", audit_share_file(file, Some(output))),
        None if output.is_file() => ("file", audit_share_file(output, None)),
        None => ("folder", attack(output)),
    };
    match report {
        Ok(report) => match print(&text(what, &report)) {
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
fn text(what: &str, report: &Report) -> String {
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
    if found == 0 {
        text.push_str("Nothing that was withheld can be recovered.\n");
    } else {
        let _ = writeln!(
            text,
            "\nDo not publish this {what}: {found} things that were withheld can be recovered."
        );
    }
    text
}
