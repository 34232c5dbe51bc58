//! What can be wrong with a chart.

use thiserror::Error;

/// Why a chart cannot be drawn.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DrawError {
    /// The chart has nothing to draw.
    #[error("chart `{chart}` has no {what}: give it at least one, or leave the chart out")]
    Empty { chart: String, what: &'static str },
    /// A row holds more or fewer entries than the chart has series, columns or scores.
    #[error("chart `{chart}`, row `{row}`: found {found} {what}, expected {expected}")]
    Shape { chart: String, row: String, what: &'static str, found: usize, expected: usize },
    /// A number that no axis can hold.
    #[error("chart `{chart}`: {what} is not a usable number; withhold it with a mark or correct it")]
    Number { chart: String, what: String },
    /// An embedded font does not parse.
    #[error("the embedded font {face} cannot be read: {reason}")]
    Font { face: &'static str, reason: String },
    /// The drawing layer failed.
    #[error("chart `{chart}`: the drawing layer failed: {reason}")]
    Backend { chart: String, reason: String },
    /// A picture that no PNG can hold.
    #[error("this chart cannot be painted as a PNG: {reason}")]
    Raster { reason: String },
}
