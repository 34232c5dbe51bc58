//! Means, likely ranges, comparisons.
//!
//! One survey is one wave of one audience; what was sampled is the respondent, and an answer is one
//! of several that a respondent gave. Everything starts from integer sums over respondents
//! ([`Moments`](crate::tally::Moments)) and one variance ([`covariance`]), so neither the order of
//! rows nor the split into files can change a figure. What a sample cannot support is `None`.

mod adjust;
mod change;
mod comparison;
mod distribution;
mod figure;
mod independent;
mod mean;
mod overlapping;
mod sample;
mod share;
mod variance;

pub use adjust::{Adjustment, SMALLEST_BASE, judge};
pub use change::{InWave, change, change_covariance, change_of_strangers, matched_change};
pub use comparison::{Comparison, NotTested, Verdict, detectable_difference};
pub use distribution::{chi_squared_survival, f_survival, t_quantile, two_sided_p};
pub use figure::{Estimate, Interval, LEVEL};
pub use independent::{independent, welch_satterthwaite};
pub use mean::{mean, mean_with};
pub use overlapping::{covariance_of_means, overlapping};
pub use sample::Sample;
pub use share::share;
pub use variance::{SmallSample, covariance};
