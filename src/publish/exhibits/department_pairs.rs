//! Every two departments against each other, as scored by the same respondents, in the latest year.

use super::gap_row::{gap_columns, gap_values};
use super::{Exhibited, Part, Words};
use crate::estimate::{GapKey, Side};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Department, Question};
use crate::words::within;

/// One per audience that scores two departments or more.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences.filter_map(|audience| exhibit(view, audience)).collect()
}

fn exhibit(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let definition = view.audience(audience);
    let wave = *view.waves_of(audience).last()?;
    let label = within(&definition.label);
    let year = view.wave_label(wave);
    let mut columns = vec![Column::text("Department"), Column::text("Against")];
    columns.extend(gap_columns("The first compared".to_owned()));
    let departments = 0..view.survey.departments.len();
    let pairs =
        departments.clone().flat_map(|one| departments.clone().skip(one + 1).map(move |other| (one, other)));
    let rows: Vec<Vec<Value>> = pairs
        .map(|(one, other)| {
            let [one, other] = [one, other].map(Department::One);
            let sides = [Side::Department(one), Side::Department(other)];
            let key = GapKey::of_departments(wave, audience, Question::All, sides);
            let mut row = [one, other].map(|it| Value::Text(view.department_label(it))).to_vec();
            row.extend(gap_values(view, &key));
            row
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let words = Words {
        name: format!("department-pairs-{}-{year}", definition.id),
        title: format!("Every two departments against each other, {label}, all questions together, {year}"),
        base: format!("{} {label}", view.base(wave, audience)),
        notes: vec!["The gap is the first department minus the second, as scored by the same respondents. All pairs are one family of tests (Benjamini-Hochberg).".to_owned()],
    };
    Some(Exhibited { part: Part::Sensitivity, table: words.table(view, columns, rows), chart: None })
}
