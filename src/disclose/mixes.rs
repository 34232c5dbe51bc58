//! Which groups a published split of a change may tell apart.
//!
//! A split gives away the mean and the share of every group in it, so it may use only groups that are
//! shown in both waves. The others are put together; if even together they are fewer than the minimum
//! in a wave, the split is withheld. So everything in a published split can also be worked out from
//! figures that are published anyway.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::decisions::worst;
use super::{Policy, Released, Shown, Status};
use crate::estimate::{By, Levels, MixFigure, MixGroup, MixGroups, MixKey, MixPair};
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// Splits every change as a readership may have it.
pub(super) fn release(
    survey: &Survey,
    pairs: &[MixPair],
    decided: &(impl Fn(&Cell) -> Status + Sync),
    policy: Policy,
) -> BTreeMap<MixKey, Released<MixFigure>> {
    let ways = pairs.par_iter().flat_map_iter(|pair| pair.ways().into_iter().map(move |by| (pair, by)));
    let ways: Vec<(&MixPair, MixGroups)> = ways.map(|(pair, by)| (pair, pair.groups(by))).collect();
    let splits = ways
        .par_iter()
        .flat_map(|(pair, groups)| pair.domains().par_iter().map(move |&domain| (*pair, groups, domain)));
    splits
        .flat_map_iter(|(pair, groups, domain)| {
            Decision::new(survey, (pair, groups), domain, decided).release((pair, groups), policy)
        })
        .collect()
}

/// What is decided about one split.
struct Decision {
    domain: (Department, Question),
    /// Of the split as a whole.
    status: Status,
    /// Groups that stand for themselves and groups that are put together.
    apart: BTreeSet<Levels>,
    together: BTreeSet<Levels>,
}

impl Decision {
    fn new(
        survey: &Survey,
        (pair, groups): (&MixPair, &MixGroups),
        domain: (Department, Question),
        decided: &impl Fn(&Cell) -> Status,
    ) -> Decision {
        let by = groups.by;
        let minimum = survey.audiences[pair.audience].minimum_respondents;
        if is_broken(survey, pair, domain, by) {
            // Every group of the definition has its row; combinations never have one.
            let is_defined = |levels: &&Levels| by != By::Joint && levels.iter().all(Option::is_some);
            let apart = groups.levels.iter().filter(is_defined).cloned().collect();
            return Decision { domain, status: Status::Break, apart, together: BTreeSet::new() };
        }
        let breakdowns = pair.breakdowns(by);
        let shown = |group: Group| {
            worst([pair.from_wave, pair.to_wave].into_iter().map(|wave| {
                let (department, question) = domain;
                decided(&Cell { wave, audience: pair.audience, department, question, group })
            }))
        };
        let is_shown = |levels: &Levels, base: &[u64; 2]| {
            let groups = breakdowns.iter().zip(levels).map(|(&breakdown, level)| group(breakdown, *level));
            base.iter().all(|base| *base >= minimum) && worst(groups.map(shown)) == Status::Ok
        };
        let (mut apart, mut together) = (BTreeSet::new(), BTreeSet::new());
        for (levels, base) in groups.levels.iter().zip(pair.bases(domain, groups)) {
            let set = if is_shown(levels, &base) { &mut apart } else { &mut together };
            set.insert(levels.clone());
        }
        let is_safe =
            together.is_empty() || pair.base_of(domain, by, &together).iter().all(|base| *base >= minimum);
        let status = match shown(Group::Everyone) {
            Status::Ok if apart.is_empty() || !is_safe => Status::Withheld,
            everyone => everyone,
        };
        Decision { domain, status, apart, together }
    }

    /// One row per group, one for what was put together, and one for all.
    fn release(
        &self,
        (pair, groups): (&MixPair, &MixGroups),
        policy: Policy,
    ) -> Vec<(MixKey, Released<MixFigure>)> {
        let is_shown =
            (policy == Policy::Private && self.status != Status::Break) || self.status == Status::Ok;
        let together = if policy == Policy::Public { self.together.clone() } else { BTreeSet::new() };
        let split = is_shown.then(|| pair.split(self.domain, groups, &together)).flatten();
        let released = |status: Status, figure: Option<MixFigure>| {
            let is_shown = policy == Policy::Private || status == Status::Ok;
            let figure = figure.filter(|_| is_shown).map_or_else(Shown::withheld, Shown::released);
            Released { status, figure }
        };
        let mut rows = Vec::new();
        let mut push = |group, status, figure| {
            let (department, question) = self.domain;
            let (audience, from_wave, to_wave) = (pair.audience, pair.from_wave, pair.to_wave);
            let key = MixKey { audience, department, question, by: groups.by, group, from_wave, to_wave };
            rows.push((key, released(status, figure)));
        };
        let split = split.as_deref();
        push(MixGroup::All, self.status, split.map(|split| split.total));
        if let By::Breakdown(breakdown) = groups.by {
            for levels in self.apart.iter().chain(&self.together) {
                let is_merged = self.status == Status::Ok && !self.apart.contains(levels);
                let status = if is_merged { Status::Withheld } else { self.status };
                let figure = split.and_then(|split| split.groups.get(levels).copied());
                let level = levels.first().copied().flatten();
                push(MixGroup::Of(group(breakdown, level)), status, figure);
            }
        }
        if let Some(other) = split.and_then(|split| split.other).filter(|_| groups.by != By::Joint) {
            push(MixGroup::Other, self.status, Some(other));
        }
        rows
    }
}

/// Whether there is nothing to split, or the groups to split it by were merged or split themselves.
fn is_broken(
    survey: &Survey,
    pair: &MixPair,
    (department, question): (Department, Question),
    by: By,
) -> bool {
    let (audience, wave) = (pair.audience, pair.to_wave);
    let everyone = Cell { wave, audience, department, question, group: Group::Everyone };
    matches!(by, By::Breakdown(breakdown) if pair.divided().contains(&breakdown))
        || survey.is_broken(&everyone, pair.from_wave, pair.compared())
}

/// The group of a breakdown at a level.
pub(super) fn group(breakdown: usize, level: Option<usize>) -> Group {
    level.map_or(Group::NotStated { breakdown }, |group| Group::Of { breakdown, group })
}
