//! What a minimum costs, before anything is published.

use super::{Rule, decide};
use crate::estimate::Figures;
use crate::survey::Survey;

/// How much is not shown under one minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// `None` for the minimums that the definition sets.
    pub minimum: Option<u64>,
    pub shown: usize,
    /// Withheld for themselves: too few, or all alike.
    pub before: usize,
    /// With those that would give them away.
    pub after: usize,
}

/// The price of the configured minimums, or of one minimum for every audience.
pub fn price(survey: &Survey, figures: &Figures, minimum: Option<u64>) -> Price {
    let mut survey = survey.clone();
    if let Some(minimum) = minimum {
        survey.audiences.iter_mut().for_each(|audience| audience.minimum_respondents = minimum);
    }
    let decisions = decide(&survey, figures);
    let before = decisions.count(Rule::Primary) + decisions.count(Rule::Unanimous);
    let after = decisions.withheld().len();
    Price { minimum, shown: decisions.shown(), before, after }
}
