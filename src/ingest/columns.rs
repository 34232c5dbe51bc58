//! Which column of an export holds what, found by its header.

use std::collections::{BTreeMap, HashMap};

use super::heading::{Heading, Wordings, expected_header, heading};
use super::layout::{ColumnKind, ColumnNames, Layout, without_number};
use super::misnamed::{Reworded, report_reworded, report_stranger};
use super::missing::missing;
use super::row_labels::by_order;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::{Audience, Item, Survey, fold};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Respondent,
    Link,
    Submitted,
    Breakdown(usize),
    /// Says whether the form counts.
    Sign,
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

/// A column of an export that figures come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    /// Name under the input folder.
    pub file: String,
    pub wave: usize,
    pub audience: usize,
    /// From 0.
    pub position: usize,
    pub header: String,
    pub holds: Holds,
}

/// What a source column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Answers.
    Item(Item),
    /// Which group of a breakdown the respondent belongs to.
    Breakdown(usize),
}

impl Columns {
    /// The columns that figures come from.
    pub fn sources(&self, (wave, audience): (usize, usize), file: &str) -> Vec<SourceColumn> {
        let columns = self.headers.iter().zip(&self.roles).enumerate();
        let source = |(position, (header, role)): (usize, (&String, &Role))| {
            let holds = match *role {
                Role::Item(item) => Holds::Item(self.items[item]),
                Role::Breakdown(breakdown) => Holds::Breakdown(breakdown),
                _ => return None,
            };
            Some(SourceColumn {
                file: file.to_owned(),
                wave,
                audience,
                position,
                header: header.clone(),
                holds,
            })
        };
        columns.filter_map(source).collect()
    }

    pub fn position(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|found| *found == role)
    }

    /// What the definition asks for and no column holds.
    pub fn absent(&self) -> impl Iterator<Item = Item> {
        let is_absent = |item: &usize| self.position(Role::Item(*item)).is_none();
        (0..self.items.len()).filter(is_absent).map(|item| self.items[item])
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
    layout: &Layout,
    found: &mut Diagnostics,
) -> Columns {
    let items = survey.items(wave, audience);
    let who = &survey.audiences[audience];
    let headers: Vec<String> = layout.columns.iter().map(|names| names.shown().to_owned()).collect();
    let (wordings, attributes) = (Wordings::of(survey, wave), attributes(who, wave));
    let mut roles = Vec::with_capacity(headers.len());
    let mut strangers: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut reworded: BTreeMap<(usize, String), Vec<Reworded>> = BTreeMap::new();
    for (position, (header, names)) in headers.iter().zip(&layout.columns).enumerate() {
        let place = || Place::cell(file, 1, position, header.as_str());
        let unnumbered = names.names.iter().map(|name| without_number(name));
        let mut candidates = names.names.iter().map(String::as_str).chain(unnumbered);
        let about_respondent = candidates.find_map(|name| attributes.get(&fold(name)).copied());
        if names.kind == ColumnKind::Personal {
            found.extend(about_respondent.map(|_| personal(place())).into_iter().collect());
            roles.push(Role::Ignored);
            continue;
        }
        let role = about_respondent.unwrap_or_else(|| match asked(&wordings, who, names) {
            _ if header.trim().is_empty()
                || names.names.iter().any(|name| survey.ignore.contains(&fold(name))) =>
            {
                Role::Ignored
            }
            Heading::Item(item) => items.iter().position(|asked| *asked == item).map_or_else(
                || {
                    found.push(not_asked(survey, wave, item, place()));
                    Role::Ignored
                },
                Role::Item,
            ),
            Heading::UnknownDepartment { name } => {
                strangers.entry(name).or_default().push(place());
                Role::Ignored
            }
            Heading::Reworded { item, wording, name } => {
                let column = Reworded { item, name, place: place() };
                reworded.entry((item.question, wording)).or_default().push(column);
                Role::Ignored
            }
            Heading::Other if names.names.iter().any(|name| layout.platform.marks(name)) => Role::Sign,
            Heading::Other if names.kind == ColumnKind::Own => Role::Ignored,
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
    let unexplained = roles.iter().zip(&layout.columns).enumerate();
    let unexplained: Vec<(usize, &ColumnNames)> = unexplained
        .filter(|(_, (role, _))| **role == Role::Unknown)
        .map(|(position, (_, names))| (position, names))
        .collect();
    let is_matched = |question| {
        roles.iter().any(|role| matches!(role, Role::Item(item) if items[*item].question == question))
    };
    let (by_label, problem) = by_order(survey, (wave, audience), file, &unexplained, is_matched);
    let undecided = problem.is_some() && by_label.is_empty();
    found.extend(problem.into_iter().collect());
    for (position, item) in by_label {
        if let Some(asked) = items.iter().position(|asked| *asked == item) {
            roles[position] = Role::Item(asked);
        }
    }
    let columns = Columns { headers, roles, items };
    if undecided {
        // What is missing follows from that, and would be listed column by column.
        return columns;
    }
    if who.scores_departments {
        // Other words of a question stand before several departments; before one, all of it is a name.
        reworded.retain(|_, at| {
            let is_shared = at.len() > 1;
            if !is_shared {
                at.drain(..).for_each(|it| strangers.entry(it.name).or_default().push(it.place));
            }
            is_shared
        });
    }
    let meant = strangers.iter().filter_map(|(name, at)| report_stranger(survey, name, at, found)).collect();
    let asked_otherwise: Vec<Item> = reworded.values().flatten().map(|column| column.item).collect();
    for ((question, wording), at) in &reworded {
        found.push(report_reworded(survey, wave, *question, wording, at));
    }
    missing(survey, (wave, audience), file, &columns, (&meant, &asked_otherwise), found);
    columns
}

/// What the names of a column ask about: the first of them that asks about anything.
fn asked(wordings: &Wordings, who: &Audience, names: &ColumnNames) -> Heading {
    let mut headings = names.names.iter().take(names.asked).map(|name| heading(wordings, who, name));
    let first = headings.next().unwrap_or(Heading::Other);
    match first {
        Heading::Item(_) => first,
        other => headings.find(|heading| matches!(heading, Heading::Item(_))).unwrap_or(other),
    }
}

/// Who a respondent is, is never read.
fn personal(place: Place) -> Diagnostic {
    Diagnostic::error("personal", place, "the definition uses a column with names or addresses of people")
        .expected("columns that do not say who somebody is")
        .advice(
            "take it out of survey.toml; if it holds something else, give it another header in the export",
        )
}

fn is_single(role: Role) -> bool {
    !matches!(role, Role::Sign | Role::Ignored | Role::Unknown)
}

/// The roles of columns that say something about the respondent, by their folded headers. Of several that a
/// definition gives to one header the first counts.
fn attributes(audience: &Audience, wave: usize) -> HashMap<String, Role> {
    let ids = [
        (&audience.respondent, Role::Respondent),
        (&audience.link, Role::Link),
        (&audience.submitted, Role::Submitted),
    ];
    let breakdowns = audience.breakdowns.iter().enumerate().filter(|(_, by)| by.asked.in_wave(wave));
    let breakdowns = breakdowns.map(|(position, by)| (&by.columns, Role::Breakdown(position)));
    let signs = [&audience.finished, &audience.tests].into_iter().flatten();
    let signs = signs.filter(|sign| sign.asked.in_wave(wave)).map(|sign| (&sign.columns, Role::Sign));
    let mut attributes = HashMap::new();
    for (names, role) in ids.into_iter().chain(breakdowns).chain(signs) {
        names.iter().for_each(|name| {
            attributes.entry(fold(name)).or_insert(role);
        });
    }
    attributes
}

fn not_asked(survey: &Survey, wave: usize, item: Item, place: Place) -> Diagnostic {
    let label = &survey.waves[wave].label;
    Diagnostic::error("not-asked", place, format!("the definition says that this was not asked in {label}"))
        .found(expected_header(survey, wave, item))
        .advice(format!("add \"{label}\" to its `waves` in survey.toml, or ignore the column"))
}
