//! Weighting respondents to what is known of everyone invited.

use thiserror::Error;

use super::Sample;

/// Margins are met to this share of everyone invited.
const MET: f64 = 1e-13;
/// Sweeps over all margins before giving up.
const SWEEPS: usize = 10_000;

/// Why a sample cannot be weighted to some margins.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NoWeights {
    /// A margin counts people in a level of which no form came back.
    #[error("nobody in level {level} of margin {margin} returned a form, though it has {invited} invited")]
    EmptyLevel { margin: usize, level: usize, invited: u64 },
    /// A form has a level that the margin does not count anyone in.
    #[error("forms came back from level {level} of margin {margin}, which has nobody invited")]
    UnknownLevel { margin: usize, level: usize },
    /// A form without a level for every margin, or no form at all.
    #[error("every form needs a level, stated or not, for each of {margins} margins")]
    Levels { margins: usize },
    /// The margins contradict each other or the cap.
    #[error("the margins could not all be met; the worst is still off by {off:.1e} of everyone invited")]
    NotConverged { off: f64 },
}

/// The level of a form in each margin; `None` where it was not stated.
pub type Levels = Vec<Option<usize>>;

/// The forms of one survey, put together by their levels in the weighting margins. Sorted by level,
/// so that nothing computed from them depends on the order of rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Strata {
    levels: Vec<Levels>,
    forms: Vec<u64>,
    sample: Sample,
}

impl Strata {
    /// From the levels of every form returned, also those without an answer, out of `frame` invited.
    /// `None` when more forms came back than were invited.
    pub fn new(forms: impl IntoIterator<Item = Levels>, frame: Option<u64>) -> Option<Strata> {
        let mut counted = std::collections::BTreeMap::<Levels, u64>::new();
        for levels in forms {
            *counted.entry(levels).or_default() += 1;
        }
        let sample = Sample::new(counted.values().sum(), frame)?;
        let (levels, forms) = counted.into_iter().unzip();
        Some(Strata { levels, forms, sample })
    }

    /// Where forms with these levels are found.
    pub fn position(&self, levels: &[Option<usize>]) -> Option<usize> {
        self.levels.binary_search_by(|stratum| stratum.as_slice().cmp(levels)).ok()
    }

    /// Number of strata.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// No form came back.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The forms behind all strata.
    pub fn sample(&self) -> Sample {
        self.sample
    }

    pub(super) fn forms(&self) -> &[u64] {
        &self.forms
    }

    pub(super) fn levels(&self) -> &[Levels] {
        &self.levels
    }
}

/// One weight per form: how many of the invited it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    pub(super) strata: Strata,
    pub(super) of: Vec<f64>,
}

impl Weights {
    /// The same weight N/n for every form.
    pub fn equal(strata: Strata) -> Weights {
        let of = vec![strata.sample.weight(); strata.len()];
        Weights { strata, of }
    }

    /// Weights forms until they match every margin: `margins[i][level]` counts the invited. One
    /// margin is post-stratification, several are raking (iterative proportional fitting) from equal
    /// weights to convergence. `cap` limits a weight to that many times the mean one.
    ///
    /// A weight belongs to a respondent, never to an answer: raking answers would match the margins
    /// of talkative people. Forms that do not state a level keep their share of the sample in that
    /// margin, and the stated levels share out the rest.
    ///
    /// Source: Deming and Stephan (1940); `postStratify` and `calibrate(calfun = "raking")` of R's
    /// `survey`.
    ///
    /// ```
    /// use rmsurvey::estimate::{Strata, Weights};
    /// let strata = Strata::new([vec![Some(0)], vec![Some(0)], vec![Some(1)]], Some(30)).unwrap();
    /// let weights = Weights::to_margins(strata, &[vec![12, 18]], None).unwrap();
    /// // By hand: two forms stand for 12, one for 18
    /// assert!((weights.of(0) - 6.0).abs() < 1e-12 && (weights.of(1) - 18.0).abs() < 1e-12);
    /// ```
    pub fn to_margins(strata: Strata, margins: &[Vec<u64>], cap: Option<f64>) -> Result<Weights, NoWeights> {
        let total = strata.sample.weight() * strata.sample.forms() as f64;
        let targets: Vec<Target> = (0..margins.len())
            .map(|margin| Target::new(&strata, margin, &margins[margin], margins.len()))
            .collect::<Result<_, _>>()?;
        if strata.is_empty() {
            return Err(NoWeights::Levels { margins: margins.len() });
        }
        let highest = cap.map_or(f64::INFINITY, |cap| cap * strata.sample.weight());
        let mut weights = Weights::equal(strata);
        let mut off = f64::INFINITY;
        for _ in 0..SWEEPS {
            for target in &targets {
                let held = target.held(&weights);
                for (weight, level) in weights.of.iter_mut().zip(&target.level) {
                    *weight *= total * target.share[*level] / held[*level];
                }
            }
            weights.of.iter_mut().for_each(|weight| *weight = weight.min(highest));
            let before = off;
            off = targets.iter().map(|target| target.off(&weights, total)).fold(0.0, f64::max);
            // Rounding sets a floor somewhere under MET; go on while there is still something to gain.
            if off <= MET && off >= before * 0.5 {
                break;
            }
        }
        if off <= MET { Ok(weights) } else { Err(NoWeights::NotConverged { off }) }
    }

    /// The weight of each form in stratum `position`.
    pub fn of(&self, position: usize) -> f64 {
        self.of.get(position).copied().unwrap_or(0.0)
    }

    /// The forms that are weighted.
    pub fn strata(&self) -> &Strata {
        &self.strata
    }

    /// Σ w over forms.
    pub fn sum(&self) -> f64 {
        self.strata.forms.iter().zip(&self.of).map(|(&forms, weight)| forms as f64 * weight).sum()
    }

    /// Kish's effective base (Σ w)² / Σ w²: how many equally weighted forms would tell as much.
    /// `None` without a form.
    pub fn effective_base(&self) -> Option<f64> {
        let squares: f64 = self
            .strata
            .forms
            .iter()
            .zip(&self.of)
            .map(|(&forms, weight)| forms as f64 * weight * weight)
            .sum();
        (squares > 0.0).then(|| self.sum().powi(2) / squares)
    }

    /// Kish's design effect n Σ w² / (Σ w)²: what weighting costs in variance, 1 for equal weights.
    pub fn design_effect(&self) -> Option<f64> {
        self.effective_base().map(|base| self.strata.sample.forms() as f64 / base)
    }

    /// The smallest and the largest weight; `None` without a form.
    pub fn range(&self) -> Option<(f64, f64)> {
        let lowest = self.of.iter().copied().min_by(f64::total_cmp)?;
        Some((lowest, self.of.iter().copied().max_by(f64::total_cmp)?))
    }
}

/// One margin, against the strata.
struct Target {
    /// The level of each stratum; not stated is one more, the last.
    level: Vec<usize>,
    /// What share of everyone each level should have.
    share: Vec<f64>,
}

impl Target {
    fn new(strata: &Strata, margin: usize, invited: &[u64], margins: usize) -> Result<Target, NoWeights> {
        let not_stated = invited.len();
        let mut level = Vec::with_capacity(strata.len());
        let mut forms = vec![0_u64; not_stated + 1];
        for (levels, count) in strata.levels.iter().zip(&strata.forms) {
            if levels.len() != margins {
                return Err(NoWeights::Levels { margins });
            }
            let at = levels[margin].unwrap_or(not_stated);
            match invited.get(at) {
                Some(1..) => {}
                None if levels[margin].is_none() => {}
                _ => return Err(NoWeights::UnknownLevel { margin, level: at }),
            }
            forms[at] += count;
            level.push(at);
        }
        let everyone = invited.iter().sum::<u64>().max(1);
        let unstated = forms[not_stated] as f64 / strata.sample.forms() as f64;
        let mut share = Vec::with_capacity(not_stated + 1);
        for (level, &invited) in invited.iter().enumerate() {
            // With nobody stating a level at all there is nothing to match.
            if invited > 0 && forms[level] == 0 && forms[not_stated] < strata.sample.forms() {
                return Err(NoWeights::EmptyLevel { margin, level, invited });
            }
            share.push((1.0 - unstated) * invited as f64 / everyone as f64);
        }
        share.push(unstated);
        Ok(Target { level, share })
    }

    /// Σ w of each level.
    fn held(&self, weights: &Weights) -> Vec<f64> {
        let mut held = vec![0.0; self.share.len()];
        for ((level, &forms), weight) in self.level.iter().zip(&weights.strata.forms).zip(&weights.of) {
            held[*level] += forms as f64 * weight;
        }
        held
    }

    /// How far the worst level is off, as a share of everyone.
    fn off(&self, weights: &Weights, total: f64) -> f64 {
        let held = self.held(weights);
        self.level.iter().map(|&at| (held[at] / total - self.share[at]).abs()).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strata(levels: &[(Option<usize>, Option<usize>)]) -> Strata {
        Strata::new(levels.iter().map(|&(a, b)| vec![a, b]), Some(100)).unwrap()
    }

    const SQUARE: [(Option<usize>, Option<usize>); 5] =
        [(Some(0), Some(0)), (Some(0), Some(1)), (Some(1), Some(0)), (Some(1), Some(1)), (Some(1), Some(1))];

    #[test]
    fn margins_are_met_and_order_does_not_matter() {
        let margins = [vec![30, 70], vec![60, 40]];
        let weights = Weights::to_margins(strata(&SQUARE), &margins, None).unwrap();
        let first = weights.of(0) + weights.of(1);
        let second = weights.of(0) + weights.of(2);
        assert!((first - 30.0).abs() < 1e-11 && (second - 60.0).abs() < 1e-11);
        let mut turned = SQUARE;
        turned.reverse();
        assert_eq!(Weights::to_margins(strata(&turned), &margins, None).unwrap(), weights);
    }

    /// By hand: one of four forms does not state the level, so a quarter of everyone stays with it.
    #[test]
    fn not_stated_keeps_its_share() {
        let strata =
            Strata::new([vec![Some(0)], vec![Some(0)], vec![Some(1)], vec![None]], Some(40)).unwrap();
        let weights = Weights::to_margins(strata, &[vec![10, 30]], None).unwrap();
        let of = |level| weights.of(weights.strata().position(&[level]).unwrap());
        assert!((of(None) - 10.0).abs() < 1e-12);
        assert!((of(Some(0)) - 3.75).abs() < 1e-12); // 30 * 10/40 over two forms
        assert!((of(Some(1)) - 22.5).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_met_is_said() {
        let empty = Weights::to_margins(strata(&SQUARE), &[vec![30, 60, 10], vec![60, 40]], None);
        assert_eq!(empty, Err(NoWeights::EmptyLevel { margin: 0, level: 2, invited: 10 }));
        let unknown = Weights::to_margins(strata(&SQUARE), &[vec![100], vec![60, 40]], None);
        assert_eq!(unknown, Err(NoWeights::UnknownLevel { margin: 0, level: 1 }));
        let short = Weights::to_margins(strata(&SQUARE), &[vec![30, 70]], None);
        assert_eq!(short, Err(NoWeights::Levels { margins: 1 }));
        // Both margins split the forms alike and ask for different splits.
        let same = strata(&[(Some(0), Some(0)), (Some(1), Some(1))]);
        let contradiction = Weights::to_margins(same, &[vec![30, 70], vec![60, 40]], None);
        assert!(matches!(contradiction, Err(NoWeights::NotConverged { .. })));
        let none = Strata::new([], None).unwrap();
        assert!(Weights::to_margins(none, &[vec![1]], None).is_err());
    }

    /// By hand: the mean weight is 20; 3 on one of five forms is 60, above a cap of twice the mean.
    #[test]
    fn a_cap_is_kept_or_refused() {
        let margins = [vec![30, 70], vec![60, 40]];
        let free = Weights::to_margins(strata(&SQUARE), &margins, None).unwrap();
        let (_, largest) = free.range().unwrap();
        let capped = Weights::to_margins(strata(&SQUARE), &margins, Some(largest / 20.0 + 0.01));
        assert_eq!(capped.unwrap(), free);
        assert!(Weights::to_margins(strata(&SQUARE), &margins, Some(1.0)).is_err());
    }

    #[test]
    fn equal_weights_cost_nothing() {
        let equal = Weights::equal(strata(&SQUARE));
        assert_eq!((equal.of(0), equal.sum()), (20.0, 100.0));
        assert!((equal.design_effect().unwrap() - 1.0).abs() < 1e-15);
        assert_eq!(Weights::equal(Strata::new([], None).unwrap()).effective_base(), None);
    }
}
