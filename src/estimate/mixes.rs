//! Every change split into people scoring differently and different people answering.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::mix::{Errors, mix_with};
use super::{Attributed, Levels, MixRow};
use crate::ratio::Ratio;
use crate::survey::Item;
use crate::tally::{Counted, Department, Group, Question};

/// How respondents are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    Breakdown(usize),
    /// By all breakdowns at once: each combination of groups that occurs is a group.
    Joint,
}

/// One of the groups that a change is split over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MixGroup {
    /// All groups together: the change itself.
    All,
    Of(Group),
    /// The groups too small to be shown, put together.
    Other,
}

/// The address of a split change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MixKey {
    pub audience: usize,
    pub department: Department,
    pub question: Question,
    pub by: By,
    pub group: MixGroup,
    pub from_wave: usize,
    pub to_wave: usize,
}

/// What a group, or all of them, contributed to a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MixFigure {
    /// p₂m₂ - p₁m₁ of a group, which is within + mix; the change of the pooled mean for all groups.
    pub change: f64,
    pub effects: MixRow,
    /// Share of each wave's answers that come from groups with an answer in both waves. What the
    /// others contribute is all mix, because nothing is known of how they would have scored.
    pub covered: [f64; 2],
}

/// A change split over groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// By the group's level, or by the combination of levels; only groups with an answer. Combinations
    /// have no standard errors: they are never shown one by one.
    pub groups: BTreeMap<Levels, MixFigure>,
    /// What was put together, if anything was and anyone in it answered.
    pub other: Option<MixFigure>,
    pub total: MixFigure,
}

/// Two waves of one audience, over the items that can be compared.
///
/// Changes split over all groups by themselves are worked out once. It holds what other splits need and
/// splits when asked, because which groups may be told apart is not for an estimate to decide.
#[derive(Clone, Debug)]
pub struct MixPair {
    pub audience: usize,
    pub from_wave: usize,
    pub to_wave: usize,
    pub(super) waves: [Attributed; 2],
    /// Positions of the units that are the same party in both waves.
    links: Vec<(usize, usize)>,
    /// Per breakdown of the audience, how many groups it has in the definition.
    sizes: Vec<usize>,
    /// Asked in both waves, of the same groups.
    breakdowns: Vec<usize>,
    /// Asked in both waves, with groups that were merged or split between them.
    divided: Vec<usize>,
    /// The items that can be compared.
    compared: Vec<Item>,
    /// Changes split over all groups by themselves.
    apart: BTreeMap<(By, (Department, Question)), Split>,
}

/// The groups, or combinations of groups, that a change is split over.
#[derive(Clone, Debug)]
pub struct MixGroups {
    pub by: By,
    /// Those that occur in either wave and, for a breakdown, those that nobody answered from; in order.
    pub levels: Vec<Levels>,
    /// Per wave, the position among `levels` of every combination of groups.
    of: [Vec<usize>; 2],
}

/// Every audience in every two of the run's waves in which it has answers.
pub(super) fn pairs(counted: &Counted<'_>) -> Vec<MixPair> {
    let mut pairs = Vec::new();
    for audience in 0..counted.survey.audiences.len() {
        for (position, &from) in counted.waves.iter().enumerate() {
            let later = counted.waves[position + 1..].iter();
            pairs.extend(later.filter_map(|&to| MixPair::of(counted, audience, from, to)));
        }
    }
    pairs
}

impl MixPair {
    fn of(counted: &Counted<'_>, audience: usize, from_wave: usize, to_wave: usize) -> Option<MixPair> {
        let survey = counted.survey;
        let compared = survey.compared_items(audience, from_wave, to_wave);
        let in_both = |item: Item| compared.contains(&item);
        let attributed = |wave| Attributed::of(counted, (wave, audience), in_both);
        let waves = [attributed(from_wave)?, attributed(to_wave)?];
        let breakdowns = survey.audiences[audience].breakdowns.iter().enumerate();
        let in_both =
            breakdowns.filter(|(_, by)| [from_wave, to_wave].iter().all(|&it| by.asked.in_wave(it)));
        let (same, other): (Vec<_>, Vec<_>) = in_both.partition(|(_, by)| by.is_same(from_wave, to_wave));
        let numbers = |of: Vec<(usize, _)>| of.into_iter().map(|(breakdown, _)| breakdown).collect();
        let (breakdowns, divided) = (numbers(same), numbers(other));
        let links = waves[0].links(&waves[1]);
        let sizes = survey.audiences[audience].breakdowns.iter().map(|by| by.groups.len()).collect();
        let apart = BTreeMap::new();
        let pair = MixPair {
            audience,
            from_wave,
            to_wave,
            waves,
            links,
            sizes,
            breakdowns,
            divided,
            compared,
            apart,
        };
        Some(MixPair { apart: pair.splits_apart(), ..pair })
    }

    /// Splits over groups that are the same in both waves.
    fn splits_apart(&self) -> BTreeMap<(By, (Department, Question)), Split> {
        let is_same = |by: &By| !matches!(by, By::Breakdown(breakdown) if self.divided.contains(breakdown));
        let ways: Vec<MixGroups> =
            self.ways().into_iter().filter(is_same).map(|by| self.groups(by)).collect();
        let splits = ways.par_iter().flat_map(|groups| {
            let none = BTreeSet::new();
            let split = move |&domain| Some(((groups.by, domain), self.work_out(domain, groups, &none)?));
            self.domains().par_iter().filter_map(split)
        });
        splits.collect()
    }

    /// The ways in which respondents of both waves are told apart, those included that do not divide
    /// them alike.
    pub fn ways(&self) -> Vec<By> {
        let joint = (!self.breakdowns.is_empty()).then_some(By::Joint);
        let mut breakdowns: Vec<usize> = self.breakdowns.iter().chain(&self.divided).copied().collect();
        breakdowns.sort_unstable();
        breakdowns.into_iter().map(By::Breakdown).chain(joint).collect()
    }

    /// The breakdowns that were asked in both waves of the same groups.
    pub fn same_breakdowns(&self) -> &[usize] {
        &self.breakdowns
    }

    /// The breakdowns by which the change cannot be split, since their groups were merged or split.
    pub fn divided(&self) -> &[usize] {
        &self.divided
    }

    /// The items that can be compared.
    pub fn compared(&self) -> &[Item] {
        &self.compared
    }

    /// The breakdowns behind the levels of a combination.
    pub fn breakdowns(&self, by: By) -> Vec<usize> {
        match by {
            By::Breakdown(breakdown) => vec![breakdown],
            By::Joint => self.breakdowns.clone(),
        }
    }

    /// Department and question of the changes that are split.
    pub fn domains(&self) -> &[(Department, Question)] {
        self.waves[0].domains()
    }

    /// The groups that a change can be split over.
    pub fn groups(&self, by: By) -> MixGroups {
        let breakdowns = self.breakdowns(by);
        let keys = self.waves.each_ref().map(|wave| {
            let combinations = wave.combinations().iter();
            combinations.map(|levels| key(&breakdowns, levels)).collect::<Vec<Levels>>()
        });
        let defined = match by {
            By::Breakdown(breakdown) => self.sizes[breakdown],
            By::Joint => 0,
        };
        let defined = (0..defined).map(|group| vec![Some(group)]);
        let levels: BTreeSet<Levels> = keys.iter().flatten().cloned().chain(defined).collect();
        let levels: Vec<Levels> = levels.into_iter().collect();
        let of = keys.map(|keys| keys.iter().map(|key| levels.partition_point(|one| one < key)).collect());
        MixGroups { by, levels, of }
    }

    /// How many scored in each wave, in every group.
    pub fn bases(&self, domain: (Department, Question), groups: &MixGroups) -> Vec<[u64; 2]> {
        let [from, to] =
            [0, 1].map(|wave| self.waves[wave].bases(domain, &groups.of[wave], groups.levels.len()));
        from.into_iter().zip(to).map(|(from, to)| [from, to]).collect()
    }

    /// How many scored in each wave in any of the groups that are put together.
    pub fn base_of(&self, domain: (Department, Question), by: By, together: &BTreeSet<Levels>) -> [u64; 2] {
        let breakdowns = self.breakdowns(by);
        let base = |attributed: &Attributed| {
            attributed.base(domain, |levels| together.contains(&key(&breakdowns, levels)))
        };
        [base(&self.waves[0]), base(&self.waves[1])]
    }

    /// The change of a domain's pooled mean, split over groups with those in `together` as one. See
    /// [`mix()`](super::mix()) for formulas and errors. `None` unless both waves have an answer.
    pub fn split(
        &self,
        domain: (Department, Question),
        groups: &MixGroups,
        together: &BTreeSet<Levels>,
    ) -> Option<Cow<'_, Split>> {
        let known = if together.is_empty() { self.apart.get(&(groups.by, domain)) } else { None };
        known.map(Cow::Borrowed).or_else(|| self.work_out(domain, groups, together).map(Cow::Owned))
    }

    fn work_out(
        &self,
        domain: (Department, Question),
        groups: &MixGroups,
        together: &BTreeSet<Levels>,
    ) -> Option<Split> {
        let apart: Vec<&Levels> = groups.levels.iter().filter(|levels| !together.contains(*levels)).collect();
        let other = apart.len();
        let place = |levels: &Levels| apart.binary_search(&levels).unwrap_or(other);
        let places: Vec<usize> = groups.levels.iter().map(place).collect();
        let [from, to] = [0, 1].map(|wave| {
            let group_of: Vec<usize> = groups.of[wave].iter().map(|group| places[*group]).collect();
            self.waves[wave].mix_wave(domain, &group_of)
        });
        let scored = |&(before, after): &(usize, usize)| {
            !from.respondents[before].is_empty() && !to.respondents[after].is_empty()
        };
        let links: Vec<(usize, usize)> = self.links.iter().copied().filter(scored).collect();
        let errors = if groups.by == By::Joint { Errors::OfTotal } else { Errors::OfAll };
        let mix = mix_with(&from, &to, other + 1, &links, errors)?;
        let in_both = mix.groups.iter().flatten().filter(|row| row.mean_from.and(row.mean_to).is_some());
        let covered = in_both.fold([0.0, 0.0], |sum, row| [sum[0] + row.share_from, sum[1] + row.share_to]);
        let figure = |effects: MixRow| {
            let change = effects.within.value + effects.mix.value;
            MixFigure { change, effects, covered: covered.map(|it: f64| it.min(1.0)) }
        };
        let group = |position: usize| mix.groups.get(position).copied().flatten().map(figure);
        let groups = apart.iter().enumerate();
        let groups = groups.filter_map(|(at, levels)| Some(((*levels).clone(), group(at)?)));
        // The change of the means as it is published, from exact sums.
        let [before, after] = [0, 1].map(|wave| self.waves[wave].pooled(domain));
        let change = Ratio::new(after.y, after.k)?.minus(Ratio::new(before.y, before.k)?);
        let total = figure(mix.total);
        let total = MixFigure { change: change.map_or(total.change, Ratio::value), ..total };
        Some(Split { groups: groups.collect(), other: group(other), total })
    }
}

/// What a combination of levels looks like where these breakdowns tell respondents apart.
fn key(breakdowns: &[usize], levels: &Levels) -> Levels {
    breakdowns.iter().map(|&breakdown| levels[breakdown]).collect()
}
