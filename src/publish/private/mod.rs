//! What only the analyst sees. Public writers cannot import from here: nothing in it is public
//! beyond this stage.

mod disclosure;
mod quality;
mod rejects;
mod tally;

pub(super) use disclosure::{disclosure, summary};
pub(super) use quality::quality;
pub(super) use rejects::rejects;
pub use tally::tally;

/// `README.txt` of the private folder.
pub(super) const README: &str = "\
For the analyst only. Not for publication.

The files in this folder show every figure, also those that rest on so few people that their answers
could be worked out. Keep the folder where personal data may be kept; hand out `publish` instead.
";
