//! A figure with its uncertainty.

use super::distribution::t_quantile;
use crate::ratio::Ratio;

/// The level of every likely range.
pub const LEVEL: f64 = 0.95;

/// A likely range with its level (0.95 for the nominal 95% interval).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub lower: f64,
    pub upper: f64,
    pub level: f64,
}

impl Interval {
    /// From `lower` to `upper` at [`LEVEL`]; `None` unless both are finite.
    pub(super) fn new(lower: f64, upper: f64) -> Option<Interval> {
        (lower.is_finite() && upper.is_finite()).then_some(Interval { lower, upper, level: LEVEL })
    }
}

/// A mean, a share or a difference: its value, how sure it is, and what it rests on.
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
        Some(Estimate { ratio: Some(ratio), ..Estimate::bare(ratio.value(), respondents, answers) })
    }

    /// A value without an exact ratio, its uncertainty not (or not yet) known.
    pub(super) fn bare(value: f64, respondents: u64, answers: u64) -> Estimate {
        Estimate {
            value,
            ratio: None,
            standard_error: None,
            degrees_of_freedom: None,
            interval: None,
            respondents,
            answers,
        }
    }

    /// The same figure with the standard error of `variance` and the t interval around it. A
    /// variance of 0 makes the interval a point; without one nothing is known.
    pub(super) fn with_variance(self, variance: Option<f64>, degrees_of_freedom: Option<f64>) -> Estimate {
        let standard_error = variance.filter(|v| v.is_finite() && *v >= 0.0).map(f64::sqrt);
        let degrees_of_freedom = standard_error.and(degrees_of_freedom);
        let half_width = match standard_error {
            Some(0.0) => Some(0.0),
            Some(error) => degrees_of_freedom
                .and_then(|degrees| t_quantile(0.5 + LEVEL / 2.0, degrees))
                .map(|quantile| quantile * error),
            None => None,
        };
        let interval = half_width.and_then(|half| Interval::new(self.value - half, self.value + half));
        Estimate { standard_error, degrees_of_freedom, interval, ..self }
    }

    /// Squared standard error.
    pub fn variance(&self) -> Option<f64> {
        self.standard_error.map(|error| error * error)
    }

    /// Rounded for people, half away from zero, from the exact value where there is one.
    pub fn rounded(&self, decimals: u32) -> String {
        match self.ratio {
            Some(ratio) => ratio.rounded(decimals),
            None => crate::ratio::round_decimal(self.value, decimals),
        }
    }
}
