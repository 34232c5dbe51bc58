//! How far apart an unknown's possible values lie.
//!
//! Every equation and inequality bounds each of its variables by what the others can be; that is
//! repeated until nothing moves. Counts and sums are whole numbers, so bounds are rounded inwards.
//! The result is never too narrow: what lies outside a bound is impossible.

use super::equations::{Constraint, Equations, MEASURES, Measure};

/// Enough for every count and sum of a survey.
const WIDEST: i128 = 1 << 40;
/// Propagation may creep; what is not settled after this many steps per constraint stays wide.
const STEPS: usize = 60;

/// Lowest and highest possible value per variable.
#[derive(Clone, Debug)]
pub struct Bounds {
    low: Vec<i128>,
    high: Vec<i128>,
    /// The constraints cannot all hold.
    pub contradictory: bool,
}

impl Bounds {
    /// Propagates from what is known to a fixed point.
    pub fn of(equations: &Equations, known: &[Option<i128>]) -> Bounds {
        let mut bounds = Bounds {
            low: known.iter().map(|value| value.unwrap_or(0)).collect(),
            high: known.iter().map(|value| value.unwrap_or(WIDEST)).collect(),
            contradictory: false,
        };
        bounds.propagate(&equations.constraints);
        bounds
    }

    /// Lowest possible value.
    pub fn low(&self, variable: usize) -> i128 {
        self.low[variable]
    }

    /// The value, where only one is possible.
    pub fn pinned(&self, variable: usize) -> Option<i128> {
        (self.low[variable] == self.high[variable]).then_some(self.low[variable])
    }

    fn propagate(&mut self, constraints: &[Constraint]) {
        let mut places: Vec<Vec<usize>> = vec![Vec::new(); self.low.len()];
        for (number, constraint) in constraints.iter().enumerate() {
            for &(variable, _) in &constraint.terms {
                places[variable].push(number);
            }
        }
        let mut is_open = vec![true; constraints.len()];
        let mut open: std::collections::VecDeque<usize> = (0..constraints.len()).collect();
        let mut steps = constraints.len() * STEPS;
        while let Some(number) = open.pop_front() {
            is_open[number] = false;
            if steps == 0 || self.contradictory {
                return;
            }
            steps -= 1;
            for variable in self.tighten(&constraints[number]) {
                for &other in &places[variable] {
                    if !is_open[other] {
                        is_open[other] = true;
                        open.push_back(other);
                    }
                }
            }
        }
    }

    /// Tightens the variables of one constraint; those that moved are returned.
    fn tighten(&mut self, constraint: &Constraint) -> Vec<usize> {
        let (mut least, mut most) = (0, 0);
        for &(variable, factor) in &constraint.terms {
            let ends = (factor * self.low[variable], factor * self.high[variable]);
            least += ends.0.min(ends.1);
            most += ends.0.max(ends.1);
        }
        let mut moved = Vec::new();
        for &(variable, factor) in &constraint.terms {
            if factor == 0 {
                continue;
            }
            let (low, high) = (self.low[variable], self.high[variable]);
            let ends = (factor * low, factor * high);
            // What this term must be at least and, in an equation, may be at most.
            let at_least = constraint.constant - (most - ends.0.max(ends.1));
            let at_most = (!constraint.at_least).then(|| constraint.constant - (least - ends.0.min(ends.1)));
            let (from, to) = if factor > 0 {
                (ceiling(at_least, factor), at_most.map(|it| it.div_euclid(factor)))
            } else {
                // Dividing by a negative number turns both around.
                (at_most.map_or(low, |it| ceiling(-it, -factor)), Some((-at_least).div_euclid(-factor)))
            };
            let (new_low, new_high) = (low.max(from), high.min(to.unwrap_or(high)));
            if new_low > new_high {
                self.contradictory = true;
                return moved;
            }
            if (new_low, new_high) != (low, high) {
                (self.low[variable], self.high[variable]) = (new_low, new_high);
                let ends_now = (factor * new_low, factor * new_high);
                least += ends_now.0.min(ends_now.1) - ends.0.min(ends.1);
                most += ends_now.0.max(ends_now.1) - ends.0.max(ends.1);
                moved.push(variable);
            }
        }
        moved
    }

    /// Lowest and highest mean that a cell could have; `None` if it may have no answers at all and
    /// nothing else is possible. For every number of answers that is possible, the sum lies between
    /// what its own bounds and those of its distance to both ends of the scale allow.
    pub fn mean(&self, equations: &Equations, cell: usize, top: i128) -> Option<(f64, f64)> {
        let [_, _, answers, _, _, sum, _, above, below, _] =
            MEASURES.map(|measure: Measure| equations.variable(measure, cell));
        let scores: Vec<usize> = equations.scores(cell).collect();
        let mut range: Option<(f64, f64)> = None;
        let last = self.high[answers].min(self.low[answers].max(1) + 100_000);
        for count in self.low[answers].max(1)..=last {
            let low = self.low[sum].max(count + self.low[above]).max(top * count - self.high[below]);
            let high = self.high[sum].min(count + self.high[above]).min(top * count - self.low[below]);
            let Some((least, most)) = self.ends(&scores, count) else { continue };
            let (low, high) = (low.max(least), high.min(most));
            if low <= high {
                let (low, high) = (low as f64 / count as f64, high as f64 / count as f64);
                range = Some(range.map_or((low, high), |(from, to)| (from.min(low), to.max(high))));
            }
        }
        range
    }
}

impl Bounds {
    /// Least and greatest sum of so many answers, given how often each score may occur; `None` where
    /// these allow no such number of answers. Without scores told apart, anything is allowed.
    fn ends(&self, scores: &[usize], count: i128) -> Option<(i128, i128)> {
        if scores.is_empty() {
            return Some((0, WIDEST));
        }
        let fill = |order: &mut dyn Iterator<Item = (i128, usize)>| {
            let mut left = count - scores.iter().map(|&one| self.low[one]).sum::<i128>();
            let mut sum: i128 = (1..).zip(scores).map(|(score, &one)| score * self.low[one]).sum();
            if left < 0 {
                return None;
            }
            for (score, variable) in order {
                let more = left.min(self.high[variable] - self.low[variable]);
                sum += score * more;
                left -= more;
            }
            (left == 0).then_some(sum)
        };
        let numbered = || (1..=scores.len()).map(|score| (score as i128, scores[score - 1]));
        Some((fill(&mut numbered())?, fill(&mut numbered().rev())?))
    }
}

/// Division by a positive number, rounded up.
fn ceiling(value: i128, by: i128) -> i128 {
    -((-value).div_euclid(by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::equations::Reason;

    #[test]
    fn two_parts_of_a_known_whole_bound_each_other() {
        // x + y = 10, x >= 7: x in 7..10, y in 0..3. 2z = 3y: z in 0..4, so y is
        // 2 at most, z 3 at most, and x 8 at least.
        let mut equations = Equations { cells: 3, known: vec![None; 3], constraints: Vec::new() };
        equations.equal(vec![(0, 1), (1, 1)], 10, Reason::Counting);
        equations.at_least(vec![(0, 1)], 7, Reason::Counting);
        equations.equal(vec![(2, 2), (1, -3)], 0, Reason::Counting);
        let bounds = Bounds::of(&equations, &equations.known);
        assert_eq!([bounds.low[0], bounds.high[0]], [8, 10]);
        assert_eq!([bounds.low[1], bounds.high[1]], [0, 2]);
        assert_eq!([bounds.low[2], bounds.high[2]], [0, 3]);
        assert!(!bounds.contradictory);
    }
}
