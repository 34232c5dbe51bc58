//! Whether audiences, or the groups of a breakdown, spread their answers alike over the scale.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::families;
use super::figure::LEVEL;
use super::results::{Figure, sample};
use super::{RaoScott, SMALLEST_BASE, Sample, TableMoments, rao_scott};
use crate::tally::{Cell, Cells, Counted, Group, Question};

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
    results: &Cells<Arc<Figure>>,
) -> Vec<DistributionTest> {
    let survey = counted.survey;
    let audiences = 0..survey.audiences.len();
    let mut keys = Vec::new();
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
            let questions = survey.question_cells().into_iter();
            keys.extend(questions.map(|question| DistributionKey { wave, compared, question }));
        }
    }
    let mut tests: Vec<DistributionTest> =
        keys.into_par_iter().map(|key| one(counted, results, key)).collect();
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

fn one(counted: &Counted<'_>, results: &Cells<Arc<Figure>>, key: DistributionKey) -> DistributionTest {
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
    let scores = usize::from(counted.survey.scale_of(cells[0].wave).top);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::estimate;
    use crate::small_survey::{Filled, Small};

    fn tests(providers: &[Filled], officers: &[Filled]) -> Vec<DistributionTest> {
        estimate(&Small::new(2, &[(providers, officers)]).counted()).distribution_tests
    }

    fn of(tests: &[DistributionTest], compared: Compared) -> &DistributionTest {
        let key = DistributionKey { wave: 0, compared, question: Question::One(0) };
        tests.iter().find(|test| test.key == key).unwrap()
    }

    /// By hand, one answer each: group a scores 1 three times and 2 once, b the other way round.
    /// Pearson's X² = 8 (3·3 - 1·1)² / 4⁴ = 2; four are too few, so five of each: 1, 1, 1, 1, 2
    /// against 2, 2, 2, 2, 1: X² = 10 (4·4 - 1·1)² / 5⁴ = 3.6.
    #[test]
    fn groups_of_a_breakdown_are_one_table() {
        let forms: Vec<Filled> = [[1, 1, 1, 1, 2], [2, 2, 2, 2, 1]]
            .iter()
            .enumerate()
            .flat_map(|(group, scores)| {
                scores.iter().map(move |score| {
                    let answers: &[u8] = if *score == 1 { &[1] } else { &[2] };
                    ("", Some(group), answers)
                })
            })
            .collect();
        let found = tests(&forms, &[]);
        let test = of(&found, Compared::Groups { audience: 0, breakdown: 0 });
        assert!((test.test.unwrap().pearson - 3.6).abs() < 1e-12);
        assert_eq!((test.cells.len(), test.respondents), (2, 10));
        assert_eq!(test.family, "distribution/2016/providers/side/questions");
        // Both questions were answered alike, so Holm doubles the one p.
        assert!((test.p_adjusted.unwrap() - (2.0 * test.test.unwrap().p).min(1.0)).abs() < 1e-15);
    }

    #[test]
    fn few_are_not_tested_and_alike_is_not_clear() {
        let few: Vec<Filled> = vec![("", Some(0), &[1]), ("", Some(0), &[2]), ("", Some(1), &[3])];
        let found = tests(&few, &few);
        assert!(found.iter().all(|test| test.verdict == Spread::NotTested && test.test.is_none()));
        let many: Vec<Filled> =
            (0..8).map(|one| ("", Some(one / 4), if one % 2 == 0 { &[1][..] } else { &[3][..] })).collect();
        let found = tests(&many, &many);
        let audiences = of(&found, Compared::Audiences { left: 0, right: 1 });
        assert_eq!((audiences.verdict, audiences.respondents), (Spread::NotClear, 16));
        // Four of each group are below the smallest base of a test.
        let groups = of(&found, Compared::Groups { audience: 0, breakdown: 0 });
        assert_eq!((groups.verdict, groups.cells.len()), (Spread::NotTested, 0));
    }
}
