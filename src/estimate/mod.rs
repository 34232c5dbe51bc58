//! Means, likely ranges, comparisons.
//!
//! One survey is one wave of one audience; what was sampled is the respondent, and an answer is one
//! of several that a respondent gave. Everything starts from integer sums over respondents
//! ([`Moments`](crate::tally::Moments)) and one variance ([`covariance`]), so neither the order of
//! rows nor the split into files can change a figure. What a sample cannot support is `None`.

mod adjust;
mod alpha;
mod attributed;
mod benchmarks;
mod change;
mod changes;
mod cliff;
mod comparison;
mod consistency;
mod contact;
mod distribution;
mod distribution_test;
mod effects;
mod families;
mod figure;
mod gap_key;
mod gaps;
mod independent;
mod ladder;
mod linear;
mod mean;
mod mix;
mod mix_errors;
mod mixes;
mod movement;
mod overlapping;
mod planning;
#[cfg(test)]
mod properties;
mod rao_scott;
mod reliability;
mod results;
mod sample;
mod share;
mod variance;
mod weighted;
mod weightings;
mod weights;

use std::sync::Arc;

use crate::ingest::{EarlierRelease, OtherCouncil, PublishedRow, Responses};
use crate::tally::{self, Cells, Counted, Patterns, Sums, Themes};

pub use adjust::{Adjustment, SMALLEST_BASE, judge};
pub use alpha::{Alpha, alpha};
pub use attributed::Attributed;
pub use benchmarks::{Benchmark, CouncilSpread, Others};
pub use change::{InWave, change, change_covariance, change_of_strangers, matched_change};
pub use changes::Change;
pub use cliff::cliffs_delta;
pub use comparison::{Comparison, NotTested, Verdict, detectable_difference};
pub use consistency::Consistency;
pub use contact::{ContactChange, may_be_survivors};
pub use distribution::{chi_squared_survival, f_survival, t_quantile, two_sided_p};
pub use distribution_test::{Compared, DistributionKey, DistributionTest, Spread};
pub use figure::{Estimate, Interval, LEVEL};
pub use gap_key::{GapKey, Kind, Side};
pub use gaps::Gap;
pub use independent::{independent, welch_satterthwaite};
pub use ladder::{Position, Side as LadderSide};
pub use mean::{mean, mean_with};
pub use mix::{Effect, Mix, MixRow, MixWave, Part, mix};
pub use mixes::{By, MixFigure, MixGroup, MixGroups, MixKey, MixPair, Split};
pub use movement::{InvitedAgain, Movement};
pub use overlapping::{covariance_of_means, overlapping};
pub use planning::{Missing, Plan, plans};
pub use rao_scott::{RaoScott, TableMoments, rao_scott};
pub use reliability::Reliability;
pub use results::{Figure, sample};
pub use sample::Sample;
pub use share::share;
pub use variance::{SmallSample, covariance};
pub use weighted::weighted_mean;
pub use weightings::{Margin, Standardised, Weighted, Weighting};
pub use weights::{Levels, NoWeights, Strata, Weights};

/// Everything that the survey says, before anyone decides what may be shown.
#[derive(Clone, Debug)]
pub struct Figures {
    pub results: Cells<Arc<Figure>>,
    pub changes: Vec<Arc<Change>>,
    pub gaps: Vec<Arc<Gap>>,
    /// What the split of each change is made from, once it is decided which groups may be told apart.
    pub mixes: Vec<MixPair>,
    /// What weighted figures are made from, once that is decided; one per wave and audience.
    pub weightings: Vec<Attributed>,
    pub movements: Vec<Movement>,
    pub plans: Vec<Plan>,
    pub contact_changes: Vec<Arc<ContactChange>>,
    pub distribution_tests: Vec<DistributionTest>,
    pub consistency: Vec<Consistency>,
    pub patterns: Vec<Patterns>,
    pub themes: Vec<Themes>,
    /// Averages as they were printed before, as they are.
    pub as_published: Vec<PublishedRow>,
    /// What other councils shared.
    pub councils: Vec<OtherCouncil>,
    /// This council against those.
    pub benchmarks: Vec<Benchmark>,
    /// The answers that all of these rest on: whether a figure may be shown depends on who is behind it.
    pub responses: Vec<Responses>,
    /// The same as sums, where these were added up elsewhere.
    pub sums: Vec<Arc<Sums>>,
    /// What is already out of these waves, which stays as it was.
    pub released: Vec<EarlierRelease>,
}

/// Estimates the results alone, on which it rests what may be shown of them; no comparison is made.
pub fn results_alone(counted: &Counted<'_>) -> Figures {
    Figures {
        results: results::results(counted),
        responses: counted.responses.to_vec(),
        sums: counted.sums.clone(),
        released: counted.released.to_vec(),
        changes: Vec::new(),
        gaps: Vec::new(),
        mixes: Vec::new(),
        weightings: Vec::new(),
        movements: Vec::new(),
        plans: Vec::new(),
        contact_changes: Vec::new(),
        distribution_tests: Vec::new(),
        consistency: Vec::new(),
        patterns: Vec::new(),
        themes: Vec::new(),
        as_published: Vec::new(),
        councils: Vec::new(),
        benchmarks: Vec::new(),
    }
}

/// Estimates every figure and every comparison of the run.
pub fn estimate(counted: &Counted<'_>) -> Figures {
    let (results, compared) = rayon::join(|| results::results(counted), || tally::compared(counted));
    // Gaps take as long as all the rest.
    let (gaps, (changes, (contact_changes, figures))) = rayon::join(
        || gaps::gaps(counted, &results),
        || {
            rayon::join(
                || changes::changes(counted, &compared),
                || rayon::join(|| contact::contact_changes(counted, &compared), || others(counted, &results)),
            )
        },
    );
    Figures { results, gaps, changes, contact_changes, ..figures }
}

/// What is neither a result nor a gap nor a change.
fn others(counted: &Counted<'_>, results: &Cells<Arc<Figure>>) -> Figures {
    Figures {
        results: Cells::default(),
        changes: Vec::new(),
        gaps: Vec::new(),
        mixes: mixes::pairs(counted),
        weightings: weightings::all(counted),
        movements: movement::movements(counted),
        plans: plans(counted),
        contact_changes: Vec::new(),
        distribution_tests: distribution_test::distribution_tests(counted, results),
        consistency: consistency::consistency(counted),
        patterns: counted.patterns.clone(),
        themes: counted.themes.clone(),
        as_published: counted.as_published.to_vec(),
        councils: counted.councils.to_vec(),
        benchmarks: benchmarks::benchmarks(counted, results),
        responses: counted.responses.to_vec(),
        sums: counted.sums.clone(),
        released: counted.released.to_vec(),
    }
}
