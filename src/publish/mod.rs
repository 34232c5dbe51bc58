//! Tables, charts, report, manifest.

pub mod chart;
pub mod charts;
pub mod mark;
pub mod paper;
pub mod table;
