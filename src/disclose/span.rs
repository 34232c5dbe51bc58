//! Which unknowns a system of linear equations determines: exact elimination over a prime field.

use std::collections::HashMap;

/// 2^61 - 1. An unknown that the rationals determine is determined modulo every prime that divides
/// none of the minors involved; the coefficients here are 1 and -1, so their minors are tiny beside
/// this prime.
const PRIME: u64 = (1 << 61) - 1;

/// One equation: unknowns with their coefficients. What it adds up to is known and does not matter.
pub(super) type Equation = Vec<(usize, i64)>;

/// Everything that the equations say, boiled down: sums of unknowns whose value is known, each with
/// one unknown, its pivot, that no other has (reduced echelon form).
pub(super) struct Known {
    /// By pivot; empty for an unknown that is none.
    sums: Vec<Row>,
}

impl Known {
    pub fn of(equations: &[Equation], unknowns: usize) -> Known {
        let mut rows = Rows::new(equations, unknowns);
        let pivots = rows.reduce();
        let mut sums = vec![Vec::new(); unknowns];
        for (pivot, row) in pivots {
            sums[pivot] = std::mem::take(&mut rows.rows[row]);
        }
        Known { sums }
    }

    /// Unknowns of which exactly one value is possible: their indicator lies in the span of the
    /// equations, which is so if and only if one of the sums is it alone.
    pub fn alone(&self) -> impl Iterator<Item = usize> {
        self.sums.iter().enumerate().filter(|(_, sum)| sum.len() == 1).map(|(pivot, _)| pivot)
    }

    /// Every two or more of some unknowns, at most so many, whose sum is known; those before others
    /// whose last differing unknown comes earlier. A known sum is that of the rows whose pivots it
    /// holds, as no other row has them: so rows are put together, not unknowns.
    pub fn together(&self, unknowns: &[usize], most: usize) -> Vec<Vec<usize>> {
        let mut places: Vec<(usize, usize)> = unknowns.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let place_of = |unknown: usize| {
            let at = places.binary_search_by_key(&unknown, |(unknown, _)| *unknown).ok()?;
            Some(places[at].1)
        };
        let rows = self.that_can_cancel(unknowns, |unknown| place_of(unknown).is_some());
        let mut found: Vec<Vec<usize>> = Vec::new();
        let mut sums: Vec<(usize, usize, Row)> = vec![(0, 0, Row::new())];
        while let Some((next, length, sum)) = sums.pop() {
            for (at, row) in rows.iter().enumerate().skip(next) {
                let sum = added(&sum, row);
                if (2..=most).contains(&sum.len()) && sum.iter().all(|(_, value)| *value == 1) {
                    found.extend(
                        sum.iter().map(|(unknown, _)| place_of(*unknown)).collect::<Option<Vec<_>>>(),
                    );
                }
                if length + 1 < most {
                    sums.push((at + 1, length + 1, sum));
                }
            }
        }
        found.iter_mut().for_each(|places| places.sort_unstable());
        found.sort_unstable_by(|one, other| one.iter().rev().cmp(other.iter().rev()));
        found.into_iter().map(|places| places.into_iter().map(|place| unknowns[place]).collect()).collect()
    }

    /// The rows of some unknowns without those that no other of them can rid of what a sum of the
    /// unknowns does not have.
    fn that_can_cancel(&self, unknowns: &[usize], is_wanted: impl Fn(usize) -> bool) -> Vec<&Row> {
        let rows = unknowns.iter().filter_map(|unknown| self.sums.get(*unknown));
        let mut rows: Vec<&Row> = rows.filter(|row| !row.is_empty()).collect();
        loop {
            let mut holders: HashMap<usize, usize> = HashMap::new();
            for (unknown, _) in rows.iter().copied().flatten() {
                *holders.entry(*unknown).or_default() += 1;
            }
            let before = rows.len();
            rows.retain(|row| {
                let fits = |unknown: usize, value: u64| value == 1 && is_wanted(unknown);
                row.iter().all(|(unknown, value)| fits(*unknown, *value) || holders[unknown] > 1)
            });
            if rows.len() == before {
                return rows;
            }
        }
    }
}

/// Unknowns with their coefficients, sorted by unknown, without zeros.
type Row = Vec<(usize, u64)>;

fn added(one: &Row, other: &Row) -> Row {
    let mut sum = Row::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one.iter().copied().peekable(), other.iter().copied().peekable());
    loop {
        let next = match (one.peek(), other.peek()) {
            (Some((a, x)), Some((b, y))) if a == b => {
                let term = (*a, (x + y) % PRIME);
                one.next();
                other.next();
                Some(term)
            }
            (Some((a, _)), Some((b, _))) if b < a => other.next(),
            (None, _) => other.next(),
            _ => one.next(),
        };
        match next {
            Some((_, 0)) => {}
            Some(term) => sum.push(term),
            None => return sum,
        }
    }
}

struct Rows {
    /// Sorted by unknown, without zeros.
    rows: Vec<Vec<(usize, u64)>>,
    /// Rows in which an unknown may stand; never too few.
    holding: Vec<Vec<usize>>,
}

impl Rows {
    fn new(equations: &[Equation], unknowns: usize) -> Rows {
        let field = |value: i64| {
            if value >= 0 { value as u64 % PRIME } else { PRIME - value.unsigned_abs() % PRIME }
        };
        let mut rows: Vec<Vec<(usize, u64)>> = equations
            .iter()
            .map(|equation| {
                let mut row: Vec<(usize, u64)> = Vec::new();
                let mut terms = equation.clone();
                terms.sort_unstable();
                for (unknown, value) in terms {
                    match row.last_mut() {
                        Some((last, sum)) if *last == unknown => *sum = (*sum + field(value)) % PRIME,
                        _ => row.push((unknown, field(value))),
                    }
                }
                row.retain(|(_, value)| *value != 0);
                row
            })
            .filter(|row| !row.is_empty())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows.sort_by_key(Vec::len);
        let mut holding = vec![Vec::new(); unknowns];
        for (position, row) in rows.iter().enumerate() {
            row.iter().for_each(|(unknown, _)| holding[*unknown].push(position));
        }
        Rows { rows, holding }
    }

    /// Gauss and Jordan, shortest rows first; the pivot is the unknown that stands in fewest rows, so
    /// that rows stay short. The pivots, each with its row.
    fn reduce(&mut self) -> Vec<(usize, usize)> {
        let mut pivots = Vec::new();
        for position in 0..self.rows.len() {
            let fewest = self.rows[position].iter().min_by_key(|(unknown, _)| self.holding[*unknown].len());
            let Some(&(pivot, value)) = fewest else { continue };
            let inverse = power(value, PRIME - 2);
            self.rows[position].iter_mut().for_each(|(_, value)| *value = times(*value, inverse));
            let source = self.rows[position].clone();
            for other in std::mem::take(&mut self.holding[pivot]) {
                if other != position {
                    self.subtract(other, pivot, &source);
                }
            }
            self.holding[pivot].push(position);
            pivots.push((pivot, position));
        }
        pivots
    }

    /// Takes the pivot out of a row.
    fn subtract(&mut self, row: usize, pivot: usize, source: &[(usize, u64)]) {
        let target = std::mem::take(&mut self.rows[row]);
        let Ok(at) = target.binary_search_by_key(&pivot, |(unknown, _)| *unknown) else {
            self.rows[row] = target;
            return;
        };
        let factor = PRIME - target[at].1;
        let mut sum = Vec::with_capacity(target.len() + source.len());
        let (mut mine, mut theirs) = (target.iter().peekable(), source.iter().peekable());
        loop {
            match (mine.peek(), theirs.peek()) {
                (Some(&&(a, x)), Some(&&(b, y))) if a == b => {
                    let value = (x + times(y, factor)) % PRIME;
                    if value != 0 {
                        sum.push((a, value));
                    }
                    mine.next();
                    theirs.next();
                }
                (Some(&&(a, x)), Some(&&(b, _))) if a < b => {
                    sum.push((a, x));
                    mine.next();
                }
                (_, Some(&&(b, y))) => {
                    sum.push((b, times(y, factor)));
                    self.holding[b].push(row);
                    theirs.next();
                }
                (Some(&&(a, x)), None) => {
                    sum.push((a, x));
                    mine.next();
                }
                (None, None) => break,
            }
        }
        self.rows[row] = sum;
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::{Equation, Known};

    fn determined(equations: &[Equation], unknowns: usize) -> Vec<bool> {
        let alone: Vec<usize> = Known::of(equations, unknowns).alone().collect();
        (0..unknowns).map(|unknown| alone.contains(&unknown)).collect()
    }

    fn sum(unknowns: &[usize]) -> Vec<(usize, i64)> {
        unknowns.iter().map(|unknown| (*unknown, 1)).collect()
    }

    /// Departments 1 to 3 by groups a to d: of 1 a and c are withheld, of 2 b and d, of 3 all four.
    /// Unknowns 0 and 1 are 1a and 1c, 2 and 3 are 2b and 2d, 4 to 7 are 3a to 3d. The whole of 1 gives
    /// 1a + 1c, that of a gives 1a + 3a, that of c 1c + 3c: so 3a + 3c is known, and neither alone.
    #[test]
    fn a_sum_over_two_groups_is_known_though_neither_is() {
        let equations = [&[0, 1][..], &[2, 3], &[4, 5, 6, 7], &[0, 4], &[2, 5], &[1, 6], &[3, 7]].map(sum);
        let known = Known::of(&equations, 8);
        assert_eq!(known.alone().count(), 0);
        assert_eq!(known.together(&[4, 5, 6, 7], 3), [[4, 6], [5, 7]]);
        assert_eq!(known.together(&[7, 6, 5, 4], 4), [vec![7, 5], vec![6, 4], vec![7, 6, 5, 4]]);
        assert_eq!(known.together(&[0, 1], 4), [[0, 1]]);
        assert!(known.together(&[4, 5], 4).is_empty() && known.together(&[4], 4).is_empty());
    }

    /// Every subset tried one by one against what `together` puts together: the sum of a subset is
    /// known if one more equation for it adds nothing to the rank.
    #[test]
    fn rows_put_together_give_what_trying_every_subset_gives() {
        let mut random = crate::random::Random::seeded(7);
        let mut found = 0;
        for _ in 0..300 {
            let unknowns = 8;
            let equations: Vec<Equation> = (0..4)
                .map(|_| (0..unknowns).filter(|_| random.below(2) == 0).map(|unknown| (unknown, 1)).collect())
                .collect();
            let rank = |more: Option<Equation>| {
                let all: Vec<Equation> = equations.iter().cloned().chain(more).collect();
                Known::of(&all, unknowns).sums.iter().filter(|row| !row.is_empty()).count()
            };
            let parts = [6, 1, 3, 0, 4, 2];
            let subsets = (1_usize..1 << parts.len()).map(|bits| {
                let is_in = |(place, part): (usize, &usize)| (bits >> place & 1 == 1).then_some(*part);
                parts.iter().enumerate().filter_map(is_in).collect::<Vec<usize>>()
            });
            let few = subsets.filter(|subset| (2..=4).contains(&subset.len()));
            let expected: Vec<Vec<usize>> = few.filter(|few| rank(Some(sum(few))) == rank(None)).collect();
            found += expected.len();
            assert_eq!(Known::of(&equations, unknowns).together(&parts, 4), expected, "{equations:?}");
        }
        assert!(found > 300, "{found}");
    }

    #[test]
    fn one_withheld_of_five_with_the_total_shown_is_recovered() {
        // total - the four shown = the fifth: one equation with one unknown.
        assert_eq!(determined(&[sum(&[0])], 1), [true]);
    }

    #[test]
    fn two_withheld_of_five_are_known_only_together() {
        assert_eq!(determined(&[sum(&[0, 1])], 2), [false, false]);
    }

    #[test]
    fn a_block_of_two_by_two_keeps_its_four_cells() {
        // Rows 0+1, 2+3; columns 0+2, 1+3: adding (1, -1, -1, 1) changes no margin.
        let block = [sum(&[0, 1]), sum(&[2, 3]), sum(&[0, 2]), sum(&[1, 3])];
        assert_eq!(determined(&block, 4), [false; 4]);
        // With one of the four shown, every row and column gives its other cell away.
        let three = [sum(&[0]), sum(&[1, 2]), sum(&[0, 1]), sum(&[2])];
        assert_eq!(determined(&three, 3), [true; 3]);
    }

    #[test]
    fn three_sums_of_pairs_give_all_three_away() {
        // (a+b) + (a+c) - (b+c) = 2a, though each alone hides two.
        assert_eq!(determined(&[sum(&[0, 1]), sum(&[0, 2]), sum(&[1, 2])], 3), [true; 3]);
        // Four sums around a ring of four leave (1, -1, 1, -1) open.
        let ring = [sum(&[0, 1]), sum(&[1, 2]), sum(&[2, 3]), sum(&[3, 0])];
        assert_eq!(determined(&ring, 4), [false; 4]);
    }

    #[test]
    fn an_unknown_without_an_equation_stays_unknown() {
        assert_eq!(determined(&[sum(&[0])], 2), [true, false]);
    }
}
