//! Has "no contact" changed, department by department?

use super::broken;
use super::departments::in_order;
use super::{Exhibited, Part, Words, chart};
use crate::estimate::{ContactChange, may_be_survivors};
use crate::publish::chart::{Axis, Change, ChangeRow, Picture, Plotted};
use crate::publish::table::{Column, Value};
use crate::publish::view::{View, percent, percentage_points};
use crate::tally::{Cell, Department, Question};
use crate::words::{self, capital, signed, within};

/// One per audience that scores departments and answered in both of the last two years. Nothing
/// where nobody said "no contact" in either.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences
        .filter(|&audience| view.audience(audience).scores_departments)
        .filter(|&audience| [from, to].iter().all(|wave| view.waves_of(audience).contains(wave)))
        .filter_map(|audience| {
            let rows = Rows { view, audience, from, to };
            rows.is_there().then(|| rows.exhibit())
        })
        .collect()
}

struct Rows<'v, 'a> {
    view: &'v View<'a>,
    audience: usize,
    from: usize,
    to: usize,
}

impl<'a> Rows<'_, 'a> {
    fn cell(&self, department: Department) -> Cell {
        Cell { department, ..self.view.headline(self.to, self.audience, Question::All) }
    }

    fn change(&self, department: Department) -> Option<&'a ContactChange> {
        self.view.contact_change(&self.cell(department), self.from)
    }

    /// Whether anybody said "no contact" about anything that may be shown.
    fn is_there(&self) -> bool {
        let departments = in_order(self.view, self.audience, &[self.from, self.to]);
        let changes = departments.into_iter().filter_map(|department| self.change(department));
        changes.into_iter().any(|change| {
            let sides = [change.comparison.left, change.comparison.right];
            sides.into_iter().flatten().any(|share| share.value > 0.0)
        })
    }

    fn exhibit(&self) -> Exhibited {
        let view = self.view;
        let label = within(&view.audience(self.audience).label);
        let [before, after] = [self.from, self.to].map(|wave| view.wave_label(wave));
        let departments = in_order(view, self.audience, &[self.from, self.to]);
        let columns = vec![
            Column::text("Department"),
            Column::number(format!("{before} no contact (%)")),
            Column::number(format!("{after} no contact (%)")),
            Column::number("Change (percentage points)"),
            Column::number("Likely range of the change, lower end (percentage points)"),
            Column::number("Likely range of the change, upper end (percentage points)"),
            Column::text("What the survey can say"),
            Column::number("Smallest change that could have been noticed (percentage points)"),
            Column::text("Average score over the same years"),
            Column::number(format!("{before} who gave a score or said no contact (number)")),
            Column::number(format!("{after} who gave a score or said no contact (number)")),
        ];
        let mut notes = vec![
            "Percentage of those who gave a score or said \"no contact\", all questions together, over what was asked in both years. Changes are taken from unrounded percentages.".to_owned(),
            "\"Fewer in contact\" stands where the score rose while \"no contact\" rose too, and at least one of the two clearly: the rise may be that of those who are still in contact.".to_owned(),
        ];
        notes.extend(broken::notes(view, &[self.from, self.to], broken::Rows::Departments));
        if self.change(view.survey.headline_department(self.audience)).is_some_and(|change| change.linked) {
            notes.push(
                "Those who answered in both years are taken into account as the same people.".to_owned(),
            );
        }
        let words = Words {
            name: format!("no-contact-change-{}", view.audience(self.audience).id),
            title: format!("Change in \"no contact\" from {before} to {after} by department, {label}"),
            base: view.base_note(self.audience),
            notes,
        };
        let table = words.table(view, columns, departments.iter().map(|it| self.row(*it)).collect());
        let picture = Picture::Change(Change {
            axis: Axis { low: 0.0, high: 100.0, low_label: "0%".to_owned(), high_label: "100%".to_owned() },
            accent: view.accent(self.audience),
            years: [before.to_owned(), after.to_owned()],
            rows: departments.iter().map(|it| self.drawn(*it)).collect(),
        });
        let headline = format!("How \"no contact\" of {label} changed");
        let subtitle = format!(
            "\"No contact\" as a percentage of scores and \"no contact\" in {before} and {after}, and the change in percentage points with its likely range. Answered by {}",
            view.base_note(self.audience)
        );
        let chart = chart(view, &table, capital(&headline), subtitle, picture);
        Exhibited { part: Part::Contact, table, chart: Some(chart) }
    }

    fn row(&self, department: Department) -> Vec<Value> {
        let view = self.view;
        let comparison = self.change(department).map(|change| &change.comparison);
        let mark = || Value::Mark(view.contact_change_mark(&self.cell(department), self.from));
        let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
        let sides = [comparison.and_then(|it| it.right), comparison.and_then(|it| it.left)];
        let difference = comparison.and_then(|it| it.difference);
        let range = difference.and_then(|it| it.interval);
        let mut row = vec![Value::Text(view.department_label(department))];
        row.extend(sides.map(|side| number(side.as_ref().map(percent))));
        row.push(number(difference.as_ref().map(percent).map(|points| signed(&points))));
        row.push(number(range.map(|it| signed(&percentage_points(it.lower)))));
        row.push(number(range.map(|it| signed(&percentage_points(it.upper)))));
        row.push(comparison.map_or_else(mark, |it| Value::Text(words::change(it.verdict).to_owned())));
        row.push(number(comparison.and_then(|it| it.detectable).map(percentage_points)));
        row.push(self.score(department));
        row.extend(sides.map(|side| number(side.map(|share| share.respondents.to_string()))));
        row
    }

    /// What the score did meanwhile, and whether its rise may be the survivors'.
    fn score(&self, department: Department) -> Value {
        let cell = self.cell(department);
        let Some(score) = self.view.change(&cell, self.from) else {
            return Value::Mark(self.view.change_mark(&cell, self.from));
        };
        let no_contact = self.change(department).map(|change| &change.comparison);
        let warns = no_contact.is_some_and(|it| may_be_survivors(&score.comparison, it));
        let warning = if warns { "; fewer in contact" } else { "" };
        Value::Text(format!("{}{warning}", words::change(score.comparison.verdict)))
    }

    fn drawn(&self, department: Department) -> ChangeRow {
        let view = self.view;
        let comparison = self.change(department).map(|change| &change.comparison);
        let mark = || Plotted::Mark(view.contact_change_mark(&self.cell(department), self.from));
        let [from, to] = [comparison.and_then(|it| it.right), comparison.and_then(|it| it.left)];
        let share = |share: Option<crate::estimate::Estimate>| {
            share.map_or_else(mark, |share| Plotted::Value {
                value: share.value * 100.0,
                label: format!("{}%", percent(&share)),
                range: None,
            })
        };
        let change = comparison.and_then(|it| it.difference).map_or_else(mark, |it| Plotted::Value {
            value: it.value * 100.0,
            label: signed(&percent(&it)),
            range: it.interval.map(|range| (range.lower * 100.0, range.upper * 100.0)),
        });
        let base = |share: Option<crate::estimate::Estimate>| {
            share.map_or_else(|| mark_symbol(&mark()), |share| share.respondents.to_string())
        };
        ChangeRow {
            label: view.department_label(department),
            from: share(from),
            to: share(to),
            change,
            verdict: comparison.map_or_else(String::new, |it| words::change(it.verdict).to_owned()),
            base: format!("{}, {}", base(from), base(to)),
        }
    }
}

fn mark_symbol(plotted: &Plotted) -> String {
    match plotted {
        Plotted::Mark(mark) => mark.symbol().to_owned(),
        Plotted::Value { label, .. } => label.clone(),
    }
}
