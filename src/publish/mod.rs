//! Tables, charts, report, manifest.

pub mod chart;
pub mod mark;
pub mod paper;
pub mod report;
pub mod table;
