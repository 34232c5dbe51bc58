//! Counts of files of any size, without their forms.

mod shape;

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::diagnostics::Diagnostics;
use crate::ingest::{Code, Consumer, Input, stream};
use crate::progress::Watched;
use crate::survey::Survey;
use crate::tally::{Cell, Counts, Department, Group, Question, fed_by};
use shape::{Said, Shape};

/// The counts of every cell of the given waves, zero rows included, straight from the files; with
/// everything else that the input folder holds.
pub fn count_files<'f>(
    survey: &Survey,
    folder: impl Into<Watched<'f>>,
    waves: &[usize],
    found: &mut Diagnostics,
) -> (BTreeMap<Cell, Counts>, Input) {
    let counter = |wave, audience| Counter::of(survey, wave, audience);
    let (input, counters) = stream(survey, folder, waves, found, counter);
    (cells(survey, waves, counters), input)
}

fn cells(survey: &Survey, waves: &[usize], counters: Vec<Counter>) -> BTreeMap<Cell, Counts> {
    let mut cells = BTreeMap::new();
    for &wave in waves {
        let of_wave = (0..survey.audiences.len()).flat_map(|audience| survey.cells(wave, audience));
        cells.extend(of_wave.map(|cell| (cell, Counts::default())));
    }
    for counter in counters {
        cells.extend(counter.into_cells().filter(|(it, _)| survey.has_group(it.wave, it.audience, it.group)));
    }
    cells
}

/// Bytes of classes before they are rolled up.
const MOST_BYTES: usize = 16 << 20;

/// Counts of one audience in one wave. A respondent belongs to a class, one group of each breakdown,
/// and is counted there in small numbers side by side; classes roll up into groups when they are full.
struct Counter {
    wave: usize,
    audience: usize,
    domains: Vec<(Department, Question)>,
    /// Per domain, the items whose answers count in it.
    feeds: Vec<Vec<usize>>,
    groups: Vec<Group>,
    /// Per breakdown, the place of its first group in `groups`, and how many it has.
    breakdowns: Vec<(usize, usize)>,
    shape: Shape,
    /// Per class and number.
    classes: Vec<u8>,
    /// Classes by the places of their groups in `groups`.
    class_of: HashMap<Vec<usize>, usize, BuildHasherDefault<Mixed>>,
    /// Per group and number.
    totals: Vec<Vec<u64>>,
    // The form that is counted.
    class: Vec<usize>,
    said: Said,
}

impl Counter {
    fn of(survey: &Survey, wave: usize, audience: usize) -> Counter {
        let (departments, questions) = (survey.department_cells(audience), survey.question_cells());
        let domains: Vec<(Department, Question)> =
            departments.iter().flat_map(|&d| questions.iter().map(move |&q| (d, q))).collect();
        let items = survey.items(wave, audience);
        let mut feeds = vec![Vec::new(); domains.len()];
        for (position, item) in items.iter().enumerate() {
            fed_by(&domains, *item).into_iter().for_each(|domain| feeds[domain].push(position));
        }
        let mut groups = vec![Group::Everyone];
        let mut breakdowns = Vec::new();
        for (breakdown, definition) in survey.audiences[audience].breakdowns.iter().enumerate() {
            breakdowns.push((groups.len(), definition.groups.len()));
            groups.extend((0..definition.groups.len()).map(|group| Group::Of { breakdown, group }));
            groups.push(Group::NotStated { breakdown });
        }
        let shape = Shape::of(survey.scale_of(wave).top, items.len(), &feeds);
        Counter {
            wave,
            audience,
            domains,
            feeds,
            totals: vec![vec![0; shape.width()]; groups.len()],
            groups,
            breakdowns,
            shape,
            classes: Vec::new(),
            class_of: HashMap::default(),
            class: Vec::new(),
            said: Said::default(),
        }
    }

    /// The class of these groups, begun where it is new.
    fn class(&mut self, groups: &[Option<usize>]) -> usize {
        self.class.clear();
        let places = self.breakdowns.iter().zip(groups);
        self.class.extend(places.map(|((first, count), group)| first + group.unwrap_or(*count)));
        if let Some(class) = self.class_of.get(&self.class) {
            return *class;
        }
        if self.classes.len() + self.shape.width() > MOST_BYTES {
            self.roll_up();
        }
        let class = self.class_of.len();
        self.class_of.insert(self.class.clone(), class);
        self.classes.resize((class + 1) * self.shape.width(), 0);
        class
    }

    /// Adds all classes to their groups, and forgets them.
    fn roll_up(&mut self) {
        let width = self.shape.width();
        for (members, class) in std::mem::take(&mut self.class_of) {
            roll_up(&mut self.totals, &members, &self.classes[class * width..(class + 1) * width]);
        }
        self.classes.clear();
    }

    fn into_cells(mut self) -> impl Iterator<Item = (Cell, Counts)> {
        self.roll_up();
        let Counter { wave, audience, domains, feeds, groups, shape, totals, .. } = self;
        let mut cells = Vec::new();
        for (group, totals) in groups.into_iter().zip(totals) {
            if matches!(group, Group::NotStated { .. }) && totals[shape.forms()] == 0 {
                continue;
            }
            for (domain, (&(department, question), feeds)) in domains.iter().zip(&feeds).enumerate() {
                let cell = Cell { wave, audience, department, question, group };
                cells.push((cell, shape.counts(domain, feeds, &totals)));
            }
        }
        cells.into_iter()
    }
}

/// Adds the numbers of one class to everyone and to its groups.
fn roll_up(totals: &mut [Vec<u64>], members: &[usize], numbers: &[u8]) {
    for group in [0].iter().chain(members) {
        totals[*group].iter_mut().zip(numbers).for_each(|(total, number)| *total += u64::from(*number));
    }
}

impl Consumer for Counter {
    fn count(&mut self, groups: &[Option<usize>], codes: &[Code]) {
        let (class, width) = (self.class(groups), self.shape.width());
        let numbers = &mut self.classes[class * width..(class + 1) * width];
        if numbers[self.shape.forms()] == u8::MAX {
            roll_up(&mut self.totals, &self.class, numbers);
            numbers.fill(0);
        }
        self.shape.add(codes, &mut self.said, numbers);
    }

    fn add(&mut self, mut other: Counter) {
        other.roll_up();
        let totals = self.totals.iter_mut().flatten().zip(other.totals.iter().flatten());
        totals.for_each(|(mine, theirs)| *mine += theirs);
    }

    fn take_out(&mut self, mut other: Counter) {
        self.roll_up();
        other.roll_up();
        let totals = self.totals.iter_mut().flatten().zip(other.totals.iter().flatten());
        totals.for_each(|(mine, theirs)| *mine -= theirs);
    }
}

/// Hashes the few small numbers of a class.
#[derive(Clone, Copy, Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for word in bytes.chunks(8) {
            let word = word.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.write_u64(word);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests;
