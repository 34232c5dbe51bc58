//! Gaps within a wave, each as one estimate: audience against audience, department against
//! department and the rest within the same people, group against group and the rest.

use std::sync::Arc;

use rayon::prelude::*;

use super::gap_key::{GapKey, Side};
use super::results::{Figure, sample};
use super::{Comparison, Estimate, NotTested, effects, families, independent, mean, overlapping};
use crate::survey::Survey;
use crate::tally::{Against, Cell, Cells, Counted, Department, Group, Moments, Pair};

/// One comparison within a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub key: GapKey,
    pub comparison: Comparison,
    /// Cliff's delta of left over right, -1 to 1, from each respondent's mean over the domain; `None`
    /// between departments, about a single department, and with nobody on a side.
    pub effect: Option<Estimate>,
}

/// Every gap of the run's waves, judged in its family, by key.
pub(super) fn gaps(counted: &Counted<'_>, results: &Cells<Arc<Figure>>) -> Vec<Arc<Gap>> {
    let survey = counted.survey;
    let mut parts: Vec<Part> = Vec::new();
    for &wave in counted.waves {
        parts.push(Part::Audiences { wave });
        for (audience, definition) in survey.audiences.iter().enumerate() {
            if counted.has_answers(wave, audience) {
                let at = (wave, audience);
                parts.push(Part::Departments { at });
                let breakdowns = 0..definition.breakdowns.len();
                parts.extend(breakdowns.map(|breakdown| Part::Groups { at, breakdown }));
            }
        }
    }
    let parts: Vec<Vec<Arc<Gap>>> = parts.into_par_iter().map(|part| part.gaps(counted, results)).collect();
    let mut gaps: Vec<Arc<Gap>> = parts.into_iter().flatten().collect();
    gaps.sort_by_key(|gap| gap.key);
    gaps
}

/// Gaps that are worked out together, of a wave and mostly of an audience: whole families.
enum Part {
    Audiences { wave: usize },
    Departments { at: (usize, usize) },
    Groups { at: (usize, usize), breakdown: usize },
}

impl Part {
    fn gaps(&self, counted: &Counted<'_>, results: &Cells<Arc<Figure>>) -> Vec<Arc<Gap>> {
        let mut gaps = Vec::new();
        match *self {
            Part::Audiences { wave } => audiences(counted.survey, wave, results, &mut gaps),
            Part::Departments { at } => departments(counted, at, &mut gaps),
            Part::Groups { at, breakdown } => groups(counted, at, breakdown, results, &mut gaps),
        }
        judge(counted.survey, &mut gaps);
        effects::add(counted, &mut gaps);
        gaps
    }
}

/// Different people: independent, each with its own sample.
fn audiences(survey: &Survey, wave: usize, results: &Cells<Arc<Figure>>, gaps: &mut Vec<Arc<Gap>>) {
    for left in 0..survey.audiences.len() {
        for right in left + 1..survey.audiences.len() {
            let departments = survey.department_cells(left);
            let compared =
                departments.into_iter().filter(|department| !matches!(department, Department::One(_)));
            for department in compared {
                let opposite = if survey.department_cells(right).contains(&department) {
                    department
                } else {
                    Department::Whole
                };
                for question in survey.question_cells() {
                    let mean = |audience, department| {
                        let cell = Cell { wave, audience, department, question, group: Group::Everyone };
                        results.get(&cell).and_then(|figure| figure.mean)
                    };
                    let comparison = independent(mean(left, department), mean(right, opposite));
                    let key = GapKey::of_audiences(wave, [left, right], department, question);
                    gaps.push(Arc::new(Gap { key, comparison, effect: None }));
                }
            }
        }
    }
}

/// The same people: the variance of the difference within respondents.
fn departments(counted: &Counted<'_>, (wave, audience): (usize, usize), gaps: &mut Vec<Arc<Gap>>) {
    let sample = sample(counted, wave, audience);
    for question in counted.survey.question_cells() {
        for Pair { left, right, moments: [own, theirs], cross } in counted.pairs(wave, audience, question) {
            let right = match right {
                Against::Department(other) => Side::Department(other),
                Against::Rest => Side::Rest,
            };
            let comparison = overlapping(&own, &theirs, &cross, sample);
            let key = GapKey::of_departments(wave, audience, question, [Side::Department(left), right]);
            gaps.push(Arc::new(Gap { key, comparison, effect: None }));
        }
    }
}

/// Different people of one sample: the covariance of disjoint domains is exactly 0.
fn groups(
    counted: &Counted<'_>,
    (wave, audience): (usize, usize),
    breakdown: usize,
    results: &Cells<Arc<Figure>>,
    gaps: &mut Vec<Arc<Gap>>,
) {
    let survey = counted.survey;
    let sample = sample(counted, wave, audience);
    let definition = &survey.audiences[audience].breakdowns[breakdown];
    for department in survey.department_cells(audience) {
        for question in survey.question_cells() {
            let cell =
                |group| Cell { wave, audience, department, question, group: Group::Of { breakdown, group } };
            let cells = || (0..definition.groups.len()).map(cell);
            let means: Vec<Option<Estimate>> =
                cells().map(|cell| results.get(&cell).and_then(|figure| figure.mean)).collect();
            let scores: Vec<Moments> = cells()
                .map(|cell| counted.tally.get(&cell).map(|it| it.scores).unwrap_or_default())
                .collect();
            let rest = |group| {
                let mut rest = Moments::default();
                let others = scores.iter().enumerate().filter(|(other, _)| *other != group);
                others.for_each(|(_, scores)| rest += *scores);
                mean(&rest, sample)
            };
            let mut push = |left, right, comparison| {
                let sides = (breakdown, [Side::Group(left), right]);
                let key = GapKey::of_groups(wave, audience, department, question, sides);
                gaps.push(Arc::new(Gap { key, comparison, effect: None }));
            };
            for (group, &own) in means.iter().enumerate() {
                push(group, Side::Rest, independent(own, rest(group)));
                for (other, &theirs) in means.iter().enumerate().skip(group + 1) {
                    push(group, Side::Group(other), independent(own, theirs));
                }
            }
        }
    }
}

/// Sets aside what must not be tested, and judges the rest in its families.
fn judge(survey: &Survey, gaps: &mut [Arc<Gap>]) {
    for gap in gaps.iter_mut() {
        let Comparison { left, right, difference, .. } = gap.comparison;
        let is_small = |side: Side, estimate: Option<Estimate>| {
            let minimum =
                gap.key.audience_of(side).map_or(0, |one| survey.audiences[one].minimum_respondents);
            estimate.map_or(0, |estimate| estimate.respondents) < minimum
        };
        if difference.is_some() && (is_small(gap.key.left, left) || is_small(gap.key.right, right)) {
            Arc::make_mut(gap).comparison.leave_untested(NotTested::SmallBase);
        }
    }
    let family = |gap: &Arc<Gap>| families::of_gap(&gap.key);
    let name = |gap: &Arc<Gap>| families::name_of_gap(survey, &gap.key);
    families::judge(gaps, family, name, |gap| &mut Arc::make_mut(gap).comparison);
}
