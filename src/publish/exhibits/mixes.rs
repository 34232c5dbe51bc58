//! How much of a change is people scoring differently, and how much is different people answering.

use super::{Exhibited, Part, Words, chart};
use crate::disclose::Policy;
use crate::estimate::{By, Effect, MixFigure, MixGroup, MixKey};
use crate::publish::chart::{Picture, Plotted, Waterfall, WaterfallRow};
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::words::{signed, within};

/// Per audience, for the last two years: one table by way of telling people apart, one by group.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences
        .flat_map(|audience| {
            let one = Pair { view, audience, from, to };
            [one.ways(), one.groups()].into_iter().flatten()
        })
        .collect()
}

struct Pair<'v, 'a> {
    view: &'v View<'a>,
    audience: usize,
    from: usize,
    to: usize,
}

impl Pair<'_, '_> {
    /// The rows of the headline change: all questions together.
    fn keys(&self) -> Vec<MixKey> {
        let department = self.view.survey.headline_department(self.audience);
        let headline = |key: &&MixKey| {
            (key.audience, key.from_wave, key.to_wave) == (self.audience, self.from, self.to)
                && (key.department, key.question) == (department, Question::All)
        };
        self.view.release.mixes().map(|(key, _)| key).filter(headline).copied().collect()
    }

    fn figure(&self, key: &MixKey) -> Option<&MixFigure> {
        self.view.release.mix(key)?.figure.value()
    }

    fn value(&self, key: &MixKey, text: impl Fn(&MixFigure) -> Option<String>) -> Value {
        let text = self.figure(key).and_then(text);
        text.map_or_else(|| Value::Mark(self.view.mix_mark(key)), Value::Number)
    }

    fn way(&self, by: By) -> String {
        match by {
            By::Breakdown(breakdown) => self.view.audience(self.audience).breakdowns[breakdown].label.clone(),
            By::Joint => "All of these at once".to_owned(),
        }
    }

    fn who(&self) -> String {
        let label = within(&self.view.audience(self.audience).label);
        format!("{label}, {}", self.view.headline_subject(self.audience))
    }

    fn exhibit(
        &self,
        name: &str,
        title: String,
        notes: Vec<String>,
        columns: Vec<Column>,
        rows: Vec<Vec<Value>>,
    ) -> Option<Exhibited> {
        let name = format!("{name}-{}", self.view.audience(self.audience).id);
        let words = Words { name, title, base: self.view.base_note(self.audience), notes };
        let table = words.table(self.view, columns, rows);
        (!table.rows.is_empty()).then_some(Exhibited { part: Part::Sensitivity, table, chart: None })
    }

    /// Both parts and the change that they add up to, one block per way of telling people apart.
    fn drawn(&self) -> Vec<WaterfallRow> {
        let plotted = |key: &MixKey, value: fn(&MixFigure) -> f64| match self.figure(key).map(value) {
            Some(value) => Plotted::Value { value, label: points(value), range: None },
            None => Plotted::Mark(self.view.mix_mark(key)),
        };
        let totals = self.keys().into_iter().filter(|key| key.group == MixGroup::All);
        let row = |key: MixKey| WaterfallRow {
            label: self.way(key.by),
            steps: vec![
                plotted(&key, |it| it.effects.within.value),
                plotted(&key, |it| it.effects.mix.value),
            ],
            total: plotted(&key, |it| it.change),
        };
        totals.map(row).collect()
    }

    fn ways(&self) -> Option<Exhibited> {
        let [before, after] = [self.from, self.to].map(|wave| self.view.wave_label(wave));
        // Groups that are shown were heard in both years, so only the analyst needs to know how many were.
        let is_private = self.view.release.policy == Policy::Private;
        let mut columns = vec![
            Column::text("People told apart by"),
            Column::number("Change (points)"),
            Column::number("Same groups scoring differently (points)"),
            Column::number("Different people answering (points)"),
            Column::number("Standard error of scoring differently (points)"),
            Column::number("Standard error of different people answering (points)"),
        ];
        if is_private {
            columns.extend(
                [before, after].map(|year| {
                    Column::number(format!("{year} answers from groups heard in both years (%)"))
                }),
            );
        }
        let totals = self.keys().into_iter().filter(|key| key.group == MixGroup::All);
        let rows = totals.map(|key| {
            let mut row = vec![Value::Text(self.way(key.by))];
            row.push(self.value(&key, |it| Some(points(it.change))));
            row.push(self.value(&key, |it| Some(points(it.effects.within.value))));
            row.push(self.value(&key, |it| Some(points(it.effects.mix.value))));
            row.push(self.value(&key, |it| error(&it.effects.within)));
            row.push(self.value(&key, |it| error(&it.effects.mix)));
            if is_private {
                row.extend([0, 1].map(|wave| self.value(&key, |it| Some(percent(it.covered[wave])))));
            }
            row
        });
        let mut notes = vec![
            "The change in the average is the sum of two parts: how far each group's own average moved, and how far groups grew or shrank among the answers. Both are taken from unrounded figures.".to_owned(),
        ];
        if is_private {
            notes.push("A group heard in one year only counts wholly as different people answering, because nothing is known of how it would have scored in the other. Where few answers come from groups heard in both years, the split says little; with many small combinations that is likely.".to_owned());
        }
        notes.push(match self.view.release.policy {
            Policy::Public => "Groups too small to be shown are put together as one group; where even that would be too small, or nothing else would be left, the split is not shown.".to_owned(),
            Policy::Private => "Every group stands for itself here; in the paper for publication, groups too small to be shown are put together, so its figures can differ a little.".to_owned(),
        });
        let title = format!(
            "How much of the change from {before} to {after} is people scoring differently, and how much is different people answering, {}",
            self.who()
        );
        let exhibit = self.exhibit("change-and-who-answered", title, notes, columns, rows.collect())?;
        let picture = Picture::Waterfall(Waterfall {
            axis_heading: "Change in points".to_owned(),
            accent: self.view.accent(self.audience),
            steps: vec![
                "Same groups scoring differently".to_owned(),
                "Different people answering".to_owned(),
            ],
            total: "Change in the average".to_owned(),
            rows: self.drawn(),
        });
        let subtitle = format!(
            "Change in average score from {before} to {after} in points, {}, by what people are told apart by; rounded parts may not add up exactly. Answered by {}",
            self.who(),
            self.view.base_note(self.audience)
        );
        let headline = "How much of the change is different people answering?".to_owned();
        let chart = chart(self.view, &exhibit.table, headline, subtitle, picture);
        Some(Exhibited { chart: Some(chart), ..exhibit })
    }

    fn groups(&self) -> Option<Exhibited> {
        let [before, after] = [self.from, self.to].map(|wave| self.view.wave_label(wave));
        let columns = vec![
            Column::text("People told apart by"),
            Column::text("Group"),
            Column::number(format!("{before} share of answers (%)")),
            Column::number(format!("{after} share of answers (%)")),
            Column::number("Scoring differently (points)"),
            Column::number("More or fewer of them answering (points)"),
            Column::number("Standard error of scoring differently (points)"),
        ];
        let groups = self.keys().into_iter().filter(|key| key.group != MixGroup::All);
        let rows = groups.map(|key| {
            let group = match key.group {
                MixGroup::Of(group) => self.view.group_label(self.audience, group),
                MixGroup::All | MixGroup::Other => "Groups not shown, together".to_owned(),
            };
            vec![
                Value::Text(self.way(key.by)),
                Value::Text(group),
                self.value(&key, |it| Some(percent(it.effects.share_from))),
                self.value(&key, |it| Some(percent(it.effects.share_to))),
                self.value(&key, |it| Some(points(it.effects.within.value))),
                self.value(&key, |it| Some(points(it.effects.mix_centred.value))),
                self.value(&key, |it| error(&it.effects.within)),
            ]
        });
        let notes = vec![
            "What each group added to the change in the average of everyone. Within one way of telling people apart, the two columns in points add up to the change.".to_owned(),
            "More or fewer of them answering: above 0 where a group that scores above the average grew, or one that scores below it shrank.".to_owned(),
        ];
        let title = format!("Which groups the change from {before} to {after} came from, {}", self.who());
        self.exhibit("change-by-origin", title, notes, columns, rows.collect())
    }
}

fn points(value: f64) -> String {
    signed(&round_decimal(value, MEAN_DECIMALS))
}

fn error(effect: &Effect) -> Option<String> {
    effect.standard_error.map(|error| round_decimal(error, MEAN_DECIMALS))
}

fn percent(share: f64) -> String {
    round_decimal(100.0 * share, 0)
}
