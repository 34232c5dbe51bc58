//! Means, likely ranges, comparisons.

mod figure;

pub use figure::{Estimate, Interval};
