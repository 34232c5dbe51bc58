//! What the sections of the paper say beside findings and exhibits, one file per section.

mod coverage;
mod glossary;
mod limits;
mod method;
mod other_councils;
mod quality;
mod summary;

pub(super) use glossary::glossary;
pub(super) use limits::{limits, withholding};
pub(super) use method::method;
pub(super) use other_councils::other_councils;
pub(super) use quality::quality;
pub(super) use summary::summary;
