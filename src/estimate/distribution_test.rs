//! Whether audiences, or the groups of a breakdown, spread their answers alike over the scale.

use std::collections::BTreeMap;

use super::families;
use super::figure::LEVEL;
use super::results::{Figure, sample};
use super::{RaoScott, SMALLEST_BASE, Sample, TableMoments, rao_scott};
use crate::tally::{Cell, Counted, Group, Question};

/// Whose answers are held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// Two audiences, each about what its headline is about.
    Audiences { left: usize, right: usize },
    /// The groups of a breakdown.
    Groups { audience: usize, breakdown: usize },
}

/// The address of a test. It stays readable where the test itself is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DistributionKey {
    pub wave: usize,
    pub compared: Compared,
    pub question: Question,
}

/// A test whether answers are spread alike.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionTest {
    pub key: DistributionKey,
    /// The cells that take part: those with enough respondents for a test.
    pub cells: Vec<Cell>,
    /// Respondents in them.
    pub respondents: u64,
    /// `None` with fewer than two such cells, or where the test itself is undefined.
    pub test: Option<RaoScott>,
    /// Adjusted for the questions of the same comparison.
    pub p_adjusted: Option<f64>,
    pub family: String,
    pub verdict: Spread,
}

/// What a test of distributions shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    Differs,
    /// Not clearly different: not the same as alike.
    NotClear,
    NotTested,
}

/// Every test of the run's waves, adjusted in its family.
pub(super) fn distribution_tests(
    counted: &Counted<'_>,
    results: &BTreeMap<Cell, Figure>,
) -> Vec<DistributionTest> {
    let survey = counted.survey;
    let audiences = 0..survey.audiences.len();
    let mut tests = Vec::new();
    for &wave in counted.waves {
        let answered: Vec<usize> =
            audiences.clone().filter(|&audience| counted.units(wave, audience).is_some()).collect();
        let mut compared = Vec::new();
        for (position, &left) in answered.iter().enumerate() {
            compared
                .extend(answered[position + 1..].iter().map(|&right| Compared::Audiences { left, right }));
        }
        for &audience in &answered {
            let breakdowns = survey.audiences[audience].breakdowns.iter().enumerate();
            let asked = breakdowns.filter(|(_, definition)| definition.asked.in_wave(wave));
            compared.extend(asked.map(|(breakdown, _)| Compared::Groups { audience, breakdown }));
        }
        for compared in compared {
            for question in survey.question_cells() {
                tests.push(one(counted, results, DistributionKey { wave, compared, question }));
            }
        }
    }
    let members: Vec<_> = tests
        .iter()
        .map(|it| (families::of_distribution(survey, &it.key), it.test.as_ref().map(|test| test.p)))
        .collect();
    for (test, adjusted) in tests.iter_mut().zip(families::adjusted(&members)) {
        test.p_adjusted = adjusted;
        test.verdict = match adjusted {
            None => Spread::NotTested,
            Some(p) if p < 1.0 - LEVEL => Spread::Differs,
            Some(_) => Spread::NotClear,
        };
    }
    tests
}

fn one(counted: &Counted<'_>, results: &BTreeMap<Cell, Figure>, key: DistributionKey) -> DistributionTest {
    let survey = counted.survey;
    let respondents = |cell: &Cell| results.get(cell).map_or(0, |figure| figure.counts.respondents);
    let is_enough = |cell: &Cell| {
        respondents(cell) >= survey.audiences[cell.audience].minimum_respondents.max(SMALLEST_BASE)
    };
    let cells: Vec<Cell> = cells(counted, &key).into_iter().filter(is_enough).collect();
    DistributionTest {
        key,
        respondents: cells.iter().map(respondents).sum(),
        test: if cells.len() < 2 { None } else { test(counted, &cells) },
        cells,
        p_adjusted: None,
        family: families::of_distribution(survey, &key).0,
        verdict: Spread::NotTested,
    }
}

/// The cells that a comparison is between.
fn cells(counted: &Counted<'_>, key: &DistributionKey) -> Vec<Cell> {
    let survey = counted.survey;
    let cell = |audience, group| Cell {
        wave: key.wave,
        audience,
        department: survey.headline_department(audience),
        question: key.question,
        group,
    };
    match key.compared {
        Compared::Audiences { left, right } => {
            [left, right].map(|audience| cell(audience, Group::Everyone)).to_vec()
        }
        Compared::Groups { audience, breakdown } => {
            let groups = 0..survey.audiences[audience].breakdowns[breakdown].groups.len();
            groups.map(|group| cell(audience, Group::Of { breakdown, group })).collect()
        }
    }
}

/// The table has a row per cell; cells of one audience come from one sample.
fn test(counted: &Counted<'_>, cells: &[Cell]) -> Option<RaoScott> {
    let scores = usize::from(counted.survey.scale.top);
    let mut parts: BTreeMap<usize, (Sample, TableMoments)> = BTreeMap::new();
    for cell in cells {
        parts.entry(cell.audience).or_insert_with(|| {
            (sample(counted, cell.wave, cell.audience), TableMoments::new(cells.len(), scores))
        });
    }
    for (audience, (_, table)) in &mut parts {
        let units = counted.units(cells.first()?.wave, *audience)?;
        let domain =
            |cell: &Cell| units.domains.iter().position(|domain| *domain == (cell.department, cell.question));
        let rows: Vec<_> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.audience == *audience)
            .filter_map(|(row, cell)| Some((row, cell.group, domain(cell)?)))
            .collect();
        for unit in &units.units {
            let answers = rows.iter().flat_map(|(row, group, domain)| {
                let counts = unit.answered.get(group).and_then(|counts| counts.get(*domain));
                let times = move |score: usize| counts.map_or(0, |counts| counts.scores[score]);
                (0..scores).flat_map(move |score| (0..times(score)).map(move |_| row * scores + score))
            });
            table.add(answers);
        }
    }
    let parts: Vec<_> = parts.into_values().collect();
    rao_scott(cells.len(), scores, &parts)
}
