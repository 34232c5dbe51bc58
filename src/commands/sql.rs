//! `rmsurvey sql`: the query that adds up a survey where its answers lie.

use clap::{Args, ValueEnum};
use rmsurvey::ingest;
use rmsurvey::sql::{Dialect, query};

use super::{Ending, InputFolder, print, refused};

#[derive(Debug, Args)]
pub(super) struct SqlArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// The engine that runs it
    #[arg(long, value_enum)]
    dialect: Engine,
    /// The table of answers: whatever may stand behind FROM
    #[arg(long, value_name = "TABLE", default_value = "answers")]
    table: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Engine {
    Duckdb,
    Spark,
}

pub(super) fn sql(arguments: &SqlArguments) -> Ending {
    let survey = match ingest::definition(&arguments.folder.input) {
        Ok((survey, _)) => survey,
        Err(found) => return refused(&found),
    };
    let dialect = match arguments.dialect {
        Engine::Duckdb => Dialect::DuckDb,
        Engine::Spark => Dialect::Spark,
    };
    print(&query(&survey, dialect, &arguments.table))
}
