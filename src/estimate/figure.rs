//! A figure with its uncertainty.

use crate::ratio::Ratio;

/// A likely range with its level (0.95 for the nominal 95% interval).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
    pub level: f64,
}

/// A mean or a share: its value, how sure it is, and what it rests on.
///
/// Nothing here is ever NaN. What a sample cannot support (the standard error of one respondent,
/// say) is `None`; a figure without any answer is no `Estimate` at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// In points of the scale for a mean, 0 to 1 for a share.
    pub value: f64,
    /// The exact value where it is a ratio of integers; what people read is rounded from it.
    pub ratio: Option<Ratio>,
    /// Same units as `value`.
    pub standard_error: Option<f64>,
    pub degrees_of_freedom: Option<f64>,
    pub interval: Option<Interval>,
    /// Respondents behind the figure.
    pub respondents: u64,
    /// Answers behind the figure.
    pub answers: u64,
}

impl Estimate {
    /// A ratio of integer sums, its uncertainty not (or not yet) known; `None` without answers.
    pub fn exact(sum: u64, answers: u64, respondents: u64) -> Option<Estimate> {
        let ratio = Ratio::new(sum, answers)?;
        Some(Estimate {
            value: ratio.value(),
            ratio: Some(ratio),
            standard_error: None,
            degrees_of_freedom: None,
            interval: None,
            respondents,
            answers,
        })
    }

    /// Rounded for people, half away from zero, from the exact value where there is one.
    pub fn rounded(&self, decimals: u32) -> String {
        match self.ratio {
            Some(ratio) => ratio.rounded(decimals),
            None => crate::ratio::round_decimal(self.value, decimals),
        }
    }
}
