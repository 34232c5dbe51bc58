//! What the header of a score column asks about: a question, and a department in any of the ways in
//! which platforms write it.

use super::layout::without_number;
use crate::survey::{Audience, Item, Names, Survey, fold, start_of_folded};

/// What a header says about scores.
pub(super) enum Heading {
    /// A question, and a department that the definition knows.
    Item(Item),
    /// A question, and something after it that is no department; as the export wrote it.
    UnknownDepartment { name: String },
    /// No question of the definition.
    Other,
}

/// Reads `1. Question [Department]`, `Q1 Question - Department`, `Q1 Department`, `q1_finance`, or
/// the question alone.
pub(super) fn heading(survey: &Survey, wave: usize, audience: &Audience, header: &str) -> Heading {
    let folded = fold(header);
    let Some((question, rest)) = question_of(survey, wave, &folded) else { return Heading::Other };
    let rest = department_part(rest);
    let whole = Item { department: None, question };
    if rest.is_empty() || survey.whole.as_ref().is_some_and(|names| means(names, rest)) {
        return Heading::Item(whole);
    }
    let department = survey.departments.iter().position(|department| means(&department.names, rest));
    match department {
        Some(department) if audience.scores_departments => {
            Heading::Item(Item { department: Some(department), question })
        }
        _ => Heading::UnknownDepartment { name: as_written(header, rest).to_owned() },
    }
}

/// The question that a folded header begins with, and what follows it. The longest wording wins.
fn question_of<'h>(survey: &Survey, wave: usize, folded: &'h str) -> Option<(usize, &'h str)> {
    let wordings = survey
        .questions
        .iter()
        .enumerate()
        .flat_map(|(position, question)| question.texts_in(wave).map(move |text| (position, fold(text))));
    // A wording may have a number itself.
    let headers = [folded, without_number(folded)];
    let by_wording = wordings
        .filter_map(|(position, text)| {
            let rest = headers.iter().find_map(|header| header.strip_prefix(text.as_str()))?;
            let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
            (ends && !text.is_empty()).then_some((text.len(), position, rest))
        })
        .max_by_key(|(length, ..)| *length);
    if let Some((_, position, rest)) = by_wording {
        return Some((position, rest));
    }
    survey.questions.iter().enumerate().find_map(|(position, question)| {
        let rest = folded.strip_prefix(&fold(&question.id))?;
        let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
        ends.then_some((position, rest))
    })
}

/// The department within what follows a question: `[finance]`, `- finance`, `_finance`.
fn department_part(rest: &str) -> &str {
    let rest = rest.trim_start_matches([' ', '-', '_', ':', '.']).trim_end();
    let brackets = [('[', ']'), ('(', ')')];
    let inner = brackets.iter().find_map(|(open, close)| rest.strip_prefix(*open)?.strip_suffix(*close));
    inner.unwrap_or(rest).trim()
}

/// The part of a header that folds to `rest`, as the export wrote it.
fn as_written<'h>(header: &'h str, rest: &'h str) -> &'h str {
    let ends = header.trim_end().trim_end_matches([']', ')']);
    let mut parts = [ends, header].into_iter().filter_map(|text| Some(&text[start_of_folded(text, rest)?..]));
    parts.next().map_or(rest, str::trim)
}

fn means(names: &Names, folded: &str) -> bool {
    let hyphens = |text: &str| text.replace([' ', '_'], "-");
    names.means(folded) || names.all().any(|name| hyphens(&fold(name)) == hyphens(folded))
}

/// How this program would write the header of an item.
pub(super) fn expected_header(survey: &Survey, wave: usize, item: Item) -> String {
    let question = &survey.questions[item.question];
    let text = question.text_in(wave);
    match item.department {
        Some(department) => {
            format!("{} {text} [{}]", question.id, survey.departments[department].names.label)
        }
        None => match &survey.whole {
            Some(whole) => format!("{} {text} [{}]", question.id, whole.label),
            None => format!("{} {text}", question.id),
        },
    }
}
