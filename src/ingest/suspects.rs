//! Columns that nothing in the definition explains: they may hold scores that would be lost.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Columns, Role};
use super::heading::{Wordings, expected_header, words_before_department};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Answer, Item, Survey, quoted};

const ADD_WORDS: &str = "add these words to the `aliases` of their question";

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

    /// Columns that hold answers and nothing else are errors, one for all that ask the same about different
    /// departments; the others get one notice with a line to paste.
    pub fn report(
        &self,
        survey: &Survey,
        (wave, audience): (usize, usize),
        file: &str,
        columns: &Columns,
        found: &mut Diagnostics,
    ) {
        let unexplained = (0..columns.roles.len()).filter(|at| columns.roles[*at] == Role::Unknown);
        let (scores, others): (Vec<usize>, Vec<usize>) =
            unexplained.partition(|at| self.0[*at].filled > 0 && self.0[*at].filled == self.0[*at].answers);

        let wordings = Wordings::of(survey, wave);
        let mut asked: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in scores {
            let header = &columns.headers[at];
            let words = words_before_department(&wordings, &survey.audiences[audience], header);
            asked.entry(words.unwrap_or(header)).or_default().push(at);
        }
        for (words, at) in asked {
            let headers: Vec<&str> = at.iter().map(|at| &*columns.headers[*at]).collect();
            let place = Place::cell(file, 1, at[0], headers[0]);
            found.push(match headers[..] {
                [header] => looks_like_scores(survey, wave, columns, header, place),
                _ => look_like_scores(survey, wave, columns, (words, &headers), place),
            });
        }

        let ignored: Vec<String> = others.into_iter().map(|at| quoted(&columns.headers[at])).collect();
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

/// Scores of one column.
fn looks_like_scores(
    survey: &Survey,
    wave: usize,
    columns: &Columns,
    header: &str,
    place: Place,
) -> Diagnostic {
    let absent: Vec<String> = columns.absent().map(|item| expected_header(survey, wave, item)).collect();
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

/// Scores of several columns that have the same words before different departments.
fn look_like_scores(
    survey: &Survey,
    wave: usize,
    columns: &Columns,
    (words, headers): (&str, &[&str]),
    place: Place,
) -> Diagnostic {
    // What no column asks may be what these ask.
    let absent: BTreeSet<Item> = columns.absent().collect();
    let there = columns.items.iter().filter(|item| !absent.contains(item));
    let there: BTreeSet<usize> = there.map(|item| item.question).collect();
    let questions: BTreeSet<usize> = columns.items.iter().map(|item| item.question).collect();
    let unasked: Vec<usize> = questions.difference(&there).copied().collect();
    let id = |question: &usize| survey.questions[*question].id.as_str();
    let (expected, advice) = match unasked[..] {
        [question] => (
            survey.questions[question].text_in(wave).to_owned(),
            format!(
                "if this is {0} in other words in {1}, write under {0} in survey.toml:  aliases = [{2}]",
                id(&question),
                survey.waves[wave].label,
                quoted(words)
            ),
        ),
        [] => ("the wording of a question of survey.toml".to_owned(), ADD_WORDS.to_owned()),
        _ => {
            let ids: Vec<&str> = unasked.iter().map(id).collect();
            (format!("the wording of {}", ids.join(", or of ")), ADD_WORDS.to_owned())
        }
    };
    let message =
        format!("{} columns look like scores, and the definition does not know what they ask", headers.len());
    let ignored: Vec<String> = headers.iter().map(|header| quoted(header)).collect();
    Diagnostic::error("unknown-scores", place, message)
        .found(words)
        .expected(expected)
        .advice(format!("{advice}; if they are not scores:  ignore = [{}]", ignored.join(", ")))
}
