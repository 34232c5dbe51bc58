//! What can go wrong with publishing.

use super::charts::DrawError;
use super::folder::FolderError;
use super::report::ReportError;
use super::table_csv::TableError;
use super::word::WordError;
use super::workbook::WorkbookError;

/// Why nothing was published. The old output is whole.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the chart `{chart}` could not be drawn: {source}")]
    Chart { chart: String, source: DrawError },
    #[error("the table `{table}` could not be written: {source}")]
    Table { table: String, source: TableError },
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] WorkbookError),
    #[error("the report could not be written: {0}")]
    Report(#[from] ReportError),
    #[error("the Word paper could not be written: {0}")]
    Word(#[from] WordError),
    #[error("the data file `{file}` could not be written: {source}")]
    Data { file: String, source: csv::Error },
    #[error("about.json could not be written: {0}")]
    About(#[from] serde_json::Error),
}
