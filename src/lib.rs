//! Figures, charts and a committee pack from a relationship-management survey.
#![forbid(unsafe_code)]
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod diagnostics;
pub mod disclose;
pub mod estimate;
pub mod findings;
pub mod ingest;
#[cfg(feature = "publish")]
pub mod publish;
pub mod ratio;
pub mod survey;
pub mod tally;
pub mod view;
pub mod words;
