//! Department by question: a wide table, and the heatmap that prints every value.

use super::departments::in_order;
use super::{Exhibited, Part, Words, chart, per_wave};
use crate::publish::chart::{Heatmap, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Group, Question};
use crate::words::{POOLED, capital, within};

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
    let rows = in_order(view, audience).into_iter().map(|department| {
        let mut row = vec![Value::Text(view.department_label(department))];
        row.extend(view.questions().into_iter().map(|question| view.mean_value(&cell(department, question))));
        row.push(view.base_value(&cell(department, Question::All)));
        row
    });
    let words = Words {
        name: format!("department-by-question-{}-{year}", definition.id),
        title: format!("Average score by department and question, {label}, {year}"),
        base: view.base_note(audience),
        notes: vec![POOLED.to_owned()],
    };
    let table = words.table(view, columns, rows.collect());
    let axis = view.axis();
    let grid = in_order(view, audience).into_iter().map(|department| {
        let values =
            view.questions().into_iter().map(|question| view.plotted_mean(&cell(department, question)));
        (view.department_label(department), values.collect())
    });
    let picture = Picture::Heatmap(Heatmap {
        columns: view.questions().into_iter().map(|question| view.question_label(question)).collect(),
        rows: grid.collect(),
        low: axis.low,
        high: axis.high,
        low_label: axis.low_label,
        high_label: axis.high_label,
    });
    let headline = format!("How {label} scored departments by question, {year}");
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    let subtitle = format!("Average score from {}. {base} {label} answered", view.scale());
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part: Part::Departments, table, chart: Some(chart) }
}
