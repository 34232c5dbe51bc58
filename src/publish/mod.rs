//! Tables, charts, report, manifest.

pub mod chart;
pub mod charts;
mod contents;
pub mod data;
pub mod exhibits;
pub mod folder;
pub mod mark;
pub mod paper;
mod private;
pub mod reliability;
pub mod report;
mod run;
pub mod table;
pub mod table_csv;
pub mod view;

pub use run::{Options, PublishError, about, publish, tally_csv};
