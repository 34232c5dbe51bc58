//! Tables, charts, report, manifest.

mod about;
pub mod chart;
pub mod charts;
mod contents;
pub mod data;
mod error;
pub mod exhibits;
pub mod folder;
mod front;
pub mod mark;
mod notes;
pub mod paper;
mod placing;
mod private;
pub mod report;
mod run;
mod sections;
mod share;
pub mod table;
pub mod table_csv;
mod text;
pub mod view;
pub mod word;
pub mod workbook;

pub use about::about;
pub use error::PublishError;
pub use run::{Options, publish, results_csv, tally_csv};
pub use share::{ShareError, share};
