//! Figures from elsewhere, with their sources. Nothing is worked out from them.

use super::{Exhibited, Part, Words};
use crate::ingest::ContextRow;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;

/// One table, where there is anything to put in it.
pub fn context(view: &View<'_>, rows: &[ContextRow]) -> Option<Exhibited> {
    if rows.is_empty() {
        return None;
    }
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    let all_numbers = rows.iter().all(|row| is_number(&row.value));
    let value = |row: &ContextRow| match all_numbers {
        true => Value::Number(row.value.clone()),
        false => Value::Text(row.value.clone()),
    };
    let columns = vec![
        Column::text("Measure"),
        Column::text("Year"),
        if all_numbers { Column::number("Value") } else { Column::text("Value") },
        Column::text("Where it was published"),
    ];
    let text = |text: &str| Value::Text(text.to_owned());
    let rows =
        rows.iter().map(|row| vec![text(&row.measure), text(&row.year), value(row), text(&row.source)]);
    let words = Words {
        name: "figures-from-elsewhere".to_owned(),
        title: "Figures from elsewhere".to_owned(),
        base: "Not from this survey".to_owned(),
        notes: vec![
            "These figures are shown as they were published. This survey does not test whether they have to do with its own.".to_owned(),
        ],
    };
    let mut table = words.table(view, columns, rows.collect());
    table.source = "The last column says where each figure was published".to_owned();
    Some(Exhibited { part: Part::Context, table, chart: None })
}
