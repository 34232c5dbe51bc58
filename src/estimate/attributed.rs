//! What each sampling unit answered, with the combination of groups it belongs to.

use std::collections::{BTreeSet, HashMap};

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
    /// The combinations of groups that occur, in order.
    combinations: Vec<Levels>,
    units: Vec<Unit>,
    /// Per breakdown, the number invited of every group; `None` where not all of them are known.
    invited: Vec<Option<Vec<u64>>>,
}

/// One sampling unit: answers per domain, apart for each combination of groups among its forms.
#[derive(Clone, Debug, Default)]
struct Unit {
    link: Option<String>,
    /// By the position of the combination.
    answered: Vec<(usize, Vec<Answered>)>,
}

impl Unit {
    /// The answers of forms of one combination, to be added to.
    fn of_combination(&mut self, combination: usize, domains: usize) -> &mut [Answered] {
        let known = self.answered.iter().position(|(one, _)| *one == combination);
        let at = known.unwrap_or_else(|| {
            self.answered.push((combination, vec![(0, 0); domains]));
            self.answered.len() - 1
        });
        &mut self.answered[at].1
    }

    /// Answers and their sum in a domain, apart for each combination.
    fn in_domain(&self, domain: Option<usize>) -> impl Iterator<Item = (usize, Answered)> {
        let at = move |answers: &Vec<Answered>| domain.map_or((0, 0), |domain| answers[domain]);
        self.answered.iter().map(move |(combination, answers)| (*combination, at(answers)))
    }

    /// Answers and their sum in a domain; `None` of a unit without forms.
    fn sum(&self, domain: Option<usize>) -> Option<Answered> {
        self.in_domain(domain).map(|(_, it)| it).reduce(|one, other| (one.0 + other.0, one.1 + other.1))
    }
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
        let combinations: BTreeSet<&Levels> = responses.forms.iter().map(|form| &form.groups).collect();
        let combinations: Vec<Levels> = combinations.into_iter().cloned().collect();
        let clusters = responses.clusters();
        let mut units = vec![Unit::default(); clusters.iter().max().map_or(0, |last| last + 1)];
        for (form, cluster) in responses.forms.iter().zip(clusters) {
            let unit = &mut units[cluster];
            unit.link.clone_from(&form.link);
            let Ok(combination) = combinations.binary_search(&form.groups) else { continue };
            let sums = unit.of_combination(combination, domains.len());
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
        let invited = invited.collect();
        Some(Attributed { wave, audience, sample, domains, combinations, units, invited })
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

    /// The combinations of groups that occur, in order.
    pub(super) fn combinations(&self) -> &[Levels] {
        &self.combinations
    }

    /// How many units scored in each of `groups` groups, given the group of every combination.
    pub(super) fn bases(
        &self,
        domain: (Department, Question),
        group_of: &[usize],
        groups: usize,
    ) -> Vec<u64> {
        let domain = self.position(domain);
        let mut bases = vec![0; groups];
        // The last unit that was counted in a group: forms of one unit count once.
        let mut counted = vec![usize::MAX; groups];
        for (position, unit) in self.units.iter().enumerate() {
            for (combination, _) in unit.in_domain(domain).filter(|(_, answers)| answers.0 > 0) {
                let group = group_of[combination];
                if counted[group] != position {
                    counted[group] = position;
                    bases[group] += 1;
                }
            }
        }
        bases
    }

    /// How many units scored in any of the combinations that `is_in` picks.
    pub(super) fn base(&self, domain: (Department, Question), is_in: impl Fn(&Levels) -> bool) -> u64 {
        let domain = self.position(domain);
        let is_in: Vec<bool> = self.combinations.iter().map(is_in).collect();
        let scored = |unit: &&Unit| {
            unit.in_domain(domain).any(|(combination, answers)| answers.0 > 0 && is_in[combination])
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
        self.combinations.iter().any(|levels| levels[breakdown].is_none())
    }

    /// All answers of a domain.
    pub(super) fn pooled(&self, domain: (Department, Question)) -> Moments {
        let domain = self.position(domain);
        let mut moments = Moments::default();
        self.units.iter().filter_map(|unit| unit.sum(domain)).for_each(|(k, y)| moments.add(k, y));
        moments
    }

    /// The wave as a split of a change takes it: one entry per unit, its answers in the group of each
    /// combination.
    pub(super) fn mix_wave(&self, domain: (Department, Question), group_of: &[usize]) -> MixWave {
        let domain = self.position(domain);
        let parts = |unit: &Unit| {
            let mut parts: Vec<Part> = Vec::new();
            for (combination, (answers, sum)) in unit.in_domain(domain).filter(|(_, it)| it.0 > 0) {
                let group = group_of[combination];
                match parts.iter_mut().find(|part| part.group == group) {
                    Some(part) => (part.answers, part.sum) = (part.answers + answers, part.sum + sum),
                    None => parts.push(Part { group, answers, sum }),
                }
            }
            parts.sort_unstable();
            parts
        };
        MixWave { sample: self.sample, respondents: self.units.iter().map(parts).collect() }
    }

    /// Positions of the units that are the same party in both waves.
    pub(super) fn links(&self, later: &Attributed) -> Vec<(usize, usize)> {
        let positions: HashMap<&str, usize> =
            later.linked().map(|(position, link)| (link, position)).collect();
        self.linked().filter_map(|(position, link)| Some((position, *positions.get(link)?))).collect()
    }

    fn linked(&self) -> impl Iterator<Item = (usize, &str)> {
        self.units.iter().enumerate().filter_map(|(position, unit)| Some((position, unit.link.as_deref()?)))
    }

    /// The group of each unit in a breakdown; a unit whose forms say different things states none.
    pub(super) fn levels(&self, breakdown: usize) -> impl Iterator<Item = Option<usize>> {
        self.units.iter().map(move |unit| {
            let mut stated =
                unit.answered.iter().map(|(combination, _)| self.combinations[*combination][breakdown]);
            let first = stated.next().flatten();
            first.filter(|_| stated.all(|other| other == first))
        })
    }

    /// Answers of each unit in a domain, and their sum.
    pub(super) fn answered(&self, domain: (Department, Question)) -> impl Iterator<Item = Answered> {
        let domain = self.position(domain);
        self.units.iter().map(move |unit| unit.sum(domain).unwrap_or_default())
    }

    fn position(&self, domain: (Department, Question)) -> Option<usize> {
        self.domains.iter().position(|other| *other == domain)
    }
}

/// Every department over all questions, and every question of the headline department.
fn domains(survey: &crate::survey::Survey, audience: usize) -> Vec<(Department, Question)> {
    let headline = survey.headline_department(audience);
    let departments = survey.department_cells(audience).into_iter().map(|it| (it, Question::All));
    let questions = survey.question_cells().into_iter().filter(|it| *it != Question::All);
    departments.chain(questions.map(|question| (headline, question))).collect()
}
