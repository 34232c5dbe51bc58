//! Figures of those who answered in both waves: sets of people of their own, whose complements are
//! those who left and those who joined.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::combinations::isolating;
use super::decide::Sheets;
use super::release::ChangeKey;
use super::set::Set;
use super::sheet::PUBLIC_CROSSINGS;
use crate::estimate::{Change, Figures};
use crate::ingest::Responses;
use crate::survey::Survey;
use crate::tally::{Cell, Group};

/// A shown matched change with the people behind it, as units of the later wave.
struct Stayers<'f> {
    change: &'f Change,
    people: Set,
}

/// The shown changes whose matched part must not be shown.
///
/// The sums of this year minus those of last year minus the matched difference are those of who
/// joined minus those of who left; so neither may be a few people. Nor may the stayers of a group
/// differ by a few from those of others.
pub(super) fn withheld(
    survey: &Survey,
    figures: &Figures,
    sheets: &Sheets,
    is_shown: impl Fn(&Change) -> bool + Sync,
) -> BTreeSet<ChangeKey> {
    let mut withheld = BTreeSet::new();
    let mut domains: BTreeMap<_, Vec<Stayers<'_>>> = BTreeMap::new();
    let again = again(&figures.responses);
    let linked = figures.changes.par_iter().filter(|change| change.matched.is_some() && is_shown(change));
    let linked = linked.filter(|change| change.cell.crossings() <= PUBLIC_CROSSINGS);
    let linked: Vec<(&Change, Option<Set>)> =
        linked.map(|change| (&**change, stayers(&again, sheets, change))).collect();
    for (change, people) in linked {
        match people {
            Some(people) => {
                let domain = (change.from_wave, Cell { group: Group::Everyone, ..change.cell });
                domains.entry(domain).or_default().push(Stayers { change, people });
            }
            None => drop(withheld.insert((change.cell, change.from_wave))),
        }
    }
    let dropped = domains.into_par_iter().flat_map_iter(|((from, domain), mut stayers)| {
        let minimum =
            usize::try_from(survey.audiences[domain.audience].minimum_respondents).unwrap_or(usize::MAX);
        let least = std::iter::from_fn(move || {
            let least = few(&stayers, minimum)?;
            Some(stayers.swap_remove(least).change.cell)
        });
        least.map(move |cell| (cell, from))
    });
    withheld.par_extend(dropped);
    withheld
}

/// The position of the smallest figure that together with others isolates a few people.
fn few(stayers: &[Stayers<'_>], minimum: usize) -> Option<usize> {
    let filled: Vec<usize> = (0..stayers.len()).filter(|one| !stayers[*one].people.is_empty()).collect();
    let sets: Vec<&Set> = filled.iter().map(|one| &stayers[*one].people).collect();
    let mut suspects: Vec<usize> =
        isolating(&sets, minimum).into_iter().flatten().map(|at| filled[at]).collect();
    // More groups than four: everyone minus all the shown groups of a breakdown.
    let everyone = stayers.iter().find(|one| one.change.cell.group == Group::Everyone);
    let mut by_breakdown: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, one) in stayers.iter().enumerate() {
        if let Some(breakdown) = one.change.cell.group.breakdown() {
            by_breakdown.entry(breakdown).or_default().push(position);
        }
    }
    for groups in by_breakdown.values() {
        let mut rest = everyone.map(|one| one.people.clone()).unwrap_or_default();
        groups.iter().for_each(|group| rest = rest.without(&stayers[*group].people));
        if (1..minimum).contains(&rest.len()) {
            suspects.extend(groups);
        }
    }
    let is_group = |position: &usize| stayers[*position].change.cell.group != Group::Everyone;
    suspects.into_iter().filter(is_group).min_by_key(|position| (stayers[*position].people.len(), *position))
}

/// Those who answered in both waves, if they are enough and neither those who left nor those who
/// joined are few; `None` otherwise.
fn stayers(again: &Again, sheets: &Sheets, change: &Change) -> Option<Set> {
    let (audience, from, to) = (change.cell.audience, change.from_wave, change.cell.wave);
    let side = |wave: usize, other: usize| {
        let sheet = &sheets.get(&(wave, audience))?.sheet;
        let entry = &sheet.entries[sheet.find(&change.cell.in_wave(wave), Some(other))?];
        Some((&entry.people, sheet.minimum))
    };
    let ((earlier, minimum), (later, _)) = (side(from, to)?, side(to, from)?);
    let mut people = Set::empty(later.words().len() * 64);
    let both = again.get(&(audience, from, to))?.iter();
    let stayed = both.filter(|(before, after)| earlier.contains(*before) && later.contains(*after));
    stayed.for_each(|(_, after)| people.insert(*after));
    let stayed = people.len();
    let (left, joined) = (earlier.len() - stayed, later.len() - stayed);
    let is_few = |people: usize| (1..minimum).contains(&people);
    (stayed >= minimum && !is_few(left) && !is_few(joined)).then_some(people)
}

/// By audience and two waves, the units that are the same in both.
type Again = BTreeMap<(usize, usize, usize), Vec<(usize, usize)>>;

fn again(responses: &[Responses]) -> Again {
    let links: Vec<BTreeMap<usize, &str>> = responses.iter().map(links).collect();
    let mut again = Again::new();
    for (from, before) in responses.iter().zip(&links) {
        let mut by_link: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        before.iter().for_each(|(unit, link)| by_link.entry(*link).or_default().push(*unit));
        for (to, after) in responses.iter().zip(&links) {
            if to.audience == from.audience && to.wave != from.wave {
                let found = after.iter().filter_map(|(unit, link)| Some((unit, by_link.get(link)?)));
                let both = found.flat_map(|(after, found)| found.iter().map(|before| (*before, *after)));
                again.insert((from.audience, from.wave, to.wave), both.collect());
            }
        }
    }
    again
}

/// The link of each unit that has one.
fn links(responses: &Responses) -> BTreeMap<usize, &str> {
    let clusters = responses.clusters().into_iter().zip(&responses.forms);
    clusters.filter_map(|(unit, form)| Some((unit, form.link.as_deref()?))).collect()
}
