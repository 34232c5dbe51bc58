//! Who has no contact with whom.

use super::departments::in_order;
use super::{Exhibited, Part, Words, chart, per_wave};
use crate::estimate::Figure;
use crate::publish::chart::{Heatmap, Picture, Plotted, ValueRow};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::tally::{Cell, Department, Group, Question};
use crate::words::{capital, percentage_points, within};

/// One per wave and audience that scores departments, where the scale has "no contact".
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let all = per_wave(
        view,
        |audience| audience.scores_departments,
        |wave, audience| view.survey.scale_of(wave).no_contact.map(|_| exhibit(view, wave, audience)),
    );
    all.into_iter().flatten().collect()
}

fn share(figure: &Figure) -> Option<(u64, u64)> {
    Some((figure.counts.no_contact, figure.counts.answers() + figure.counts.no_contact))
}

fn exhibit(view: &View<'_>, wave: usize, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let year = view.wave_label(wave);
    let cell = |department, question| Cell { wave, audience, department, question, group: Group::Everyone };
    let mut columns = vec![Column::text("Department")];
    columns.extend(view.question_columns("% no contact"));
    columns.push(Column::number("Average no contact a question (number)"));
    let departments: Vec<Department> = in_order(view, audience, &[wave]);
    let rows = departments.iter().map(|&department| {
        let mut row = vec![Value::Text(view.department_label(department))];
        row.extend(
            view.questions()
                .into_iter()
                .map(|question| view.percent_value(&cell(department, question), share)),
        );
        row.push(average(view, &cell(department, Question::All)));
        row
    });
    let words = Words {
        name: format!("no-contact-{}-{year}", definition.id),
        title: format!("\"No contact\" by department and question, {label}, {year}"),
        base: view.base_note(audience),
        notes: vec![
            "Percentage of those who gave a score or said \"no contact\". The last column is the number of \"no contact\" answers divided by the number of questions.".to_owned(),
        ],
    };
    let table = words.table(view, columns, rows.collect());
    let plotted = |department, question| {
        let cell = cell(department, question);
        match (view.percent_value(&cell, share), view.figure(&cell).and_then(|it| it.no_contact_share)) {
            (Value::Number(text), Some(share)) => {
                Plotted::Value { value: share.value, label: format!("{text}%"), range: None }
            }
            _ => Plotted::Mark(view.mark(&cell)),
        }
    };
    let grid: Vec<ValueRow> = departments
        .iter()
        .map(|&department| {
            let values = view.questions().into_iter().map(|question| plotted(department, question));
            ValueRow {
                label: view.department_label(department),
                values: values.collect(),
                base: view.base_text(&cell(department, Question::All)),
            }
        })
        .collect();
    let high = farthest(view, audience);
    let picture = Picture::Heatmap(Heatmap {
        columns: view.questions().into_iter().map(|question| view.question_label(question)).collect(),
        rows: grid,
        base_heading: "Number who gave a score".to_owned(),
        low: 0.0,
        high,
        low_label: "0% no contact".to_owned(),
        high_label: format!("{}% no contact", percentage_points(high)),
    });
    let headline = format!("Where {label} have no contact, {year}");
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    let subtitle = format!(
        "\"No contact\" as a percentage of scores and \"no contact\", by department and question. {base} {label} answered"
    );
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part: Part::Contact, table, chart: Some(chart) }
}

/// The dark end of the colours: the next ten percent above every share that is shown, the same in all
/// years, so that pictures of two years can be set side by side.
fn farthest(view: &View<'_>, audience: usize) -> f64 {
    let cells = view.waves_of(audience).into_iter().flat_map(|wave| {
        let departments = in_order(view, audience, &[wave]).into_iter();
        departments.flat_map(move |department| {
            let questions = view.questions().into_iter();
            questions.map(move |question| Cell { department, ..view.headline(wave, audience, question) })
        })
    });
    let shares = cells.filter_map(|cell| Some(view.figure(&cell)?.no_contact_share?.value));
    ((shares.fold(0.1, f64::max) * 10.0 - 1e-9).ceil() / 10.0).min(1.0)
}

/// "No contact" answers a question, as the council reported them; one decimal.
fn average(view: &View<'_>, cell: &Cell) -> Value {
    let asked = (0..view.survey.questions.len())
        .filter(|&question| view.survey.is_asked(&Cell { question: Question::One(question), ..*cell }))
        .count() as u64;
    match view.figure(cell).and_then(|figure| Ratio::new(figure.counts.no_contact, asked)) {
        Some(average) => Value::Number(average.rounded(1)),
        None => Value::Mark(view.mark(cell)),
    }
}
