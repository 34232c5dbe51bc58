//! Every reference value, computed through the public library. See README.md in this folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a reference file that cannot be read is a failure

mod adjust;
mod alpha;
mod change;
mod differences;
mod distributions;
mod means;
mod mix;
mod order;
mod ranks;
mod shares;
mod survey;
mod table;
mod tolerance;
mod weights;
