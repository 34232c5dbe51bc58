//! Whether sums can be what they say: of this definition, of every row of the table of answers, and such as
//! answers could have.

use std::collections::BTreeMap;

use super::sums::{AGAIN, KIND, SumRow};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::sums::Part;
use crate::survey::Survey;
use crate::tally::{Department, Question};

/// Wave compared with, department, breakdown and group.
type Figure<'r> = (Option<usize>, Option<Department>, &'r str, &'r str);

/// The sums of an audience, held against the definition and each other.
pub(super) struct Checked<'c> {
    pub survey: &'c Survey,
    pub wave: usize,
    pub audience: usize,
    pub file: &'c str,
    pub rows: &'c [SumRow],
}

impl Checked<'_> {
    pub fn check(&self, found: &mut Diagnostics) {
        self.account(found);
        self.items(found);
        self.is_possible(found);
        self.adds_up(found);
    }

    fn of(&self, part: Part) -> impl Iterator<Item = &SumRow> {
        self.rows.iter().filter(move |row| row.part == part)
    }

    fn error(&self, message: &str) -> Diagnostic {
        let label = &self.survey.audiences[self.audience].label;
        let message = format!("{label}, {}: {message}", self.survey.waves[self.wave].label);
        Diagnostic::error(KIND, Place::file(self.file), message)
    }

    /// Every row of the table of answers is in the sums, once, with an answer of the scale.
    fn account(&self, found: &mut Diagnostics) {
        let advice = [
            (
                "unknown",
                "name a question or a department that they were not asked about",
                "correct the table of answers, or survey.toml, and run the query again",
            ),
            (
                "off_scale",
                "hold a score that is not on the scale",
                "correct them in the table of answers, or leave the score out",
            ),
            (
                "repeated",
                "repeat a question of the same form",
                "leave one of them in the table of answers; each form needs a respondent of its own",
            ),
        ];
        for row in self.of(Part::Account) {
            for (name, message, advice) in advice {
                let (rows, all) = (row.number(name), row.number("rows"));
                if rows > 0 {
                    found.push(self.error(&format!("{rows} of {all} rows {message}")).advice(advice));
                }
            }
        }
    }

    /// The query was written with this definition.
    fn items(&self, found: &mut Diagnostics) {
        let survey = self.survey;
        let counted: BTreeMap<Option<usize>, u64> =
            self.of(Part::Asked).map(|row| (row.compared, row.number("items"))).collect();
        let others = (0..survey.waves.len()).filter(|other| *other != self.wave).map(Some);
        for compared in std::iter::once(None).chain(others) {
            let items = match compared {
                None => survey.items(self.wave, self.audience),
                Some(other) => survey.compared_items(self.audience, self.wave, other),
            };
            let (there, now) = (counted.get(&compared).copied().unwrap_or_default(), items.len() as u64);
            if there != now {
                let what = compared.map_or_else(
                    || "asked".to_owned(),
                    |other| format!("in common with {}", survey.waves[other].label),
                );
                let message = format!("the sums are of {there} questions {what}, the definition has {now}");
                found.push(self.error(&message).advice(AGAIN));
            }
        }
    }

    /// No figure has more answers than its forms have room for, nor sums that no answers could have.
    fn is_possible(&self, found: &mut Diagnostics) {
        let of_groups = self.of(Part::Forms).map(|row| ((&row.breakdown, &row.group), row));
        let of_groups: BTreeMap<(&String, &String), &SumRow> = of_groups.collect();
        let everyone = self.of(Part::Forms).find(|row| row.breakdown == "all");
        let is_possible = |row: &SumRow| {
            let number = |name: &str| row.number(name);
            let Some(forms) = of_groups.get(&(&row.breakdown, &row.group)).or(everyone.as_ref()) else {
                return false;
            };
            // Sums of products of two numbers lie within the product of their sums of squares.
            let fits = |xx: &str, xy: &str, yy: &str| {
                u128::from(number(xy)).pow(2) <= u128::from(number(xx)) * u128::from(number(yy))
            };
            let (units, most) = (forms.number("units"), forms.number("forms"));
            match row.part {
                Part::Forms => units <= most && number("links") <= units,
                Part::Cell => {
                    let answers = row.scores().iter().sum::<u64>();
                    let items = self.survey.items(self.wave, self.audience).len() as u64;
                    answers + number("n") <= most.saturating_mul(items)
                        && number("units") <= number("respondents").min(units)
                        && number("respondents") <= number("contacts").min(answers)
                        && number("contacts") <= most
                        && u128::from(answers).pow(2)
                            <= u128::from(number("units")) * u128::from(number("kk"))
                        && fits("kk", "ky", "yy")
                        && fits("kk", "k_top", "top_top")
                        && fits("cc", "cn", "nn")
                }
                Part::Combination => number("units") <= units,
                Part::Pair => {
                    number("both") <= number("units") && number("units") <= units && fits("kk", "ky", "yy")
                }
                Part::Linked => {
                    number("units") <= number("units_of_contact")
                        && number("units_of_contact") <= units
                        && fits("from_kk", "from_ky", "from_yy")
                        && fits("to_kk", "to_ky", "to_yy")
                        && fits("from_kk", "k_k", "to_kk")
                        && fits("from_yy", "y_y", "to_yy")
                        && fits("from_nn", "n_n", "to_nn")
                }
                Part::Account | Part::Asked => true,
            }
        };
        let impossible = self.rows.iter().filter(|row| !is_possible(row)).count();
        if impossible > 0 {
            let message = format!("{impossible} rows hold sums that no answers could have");
            found.push(self.error(&message).advice(AGAIN));
        }
    }

    /// Figures over all questions hold what those over each hold, and no group has more than everyone.
    fn adds_up(&self, found: &mut Diagnostics) {
        let mut wholes: BTreeMap<Figure<'_>, [i128; 2]> = BTreeMap::new();
        for row in self.of(Part::Cell) {
            let place = wholes.entry((row.compared, row.department, &row.breakdown, &row.group)).or_default();
            let answers = i128::from(row.scores().iter().sum::<u64>()) + i128::from(row.number("n"));
            place[usize::from(row.question == Some(Question::All))] += answers;
        }
        if let Some((place, [parts, whole])) = wholes.into_iter().find(|(_, [parts, whole])| parts != whole) {
            let (_, department, _, group) = place;
            let department = department.map_or("", |it| self.survey.department_id(it));
            let message = format!(
                "the sums do not add up: {department}, {group}: {whole} answers to all questions, {parts} to each of them together"
            );
            found.push(self.error(&message).advice(AGAIN));
        }
        let forms = |breakdown: &str| -> u64 {
            self.of(Part::Forms).filter(|row| row.breakdown == breakdown).map(|row| row.number("forms")).sum()
        };
        let combined: Vec<&str> = self.survey.audiences[self.audience]
            .breakdowns
            .iter()
            .filter(|by| by.asked.in_wave(self.wave) && by.combine.is_empty())
            .map(|by| by.id.as_str())
            .filter(|by| forms(by) != forms("all"))
            .collect();
        if !combined.is_empty() {
            let message = format!("the groups of {} do not add up to everyone", combined.join(", "));
            found.push(self.error(&message).advice(AGAIN));
        }
    }
}
