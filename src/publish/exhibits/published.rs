//! Averages as a paper printed them: beside today's where the answers are there, alone where nothing
//! else was kept.

use super::{Exhibited, Part, Words};
use crate::disclose::ReleasedAverage;
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::Cell;
use crate::words::within;

/// One table per wave and audience of which something was published before.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    for &wave in view.waves {
        for audience in 0..view.survey.audiences.len() {
            let all = view.release.as_published().iter();
            let is_here = |one: &&ReleasedAverage| (one.cell.wave, one.cell.audience) == (wave, audience);
            let of: Vec<&ReleasedAverage> = all.filter(is_here).collect();
            if of.is_empty() {
                continue;
            }
            let is_kept = view.waves_of(audience).contains(&wave);
            exhibits.push(if is_kept {
                beside(view, wave, audience, &of)
            } else {
                alone(view, wave, audience, &of)
            });
        }
    }
    exhibits
}

fn about(view: &View<'_>, cell: &Cell) -> [Value; 3] {
    let group = match cell.group.breakdown() {
        None => view.group_label(cell.audience, cell.group),
        Some(breakdown) => {
            let by = &view.audience(cell.audience).breakdowns[breakdown].label;
            format!("{by}: {}", view.group_label(cell.audience, cell.group))
        }
    };
    [view.department_label(cell.department), view.question_label(cell.question), group].map(Value::Text)
}

fn columns(view: &View<'_>, wave: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = ["Department", "Question", "Group"].map(Column::text).to_vec();
    columns.push(Column::number(format!("As published (score {})", view.scale(wave))));
    columns
}

/// Why what was printed is not shown beside a figure that is.
const APART: &str = "Where a few more or fewer answered than are counted now, or only one group would be without its published average, it is not shown.";

/// What was published beside what is counted now.
fn beside(view: &View<'_>, wave: usize, audience: usize, of: &[&ReleasedAverage]) -> Exhibited {
    let mut columns = columns(view, wave);
    columns.push(Column::number(format!("Now (score {})", view.scale(wave))));
    columns.push(Column::text("The same"));
    columns.push(Column::text("Why it differs"));
    let text = |text: &str| Value::Text(text.to_owned());
    let rows = of.iter().map(|ReleasedAverage { cell, printed }| {
        let printed = printed.value();
        let then = printed.map_or(Value::Mark(Mark::Withheld), |row| Value::Number(row.mean.clone()));
        let now = printed.and_then(|row| Some((row, view.mean(cell)?.rounded(row.decimals()))));
        let mut values = about(view, cell).to_vec();
        values.push(then);
        values.extend(match now {
            Some((row, now)) => {
                let is_same = now == row.mean;
                let reason = match row.reason.as_str() {
                    _ if is_same => "it does not",
                    "" => "not explained",
                    reason => reason,
                };
                [Value::Number(now), text(if is_same { "yes" } else { "no" }), text(reason)]
            }
            None => [view.mean_value(cell), text("not compared"), text("not compared")],
        });
        values
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let label = within(&view.audience(audience).label);
    let year = view.wave_label(wave);
    let mut notes = vec!["Both are rounded to the decimals that were printed then.".to_owned()];
    let is_apart = |one: &&ReleasedAverage| one.printed.is_withheld() && view.mean(&one.cell).is_some();
    if of.iter().any(is_apart) {
        notes.push(APART.to_owned());
    }
    let words = Words {
        name: format!("as-published-{}-{year}", view.audience(audience).id),
        title: format!("Averages as published and as counted now, {label}, {year}"),
        base: view.base_note(audience),
        notes,
    };
    Exhibited { part: Part::Quality, table: words.table(view, columns, rows), chart: None }
}

/// A year of which only averages were kept: no likely range, and no test of any change.
fn alone(view: &View<'_>, wave: usize, audience: usize, of: &[&ReleasedAverage]) -> Exhibited {
    let mut columns = columns(view, wave);
    columns.push(Column::number("Number who answered (as published)"));
    columns.push(Column::text("Has it changed since?"));
    let rows = of.iter().map(|ReleasedAverage { cell, printed }| {
        let mut values = about(view, cell).to_vec();
        values.extend(match printed.value() {
            None => [Value::Mark(Mark::Withheld), Value::Mark(Mark::Withheld)],
            Some(row) => {
                let people = row.respondents.map(|people| Value::Number(people.to_string()));
                [Value::Number(row.mean.clone()), people.unwrap_or(Value::Mark(Mark::NotAvailable))]
            }
        });
        values.push(Value::Text("not tested: only averages were kept".to_owned()));
        values
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let label = within(&view.audience(audience).label);
    let year = view.wave_label(wave);
    let words = Words {
        name: format!("only-averages-{}-{year}", view.audience(audience).id),
        title: format!("Average scores as published, {label}, {year}"),
        base: format!("As published for {year}; the answers themselves were not kept"),
        notes: vec!["Without the answers there is no likely range, and no change can be tested.".to_owned()],
    };
    Exhibited { part: Part::Change, table: words.table(view, columns, rows), chart: None }
}
