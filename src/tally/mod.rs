//! How often each answer was given, per cell.

mod cell;
mod counts;
mod moments;

pub use cell::{Cell, Department, Group, Question};
pub use counts::{Counts, MAX_SCORE};
pub use moments::{CrossMoments, LinkedMoments, Moments};
