//! How often each answer was given, per cell; and the integer sums that every estimate needs.

mod cell;
mod cells;
mod compared;
mod counts;
mod moments;
mod pairs;
mod patterns;
mod streamed;
mod sums;
mod themes;
mod units;

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

use rayon::prelude::*;

use crate::ingest::{EarlierRelease, Input, OtherCouncil, Population, PublishedRow, Responses};
use crate::survey::Survey;

pub use cell::{Cell, Department, Group, Question};
pub use cells::Cells;
pub use compared::{Compared, compared};
pub use counts::{Counts, MAX_SCORE};
pub use moments::{CrossMoments, LinkedMoments, Moments};
pub use pairs::{Against, Pair, department_pairs};
pub use patterns::{Blanks, Patterns};
pub use streamed::{count_files, read};
pub use sums::Sums;
pub use themes::Themes;
pub use units::{Answered, Unit, Units, fed_by};

/// Everything that was counted, beside what it was counted from.
#[derive(Debug)]
pub struct Counted<'a> {
    pub survey: &'a Survey,
    /// The waves of this run, in the order of the definition.
    pub waves: &'a [usize],
    pub responses: &'a [Responses],
    /// Per wave of the definition.
    pub populations: &'a [Population],
    /// What people named, per wave and audience.
    pub themes: Vec<Themes>,
    /// Averages as they were printed before.
    pub as_published: &'a [PublishedRow],
    /// What other councils shared.
    pub councils: &'a [OtherCouncil],
    /// What is already out of these waves.
    pub released: &'a [EarlierRelease],
    /// One per entry of `responses`.
    pub units: Vec<Units>,
    /// In the place of units, where sums were added up elsewhere.
    pub sums: Vec<Arc<Sums>>,
    pub tally: Arc<Tally>,
    /// One per entry of `responses`.
    pub patterns: Vec<Patterns>,
}

/// Counts what the audiences answered.
pub fn count<'a>(survey: &'a Survey, waves: &'a [usize], input: &'a Input) -> Counted<'a> {
    let units: Vec<Units> = input.responses.par_iter().map(|one| Units::of(survey, one, |_| true)).collect();
    let sums: Vec<Arc<Sums>> = input.sums.iter().map(|one| Arc::new(Sums::of(survey, one))).collect();
    let (tally, patterns) = rayon::join(
        || Arc::new(Tally::of(survey, waves, &units).with(sums.iter().flat_map(|it| it.entries(None)))),
        || input.responses.par_iter().map(Patterns::of).collect(),
    );
    let Input { responses, populations, published: as_published, councils, released, .. } = input;
    let themes = themes::themes(&input.themes);
    Counted {
        survey,
        waves,
        responses,
        populations,
        themes,
        as_published,
        councils,
        released,
        units,
        sums,
        tally,
        patterns,
    }
}

impl Counted<'_> {
    /// The answers of an audience in a wave; `None` where it was not asked.
    pub fn responses(&self, wave: usize, audience: usize) -> Option<&Responses> {
        self.responses.iter().find(|one| one.wave == wave && one.audience == audience)
    }

    /// The sampling units of an audience in a wave; `None` where it was not asked.
    pub fn units(&self, wave: usize, audience: usize) -> Option<&Units> {
        self.units.iter().find(|one| one.wave == wave && one.audience == audience)
    }

    /// The sums of an audience in a wave; `None` where they were not added up elsewhere.
    pub fn sums(&self, wave: usize, audience: usize) -> Option<&Sums> {
        self.sums.iter().find(|one| one.wave == wave && one.audience == audience).map(|one| &**one)
    }

    /// Whether an audience was asked in a wave.
    pub fn has_answers(&self, wave: usize, audience: usize) -> bool {
        self.responses(wave, audience).is_some() || self.sums(wave, audience).is_some()
    }

    /// How many sampling units an audience has in a wave.
    pub fn size(&self, wave: usize, audience: usize) -> u64 {
        let units = self.units(wave, audience).map(|units| units.units.len() as u64);
        units.or(self.sums(wave, audience).map(|sums| sums.units)).unwrap_or_default()
    }

    /// What an audience said of its departments, two at a time; nothing where it was not asked.
    pub fn pairs(&self, wave: usize, audience: usize, question: Question) -> Vec<Pair> {
        let units = self.units(wave, audience).map(|units| pairs::pairs(self.survey, units, question));
        let sums = || self.sums(wave, audience).map(|sums| sums.pairs(self.survey, question));
        units.or_else(sums).unwrap_or_default()
    }

    /// Number invited; `None` where it is not known.
    pub fn invited(&self, wave: usize, audience: usize, group: Group) -> Option<u64> {
        self.populations.get(wave)?.invited(audience, group)
    }
}

/// What one cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub counts: Counts,
    /// Answers and their sum, per respondent: for means.
    pub scores: Moments,
    /// Answers and how many of them lie in the upper half of the scale, per respondent.
    pub top: Moments,
    /// Answers with "no contact", and how many of them are "no contact", per respondent.
    pub no_contact: Moments,
}

impl Entry {
    /// Adds what one sampling unit answered in the cell.
    fn add(&mut self, unit: &Counts, top_cut: u8) {
        self.counts += *unit;
        let answers = unit.answers();
        self.scores.add(answers, unit.sum());
        self.top.add(answers, unit.at_least(top_cut));
        self.no_contact.add(answers + unit.no_contact, unit.no_contact);
    }
}

impl AddAssign for Entry {
    fn add_assign(&mut self, other: Entry) {
        self.counts += other.counts;
        self.scores += other.scores;
        self.top += other.top;
        self.no_contact += other.no_contact;
    }
}

/// Counts and sums for every cell of the definition, zero rows included. Additive: the tallies of
/// two sets of respondents add up to the tally of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    cells: Cells<Entry>,
}

impl Tally {
    /// Counts what the audiences answered in the given waves. A wave without an audience has its
    /// rows all the same, with zeros; `not-stated` is a group only where it occurs.
    pub fn of<'u>(survey: &Survey, waves: &[usize], answered: impl IntoIterator<Item = &'u Units>) -> Tally {
        let audiences = 0..survey.audiences.len();
        let places = waves.iter().flat_map(|&wave| audiences.clone().map(move |audience| (wave, audience)));
        let answered: Vec<&Units> = answered.into_iter().collect();
        let (mut tally, counted) = rayon::join(
            || {
                let cells = places.flat_map(|(wave, audience)| survey.cells(wave, audience));
                Tally { cells: cells.map(|cell| (cell, Entry::default())).collect() }
            },
            || -> Vec<Vec<(Cell, Entry)>> {
                let count = |units: &Units| counts(units, survey.scale_of(units.wave).top_cut());
                answered.into_par_iter().map(count).collect()
            },
        );
        let mut others: BTreeMap<Cell, Entry> = BTreeMap::new();
        for (cell, entry) in counted.into_iter().flatten() {
            match tally.cells.get_mut(&cell) {
                Some(known) => *known += entry,
                None => *others.entry(cell).or_default() += entry,
            }
        }
        tally.with(others)
    }

    /// With cells that were counted elsewhere.
    fn with(mut self, cells: impl IntoIterator<Item = (Cell, Entry)>) -> Tally {
        self.cells.extend(cells);
        self
    }

    /// What a cell holds; `None` where the definition has no such cell.
    pub fn get(&self, cell: &Cell) -> Option<&Entry> {
        self.cells.get(cell)
    }

    /// Every cell, in the order in which people read them.
    pub fn iter(&self) -> impl Iterator<Item = (&Cell, &Entry)> {
        self.cells.iter()
    }
}

/// What an audience answered in a wave, per cell.
fn counts(units: &Units, top_cut: u8) -> Vec<(Cell, Entry)> {
    let Units { wave, audience, .. } = *units;
    let mut groups: BTreeMap<Group, Vec<Entry>> = BTreeMap::new();
    for (&group, counts) in units.units.iter().flat_map(|unit| &unit.answered) {
        let entries = groups.entry(group).or_insert_with(|| vec![Entry::default(); units.domains.len()]);
        entries.iter_mut().zip(counts.iter()).for_each(|(entry, counts)| entry.add(counts, top_cut));
    }
    let cells = groups.into_iter().flat_map(|(group, entries)| {
        let cell = move |(department, question)| Cell { wave, audience, department, question, group };
        units.domains.iter().map(move |domain| cell(*domain)).zip(entries)
    });
    cells.collect()
}
