//! Tables, charts, report, manifest.

pub mod chart;
pub mod folder;
pub mod mark;
pub mod paper;
pub mod table;
pub mod table_csv;
