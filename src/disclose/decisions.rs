//! The decision on every figure of a run, made once, before anything is released.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::audit::Audit;
use super::bounds::bounds;
use super::complementary::{Rule, protect};
use super::means::Bounds;
use super::release::ChangeKey;
use super::released::{Fixed, Told};
use super::sheet::{Entry, PUBLIC_CROSSINGS, Sheet};
use super::{Status, matched, status, unanimous};
use crate::estimate::{Change, Figures, Gap, Kind, Side};
use crate::ingest::{EarlierRelease, Responses};
use crate::survey::{Publication, Survey};
use crate::tally::{Cell, Department, Group};

/// A figure that is not shown, why, and between which means a reader can still place it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Withheld {
    pub cell: Cell,
    pub rule: Rule,
    pub lower: f64,
    pub upper: f64,
}

/// What may be shown of everything that a run publishes together.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    cells: BTreeMap<Cell, Status>,
    withheld: Vec<Withheld>,
    /// Changes whose items common to both waves are withheld in one of them.
    changes: BTreeSet<ChangeKey>,
    /// Changes without their matched part, which would give away who left or joined.
    matched: BTreeSet<ChangeKey>,
    /// Per wave, what is out of it already gives away.
    told: BTreeMap<usize, Told>,
    /// Waves of which figures stay shown that today's rules would not show.
    overruled: BTreeSet<usize>,
}

/// One sheet with what is withheld of it.
pub(super) struct Decided {
    pub sheet: Sheet,
    pub rules: Vec<Option<Rule>>,
    /// What is out already.
    pub fixed: Fixed,
    /// Whether a figure stays shown that today's rules would not show.
    pub is_overruled: bool,
}

impl Decided {
    /// Whether a figure over the items common with another wave is withheld.
    pub fn withholds(&self, cell: &Cell, other: usize) -> bool {
        self.sheet.find(cell, Some(other)).is_some_and(|entry| self.rules[entry].is_some())
    }
}

/// The sheets of a run by wave and audience.
pub(super) type Sheets = BTreeMap<(usize, usize), Decided>;

/// A step of the decision. Left out in tests only, to see that an attack notices.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Whatever goes beyond what is small or unanimous.
    Complementary,
    /// All of the audit but that what is withheld on a line rests on enough people together.
    Audit,
    /// Who answered in an earlier wave as well, and which items both waves have.
    EarlierWave,
    /// What is already out.
    Released,
}

/// Decides on every figure: few respondents, unanimity, what would give those away, and an audit
/// until nothing can be recovered.
pub fn decide(survey: &Survey, figures: &Figures) -> Decisions {
    decide_without(survey, figures, None)
}

/// As [`decide`], with a step left out. Nothing that rests on this may be published.
#[doc(hidden)]
pub fn decide_without(survey: &Survey, figures: &Figures, left_out: Option<Step>) -> Decisions {
    let looks_back = left_out != Some(Step::EarlierWave);
    let sheets: Sheets = figures
        .responses
        .par_iter()
        .map(|responses| {
            let all = if looks_back { &figures.responses[..] } else { &[] };
            let out = figures.released.iter().find(|release| release.wave == responses.wave);
            let out = out.filter(|_| left_out != Some(Step::Released));
            ((responses.wave, responses.audience), decided_without(survey, responses, (all, out), left_out))
        })
        .collect();
    let mut decisions = Decisions {
        cells: figures
            .results
            .iter()
            .map(|(cell, figure)| {
                let primary = status::primary(survey, cell, figure);
                let on_sheet =
                    sheets.get(&(cell.wave, cell.audience)).filter(|_| cell.crossings() <= PUBLIC_CROSSINGS);
                let status = match on_sheet.and_then(|one| Some((one, one.sheet.find(cell, None)?))) {
                    Some((one, entry)) if one.rules[entry].is_some() => Status::Withheld,
                    Some((one, entry)) if one.fixed.shown[entry] => status::of_shown(figure),
                    Some(_) => primary,
                    None => {
                        let is_alike = survey.unanimity && unanimous::is_unanimous(&figure.counts);
                        let is_kept_back = !survey.publishes(cell.audience, cell.group);
                        let is_hidden = primary == Status::Ok && (is_alike || is_kept_back);
                        if is_hidden { Status::Withheld } else { primary }
                    }
                };
                (*cell, status)
            })
            .collect(),
        ..Decisions::default()
    };
    for (&(wave, audience), Decided { sheet, rules, fixed, is_overruled }) in &sheets {
        let is_withheld: Vec<bool> = rules.iter().map(Option::is_some).collect();
        let told = Audit::beyond(sheet, &fixed.shown).told(&is_withheld);
        if *is_overruled {
            decisions.overruled.insert(wave);
        }
        let of_wave = decisions.told.entry(wave).or_default();
        of_wave.figures += told.figures;
        of_wave.sets += told.sets;
        let bounds = bounds(sheet, &is_withheld);
        let is_here = |cell: &Cell| (cell.wave, cell.audience) == (wave, audience);
        let cells =
            decisions.cells.iter().filter(|(cell, status)| **status == Status::Withheld && is_here(cell));
        let withheld = cells.filter_map(|(cell, _)| {
            let entry = sheet.find(cell, None).filter(|_| cell.crossings() <= PUBLIC_CROSSINGS)?;
            let Bounds { lower, upper, .. } = bounds[entry].unwrap_or(Bounds::open(sheet.top));
            Some(Withheld { cell: *cell, rule: rules[entry]?, lower, upper })
        });
        decisions.withheld.extend(withheld);
    }
    decisions.withheld.sort_by_key(|withheld| withheld.cell);
    for change in figures.changes.iter().filter(|change| change.cell.crossings() <= PUBLIC_CROSSINGS) {
        let [from, to] = change.cells();
        let withholds = |cell: &Cell, other: usize| {
            let sheet = sheets.get(&(cell.wave, cell.audience));
            sheet.is_some_and(|decided| decided.withholds(cell, other))
        };
        if withholds(&from, to.wave) || withholds(&to, from.wave) {
            decisions.changes.insert((change.cell, change.from_wave));
        }
    }
    if looks_back {
        decisions.matched =
            matched::withheld(survey, figures, &sheets, |change| decisions.change(change) == Status::Ok);
    }
    decisions
}

/// Decides on one audience in one wave.
#[cfg(test)]
pub(super) fn decided(survey: &Survey, responses: &Responses, all: &[Responses]) -> Decided {
    decided_without(survey, responses, (all, None), None)
}

fn decided_without(
    survey: &Survey,
    responses: &Responses,
    (all, out): (&[Responses], Option<&EarlierRelease>),
    left_out: Option<Step>,
) -> Decided {
    let is_other = |other: &&Responses| other.audience == responses.audience && other.wave != responses.wave;
    let others: Vec<usize> = all.iter().filter(is_other).map(|other| other.wave).collect();
    let sheet = Sheet::of(survey, responses, &others, PUBLIC_CROSSINGS);
    let by_itself = |entry: &Entry| {
        let (people, held) = (entry.people.len(), &entry.held);
        let nobody_scored = people == 0 && usize::try_from(held.forms).is_ok_and(|it| it >= sheet.minimum);
        if people < sheet.minimum && !nobody_scored {
            Some(Rule::Primary)
        } else if survey.unanimity && unanimous::is_alike(held.answers, held.most_alike()) {
            Some(Rule::Unanimous)
        } else {
            None
        }
    };
    let mut rules: Vec<Option<Rule>> = sheet.entries.iter().map(by_itself).collect();
    let fixed = Fixed::of(survey, &sheet, out);
    let is_overruled = fixed.apply(&mut rules);
    if left_out != Some(Step::Complementary) {
        protect(survey, &sheet, left_out != Some(Step::Audit), &fixed.shown, &mut rules);
    }
    Decided { sheet, rules, fixed, is_overruled }
}

impl Decisions {
    /// The decision on a cell.
    pub fn cell(&self, cell: &Cell) -> Status {
        self.cells.get(cell).copied().unwrap_or(Status::NotAsked)
    }

    /// Every figure of the public addresses that is not shown, in the order in which people read.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// How many figures of the public addresses are withheld by a rule.
    pub fn count(&self, rule: Rule) -> usize {
        self.withheld.iter().filter(|withheld| withheld.rule == rule).count()
    }

    /// How many figures of the public addresses are shown with a value.
    pub fn shown(&self) -> usize {
        let cells = self.cells.iter();
        cells.filter(|(cell, status)| cell.crossings() <= PUBLIC_CROSSINGS && **status == Status::Ok).count()
    }

    /// How many changes stand without the part of those who answered in both waves.
    pub fn matched_left_out(&self) -> usize {
        self.matched.len()
    }

    /// What is already out of a wave gives away.
    pub fn told(&self, wave: usize) -> Told {
        self.told.get(&wave).copied().unwrap_or_default()
    }

    /// Waves of which figures stay shown, since they are out, that today's rules would not show.
    pub(super) fn overruled(&self) -> &BTreeSet<usize> {
        &self.overruled
    }

    /// The same decisions on the figures of the analyst, which stand on the definition as it was
    /// typed. What is kept back, or published only as a part of something, is withheld.
    pub fn for_analyst(&self, survey: &Survey, figures: &Figures, publication: &Publication) -> Decisions {
        let cells = figures.results.iter().map(|(cell, figure)| {
            let status = match (publication.cell(cell), status::primary(survey, cell, figure)) {
                (Some(published), _) => self.cell(&published),
                (None, Status::Ok | Status::NobodyScored) => Status::Withheld,
                (None, primary) => primary,
            };
            (*cell, status)
        });
        let changes = figures.changes.iter().map(|change| (change.cell, change.from_wave));
        let in_one_of = |keys: &BTreeSet<ChangeKey>, key: &ChangeKey| {
            publication.cell(&key.0).is_some_and(|published| keys.contains(&(published, key.1)))
        };
        Decisions {
            cells: cells.collect(),
            withheld: Vec::new(),
            changes: changes.clone().filter(|key| in_one_of(&self.changes, key)).collect(),
            matched: changes.filter(|key| in_one_of(&self.matched, key)).collect(),
            told: self.told.clone(),
            overruled: self.overruled.clone(),
        }
    }

    /// A change is shown if both its cells are, over the items that it compares.
    pub(super) fn change(&self, change: &Change) -> Status {
        if change.comparison.is_broken() {
            return status::of_broken(change.cells().map(|cell| self.cell(&cell)));
        }
        let is_withheld = self.changes.contains(&(change.cell, change.from_wave));
        let common = if is_withheld { Status::Withheld } else { Status::Ok };
        worst(change.cells().iter().map(|cell| self.cell(cell)).chain([common]))
    }

    /// Whether a change may stand with the part of those who answered in both waves.
    pub(super) fn shows_matched(&self, change: &Change) -> bool {
        !self.matched.contains(&(change.cell, change.from_wave))
    }

    /// A gap is shown if both its sides are.
    pub(super) fn gap(&self, survey: &Survey, gap: &Gap) -> Status {
        worst(gap.key.cells(survey).iter().map(|cell| self.cell(cell)).chain([self.rest(survey, gap)]))
    }

    /// A rest is held to the minimum as any other figure. Beside a shown group it tells all others
    /// together: those of everyone, so everyone has to be shown; and everyone but those who stated
    /// no group, so with it these are told as well.
    fn rest(&self, survey: &Survey, gap: &Gap) -> Status {
        if gap.key.right != Side::Rest {
            return Status::Ok;
        }
        let minimum = gap.key.audience.map_or(0, |audience| survey.audiences[audience].minimum_respondents);
        let few = gap.comparison.right.map_or(0, |right| right.respondents) < minimum;
        let hidden = gap.key.cells(survey).iter().any(|cell| {
            let pooled = match (gap.key.kind, gap.key.breakdown) {
                (Kind::Departments, _) => vec![Cell { department: Department::All, ..*cell }],
                (_, Some(breakdown)) => {
                    let beside = |group| Cell { group, ..*cell };
                    vec![beside(Group::Everyone), beside(Group::NotStated { breakdown })]
                }
                _ => Vec::new(),
            };
            pooled.iter().any(|cell| self.cells.get(cell) == Some(&Status::Withheld))
        });
        if few || hidden { Status::Withheld } else { Status::Ok }
    }
}

/// The first reason, in the order of [`Status`], why something that rests on several figures is not
/// shown; withheld goes before all others.
pub(super) fn worst(statuses: impl Iterator<Item = Status>) -> Status {
    let mut statuses: Vec<Status> = statuses.filter(|status| *status != Status::Ok).collect();
    statuses.sort();
    statuses.first().copied().unwrap_or(Status::Ok)
}
