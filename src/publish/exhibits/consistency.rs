//! Annex: do the questions measure one thing?

use super::{Exhibited, Part, Words};
use crate::disclose::{ConsistencyKey, Released};
use crate::estimate::Consistency;
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::round_decimal;
use crate::tally::{Cell, Group, Question};

/// One table for all audiences and waves; nothing with fewer than two questions.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let questions = view.survey.questions.len();
    let rows: Vec<Vec<Value>> =
        view.release.consistency().map(|(key, released)| row(view, key, released)).collect();
    if questions < 2 || rows.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![
        Column::text("Audience"),
        Column::text("Year"),
        Column::text("What was scored"),
        Column::number("Cronbach's alpha (at most 1)"),
        Column::number("Who scored every question (number)"),
        Column::number("Who answered (number)"),
    ];
    let label =
        |question| format!("{} with the rest (correlation)", view.question_label(Question::One(question)));
    columns.extend((0..questions).map(|question| Column::number(label(question))));
    let audiences = (0..view.survey.audiences.len()).filter(|&one| !view.waves_of(one).is_empty());
    let bases: Vec<String> = audiences.map(|audience| view.base_note(audience)).collect();
    let together = match view.survey.departments.is_empty() {
        true => "",
        false => {
            "; over the departments together a respondent's number for a question is the average of their scores"
        }
    };
    let words = Words {
        name: "reliability-of-the-scale".to_owned(),
        title: format!("Reliability of the question scale, {}", view.period(view.waves)),
        base: bases.join("; "),
        notes: vec![
            format!(
                "Cronbach's alpha says how far the questions move together: near 1, a respondent who scores one question high scores all of them high. It rests only on those who scored every question{together}."
            ),
            "The last columns correlate each question with the sum of the others.".to_owned(),
        ],
    };
    let table = words.table(view, columns, rows);
    vec![Exhibited { part: Part::Quality, table, chart: None }]
}

fn row(view: &View<'_>, key: &ConsistencyKey, released: &Released<Consistency>) -> Vec<Value> {
    let (wave, audience, department) = *key;
    let shown = released.figure.value();
    let mark = || Value::Mark(if shown.is_some() { Mark::NotAvailable } else { view.consistency_mark(key) });
    let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
    let cell = Cell { wave, audience, department, question: Question::All, group: Group::Everyone };
    let mut row = vec![
        Value::Text(view.audience(audience).label.clone()),
        Value::Text(view.wave_label(wave).to_owned()),
        Value::Text(view.department_label(department)),
        number(shown.and_then(|it| it.alpha.alpha).map(|alpha| round_decimal(alpha, 2))),
        number(shown.map(|it| it.alpha.complete.to_string())),
        view.base_value(&cell),
    ];
    row.extend((0..view.survey.questions.len()).map(|question| {
        let position = shown.and_then(|it| it.questions.iter().position(|asked| *asked == question));
        let of_item =
            shown.zip(position).and_then(|(it, at)| it.alpha.item_rest_correlation.get(at).copied());
        match of_item {
            None if shown.is_some() => Value::Mark(Mark::NotApplicable),
            of_item => number(of_item.flatten().map(|correlation| round_decimal(correlation, 2))),
        }
    }));
    row
}
