//! A table of sums, as the query of `sql` makes it: what stands in place of the forms of a wave.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Input;
use super::beside::read_beside;
use super::decode::Decoded;
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::sums::{COLUMNS, COMBINATIONS, Part, SEPARATOR};
use crate::survey::{Survey, fold};
use crate::tally::{Department, Group, Question};

/// The sums of one audience in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumRows {
    pub wave: usize,
    pub audience: usize,
    /// Name under the input folder.
    pub file: String,
    pub rows: Arc<Vec<SumRow>>,
}

/// One row. Its ids are those of the definition; what they stand for depends on whether groups are
/// published as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SumRow {
    pub part: Part,
    /// The wave whose items in common the row is about; of linked rows the earlier one.
    pub compared: Option<usize>,
    pub department: Option<Department>,
    pub question: Option<Question>,
    pub breakdown: String,
    pub group: String,
    /// Of a combination: each breakdown, and the group. There are many rows of each.
    pub combination: Arc<[[String; 2]]>,
    /// The other department of a pair; `None` for all others.
    pub against: Option<Department>,
    /// As [`Part::numbers`] names them; of a cell also how often each score was given.
    pub numbers: Vec<u64>,
}

impl SumRows {
    /// Whether they were added up where the answers lie, rather than from files that were read.
    pub fn lie_elsewhere(&self) -> bool {
        self.rows.iter().any(|row| row.part == Part::Account)
    }

    /// How many rows the table of answers had of them; all of them were used.
    pub fn answers(&self) -> u64 {
        let of = self.rows.iter().filter(|row| row.part == Part::Account);
        of.map(|row| row.number("rows")).sum()
    }

    /// How many forms were added up.
    pub fn forms(&self) -> u64 {
        let of = self.rows.iter().filter(|row| row.part == Part::Forms && row.breakdown == "all");
        of.map(|row| row.number("forms")).sum()
    }
}

impl SumRow {
    /// A number by its name; 0 where the part has none of that name.
    pub fn number(&self, name: &str) -> u64 {
        let position = self.part.numbers().iter().position(|known| *known == name);
        position.and_then(|position| self.numbers.get(position)).copied().unwrap_or_default()
    }

    /// How often each score was given, from the lowest.
    pub fn scores(&self) -> &[u64] {
        self.numbers.get(self.part.numbers().len()..).unwrap_or_default()
    }
}

const KIND: &str = "sums";
const AGAIN: &str = "write the query with  rmsurvey sql  again, and run it";
/// No number is larger: a thousand million forms with a thousand answers each have smaller ones.
const MOST: u64 = 1_000_000_000_000_000;
/// Rows that cannot be read are listed up to here.
const LISTED: usize = 20;

/// Reads the sums of the given waves. A file may hold those of several.
pub(super) fn read_sums(
    survey: &Survey,
    folder: &Path,
    waves: &[usize],
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &wave in waves {
        if let Some(file) = &survey.waves[wave].sums {
            files.entry(file).or_default().push(wave);
        }
    }
    for (file, waves) in files {
        read_beside(folder, file, input, found, |input, decoded, found| {
            let (rows, read) = rows(survey, &waves, file, decoded, found);
            for wave in waves.iter().filter(|wave| read > 0 && !rows.keys().any(|(it, _)| it == *wave)) {
                let message = format!("the sums hold nothing of {}", survey.waves[*wave].label);
                found.push(Diagnostic::error(KIND, Place::file(file), message).advice(AGAIN));
            }
            for ((wave, audience), rows) in rows {
                Checked { survey, wave, audience, file, rows: &rows }.check(found);
                input.sums.push(SumRows { wave, audience, file: file.to_owned(), rows: Arc::new(rows) });
            }
            read
        });
    }
}

/// The rows of each wave and audience, and how many rows the file has.
fn rows(
    survey: &Survey,
    waves: &[usize],
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> (BTreeMap<(usize, usize), Vec<SumRow>>, usize) {
    let mut rows: BTreeMap<(usize, usize), Vec<SumRow>> = BTreeMap::new();
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let at = COLUMNS.map(|name| header.iter().position(|cell| fold(cell) == name));
    if at.contains(&None) {
        found.push(
            Diagnostic::error(KIND, Place::line(file, 1), "this is no table of sums")
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(COLUMNS.join(", "))
                .advice(AGAIN),
        );
        return (rows, 0);
    }
    let mut read = 0;
    let mut wrong = 0;
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        read += 1;
        let cells = at.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().trim());
        // Those of other waves are not asked for.
        let Some(&wave) = waves.iter().find(|wave| survey.waves[**wave].label == cells[1]) else { continue };
        match row(survey, wave, cells) {
            Ok((audience, row)) => rows.entry((wave, audience)).or_default().push(row),
            Err(problem) => {
                wrong += 1;
                if wrong <= LISTED {
                    let Wrong { column, expected } = *problem;
                    let message = match COLUMNS[column] {
                        "sums" => "these are not the numbers of such a row".to_owned(),
                        name => format!("the sums name a {name} that survey.toml does not have"),
                    };
                    let place = Place::cell(file, line, at[column].unwrap_or_default(), COLUMNS[column]);
                    found.push(
                        Diagnostic::error(KIND, place, message)
                            .value(cells[column])
                            .nearest(nearest(cells[column], expected.iter().map(String::as_str)))
                            .expected(expected.join(", "))
                            .advice(AGAIN),
                    );
                }
            }
        }
    }
    if wrong > LISTED {
        let message = format!("{} more rows cannot be read", wrong - LISTED);
        found.push(Diagnostic::error(KIND, Place::file(file), message));
    }
    (rows, read)
}

/// A cell of a row that means nothing here, by its position in [`COLUMNS`].
struct Wrong {
    column: usize,
    expected: Vec<String>,
}

fn row(survey: &Survey, wave: usize, cells: [&str; 10]) -> Result<(usize, SumRow), Box<Wrong>> {
    let [part, _, audience, compared, department, question, breakdown, group, against, sums] = cells;
    let known = |column: usize, id: &str, ids: Vec<&str>| -> Result<(), Box<Wrong>> {
        if id.is_empty() || ids.contains(&id) {
            return Ok(());
        }
        Err(Box::new(Wrong { column, expected: ids.into_iter().map(str::to_owned).collect() }))
    };
    known(0, part, Part::ALL.iter().map(|part| part.name()).collect())?;
    known(2, audience, survey.audiences.iter().map(|it| it.id.as_str()).collect())?;
    let waves: Vec<&str> = survey.waves.iter().map(|it| it.label.as_str()).collect();
    known(3, compared, waves.clone())?;
    let position = survey.audiences.iter().position(|it| it.id == audience);
    let (Some(part), Some(audience)) = (Part::named(part), position) else {
        let column = if position.is_none() { 2 } else { 0 };
        return Err(Box::new(Wrong { column, expected: Vec::new() }));
    };
    let (all_departments, all_questions) = (survey.department_cells(audience), survey.question_cells());
    let departments: Vec<&str> = all_departments.iter().map(|it| survey.department_id(*it)).collect();
    known(4, department, departments.clone())?;
    known(5, question, all_questions.iter().map(|it| survey.question_id(*it)).collect())?;
    let by = &survey.audiences[audience].breakdowns;
    let breakdowns = by.iter().map(|it| it.id.as_str()).chain(["all", COMBINATIONS]);
    known(6, breakdown, breakdowns.collect())?;
    let groups = |breakdown: usize| groups(survey, wave, audience, breakdown);
    let mut combination: Arc<[[String; 2]]> = Arc::default();
    if breakdown == COMBINATIONS {
        let parts: Vec<&str> = group.split(SEPARATOR).filter(|_| !by.is_empty()).collect();
        let is_whole = parts.len() == by.len();
        if let Some(odd) = (0..by.len()).find(|one| !is_whole || !groups(*one).contains(&parts[*one])) {
            return Err(Box::new(Wrong {
                column: 7,
                expected: groups(odd).into_iter().map(str::to_owned).collect(),
            }));
        }
        combination = by.iter().zip(parts).map(|(by, group)| [by.id.clone(), group.to_owned()]).collect();
    } else {
        let of = by.iter().position(|it| it.id == breakdown);
        known(7, group, of.map_or_else(|| vec!["all"], groups))?;
    }
    known(8, against, [&departments[..], &["rest"]].concat())?;
    let number = |text: &str| text.parse().ok().filter(|number| *number <= MOST);
    let numbers: Option<Vec<u64>> = sums.split(' ').map(number).collect();
    let names = part.numbers();
    let more = if part == Part::Cell { usize::from(survey.most_scores()) } else { 0 };
    let numbers = numbers.filter(|numbers| numbers.len() == names.len() + more);
    let Some(numbers) = numbers else {
        let scores = (1..=more).map(|score| format!("number of {score}s"));
        let expected =
            vec![names.iter().map(|name| (*name).to_owned()).chain(scores).collect::<Vec<_>>().join(" ")];
        return Err(Box::new(Wrong { column: 9, expected }));
    };
    let of = |id: &str| departments.iter().position(|known| *known == id).map(|at| all_departments[at]);
    let row = SumRow {
        part,
        compared: waves.iter().position(|label| *label == compared),
        department: of(department),
        question: all_questions.iter().copied().find(|it| survey.question_id(*it) == question),
        breakdown: if combination.is_empty() { breakdown.to_owned() } else { String::new() },
        group: if combination.is_empty() { group.to_owned() } else { String::new() },
        combination,
        against: of(against),
        numbers,
    };
    Ok((audience, row))
}

/// The groups that a row of a wave may name: those that there were, those published as one, and those
/// who stated none.
fn groups(survey: &Survey, wave: usize, audience: usize, breakdown: usize) -> Vec<&str> {
    let by = &survey.audiences[audience].breakdowns[breakdown];
    let there = (0..by.groups.len())
        .filter(|group| survey.has_group(wave, audience, Group::Of { breakdown, group: *group }));
    let there = there.map(|group| by.groups[group].id.as_str());
    there.chain(by.combine.iter().map(|one| one.names.id.as_str())).chain(["not-stated"]).collect()
}

/// Wave compared with, department, breakdown and group.
type Figure<'r> = (Option<usize>, Option<Department>, &'r str, &'r str);

/// The sums of an audience, held against the definition and each other.
struct Checked<'c> {
    survey: &'c Survey,
    wave: usize,
    audience: usize,
    file: &'c str,
    rows: &'c [SumRow],
}

impl Checked<'_> {
    fn check(&self, found: &mut Diagnostics) {
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
