//! Every reference value, computed through the public library. See README.md in this folder.

mod adjust;
mod change;
mod differences;
mod means;
mod shares;
mod survey;
mod table;
mod tolerance;
