//! Columns that carry a department and no question: which question each is about, only their order
//! or the numbers before them can say.

use std::collections::BTreeSet;

use super::layout::{ColumnNames, number_of, without_number};
use crate::diagnostics::{Diagnostic, Place};
use crate::survey::{Item, Survey, fold};

/// A column by its label: the department (`None` for the whole), and what the platform put beside it.
#[derive(Debug)]
struct Labelled {
    position: usize,
    department: Option<usize>,
    /// The number of the question on the form: `4` of `4.d. Finance`.
    number: Option<String>,
    /// The number that tells equal labels apart: 2 of `Finance2`.
    copy: Option<usize>,
}

/// Items of columns that carry only a department, by their position, in the order in which the
/// questions are asked; and what is wrong with that.
pub(super) fn by_order(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    unexplained: &[(usize, &ColumnNames)],
    is_matched: impl Fn(usize) -> bool,
) -> (Vec<(usize, Item)>, Option<Diagnostic>) {
    if !survey.audiences[audience].scores_departments {
        return (Vec::new(), None);
    }
    let labelled: Vec<Labelled> =
        unexplained.iter().filter_map(|(at, names)| labelled(survey, wave, *at, names.shown())).collect();
    let Some(first) = labelled.first() else { return (Vec::new(), None) };
    let items = survey.items(wave, audience);
    let mut questions: Vec<usize> = items.iter().map(|item| item.question).collect();
    questions.dedup();
    questions.retain(|question| !is_matched(*question));
    let blocks = blocks(&labelled);
    let header =
        unexplained.iter().find(|(at, _)| *at == first.position).map_or("", |(_, names)| names.shown());
    let place = Place::cell(file, 1, first.position, header);
    let wanted: BTreeSet<Option<usize>> = items.iter().map(|item| item.department).collect();
    let is_whole = |block: &&[Labelled]| {
        block.iter().map(|one| one.department).collect::<BTreeSet<_>>() == wanted
            && block.len() == wanted.len()
    };
    let fits = blocks.len() == questions.len()
        && blocks.iter().all(is_whole)
        && blocks
            .iter()
            .enumerate()
            .all(|(at, block)| block.iter().all(|one| one.copy.is_none_or(|copy| copy == at + 1)));
    if !fits {
        let problem = Diagnostic::error(
            "row-labels",
            place,
            "columns carry a department and no question, and their order does not say which",
        )
        .found(format!("{} such columns, in {} runs of departments", labelled.len(), blocks.len()))
        .expected(format!(
            "{} runs, one per question in the order of survey.toml, each with all {} departments",
            questions.len(),
            wanted.len()
        ))
        .advice("write the question before each department in the header: \"Q1 Finance\"");
        return (Vec::new(), Some(problem));
    }
    let found = blocks.iter().zip(&questions).flat_map(|(block, question)| {
        block.iter().map(|one| (one.position, Item { department: one.department, question: *question }))
    });
    let undeclared = (!survey.waves[wave].questions_by_order).then(|| {
        Diagnostic::error("row-labels", place, "the columns of scores carry a department and no question")
            .found(format!("{} runs of {} departments", blocks.len(), wanted.len()))
            .advice("if the questions stand in the file in the order of survey.toml, write under its [[wave]]:  questions-by-order = true")
    });
    (found.collect(), undeclared)
}

/// A run begins with another number, or with a department that the run has already.
fn blocks(labelled: &[Labelled]) -> Vec<&[Labelled]> {
    let mut starts = vec![0];
    let mut seen = BTreeSet::new();
    let mut number = None;
    for (at, one) in labelled.iter().enumerate() {
        let is_next = at > 0 && (seen.contains(&one.department) || one.number != number);
        if is_next {
            starts.push(at);
            seen.clear();
        }
        seen.insert(one.department);
        number.clone_from(&one.number);
    }
    let ends = starts.iter().skip(1).copied().chain([labelled.len()]);
    starts.iter().zip(ends).map(|(from, to)| &labelled[*from..to]).collect()
}

fn labelled(survey: &Survey, wave: usize, position: usize, header: &str) -> Option<Labelled> {
    let label = without_number(header);
    let number = number_of(header).map(str::to_owned);
    if let Some(department) = department(survey, wave, label) {
        return Some(Labelled { position, department, number, copy: None });
    }
    // `Team 12` may be the second copy of a department that is called `Team 1`.
    let plain = label.trim_end_matches(|c: char| c.is_ascii_digit());
    (plain.len()..label.len()).rev().find_map(|at| {
        let (plain, copy) = (&label[..at], label[at..].parse().ok()?);
        let department = department(survey, wave, plain)?;
        Some(Labelled { position, department, number: number.clone(), copy: Some(copy) })
    })
}

/// The department, or the whole, that a label means.
fn department(survey: &Survey, wave: usize, label: &str) -> Option<Option<usize>> {
    if fold(label).is_empty() {
        return None;
    }
    if survey.whole.as_ref().is_some_and(|names| names.means(label)) {
        return Some(None);
    }
    let is_it = |it: &crate::survey::DepartmentDefinition| it.asked.in_wave(wave) && it.names.means(label);
    survey.departments.iter().position(is_it).map(Some)
}
