//! Averages as a paper printed them: beside today's where the answers are there, alone where nothing
//! else was kept.

use std::collections::BTreeMap;

use super::{Exhibited, Part, Words};
use crate::disclose::Policy;
use crate::ingest::PublishedRow;
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::survey::Address;
use crate::tally::Cell;
use crate::words::within;

/// One table per wave and audience of which something was published before.
pub fn published(view: &View<'_>, rows: &[PublishedRow]) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    for &wave in view.waves {
        for audience in 0..view.survey.audiences.len() {
            let cells = view.survey.cells(wave, audience);
            let cells: BTreeMap<Address, Cell> =
                cells.map(|cell| (view.survey.address(&cell), cell)).collect();
            let of = rows.iter().filter(|row| (row.wave, row.audience) == (wave, audience));
            // Groups that are published otherwise today have no place beside what is published.
            let of: Vec<(&PublishedRow, Cell)> =
                of.filter_map(|row| Some((row, *cells.get(&row.address)?))).collect();
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

fn columns(view: &View<'_>) -> Vec<Column> {
    let mut columns: Vec<Column> = ["Department", "Question", "Group"].map(Column::text).to_vec();
    columns.push(Column::number(format!("As published (score {})", view.scale())));
    columns
}

/// What was published beside what is counted now. Where today's figure is withheld, so is the old one:
/// that it was printed once is no reason to print it again.
fn beside(view: &View<'_>, wave: usize, audience: usize, of: &[(&PublishedRow, Cell)]) -> Exhibited {
    let mut columns = columns(view);
    columns.push(Column::number(format!("Now (score {})", view.scale())));
    columns.push(Column::text("The same"));
    columns.push(Column::text("Why it differs"));
    let text = |text: &str| Value::Text(text.to_owned());
    let rows = of.iter().map(|(row, cell)| {
        let mut values = about(view, cell).to_vec();
        let now = view.mean(cell).map(|mean| mean.rounded(row.decimals()));
        values.extend(match now {
            Some(now) => {
                let is_same = now == row.mean;
                let reason = match row.reason.as_str() {
                    _ if is_same => "it does not",
                    "" => "not explained",
                    reason => reason,
                };
                [
                    Value::Number(row.mean.clone()),
                    Value::Number(now),
                    text(if is_same { "yes" } else { "no" }),
                    text(reason),
                ]
            }
            None => {
                let mark = view.mark(cell);
                let then =
                    if mark == Mark::Withheld { Value::Mark(mark) } else { Value::Number(row.mean.clone()) };
                [then, Value::Mark(mark), text("not compared"), text("not compared")]
            }
        });
        values
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let label = within(&view.audience(audience).label);
    let year = view.wave_label(wave);
    let words = Words {
        name: format!("as-published-{}-{year}", view.audience(audience).id),
        title: format!("Averages as published and as counted now, {label}, {year}"),
        base: view.base_note(audience),
        notes: vec!["Both are rounded to the decimals that were printed then.".to_owned()],
    };
    Exhibited { part: Part::Quality, table: words.table(view, columns, rows), chart: None }
}

/// A year of which only averages were kept: no likely range, and no test of any change.
fn alone(view: &View<'_>, wave: usize, audience: usize, of: &[(&PublishedRow, Cell)]) -> Exhibited {
    let minimum = view.audience(audience).minimum_respondents;
    let mut columns = columns(view);
    columns.push(Column::number("Number who answered (as published)"));
    columns.push(Column::text("Has it changed since?"));
    let rows = of.iter().map(|(row, cell)| {
        let mut values = about(view, cell).to_vec();
        let is_few =
            row.respondents.is_some_and(|people| people < minimum) && view.release.policy == Policy::Public;
        values.extend(match row.respondents {
            _ if is_few => [Value::Mark(Mark::Withheld), Value::Mark(Mark::Withheld)],
            Some(people) => [Value::Number(row.mean.clone()), Value::Number(people.to_string())],
            None => [Value::Number(row.mean.clone()), Value::Mark(Mark::NotAvailable)],
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
