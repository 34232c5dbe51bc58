//! The output folder: complete and whole at every moment, whatever happens to a run.
//!
//! A run builds a new folder beside the old one and exchanges the two at the end:
//!
//! ```text
//! committee/
//!   output/             what people see: always one complete run
//!   .output.staging     the run being built; for a blink after the exchange, the old output
//!   .output.parked      the old output between two renames, where folders cannot be exchanged at once
//!   .output.lock        held by the one run that may write; harmless when it stays behind
//!   output.previous     an old output that somebody had edited; never deleted by a run
//! ```
//!
//! Whatever a killed run left is put right by the next start ([`Staging::start`]), under the lock.

mod disk;
mod error;
mod exchange;
mod failpoint;
mod guard;
mod hash;
mod held;
#[cfg(test)]
mod kill_tests;
mod lock;
mod manifest;
mod place;
mod previous;
mod readme;
mod recover;
mod same;
mod staging;
mod walk;

pub use error::FolderError;
pub use exchange::Method;
pub use guard::{Found, guard};
pub use hash::sha256;
pub use manifest::{Command, Input, MANIFEST, Manifest, Output};
pub use previous::{Differences, Kept, differences};
pub use readme::README;
pub use staging::{Finished, Staging};
