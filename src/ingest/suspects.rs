//! Columns that nothing in the definition explains: they may hold scores that would be lost.

use super::columns::{Columns, Role};
use super::heading::expected_header;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Answer, Survey, quoted};

/// What the unexplained columns of a file hold, by position.
#[derive(Debug)]
pub(super) struct Suspects(Vec<Holds>);

/// Cells that hold something, and how many of those are answers.
#[derive(Clone, Copy, Debug, Default)]
struct Holds {
    filled: u64,
    answers: u64,
}

impl Suspects {
    pub fn of(columns: &Columns) -> Suspects {
        Suspects(vec![Holds::default(); columns.headers.len()])
    }

    /// Takes note of a cell, as the scale reads it.
    pub fn watch(&mut self, column: usize, read: Option<Answer>) {
        if read != Some(Answer::Blank) {
            self.0[column].filled += 1;
            self.0[column].answers += u64::from(read.is_some());
        }
    }

    /// Takes note that a column holds answers, or something else.
    pub fn note(&mut self, column: usize, answers: bool, others: bool) {
        self.0[column].filled += u64::from(answers) + u64::from(others);
        self.0[column].answers += u64::from(answers);
    }

    /// Columns that hold answers and nothing else are errors; the others get one notice with a line
    /// to paste.
    pub fn report(
        &self,
        (survey, wave): (&Survey, usize),
        file: &str,
        columns: &Columns,
        found: &mut Diagnostics,
    ) {
        let unexplained = columns.roles.iter().zip(&self.0).zip(&columns.headers).enumerate();
        let unexplained = unexplained.filter(|(_, ((role, _), _))| **role == Role::Unknown);
        let mut ignored = Vec::new();
        for (position, ((_, holds), header)) in unexplained {
            if holds.filled > 0 && holds.filled == holds.answers {
                let place = Place::cell(file, 1, position, header.as_str());
                found.push(looks_like_scores(survey, wave, columns, header, place));
            } else {
                ignored.push(quoted(header));
            }
        }
        if !ignored.is_empty() {
            let message = match ignored.len() {
                1 => "1 column is not used".to_owned(),
                several => format!("{several} columns are not used"),
            };
            let line = format!("ignore = [{}]", ignored.join(", "));
            found
                .push(Diagnostic::notice("ignored-columns", Place::line(file, 1), message).advice(format!(
                    "to say so, paste into survey.toml before the first [section]:\n{line}"
                )));
        }
    }
}

fn looks_like_scores(
    survey: &Survey,
    wave: usize,
    columns: &Columns,
    header: &str,
    place: Place,
) -> Diagnostic {
    let is_absent = |item: usize| !columns.roles.contains(&Role::Item(item));
    let absent = columns.items.iter().enumerate().filter(|(item, _)| is_absent(*item));
    let absent: Vec<String> = absent.map(|(_, item)| expected_header(survey, wave, *item)).collect();
    let wordings = survey.questions.iter().map(|question| question.text_in(wave));
    let near = nearest(header, absent.iter().map(String::as_str).chain(wordings));
    let message = "the column looks like scores, and the definition does not know it";
    Diagnostic::error("unknown-scores", place, message)
        .expected("the wording of a question of survey.toml, with its department")
        .nearest(near)
        .advice(format!(
            "correct the header or add its wording to `aliases`; if it is not a score:  ignore = [{}]",
            quoted(header)
        ))
}
