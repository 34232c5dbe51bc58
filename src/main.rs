//! Arguments in, exit code out.

mod commands;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::execute(&commands::Arguments::parse())
}
