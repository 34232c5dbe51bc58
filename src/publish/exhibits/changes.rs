//! Change between the last two years: by question, by department (and question by question in each), and by group.

use super::breakdowns::groups_of_any;
use super::broken;
use super::departments::in_order;
use super::verdicts;
use super::{Exhibited, Part, Words, chart};
use crate::publish::chart::{Change, ChangeRow, Picture, Plotted};
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value, plotted};
use crate::ratio::round_decimal;
use crate::tally::{Cell, Department, Question};
use crate::words::{self, capital, signed, within};

/// Nothing where there is one year only.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let both = |&audience: &usize| [from, to].iter().all(|wave| view.waves_of(audience).contains(wave));
    let mut exhibits = Vec::new();
    for audience in (0..view.survey.audiences.len()).filter(both) {
        let definition = view.audience(audience);
        let label = within(&definition.label);
        let subject = view.headline_subject(audience);
        let rows = |part, about, of: Vec<(String, Cell)>| Rows {
            view,
            from,
            to,
            audience,
            part,
            about,
            scored: None,
            rows: of,
        };
        let questions = view.questions().into_iter();
        let by_question =
            questions.map(|question| (view.question_label(question), view.headline(to, audience, question)));
        exhibits.push(rows(Part::Change, broken::Rows::Questions, by_question.collect()).exhibit(
            format!("change-by-question-{}", definition.id),
            "Question",
            &format!("How {label} changed their scores by question"),
            &format!("by question, {label}, {subject}"),
            true,
        ));
        if definition.scores_departments {
            let by_department = in_order(view, audience, &[from, to]).into_iter().map(|department| {
                (
                    view.department_label(department),
                    Cell { department, ..view.headline(to, audience, Question::All) },
                )
            });
            exhibits.push(
                rows(Part::Departments, broken::Rows::Departments, by_department.collect()).exhibit(
                    format!("change-by-department-{}", definition.id),
                    "Department",
                    &format!("How {label} changed their scores by department"),
                    &format!("by department, {label}, all questions together"),
                    true,
                ),
            );
            for (one, department) in view.survey.departments.iter().enumerate() {
                let cells = view.questions().into_iter().map(|question| {
                    let scored =
                        Cell { department: Department::One(one), ..view.headline(to, audience, question) };
                    (view.question_label(question), scored)
                });
                let cells: Vec<(String, Cell)> = cells
                    .filter(|(_, cell)| {
                        [from, to].iter().any(|wave| view.survey.is_asked(&cell.in_wave(*wave)))
                    })
                    .collect();
                if cells.is_empty() {
                    continue;
                }
                let name = &department.names.label;
                let rows = Rows {
                    scored: Some(name),
                    ..rows(Part::Department(one), broken::Rows::Departments, cells)
                };
                exhibits.push(rows.exhibit(
                    format!("change-{}-{}", department.names.id, definition.id),
                    "Question",
                    "",
                    &format!("by question, {label}, {name}"),
                    false,
                ));
            }
        }
        for (breakdown, by) in definition.breakdowns.iter().enumerate() {
            if ![from, to].iter().all(|&wave| view.shows_breakdown(wave, audience, breakdown)) {
                continue;
            }
            let defined = groups_of_any(view, &[from, to], audience, breakdown).into_iter();
            let by_group = defined.map(|group| {
                (
                    view.group_label(audience, group),
                    Cell { group, ..view.headline(to, audience, Question::All) },
                )
            });
            let part = Part::Breakdown { audience, breakdown };
            let about = broken::Rows::Groups { audience, breakdown };
            exhibits.push(rows(part, about, by_group.collect()).exhibit(
                format!("change-by-{}-{}", by.id, definition.id),
                &by.label,
                "",
                &format!("by {}, {label}, {subject}, all questions together", within(&by.label)),
                false,
            ));
        }
    }
    exhibits
}

/// Whether a row of questions or departments stands for all of them.
fn is_pooled(cell: &Cell, rows_of: &str) -> bool {
    match rows_of {
        "Question" => cell.question == Question::All,
        _ => !matches!(cell.department, Department::One(_)),
    }
}

struct Rows<'v, 'a> {
    view: &'v View<'a>,
    from: usize,
    to: usize,
    audience: usize,
    part: Part,
    about: broken::Rows,
    /// The department, where the rows are about one of several.
    scored: Option<&'v str>,
    /// Label, and the cell in the later wave.
    rows: Vec<(String, Cell)>,
}

impl Rows<'_, '_> {
    fn exhibit(&self, name: String, first: &str, headline: &str, of_what: &str, is_drawn: bool) -> Exhibited {
        let (view, from, to) = (self.view, self.from, self.to);
        let [before, after] = [from, to].map(|wave| view.wave_label(wave));
        let scored = self.scored.map(|_| Column::text("What was scored"));
        let columns = vec![
            Column::number(format!("{before} average (score {})", view.scale(from))),
            Column::number(format!("{after} average (score {})", view.scale(to))),
            Column::number("Change (points)"),
            Column::number("Likely range of the change, lower end (points)"),
            Column::number("Likely range of the change, upper end (points)"),
            Column::text("What the survey can say"),
            Column::number("Smallest change that could have been noticed (points)"),
            Column::number(format!("{before} who answered (number)")),
            Column::number(format!("{after} who answered (number)")),
        ];
        let columns = std::iter::once(Column::text(first)).chain(scored).chain(columns).collect();
        let rows = self.rows.iter().map(|(label, cell)| self.row(label, cell)).collect();
        let mut notes = vec![
            "Changes are taken from unrounded averages over what was asked in both years. \"No clear change\" means that the survey cannot tell whether this changed; \"not tested\" that too few answered to try.".to_owned(),
        ];
        if view
            .change(&view.headline(to, self.audience, Question::All), from)
            .is_some_and(|change| change.linked)
        {
            notes.push(
                "Those who answered in both years are taken into account as the same people.".to_owned(),
            );
        }
        notes.extend(broken::notes(view, &[from, to], self.about));
        notes.push(view.pooled());
        let words = Words {
            name,
            title: format!("Change in average score from {before} to {after} {of_what}"),
            base: view.base_note(self.audience),
            notes,
        };
        let table = words.table(view, columns, rows);
        if !is_drawn {
            return Exhibited { part: self.part, table, chart: None };
        }
        let picture = Picture::Change(Change {
            axis: view.axis(to),
            accent: view.accent(self.audience),
            years: [before.to_owned(), after.to_owned()],
            rows: self.rows.iter().map(|(label, cell)| self.drawn(label, cell)).collect(),
        });
        let subtitle = format!(
            "Average score from {} in {before} and {after}, and the change in points with its likely range. Answered by {}",
            view.scale(to),
            view.base_note(self.audience)
        );
        let clear = self.rows.iter().filter(|(_, cell)| !is_pooled(cell, first)).map(|(_, cell)| {
            let change = view.change(cell, from)?;
            Some(change.comparison.verdict)
        });
        let label = &view.audience(self.audience).label;
        let headline = verdicts::changed(label, &within(first), clear).unwrap_or_else(|| capital(headline));
        let chart = chart(view, &table, headline, subtitle, picture);
        Exhibited { part: self.part, table, chart: Some(chart) }
    }

    fn row(&self, label: &str, cell: &Cell) -> Vec<Value> {
        let view = self.view;
        let change = view.change(cell, self.from);
        let comparison = change.map(|it| &it.comparison);
        let mark = || Value::Mark(view.change_mark(cell, self.from));
        let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
        let range = comparison.and_then(|it| it.difference?.interval);
        let [before, after] = [cell.in_wave(self.from), *cell];
        let names = std::iter::once(label).chain(self.scored).map(|name| Value::Text(name.to_owned()));
        let values = [
            view.mean_value(&before),
            view.mean_value(&after),
            number(comparison.and_then(difference_value)),
            number(range.map(|it| signed(&round_decimal(it.lower, MEAN_DECIMALS)))),
            number(range.map(|it| signed(&round_decimal(it.upper, MEAN_DECIMALS)))),
            comparison.map_or_else(mark, |it| Value::Text(words::change(it.verdict).to_owned())),
            number(comparison.and_then(|it| it.detectable).map(|it| round_decimal(it, MEAN_DECIMALS))),
            view.base_value(&before),
            view.base_value(&after),
        ];
        names.chain(values).collect()
    }

    fn drawn(&self, label: &str, cell: &Cell) -> ChangeRow {
        let view = self.view;
        let before = cell.in_wave(self.from);
        let comparison = view.change(cell, self.from).map(|it| &it.comparison);
        let change = comparison.and_then(|it| it.difference.as_ref()).map(|difference| {
            match plotted(difference, MEAN_DECIMALS) {
                Plotted::Value { value, label, range } => {
                    Plotted::Value { value, label: signed(&label), range }
                }
                mark => mark,
            }
        });
        ChangeRow {
            label: label.to_owned(),
            from: view.plotted_on(&before, cell.wave),
            to: view.plotted_mean(cell),
            change: change.unwrap_or_else(|| Plotted::Mark(view.change_mark(cell, self.from))),
            verdict: comparison.map_or_else(String::new, |it| words::change(it.verdict).to_owned()),
            base: format!("{}, {}", view.base_text(&before), view.base_text(cell)),
        }
    }
}
