//! Many comparisons at once.

use std::borrow::BorrowMut;
use std::sync::Arc;

use super::comparison::{Comparison, NotTested, Verdict};
use super::figure::LEVEL;

/// Fewest respondents on either side of a test: below, nominal 95% intervals hold far less often.
pub const SMALLEST_BASE: u64 = 5;

/// How p-values are adjusted for being one of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Holm: no false alarm in the whole family. For short declared families: eight questions, the
    /// departments against the rest.
    Holm,
    /// Benjamini and Hochberg: few false alarms among what is reported. For screening: pairs of
    /// departments, tables of groups.
    BenjaminiHochberg,
}

impl Adjustment {
    /// Adjusts the p-values of one family. A missing p stays missing and is not counted.
    ///
    /// Formulas, p sorted upwards, n tested: Holm: running maximum of min(1, (n-k+1) p₍ₖ₎);
    /// Benjamini-Hochberg: running minimum from the top of p₍ₖ₎ n/k. As `p.adjust` in R.
    ///
    /// ```
    /// use rmsurvey::estimate::Adjustment;
    /// // By hand: 3 * 0.01, 2 * 0.02, and the largest never below the one before
    /// let adjusted = Adjustment::Holm.of(&[Some(0.02), None, Some(0.01), Some(0.03)]);
    /// assert_eq!(adjusted, [Some(0.04), None, Some(0.03), Some(0.04)]);
    /// ```
    pub fn of(self, family: &[Option<f64>]) -> Vec<Option<f64>> {
        let mut tested: Vec<(usize, f64)> =
            family.iter().enumerate().filter_map(|(at, p)| p.map(|p| (at, p))).collect();
        tested.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        let count = tested.len();
        let mut adjusted = vec![None; family.len()];
        match self {
            Adjustment::Holm => {
                let mut highest: f64 = 0.0;
                for (rank, &(at, p)) in tested.iter().enumerate() {
                    highest = highest.max((p * (count - rank) as f64).min(1.0));
                    adjusted[at] = Some(highest);
                }
            }
            Adjustment::BenjaminiHochberg => {
                let mut lowest: f64 = 1.0;
                for (rank, &(at, p)) in tested.iter().enumerate().rev() {
                    lowest = lowest.min(p * count as f64 / (rank + 1) as f64);
                    adjusted[at] = Some(lowest);
                }
            }
        }
        adjusted
    }
}

/// Judges the comparisons of one family together: adjusted p, family name and verdict for each that
/// can be tested. Those with fewer respondents on a side than `smallest_base` (never below
/// [`SMALLEST_BASE`]), without a usable standard error or otherwise not to be tested stay
/// [`Verdict::NotTested`] and are not counted.
pub fn judge(
    family: &str,
    comparisons: &mut [impl BorrowMut<Comparison>],
    adjustment: Adjustment,
    smallest_base: u64,
) {
    let smallest_base = smallest_base.max(SMALLEST_BASE);
    for comparison in comparisons.iter_mut().map(BorrowMut::borrow_mut) {
        if comparison.difference.is_some() && comparison.smaller_base() < smallest_base {
            comparison.leave_untested(NotTested::SmallBase);
        }
    }
    let adjusted =
        adjustment.of(&comparisons.iter().map(|comparison| comparison.borrow().p).collect::<Vec<_>>());
    let family: Arc<str> = family.into();
    for (comparison, adjusted) in comparisons.iter_mut().map(BorrowMut::borrow_mut).zip(adjusted) {
        let (Some(p), Some(difference)) = (adjusted, comparison.difference) else { continue };
        comparison.p_adjusted = adjusted;
        comparison.family = Some(Arc::clone(&family));
        comparison.verdict = match difference.value {
            _ if p >= 1.0 - LEVEL => Verdict::NotClear,
            value if value > 0.0 => Verdict::Higher,
            _ => Verdict::Lower,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Estimate;

    fn comparison(left: u64, right: u64, base: u64, variance: f64) -> Comparison {
        let side = |sum| Estimate::exact(sum, 10, base);
        Comparison::new(side(left), side(right), 2 * base, Some(variance), Some(30.0))
    }

    /// R: p.adjust(c(.01, .02, .03, .5), "BH") = .04 .04 .04 .5.
    #[test]
    fn screening_is_gentler() {
        let adjusted = Adjustment::BenjaminiHochberg.of(&[Some(0.01), Some(0.02), Some(0.03), Some(0.5)]);
        assert_eq!(adjusted, [Some(0.04), Some(0.04), Some(0.04), Some(0.5)]);
        assert!(Adjustment::Holm.of(&[]).is_empty());
    }

    #[test]
    fn a_family_is_judged_together_and_small_bases_are_left_out() {
        let mut family = [
            comparison(30, 20, 10, 0.01),
            comparison(20, 30, 10, 0.01),
            comparison(30, 29, 10, 0.01),
            comparison(30, 20, 4, 0.01),
            comparison(30, 20, 10, 0.0),
        ];
        let raw = family[0].p.unwrap();
        judge("a", &mut family, Adjustment::Holm, 0);
        let verdicts: Vec<_> = family.iter().map(|it| it.verdict.of_change()).collect();
        assert_eq!(verdicts, ["rose", "fell", "no-clear-change", "not-tested", "not-tested"]);
        assert_eq!(family[3].verdict, Verdict::NotTested(NotTested::SmallBase));
        assert_eq!((family[3].p, &family[3].family), (None, &None));
        assert_eq!(family[0].p_adjusted, Some(raw * 3.0)); // three tested, not five
        judge("b", &mut family, Adjustment::Holm, 11);
        assert!(family.iter().all(|it| it.verdict.of_gap() == "not-tested"));
    }

    /// Two tests at p = 0.03 each: alone either would be clear, together 0.06 is not.
    #[test]
    fn the_adjusted_p_decides() {
        let mut family = [comparison(30, 29, 10, 0.0019), comparison(29, 30, 10, 0.0019)];
        assert!(family[0].p.is_some_and(|p| p > 0.025 && p < 0.05));
        judge("a", &mut family, Adjustment::Holm, 0);
        assert!(family.iter().all(|it| it.verdict == Verdict::NotClear));
    }
}
