//! The audiences of a definition: their columns, breakdowns and groups.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::audience::{Audience, Breakdown, Combination, Sign};
use super::check::{Check, inner};
use super::definition::{AudienceEntry, SignEntry};
use super::fold;
use super::model::Names;

impl Check<'_> {
    pub(super) fn audience(
        &mut self,
        id: &Spanned<String>,
        entry: AudienceEntry,
        minimum: u64,
        waves: &[String],
    ) -> Audience {
        self.distinct("breakdown id", entry.breakdowns.iter().map(|breakdown| &breakdown.id));
        self.distinct("column", entry.breakdowns.iter().flat_map(|breakdown| &breakdown.columns));
        let breakdowns = entry.breakdowns.into_iter().map(|breakdown| {
            if breakdown.columns.is_empty() {
                let message = format!("the breakdown `{}` names no column", breakdown.id.get_ref());
                self.error(breakdown.id.span(), &message, "columns = [\"header in the export\"]");
            }
            self.distinct("group id", breakdown.groups.iter().map(|group| &group.id));
            let names =
                breakdown.groups.iter().flat_map(|group| std::iter::once(&group.label).chain(&group.aliases));
            self.distinct("group name", names);
            let groups = breakdown.groups.into_iter().map(|group| Names {
                id: self.id(&group.id),
                label: group.label.into_inner(),
                aliases: inner(group.aliases),
            });
            let groups: Vec<Names> = groups.collect();
            Breakdown {
                combine: self.combinations(breakdown.combine, &groups),
                combined: BTreeMap::new(),
                successions: Vec::new(),
                groups,
                asked: self.asked(breakdown.waves, waves),
                publish: breakdown.publish.unwrap_or(true),
                id: self.id(&breakdown.id),
                label: breakdown.label.into_inner(),
                columns: inner(breakdown.columns),
            }
        });
        Audience {
            breakdowns: breakdowns.collect(),
            id: self.id(id),
            label: entry.label.into_inner(),
            respondent: entry.respondent,
            link: entry.link,
            submitted: entry.submitted,
            finished: entry.finished.map(|sign| self.sign(sign, waves)),
            tests: entry.tests.map(|sign| {
                if sign.values.is_empty() {
                    let expected = "values = [\"Preview\", \"Test\"]";
                    self.error(sign.column.span(), "nothing says which value marks a test", expected);
                }
                self.sign(sign, waves)
            }),
            scores_departments: entry.departments,
            minimum_respondents: minimum,
        }
    }

    /// Lists of groups of a breakdown, each group in one at most, that go under a name of their own.
    fn combinations(
        &mut self,
        typed: Vec<Spanned<Vec<Spanned<String>>>>,
        groups: &[Names],
    ) -> Vec<Combination> {
        let known: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
        let mut taken = BTreeSet::new();
        let mut combinations: Vec<Combination> = Vec::new();
        for list in typed {
            let at = list.span();
            let mut members = BTreeSet::new();
            let (listed, errors) = (list.into_inner(), self.found.iter().count());
            for text in listed {
                match groups.iter().position(|group| group.means(text.get_ref())) {
                    None => self.unknown("group", text.get_ref(), text.span(), &known),
                    Some(group) if !taken.insert(group) => {
                        let message = format!("the group \"{}\" is combined a second time", text.get_ref());
                        self.error(text.span(), &message, "every group once");
                    }
                    Some(group) => drop(members.insert(group)),
                }
            }
            if self.found.iter().count() > errors {
                continue;
            }
            if members.len() < 2 || members.len() == groups.len() {
                self.error(
                    at,
                    "groups are combined two or more at a time, and not all of them",
                    "combine = [[\"south\", \"west\"]]; publish = false keeps a whole breakdown back",
                );
                continue;
            }
            let combination = Combination::of(groups, members);
            let Names { id, label, .. } = &combination.names;
            let clashes = |names: &Names| names.means(id) || names.means(label);
            if groups.iter().any(clashes) || combinations.iter().any(|other| clashes(&other.names)) {
                let message =
                    format!("combined, these groups are called \"{label}\" (`{id}`), as another is");
                self.error(at, &message, "another label or id for that group");
            }
            combinations.push(combination);
        }
        combinations
    }

    fn sign(&mut self, entry: SignEntry, waves: &[String]) -> Sign {
        let at = entry.column.span();
        let columns = entry.column.into_inner().into_list();
        if columns.is_empty() {
            self.error(at, "this names no column", "column = \"Status\"");
        }
        let values = entry.values.iter().map(|value| fold(value)).collect();
        Sign { columns, values, asked: self.asked(entry.waves, waves) }
    }
}
