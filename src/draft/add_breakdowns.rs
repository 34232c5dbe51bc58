//! What a new wave brings to the breakdowns of a definition: other headers, other names of groups, new
//! groups.

use std::collections::BTreeSet;

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
        let mut met: Vec<bool> = (0..who.breakdowns.len()).map(|at| known.contains(&Some(at))).collect();
        for (by, known) in found.breakdowns.iter().zip(known) {
            let shares = |it: &Breakdown| {
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
            for header in by.named.names().filter(|header| !who.breakdowns.iter().any(|it| has(it, header))) {
                push(table, "columns", header.into());
                self.notes.push(format!("{}: \"{header}\" is taken as {}; sure?", who.id, definition.label));
            }
            groups(table, definition, by, &mut self.notes);
        }
        for (at, by) in who.breakdowns.iter().enumerate().filter(|(at, _)| !met[*at]) {
            let Some(table) = nth(table(&mut self.document, &["audience", &who.id]), "breakdown", at) else {
                continue;
            };
            let known = Known { what: "breakdown", label: &by.label, names: Vec::new(), asked: &by.asked };
            only_before(table, self.survey, &known, &new, &mut self.notes);
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
