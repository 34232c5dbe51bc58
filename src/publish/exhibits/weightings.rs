//! Averages as answered beside averages weighted to everyone invited.

use super::{Exhibited, Part, Words};
use crate::disclose::{Policy, StandardisedKey, WeightingKey};
use crate::estimate::{By, Estimate, NoWeights, Weighted, Weighting};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::view::disagree;
use crate::words::{listed, signed, within};

/// Per audience of which the number invited is known by group.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences = 0..view.survey.audiences.len();
    audiences
        .flat_map(|audience| {
            [averages(view, audience), changes(view, audience), weightings(view, audience)]
                .into_iter()
                .flatten()
        })
        .collect()
}

fn all(wave: usize, audience: usize) -> WeightingKey {
    WeightingKey { wave, audience, by: By::Joint }
}

/// The waves in which there is anything to weight to.
fn waves(view: &View<'_>, audience: usize) -> Vec<usize> {
    let known = |wave: &usize| view.release.weighting(&all(*wave, audience)).is_some();
    view.waves_of(audience).into_iter().filter(known).collect()
}

/// "quadrant, service type and size", of the breakdowns matched.
fn matched(view: &View<'_>, audience: usize, margins: &[usize]) -> String {
    let by = &view.audience(audience).breakdowns;
    listed(&margins.iter().map(|&margin| within(&by[margin].label)).collect::<Vec<_>>())
}

/// What was matched and what that assumes, for the notes.
fn footing(view: &View<'_>, audience: usize, margins: &[usize]) -> String {
    let together = match view.release.policy {
        Policy::Public => " Groups too small to be shown in any of the years are matched as one.",
        Policy::Private => "",
    };
    format!(
        "Weighted so that the answers count by {} as among everyone invited. That mends only differences between these groups, not between those who answered and those who did not within a group.{together}",
        matched(view, audience, margins)
    )
}

fn exhibit(
    view: &View<'_>,
    audience: usize,
    (name, title): (&str, String),
    notes: Vec<String>,
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
) -> Option<Exhibited> {
    let definition = view.audience(audience);
    let words = Words {
        name: format!("{name}-{}", definition.id),
        title: format!("{title}, {}, {}", within(&definition.label), view.headline_subject(audience)),
        base: view.base_note(audience),
        notes,
    };
    let table = words.table(view, columns, rows);
    (!table.rows.is_empty()).then_some(Exhibited { part: Part::Sensitivity, table, chart: None })
}

fn averages(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let columns = vec![
        Column::text("Question"),
        Column::text("Year"),
        Column::number(format!("Average as answered (score {})", view.scales(&waves(view, audience)))),
        Column::number(format!("Weighted average (score {})", view.scales(&waves(view, audience)))),
        Column::number("Weighted minus as answered (points)"),
        Column::number("Standard error of the average as answered (points)"),
        Column::text("Differ by more than the standard error"),
        Column::number("Effective number of forms once weighted (number)"),
    ];
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for question in view.questions() {
        for wave in waves(view, audience) {
            let cell = view.headline(wave, audience, question);
            let weighted = view.weighted(wave, audience);
            let mark = || Value::Mark(view.weighting_mark(&all(wave, audience)));
            let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
            let mean = weighted.and_then(|it| it.means.get(&question));
            let plain = view.mean(&cell);
            let both = plain.zip(mean);
            let moved = both.map(|(plain, mean)| mean.value - plain.value);
            rows.push(vec![
                Value::Text(view.question_label(question)),
                Value::Text(view.wave_label(wave).to_owned()),
                view.mean_value(&cell),
                number(mean.map(|mean| mean.rounded(MEAN_DECIMALS))),
                number(moved.map(|it| signed(&round_decimal(it, MEAN_DECIMALS)))),
                plain.map_or_else(|| Value::Mark(view.mark(&cell)), standard_error),
                both.map_or_else(mark, |(plain, mean)| Value::Text(answer(disagree(plain, mean)))),
                number(weighted.map(|it| round_decimal(it.effective_base, 0))),
            ]);
            let margins = view.released_weighting(&all(wave, audience)).map(|it| it.margins.as_slice());
            notes.extend(margins.map(|margins| footing(view, audience, margins)));
        }
    }
    notes.dedup();
    notes.push("Differences are taken from unrounded averages. The averages as answered are the ones used everywhere else. The effective number is how many equally weighted forms would tell as much.".to_owned());
    let title = "Averages as answered beside averages weighted to everyone invited".to_owned();
    exhibit(view, audience, ("weighted-averages", title), notes, columns, rows)
}

fn standard_error(mean: &Estimate) -> Value {
    let error = mean.standard_error.map(|error| round_decimal(error, MEAN_DECIMALS));
    error.map_or(Value::Mark(Mark::NotAvailable), Value::Number)
}

fn answer(disagree: Option<bool>) -> String {
    match disagree {
        Some(true) => "yes",
        Some(false) => "no",
        None => "cannot be told",
    }
    .to_owned()
}

fn changes(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let (from_wave, to_wave) = view.latest_pair()?;
    let key = StandardisedKey { audience, from_wave, to_wave };
    view.release.standardised(&key)?;
    let standardised = view.standardised(&key);
    let columns = vec![
        Column::text("Question"),
        Column::number("Change as answered (points)"),
        Column::number("Change had the same mix answered (points)"),
        Column::number("Likely range of that change, lower end (points)"),
        Column::number("Likely range of that change, upper end (points)"),
    ];
    let rows = view.questions().into_iter().map(|question| {
        let cell = view.headline(to_wave, audience, question);
        let plain = view.change(&cell, from_wave).and_then(|it| difference_value(&it.comparison));
        let change = standardised.and_then(|it| it.changes.get(&question));
        let mark = || Value::Mark(view.standardised_mark(&key));
        let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
        let range = change.and_then(|it| it.difference?.interval);
        vec![
            Value::Text(view.question_label(question)),
            plain.map_or_else(|| Value::Mark(view.change_mark(&cell, from_wave)), Value::Number),
            number(change.and_then(difference_value)),
            number(range.map(|it| signed(&round_decimal(it.lower, MEAN_DECIMALS)))),
            number(range.map(|it| signed(&round_decimal(it.upper, MEAN_DECIMALS)))),
        ]
    });
    let mut notes: Vec<String> =
        standardised.map(|it| footing(view, audience, &it.margins)).into_iter().collect();
    notes.push("Likely ranges treat the two years as different people, which widens them, and the weights as certain, which narrows them where few answered.".to_owned());
    let years = [from_wave, to_wave].map(|wave| view.wave_label(wave));
    let title = format!(
        "Change from {} to {} as answered, and had the same mix answered in both years",
        years[0], years[1]
    );
    exhibit(view, audience, ("weighted-change", title), notes, columns, rows.collect())
}

fn weightings(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let columns = vec![
        Column::text("Weighted by"),
        Column::text("Year"),
        Column::number(format!(
            "Weighted average, all questions (score {})",
            view.scales(&waves(view, audience))
        )),
        Column::number("Forms returned (number)"),
        Column::number("Effective number of forms (number)"),
        Column::number("Design effect (ratio)"),
        Column::number("Smallest weight (times the average weight)"),
        Column::number("Largest weight (times the average weight)"),
        Column::text("Could it be done"),
    ];
    let keys = view.release.weightings().map(|(key, _)| *key).filter(|key| key.audience == audience);
    let rows = keys.map(|key| {
        let weighting = view.released_weighting(&key);
        let weighted = weighting.and_then(|it| it.outcome.as_ref().ok());
        let mark =
            Value::Mark(if weighting.is_some() { Mark::NotAvailable } else { view.weighting_mark(&key) });
        let number = |text: Option<String>| text.map_or(mark.clone(), Value::Number);
        let ratio = |value: fn(&Weighted) -> f64| weighted.map(|it| round_decimal(value(it), 2));
        let mean = weighted.and_then(|it| it.means.get(&Question::All));
        let by = match (key.by, weighting) {
            (By::Breakdown(breakdown), _) => view.audience(audience).breakdowns[breakdown].label.clone(),
            (By::Joint, Some(weighting)) => {
                format!("Together: {}", matched(view, audience, &weighting.margins))
            }
            (By::Joint, None) => "Together".to_owned(),
        };
        vec![
            Value::Text(by),
            Value::Text(view.wave_label(key.wave).to_owned()),
            number(mean.map(|mean| mean.rounded(MEAN_DECIMALS))),
            number(weighted.map(|it| it.forms.to_string())),
            number(weighted.map(|it| round_decimal(it.effective_base, 0))),
            number(ratio(|it| it.design_effect)),
            number(ratio(|it| it.range.0)),
            number(ratio(|it| it.range.1)),
            Value::Text(weighting.map_or_else(
                || "not shown: too few in some groups".to_owned(),
                |weighting| outcome(view, audience, weighting),
            )),
        ]
    });
    let notes = vec![
        "One breakdown is post-stratified; several together are raked until every one of them is met. The design effect is what weighting costs in certainty: 1 costs nothing.".to_owned(),
    ];
    let title = "How answers were weighted to the number invited".to_owned();
    exhibit(view, audience, ("weightings", title), notes, columns, rows.collect())
}

/// Whether a weighting could be made, and why not.
fn outcome(view: &View<'_>, audience: usize, weighting: &Weighting) -> String {
    let by = |margin: &usize| {
        let breakdown = weighting.margins.get(*margin).copied();
        breakdown.map(|breakdown| &view.audience(audience).breakdowns[breakdown])
    };
    match &weighting.outcome {
        Ok(Weighted { cap: Some(cap), .. }) => {
            format!("yes, no weight above {} times the average", round_decimal(*cap, 0))
        }
        Ok(_) => "yes, but only with very large weights".to_owned(),
        Err(NoWeights::EmptyLevel { margin, level, invited }) => {
            let group = by(margin).and_then(|by| by.groups.get(*level)).map_or("a group", |it| &it.label);
            format!("no: nobody answered from {group}, where {invited} were invited")
        }
        Err(NoWeights::UnknownLevel { margin, .. }) => {
            let label = by(margin).map_or_else(String::new, |by| format!(" by {}", within(&by.label)));
            format!("no: some answered from a group{label} in which nobody was invited")
        }
        Err(NoWeights::Levels { .. }) => "no: no forms to weight".to_owned(),
        Err(NoWeights::NotConverged { .. }) => "no: the numbers invited contradict each other".to_owned(),
    }
}
