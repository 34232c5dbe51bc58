//! How many were invited: everyone, and by group where that is known.

use std::collections::{BTreeMap, BTreeSet};

use super::decode::Decoded;
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Publication, Survey, fold};
use crate::tally::Group;

/// Numbers invited in one wave, by audience and group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    counts: BTreeMap<(usize, Group), u64>,
    /// Who was invited, by their references, of audiences of which there is a list.
    references: BTreeMap<usize, BTreeSet<String>>,
}

impl Population {
    /// Number invited; `None` where it is not known.
    pub fn invited(&self, audience: usize, group: Group) -> Option<u64> {
        self.counts.get(&(audience, group)).copied()
    }

    /// References of everyone invited; `None` where there is no list.
    pub fn references(&self, audience: usize) -> Option<&BTreeSet<String>> {
        self.references.get(&audience)
    }

    /// Adds what a list of everyone invited says of an audience, their references and their numbers;
    /// false where something is known of it already.
    pub fn add(
        &mut self,
        audience: usize,
        references: BTreeSet<String>,
        counts: BTreeMap<Group, u64>,
    ) -> bool {
        let is_new = self.counts.keys().all(|(known, _)| *known != audience);
        if is_new {
            self.counts.extend(counts.into_iter().map(|(group, count)| ((audience, group), count)));
            self.references.insert(audience, references);
        }
        is_new
    }

    /// Nobody was invited of groups that there were not in the wave, where others are counted.
    pub(super) fn without_gone(&mut self, survey: &Survey, wave: usize) {
        for (audience, who) in survey.audiences.iter().enumerate() {
            for (breakdown, by) in who.breakdowns.iter().enumerate() {
                let group = |group: usize| (audience, Group::Of { breakdown, group });
                let is_counted = (0..by.groups.len()).any(|it| self.counts.contains_key(&group(it)));
                let gone = (0..by.groups.len()).filter(|it| is_counted && !by.has_group(*it, wave));
                let gone: Vec<_> = gone.map(group).collect();
                self.counts.extend(gone.into_iter().map(|group| (group, 0)));
            }
        }
    }

    /// The numbers by the groups that are published; one of several groups is known where each is.
    pub(super) fn for_publication(&self, survey: &Survey, publication: &Publication) -> Population {
        let mut sums: BTreeMap<(usize, Group), Option<u64>> = BTreeMap::new();
        for audience in 0..survey.audiences.len() {
            for group in survey.group_cells(audience) {
                if let Some(published) = publication.group(audience, group) {
                    let sum = sums.entry((audience, published)).or_insert(Some(0));
                    *sum = sum.zip(self.invited(audience, group)).map(|(sum, more)| sum + more);
                }
            }
        }
        let counts = sums.into_iter().filter_map(|(at, sum)| Some((at, sum?))).collect();
        Population { counts, references: self.references.clone() }
    }
}

const COLUMNS: [&str; 4] = ["audience", "breakdown", "group", "count"];

/// Reads `audience,breakdown,group,count`; ids, labels and aliases are all understood.
pub(super) fn read_population(
    (survey, wave): (&Survey, usize),
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> Population {
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let positions = COLUMNS.map(|name| header.iter().position(|cell| fold(cell) == name));
    let [Some(audience_at), Some(breakdown_at), Some(group_at), Some(count_at)] = positions else {
        found.push(
            Diagnostic::error("population", Place::line(file, 1), "the population file lacks a column")
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(COLUMNS.join(", ")),
        );
        return Population::default();
    };
    let mut population = Population::default();
    for (line, record) in records {
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let place = |at: usize| {
            Place::cell(
                file,
                line,
                at,
                COLUMNS[[audience_at, breakdown_at, group_at, count_at]
                    .iter()
                    .position(|p| *p == at)
                    .unwrap_or(0)],
            )
        };
        let unknown = |what: &str, at: usize, known: Vec<&str>| {
            Diagnostic::error("population", place(at), format!("survey.toml has no {what} of this name"))
                .found(format!("\"{}\"", cell(at)))
                .nearest(nearest(cell(at), known.iter().copied()))
                .expected(known.join(", "))
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let audiences = &survey.audiences;
        let Some(audience) = audiences.iter().position(|a| is(cell(audience_at), [&a.id, &a.label])) else {
            found.push(unknown("audience", audience_at, audiences.iter().map(|a| a.id.as_str()).collect()));
            continue;
        };
        let group = if fold(cell(breakdown_at)) == "all" {
            Group::Everyone
        } else {
            let breakdowns = &audiences[audience].breakdowns;
            let Some(breakdown) = breakdowns.iter().position(|b| is(cell(breakdown_at), [&b.id, &b.label]))
            else {
                found.push(unknown(
                    "breakdown",
                    breakdown_at,
                    breakdowns.iter().map(|b| b.id.as_str()).collect(),
                ));
                continue;
            };
            let by = &breakdowns[breakdown];
            let Some(group) = by.group_named(cell(group_at), wave) else {
                let known = by.groups_in(wave).map(|group| group.label.as_str()).collect();
                let unknown = unknown("group", group_at, known);
                found.push(match by.not_in_wave(cell(group_at), wave, &survey.waves) {
                    Some(why) => unknown.advice(why),
                    None => unknown,
                });
                continue;
            };
            Group::Of { breakdown, group }
        };
        match cell(count_at).parse::<u64>() {
            Ok(count) if count > 0 => {
                if population.counts.insert((audience, group), count).is_some() {
                    found.push(Diagnostic::error(
                        "population",
                        Place::line(file, line),
                        "this group is counted a second time",
                    ));
                }
            }
            _ => found.push(
                Diagnostic::error("population", place(count_at), "the number invited cannot be read")
                    .found(format!("\"{}\"", cell(count_at)))
                    .expected("a whole number above 0, without separators"),
            ),
        }
    }
    population.without_gone(survey, wave);
    check_sums(survey, file, &population, found);
    population
}

fn is(text: &str, names: [&String; 2]) -> bool {
    names.iter().any(|name| fold(name) == fold(text))
}

/// Groups of a breakdown that are all counted have to add up to everyone.
fn check_sums(survey: &Survey, file: &str, population: &Population, found: &mut Diagnostics) {
    for (audience, definition) in survey.audiences.iter().enumerate() {
        let Some(everyone) = population.invited(audience, Group::Everyone) else { continue };
        for (breakdown, groups) in definition.breakdowns.iter().enumerate() {
            let counts = (0..groups.groups.len())
                .map(|group| population.invited(audience, Group::Of { breakdown, group }));
            if let Some(sum) = counts.sum::<Option<u64>>()
                && sum != everyone
            {
                let message = format!("{} by {} do not add up", definition.label, groups.label);
                found.push(
                    Diagnostic::warning("population", Place::file(file), message)
                        .found(format!("{sum} in the groups"))
                        .expected(format!("{everyone}, the number for everyone")),
                );
            }
        }
    }
}
