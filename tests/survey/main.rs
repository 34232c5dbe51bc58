//! The program from outside: the sample survey through the library and the built binary.
//!
//! Sources of expected numbers: `tests/expected/published.toml` (what the council published, with
//! the reading of every statement) and `tests/expected/tally.csv` (an independent count of the same
//! exports). Numbers of small surveys made here are worked out in a comment beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // Clippy does not see that helpers of an integration test are tests.

mod as_published;
mod broken;
mod checked;
mod context;
mod corrections;
mod councils;
mod cut;
mod diff;
mod disclosure;
mod draft;
mod everywhere;
mod explain;
mod families;
mod figures;
mod findings;
#[cfg(unix)]
mod fuzzing;
mod harmless;
mod hostile;
mod init;
mod interrupted;
mod invited;
mod layouts;
mod ledger;
mod limits;
mod many_years;
mod markup;
mod mixes;
mod order;
mod outputs;
mod paper;
mod patterns;
mod personal;
mod platforms;
mod published;
mod reference;
mod released;
mod rewritten;
mod rounding;
mod sentences;
mod set_aside;
mod staff;
mod statements;
mod sums;
mod support;
mod tally;
mod themes;
mod traps;
mod word;
mod workbook;
mod written;
mod xlsx;
mod years;
