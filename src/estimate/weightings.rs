//! Averages had the respondents been a cross-section of everyone invited.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Adjustment, Attributed, Comparison, Estimate, Levels, MixPair, NoWeights, SMALLEST_BASE, Strata, Weights,
    independent, judge, weighted_mean,
};
use crate::tally::{Counted, Department, Moments, Question};

/// One form should not stand for more than this many times what the average form stands for.
const CAP: f64 = 5.0;

/// A breakdown whose known numbers are matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    pub breakdown: usize,
    /// Groups that are matched as one; `None` is those who did not state the attribute. With them in
    /// it nothing is known of the whole, so it keeps its share of the forms.
    pub together: BTreeSet<Option<usize>>,
}

/// An attempt to weight one audience in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighting {
    /// The breakdowns matched: one is post-stratified, several are raked.
    pub margins: Vec<usize>,
    pub outcome: Result<Weighted, NoWeights>,
}

/// What a weighting gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    /// Forms returned.
    pub forms: u64,
    /// Kish's effective base, in forms.
    pub effective_base: f64,
    /// What weighting costs in variance; 1 costs nothing.
    pub design_effect: f64,
    /// The smallest and the largest weight, as multiples of the average one.
    pub range: (f64, f64),
    /// The cap on weights, as a multiple of the average one; `None` where the margins could not be met
    /// under it, so that it was given up.
    pub cap: Option<f64>,
    /// Weighted means of the headline department.
    pub means: BTreeMap<Question, Estimate>,
}

/// What an audience's averages would have changed by had it been the cross-section of everyone
/// invited in both waves.
#[derive(Clone, Debug, PartialEq)]
pub struct Standardised {
    /// The breakdowns matched.
    pub margins: Vec<usize>,
    /// Weighted mean of the later wave minus that of the earlier, as of independent samples: what
    /// linked respondents have in common is left out, which as a rule makes the range too wide. That the
    /// weights come from the same few forms makes it too narrow.
    pub changes: BTreeMap<Question, Comparison>,
}

/// Every audience in every wave of the run in which it has answers.
pub(super) fn all(counted: &Counted<'_>) -> Vec<Attributed> {
    let audiences = 0..counted.survey.audiences.len();
    let everywhere = audiences.flat_map(|audience| counted.waves.iter().map(move |&wave| (wave, audience)));
    everywhere.filter_map(|at| Attributed::of(counted, at, |_| true)).collect()
}

impl Attributed {
    /// Weights the units to `margins` and takes the mean of every question of the department. See
    /// [`Weights::to_margins`] and [`weighted_mean`].
    pub fn weigh(&self, department: Department, margins: &[Margin]) -> Weighting {
        let named = margins.iter().map(|margin| margin.breakdown).collect();
        Weighting { margins: named, outcome: self.weighted(department, margins) }
    }

    fn weighted(&self, department: Department, margins: &[Margin]) -> Result<Weighted, NoWeights> {
        let matched: Vec<Matched> = margins
            .iter()
            .filter_map(|margin| Matched::new(margin, self.invited(margin.breakdown)?))
            .collect();
        if matched.len() != margins.len() || margins.is_empty() {
            return Err(NoWeights::Levels { margins: margins.len() });
        }
        let levels = self.matched_levels(&matched);
        let strata = Strata::new(levels.iter().cloned(), self.sample.frame())
            .ok_or(NoWeights::Levels { margins: margins.len() })?;
        let targets: Vec<Vec<u64>> = matched.iter().map(|margin| margin.invited.clone()).collect();
        let capped = Weights::to_margins(strata.clone(), &targets, Some(CAP));
        let (weights, cap) = match capped {
            Err(NoWeights::NotConverged { .. }) => (Weights::to_margins(strata, &targets, None)?, None),
            other => (other?, Some(CAP)),
        };
        let questions = self.domains().iter().filter(|domain| domain.0 == department);
        let mean = |domain: (Department, Question)| {
            let mut moments = vec![Moments::default(); weights.strata().len()];
            for (levels, (k, y)) in levels.iter().zip(self.answered(domain)) {
                moments[weights.strata().position(levels)?].add(k, y);
            }
            Some((domain.1, weighted_mean(&weights, &moments)?))
        };
        let mean_weight = weights.strata().sample().weight();
        let nothing = NoWeights::Levels { margins: margins.len() };
        let range = weights.range().ok_or(nothing.clone())?;
        Ok(Weighted {
            forms: weights.strata().sample().forms(),
            effective_base: weights.effective_base().ok_or(nothing.clone())?,
            design_effect: weights.design_effect().ok_or(nothing)?,
            range: (range.0 / mean_weight, range.1 / mean_weight),
            cap,
            means: questions.filter_map(|domain| mean(*domain)).collect(),
        })
    }

    /// The matched levels of each unit.
    fn matched_levels(&self, matched: &[Matched]) -> Vec<Levels> {
        let mut levels: Vec<Levels> = Vec::new();
        for (position, margin) in matched.iter().enumerate() {
            for (unit, level) in self.levels(margin.breakdown).enumerate() {
                if position == 0 {
                    levels.push(Levels::with_capacity(matched.len()));
                }
                levels[unit].push(margin.level(level));
            }
        }
        levels
    }
}

impl MixPair {
    /// The breakdowns of the same groups in both waves of which the number invited is known for every
    /// group in both.
    pub fn known_margins(&self) -> Vec<usize> {
        let known = self.waves.each_ref().map(Attributed::known_margins);
        let is_known = |breakdown: &usize| known.iter().all(|known| known.contains(breakdown));
        self.same_breakdowns().iter().copied().filter(is_known).collect()
    }

    /// Whether the number invited is known in both waves for every group of some breakdown, whatever
    /// became of its groups.
    pub fn has_known_margins(&self) -> bool {
        let [from, to] = self.waves.each_ref().map(Attributed::known_margins);
        from.iter().any(|breakdown| to.contains(breakdown))
    }

    /// The change of weighted means, over the items asked in both waves.
    ///
    /// # Errors
    /// Why a wave cannot be weighted.
    pub fn standardised(
        &self,
        department: Department,
        margins: &[Margin],
    ) -> Result<Standardised, NoWeights> {
        let [from, to] = [0, 1].map(|wave| self.waves[wave].weigh(department, margins));
        let (from, to) = (from.outcome?, to.outcome?);
        let mut changes: BTreeMap<Question, Comparison> = BTreeMap::new();
        for (question, &later) in &to.means {
            let earlier = from.means.get(question).copied();
            let mut change = [independent(Some(later), earlier)];
            // The one headline is tested, as a family of one; the questions are shown beside it.
            if *question == Question::All {
                judge("standardised", &mut change, Adjustment::Holm, SMALLEST_BASE);
            }
            changes.extend(change.map(|change| (*question, change)));
        }
        Ok(Standardised { margins: margins.iter().map(|margin| margin.breakdown).collect(), changes })
    }
}

/// A margin with its groups numbered anew, what is put together as one of them.
struct Matched {
    breakdown: usize,
    /// Per group of the definition.
    level: Vec<Option<usize>>,
    invited: Vec<u64>,
}

impl Matched {
    fn new(margin: &Margin, invited: &[u64]) -> Option<Matched> {
        // Nobody is invited of a group that there was not.
        let is_apart = |group: &usize| invited[*group] > 0 && !margin.together.contains(&Some(*group));
        let apart: Vec<usize> = (0..invited.len()).filter(is_apart).collect();
        let mut counts: Vec<u64> = apart.iter().map(|&group| invited[group]).collect();
        let rest = invited.iter().sum::<u64>() - counts.iter().sum::<u64>();
        let is_known = !margin.together.contains(&None) && !margin.together.is_empty();
        let other = is_known.then_some(counts.len());
        counts.extend(other.map(|_| rest));
        let level = |group: usize| apart.binary_search(&group).ok().or(other);
        Some(Matched {
            breakdown: margin.breakdown,
            level: (0..invited.len()).map(level).collect(),
            invited: counts,
        })
    }

    fn level(&self, group: Option<usize>) -> Option<usize> {
        self.level.get(group?).copied().flatten()
    }
}
