//! This council beside others that shared their averages: by question, and by department.

use super::departments::in_order;
use super::{Exhibited, Part, Words, chart, verdicts};
use crate::disclose::ReleasedBenchmark;
use crate::estimate::{Comparison, Interval};
use crate::publish::chart::{CouncilRow, Councils, Picture, Plotted};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value};
use crate::ratio::round_decimal;
use crate::tally::{Cell, Department, Group, Question};
use crate::words::{self, LIKELY_RANGE, capital, counted, signed, within};

/// Up to two per audience that other councils asked too.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some(&wave) = view.waves.last() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    let beside = audiences.flat_map(|audience| [By::Questions, By::Departments].map(|by| (audience, by)));
    beside.filter_map(|(audience, by)| Beside::new(view, wave, audience, by)?.exhibit()).collect()
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Questions,
    Departments,
}

/// One table and its picture.
struct Beside<'v, 'a> {
    view: &'v View<'a>,
    wave: usize,
    audience: usize,
    by: By,
    rows: Vec<Row<'v>>,
}

struct Row<'v> {
    cell: Cell,
    released: &'v ReleasedBenchmark,
}

impl<'v, 'a> Beside<'v, 'a> {
    fn new(view: &'v View<'a>, wave: usize, audience: usize, by: By) -> Option<Beside<'v, 'a>> {
        let cells: Vec<Cell> = match by {
            By::Questions => {
                view.questions().into_iter().map(|question| view.headline(wave, audience, question)).collect()
            }
            By::Departments if !view.audience(audience).scores_departments => return None,
            By::Departments => {
                let cell = |department| Cell {
                    wave,
                    audience,
                    department,
                    question: Question::All,
                    group: Group::Everyone,
                };
                in_order(view, audience, &[wave]).into_iter().map(cell).collect()
            }
        };
        let rows = cells.into_iter().filter_map(|cell| Some(Row { cell, released: view.benchmark(&cell)? }));
        let rows: Vec<Row<'_>> = rows.collect();
        // All departments together are the last row of the questions already.
        let is_more = |row: &Row<'_>| by == By::Questions || row.cell.department != Department::All;
        rows.iter().any(is_more).then_some(Beside { view, wave, audience, by, rows })
    }

    fn label(&self, cell: &Cell) -> String {
        match self.by {
            By::Questions => self.view.question_label(cell.question),
            By::Departments => self.view.department_label(cell.department),
        }
    }

    fn exhibit(&self) -> Option<Exhibited> {
        let view = self.view;
        let label = within(&view.audience(self.audience).label);
        let short = &view.survey.organisation.short;
        let year = view.wave_label(self.wave);
        let (row, about) = match self.by {
            By::Questions => ("question", view.headline_subject(self.audience)),
            By::Departments => ("department", "all questions together".to_owned()),
        };
        let base = view.base_text(&view.headline(self.wave, self.audience, Question::All));
        let words = Words {
            name: format!("other-councils-{row}s-{}", view.audience(self.audience).id),
            title: format!("{short} and other councils, average score by {row}, {label}, {about}, {year}"),
            base: format!(
                "{base} {label} of {short} in {year}; each other council as it shared its averages"
            ),
            notes: self.notes(),
        };
        let table = words.table(view, self.columns(), self.rows.iter().map(|row| self.values(row)).collect());
        let is_one = |row: &&Row<'_>| match self.by {
            By::Questions => row.cell.question != Question::All,
            By::Departments => matches!(row.cell.department, Department::One(_)),
        };
        let clear = self.rows.iter().filter(is_one).map(|row| Some(row.released.compared.value()?.verdict));
        let headline = verdicts::beside_others(row, clear)
            .unwrap_or_else(|| format!("Beside other councils, {row} by {row}"));
        let councils = self.rows.iter().map(|row| row.released.others.councils).max()?;
        let plural = if councils == 1 { "" } else { "s" };
        let subtitle = format!(
            "Average score from {}, {about}, with likely range, {year}; {base} {label} answered. Beside it {} other council{plural}, each counting once",
            view.scale(self.wave),
            counted(councils),
        );
        let picture = Picture::Councils(Councils {
            axis: view.axis(self.wave),
            accent: view.accent(self.audience),
            names: [format!("{short}, with its likely range"), "Average of the other councils".to_owned()],
            spread_name: "From the lowest to the highest of them, with a tick at the median".to_owned(),
            rows: self.rows.iter().map(|row| self.drawn(row)).collect(),
            words_heading: format!("{short} compared, in points"),
            base_heading: "Number who answered, other councils".to_owned(),
        });
        let mut chart = chart(view, &table, capital(&headline), subtitle, picture);
        chart.notes.push(format!("Other councils: {}.", self.names()));
        Some(Exhibited { part: Part::OtherCouncils, table, chart: Some(chart) })
    }

    fn has_spread(&self) -> bool {
        self.rows.iter().any(|row| row.released.others.spread.is_some())
    }

    fn columns(&self) -> Vec<Column> {
        let short = &self.view.survey.organisation.short;
        let scale = self.view.scale(self.wave);
        let heading = match self.by {
            By::Questions => "Question",
            By::Departments => "Department",
        };
        let mut columns = vec![
            Column::text(heading),
            Column::number(format!("{short} average (score {scale})")),
            Column::number(format!("{short} who answered (number)")),
            Column::number("Other councils (number)"),
            Column::number("Other councils, people who answered (number)"),
            Column::number(format!("Other councils, average (score {scale})")),
        ];
        if self.has_spread() {
            let ends = ["lowest", "median", "highest"];
            columns.extend(ends.map(|end| Column::number(format!("Other councils, {end} (score {scale})"))));
        }
        columns.extend([
            Column::number("Difference (points)"),
            Column::number("Likely range of the difference, lower end (points)"),
            Column::number("Likely range of the difference, upper end (points)"),
            Column::text(format!("{short} compared")),
        ]);
        columns
    }

    fn values(&self, Row { cell, released }: &Row<'_>) -> Vec<Value> {
        let view = self.view;
        let others = &released.others;
        let mut values = vec![
            Value::Text(match self.by {
                By::Questions => view.question_wording(cell.question),
                By::Departments => view.department_label(cell.department),
            }),
            view.mean_value(cell),
            view.base_value(cell),
            Value::Number(others.councils.to_string()),
            Value::Number(others.pooled.respondents.to_string()),
            Value::Number(others.pooled.rounded(MEAN_DECIMALS)),
        ];
        if self.has_spread() {
            let ends = others.spread.map(|it| [it.lowest, it.median, it.highest]);
            values.extend(match ends {
                Some(ends) => ends.map(|end| Value::Number(round_decimal(end, MEAN_DECIMALS))),
                None => [const { Value::Mark(Mark::NotAvailable) }; 3],
            });
        }
        let comparison = released.compared.value();
        let difference = comparison.and_then(|it| it.difference);
        let mark = if difference.is_some() { Mark::NotAvailable } else { view.mark(cell) };
        let number = |text: Option<String>| text.map_or(Value::Mark(mark), Value::Number);
        let end = |end: fn(&Interval) -> f64| {
            number(difference.and_then(|it| Some(signed(&round_decimal(end(&it.interval?), MEAN_DECIMALS)))))
        };
        values.push(number(comparison.and_then(difference_value)));
        values.extend([end(|range| range.lower), end(|range| range.upper)]);
        let compared = comparison.filter(|_| difference.is_some());
        values.push(match compared {
            Some(it) => Value::Text(words::gap(it.verdict).to_owned()),
            None => Value::Mark(mark),
        });
        values
    }

    fn drawn(&self, Row { cell, released }: &Row<'_>) -> CouncilRow {
        let view = self.view;
        let others = &released.others;
        let said = |it: &Comparison| Some(format!("{}, {}", difference_value(it)?, words::gap(it.verdict)));
        CouncilRow {
            label: self.label(cell),
            ours: view.plotted_mean(cell),
            others: Plotted::Value {
                value: others.pooled.value,
                label: others.pooled.rounded(MEAN_DECIMALS),
                range: others.spread.map(|it| (it.lowest, it.highest)),
            },
            median: others.spread.map(|it| it.median),
            words: released
                .compared
                .value()
                .and_then(said)
                .unwrap_or_else(|| view.mark(cell).symbol().to_owned()),
            base: format!("{}, {}", view.base_text(cell), others.councils),
        }
    }

    /// "Norfolk County Council (2017) and Suffolk (2016)", of all that are compared with anywhere.
    fn names(&self) -> String {
        let councils = self.view.release.councils().iter();
        words::listed(&councils.map(|it| format!("{} ({})", it.name, it.wave)).collect::<Vec<_>>())
    }

    fn notes(&self) -> Vec<String> {
        let view = self.view;
        let short = &view.survey.organisation.short;
        let mut notes = vec![
            format!("The other councils are {}.", self.names()),
            "Each of the other councils counts once, whatever number answered there: their average is the average of their averages.".to_owned(),
            format!("The difference is {short} minus the average of the others, from unrounded averages."),
        ];
        let asked = match self.by {
            By::Questions => view.survey.questions.iter().filter(|it| it.asked.in_wave(self.wave)).count(),
            By::Departments => view.departments_of(self.wave),
        };
        let is_one = |row: &&Row<'_>| match self.by {
            By::Questions => row.cell.question != Question::All,
            By::Departments => matches!(row.cell.department, Department::One(_)),
        };
        if self.rows.iter().filter(is_one).count() < asked {
            notes.push(
                match self.by {
                    By::Questions => "Questions that no other council asked are left out.",
                    By::Departments => "Departments that no other council has are left out.",
                }
                .to_owned(),
            );
        }
        if self.by == By::Departments {
            notes.push(
                "Departments of the same name may do other work elsewhere, and all departments together are each council's own."
                    .to_owned(),
            );
        }
        notes.extend([view.pooled(), LIKELY_RANGE.to_owned()]);
        notes
    }
}
