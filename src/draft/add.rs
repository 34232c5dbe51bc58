//! What a new wave adds to a definition that is there: the wave, other names, what is gone.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::Drafted;
use super::edit::{nth, push, push_inline, table, tables};
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
    for (id, found) in &draft.audiences {
        let audience = adding.audience(id)?;
        adding.respondents(audience, found);
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
struct Known<'k> {
    what: &'k str,
    label: &'k str,
    names: Vec<&'k str>,
    asked: &'k Asked,
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
    fn new_waves(&self) -> Vec<String> {
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

    fn breakdowns(&mut self, audience: usize, found: &model::Audience) {
        let who = &self.survey.audiences[audience];
        let new = self.new_waves();
        let mut met = vec![false; who.breakdowns.len()];
        for by in &found.breakdowns {
            let headers: Vec<&str> = std::iter::once(by.named.label.as_str())
                .chain(by.named.aliases.iter().map(|(it, _)| it.as_str()))
                .collect();
            let known = who.breakdowns.iter().position(|it| {
                let columns = || it.columns.iter().map(String::as_str);
                headers.iter().any(|header| knows(columns(), header))
            });
            let shares = |it: &crate::survey::Breakdown| {
                let same = |group: &&model::Named| {
                    it.groups.iter().any(|known| known.all().any(|name| alike(name, &group.label)))
                };
                by.groups.iter().filter(same).count() * 2 > by.groups.len()
            };
            let position =
                known.or_else(|| (0..met.len()).find(|at| !met[*at] && shares(&who.breakdowns[*at])));
            let Some(at) = position else {
                self.notes.push(format!(
                    "{}: \"{}\" looks like a breakdown that the definition does not have",
                    who.id, by.named.label
                ));
                continue;
            };
            met[at] = true;
            let definition = &who.breakdowns[at];
            let Some(table) = nth(table(&mut self.document, &["audience", &who.id]), "breakdown", at) else {
                continue;
            };
            for header in
                headers.iter().filter(|it| !knows(definition.columns.iter().map(String::as_str), it))
            {
                push(table, "columns", (*header).into());
                self.notes.push(format!("{}: \"{header}\" is taken as {}; sure?", who.id, definition.label));
            }
            for group in &by.groups {
                let text = &group.label;
                if definition.groups.iter().any(|known| known.means(text)) {
                    continue;
                }
                let near =
                    definition.groups.iter().position(|known| known.all().any(|name| alike(name, text)));
                match near {
                    Some(near) => {
                        if let Some(group) = table
                            .get_mut("groups")
                            .and_then(Item::as_array_mut)
                            .and_then(|it| it.get_mut(near))
                            .and_then(Value::as_inline_table_mut)
                        {
                            push_inline(group, text);
                            self.notes.push(format!(
                                "{}: \"{text}\" is taken as {}; sure?",
                                definition.label, definition.groups[near].label
                            ));
                        }
                    }
                    None => {
                        let taken = definition.groups.iter().map(|it| it.id.clone()).collect();
                        let mut group = InlineTable::new();
                        group.insert("id", free_id(text, &taken).into());
                        group.insert("label", text.as_str().into());
                        push(table, "groups", Value::InlineTable(group));
                        self.notes.push(format!("{}: a new group, \"{text}\"", definition.label));
                    }
                }
            }
        }
        for (at, by) in who.breakdowns.iter().enumerate().filter(|(at, _)| !met[*at]) {
            let Some(table) = nth(table(&mut self.document, &["audience", &who.id]), "breakdown", at) else {
                continue;
            };
            let known = Known { what: "breakdown", label: &by.label, names: Vec::new(), asked: &by.asked };
            only_before(table, self.survey, &known, &new, &mut self.notes);
        }
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
        let is_whole =
            |it: &&model::Named| survey.whole.as_ref().is_some_and(|whole: &Names| whole.means(&it.label));
        let found: Vec<&model::Named> =
            self.draft.departments.iter().chain(&self.draft.whole).filter(|it| !is_whole(it)).collect();
        self.named("department", &known, &found, "label");
    }

    /// Questions or departments: other names, new ones, and those that are gone.
    fn named(&mut self, key: &str, known: &[Known<'_>], found: &[&model::Named], text_key: &str) {
        let new = self.new_waves();
        let exact: Vec<Option<usize>> = found
            .iter()
            .map(|it| known.iter().position(|one| knows(one.names.iter().copied(), &it.label)))
            .collect();
        let mut met: Vec<bool> = (0..known.len()).map(|at| exact.contains(&Some(at))).collect();
        for (one, exact) in found.iter().zip(exact) {
            let near = || {
                (0..known.len())
                    .find(|at| !met[*at] && known[*at].names.iter().any(|name| alike(name, &one.label)))
            };
            let Some(tables) = tables(&mut self.document, key) else { continue };
            match (exact, exact.is_none().then(near).flatten()) {
                (Some(_), _) => {}
                (None, Some(at)) => {
                    met[at] = true;
                    if let Some(table) = tables.get_mut(at) {
                        push(table, "aliases", one.label.as_str().into());
                    }
                    self.notes.push(format!("\"{}\" is taken as {}; sure?", one.label, known[at].label));
                }
                (None, None) => {
                    let taken =
                        known.iter().flat_map(|it| &it.names).map(|name| (*name).to_owned()).collect();
                    let mut table = Table::new();
                    table.insert("id", toml_edit::value(free_id(&one.label, &taken)));
                    table.insert(text_key, toml_edit::value(one.label.as_str()));
                    table.insert("waves", toml_edit::value(new.iter().collect::<Array>()));
                    table.decor_mut().set_prefix("\n# DECIDE: new; or another name of one above?\n");
                    tables.push(table);
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
fn only_before(
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

fn knows<'n>(mut names: impl Iterator<Item = &'n str>, text: &str) -> bool {
    names.any(|name| fold(name) == fold(text))
}
