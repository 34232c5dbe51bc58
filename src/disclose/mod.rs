//! What may be shown. The only place that turns figures into released ones.

mod audit;
mod bounds;
mod combinations;
mod complementary;
mod decisions;
mod matched;
mod policy;
mod price;
mod release;
mod set;
mod sheet;
mod shown;
mod span;
mod status;
mod tables;
#[cfg(test)]
mod tests;
mod unanimous;

pub use complementary::Rule;
pub use decisions::{Decisions, Withheld, decide};
pub use policy::Policy;
pub use price::{Price, price};
pub use release::{Release, Released, release, release_decided};
pub use shown::Shown;
pub use status::Status;
