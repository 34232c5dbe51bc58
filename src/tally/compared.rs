//! Two waves of an audience over the items whose answers can be held against each other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Answered, Cell, Counted, Counts, Department, Entry, Group, LinkedMoments, Question, Tally, Units,
};
use crate::survey::Item;

/// What two waves of an audience hold of the items that they have in common.
#[derive(Clone, Debug)]
pub struct Compared {
    pub audience: usize,
    /// The earlier wave.
    pub from: usize,
    /// The later wave.
    pub to: usize,
    tally: Arc<Tally>,
    linked: Option<Linked>,
}

/// Sums over those who answered in both waves, per group and domain: of scores, and of "no contact".
#[derive(Clone, Debug)]
struct Linked(BTreeMap<(Department, Question, Group), LinkedSums>);

/// Sums over those who gave a score in both waves, and over those who gave one or said "no contact".
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LinkedSums {
    pub scores: LinkedMoments,
    pub no_contact: LinkedMoments,
}

/// Every pair of the run's waves, per audience.
pub fn compared(counted: &Counted<'_>) -> Vec<Compared> {
    let mut pairs = Vec::new();
    for audience in 0..counted.survey.audiences.len() {
        for (position, &from) in counted.waves.iter().enumerate() {
            for &to in &counted.waves[position + 1..] {
                pairs.push((audience, from, to));
            }
        }
    }
    pairs.into_par_iter().map(|(audience, from, to)| Compared::of(counted, audience, from, to)).collect()
}

impl Compared {
    fn of(counted: &Counted<'_>, audience: usize, from: usize, to: usize) -> Compared {
        let (survey, waves) = (counted.survey, [from, to]);
        let items = survey.compared_items(audience, from, to);
        let in_both = |item: Item| items.contains(&item);
        let sums = waves.map(|wave| counted.sums(wave, audience));
        // What was counted already serves unless something was asked in one wave only.
        let is_same = waves.iter().all(|wave| survey.items(*wave, audience) == items);
        let units = waves.map(|wave| match is_same {
            true => counted.units(wave, audience).map(Cow::Borrowed),
            false => counted
                .responses(wave, audience)
                .map(|responses| Cow::Owned(Units::of(survey, responses, in_both))),
        });
        let tally = match is_same {
            true => Arc::clone(&counted.tally),
            false => {
                let [earlier, later] = sums;
                let earlier = earlier.into_iter().flat_map(|sums| sums.entries(Some(to)));
                let later = later.into_iter().flat_map(|sums| sums.entries(Some(from)));
                let units = units.iter().flatten().map(|units| &**units);
                Arc::new(Tally::of(survey, &waves, units).with(earlier.chain(later)))
            }
        };
        let linked = match (&units, sums) {
            ([Some(earlier), Some(later)], _) => linked(earlier, later),
            (_, [Some(earlier), Some(later)]) => {
                (earlier.has_links() && later.has_links()).then(|| Linked(later.linked(from)))
            }
            // Who is known by sums only cannot be found among forms.
            _ => None,
        };
        Compared { audience, from, to, tally, linked }
    }

    /// What a cell of either wave holds of the items in common.
    pub fn entry(&self, cell: &Cell) -> Entry {
        self.tally.get(cell).copied().unwrap_or_default()
    }

    /// The cells of both waves, as those of the later one.
    pub fn cells(&self) -> BTreeSet<Cell> {
        let is_wanted =
            |cell: &&Cell| cell.audience == self.audience && [self.from, self.to].contains(&cell.wave);
        self.tally.iter().map(|(cell, _)| cell).filter(is_wanted).map(|cell| cell.in_wave(self.to)).collect()
    }

    /// Whether respondents of both waves can be found again.
    pub fn is_linked(&self) -> bool {
        self.linked.is_some()
    }

    /// Sums over those who gave a score to a cell in both waves; `None` where nobody is linked.
    pub fn scores(&self, cell: &Cell) -> Option<LinkedMoments> {
        self.linked.as_ref().map(|linked| linked.get(cell).scores)
    }

    /// Sums over those who gave a score or said "no contact" in both waves, the latter as what is summed;
    /// `None` where nobody is linked.
    pub fn no_contact(&self, cell: &Cell) -> Option<LinkedMoments> {
        self.linked.as_ref().map(|linked| linked.get(cell).no_contact)
    }
}

impl Linked {
    fn get(&self, cell: &Cell) -> LinkedSums {
        self.0.get(&(cell.department, cell.question, cell.group)).copied().unwrap_or_default()
    }
}

/// `None` where either wave has no links.
fn linked(earlier: &Units, later: &Units) -> Option<Linked> {
    if !(earlier.has_links() && later.has_links()) {
        return None;
    }
    let by_link = later.units.iter().filter_map(|unit| Some((unit.link.as_deref()?, unit)));
    let by_link: BTreeMap<&str, _> = by_link.collect();
    let mut linked: BTreeMap<Group, Vec<LinkedSums>> = BTreeMap::new();
    for unit in &earlier.units {
        let Some(again) = unit.link.as_deref().and_then(|link| by_link.get(link)) else { continue };
        for (group, before) in &unit.answered {
            let Some(after) = again.answered.get(group) else { continue };
            let none = || vec![LinkedSums::default(); later.domains.len()];
            let sums = linked.entry(*group).or_insert_with(none);
            for ((sums, before), after) in sums.iter_mut().zip(before.iter()).zip(after.iter()) {
                sums.scores.add(scores(before), scores(after));
                sums.no_contact.add(no_contact(before), no_contact(after));
            }
        }
    }
    let by_figure = linked.into_iter().flat_map(|(group, sums)| {
        let domains = later.domains.iter().zip(sums);
        domains.map(move |(&(department, question), sums)| ((department, question, group), sums))
    });
    Some(Linked(by_figure.collect()))
}

fn scores(counts: &Counts) -> Answered {
    (counts.answers(), counts.sum())
}

/// Scores and "no contact", and how many of them are "no contact".
fn no_contact(counts: &Counts) -> Answered {
    (counts.answers() + counts.no_contact, counts.no_contact)
}
