//! What each sampling unit answered, with the combination of groups it belongs to.

use std::collections::{BTreeMap, BTreeSet};

use super::results::sample;
use super::{Levels, MixWave, Part, Sample};
use crate::survey::Item;
use crate::tally::{Answered, Counted, Department, Group, Moments, Question, fed_by};

/// The units of one audience in one wave. The tally counts one group at a time; splitting a change
/// and weighting to several margins need to know which groups go together in one form.
#[derive(Clone, Debug)]
pub struct Attributed {
    pub wave: usize,
    pub audience: usize,
    pub(super) sample: Sample,
    domains: Vec<(Department, Question)>,
    units: Vec<Unit>,
    /// Per breakdown, the number invited of every group; `None` where not all of them are known.
    invited: Vec<Option<Vec<u64>>>,
}

/// One sampling unit: answers per domain, apart for each combination of groups among its forms.
#[derive(Clone, Debug, Default)]
struct Unit {
    link: Option<String>,
    answered: BTreeMap<Levels, Vec<Answered>>,
}

impl Attributed {
    /// Counts the items for which `asked` holds; `None` where the audience has no answers.
    pub(super) fn of(
        counted: &Counted<'_>,
        (wave, audience): (usize, usize),
        asked: impl Fn(Item) -> bool,
    ) -> Option<Attributed> {
        let survey = counted.survey;
        let responses = counted.responses(wave, audience)?;
        let domains = domains(survey, audience);
        let feeds: Vec<Vec<usize>> = responses
            .items
            .iter()
            .map(|item| if asked(*item) { fed_by(&domains, *item) } else { Vec::new() })
            .collect();
        let clusters = responses.clusters();
        let mut units = vec![Unit::default(); clusters.iter().max().map_or(0, |last| last + 1)];
        for (form, cluster) in responses.forms.iter().zip(clusters) {
            let unit = &mut units[cluster];
            unit.link.clone_from(&form.link);
            let empty = || vec![(0, 0); domains.len()];
            let sums = unit.answered.entry(form.groups.clone()).or_insert_with(empty);
            for (score, feeds) in form.codes.iter().map(|code| code.score()).zip(&feeds) {
                let Some(score) = score else { continue };
                for &domain in feeds {
                    sums[domain] = (sums[domain].0 + 1, sums[domain].1 + u64::from(score));
                }
            }
        }
        let breakdowns = survey.audiences[audience].breakdowns.iter().enumerate();
        let invited = breakdowns.map(|(breakdown, by)| {
            let known = |group| counted.invited(wave, audience, Group::Of { breakdown, group });
            let all: Option<Vec<u64>> = (0..by.groups.len()).map(known).collect();
            all.filter(|groups| by.asked.in_wave(wave) && !groups.is_empty())
        });
        let sample = sample(counted, wave, audience);
        Some(Attributed { wave, audience, sample, domains, units, invited: invited.collect() })
    }

    /// Department and question of the figures that are split or weighted.
    pub fn domains(&self) -> &[(Department, Question)] {
        &self.domains
    }

    /// Number invited of every group of a breakdown; `None` where not all of them are known.
    pub fn invited(&self, breakdown: usize) -> Option<&[u64]> {
        self.invited.get(breakdown)?.as_deref()
    }

    /// The breakdowns of which the number invited is known for every group.
    pub fn known_margins(&self) -> Vec<usize> {
        let known = self.invited.iter().enumerate().filter(|(_, invited)| invited.is_some());
        known.map(|(breakdown, _)| breakdown).collect()
    }

    /// Every combination of groups, seen through `key`, with the number of units that scored in it.
    pub(super) fn bases(
        &self,
        domain: (Department, Question),
        key: impl Fn(&Levels) -> Levels,
    ) -> BTreeMap<Levels, u64> {
        let mut bases = BTreeMap::new();
        for unit in &self.units {
            let mut scored: BTreeMap<Levels, bool> = BTreeMap::new();
            for (levels, answers) in self.in_domain(unit, domain) {
                *scored.entry(key(levels)).or_default() |= answers.0 > 0;
            }
            for (levels, scored) in scored {
                *bases.entry(levels).or_default() += u64::from(scored);
            }
        }
        bases
    }

    /// How many units scored in any of the combinations that `is_in` picks.
    pub(super) fn base(&self, domain: (Department, Question), is_in: impl Fn(&Levels) -> bool) -> u64 {
        let scored = |unit: &&Unit| {
            self.in_domain(unit, domain).any(|(levels, answers)| answers.0 > 0 && is_in(levels))
        };
        self.units.iter().filter(scored).count() as u64
    }

    /// How many units scored in any of these groups of a breakdown.
    pub fn base_of_levels(
        &self,
        domain: (Department, Question),
        breakdown: usize,
        groups: &BTreeSet<Option<usize>>,
    ) -> u64 {
        self.base(domain, |levels| groups.contains(&levels[breakdown]))
    }

    /// Whether any form leaves the attribute blank.
    pub fn has_not_stated(&self, breakdown: usize) -> bool {
        self.units.iter().any(|unit| unit.answered.keys().any(|levels| levels[breakdown].is_none()))
    }

    /// All answers of a domain.
    pub(super) fn pooled(&self, domain: (Department, Question)) -> Moments {
        let mut moments = Moments::default();
        self.units
            .iter()
            .for_each(|unit| self.sum(unit, domain).into_iter().for_each(|(k, y)| moments.add(k, y)));
        moments
    }

    /// The wave as a split of a change takes it: one entry per unit, its answers in the group that
    /// `position` puts them in.
    pub(super) fn mix_wave(
        &self,
        domain: (Department, Question),
        position: impl Fn(&Levels) -> Option<usize>,
    ) -> MixWave {
        let parts = |unit: &Unit| {
            let mut parts: BTreeMap<usize, Answered> = BTreeMap::new();
            for (levels, (answers, sum)) in self.in_domain(unit, domain).filter(|(_, it)| it.0 > 0) {
                if let Some(group) = position(levels) {
                    let part = parts.entry(group).or_default();
                    *part = (part.0 + answers, part.1 + sum);
                }
            }
            parts.into_iter().map(|(group, (answers, sum))| Part { group, answers, sum }).collect()
        };
        MixWave { sample: self.sample, respondents: self.units.iter().map(parts).collect() }
    }

    /// Positions of the units that are the same party in both waves and scored in a domain in both.
    pub(super) fn links(&self, later: &Attributed, domain: (Department, Question)) -> Vec<(usize, usize)> {
        let scored = |of: &Attributed, unit: &Unit| of.sum(unit, domain).is_some_and(|sum| sum.0 > 0);
        let linked = later.units.iter().enumerate().filter(|(_, unit)| scored(later, unit));
        let positions: BTreeMap<&str, usize> =
            linked.filter_map(|(position, unit)| Some((unit.link.as_deref()?, position))).collect();
        let here = self.units.iter().enumerate().filter(|(_, unit)| scored(self, unit));
        here.filter_map(|(position, unit)| Some((position, *positions.get(unit.link.as_deref()?)?))).collect()
    }

    /// The group of each unit in a breakdown; a unit whose forms say different things states none.
    pub(super) fn levels(&self, breakdown: usize) -> impl Iterator<Item = Option<usize>> {
        self.units.iter().map(move |unit| {
            let stated: BTreeSet<_> = unit.answered.keys().map(|levels| levels[breakdown]).collect();
            if stated.len() == 1 { stated.into_iter().next().flatten() } else { None }
        })
    }

    /// Answers of each unit in a domain, and their sum.
    pub(super) fn answered(&self, domain: (Department, Question)) -> impl Iterator<Item = Answered> {
        self.units.iter().map(move |unit| self.sum(unit, domain).unwrap_or_default())
    }

    fn in_domain<'a>(
        &self,
        unit: &'a Unit,
        domain: (Department, Question),
    ) -> impl Iterator<Item = (&'a Levels, Answered)> {
        let position = self.domains.iter().position(|other| *other == domain);
        let at = move |answers: &Vec<Answered>| position.map_or((0, 0), |position| answers[position]);
        unit.answered.iter().map(move |(levels, answers)| (levels, at(answers)))
    }

    fn sum(&self, unit: &Unit, domain: (Department, Question)) -> Option<Answered> {
        self.in_domain(unit, domain).map(|(_, it)| it).reduce(|one, other| (one.0 + other.0, one.1 + other.1))
    }
}

/// Every department over all questions, and every question of the headline department.
fn domains(survey: &crate::survey::Survey, audience: usize) -> Vec<(Department, Question)> {
    let headline = survey.headline_department(audience);
    let departments = survey.department_cells(audience).into_iter().map(|it| (it, Question::All));
    let questions = survey.question_cells().into_iter().filter(|it| *it != Question::All);
    departments.chain(questions.map(|question| (headline, question))).collect()
}
