//! What may be shown. The only place that turns figures into released ones.

mod mixes;
mod policy;
mod release;
mod shown;
mod status;
mod weightings;

pub use policy::Policy;
pub use release::{Release, Released, release};
pub use shown::Shown;
pub use status::Status;
pub use weightings::{StandardisedKey, WeightingKey};
