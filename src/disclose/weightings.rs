//! Which groups a published weighting may tell apart.
//!
//! As for split changes: groups that are shown in every wave of the run stand for themselves, the
//! others are matched as one, which meets the minimum in every wave; a breakdown where that cannot be
//! had is left out, and without any the weighting is withheld. The groups are the same in every wave,
//! so that weighted averages of different waves can be held against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::worst;
use super::mixes::group;
use super::{Policy, Released, Shown, Status};
use crate::estimate::{Attributed, By, Figures, Margin, MixPair, Standardised, Weighting};
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// The address of a weighting: by one breakdown, or by all whose numbers are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeightingKey {
    pub wave: usize,
    pub audience: usize,
    pub by: By,
}

/// The address of the changes of an audience had it been everyone invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StandardisedKey {
    pub audience: usize,
    pub from_wave: usize,
    pub to_wave: usize,
}

/// Weights every audience in every wave, where the number invited is known by group.
pub(super) fn release(
    survey: &Survey,
    waves: &[Attributed],
    decided: &impl Fn(&Cell) -> Status,
    policy: Policy,
) -> BTreeMap<WeightingKey, Released<Weighting>> {
    let mut released = BTreeMap::new();
    for here in waves {
        let deciding = Deciding::new(survey, waves, here.audience, decided);
        let known = here.known_margins();
        let single = known.iter().map(|&breakdown| (By::Breakdown(breakdown), vec![breakdown]));
        let all = (!known.is_empty()).then(|| (By::Joint, known.clone()));
        for (by, breakdowns) in single.chain(all) {
            let (status, margins) = deciding.margins(&[here.wave], &breakdowns, policy);
            let figure = margins.map(|margins| {
                let mut weighting = here.weigh(deciding.department, &margins);
                if let Ok(weighted) = &mut weighting.outcome {
                    weighted.means.retain(|question, _| deciding.hands_over(&[here.wave], *question, policy));
                }
                weighting
            });
            let figure = figure.map_or_else(Shown::withheld, Shown::released);
            released.insert(
                WeightingKey { wave: here.wave, audience: here.audience, by },
                Released { status, figure },
            );
        }
    }
    released
}

/// The changes of weighted averages, where every breakdown's numbers are known in both waves.
pub(super) fn standardised(
    survey: &Survey,
    figures: &Figures,
    decided: &impl Fn(&Cell) -> Status,
    policy: Policy,
) -> BTreeMap<StandardisedKey, Released<Standardised>> {
    let mut released = BTreeMap::new();
    for pair in &figures.mixes {
        let known = pair.known_margins();
        if is_broken(survey, pair, &known) {
            let broken = Released { status: Status::Break, figure: Shown::withheld() };
            released.insert(key(pair.audience, [pair.from_wave, pair.to_wave]), broken);
            continue;
        }
        let deciding = Deciding::new(survey, &figures.weightings, pair.audience, decided);
        let waves = [pair.from_wave, pair.to_wave];
        let (status, margins) = deciding.margins(&waves, &known, policy);
        if known.is_empty() {
            continue;
        }
        let Some(margins) = margins else {
            released.insert(key(pair.audience, waves), Released { status, figure: Shown::withheld() });
            continue;
        };
        // Margins that cannot be met have their reason with the weighting of the wave.
        if let Ok(mut standardised) = pair.standardised(deciding.department, &margins) {
            standardised.changes.retain(|question, _| deciding.hands_over(&waves, *question, policy));
            released.insert(
                key(pair.audience, waves),
                Released { status, figure: Shown::released(standardised) },
            );
        }
    }
    released
}

/// Whether there is nothing that can be compared, or nothing left to weight to since every breakdown of
/// which numbers are known was merged or split.
fn is_broken(survey: &Survey, pair: &MixPair, known: &[usize]) -> bool {
    let (audience, wave) = (pair.audience, pair.to_wave);
    let department = survey.headline_department(audience);
    let headline = Cell { wave, audience, department, question: Question::All, group: Group::Everyone };
    let is_known = pair.has_known_margins();
    is_known && (known.is_empty() || survey.is_broken(&headline, pair.from_wave, pair.compared()))
}

fn key(audience: usize, [from_wave, to_wave]: [usize; 2]) -> StandardisedKey {
    StandardisedKey { audience, from_wave, to_wave }
}

/// What decisions about one audience's weightings rest on.
struct Deciding<'a, D> {
    survey: &'a Survey,
    audience: usize,
    department: Department,
    /// The audience in every wave of the run.
    waves: Vec<&'a Attributed>,
    decided: &'a D,
}

impl<'a, D: Fn(&Cell) -> Status> Deciding<'a, D> {
    fn new(survey: &'a Survey, waves: &'a [Attributed], audience: usize, decided: &'a D) -> Deciding<'a, D> {
        let waves = waves.iter().filter(|it| it.audience == audience).collect();
        let department = survey.headline_department(audience);
        Deciding { survey, audience, department, waves, decided }
    }

    fn decided(&self, wave: usize, question: Question, group: Group) -> Status {
        let (audience, department) = (self.audience, self.department);
        (self.decided)(&Cell { wave, audience, department, question, group })
    }

    /// Whether a weighted mean of a question may be handed over.
    fn hands_over(&self, waves: &[usize], question: Question, policy: Policy) -> bool {
        let is_shown = |wave: &usize| self.decided(*wave, question, Group::Everyone) == Status::Ok;
        policy == Policy::Private || waves.iter().all(is_shown)
    }

    /// The public decision, and the margins for this readership; `None` where it gets nothing.
    fn margins(
        &self,
        waves: &[usize],
        breakdowns: &[usize],
        policy: Policy,
    ) -> (Status, Option<Vec<Margin>>) {
        let public: Vec<Margin> = breakdowns.iter().filter_map(|&it| self.margin(it)).collect();
        let everyone = waves.iter().map(|&wave| self.decided(wave, Question::All, Group::Everyone));
        let status = match worst(everyone) {
            Status::Ok if public.is_empty() => Status::Withheld,
            everyone => everyone,
        };
        let full = |&breakdown: &usize| Margin { breakdown, together: BTreeSet::new() };
        let margins = match policy {
            Policy::Private => Some(breakdowns.iter().map(full).collect()),
            Policy::Public => (status == Status::Ok).then_some(public),
        };
        (status, margins)
    }

    /// The groups of a breakdown that may be told apart; `None` where the others cannot be put
    /// together safely.
    fn margin(&self, breakdown: usize) -> Option<Margin> {
        let minimum = self.survey.audiences[self.audience].minimum_respondents;
        let by = &self.survey.audiences[self.audience].breakdowns[breakdown];
        let waves: Vec<&&Attributed> = self.waves.iter().filter(|it| by.asked.in_wave(it.wave)).collect();
        let asked = |wave: usize| {
            let questions = self.survey.question_cells().into_iter();
            questions.filter(move |&it| self.decided(wave, it, Group::Everyone) != Status::NotAsked)
        };
        let not_stated = waves.iter().any(|it| it.has_not_stated(breakdown)).then_some(None);
        let is_there = |level: &Option<usize>, wave: usize| level.is_none_or(|it| by.has_group(it, wave));
        let levels = (0..by.groups.len()).map(Some).chain(not_stated);
        let levels = levels.filter(|level| waves.iter().any(|it| is_there(level, it.wave)));
        let is_shown = |level: &Option<usize>| {
            waves.iter().filter(|it| is_there(level, it.wave)).all(|it| {
                let group = group(breakdown, *level);
                asked(it.wave).all(|question| self.decided(it.wave, question, group) == Status::Ok)
            })
        };
        let (apart, together): (BTreeSet<_>, BTreeSet<_>) = levels.partition(is_shown);
        let is_safe =
            waves.iter().filter(|it| together.iter().any(|level| is_there(level, it.wave))).all(|it| {
                asked(it.wave).all(|question| {
                    it.base_of_levels((self.department, question), breakdown, &together) >= minimum
                })
            });
        let is_usable = apart.iter().any(Option::is_some) && (together.is_empty() || is_safe);
        is_usable.then_some(Margin { breakdown, together })
    }
}
