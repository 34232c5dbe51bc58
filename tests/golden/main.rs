//! Every reference value, computed through the public library. See README.md in this folder.

mod adjust;
mod alpha;
mod change;
mod differences;
mod distributions;
mod means;
mod mix;
mod ranks;
mod shares;
mod survey;
mod table;
mod tolerance;
mod weights;
