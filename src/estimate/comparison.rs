//! Two estimates held against each other.

use std::sync::Arc;

use super::distribution::{t_quantile, two_sided_p};
use super::{Estimate, figure::LEVEL};
use crate::ratio::Ratio;

/// How often a real difference should be noticed for it to count as detectable.
const POWER: f64 = 0.80;

/// Two estimates, their difference with its own uncertainty, and what may be said about it.
///
/// The likely ranges of the two sides are not a test, and overlapping ones prove nothing: only
/// `difference` and its interval speak about the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The first of a pair; the later wave of a change.
    pub left: Option<Estimate>,
    /// The second of a pair; the earlier wave of a change.
    pub right: Option<Estimate>,
    /// Left minus right; `None` unless both sides have an answer. `respondents` counts people once,
    /// however many sides they are on.
    pub difference: Option<Estimate>,
    /// Two-sided p of no difference; `None` where the standard error is undefined or 0.
    pub p: Option<f64>,
    /// Adjusted for the family; `None` until the family is judged, or where not tested.
    pub p_adjusted: Option<f64>,
    /// The difference that a survey like this would have noticed four times out of five, at the
    /// unadjusted level: (t(0.975) + t(0.80)) · standard error.
    pub detectable: Option<f64>,
    /// The family it was tested in.
    pub family: Option<Arc<str>>,
    pub verdict: Verdict,
}

/// What a comparison shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Left is higher than right; a change upwards.
    Higher,
    /// Left is lower than right; a change downwards.
    Lower,
    /// Not clearly different: not the same as equal.
    NotClear,
    NotTested(NotTested),
}

/// Why a comparison is not tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTested {
    /// Its family has not been judged. No comparison has a verdict of its own.
    NotJudged,
    /// A side without an answer.
    NoAnswers,
    /// A side with fewer respondents than a test needs.
    SmallBase,
    /// A standard error that is undefined (one respondent) or 0 (all alike, or a census).
    NoStandardError,
    /// The question or the scale changed between the waves, or what the figure is about was merged or
    /// split.
    Break,
    /// People who left the attribute blank are no group to compare.
    NotAGroup,
    /// Only averages are known of one of the waves.
    AveragesOnly,
}

impl Verdict {
    /// As `gaps.csv` writes it.
    pub fn of_gap(self) -> &'static str {
        match self {
            Verdict::Higher => "higher",
            Verdict::Lower => "lower",
            Verdict::NotClear => "no-clear-gap",
            Verdict::NotTested(_) => "not-tested",
        }
    }

    /// As `changes.csv` writes it.
    pub fn of_change(self) -> &'static str {
        match self {
            Verdict::Higher => "rose",
            Verdict::Lower => "fell",
            Verdict::NotClear => "no-clear-change",
            Verdict::NotTested(_) => "not-tested",
        }
    }
}

impl Comparison {
    /// `left` minus `right` with the given variance and degrees of freedom, `respondents` people
    /// behind it. t = difference / standard error on those degrees of freedom.
    pub(super) fn new(
        left: Option<Estimate>,
        right: Option<Estimate>,
        respondents: u64,
        variance: Option<f64>,
        degrees_of_freedom: Option<f64>,
    ) -> Comparison {
        let difference = left.zip(right).map(|(left, right)| {
            let ratio = left.ratio.zip(right.ratio).and_then(|(left, right)| left.minus(right));
            let value = ratio.map_or(left.value - right.value, Ratio::value);
            let bare = Estimate::bare(value, respondents, left.answers + right.answers);
            Estimate { ratio, ..bare }.with_variance(variance, degrees_of_freedom)
        });
        let p = difference.and_then(|it| {
            let error = it.standard_error.filter(|error| *error > 0.0)?;
            two_sided_p(it.value / error, it.degrees_of_freedom?)
        });
        let reason = match (difference, p) {
            (None, _) => NotTested::NoAnswers,
            (_, None) => NotTested::NoStandardError,
            _ => NotTested::NotJudged,
        };
        Comparison {
            left,
            right,
            difference,
            p,
            p_adjusted: None,
            detectable: difference.as_ref().and_then(detectable_difference),
            family: None,
            verdict: Verdict::NotTested(reason),
        }
    }

    /// The same figures, not to be tested for `reason`: no p, and no place in a family.
    #[must_use]
    pub fn without_test(mut self, reason: NotTested) -> Comparison {
        self.leave_untested(reason);
        self
    }

    /// As [`without_test`](Comparison::without_test), where it stands.
    pub(super) fn leave_untested(&mut self, reason: NotTested) {
        (self.p, self.p_adjusted, self.detectable, self.family) = (None, None, None, None);
        self.verdict = Verdict::NotTested(reason);
    }

    /// What cannot be compared, since the question, the scale or who is meant changed: no figure at all.
    pub(super) fn broken() -> Comparison {
        Comparison::new(None, None, 0, None, None).without_test(NotTested::Break)
    }

    /// Whether the survey itself changed between the sides.
    pub fn is_broken(&self) -> bool {
        self.verdict == Verdict::NotTested(NotTested::Break)
    }

    /// The smaller number of respondents on either side.
    pub fn smaller_base(&self) -> u64 {
        let base = |side: Option<Estimate>| side.map_or(0, |estimate| estimate.respondents);
        base(self.left).min(base(self.right))
    }
}

/// (t(0.975, df) + t(0.80, df)) · standard error; `None` where the standard error is undefined or 0.
pub fn detectable_difference(difference: &Estimate) -> Option<f64> {
    let error = difference.standard_error.filter(|error| *error > 0.0)?;
    let degrees_of_freedom = difference.degrees_of_freedom?;
    let both = t_quantile(0.5 + LEVEL / 2.0, degrees_of_freedom)? + t_quantile(POWER, degrees_of_freedom)?;
    Some(both * error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(sum: u64, answers: u64) -> Option<Estimate> {
        Estimate::exact(sum, answers, answers)
    }

    /// Closed forms at two degrees of freedom: t(0.975) = 4.302652729749, t(0.80) = 1.060660171780.
    #[test]
    fn detectable_is_the_level_plus_the_power() {
        let comparison = Comparison::new(side(91, 40), side(83, 40), 80, Some(0.04), Some(2.0));
        assert!(
            (comparison.detectable.unwrap() - 0.2 * (4.302_652_729_749 + 1.060_660_171_780)).abs() < 1e-11
        );
        assert_eq!(comparison.difference.unwrap().rounded(2), "0.20"); // 8/40, exactly
        assert_eq!(comparison.verdict, Verdict::NotTested(NotTested::NotJudged));
    }

    #[test]
    fn certain_or_unknown_differences_have_no_p() {
        let certain = Comparison::new(side(6, 2), side(4, 2), 4, Some(0.0), Some(2.0));
        assert_eq!((certain.p, certain.detectable), (None, None));
        assert_eq!(certain.verdict, Verdict::NotTested(NotTested::NoStandardError));
        let unknown = Comparison::new(side(6, 2), None, 2, None, None);
        assert_eq!(unknown.difference, None);
        assert_eq!(unknown.verdict, Verdict::NotTested(NotTested::NoAnswers));
    }
}
