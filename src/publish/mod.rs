//! Tables, charts, report, manifest.

pub mod chart;
pub mod charts;
pub mod data;
pub mod exhibits;
pub mod folder;
pub mod mark;
pub mod paper;
mod private;
pub mod reliability;
pub mod report;
pub mod table;
pub mod table_csv;
pub mod view;
