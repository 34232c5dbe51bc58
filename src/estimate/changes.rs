//! Change between any two waves, for every cell: naive, combined and matched, side by side.

use std::sync::Arc;

use rayon::prelude::*;

use super::families;
use super::results::sample;
use super::{Comparison, Estimate, InWave, NotTested, change, change_of_strangers, matched_change};
use crate::ratio::Ratio;
use crate::survey::Survey;
use crate::tally::{Cell, Compared, Counted, Group};

/// The change of one cell from an earlier wave to its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The cell in the later wave.
    pub cell: Cell,
    pub from_wave: usize,
    /// Later minus earlier, over the items that can be compared between the waves, using all answers and the overlap of
    /// linked respondents.
    pub comparison: Comparison,
    /// Whether respondents are linked, so that `comparison` knows the overlap.
    pub linked: bool,
    /// The same with the two waves taken as independent samples; equal to `comparison` where nobody
    /// is linked.
    pub independent: Comparison,
    /// Those who answered in both waves, against themselves, judged in families of its own; `None`
    /// where nobody is linked.
    pub matched: Option<Comparison>,
}

impl Change {
    /// The change as a share of the earlier mean, exact.
    pub fn percent(&self) -> Option<Estimate> {
        let difference = self.comparison.difference?;
        let from = self.comparison.right?;
        let hundred = Ratio::new(100, 1)?;
        let ratio = difference.ratio?.over(from.ratio?)?.times(hundred)?;
        Some(Estimate {
            value: ratio.value(),
            ratio: Some(ratio),
            standard_error: None,
            degrees_of_freedom: None,
            interval: None,
            ..difference
        })
    }

    /// Both waves' cells, earlier first.
    pub fn cells(&self) -> [Cell; 2] {
        [self.cell.in_wave(self.from_wave), self.cell]
    }
}

/// Every change between two of the run's waves, judged in its family.
pub(super) fn changes(counted: &Counted<'_>, compared: &[Compared]) -> Vec<Arc<Change>> {
    // A family lies between two waves of an audience.
    let judged = |pair| {
        let mut changes = between(counted, pair);
        judge(counted, &mut changes);
        changes
    };
    compared.par_iter().flat_map_iter(judged).collect()
}

fn between(counted: &Counted<'_>, pair: &Compared) -> Vec<Arc<Change>> {
    let (survey, &Compared { audience, from, to, .. }) = (counted.survey, pair);
    let compared = survey.compared_items(audience, from, to);
    let samples = [from, to].map(|wave| sample(counted, wave, audience));
    let linked = pair.is_linked();
    let one = |cell: Cell| {
        if survey.is_broken(&cell, from, &compared) {
            let matched = linked.then(Comparison::broken);
            let [comparison, independent] = [Comparison::broken(), Comparison::broken()];
            return Change { cell, from_wave: from, comparison, linked, independent, matched };
        }
        let waves = [(from, samples[0]), (to, samples[1])]
            .map(|(wave, sample)| InWave { moments: pair.entry(&cell.in_wave(wave)).scores, sample });
        let overlap = pair.scores(&cell);
        let independent = change_of_strangers(&waves[0], &waves[1]);
        Change {
            cell,
            from_wave: from,
            comparison: overlap
                .map_or_else(|| independent.clone(), |overlap| change(&waves[0], &waves[1], &overlap)),
            linked,
            independent,
            matched: overlap.map(|overlap| matched_change(samples[0], samples[1], &overlap)),
        }
    };
    pair.cells().into_par_iter().map(|cell| Arc::new(one(cell))).collect()
}

/// Sets aside what must not be tested, and judges the rest in its families.
fn judge(counted: &Counted<'_>, changes: &mut [Arc<Change>]) {
    let survey = counted.survey;
    for change in changes.iter_mut() {
        let minimum = survey.audiences[change.cell.audience].minimum_respondents;
        let reason = match change.cell.group {
            Group::NotStated { .. } => NotTested::NotAGroup,
            _ if change.comparison.smaller_base() < minimum => NotTested::SmallBase,
            _ => continue,
        };
        if change.comparison.difference.is_some() {
            Arc::make_mut(change).comparison.leave_untested(reason);
        }
    }
    families::judge(
        changes,
        |change| families::of_change(&change.cell, change.from_wave),
        |change| families::name_of_change(survey, &change.cell, change.from_wave),
        |change| &mut Arc::make_mut(change).comparison,
    );
    judge_matched(survey, changes);
}

/// Did the same people change? Another question than that of the combined change, so families of its
/// own, along the same lines.
fn judge_matched(survey: &Survey, changes: &mut [Arc<Change>]) {
    let mut matched: Vec<(Cell, usize, &mut Comparison)> = Vec::new();
    for change in changes.iter_mut().filter(|change| change.matched.is_some()) {
        let minimum = survey.audiences[change.cell.audience].minimum_respondents;
        let change = Arc::make_mut(change);
        let Some(comparison) = &mut change.matched else { continue };
        match change.cell.group {
            Group::NotStated { .. } => comparison.leave_untested(NotTested::NotAGroup),
            _ if comparison.smaller_base() < minimum => comparison.leave_untested(NotTested::SmallBase),
            _ => {}
        }
        matched.push((change.cell, change.from_wave, comparison));
    }
    families::judge(
        &mut matched,
        |(cell, from_wave, _)| families::of_change(cell, *from_wave),
        |(cell, from_wave, _)| format!("matched-{}", families::name_of_change(survey, cell, *from_wave)),
        |(.., comparison)| comparison,
    );
}
