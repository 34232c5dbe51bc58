//! Each group against the other groups of its breakdown, in the latest year.

use super::gap_row::{gap_columns, gap_values, right_mean};
use super::{Exhibited, Part, Words};
use crate::estimate::{GapKey, Side};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Group, Question};
use crate::words::within;

/// One per audience that has breakdowns.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    (0..view.survey.audiences.len()).filter_map(|audience| exhibit(view, audience)).collect()
}

fn exhibit(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let definition = view.audience(audience);
    let wave = *view.waves_of(audience).last()?;
    let label = within(&definition.label);
    let year = view.wave_label(wave);
    let mut columns = vec![
        Column::text("Breakdown"),
        Column::text("Group"),
        Column::number(format!("Average (score {})", view.scale(wave))),
        Column::number(format!("Average of the other groups (score {})", view.scale(wave))),
    ];
    columns.extend(gap_columns("The group compared".to_owned()));
    columns.push(Column::number("Who answered (number)"));
    let mut rows = Vec::new();
    for (breakdown, by) in definition.breakdowns.iter().enumerate().filter(|(_, by)| by.asked.in_wave(wave)) {
        for group in (0..by.groups.len()).filter(|group| by.has_group(*group, wave)) {
            let department = view.survey.headline_department(audience);
            let sides = (breakdown, [Side::Group(group), Side::Rest]);
            let key = GapKey::of_groups(wave, audience, department, Question::All, sides);
            let group = Group::Of { breakdown, group };
            let cell = Cell { group, ..view.headline(wave, audience, Question::All) };
            let mut row = vec![Value::Text(by.label.clone()), Value::Text(view.group_label(audience, group))];
            row.extend([view.mean_value(&cell), right_mean(view, &key)]);
            row.extend(gap_values(view, &key));
            row.push(view.base_value(&cell));
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let subject = view.headline_subject(audience);
    let words = Words {
        name: format!("groups-against-rest-{}-{year}", definition.id),
        title: format!("Each group against the other groups of its breakdown, {label}, {subject}, all questions together, {year}"),
        base: format!("{} {label}", view.base(wave, audience)),
        notes: vec!["The gap is the group minus the other groups that said which they belong to, from unrounded averages.".to_owned()],
    };
    Some(Exhibited { part: Part::Groups, table: words.table(view, columns, rows), chart: None })
}
