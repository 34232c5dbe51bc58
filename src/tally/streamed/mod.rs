//! Counts of files of any size, without their forms.

mod classes;
mod shape;
#[cfg(test)]
mod summed_tests;
mod summer;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::ingest::{Code, Consumer, Input, read_any, stream};
use crate::progress::Watched;
use crate::survey::Survey;
use crate::tally::{Cell, Counts, Department, Group, Question, Sums, fed_by};
use classes::{Breakdown, Classes};
use shape::{Said, Shape};
use summer::Summer;

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
    let mut cells = cells(survey, waves, counters);
    for sums in &input.sums {
        cells.extend(Sums::of(survey, sums).entries(None).map(|(cell, entry)| (cell, entry.counts)));
    }
    (cells, input)
}

/// Reads the files of the given waves. Where an audience's files in a wave are too large for every form
/// to be kept, its forms are added up instead.
pub fn read<'f>(
    survey: &Survey,
    folder: impl Into<Watched<'f>>,
    waves: &[usize],
    found: &mut Diagnostics,
) -> Input {
    let summer = |wave, audience| Summer::of(survey, wave, audience);
    let (mut input, summed) = read_any(survey, folder, waves, found, summer);
    for summer in summed {
        let file =
            survey.waves[summer.wave].files[summer.audience].first().map_or("", |answers| &answers.file);
        found.push(said_of_sums(survey, summer.audience, file));
        input.sums.push(summer.into_rows(survey, file));
    }
    input
}

/// What the analyst should know of forms that were added up.
fn said_of_sums(survey: &Survey, audience: usize, file: &str) -> Diagnostic {
    let label = &survey.audiences[audience].label;
    let message = format!("{label}: so many forms are added up and not kept");
    let unlinked = if survey.audiences[audience].link.is_empty() {
        ""
    } else {
        "; every form counts as a respondent of its own, and nobody is found again in another year"
    };
    Diagnostic::notice("large", Place::file(file), message).advice(format!(
        "nothing; figures and their likely ranges are the same, what needs forms one by one is left out of the paper{unlinked}"
    ))
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

/// Counts of one audience in one wave.
struct Counter {
    wave: usize,
    audience: usize,
    domains: Vec<(Department, Question)>,
    /// Per domain, the items whose answers count in it.
    feeds: Vec<Vec<usize>>,
    groups: Vec<Group>,
    shape: Shape,
    /// Each with every respondent, told apart by other breakdowns.
    tables: Vec<Classes>,
    /// Per group and number.
    totals: Vec<Vec<u64>>,
    // The form that is counted.
    form: Vec<u8>,
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
            let groups_of = groups.len()..groups.len() + definition.groups.len();
            breakdowns.push(Breakdown { position: breakdown, groups: groups_of });
            groups.extend((0..definition.groups.len()).map(|group| Group::Of { breakdown, group }));
            groups.push(Group::NotStated { breakdown });
        }
        let shape = Shape::of(survey.scale_of(wave).top, items.len(), &feeds);
        Counter {
            wave,
            audience,
            domains,
            feeds,
            totals: vec![vec![0; 2 * shape.bytes()]; groups.len()],
            groups,
            tables: Classes::tables(breakdowns, (shape.bytes(), shape.forms())),
            form: vec![0; shape.bytes()],
            shape,
            said: Said::default(),
        }
    }

    /// Adds all classes to their groups, and forgets them.
    fn roll_up(&mut self) {
        self.tables.iter_mut().for_each(|table| table.roll_up(&mut self.totals));
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

impl Consumer for Counter {
    fn count(&mut self, groups: &[Option<usize>], codes: &[Code]) {
        self.shape.form(codes, &mut self.said, &mut self.form);
        let Counter { tables, form, totals, .. } = self;
        tables.iter_mut().for_each(|table| table.count(groups, form, totals));
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

#[cfg(test)]
mod tests;
