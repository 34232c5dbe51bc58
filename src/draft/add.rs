//! What a new wave adds to a definition that is there: the wave, other names, what is gone.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, DocumentMut, Table};

use super::Drafted;
use super::edit::{push, table, tables};
use super::export::slug;
use super::model::{self, Draft, free_id};
use super::wording::alike;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::{Asked, DEFINITION, Names, Survey, fold};

/// The definition with what the new files bring.
pub(super) fn add(definition: &str, survey: &Survey, draft: &Draft) -> Result<Drafted, Diagnostics> {
    let document: DocumentMut =
        definition.trim_start_matches('\u{feff}').parse().map_err(|error: toml_edit::TomlError| {
            [Diagnostic::error("syntax", Place::file(DEFINITION), error.message())]
                .into_iter()
                .collect::<Diagnostics>()
        })?;
    let mut adding = Adding { survey, draft, document, notes: Vec::new() };
    // Files of several names may be of one audience.
    let mut audiences: BTreeMap<usize, model::Audience> = BTreeMap::new();
    for (id, found) in &draft.audiences {
        audiences.entry(adding.audience(id)?).or_default().join(found);
    }
    for (audience, found) in &audiences {
        adding.respondents(*audience, found);
    }
    adding.questions();
    adding.departments();
    adding.ignore();
    for (label, wave) in &draft.waves {
        adding.wave(label, wave)?;
    }
    let mut text = adding.document.to_string();
    if definition.contains("\r\n") {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    // What was sound has to be sound still.
    crate::survey::read(text.as_bytes())?;
    if adding.notes.is_empty() {
        adding.notes.push("nothing to add: the definition knows these files".to_owned());
    }
    Ok(Drafted { text, notes: adding.notes })
}

pub(super) struct Adding<'a> {
    pub survey: &'a Survey,
    draft: &'a Draft,
    pub document: DocumentMut,
    pub notes: Vec<String>,
}

/// Something of the definition that has a name, as it stands there.
pub(super) struct Known<'k> {
    pub what: &'k str,
    pub label: &'k str,
    pub names: Vec<&'k str>,
    pub asked: &'k Asked,
}

impl Known<'_> {
    fn is_called(&self, text: &str) -> bool {
        knows(self.names.iter().copied(), text)
    }
}

impl Adding<'_> {
    /// The audience that a file is of, by the file's name.
    pub(super) fn audience(&self, stem: &str) -> Result<usize, Diagnostics> {
        let audiences = &self.survey.audiences;
        let exact = audiences.iter().position(|it| it.id == stem);
        let within = || audiences.iter().position(|it| stem.contains(&it.id) || slug(&it.label) == stem);
        exact.or_else(within).ok_or_else(|| {
            let ids: Vec<&str> = audiences.iter().map(|it| it.id.as_str()).collect();
            let message = format!("no audience of the definition fits a file called \"{stem}\"");
            let problem = Diagnostic::error("audience", Place::file(DEFINITION), message)
                .expected(format!("a file named after one: {}", ids.join(", ")))
                .advice("give the export that name, or add the audience to survey.toml");
            [problem].into_iter().collect()
        })
    }

    /// The waves of the new files that the definition does not have.
    pub(super) fn new_waves(&self) -> Vec<String> {
        let is_new = |label: &&String| !self.survey.waves.iter().any(|wave| wave.label == **label);
        self.draft.waves.keys().filter(is_new).cloned().collect()
    }

    fn respondents(&mut self, audience: usize, found: &model::Audience) {
        let who = &self.survey.audiences[audience];
        let Some(table) = table(&mut self.document, &["audience", &who.id]) else { return };
        let headers = [
            ("respondent", &who.respondent, &found.respondent),
            ("submitted", &who.submitted, &found.submitted),
        ];
        for (key, known, found) in headers {
            for header in
                found.iter().filter(|it| !known.is_empty() && !knows(known.iter().map(String::as_str), it))
            {
                push(table, key, header.as_str().into());
                self.notes.push(format!("{}: another header in `{key}`: \"{header}\"", who.id));
            }
        }
        self.breakdowns(audience, found);
    }

    fn questions(&mut self) {
        let survey = self.survey;
        let known: Vec<Known<'_>> = survey
            .questions
            .iter()
            .map(|it| {
                let names = [it.text.as_str(), it.id.as_str()]
                    .into_iter()
                    .chain(it.aliases.iter().map(String::as_str))
                    .collect();
                Known { what: "question", label: &it.short, names, asked: &it.asked }
            })
            .collect();
        let found: Vec<&model::Named> = self.draft.questions.iter().map(|it| &it.named).collect();
        self.named("question", &known, &found, "text");
    }

    fn departments(&mut self) {
        let survey = self.survey;
        let scored = self.draft.audiences.values().any(|it| it.scores_departments);
        if !scored {
            return;
        }
        let known: Vec<Known<'_>> = survey
            .departments
            .iter()
            .map(|it| Known {
                what: "department",
                label: &it.names.label,
                names: it.names.all().collect(),
                asked: &it.asked,
            })
            .collect();
        let is_whole = |it: &&model::Named| {
            survey.whole.as_ref().is_some_and(|whole: &Names| it.names().any(|name| whole.means(name)))
        };
        let found: Vec<&model::Named> =
            self.draft.departments.iter().chain(&self.draft.whole).filter(|it| !is_whole(it)).collect();
        self.named("department", &known, &found, "label");
    }

    /// Questions or departments: other names, new ones, and those that are gone.
    fn named(&mut self, key: &str, known: &[Known<'_>], found: &[&model::Named], text_key: &str) {
        let new = self.new_waves();
        let exact: Vec<Option<usize>> = found
            .iter()
            .map(|it| known.iter().position(|one| it.names().any(|name| one.is_called(name))))
            .collect();
        let mut met: Vec<bool> = (0..known.len()).map(|at| exact.contains(&Some(at))).collect();
        // What was just added has an id as well.
        let mut taken: BTreeSet<String> =
            known.iter().flat_map(|it| &it.names).map(|name| fold(name)).collect();
        for (one, exact) in found.iter().zip(exact) {
            let near = || {
                (0..known.len())
                    .find(|at| !met[*at] && known[*at].names.iter().any(|name| alike(name, &one.label)))
            };
            let Some(tables) = tables(&mut self.document, key) else { continue };
            match exact.or_else(near) {
                Some(at) => {
                    met[at] = true;
                    let is_new = |name: &&str| !known.iter().any(|known| known.is_called(name));
                    for name in one.names().filter(is_new) {
                        if let Some(table) = tables.get_mut(at) {
                            push(table, "aliases", name.into());
                        }
                        self.notes.push(format!("\"{name}\" is taken as {}; sure?", known[at].label));
                    }
                }
                None => {
                    let id = free_id(&one.label, &taken);
                    let mut table = Table::new();
                    table.insert("id", toml_edit::value(&id));
                    table.insert(text_key, toml_edit::value(one.label.as_str()));
                    for (alias, _) in &one.aliases {
                        push(&mut table, "aliases", alias.as_str().into());
                    }
                    table.insert("waves", toml_edit::value(new.iter().collect::<Array>()));
                    table.decor_mut().set_prefix("\n# DECIDE: new; or another name of one above?\n");
                    tables.push(table);
                    taken.insert(id);
                    self.notes.push(format!("a new {key}, \"{}\"", one.label));
                }
            }
        }
        for (at, one) in known.iter().enumerate() {
            let Some(table) = tables(&mut self.document, key).and_then(|it| it.get_mut(at)) else { continue };
            if !met[at] {
                only_before(table, self.survey, one, &new, &mut self.notes);
            } else if let Asked::In(_) = one.asked {
                new.iter().for_each(|wave| push(table, "waves", wave.as_str().into()));
            }
        }
    }

    fn ignore(&mut self) {
        for header in self.draft.ignore.iter().filter(|it| !self.survey.ignore.contains(&fold(it))) {
            push(self.document.as_table_mut(), "ignore", header.as_str().into());
            self.notes.push(format!("not used: \"{header}\""));
        }
    }
}

/// What is gone was asked in the waves until now.
pub(super) fn only_before(
    table: &mut Table,
    survey: &Survey,
    known: &Known<'_>,
    new: &[String],
    notes: &mut Vec<String>,
) {
    if new.is_empty() || *known.asked != Asked::Always {
        return;
    }
    let before: Array = survey.waves.iter().map(|wave| wave.label.as_str()).collect();
    table.insert("waves", toml_edit::value(before));
    notes.push(format!("the {} {} is not in {}", known.what, known.label, new.join(", ")));
}

pub(super) fn knows<'n>(mut names: impl Iterator<Item = &'n str>, text: &str) -> bool {
    names.any(|name| fold(name) == fold(text))
}
