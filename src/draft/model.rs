//! A definition in the making.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::export::slug;
use super::people::Dates;
use super::scale::FoundScale;
use super::wording::alike;
use crate::survey::fold;

/// Something with a name: a question, department or group, and the waves in which it was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub id: String,
    pub label: String,
    /// Other names, each with the wave in which it was found.
    pub aliases: Vec<(String, String)>,
    pub waves: BTreeSet<String>,
}

impl Named {
    /// The label, then other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.label.as_str()).chain(self.aliases.iter().map(|(alias, _)| alias.as_str()))
    }

    pub fn means(&self, folded: &str) -> bool {
        self.names().any(|it| fold(it) == folded)
    }

    /// Takes on the names of another that is the same thing.
    fn join(&mut self, other: &Named) {
        if self.label.is_empty() {
            self.clone_from(other);
            return;
        }
        let wave = other.waves.first().cloned().unwrap_or_default();
        for name in other.names() {
            if !self.means(&fold(name)) {
                self.aliases.push((name.to_owned(), wave.clone()));
            }
        }
        self.waves.extend(other.waves.iter().cloned());
    }
}

/// Finds what a text names, adds another name for it, or adds it.
pub(super) fn meet<'n>(all: &'n mut Vec<Named>, text: &str, wave: &str) -> &'n mut Named {
    let folded = fold(text);
    let exact = all.iter().position(|it| it.means(&folded));
    let near = || all.iter().position(|it| !it.waves.contains(wave) && alike(&it.label, text));
    let at = match exact.or_else(near) {
        Some(at) => at,
        None => {
            let taken: BTreeSet<String> = all.iter().map(|it| it.id.clone()).collect();
            all.push(Named { id: free_id(text, &taken), label: text.to_owned(), ..Named::default() });
            all.len() - 1
        }
    };
    let one = &mut all[at];
    if !one.means(&folded) {
        one.aliases.push((text.to_owned(), wave.to_owned()));
    }
    one.waves.insert(wave.to_owned());
    one
}

/// An id that nothing else has, and that has no meaning of its own.
pub(super) fn free_id(text: &str, taken: &BTreeSet<String>) -> String {
    // A remark in brackets is no part of an id.
    let base = match slug(text.split(" (").next().unwrap_or(text)) {
        plain if plain.is_empty() => "item".to_owned(),
        plain if ["all", "whole", "rest", "not-stated"].contains(&plain.as_str()) => format!("{plain}-1"),
        plain => plain,
    };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base)
}

/// A question with how it was recognised.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    pub named: Named,
    pub short: Option<String>,
    pub element: Option<String>,
    /// How sure the match with a standard question is, for people.
    pub note: String,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Breakdown {
    pub named: Named,
    pub groups: Vec<Named>,
}

impl Breakdown {
    /// Takes on the headers and the groups of another that is the same.
    pub fn join(&mut self, other: &Breakdown) {
        self.named.join(&other.named);
        for group in &other.groups {
            let is_it = |it: &&mut Named| group.names().any(|name| it.means(&fold(name)));
            match self.groups.iter_mut().find(is_it) {
                Some(known) => known.join(group),
                None => self.groups.push(group.clone()),
            }
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Audience {
    pub respondent: Vec<String>,
    pub link: Vec<String>,
    pub submitted: Vec<String>,
    pub scores_departments: bool,
    pub breakdowns: Vec<Breakdown>,
}

impl Audience {
    /// Takes on what other files hold of the same respondents.
    pub fn join(&mut self, other: &Audience) {
        for (mine, theirs) in [
            (&mut self.respondent, &other.respondent),
            (&mut self.link, &other.link),
            (&mut self.submitted, &other.submitted),
        ] {
            theirs.iter().for_each(|name| add_name(mine, name));
        }
        self.scores_departments |= other.scores_departments;
        for by in &other.breakdowns {
            let is_it = |it: &&mut Breakdown| by.named.names().any(|name| it.named.means(&fold(name)));
            match self.breakdowns.iter_mut().find(is_it) {
                Some(known) => known.join(by),
                None => self.breakdowns.push(by.clone()),
            }
        }
    }
}

/// Adds a header that is not there yet.
pub(super) fn add_name(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| fold(known) == fold(name)) {
        names.push(name.to_owned());
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Wave {
    /// Per audience: its files, each with its platform.
    pub files: IndexMap<String, Vec<(String, &'static str)>>,
    pub dates: Vec<Dates>,
    /// Columns carry departments only.
    pub by_order: bool,
}

#[derive(Debug, Default)]
pub(super) struct Draft {
    pub scale: FoundScale,
    pub questions: Vec<Question>,
    pub whole: Option<Named>,
    pub departments: Vec<Named>,
    pub audiences: IndexMap<String, Audience>,
    pub waves: IndexMap<String, Wave>,
    pub ignore: Vec<String>,
}
