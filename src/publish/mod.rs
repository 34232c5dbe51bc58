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

/// How hard the parts of the workbook and of the Word paper are packed, of 9. They are many and small: at the
/// usual 6 packing takes three times as long, for a quarter less.
const PACKED: u8 = 1;
