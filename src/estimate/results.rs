//! Every cell of the survey as a figure: mean, shares, and what they rest on.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Estimate, Sample, mean, share};
use crate::tally::{Cell, Cells, Counted, Counts, Entry, Group};

/// Fewer cells than this are not worth another core.
const ENOUGH: usize = 64;

/// What one cell says.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub counts: Counts,
    /// Mean score of all answers in the cell, pooled. `None` without answers, as the shares.
    pub mean: Option<Estimate>,
    /// The same mean with its uncertainty as if the number invited were without end: for claims about
    /// a wider world than this year's invited. For everyone only, where the number invited is used.
    pub unframed: Option<Estimate>,
    /// Share of answers in the upper half of the scale.
    pub top_share: Option<Estimate>,
    /// "No contact" as a share of scores and "no contact".
    pub no_contact_share: Option<Estimate>,
    /// How many of the cell's group were invited, where that is known.
    pub invited: Option<u64>,
}

/// The sample behind an audience's figures in one wave.
pub fn sample(counted: &Counted<'_>, wave: usize, audience: usize) -> Sample {
    let forms = counted.size(wave, audience);
    let frame = match counted.survey.analysis.finite_population_correction {
        true => counted.invited(wave, audience, Group::Everyone),
        false => None,
    };
    // More forms than invited is an error at intake, so the frame never falls away here.
    Sample::new(forms, frame).unwrap_or(Sample::without_frame(forms))
}

/// One figure per cell of the definition.
pub(super) fn results(counted: &Counted<'_>) -> Cells<Arc<Figure>> {
    let entries: Vec<(&Cell, &Entry)> = counted.tally.iter().collect();
    let figures = entries.into_par_iter().with_min_len(ENOUGH).map(|(cell, entry)| {
        let sample = sample(counted, cell.wave, cell.audience);
        let invited = counted.invited(cell.wave, cell.audience, cell.group);
        let mut figure = figure(entry, sample, invited);
        if cell.group == Group::Everyone && sample.frame().is_some() {
            figure.unframed = mean(&entry.scores, Sample::without_frame(sample.forms()));
        }
        (*cell, Arc::new(figure))
    });
    figures.collect::<Vec<_>>().into_iter().collect()
}

fn figure(entry: &Entry, sample: Sample, invited: Option<u64>) -> Figure {
    Figure {
        counts: entry.counts,
        mean: mean(&entry.scores, sample),
        unframed: None,
        top_share: share(&entry.top, sample),
        no_contact_share: share(&entry.no_contact, sample),
        invited,
    }
}
