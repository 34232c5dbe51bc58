//! The areas for improvement: what the survey says of each, its figures, and where its
//! recommendations stand. Figures are those of single questions: an average over some of them would
//! be a figure of its own.

use std::collections::BTreeMap;

use super::{Exhibited, Part, Words};
use crate::estimate::Verdict;
use crate::ingest::Action;
use crate::publish::table::{Column, Table, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value};
use crate::ratio::round_decimal;
use crate::survey::Area;
use crate::tally::{Cell, Department, Question};
use crate::words::{self, counted, listed, signed, within};

/// Heading of the first column; a breakdown may be called "Area".
const AREA: &str = "Area for improvement";

/// Nothing where the definition has no areas.
pub(super) fn exhibits(view: &View<'_>, actions: &[Action]) -> Vec<Exhibited> {
    if view.survey.areas.is_empty() {
        return Vec::new();
    }
    let exhibit = |table: Table| Exhibited { part: Part::Areas, table, chart: None };
    let tables = [Some(summary(view, actions)), scores(view), standing(view, actions)];
    tables.into_iter().flatten().filter(|table| !table.rows.is_empty()).map(exhibit).collect()
}

/// The cells of an area that an audience was asked about, in its latest year.
fn cells(view: &View<'_>, area: &Area, audience: usize) -> Vec<Cell> {
    let Some(&wave) = view.waves_of(audience).last() else { return Vec::new() };
    let departments = match &area.departments[..] {
        [_, ..] if view.audience(audience).scores_departments => {
            area.departments.iter().map(|&one| Department::One(one)).collect()
        }
        _ => vec![view.survey.headline_department(audience)],
    };
    let of_question = |&question: &usize| {
        let cell = view.headline(wave, audience, Question::One(question));
        departments.iter().map(move |&department| Cell { department, ..cell }).collect::<Vec<_>>()
    };
    let cells = area.questions.iter().flat_map(of_question);
    cells.filter(|cell| view.survey.is_asked(cell)).collect()
}

/// One line per area in words.
fn summary(view: &View<'_>, actions: &[Action]) -> Table {
    let rows = view.survey.areas.iter().enumerate().map(|(position, area)| {
        let said = (0..view.survey.audiences.len()).filter_map(|audience| said(view, area, audience));
        let said: Vec<String> = said.collect();
        let nothing = || "The survey asks nothing about it.".to_owned();
        vec![
            Value::Text(area.names.label.clone()),
            Value::Text(if said.is_empty() { nothing() } else { said.join(" ") }),
            Value::Text(statuses(actions.iter().filter(|action| action.area == position))),
        ]
    });
    let columns = [AREA, "What the survey says", "Where its recommendations stand"].map(Column::text);
    let notes = vec![
        "Which questions speak of an area is a reading of their wording. The survey shows how relationships are seen; it cannot show that a recommendation was the cause of a change.".to_owned(),
    ];
    let words = Words {
        name: "areas-for-improvement".to_owned(),
        title: format!(
            "Areas for improvement, what the survey says of each and where its recommendations stand, {}",
            view.period(view.waves)
        ),
        base: bases(view),
        notes,
    };
    words.table(view, columns.to_vec(), rows.collect())
}

fn bases(view: &View<'_>) -> String {
    let audiences = (0..view.survey.audiences.len()).filter(|&audience| !view.waves_of(audience).is_empty());
    audiences.map(|audience| view.base_note(audience)).collect::<Vec<_>>().join("; ")
}

/// "Care providers: Q2 Trust clearly rose (2.31 to 2.53); the survey cannot tell whether Q5 changed."
fn said(view: &View<'_>, area: &Area, audience: usize) -> Option<String> {
    let cells = cells(view, area, audience);
    let before = view.latest_pair().map(|(before, _)| before);
    let mut parts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for cell in &cells {
        let comparison = before.and_then(|before| view.change(cell, before)).map(|it| &it.comparison);
        let moved = comparison.and_then(|it| it.right.zip(it.left));
        let mean = |estimate: &crate::estimate::Estimate| estimate.rounded(MEAN_DECIMALS);
        let figures = match (moved, view.mean(cell)) {
            (Some((from, to)), _) => format!(" ({} to {})", mean(&from), mean(&to)),
            (None, Some(now)) => format!(" ({})", mean(now)),
            (None, None) => String::new(),
        };
        let group = match (comparison.map(|it| it.verdict), view.mean(cell)) {
            (_, None) => "e",
            (Some(Verdict::Higher), _) => "a",
            (Some(Verdict::Lower), _) => "b",
            (Some(Verdict::NotClear), _) => "c",
            (Some(Verdict::NotTested(_)) | None, _) => "d",
        };
        parts.entry(group).or_default().push(name(view, cell) + &figures);
    }
    let part = |(group, names): (&str, Vec<String>)| {
        let this = if names.len() == 1 { "this" } else { "these" };
        let names = listed(&names);
        match group {
            "a" => format!("clearly rose: {names}"),
            "b" => format!("clearly fell: {names}"),
            "c" => format!("the survey cannot tell whether {this} changed: {names}"),
            "d" if before.is_some() => format!("the change was not tested: {names}"),
            "d" => format!("scored: {names}"),
            _ => format!("not shown, to protect people: {names}"),
        }
    };
    let parts: Vec<String> = parts.into_iter().map(part).collect();
    (!parts.is_empty()).then(|| format!("{}: {}.", view.audience(audience).label, parts.join("; ")))
}

/// "Q2 Trust", or "Q2 Trust of Finance" where single departments are meant.
fn name(view: &View<'_>, cell: &Cell) -> String {
    let question = view.question_label(cell.question);
    match cell.department {
        Department::One(_) => format!("{question} of {}", view.department_label(cell.department)),
        _ => question,
    }
}

/// "3 recommendations: 1 done, 2 in progress".
fn statuses<'a>(actions: impl Iterator<Item = &'a Action>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for action in actions {
        match counts.iter_mut().find(|(status, _)| *status == action.status) {
            Some((_, count)) => *count += 1,
            None => counts.push((&action.status, 1)),
        }
    }
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let each: Vec<String> =
        counts.iter().map(|(status, count)| format!("{count} {}", within(status))).collect();
    match all {
        0 => "none listed".to_owned(),
        1 => format!(
            "one recommendation: {}",
            counts.first().map_or_else(String::new, |(status, _)| within(status))
        ),
        _ => format!("{} recommendations: {}", counted(all), each.join(", ")),
    }
}

/// Every released figure behind the words.
fn scores(view: &View<'_>) -> Option<Table> {
    let &last = view.waves.last()?;
    let before = view.latest_pair().map(|(before, _)| before);
    let mut columns = [AREA, "Audience", "Question", "What was scored"].map(Column::text).to_vec();
    let average =
        |wave| Column::number(format!("{} average (score {})", view.wave_label(wave), view.scale(wave)));
    let answered = |wave| Column::number(format!("{} who answered (number)", view.wave_label(wave)));
    let waves: Vec<usize> = before.into_iter().chain([last]).collect();
    columns.extend(waves.iter().map(|&wave| average(wave)));
    if before.is_some() {
        columns.push(Column::number("Change (points)"));
        columns.push(Column::number("Likely range of the change, lower end (points)"));
        columns.push(Column::number("Likely range of the change, upper end (points)"));
        columns.push(Column::text("What the survey can say"));
    }
    columns.extend(waves.iter().map(|&wave| answered(wave)));
    let mut rows = Vec::new();
    for area in &view.survey.areas {
        for audience in 0..view.survey.audiences.len() {
            for cell in cells(view, area, audience) {
                let cell = cell.in_wave(last);
                let mut row = vec![
                    Value::Text(area.names.label.clone()),
                    Value::Text(view.audience(audience).label.clone()),
                    Value::Text(view.question_label(cell.question)),
                    Value::Text(view.department_label(cell.department)),
                ];
                row.extend(waves.iter().map(|&wave| view.mean_value(&cell.in_wave(wave))));
                row.extend(before.into_iter().flat_map(|before| change(view, &cell, before)));
                row.extend(waves.iter().map(|&wave| view.base_value(&cell.in_wave(wave))));
                rows.push(row);
            }
        }
    }
    let words = Words {
        name: "area-scores".to_owned(),
        title: format!("Average score by area for improvement and question, {}", view.period(&waves)),
        base: bases(view),
        notes: vec!["Changes are taken from unrounded averages. Each question is shown by itself: an average over the questions of an area would be a figure of its own.".to_owned()],
    };
    Some(words.table(view, columns, rows))
}

fn change(view: &View<'_>, cell: &Cell, before: usize) -> [Value; 4] {
    let comparison = view.change(cell, before).map(|change| &change.comparison);
    let mark = || Value::Mark(view.change_mark(cell, before));
    let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
    let range = comparison.and_then(|it| it.difference?.interval);
    let end = |end: f64| signed(&round_decimal(end, MEAN_DECIMALS));
    [
        number(comparison.and_then(difference_value)),
        number(range.map(|range| end(range.lower))),
        number(range.map(|range| end(range.upper))),
        comparison.map_or_else(mark, |it| Value::Text(words::change(it.verdict).to_owned())),
    ]
}

/// The recommendations as the council lists them.
fn standing(view: &View<'_>, actions: &[Action]) -> Option<Table> {
    if actions.is_empty() {
        return None;
    }
    let or_none =
        |text: &str| Value::Text(if text.is_empty() { "none given".to_owned() } else { text.to_owned() });
    let rows = actions.iter().map(|action| {
        let date = action.date.map_or_else(String::new, |date| date.strftime("%-d %B %Y").to_string());
        vec![
            Value::Text(view.survey.areas[action.area].names.label.clone()),
            Value::Text(action.recommendation.clone()),
            Value::Text(action.status.clone()),
            or_none(&action.owner),
            or_none(&date),
            or_none(&action.note),
        ]
    });
    let columns = [AREA, "Recommendation", "Where it stands", "Owner", "Date", "Note"].map(Column::text);
    let invented = "Owners, dates and how far each recommendation has come are invented, as the answers are.";
    let words = Words {
        name: "recommendations".to_owned(),
        title: "Where the recommendations under each area for improvement stand".to_owned(),
        base: String::new(),
        notes: view.survey.synthetic.then(|| invented.to_owned()).into_iter().collect(),
    };
    let table = words.table(view, columns.to_vec(), rows.collect());
    let source = format!("the list of actions of {}", view.survey.organisation.name);
    Some(Table { source, ..table })
}
