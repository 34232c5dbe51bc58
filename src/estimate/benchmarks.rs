//! This council against others that shared their averages.
//!
//! The others together are one average in which each council counts once, whatever number answered
//! there: the question is how other councils do, and a large one must not stand for all of them. They
//! are these councils and no sample of all councils, so that what is uncertain about their average is
//! what is uncertain about each of them, and nothing else.

use std::sync::Arc;

use super::families;
use super::results::Figure;
use super::{Comparison, Estimate, NotTested, SMALLEST_BASE, independent, welch_satterthwaite};
use crate::ingest::{OtherCouncil, SharedMean};
use crate::tally::{Cell, Cells, Counted, Group};

/// A figure of the latest wave against other councils.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    pub cell: Cell,
    pub others: Others,
    /// This council against the average of the others.
    pub comparison: Comparison,
}

/// What the other councils have.
#[derive(Clone, Debug, PartialEq)]
pub struct Others {
    /// How many of them have the figure.
    pub councils: usize,
    /// The average of their averages.
    pub pooled: Estimate,
    /// Between what they lie; nothing where there is one council, of which the average says it all.
    pub spread: Option<CouncilSpread>,
}

/// Where the averages of several councils lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CouncilSpread {
    pub lowest: f64,
    pub median: f64,
    pub highest: f64,
}

/// Every figure of everyone in the latest wave that another council has too, judged in its family.
pub(super) fn benchmarks(counted: &Counted<'_>, results: &Cells<Arc<Figure>>) -> Vec<Benchmark> {
    let survey = counted.survey;
    let Some(&wave) = counted.waves.last() else { return Vec::new() };
    let mut benchmarks = Vec::new();
    for audience in 0..survey.audiences.len() {
        let is_there = survey.waves[wave].has_answers(audience);
        let cells = survey.cells(wave, audience).filter(|cell| cell.group == Group::Everyone);
        for cell in cells.filter(|cell| is_there && survey.is_asked(cell)) {
            let shared = shared(counted.councils, &cell);
            let Some(others) = others(&shared) else { continue };
            let ours = results.get(&cell).and_then(|figure| figure.mean);
            let minimum = survey.audiences[audience].minimum_respondents;
            let comparison = compare(ours, &others, &shared, minimum);
            benchmarks.push(Benchmark { cell, others, comparison });
        }
    }
    families::judge(
        &mut benchmarks,
        |it| families::of_cell(&it.cell),
        |it| families::name_of_benchmark(survey, &it.cell),
        |it| &mut it.comparison,
    );
    benchmarks
}

/// What the others have of a cell.
fn shared(councils: &[OtherCouncil], cell: &Cell) -> Vec<SharedMean> {
    let key = (cell.audience, cell.department, cell.question);
    councils.iter().filter_map(|council| council.figures.get(&key).copied()).collect()
}

/// Formula: the mean of J means, its variance Σ se² / J², its degrees of freedom by
/// [`welch_satterthwaite`]. No standard error unless every council has one; `None` without a council.
fn others(shared: &[SharedMean]) -> Option<Others> {
    let count = shared.len() as f64;
    let mut means: Vec<f64> = shared.iter().map(|one| one.mean).collect();
    means.sort_by(f64::total_cmp);
    let (lowest, highest) = (*means.first()?, *means.last()?);
    let median = f64::midpoint(means[(means.len() - 1) / 2], means[means.len() / 2]);
    let value = if let [one] = means[..] { one } else { plain(means.iter().sum::<f64>() / count) };
    let parts: Option<Vec<(f64, f64)>> = shared
        .iter()
        .map(|one| {
            let error = one.standard_error? / count;
            Some((error * error, one.degrees_of_freedom? as f64))
        })
        .collect();
    let variance = parts.as_ref().map(|parts| parts.iter().map(|(variance, _)| variance).sum());
    // Where nothing is uncertain any number of degrees does.
    let degrees_of_freedom = parts.as_deref().and_then(|parts| {
        welch_satterthwaite(parts).or_else(|| Some(parts.iter().map(|(_, degrees)| degrees).sum()))
    });
    let respondents = shared.iter().map(|one| one.respondents).sum();
    // How many answers they gave is not shared.
    let pooled = Estimate::bare(value, respondents, 0).with_variance(variance, degrees_of_freedom);
    let spread = (shared.len() > 1).then(|| CouncilSpread { lowest, median: plain(median), highest });
    Some(Others { councils: shared.len(), pooled, spread })
}

fn compare(ours: Option<Estimate>, others: &Others, shared: &[SharedMean], minimum: u64) -> Comparison {
    let mut comparison = independent(ours, Some(others.pooled));
    if let Some(difference) = &mut comparison.difference {
        difference.value = plain(difference.value);
    }
    let is_small = ours.is_some_and(|ours| ours.respondents < minimum)
        || shared.iter().any(|one| one.respondents < SMALLEST_BASE);
    match comparison.difference.is_some() && is_small {
        true => comparison.without_test(NotTested::SmallBase),
        false => comparison,
    }
}

/// A sum of decimals without what binary fractions add to it, so that halves are rounded as halves.
fn plain(value: f64) -> f64 {
    (value * 1e12).round() / 1e12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{Sample, Verdict, mean};
    use crate::small_survey::{Filled, Small};
    use crate::tally::{Department, Moments, Question};

    fn council(respondents: u64, mean: f64, error: f64, degrees: u64) -> SharedMean {
        SharedMean { respondents, mean, standard_error: Some(error), degrees_of_freedom: Some(degrees) }
    }

    /// By hand. Ours: 5 and 7 of the scores 2 and 3 among 12 people, mean 31/12; u = (y - R)/12, so the
    /// variance is 12/11 * (5 (7/12)² + 7 (5/12)²) / 144 = 12/11 * (35/12) / 144 = 35/1584.
    /// Others: (2.0 + 2.5 + 3.3) / 3 = 2.6, median 2.5, variance (0.01 + 0.04 + 0.0225) / 9 = 0.0725 / 9.
    /// Degrees of freedom of the difference: V = 35/1584 + 0.0725/9;
    /// V² / ((35/1584)²/11 + (0.01/9)²/20 + (0.04/9)²/10 + (0.0225/9)²/30).
    #[test]
    fn each_council_counts_once_and_the_errors_add_up() {
        let mut moments = Moments::default();
        (0..12).for_each(|one| moments.add(1, if one < 5 { 2 } else { 3 }));
        let ours = mean(&moments, Sample::without_frame(12));
        let shared = [council(200, 2.0, 0.1, 20), council(11, 3.3, 0.2, 10), council(31, 2.5, 0.15, 30)];
        let others = others(&shared).unwrap();
        assert_eq!((others.councils, others.pooled.value, others.pooled.respondents), (3, 2.6, 242));
        let spread = others.spread.unwrap();
        assert_eq!([spread.lowest, spread.median, spread.highest], [2.0, 2.5, 3.3]);
        let variance = (0.01 + 0.04 + 0.0225) / 9.0;
        assert!((others.pooled.variance().unwrap() - variance).abs() < 1e-15);

        let difference = compare(ours, &others, &shared, 5).difference.unwrap();
        let own = 35.0 / 1584.0;
        assert!((difference.value - (31.0 / 12.0 - 2.6)).abs() < 1e-11);
        assert!((difference.variance().unwrap() - (own + variance)).abs() < 1e-15);
        let parts = [(own, 11.0), (0.01 / 9.0, 20.0), (0.04 / 9.0, 10.0), (0.0225 / 9.0, 30.0)];
        let spread: f64 = parts.iter().map(|(part, degrees): &(f64, f64)| part * part / degrees).sum();
        let degrees = (own + variance).powi(2) / spread;
        assert!((difference.degrees_of_freedom.unwrap() - degrees).abs() < 1e-9);
    }

    /// 2.275 and 2.15 are 0.125 apart, which prints 0.13; in binary it would be a little less.
    #[test]
    fn one_council_has_no_spread_and_halves_stay_halves() {
        let shared = [council(20, 2.15, 0.1, 19)];
        let others = others(&shared).unwrap();
        assert_eq!((others.spread, others.pooled.value), (None, 2.15));
        let difference = compare(Estimate::exact(91, 40, 40), &others, &shared, 5).difference.unwrap();
        assert_eq!(difference.rounded(2), "0.13");
        assert_eq!(super::others(&[]), None);
        let two = [council(20, 2.0, 0.1, 19), council(20, 3.0, 0.1, 19)];
        assert_eq!(super::others(&two).unwrap().spread.unwrap().median, 2.5);
    }

    #[test]
    fn what_rests_on_too_few_or_has_no_error_is_not_tested() {
        let ours =
            |people| Estimate::exact(30, 12, people).map(|it| it.with_variance(Some(0.01), Some(11.0)));
        let verdict = |people, shared: &[SharedMean]| {
            compare(ours(people), &others(shared).unwrap(), shared, 5).verdict
        };
        let plenty = council(20, 2.0, 0.1, 19);
        assert_eq!(verdict(12, &[plenty]), Verdict::NotTested(NotTested::NotJudged));
        assert_eq!(verdict(4, &[plenty]), Verdict::NotTested(NotTested::SmallBase));
        assert_eq!(verdict(12, &[plenty, council(4, 2.0, 0.1, 3)]), Verdict::NotTested(NotTested::SmallBase));
        let without = SharedMean { standard_error: None, degrees_of_freedom: None, ..plenty };
        assert_eq!(verdict(12, &[plenty, without]), Verdict::NotTested(NotTested::NoStandardError));
        // A census elsewhere: what is uncertain is ours alone.
        let certain = [council(20, 2.0, 0.0, 19)];
        let difference = compare(ours(12), &others(&certain).unwrap(), &certain, 5).difference.unwrap();
        assert_eq!(difference.degrees_of_freedom, Some(11.0));
    }

    /// Eight providers score 2 and 3 in turn, so 2.5; two councils have 1.2 and 1.4 with small errors: both
    /// questions are clearly higher even with Holm's two.
    #[test]
    fn questions_are_judged_together_and_only_what_others_have_is_compared() {
        let two: [Filled; 2] = [("", None, &[2]), ("", None, &[3])];
        let forms = two.repeat(4);
        let mut small = Small::new(5, &[(&forms, &[])]);
        let figures = |mean| {
            let mean = council(30, mean, 0.02, 29);
            let questions = [Question::All, Question::One(0), Question::One(1)];
            questions.map(|question| ((0, Department::All, question), mean)).into_iter().collect()
        };
        for (name, mean) in [("A", 1.2), ("B", 1.4)] {
            small.input.councils.push(OtherCouncil {
                file: format!("{name}.json"),
                name: name.to_owned(),
                wave: "2016".to_owned(),
                same: crate::ingest::Same::default(),
                figures: figures(mean),
            });
        }
        let counted = small.counted();
        let found = benchmarks(&counted, &super::super::results::results(&counted));
        let families: Vec<&str> = found.iter().filter_map(|it| it.comparison.family.as_deref()).collect();
        assert_eq!(
            families,
            [
                "councils/providers/2016/all/headline",
                "councils/providers/2016/all/questions",
                "councils/providers/2016/all/questions"
            ]
        );
        assert!(found.iter().all(|it| it.comparison.verdict == Verdict::Higher));
        let question = &found[1].comparison;
        assert!((question.p_adjusted.unwrap() - 2.0 * question.p.unwrap()).abs() < 1e-15);
    }
}
