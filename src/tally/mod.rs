//! How often each answer was given, per cell; and the integer sums that every estimate needs.

mod cell;
mod counts;
mod moments;

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::ingest::{Code, Responses};
use crate::survey::{Answer, Survey};

pub use cell::{Cell, Department, Group, Question};
pub use counts::{Counts, MAX_SCORE};
pub use moments::{CrossMoments, Moments};

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
    cells: BTreeMap<Cell, Entry>,
}

impl Tally {
    /// Counts every audience and wave that has answers. `not-stated` is a group only where it occurs.
    pub fn of(survey: &Survey, responses: &[Responses]) -> Tally {
        let mut tally = Tally::default();
        for responses in responses {
            tally.count(survey, responses);
        }
        tally
    }

    fn count(&mut self, survey: &Survey, responses: &Responses) {
        let domains = Domains::of(survey, responses);
        let mut groups: BTreeMap<Group, Vec<Entry>> = survey
            .group_cells(responses.audience)
            .into_iter()
            .map(|group| (group, vec![Entry::default(); domains.cells.len()]))
            .collect();
        let top_cut = survey.scale.top_cut();
        for unit in units(responses) {
            // What the unit answered, by group: its forms may lie in different groups.
            let mut answered: BTreeMap<Group, Vec<Counts>> = BTreeMap::new();
            for &form in &unit {
                let counts = domains.counts(&responses.forms[form].codes);
                for group in groups_of(&responses.forms[form].groups) {
                    let sums = answered.entry(group).or_insert_with(|| vec![Counts::default(); counts.len()]);
                    sums.iter_mut().zip(&counts).for_each(|(sum, counts)| *sum += *counts);
                }
            }
            for (group, counts) in answered {
                let entries = groups.entry(group).or_insert_with(|| vec![Entry::default(); counts.len()]);
                entries.iter_mut().zip(&counts).for_each(|(entry, counts)| entry.add(counts, top_cut));
            }
        }
        for (group, entries) in groups {
            for (&(department, question), entry) in domains.cells.iter().zip(entries) {
                let cell =
                    Cell { wave: responses.wave, audience: responses.audience, department, question, group };
                *self.cells.entry(cell).or_default() += entry;
            }
        }
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

/// The sampling units of an audience: the forms of each.
fn units(responses: &Responses) -> Vec<Vec<usize>> {
    let clusters = responses.clusters();
    let mut units = vec![Vec::new(); clusters.iter().max().map_or(0, |last| last + 1)];
    for (form, cluster) in clusters.into_iter().enumerate() {
        units[cluster].push(form);
    }
    units
}

/// Everyone, and the group of each breakdown that a form belongs to.
fn groups_of(groups: &[Option<usize>]) -> impl Iterator<Item = Group> {
    let stated = groups.iter().enumerate().map(|(breakdown, group)| match *group {
        Some(group) => Group::Of { breakdown, group },
        None => Group::NotStated { breakdown },
    });
    std::iter::once(Group::Everyone).chain(stated)
}

/// The department and question domains of an audience, and which of them each column feeds.
struct Domains {
    cells: Vec<(Department, Question)>,
    /// Per item: positions in `cells`.
    feeds: Vec<Vec<usize>>,
}

impl Domains {
    fn of(survey: &Survey, responses: &Responses) -> Domains {
        let departments = survey.department_cells(responses.audience);
        let questions = survey.question_cells();
        let cells: Vec<(Department, Question)> =
            departments.iter().flat_map(|&d| questions.iter().map(move |&q| (d, q))).collect();
        let feeds = responses.items.iter().map(|item| {
            let holds_department = |department: &Department| match item.department {
                None => *department == Department::Whole,
                Some(one) => matches!(department, Department::All) || *department == Department::One(one),
            };
            let holds_question =
                |question: &Question| matches!(question, Question::All) || *question == Question::One(item.question);
            let holds = |(_, (d, q)): &(usize, &(Department, Question))| holds_department(d) && holds_question(q);
            cells.iter().enumerate().filter(holds).map(|(position, _)| position).collect()
        });
        Domains { feeds: feeds.collect(), cells }
    }

    /// One form's answers in every domain.
    fn counts(&self, codes: &[Code]) -> Vec<Counts> {
        let mut counts = vec![Counts { forms: 1, ..Counts::default() }; self.cells.len()];
        for (code, feeds) in codes.iter().zip(&self.feeds) {
            for &domain in feeds {
                match code.answer() {
                    Some(Answer::Score(score)) => counts[domain].scores[usize::from(score) - 1] += 1,
                    Some(Answer::NoContact) => counts[domain].no_contact += 1,
                    Some(Answer::Blank) => counts[domain].blank += 1,
                    None => {}
                }
            }
        }
        for counts in &mut counts {
            let answers = counts.answers();
            counts.respondents = u64::from(answers > 0);
            counts.contacts = u64::from(answers + counts.no_contact > 0);
        }
        counts
    }
}
