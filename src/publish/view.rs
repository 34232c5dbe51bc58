//! A release as tables and charts show it: figures with their printed form, or the mark that stands
//! for them. Every rounding in a table or chart happens here.

use super::chart::{Accent, Axis, Plotted};
use super::mark::Mark;
use super::table::{Column, Value};
use crate::disclose::{ConsistencyKey, Released, StandardisedKey, Status, WeightingKey};
use crate::estimate::{Comparison, DistributionKey, Estimate, Figure, GapKey, Interval, MixKey};
use crate::ratio::{Ratio, round_decimal};
use crate::tally::Cell;
pub use crate::view::{MEAN_DECIMALS, View};
use crate::words::signed;
pub use crate::words::{percent, percentage_points};

impl View<'_> {
    /// The base as a chart prints it.
    pub fn base_text(&self, cell: &Cell) -> String {
        self.base_value(cell).printed().to_owned()
    }

    /// Why a figure has no number.
    pub fn mark(&self, cell: &Cell) -> Mark {
        mark(self.release.result(cell), |figure| figure.counts.forms == 0)
    }

    fn value(&self, cell: &Cell, text: impl Fn(&Figure) -> Option<String>) -> Value {
        self.figure(cell).and_then(text).map_or_else(|| Value::Mark(self.mark(cell)), Value::Number)
    }

    /// The mean, two decimals half up from the exact sum.
    pub fn mean_value(&self, cell: &Cell) -> Value {
        self.value(cell, |figure| Some(figure.mean.as_ref()?.rounded(MEAN_DECIMALS)))
    }

    /// The two ends of the mean's likely range.
    pub fn range_values(&self, cell: &Cell) -> [Value; 2] {
        let end = |end: fn(&Interval) -> f64| {
            self.value(cell, |figure| {
                let mean = figure.mean.as_ref()?;
                Some(mean.interval.as_ref().map_or_else(
                    || Mark::NotAvailable.symbol().to_owned(),
                    |range| round_decimal(end(range), MEAN_DECIMALS),
                ))
            })
        };
        [end(|range| range.lower), end(|range| range.upper)].map(|value| match value {
            Value::Number(text) if text == Mark::NotAvailable.symbol() => Value::Mark(Mark::NotAvailable),
            other => other,
        })
    }

    /// Number who answered, that is gave at least one score in the cell.
    pub fn base_value(&self, cell: &Cell) -> Value {
        self.value(cell, |figure| Some(figure.counts.respondents.to_string()))
    }

    /// A share as whole percent, half up.
    pub fn percent_value(&self, cell: &Cell, share: impl Fn(&Figure) -> Option<(u64, u64)>) -> Value {
        self.value(cell, |figure| {
            let (part, of) = share(figure)?;
            Some(Ratio::new(part * 100, of)?.rounded(0))
        })
    }

    /// The mean as a chart shows it.
    pub fn plotted_mean(&self, cell: &Cell) -> Plotted {
        match self.mean(cell) {
            Some(mean) => plotted(mean, MEAN_DECIMALS),
            None => Plotted::Mark(self.mark(cell)),
        }
    }

    /// A mean on the axis of another wave: the mark of a break where its own scale is another.
    pub fn plotted_on(&self, cell: &Cell, wave: usize) -> Plotted {
        match self.plotted_mean(cell) {
            Plotted::Value { .. } if !self.survey.has_same_scale(cell.wave, wave) => {
                Plotted::Mark(Mark::Break)
            }
            plotted => plotted,
        }
    }

    /// Why a change of a share of "no contact" has no number.
    pub fn contact_change_mark(&self, cell: &Cell, from_wave: usize) -> Mark {
        mark(self.release.contact_change(cell, from_wave), |_| true)
    }

    /// Why a test of distributions has no number.
    pub fn distribution_mark(&self, key: &DistributionKey) -> Mark {
        let mut tests = self.release.distribution_tests();
        mark(tests.find(|(other, _)| *other == key).map(|(_, released)| released), |_| true)
    }

    /// Why a reliability of the question scale has no number.
    pub fn consistency_mark(&self, key: &ConsistencyKey) -> Mark {
        let mut all = self.release.consistency();
        mark(all.find(|(other, _)| *other == key).map(|(_, released)| released), |_| true)
    }

    /// Why a change has no number.
    pub fn change_mark(&self, cell: &Cell, from_wave: usize) -> Mark {
        mark(self.release.change(cell, from_wave), |_| true)
    }

    /// Why a gap has no number.
    pub fn gap_mark(&self, key: &GapKey) -> Mark {
        mark(self.release.gap(key), |_| true)
    }

    /// Why a split change has no number.
    pub fn mix_mark(&self, key: &MixKey) -> Mark {
        without_value(self.release.mix(key))
    }

    /// Why a weighted figure has no number.
    pub fn weighting_mark(&self, key: &WeightingKey) -> Mark {
        without_value(self.release.weighting(key))
    }

    /// Why a change of weighted figures has no number.
    pub fn standardised_mark(&self, key: &StandardisedKey) -> Mark {
        without_value(self.release.standardised(key))
    }

    /// The colour of an audience, the same on every picture.
    pub fn accent(&self, audience: usize) -> Accent {
        Accent(self.survey.style.of_audience(audience, self.survey.audiences.len()))
    }

    /// The axis of a wave's scores, marked in full.
    pub fn axis(&self, wave: usize) -> Axis {
        let scale = self.survey.scale_of(wave);
        Axis {
            low: 1.0,
            high: f64::from(scale.top),
            low_label: format!("1 {}", scale.low_label),
            high_label: format!("{} {}", scale.top, scale.high_label),
        }
    }

    /// Column headers of the questions in a wide table, the pooled one last.
    pub fn question_columns(&self, unit: &str) -> Vec<Column> {
        self.questions()
            .into_iter()
            .map(|question| Column::number(format!("{} ({unit})", self.question_label(question))))
            .collect()
    }
}

/// An estimate as a chart shows it.
pub fn plotted(estimate: &Estimate, decimals: u32) -> Plotted {
    Plotted::Value {
        value: estimate.value,
        label: estimate.rounded(decimals),
        range: estimate.interval.map(|range| (range.lower, range.upper)),
    }
}

/// A difference with its sign: change or gap.
pub fn difference_value(comparison: &Comparison) -> Option<String> {
    comparison.difference.map(|difference| signed(&difference.rounded(MEAN_DECIMALS)))
}

/// The mark for something that has no number to show.
fn mark<T>(released: Option<&Released<T>>, nobody_there: impl Fn(&T) -> bool) -> Mark {
    let Some(released) = released else { return Mark::NotAvailable };
    match released.status {
        Status::NotAsked => Mark::NotApplicable,
        Status::NoWave => Mark::NotAvailable,
        Status::Break => Mark::Break,
        Status::NobodyScored => Mark::NobodyScored,
        Status::Withheld | Status::Ok => match released.figure.value() {
            None => Mark::Withheld,
            // Shown, and yet without this number: there is nobody in the group, or too few for it.
            Some(figure) if nobody_there(figure) => Mark::NotAvailable,
            Some(_) => Mark::NobodyScored,
        },
    }
}

/// The mark for a derived figure: one that was handed over without a number could not be had.
fn without_value<T>(released: Option<&Released<T>>) -> Mark {
    mark(released, |_| true)
}
