//! Which figure an address means.

use std::fmt;

use crate::nearest::nearest;
use crate::survey::{Survey, fold};
use crate::tally::{Cell, Department, Group, Question};

/// A part of an address that the definition does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPart {
    /// `wave`, `department`, ...
    what: &'static str,
    text: String,
    known: Vec<String>,
}

impl fmt::Display for UnknownPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnknownPart { what, text, known } = self;
        if text.is_empty() {
            writeln!(f, "error: the address names no {what}")?;
        } else {
            writeln!(f, "error: there is no {what} \"{text}\" here")?;
        }
        if let Some(nearest) = nearest(text, known.iter().map(String::as_str)) {
            writeln!(f, "  nearest   {nearest}")?;
        }
        if !known.is_empty() {
            writeln!(f, "  possible  {}", known.join(", "))?;
        }
        write!(
            f,
            "  an address is  WAVE/AUDIENCE/DEPARTMENT/QUESTION/BREAKDOWN/GROUP, such as findings.md prints behind its sentences; the last parts may be left out"
        )
    }
}

impl std::error::Error for UnknownPart {}

impl UnknownPart {
    fn new(what: &'static str, text: &str, known: impl IntoIterator<Item = String>) -> UnknownPart {
        UnknownPart { what, text: text.to_owned(), known: known.into_iter().collect() }
    }

    /// `not-stated` of a breakdown that everybody stated.
    pub(super) fn nobody_left_it_out(survey: &Survey, cell: &Cell) -> UnknownPart {
        UnknownPart::new("group", survey.group_id(cell.audience, cell.group), groups(survey, cell))
    }
}

/// The groups of a cell's breakdown.
fn groups(survey: &Survey, cell: &Cell) -> Vec<String> {
    let breakdowns = &survey.audiences[cell.audience].breakdowns;
    let groups = cell.group.breakdown().map(|breakdown| &breakdowns[breakdown].groups);
    groups.into_iter().flatten().map(|group| group.id.clone()).collect()
}

/// The figure that an address means. Parts are ids as the data files have them, in capitals or not;
/// labels do as well.
///
/// # Errors
/// A part that the definition does not have.
pub fn figure_at(survey: &Survey, address: &str) -> Result<Cell, UnknownPart> {
    let address = address.trim().trim_matches('`').trim_end_matches('/');
    let (wave, rest) = wave(survey, address)?;
    let parts: Vec<&str> = rest.split('/').map(str::trim).collect();
    if let Some(surplus) = parts.get(5) {
        return Err(UnknownPart::new("seventh part", surplus, []));
    }
    let part = |at: usize| parts.get(at).copied().unwrap_or_default();
    let is = |text: &str, names: &[&str]| names.iter().any(|name| fold(name) == fold(text));
    let audience = survey.audiences.iter().position(|it| is(part(0), &[&it.id, &it.label]));
    let audience = audience.ok_or_else(|| {
        UnknownPart::new("audience", part(0), survey.audiences.iter().map(|it| it.id.clone()))
    })?;
    let department = match part(1) {
        "" => survey.headline_department(audience),
        text => department(survey, audience, text)?,
    };
    let question = match part(2) {
        "" => Question::All,
        text => {
            let questions = survey.question_cells();
            let means = |question: &Question| match question {
                Question::All => is(text, &["all"]),
                Question::One(one) => {
                    let it = &survey.questions[*one];
                    is(text, &[&it.id, &it.short, &it.text])
                }
            };
            questions.iter().copied().find(means).ok_or_else(|| {
                let ids = questions.iter().map(|it| survey.question_id(*it).to_owned());
                UnknownPart::new("question", text, ids)
            })?
        }
    };
    let group = group(survey, audience, part(3), part(4))?;
    Ok(Cell { wave, audience, department, question, group })
}

/// The wave that an address begins with, and the rest. A label may hold a slash: "2016/17".
fn wave<'t>(survey: &Survey, address: &'t str) -> Result<(usize, &'t str), UnknownPart> {
    let begins = |label: &str| {
        let rest = address.strip_prefix(label)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    };
    let waves = survey.waves.iter().enumerate();
    let found = waves.filter_map(|(wave, it)| Some((it.label.len(), wave, begins(&it.label)?)));
    found.max_by_key(|(length, ..)| *length).map(|(_, wave, rest)| (wave, rest)).ok_or_else(|| {
        let text = address.split('/').next().unwrap_or_default();
        UnknownPart::new("wave", text, survey.waves.iter().map(|it| it.label.clone()))
    })
}

fn department(survey: &Survey, audience: usize, text: &str) -> Result<Department, UnknownPart> {
    let departments = survey.department_cells(audience);
    let means = |department: &Department| match department {
        Department::One(one) => survey.departments[*one].names.means(text),
        Department::Whole => {
            fold(text) == "whole" || survey.whole.as_ref().is_some_and(|whole| whole.means(text))
        }
        Department::All => fold(text) == "all",
    };
    departments.iter().copied().find(means).ok_or_else(|| {
        UnknownPart::new(
            "department",
            text,
            departments.iter().map(|it| survey.department_id(*it).to_owned()),
        )
    })
}

fn group(survey: &Survey, audience: usize, by: &str, group: &str) -> Result<Group, UnknownPart> {
    let is_all = |text: &str| text.is_empty() || fold(text) == "all";
    let breakdowns = &survey.audiences[audience].breakdowns;
    if is_all(by) {
        let everyone = || UnknownPart::new("group", group, ["all".to_owned()]);
        return if is_all(group) { Ok(Group::Everyone) } else { Err(everyone()) };
    }
    let means = |text: &str, names: [&String; 2]| names.iter().any(|name| fold(name) == fold(text));
    let breakdown = breakdowns.iter().position(|it| means(by, [&it.id, &it.label])).ok_or_else(|| {
        let ids = breakdowns.iter().map(|it| it.id.clone());
        UnknownPart::new("breakdown", by, ["all".to_owned()].into_iter().chain(ids))
    })?;
    if fold(group) == "not-stated" {
        return Ok(Group::NotStated { breakdown });
    }
    let groups = &breakdowns[breakdown].groups;
    groups.iter().position(|it| it.means(group)).map(|group| Group::Of { breakdown, group }).ok_or_else(
        || {
            let ids = groups.iter().map(|it| it.id.clone());
            UnknownPart::new("group", group, ids.chain(["not-stated".to_owned()]))
        },
    )
}
