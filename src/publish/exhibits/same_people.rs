//! Is the change real? The same change with everyone taken as separate people, with the overlap
//! known, and among those who answered in both years.

use super::broken;
use super::{Exhibited, Part, Words, chart};
use crate::estimate::{Change, Comparison, Interval};
use crate::publish::chart::{DifferenceRow, Differences, Picture, Plotted};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value, plotted};
use crate::ratio::round_decimal;
use crate::tally::Cell;
use crate::words::{self, signed, within};

/// The three ways of looking, as the key of the chart names them.
const WAYS: [&str; 3] =
    ["Everyone, as if separate people", "Everyone, overlap known", "Those who answered in both years"];

/// One per audience whose respondents can be found in both of the last two years.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    let has_links = |audience: &usize| view.release.movement(*audience, from, to).is_some();
    audiences.filter(has_links).map(|audience| exhibit(view, audience, from, to)).collect()
}

fn exhibit(view: &View<'_>, audience: usize, from: usize, to: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let subject = view.headline_subject(audience);
    let [before, after] = [from, to].map(|wave| view.wave_label(wave));
    let cells: Vec<(String, Cell)> = view
        .questions()
        .into_iter()
        .map(|question| (view.question_label(question), view.headline(to, audience, question)))
        .collect();
    let lower = "lower end (points)";
    let upper = "upper end (points)";
    let columns = vec![
        Column::text("Question"),
        Column::number("Change among everyone (points)"),
        Column::number(format!("Likely range as if separate people, {lower}")),
        Column::number(format!("Likely range as if separate people, {upper}")),
        Column::number(format!("Likely range with the overlap known, {lower}")),
        Column::number(format!("Likely range with the overlap known, {upper}")),
        Column::text("What the survey can say"),
        Column::number(format!("{before} who answered (number)")),
        Column::number(format!("{after} who answered (number)")),
        Column::number("Change among those who answered in both years (points)"),
        Column::number(format!("Likely range among those who answered in both years, {lower}")),
        Column::number(format!("Likely range among those who answered in both years, {upper}")),
        Column::text("What the survey can say of those who answered in both years"),
        Column::number("Answered in both years (number)"),
    ];
    let rows = cells.iter().map(|(label, cell)| row(view, label, cell, from)).collect();
    let words = Words {
        name: format!("same-people-{}", definition.id),
        title: format!("Change from {before} to {after} among everyone and among those who answered in both years, {label}, {subject}"),
        base: view.base_note(audience),
        notes: broken::notes(view, &[from, to], broken::Rows::Questions).into_iter().chain([
            "As if separate people: the two years are compared as though nobody had answered twice. Overlap known: the same change, with those who answered in both years taken as the same people; this is the one that is tested.".to_owned(),
            "Those who answered in both years are compared with themselves: has their own score changed? Nobody who joined or left can move that figure, and it speaks of nobody else.".to_owned(),
            "\"No clear change\" means that the survey cannot tell whether this changed. The words allow for so many questions being looked at together, so a likely range without 0 in it is not always enough. Only what was asked in both years counts.".to_owned(),
            view.pooled(),
        ]).collect(),
    };
    let table = words.table(view, columns, rows);
    let picture = Picture::Differences(Differences {
        axis_heading: "Change in points".to_owned(),
        series: WAYS.map(str::to_owned).to_vec(),
        rows: cells.iter().map(|(label, cell)| drawn(view, label, cell, from)).collect(),
        words_heading: "Has it changed?".to_owned(),
        base_heading: format!("Number who answered, {before} and {after}"),
    });
    let headline = "Is the change real, or different people answering?".to_owned();
    let subtitle = format!(
        "Change in average score from {before} to {after} in points, with likely range, {label}, {subject}: everyone, and those who answered in both years. The words speak of everyone with the overlap known. Answered by {}",
        view.base_note(audience)
    );
    let chart = chart(view, &table, headline, subtitle, picture);
    Exhibited { part: Part::Reality, table, chart: Some(chart) }
}

/// Why those who answered in both years have no figure, where everyone has one.
fn matched_mark(change: Option<&Change>, mark: Mark) -> Mark {
    match change {
        None => mark,
        Some(Change { matched: None, .. }) => Mark::Withheld,
        Some(_) => Mark::NotAvailable,
    }
}

fn row(view: &View<'_>, label: &str, cell: &Cell, from: usize) -> Vec<Value> {
    let change = view.change(cell, from);
    let mark = view.change_mark(cell, from);
    let unmatched = matched_mark(change, mark);
    let range = |comparison: Option<&Comparison>, mark: Mark| {
        let range = comparison.and_then(|it| it.difference?.interval);
        let end = |end: fn(Interval) -> f64| {
            range
                .map_or(Value::Mark(mark), |it| Value::Number(signed(&round_decimal(end(it), MEAN_DECIMALS))))
        };
        [end(|it| it.lower), end(|it| it.upper)]
    };
    let number = |text: Option<String>, mark: Mark| text.map_or(Value::Mark(mark), Value::Number);
    let matched = change.and_then(|it| it.matched.as_ref());
    let both = matched.and_then(|it| it.left).map(|it| it.respondents.to_string());
    let verdict = change.map(|it| words::change(it.comparison.verdict).to_owned());
    let mut row = vec![Value::Text(label.to_owned())];
    row.push(number(change.and_then(|it| difference_value(&it.comparison)), mark));
    row.extend(range(change.map(|it| &it.independent), no_range(change, mark)));
    row.extend(range(change.map(|it| &it.comparison), no_range(change, mark)));
    row.push(verdict.map_or(Value::Mark(mark), Value::Text));
    row.push(view.base_value(&cell.in_wave(from)));
    row.push(view.base_value(cell));
    row.push(number(matched.and_then(difference_value), unmatched));
    row.extend(range(matched, unmatched));
    row.push(matched.map_or(Value::Mark(unmatched), |it| Value::Text(words::change(it.verdict).to_owned())));
    row.push(number(both, unmatched));
    row
}

/// Why a change that is shown has no likely range: too few to tell.
fn no_range(change: Option<&Change>, mark: Mark) -> Mark {
    match change {
        Some(change) if change.comparison.difference.is_some() => Mark::NotAvailable,
        _ => mark,
    }
}

fn drawn(view: &View<'_>, label: &str, cell: &Cell, from: usize) -> DifferenceRow {
    let change = view.change(cell, from);
    let mark = view.change_mark(cell, from);
    let point = |comparison: Option<&Comparison>, mark: Mark| {
        let difference = comparison.and_then(|it| it.difference.as_ref());
        match difference.map(|it| plotted(it, MEAN_DECIMALS)) {
            Some(Plotted::Value { value, label, range }) => {
                Plotted::Value { value, label: signed(&label), range }
            }
            Some(other) => other,
            None => Plotted::Mark(mark),
        }
    };
    let matched = change.and_then(|it| it.matched.as_ref());
    let unmatched = matched_mark(change, mark);
    let everyone = format!("{}, {}", view.base_text(&cell.in_wave(from)), view.base_text(cell));
    let both = matched
        .and_then(|it| it.left)
        .map_or_else(|| unmatched.symbol().to_owned(), |it| format!("{} in both", it.respondents));
    DifferenceRow {
        label: label.to_owned(),
        points: vec![
            point(change.map(|it| &it.independent), mark),
            point(change.map(|it| &it.comparison), mark),
            point(matched, unmatched),
        ],
        bases: vec![everyone.clone(), everyone, both],
        words: change.map_or_else(String::new, |it| words::change(it.comparison.verdict).to_owned()),
    }
}
