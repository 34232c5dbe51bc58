//! What may be shown. The only place that turns figures into released ones.

mod consistency;
mod contact;
mod decided;
mod distribution_test;
mod effect;
mod mixes;
mod patterns;
mod policy;
mod release;
mod shown;
mod status;
#[cfg(test)]
mod tests;
mod weightings;

pub use consistency::ConsistencyKey;
pub use patterns::ReleasedPatterns;
pub use policy::Policy;
pub use release::{Release, Released, release};
pub use shown::Shown;
pub use status::Status;
pub use weightings::{StandardisedKey, WeightingKey};
