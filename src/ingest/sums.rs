//! A table of sums, as the query of `sql` makes it: what stands in place of the forms of a wave.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Input;
use super::beside::read_beside;
use super::decode::Decoded;
use super::records::records;
use super::sums_checked::Checked;
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

pub(super) const KIND: &str = "sums";
pub(super) const AGAIN: &str = "write the query with  rmsurvey sql  again, and run it";
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
