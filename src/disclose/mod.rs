//! What may be shown.

mod shown;

pub use shown::Shown;
