//! What the user may ask for, one file per command.

mod account;
mod audit;
mod bar;
mod check;
mod councils;
mod diff;
mod explain;
mod init;
mod planning;
mod room;
mod run;
mod share;
mod simulate;
mod sql;
mod tally;
mod years;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use rmsurvey::diagnostics::{Diagnostics, Severity};
use rmsurvey::ingest::{self, Input};
use rmsurvey::survey::Survey;
use rmsurvey::tally::read;

/// Turns a council's relationship-management survey into figures, charts and a committee pack.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: run::RunArguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the input and write everything: the whole pipeline
    Run(run::RunArguments),
    /// Validate the definition and the data, and write nothing
    Check(check::CheckArguments),
    /// Validate and count only
    Tally(tally::TallyArguments),
    /// One figure: the answers behind it, how sure it is, why it is or is not shown, its columns
    Explain(explain::ExplainArguments),
    /// What moved between two outputs: late forms, changed definitions, published figures
    Diff(diff::DiffArguments),
    /// Draft a definition from real exports, or add a new wave to one
    Init(init::InitArguments),
    /// Attack a public folder as an outsider would: 1 = something withheld can be recovered
    Audit(audit::AuditArguments),
    /// One file of public averages for other councils to compare themselves with
    Share(share::ShareArguments),
    /// The query that adds up a survey where its answers lie; `run` takes what comes out
    Sql(sql::SqlArguments),
    /// Write a survey of any size with invented answers
    Simulate(simulate::SimulateArguments),
}

/// Where the definition and the exports are.
#[derive(Debug, Args)]
struct InputFolder {
    /// Folder with survey.toml and the exports
    #[arg(long, value_name = "DIR", default_value = "input")]
    input: PathBuf,
}

impl InputFolder {
    /// The definition and every wave, with warnings and notices; what is wrong is said.
    fn read(&self) -> Result<(Survey, Input, Diagnostics), Ending> {
        let (survey, _) = ingest::definition(&self.input).map_err(|found| refused(&found))?;
        let waves: Vec<usize> = (0..survey.waves.len()).collect();
        let mut found = Diagnostics::default();
        let input = read(&survey, &self.input, &waves, &mut found);
        if found.has_errors() { Err(refused(&found)) } else { Ok((survey, input, found)) }
    }
}

/// Says what is wrong with the input.
fn refused(found: &Diagnostics) -> Ending {
    say_all(found);
    Ending::BadInput
}

/// How a command ended.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Done,
    /// The data or the definition has errors; all of them were listed.
    BadInput,
    /// The command asked for something that is not there.
    Misused,
    /// The output could not be written, or an output folder not read.
    NotWritten,
}

/// Runs a command and turns its ending into the exit code of the contract.
pub fn execute(arguments: &Arguments) -> ExitCode {
    let ending = match &arguments.command {
        None => run::run(&arguments.run),
        Some(Command::Run(arguments)) => run::run(arguments),
        Some(Command::Check(arguments)) => check::check(arguments),
        Some(Command::Tally(arguments)) => tally::tally(arguments),
        Some(Command::Explain(arguments)) => explain::explain(arguments),
        Some(Command::Diff(arguments)) => diff::diff(arguments),
        Some(Command::Init(arguments)) => init::init(arguments),
        Some(Command::Audit(arguments)) => audit::audit(arguments),
        Some(Command::Share(arguments)) => share::share(arguments),
        Some(Command::Sql(arguments)) => sql::sql(arguments),
        Some(Command::Simulate(arguments)) => simulate::simulate(arguments),
    };
    match ending {
        Ending::Done => ExitCode::SUCCESS,
        Ending::BadInput => ExitCode::from(1),
        Ending::Misused => ExitCode::from(2),
        Ending::NotWritten => ExitCode::from(3),
    }
}

/// A message for the user, on standard error. Nobody being there to read it is no failure.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Something that a program may want to read, on standard output.
fn print(text: &str) -> Ending {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => Ending::Done,
        Err(_) => Ending::NotWritten,
    }
}

/// Every diagnostic, then how many there are.
fn say_all(found: &Diagnostics) {
    let text = found.to_string();
    if !text.is_empty() {
        say(text.trim_end());
        say(&format!("\n{}", totals(found)));
    }
}

/// "2 errors, 1 warning".
fn totals(found: &Diagnostics) -> String {
    let counted = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Notice, "notice")]
        .into_iter()
        .map(|(severity, name)| (found.count(severity), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}{}", if count == 1 { "" } else { "s" }));
    let parts: Vec<String> = counted.collect();
    if parts.is_empty() { "no errors and no warnings".to_owned() } else { parts.join(", ") }
}
