//! Which unknowns the published equations determine, and what they are.
//!
//! First by substitution: an equation with one unknown left gives it, and what it gives is put
//! into the others. That is how a person with a pocket calculator undoes a table, and each step can
//! be told. What is left goes through Gaussian elimination over a prime field of 2^61 - 1 elements:
//! a form of unknowns is determined over the rationals if it lies in the span of the equations, and
//! a large prime hides or invents that with a chance of one in 10^18 a step. A value is believed
//! only when it comes out as a small whole number.

use std::collections::{BTreeMap, BTreeSet};

use super::equations::{Equations, Reason};
use super::field::{inverse, negative, plus, residue, small, times};

/// How a value was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// By one equation, once what it rests on was known.
    Subtraction(Reason),
    /// By several equations together.
    Elimination,
}

/// What the equations determine.
#[derive(Debug)]
pub struct Solved {
    /// Every variable that is known in the end, the published ones included.
    pub values: Vec<Option<i128>>,
    /// For variables that were not published.
    pub ways: BTreeMap<usize, Way>,
    /// Equations that cannot hold together with the others: the files contradict each other.
    pub contradictions: usize,
    rows: Rows,
}

/// A sparse row: factor by variable, and the constant.
type Sparse = (BTreeMap<usize, u64>, u64);

/// Reduced rows by their pivot; no pivot occurs in another row.
#[derive(Debug, Default)]
struct Rows {
    rows: BTreeMap<usize, Sparse>,
    /// Pivots of the rows in which a variable occurs.
    occurs: BTreeMap<usize, BTreeSet<usize>>,
}

impl Solved {
    /// Solves for everything that can be solved for.
    pub fn of(equations: &Equations) -> Solved {
        let mut solved = Solved {
            values: equations.known.clone(),
            ways: BTreeMap::new(),
            contradictions: 0,
            rows: Rows::default(),
        };
        solved.substitute(equations);
        solved.eliminate(equations);
        solved
    }

    /// Equations with one unknown left, until there are none.
    fn substitute(&mut self, equations: &Equations) {
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let exact: Vec<usize> =
            (0..equations.constraints.len()).filter(|&one| !equations.constraints[one].at_least).collect();
        for &number in &exact {
            for &(variable, _) in &equations.constraints[number].terms {
                if self.values[variable].is_none() {
                    places.entry(variable).or_default().push(number);
                }
            }
        }
        let mut open: std::collections::VecDeque<usize> = exact.into();
        while let Some(number) = open.pop_front() {
            let constraint = &equations.constraints[number];
            let mut rest = constraint.constant;
            let mut unknown = None;
            let mut unknowns = 0;
            for &(variable, factor) in &constraint.terms {
                match self.values[variable] {
                    Some(value) => rest -= factor * value,
                    None => {
                        unknowns += 1;
                        unknown = Some((variable, factor));
                    }
                }
            }
            let Some((variable, factor)) = unknown.filter(|_| unknowns == 1) else { continue };
            if factor == 0 || rest % factor != 0 {
                self.contradictions += 1;
                continue;
            }
            self.values[variable] = Some(rest / factor);
            self.ways.insert(variable, Way::Subtraction(constraint.reason));
            open.extend(places.get(&variable).into_iter().flatten());
        }
    }

    /// Gauss and Jordan on what substitution left.
    fn eliminate(&mut self, equations: &Equations) {
        let mut rows: Vec<Sparse> = Vec::new();
        for constraint in equations.constraints.iter().filter(|one| !one.at_least) {
            let row = self.in_field(&constraint.terms, constraint.constant);
            if !row.0.is_empty() {
                rows.push(row);
            }
        }
        rows.sort_by_key(|row| row.0.len());
        for row in rows {
            let row = self.rows.reduced(row);
            if row.0.is_empty() {
                self.contradictions += usize::from(row.1 != 0);
            } else {
                self.rows.insert(row);
            }
        }
        let single: Vec<(usize, u64)> = self
            .rows
            .rows
            .iter()
            .filter(|(_, row)| row.0.len() == 1)
            .map(|(&pivot, row)| (pivot, row.1))
            .collect();
        for (variable, constant) in single {
            if let Some(value) = small(constant) {
                self.values[variable] = Some(value);
                self.ways.insert(variable, Way::Elimination);
            }
        }
    }

    /// The value of a form of variables, if the equations determine it.
    pub fn value_of(&self, terms: &[(usize, i128)]) -> Option<i128> {
        let (left, constant) = self.rows.reduced(self.in_field(terms, 0));
        // The row says: form - constant = 0 for some constant, so the form is minus what is left.
        left.is_empty().then(|| small(negative(constant))).flatten()
    }

    /// A form with its known variables put in.
    fn in_field(&self, terms: &[(usize, i128)], constant: i128) -> Sparse {
        let mut rest = constant;
        let mut row = BTreeMap::new();
        for &(variable, factor) in terms {
            match self.values[variable] {
                Some(value) => rest -= factor * value,
                None => add_to(&mut row, variable, residue(factor)),
            }
        }
        (row, residue(rest))
    }
}

impl Rows {
    /// A row without pivots of other rows.
    fn reduced(&self, row: Sparse) -> Sparse {
        let (mut terms, mut constant) = row;
        let pivots: Vec<usize> =
            terms.keys().copied().filter(|variable| self.rows.contains_key(variable)).collect();
        for pivot in pivots {
            let (Some(factor), Some((other, other_constant))) =
                (terms.get(&pivot).copied(), self.rows.get(&pivot))
            else {
                continue;
            };
            for (&variable, &value) in other {
                add_to(&mut terms, variable, negative(times(factor, value)));
            }
            constant = plus(constant, negative(times(factor, *other_constant)));
        }
        (terms, constant)
    }

    /// Adds a reduced row, and takes its pivot out of the others.
    fn insert(&mut self, (terms, constant): Sparse) {
        // The variable that the fewest rows hold: that keeps rows short.
        let holders = |variable: &usize| self.occurs.get(variable).map_or(0, BTreeSet::len);
        let Some(pivot) = terms.keys().copied().min_by_key(holders) else { return };
        let scale = inverse(terms[&pivot]);
        let terms: BTreeMap<usize, u64> =
            terms.into_iter().map(|(key, value)| (key, times(value, scale))).collect();
        let constant = times(constant, scale);
        for holder in self.occurs.remove(&pivot).unwrap_or_default() {
            let Some((row, row_constant)) = self.rows.get_mut(&holder) else { continue };
            let Some(factor) = row.get(&pivot).copied() else { continue };
            for (&variable, &value) in &terms {
                add_to(row, variable, negative(times(factor, value)));
                let holders = self.occurs.entry(variable).or_default();
                if row.contains_key(&variable) {
                    holders.insert(holder)
                } else {
                    holders.remove(&holder)
                };
            }
            *row_constant = plus(*row_constant, negative(times(factor, constant)));
        }
        self.occurs.remove(&pivot);
        for &variable in terms.keys().filter(|variable| **variable != pivot) {
            self.occurs.entry(variable).or_default().insert(pivot);
        }
        self.rows.insert(pivot, (terms, constant));
    }
}

fn add_to(row: &mut BTreeMap<usize, u64>, variable: usize, value: u64) {
    let sum = plus(row.get(&variable).copied().unwrap_or(0), value);
    if sum == 0 {
        row.remove(&variable);
    } else {
        row.insert(variable, sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equations(variables: usize, rows: &[(&[(usize, i128)], i128)]) -> Equations {
        let mut equations =
            Equations { cells: variables, known: vec![None; variables], constraints: Vec::new() };
        for (terms, constant) in rows {
            equations.equal(terms.to_vec(), *constant, Reason::Definition);
        }
        equations
    }

    #[test]
    fn what_one_equation_after_the_other_gives() {
        // x = 3, x + y = 10
        let solved = Solved::of(&equations(2, &[(&[(0, 1)], 3), (&[(0, 1), (1, 1)], 10)]));
        assert_eq!(solved.values, [Some(3), Some(7)]);
        assert_eq!(solved.ways[&1], Way::Subtraction(Reason::Definition));
    }

    #[test]
    fn what_only_several_equations_together_give() {
        // a + b = 5, b + c = 7, a + c = 6: a = 2, b = 3, c = 4; d + e = 9 stays open.
        let solved = Solved::of(&equations(
            5,
            &[(&[(0, 1), (1, 1)], 5), (&[(1, 1), (2, 1)], 7), (&[(0, 1), (2, 1)], 6), (&[(3, 1), (4, 1)], 9)],
        ));
        assert_eq!(solved.values, [Some(2), Some(3), Some(4), None, None]);
        assert_eq!(solved.ways[&0], Way::Elimination);
        assert_eq!(solved.value_of(&[(3, 1), (4, 1)]), Some(9));
        assert_eq!(solved.value_of(&[(3, 2), (4, 2), (0, -1)]), Some(16));
        assert_eq!(solved.value_of(&[(3, 1), (4, -1)]), None);
    }

    #[test]
    fn a_square_of_two_by_two_stays_open() {
        // Rows 4 and 6, columns 5 and 5: four cells, rank three.
        let rows: [(&[(usize, i128)], i128); 4] =
            [(&[(0, 1), (1, 1)], 4), (&[(2, 1), (3, 1)], 6), (&[(0, 1), (2, 1)], 5), (&[(1, 1), (3, 1)], 5)];
        let solved = Solved::of(&equations(4, &rows));
        assert_eq!(solved.values, [None; 4]);
        assert_eq!(solved.contradictions, 0);
    }

    #[test]
    fn contradictions_are_counted() {
        let solved = Solved::of(&equations(2, &[(&[(0, 1), (1, 1)], 4), (&[(0, 1), (1, 1)], 5)]));
        assert_eq!(solved.contradictions, 1);
    }
}
