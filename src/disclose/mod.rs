//! What may be shown. The only place that turns figures into released ones.

mod accounts;
mod as_published;
mod audit;
mod behind;
mod benchmarks;
mod bounds;
mod combinations;
mod complementary;
mod consistency;
mod contact;
mod decide;
mod decisions;
mod distribution_test;
mod effect;
mod kept;
mod lines;
mod loss;
mod matched;
mod means;
mod mixes;
mod movement;
mod patterns;
mod plan;
mod policy;
mod price;
mod prices;
mod quantities;
mod reach;
mod readership;
mod release;
mod released;
mod savings;
mod set;
mod sheet;
mod shown;
mod span;
mod status;
mod tables;
mod themes;
mod unanimous;
mod weightings;

#[cfg(test)]
mod tests;

pub use accounts::Account;
pub use as_published::ReleasedAverage;
pub use benchmarks::{CouncilName, ReleasedBenchmark};
pub use complementary::Rule;
pub use consistency::ConsistencyKey;
pub use decide::{FromAnswers, Step, decide, decide_on, decide_without, from_answers};
pub use decisions::{Decisions, Withheld};
pub use patterns::ReleasedPatterns;
pub use policy::Policy;
pub use price::{Price, price};
#[doc(hidden)]
pub use reach::Reach;
pub use release::{Release, Released, release, release_decided, release_to_analyst};
pub use released::{Told, compare_released, warn_of_released};
pub use savings::{Saving, savings};
pub use sheet::PUBLIC_CROSSINGS;
pub use shown::Shown;
pub use status::Status;
pub use themes::ReleasedThemes;
pub use weightings::{StandardisedKey, WeightingKey};
