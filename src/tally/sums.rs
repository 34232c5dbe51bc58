//! Sums that were added up elsewhere, in the place of the units of one audience in one wave.

use std::collections::BTreeMap;

use super::compared::LinkedSums;
use super::{
    Against, Cell, Counts, CrossMoments, Department, Entry, Group, LinkedMoments, MAX_SCORE, Moments, Pair,
    Question, department_pairs,
};
use crate::ingest::{SumRow, SumRows};
use crate::sums::Part;
use crate::survey::{Breakdown, Survey};

/// Department, question and group of a figure of one audience in one wave.
type At = (Department, Question, Group);

/// One audience in one wave, as sums.
#[derive(Clone, Debug)]
pub struct Sums {
    pub wave: usize,
    pub audience: usize,
    /// Forms per group.
    pub forms: BTreeMap<Group, u64>,
    /// Sampling units.
    pub units: u64,
    /// How many units can be found again in another wave.
    links: u64,
    /// Over the items of the wave, or over those in common with another one.
    entries: BTreeMap<Option<usize>, BTreeMap<At, Entry>>,
    pairs: BTreeMap<(Department, Question, Against), (Moments, CrossMoments)>,
    /// By the earlier wave.
    linked: BTreeMap<usize, BTreeMap<At, LinkedSums>>,
    /// Every combination of groups, one of each breakdown or none.
    pub groups: Vec<Vec<Option<usize>>>,
    /// How many units are behind a figure of everyone, by the places of combinations.
    combinations: BTreeMap<(Option<usize>, Department, Question), BTreeMap<usize, u64>>,
}

impl Sums {
    /// The rows, as far as they are of the groups of a definition: the one that was typed, or the one
    /// of what is published.
    pub(super) fn of(survey: &Survey, sums: &SumRows) -> Sums {
        let SumRows { wave, audience, rows, .. } = sums;
        let (wave, audience) = (*wave, *audience);
        let names = Names::of(survey, audience);
        let mut made = Sums {
            wave,
            audience,
            forms: BTreeMap::new(),
            units: 0,
            links: 0,
            entries: BTreeMap::new(),
            pairs: BTreeMap::new(),
            linked: BTreeMap::new(),
            groups: Vec::new(),
            combinations: BTreeMap::new(),
        };
        let mut places: BTreeMap<Vec<Option<usize>>, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.part == Part::Forms) {
            let Some(group) = names.group(row) else { continue };
            made.forms.insert(group, row.number("forms"));
            if group == Group::Everyone {
                made.units = row.number("units");
                made.links = row.number("links");
            }
        }
        for row in rows.iter() {
            let Some((department, question)) = row.department.zip(row.question) else { continue };
            match (row.part, names.group(row)) {
                (Part::Cell, Some(group)) => {
                    let entry = entry(row, survey.scale_of(wave).top_cut());
                    made.entries
                        .entry(row.compared)
                        .or_default()
                        .insert((department, question, group), entry);
                }
                (Part::Linked, Some(group)) => {
                    if let Some(from) = row.compared {
                        made.linked
                            .entry(from)
                            .or_default()
                            .insert((department, question, group), linked(row));
                    }
                }
                (Part::Pair, _) => {
                    let against = row.against.map_or(Against::Rest, Against::Department);
                    made.pairs.insert((department, question, against), pair(row));
                }
                (Part::Combination, _) => {
                    let of_figure =
                        made.combinations.entry((row.compared, department, question)).or_default();
                    let next = places.len();
                    let place = *places.entry(names.combination(row)).or_insert(next);
                    *of_figure.entry(place).or_default() += row.number("units");
                }
                _ => {}
            }
        }
        made.groups = vec![Vec::new(); places.len()];
        places.into_iter().for_each(|(groups, place)| made.groups[place] = groups);
        made.fill(survey);
        made
    }

    /// Adds what the rows leave unsaid: how many forms each figure has, and what is blank in it.
    fn fill(&mut self, survey: &Survey) {
        let others = (0..survey.waves.len()).filter(|other| *other != self.wave).map(Some);
        for compared in std::iter::once(None).chain(others) {
            let items = match compared {
                None => survey.items(self.wave, self.audience),
                Some(other) => survey.compared_items(self.audience, self.wave, other),
            };
            let entries = self.entries.entry(compared).or_default();
            for department in survey.department_cells(self.audience) {
                for question in survey.question_cells() {
                    let items = items.iter().filter(|item| item.is_in(department, question)).count() as u64;
                    for (&group, &forms) in &self.forms {
                        let counts = &mut entries.entry((department, question, group)).or_default().counts;
                        counts.forms = forms;
                        counts.blank = (items * forms).saturating_sub(counts.answers() + counts.no_contact);
                    }
                }
            }
        }
    }

    /// What each figure holds, over the items of the wave or over those in common with another one.
    pub fn entries(&self, compared: Option<usize>) -> impl Iterator<Item = (Cell, Entry)> + '_ {
        let (wave, audience) = (self.wave, self.audience);
        let entries = self.entries.get(&compared).into_iter().flatten();
        entries.map(move |(&(department, question, group), entry)| {
            (Cell { wave, audience, department, question, group }, *entry)
        })
    }

    /// What a figure holds.
    pub fn entry(&self, compared: Option<usize>, cell: &Cell) -> Option<&Entry> {
        self.entries.get(&compared)?.get(&(cell.department, cell.question, cell.group))
    }

    /// How many units are behind a figure of everyone, by the places of combinations in `groups`; `None` of
    /// one question about one department, which is never shown by groups.
    pub fn combinations(&self, compared: Option<usize>, cell: &Cell) -> Option<&BTreeMap<usize, u64>> {
        self.combinations.get(&(compared, cell.department, cell.question))
    }

    /// The units behind every figure of everyone, by the places of combinations.
    pub fn all_combinations(&self) -> impl Iterator<Item = (&usize, &u64)> {
        self.combinations.values().flatten()
    }

    /// Whether any unit can be found again in another wave.
    pub(super) fn has_links(&self) -> bool {
        self.links > 0
    }

    /// Sums over those who are in an earlier wave as well.
    pub(super) fn linked(&self, from: usize) -> BTreeMap<At, LinkedSums> {
        self.linked.get(&from).cloned().unwrap_or_default()
    }

    pub(super) fn pairs(&self, survey: &Survey, question: Question) -> Vec<Pair> {
        let own = |department| {
            let entry =
                self.entries.get(&None).and_then(|all| all.get(&(department, question, Group::Everyone)));
            entry.map(|entry| entry.scores).unwrap_or_default()
        };
        let pairs = department_pairs(survey, self.audience).into_iter().map(|(left, right)| {
            let (theirs, cross) = self.pairs.get(&(left, question, right)).copied().unwrap_or_default();
            let own = own(left);
            let cross = CrossMoments { either: (own.m + theirs.m).saturating_sub(cross.both), ..cross };
            Pair { left, right, moments: [own, theirs], cross }
        });
        pairs.collect()
    }
}

/// What the ids of rows stand for.
struct Names<'s> {
    breakdowns: &'s [Breakdown],
}

impl<'s> Names<'s> {
    fn of(survey: &'s Survey, audience: usize) -> Names<'s> {
        Names { breakdowns: &survey.audiences[audience].breakdowns }
    }

    /// The group of a row; `None` where this definition does not have it.
    fn group(&self, row: &SumRow) -> Option<Group> {
        if row.breakdown == "all" {
            return Some(Group::Everyone);
        }
        let breakdown = self.breakdowns.iter().position(|by| by.id == row.breakdown)?;
        if row.group == "not-stated" {
            return Some(Group::NotStated { breakdown });
        }
        let group = self.breakdowns[breakdown].groups.iter().position(|it| it.id == row.group)?;
        Some(Group::Of { breakdown, group })
    }

    /// Per breakdown, the group of a combination.
    fn combination(&self, row: &SumRow) -> Vec<Option<usize>> {
        let group = |by: &Breakdown| {
            let (_, id) = row.combination.iter().map(|[by, id]| (by, id)).find(|(it, _)| **it == by.id)?;
            by.groups
                .iter()
                .position(|names| by.combined.get(&names.id).map_or(names.id == *id, |of| of.contains(id)))
        };
        self.breakdowns.iter().map(group).collect()
    }
}

fn entry(row: &SumRow, top_cut: u8) -> Entry {
    let mut counts = Counts {
        no_contact: row.number("n"),
        respondents: row.number("respondents"),
        contacts: row.number("contacts"),
        ..Counts::default()
    };
    counts.scores.iter_mut().zip(row.scores()).take(MAX_SCORE).for_each(|(mine, theirs)| *mine = *theirs);
    let (m, kk) = (row.number("units"), row.number("kk"));
    let (k, c) = (counts.answers(), counts.answers() + counts.no_contact);
    let scores = Moments { m, k, y: counts.sum(), kk, ky: row.number("ky"), yy: row.number("yy") };
    let top =
        Moments { y: counts.at_least(top_cut), ky: row.number("k_top"), yy: row.number("top_top"), ..scores };
    let no_contact = Moments {
        m: row.number("units_of_contact"),
        k: c,
        y: counts.no_contact,
        kk: row.number("cc"),
        ky: row.number("cn"),
        yy: row.number("nn"),
    };
    Entry { counts, scores, top, no_contact }
}

fn pair(row: &SumRow) -> (Moments, CrossMoments) {
    let number = |name| row.number(name);
    let theirs = Moments {
        m: number("units"),
        k: number("k"),
        y: number("y"),
        kk: number("kk"),
        ky: number("ky"),
        yy: number("yy"),
    };
    let cross = CrossMoments {
        both: number("both"),
        either: 0,
        kk: number("k_k"),
        ky: number("k_y"),
        yk: number("y_k"),
        yy: number("y_y"),
    };
    (theirs, cross)
}

fn linked(row: &SumRow) -> LinkedSums {
    let sums = |m: &str, [k, y]: [&str; 2]| {
        let number = |name: String| row.number(&name);
        let m = row.number(m);
        let side = |of: &str| Moments {
            m,
            k: number(format!("{of}_{k}")),
            y: number(format!("{of}_{y}")),
            kk: number(format!("{of}_{k}{k}")),
            ky: number(format!("{of}_{k}{y}")),
            yy: number(format!("{of}_{y}{y}")),
        };
        let cross = CrossMoments {
            both: m,
            either: m,
            kk: number(format!("{k}_{k}")),
            ky: number(format!("{k}_{y}")),
            yk: number(format!("{y}_{k}")),
            yy: number(format!("{y}_{y}")),
        };
        LinkedMoments { from: side("from"), to: side("to"), cross }
    };
    LinkedSums { scores: sums("units", ["k", "y"]), no_contact: sums("units_of_contact", ["c", "n"]) }
}
