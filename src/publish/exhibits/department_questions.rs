//! Department by question: a wide table, and the heatmap that prints every value.

use super::departments::in_order;
use super::{Exhibited, Part, Words, chart, per_wave};
use crate::publish::chart::{Heatmap, Picture, Plotted, ValueRow};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Group, Question};
use crate::words::{capital, within};

/// One per wave and audience that scores departments.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    per_wave(view, |audience| audience.scores_departments, |wave, audience| exhibit(view, wave, audience))
}

fn exhibit(view: &View<'_>, wave: usize, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let year = view.wave_label(wave);
    let cell = |department, question| Cell { wave, audience, department, question, group: Group::Everyone };
    let mut columns = vec![Column::text("Department")];
    columns.extend(view.question_columns("score"));
    columns.push(Column::number("Who answered (number)"));
    let rows = in_order(view, audience, &[wave]).into_iter().map(|department| {
        let mut row = vec![Value::Text(view.department_label(department))];
        row.extend(view.questions().into_iter().map(|question| view.mean_value(&cell(department, question))));
        row.push(view.base_value(&cell(department, Question::All)));
        row
    });
    let words = Words {
        name: format!("department-by-question-{}-{year}", definition.id),
        title: format!("Average score by department and question, {label}, {year}"),
        base: view.base_note(audience),
        notes: vec![view.pooled()],
    };
    let table = words.table(view, columns, rows.collect());
    let (low, high) = ends(view, audience, wave);
    let grid = in_order(view, audience, &[wave]).into_iter().map(|department| {
        let values =
            view.questions().into_iter().map(|question| view.plotted_mean(&cell(department, question)));
        ValueRow {
            label: view.department_label(department),
            values: values.collect(),
            base: view.base_text(&cell(department, Question::All)),
        }
    });
    let picture = Picture::Heatmap(Heatmap {
        columns: view.questions().into_iter().map(|question| view.question_label(question)).collect(),
        rows: grid.collect(),
        base_heading: "Number who answered".to_owned(),
        low,
        high,
        low_label: format!("{low} lower score"),
        high_label: format!("{high} higher score"),
    });
    let headline = format!("How {label} scored departments by question, {year}");
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    let subtitle = format!("Average score from {}. {base} {label} answered", view.scale(wave));
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part: Part::Departments, table, chart: Some(chart) }
}

/// The ends of the colours: half scores around every figure that is shown, the same in all years of a scale, so
/// that pictures of two years can be set side by side.
fn ends(view: &View<'_>, audience: usize, year: usize) -> (f64, f64) {
    let alike = |wave: &usize| view.survey.has_same_scale(*wave, year);
    let cells = view.waves_of(audience).into_iter().filter(alike).flat_map(|wave| {
        let departments = in_order(view, audience, &[wave]).into_iter();
        departments.flat_map(move |department| {
            let questions = view.questions().into_iter();
            questions.map(move |question| Cell { department, ..view.headline(wave, audience, question) })
        })
    });
    let axis = view.axis(year);
    let shown = cells.filter_map(|cell| match view.plotted_mean(&cell) {
        Plotted::Value { value, .. } => Some(value),
        Plotted::Mark(_) => None,
    });
    let (low, high) = shown.fold((axis.high, axis.low), |(low, high), it| (low.min(it), high.max(it)));
    let (low, high) = ((low * 2.0).floor() / 2.0, (high * 2.0).ceil() / 2.0);
    if low < high { (low, high) } else { (axis.low, axis.high) }
}
