//! What can be held against each other in two waves, and what a change of the survey broke.

use std::collections::BTreeSet;

use super::audience::Breakdown;
use super::cells::Item;
use super::model::{Names, Survey};
use super::scale::Scale;
use super::succession::labels_of;
use super::wave::Wave;
use crate::tally::{Cell, Department, Group};

impl Survey {
    /// The scale on which the answers of a wave stand.
    pub fn scale_of(&self, wave: usize) -> &Scale {
        self.waves.get(wave).and_then(|wave| wave.scale.as_ref()).unwrap_or(&self.scale)
    }

    /// Whether it is about how those asked get on with departments, or with each other, rather than
    /// about one audience's own lot.
    pub fn scores_relationships(&self) -> bool {
        self.whole.is_some() || !self.departments.is_empty() || self.audiences.len() > 1
    }

    /// The most scores that the scale of any wave has.
    pub fn most_scores(&self) -> u8 {
        (0..self.waves.len()).map(|wave| self.scale_of(wave).top).fold(self.scale.top, u8::max)
    }

    /// Whether scores of two waves mean the same.
    pub fn has_same_scale(&self, one: usize, other: usize) -> bool {
        self.scale_of(one).measures_as(self.scale_of(other))
    }

    /// The items of an audience whose answers in two waves can be held against each other: asked in
    /// both, in words that ask the same, on the same scale.
    pub fn compared_items(&self, audience: usize, one: usize, other: usize) -> Vec<Item> {
        if !self.has_same_scale(one, other) {
            return Vec::new();
        }
        let theirs: BTreeSet<Item> = self.items(other, audience).into_iter().collect();
        let mut items = self.items(one, audience);
        items.retain(|item| theirs.contains(item) && self.questions[item.question].asks_the_same(one, other));
        items
    }

    /// Whether a cell was asked in two waves and cannot be compared between them, or what it is about
    /// was merged or split between them.
    ///
    /// `compared` are the audience's [`compared_items`](Survey::compared_items) of the two.
    pub fn is_broken(&self, cell: &Cell, from_wave: usize, compared: &[Item]) -> bool {
        let waves = [from_wave, cell.wave];
        let is_compared = || compared.iter().any(|item| item.is_in(cell.department, cell.question));
        let is_asked = |wave: &usize| self.is_asked(&cell.in_wave(*wave));
        self.is_divided(cell, from_wave) || !is_compared() && waves.iter().all(is_asked)
    }

    /// Whether the department or group of a cell was merged or split between two waves.
    fn is_divided(&self, cell: &Cell, from_wave: usize) -> bool {
        let department = match cell.department {
            Department::One(department) => {
                let id = self.departments[department].names.id.as_str();
                let mut between = self.successions.iter().filter(|it| it.lies_between(from_wave, cell.wave));
                between.any(|succession| succession.divides(std::iter::once(id)))
            }
            Department::Whole | Department::All => false,
        };
        let group = match cell.group {
            Group::Of { breakdown, group } => {
                let by = &self.audiences[cell.audience].breakdowns[breakdown];
                by.is_divided(group, from_wave, cell.wave)
            }
            Group::Everyone | Group::NotStated { .. } => false,
        };
        department || group
    }

    /// Whether there was such a group in a wave.
    pub fn has_group(&self, wave: usize, audience: usize, group: Group) -> bool {
        match group {
            Group::Everyone => true,
            Group::NotStated { breakdown } => {
                self.audiences[audience].breakdowns[breakdown].asked.in_wave(wave)
            }
            Group::Of { breakdown, group } => {
                self.audiences[audience].breakdowns[breakdown].has_group(group, wave)
            }
        }
    }
}

impl Breakdown {
    /// Whether a group exists in a wave in which the breakdown was asked.
    pub fn has_group(&self, group: usize, wave: usize) -> bool {
        let exists = |id: &str| self.successions.iter().all(|succession| succession.keeps(id, wave));
        self.asked.in_wave(wave) && self.members(group).any(exists)
    }

    /// The groups that there were in a wave.
    pub fn groups_in(&self, wave: usize) -> impl Iterator<Item = &Names> {
        self.groups.iter().enumerate().filter(move |(group, _)| self.has_group(*group, wave)).map(|it| it.1)
    }

    /// The group of a wave that a text from its files means.
    pub fn group_named(&self, text: &str, wave: usize) -> Option<usize> {
        let is_it = |(group, names): (usize, &Names)| self.has_group(group, wave) && names.means(text);
        self.groups.iter().enumerate().position(is_it)
    }

    /// Why a text that names a group names none of a wave: it was gone by then, or not there yet.
    pub fn not_in_wave(&self, text: &str, wave: usize, waves: &[Wave]) -> Option<String> {
        let names = self.groups.iter().find(|group| group.means(text))?;
        let succession = self.successions.iter().find(|it| !it.keeps(&names.id, wave))?;
        let (from, to) = (labels_of(&succession.from, &self.groups), labels_of(&succession.to, &self.groups));
        let label = &waves.get(succession.wave)?.label;
        Some(format!("the definition says that from {label} on {to} stood in place of {from}"))
    }

    /// Whether a group is other people in two waves by what was merged or split between them.
    pub fn is_divided(&self, group: usize, one: usize, other: usize) -> bool {
        let mut between = self.successions.iter().filter(|it| it.lies_between(one, other));
        between.any(|succession| succession.divides(self.members(group)))
    }

    /// Whether its groups divide the audience alike in two waves.
    pub fn is_same(&self, one: usize, other: usize) -> bool {
        (0..self.groups.len()).all(|group| !self.is_divided(group, one, other))
    }

    /// The groups of the definition that a group stands for: itself, but where several are published
    /// as one.
    fn members(&self, group: usize) -> impl Iterator<Item = &str> {
        let id = &self.groups[group].id;
        let combined = self.combined.get(id).into_iter().flatten();
        let alone = std::iter::once(id).filter(|id| !self.combined.contains_key(*id));
        combined.chain(alone).map(String::as_str)
    }
}
