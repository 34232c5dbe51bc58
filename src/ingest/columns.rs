//! Which column of an export holds what, found by its header.

use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::survey::{Audience, Item, Names, Survey, fold};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Respondent,
    Link,
    Submitted,
    Breakdown(usize),
    /// By position in [`Survey::items`].
    Item(usize),
    /// The definition says to ignore it, or it has neither header nor answers.
    Ignored,
    /// Nothing in the definition explains it.
    Unknown,
}

/// The columns of one file, each with its role.
#[derive(Debug)]
pub(super) struct Columns {
    pub headers: Vec<String>,
    pub roles: Vec<Role>,
    pub items: Vec<Item>,
}

impl Columns {
    pub fn position(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|found| *found == role)
    }

    pub fn matched_items(&self) -> usize {
        self.roles.iter().filter(|role| matches!(role, Role::Item(_))).count()
    }

    pub fn attributes(&self) -> usize {
        let attribute = |role: &&Role| !matches!(role, Role::Item(_) | Role::Ignored | Role::Unknown);
        self.roles.iter().filter(attribute).count()
    }
}

/// Gives every header its role; what is missing, doubled or nearly right goes to `found`.
pub(super) fn columns(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    headers: Vec<String>,
    found: &mut Diagnostics,
) -> Columns {
    let items = survey.items(wave, audience);
    let who = &survey.audiences[audience];
    let mut roles = Vec::with_capacity(headers.len());
    for (position, header) in headers.iter().enumerate() {
        let place = || Place::cell(file, 1, position, header.as_str());
        let role = attribute(who, wave, header).unwrap_or_else(|| match score(survey, who, header) {
            _ if header.trim().is_empty() || survey.ignore.contains(&fold(header)) => Role::Ignored,
            Heading::Item(item) => items.iter().position(|asked| *asked == item).map_or_else(
                || {
                    found.push(not_asked(survey, wave, item, place()));
                    Role::Ignored
                },
                Role::Item,
            ),
            Heading::UnknownDepartment { question, rest } => {
                found.push(unknown_department(survey, question, as_written(header, &rest), place()));
                Role::Ignored
            }
            Heading::Other => Role::Unknown,
        });
        if let Some(first) = roles.iter().position(|earlier| *earlier == role).filter(|_| is_single(role)) {
            found.push(
                Diagnostic::error("double-column", place(), "two columns hold the same thing")
                    .found(format!("columns {} and {} both read as this", first + 1, position + 1))
                    .expected("one column each")
                    .advice("delete one of them in the export, or correct its header"),
            );
        }
        roles.push(role);
    }
    let columns = Columns { headers, roles, items };
    missing(survey, (wave, audience), file, &columns, found);
    columns
}

fn is_single(role: Role) -> bool {
    !matches!(role, Role::Ignored | Role::Unknown)
}

/// The role of a column that says something about the respondent.
fn attribute(audience: &Audience, wave: usize, header: &str) -> Option<Role> {
    let folded = fold(header);
    let named = |names: &[String]| names.iter().any(|name| fold(name) == folded);
    if named(&audience.respondent) {
        return Some(Role::Respondent);
    }
    if named(&audience.link) {
        return Some(Role::Link);
    }
    if named(&audience.submitted) {
        return Some(Role::Submitted);
    }
    let mut breakdowns = audience.breakdowns.iter();
    breakdowns.position(|b| b.asked.in_wave(wave) && named(&b.columns)).map(Role::Breakdown)
}

/// What a header says about scores.
enum Heading {
    Item(Item),
    UnknownDepartment { question: usize, rest: String },
    Other,
}

/// Reads `1. Question [Department]`, `Q1 Question - Department`, `Q1 Department`, `q1_finance`, or
/// the question alone.
fn score(survey: &Survey, audience: &Audience, header: &str) -> Heading {
    let folded = fold(header);
    let Some((question, rest)) = question_of(survey, &folded) else { return Heading::Other };
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
        _ => Heading::UnknownDepartment { question, rest: rest.to_owned() },
    }
}

/// The question that a folded header begins with, and what follows it. The longest wording wins.
fn question_of<'h>(survey: &Survey, folded: &'h str) -> Option<(usize, &'h str)> {
    let wordings = survey.questions.iter().enumerate().flat_map(|(position, question)| {
        std::iter::once(&question.text).chain(&question.aliases).map(move |text| (position, fold(text)))
    });
    let unnumbered = without_number(folded);
    let by_wording = wordings
        .filter_map(|(position, text)| {
            unnumbered.strip_prefix(text.as_str()).map(|rest| (text.len(), position, rest))
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

/// Without a leading `1.`, `Q1`, `Q1.`, `1)` or `4.d.`.
fn without_number(folded: &str) -> &str {
    let body = folded
        .strip_prefix('q')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(folded);
    let after = body.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() == body.len() {
        return folded;
    }
    after.trim_start_matches(['.', ')', ':', '-', '_', ' '])
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
    let candidates =
        [header, ends].into_iter().flat_map(|text| text.char_indices().map(|(at, _)| &text[at..]));
    candidates.fold(rest, |found, part| if fold(part) == *rest { part.trim() } else { found })
}

fn means(names: &Names, folded: &str) -> bool {
    let id = |id: &str| fold(id) == folded.replace([' ', '_'], "-");
    names.means(folded) || id(&names.id)
}

fn not_asked(survey: &Survey, wave: usize, item: Item, place: Place) -> Diagnostic {
    let label = &survey.waves[wave].label;
    Diagnostic::error("not-asked", place, format!("the definition says that this was not asked in {label}"))
        .found(expected_header(survey, item))
        .advice(format!("add \"{label}\" to its `waves` in survey.toml, or ignore the column"))
}

fn unknown_department(survey: &Survey, question: usize, rest: &str, place: Place) -> Diagnostic {
    let names =
        survey.departments.iter().flat_map(|d| d.names.all()).chain(survey.whole.iter().flat_map(Names::all));
    let known: Vec<&str> = names.collect();
    let id = &survey.questions[question].id;
    let message = format!("the column asks {id} about \"{rest}\", which the definition does not know");
    let diagnostic = Diagnostic::error("unknown-department", place, message);
    let near = nearest(rest, known.iter().copied());
    let owner = near.and_then(|near| survey.departments.iter().find(|d| d.names.means(near)));
    let advice = match owner {
        Some(department) => {
            format!("if it is {}, write there:  aliases = [\"{rest}\"]", department.names.label)
        }
        None => "add the department to survey.toml, or list the header under `ignore`".to_owned(),
    };
    diagnostic
        .expected("a department of survey.toml, by its label or one of its aliases")
        .nearest(near)
        .advice(advice)
}

/// How this program would write the header of an item.
pub(super) fn expected_header(survey: &Survey, item: Item) -> String {
    let question = &survey.questions[item.question];
    match item.department {
        Some(department) => {
            format!("{} {} [{}]", question.id, question.text, survey.departments[department].names.label)
        }
        None => match &survey.whole {
            Some(whole) => format!("{} {} [{}]", question.id, question.text, whole.label),
            None => format!("{} {}", question.id, question.text),
        },
    }
}

/// Lists what the definition asks for and the file does not have.
fn missing(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    columns: &Columns,
    found: &mut Diagnostics,
) {
    let who = &survey.audiences[audience];
    let unmatched: Vec<&str> = columns
        .headers
        .iter()
        .zip(&columns.roles)
        .filter(|(_, role)| **role == Role::Unknown)
        .map(|(header, _)| header.as_str())
        .collect();
    let mut absent = |kind, what: String, names: &[String]| {
        let near = names.iter().find_map(|name| nearest(name, unmatched.iter().copied()));
        found.push(
            Diagnostic::error(kind, Place::line(file, 1), what)
                .expected(names.join(", or "))
                .nearest(near)
                .advice("correct the header in the export, or add it to survey.toml"),
        );
    };
    if !who.respondent.is_empty() && columns.position(Role::Respondent).is_none() {
        absent("missing-column", "there is no column that identifies the form".to_owned(), &who.respondent);
    }
    for (position, breakdown) in who.breakdowns.iter().enumerate() {
        if breakdown.asked.in_wave(wave) && columns.position(Role::Breakdown(position)).is_none() {
            absent(
                "missing-column",
                format!("there is no column for {}", breakdown.label),
                &breakdown.columns,
            );
        }
    }

    let is_there = |position: usize| columns.roles.contains(&Role::Item(position));
    let absent_items: Vec<Item> = columns
        .items
        .iter()
        .enumerate()
        .filter(|(position, _)| !is_there(*position))
        .map(|(_, item)| *item)
        .collect();
    let questions =
        columns.items.iter().filter(|item| item.department == columns.items[0].department).count();
    let mut told: Vec<Option<usize>> = Vec::new();
    for item in &absent_items {
        let same: Vec<&Item> =
            absent_items.iter().filter(|other| other.department == item.department).collect();
        let departments = who.scores_departments && same.len() == questions && questions > 1;
        if departments && told.contains(&item.department) {
            continue;
        }
        told.push(item.department);
        let header = expected_header(survey, *item);
        let (message, advice) = if departments {
            let label = label_of(survey, item.department);
            (
                format!("no column is about {label}: all {} questions are missing for it", same.len()),
                format!(
                    "if {label} has another name in this file, add that name to its aliases; if it was not asked, list its waves"
                ),
            )
        } else {
            let id = &survey.questions[item.question].id;
            let about = item
                .department
                .map_or(String::new(), |_| format!(" about {}", label_of(survey, item.department)));
            (
                format!("the column for {id}{about} is missing"),
                "correct the header in the export, or export the file again".to_owned(),
            )
        };
        found.push(
            Diagnostic::error("missing-column", Place::line(file, 1), message)
                .nearest(nearest(&header, unmatched.iter().copied()))
                .expected(header)
                .advice(advice),
        );
    }
}

fn label_of(survey: &Survey, department: Option<usize>) -> &str {
    match department {
        Some(department) => &survey.departments[department].names.label,
        None => survey.whole.as_ref().map_or("the whole organisation", |names| &names.label),
    }
}
