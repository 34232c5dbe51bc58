//! What a new wave brings to the breakdowns of a definition: other headers, other names of groups, new
//! groups.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, InlineTable, Item, Table, Value};

use super::add::{Adding, Known, knows, only_before};
use super::edit::{nth, push, push_inline, table};
use super::model::{self, free_id};
use super::wording::alike;
use crate::survey::{Breakdown, Names, fold};

impl Adding<'_> {
    pub(super) fn breakdowns(&mut self, audience: usize, found: &model::Audience) {
        let who = &self.survey.audiences[audience];
        let new = self.new_waves();
        let has = |it: &Breakdown, header: &str| knows(it.columns.iter().map(String::as_str), header);
        let known = |by: &model::Breakdown| {
            who.breakdowns.iter().position(|it| by.named.names().any(|header| has(it, header)))
        };
        let known: Vec<Option<usize>> = found.breakdowns.iter().map(known).collect();
        // What a header names is no other's by its groups.
        let is_named = |at: &usize| known.contains(&Some(*at));
        let mut met: BTreeMap<usize, model::Breakdown> = BTreeMap::new();
        for (by, known) in found.breakdowns.iter().zip(&known) {
            let shares = |it: &Breakdown| {
                let same = |group: &&model::Named| {
                    it.groups.iter().any(|known| known.all().any(|name| alike(name, &group.label)))
                };
                by.groups.iter().filter(same).count() * 2 > by.groups.len()
            };
            let is_free = |at: &usize| !is_named(at) && !met.contains_key(at);
            let near = || (0..who.breakdowns.len()).find(|at| is_free(at) && shares(&who.breakdowns[*at]));
            match known.or_else(near) {
                Some(at) => met.entry(at).or_default().join(by),
                None => self.notes.push(format!(
                    "{}: \"{}\" looks like a breakdown that the definition does not have",
                    who.id, by.named.label
                )),
            }
        }
        for (at, definition) in who.breakdowns.iter().enumerate() {
            let Some(table) = nth(table(&mut self.document, &["audience", &who.id]), "breakdown", at) else {
                continue;
            };
            let Some(by) = met.get(&at) else {
                let label = &definition.label;
                let known = Known { what: "breakdown", label, names: Vec::new(), asked: &definition.asked };
                only_before(table, self.survey, &known, &new, &mut self.notes);
                continue;
            };
            for header in by.named.names().filter(|header| !who.breakdowns.iter().any(|it| has(it, header))) {
                push(table, "columns", header.into());
                self.notes.push(format!("{}: \"{header}\" is taken as {}; sure?", who.id, definition.label));
            }
            groups(table, definition, by, &mut self.notes);
        }
    }
}

/// Other names of groups, and groups that the definition does not have. Two groups of the files stay
/// two: a name that is near to that of a group which the files have anyway is another's.
fn groups(table: &mut Table, definition: &Breakdown, found: &model::Breakdown, notes: &mut Vec<String>) {
    let known = &definition.groups;
    let exact = |group: &model::Named| known.iter().position(|it| group.names().any(|name| it.means(name)));
    let exact: Vec<Option<usize>> = found.groups.iter().map(exact).collect();
    let mut met: BTreeSet<usize> = exact.iter().flatten().copied().collect();
    let mut taken: BTreeSet<String> = known.iter().flat_map(Names::all).map(fold).collect();
    for (group, exact) in found.groups.iter().zip(exact) {
        let is_near = |at: &usize| known[*at].all().any(|name| alike(name, &group.label));
        let near = || (0..known.len()).find(|at| !met.contains(at) && is_near(at));
        match exact.or_else(near) {
            Some(at) => {
                met.insert(at);
                for name in group.names().filter(|name| !known.iter().any(|it| it.means(name))) {
                    if let Some(group) = inline(table, at) {
                        push_inline(group, name);
                        notes.push(format!(
                            "{}: \"{name}\" is taken as {}; sure?",
                            definition.label, known[at].label
                        ));
                    }
                }
            }
            None => {
                let id = free_id(&group.label, &taken);
                let mut new = InlineTable::new();
                new.insert("id", id.as_str().into());
                new.insert("label", group.label.as_str().into());
                if !group.aliases.is_empty() {
                    let aliases: Array = group.aliases.iter().map(|(alias, _)| alias.as_str()).collect();
                    new.insert("aliases", Value::Array(aliases));
                }
                push(table, "groups", Value::InlineTable(new));
                // What was just added has an id as well.
                taken.insert(id);
                notes.push(format!("{}: a new group, \"{}\"", definition.label, group.label));
            }
        }
    }
}

/// A group that stands on one line.
fn inline(table: &mut Table, at: usize) -> Option<&mut InlineTable> {
    table.get_mut("groups").and_then(Item::as_array_mut)?.get_mut(at)?.as_inline_table_mut()
}
