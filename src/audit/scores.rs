//! How often each score was given.
//!
//! The standard error of one question's mean is a sum of squares in disguise: with the mean, the base
//! and the share of the upper half, three decimals of it leave one way to share the answers out over
//! the scale, or a few. Scores given add up over groups as everything does, so what groups that are
//! not shown gave each score is known together, and bounds what any of them gave. Two groups whose
//! thirteen answers are eleven threes and two twos keep no mean to themselves.

use super::equations::{Equations, Measure, Reason};
use super::world::{Along, Counts, State, World};

/// More ways than this to share answers out are not tried.
const MOST_WAYS: i64 = 400_000;
/// What three decimals hide.
const ROUNDING: f64 = 0.000_5 + 1e-9;

/// Least and most answers of each score, from the lowest.
type Spread = Vec<(i64, i64)>;

/// Adds how often each score was given, where the figures of a wave tell. `not_returned` is the share of
/// those invited who returned no form, by which errors are smaller than without a known number; 1
/// where it is unknown. Returns the number of figures that were told apart.
pub fn add_scores(equations: &mut Equations, world: &World, not_returned: f64) -> usize {
    let Some(spreads) = spreads(world, not_returned) else { return 0 };
    if spreads.iter().all(Option::is_none) {
        return 0;
    }
    equations.add_score_variables(world.top);
    let scores = |equations: &Equations, cell| equations.scores(cell).collect::<Vec<usize>>();
    for total in world.totals.iter().filter(|total| total.along == Along::Groups) {
        let is_open = total.parts.iter().any(|&part| world.is_withheld(part));
        if spreads[total.whole].is_none() || !is_open {
            continue;
        }
        let whole = scores(equations, total.whole);
        for (position, &variable) in whole.iter().enumerate() {
            let parts = total.parts.iter().map(|&part| (scores(equations, part)[position], 1));
            let terms = parts.chain([(variable, -1)]).collect();
            equations.equal(terms, 0, Reason::Adds(total.along));
        }
    }
    for (cell, spread) in spreads.iter().enumerate() {
        let variables = scores(equations, cell);
        match spread {
            Some(spread) => {
                for (&variable, &(least, most)) in variables.iter().zip(spread) {
                    equations.between(variable, i128::from(least), i128::from(most));
                }
            }
            None if world.is_withheld(cell) && world.cells[cell].items == 1 => {
                make_up(equations, world, cell, &variables);
            }
            None => {}
        }
    }
    spreads.iter().flatten().count()
}

/// Answers, their sum and their upper half are made up of the scores given.
fn make_up(equations: &mut Equations, world: &World, cell: usize, scores: &[usize]) {
    let cut = (world.top + 1) / 2 + 1;
    let numbered = || (1_i128..).zip(scores);
    let mut equal = |measure, factors: Vec<(usize, i128)>| {
        let whole = (equations.variable(measure, cell), -1);
        equations.equal(factors.into_iter().chain([whole]).collect(), 0, Reason::Definition);
    };
    equal(Measure::Answers, numbered().map(|(_, &one)| (one, 1)).collect());
    equal(Measure::Sum, numbered().map(|(score, &one)| (one, score)).collect());
    let upper = numbered().filter(|(score, _)| *score >= i128::from(cut));
    equal(Measure::Top, upper.map(|(_, &one)| (one, 1)).collect());
}

/// Per cell, how its answers lie on the scale. `None` altogether where some error fits no way at
/// all: then errors are not made as this attack believes.
fn spreads(world: &World, not_returned: f64) -> Option<Vec<Option<Spread>>> {
    let mut spreads = Vec::new();
    for cell in &world.cells {
        spreads.push(match cell.state {
            State::Shown(counts) if cell.items == 1 => match spread(counts, world.top, not_returned) {
                Fit::Never => return None,
                Fit::Unknown => None,
                Fit::Within(spread) => Some(spread),
            },
            _ => None,
        });
    }
    Some(spreads)
}

enum Fit {
    /// No way to share the answers out has the error that is published.
    Never,
    /// Too little is published, or too much would have to be tried.
    Unknown,
    Within(Spread),
}

/// All ways to share a cell's answers out over the scale that agree with its sum, upper half and
/// error. Error squared is (1 - n/N) / (m (m - 1)) times the squares about the mean.
fn spread(counts: Counts, top: i64, not_returned: f64) -> Fit {
    let (answers, Some(sum), Some(error)) = (counts.answers, counts.sum, counts.error) else {
        return Fit::Unknown;
    };
    if answers < 2 || counts.respondents != answers || not_returned <= 0.0 {
        return Fit::Unknown;
    }
    let squares = |error: f64| {
        let people = answers as f64;
        error * error / not_returned * people * (people - 1.0) + (sum * sum) as f64 / people
    };
    let from = squares((error - ROUNDING).max(0.0)) - 1e-6;
    let to = squares(error + ROUNDING) + 1e-6;
    let mut search = Search {
        top,
        cut: (top + 1) / 2 + 1,
        upper: counts.top,
        squares: (from, to),
        given: vec![0; top as usize],
        found: None,
        ways: 0,
    };
    search.share_out(top, answers, sum, 0);
    match search.found {
        _ if search.ways > MOST_WAYS => Fit::Unknown,
        None => Fit::Never,
        Some(spread) => Fit::Within(spread),
    }
}

/// Tries scores from the highest down; the two lowest follow from what is left.
struct Search {
    top: i64,
    cut: i64,
    upper: Option<i64>,
    squares: (f64, f64),
    given: Vec<i64>,
    found: Option<Spread>,
    ways: i64,
}

impl Search {
    /// Shares `answers` with `sum` out over the scores up to `score`; `squares` are those of the
    /// higher ones.
    fn share_out(&mut self, score: i64, answers: i64, sum: i64, squares: i64) {
        self.ways += 1;
        if self.ways > MOST_WAYS || sum < answers || sum > score * answers {
            return;
        }
        if squares as f64 > self.squares.1 {
            return;
        }
        if score == 2 {
            let (ones, twos) = (2 * answers - sum, sum - answers);
            (self.given[0], self.given[1]) = (ones, twos);
            let squares = (squares + ones + 4 * twos) as f64;
            if squares >= self.squares.0 && squares <= self.squares.1 && self.has_upper() {
                self.keep();
            }
            return;
        }
        for given in 0..=answers {
            self.given[score as usize - 1] = given;
            self.share_out(score - 1, answers - given, sum - score * given, squares + score * score * given);
        }
    }

    fn has_upper(&self) -> bool {
        let upper: i64 = (self.cut..=self.top).map(|score| self.given[score as usize - 1]).sum();
        self.upper.is_none_or(|known| known == upper)
    }

    fn keep(&mut self) {
        let found = self.found.get_or_insert_with(|| self.given.iter().map(|&one| (one, one)).collect());
        for (range, &given) in found.iter_mut().zip(&self.given) {
            *range = (range.0.min(given), range.1.max(given));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 13 answers of 2 twos and 11 threes: sum 37, squares 107, about the mean 107 - 37² / 13 =
    /// 1.6923; error sqrt(1.6923 / 156) = 0.104.
    #[test]
    fn an_error_tells_how_the_answers_lie() {
        let counts = Counts {
            respondents: 13,
            answers: 13,
            sum: Some(37),
            top: Some(11),
            error: Some(0.104),
            ..Counts::default()
        };
        let spread = |counts| match spread(counts, 4, 1.0) {
            Fit::Within(spread) => spread,
            Fit::Never => vec![(-1, -1)],
            Fit::Unknown => Vec::new(),
        };
        assert_eq!(spread(counts), [(0, 0), (2, 2), (11, 11), (0, 0)]);
        // One two, one four and one one more would be 0.239.
        assert_eq!(spread(Counts { error: Some(0.15), ..counts }), [(-1, -1)]);
        assert_eq!(spread(Counts { error: None, ..counts }), [(0, 0); 0]);
    }
}
