//! Means, likely ranges, comparisons.
//!
//! One survey is one wave of one audience; what was sampled is the respondent, and an answer is one
//! of several that a respondent gave. Everything starts from integer sums over respondents
//! ([`Moments`](crate::tally::Moments)) and one variance ([`covariance`]), so neither the order of
//! rows nor the split into files can change a figure. What a sample cannot support is `None`.

mod adjust;
mod alpha;
mod change;
mod changes;
mod cliff;
mod comparison;
mod distribution;
mod families;
mod figure;
mod gaps;
mod independent;
mod linear;
mod mean;
mod mix;
mod overlapping;
#[cfg(test)]
mod properties;
mod rao_scott;
mod results;
mod sample;
mod share;
mod variance;
mod weighted;
mod weights;

use std::collections::BTreeMap;

use crate::ingest::Responses;
use crate::tally::{Cell, Counted};

pub use adjust::{Adjustment, SMALLEST_BASE, judge};
pub use alpha::{Alpha, alpha};
pub use change::{InWave, change, change_covariance, change_of_strangers, matched_change};
pub use changes::Change;
pub use cliff::cliffs_delta;
pub use comparison::{Comparison, NotTested, Verdict, detectable_difference};
pub use distribution::{chi_squared_survival, f_survival, t_quantile, two_sided_p};
pub use figure::{Estimate, Interval, LEVEL};
pub use gaps::{Gap, GapKey, Kind, Side};
pub use independent::{independent, welch_satterthwaite};
pub use mean::{mean, mean_with};
pub use mix::{Effect, Mix, MixRow, MixWave, Part, mix};
pub use overlapping::{covariance_of_means, overlapping};
pub use rao_scott::{RaoScott, TableMoments, rao_scott};
pub use results::Figure;
pub use sample::Sample;
pub use share::share;
pub use variance::{SmallSample, covariance};
pub use weighted::weighted_mean;
pub use weights::{Levels, NoWeights, Strata, Weights};

/// Everything that the survey says, before anyone decides what may be shown.
#[derive(Clone, Debug)]
pub struct Figures {
    pub results: BTreeMap<Cell, Figure>,
    pub changes: Vec<Change>,
    pub gaps: Vec<Gap>,
    /// The answers that all of these rest on: whether a figure may be shown depends on who is behind it.
    pub responses: Vec<Responses>,
}

/// Estimates every figure and every comparison of the run.
pub fn estimate(counted: &Counted<'_>) -> Figures {
    let results = results::results(counted);
    let gaps = gaps::gaps(counted, &results);
    Figures { changes: changes::changes(counted), gaps, results, responses: counted.responses.to_vec() }
}
