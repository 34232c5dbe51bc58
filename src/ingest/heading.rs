//! What the header of a score column asks about: a question, and a department in any of the ways in
//! which platforms write it.

use super::layout::without_number;
use crate::survey::{Audience, Item, Names, Survey, end_of_folded, fold, start_of_folded};

/// What a header says about scores.
pub(super) enum Heading {
    /// A question, and a department that the definition knows.
    Item(Item),
    /// A question, and something after it that is no department; as the export wrote it.
    UnknownDepartment { name: String },
    /// A question by its id, in what may be other words than the definition knows; or `name` is no department.
    /// Both as the export wrote them.
    Reworded { item: Item, wording: String, name: String },
    /// No question of the definition.
    Other,
}

/// What a definition calls questions and departments in one wave, ready to be held against folded headers.
pub(super) struct Wordings {
    /// Each with the position of its question.
    texts: Vec<(usize, String)>,
    ids: Vec<String>,
    /// With hyphens for spaces; of nothing where the definition has no council as a whole.
    whole: Vec<String>,
    departments: Vec<Vec<String>>,
}

impl Wordings {
    pub fn of(survey: &Survey, wave: usize) -> Wordings {
        let questions = survey.questions.iter().enumerate();
        let texts = questions
            .flat_map(|(position, question)| question.texts_in(wave).map(move |text| (position, fold(text))));
        let spelt = |names: &Names| names.all().map(|name| hyphened(&fold(name))).collect::<Vec<_>>();
        Wordings {
            texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
            ids: survey.questions.iter().map(|question| fold(&question.id)).collect(),
            whole: survey.whole.as_ref().map(spelt).unwrap_or_default(),
            departments: survey.departments.iter().map(|department| spelt(&department.names)).collect(),
        }
    }
}

fn hyphened(text: &str) -> String {
    text.replace([' ', '_'], "-")
}

/// Reads `1. Question [Department]`, `Q1 Question - Department`, `Q1 Department`, `q1_finance`, or
/// the question alone.
pub(super) fn heading(wordings: &Wordings, audience: &Audience, header: &str) -> Heading {
    let folded = fold(header);
    let Some((question, rest, by_id)) = question_of(wordings, &folded) else { return Heading::Other };
    let rest = department_part(rest);
    let spelt = hyphened(rest);
    let whole = Item { department: None, question };
    if rest.is_empty() || wordings.whole.contains(&spelt) {
        return Heading::Item(whole);
    }
    let department = wordings.departments.iter().position(|names| names.contains(&spelt));
    match department {
        Some(department) if audience.scores_departments => {
            Heading::Item(Item { department: Some(department), question })
        }
        _ => {
            let written = as_written(header, rest);
            match wording(wordings, audience, rest).filter(|_| by_id) {
                Some((wording, department)) => {
                    let end = end_of_folded(written, wording).unwrap_or(written.len());
                    let (wording, name) = (written[..end].to_owned(), written.to_owned());
                    Heading::Reworded { item: Item { department, question }, wording, name }
                }
                None => Heading::UnknownDepartment { name: written.to_owned() },
            }
        }
    }
}

/// The words before the name of a department that the definition knows, as the export wrote them: what a
/// header may ask that no question does.
pub(super) fn words_before_department<'h>(
    wordings: &Wordings,
    audience: &Audience,
    header: &'h str,
) -> Option<&'h str> {
    let folded = fold(header);
    let (words, _) = wording(wordings, audience, &folded).filter(|_| audience.scores_departments)?;
    Some(&header[..end_of_folded(header, words)?])
}

/// The words of a question in what follows its id and the department that they are about, if what stands
/// behind them is one that the definition knows, or nothing where none is scored.
fn wording<'r>(wordings: &Wordings, audience: &Audience, rest: &'r str) -> Option<(&'r str, Option<usize>)> {
    if !audience.scores_departments {
        return rest.contains(' ').then_some((rest, None));
    }
    // Of "Senior Managers" and "Operations - Senior Managers" the longer one is meant.
    let before = |text: &str| {
        let spelt = hyphened(text);
        let departments = wordings.departments.iter().enumerate().map(|(at, names)| (Some(at), names));
        let names = departments.chain([(None, &wordings.whole)]);
        let names = names.flat_map(|(department, names)| names.iter().map(move |name| (department, name)));
        let before = names.filter_map(|(of, name)| Some((spelt.strip_suffix(name.as_str())?.len(), of)));
        before.min_by_key(|(length, _)| *length)
    };
    // A name may end with a bracket of its own.
    let closed = |text: &'r str| text.strip_suffix([']', ')']).unwrap_or(text);
    let (words, department) = [rest, closed(rest), closed(closed(rest))].into_iter().find_map(|text| {
        let (length, department) = before(text)?;
        Some((text[..length].trim_end(), department))
    })?;
    let is_apart = words.ends_with(['-', ':', '[', '(']);
    let words = words.trim_end_matches([' ', '-', ':', '[', '(']);
    (is_apart && words.contains(' ')).then_some((words, department))
}

/// The question that a folded header begins with, what follows it, and whether only its id is there. The
/// longest wording wins.
fn question_of<'h>(wordings: &Wordings, folded: &'h str) -> Option<(usize, &'h str, bool)> {
    let ends = |rest: &str| rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
    // A wording may have a number itself.
    let headers = [folded, without_number(folded)];
    let by_wording = wordings.texts.iter().filter_map(|(position, text)| {
        let rest = headers.iter().find_map(|header| header.strip_prefix(text.as_str()))?;
        ends(rest).then_some((text.len(), *position, rest))
    });
    if let Some((_, position, rest)) = by_wording.max_by_key(|(length, ..)| *length) {
        return Some((position, rest, false));
    }
    wordings.ids.iter().enumerate().find_map(|(position, id)| {
        let rest = folded.strip_prefix(id.as_str())?;
        ends(rest).then_some((position, rest, true))
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
