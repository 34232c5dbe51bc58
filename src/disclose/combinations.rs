//! Sums and differences of published groups of people that isolate a few of them.
//!
//! Every published figure of one set of items is a sum over a set of people. Where some of these
//! sets, added and subtracted, leave exactly the people of a small set, their answers are known. All
//! combinations of up to four sets are tried, across breakdowns: nested groups ("all Commercial
//! officers are county wide") are combinations of two.

use super::set::Set;

/// A combination that leaves fewer people than the minimum, as positions in `sets`; `None` if no
/// combination of two to four does. `sets` without empty ones.
pub(super) fn isolating(sets: &[&Set], minimum: usize) -> Vec<Vec<usize>> {
    let sizes = sets.iter().map(|set| set.len()).collect();
    let mut splits = Splits { sets, sizes, minimum, found: Vec::new() };
    for a in 0..sets.len() {
        for b in a + 1..sets.len() {
            splits.look_at([a], [b]);
            for c in b + 1..sets.len() {
                splits.look_at([a, b], [c]);
                splits.look_at([a, c], [b]);
                splits.look_at([b, c], [a]);
                for d in c + 1..sets.len() {
                    splits.look_at([a, b], [c, d]);
                    splits.look_at([a, c], [b, d]);
                    splits.look_at([a, d], [b, c]);
                    splits.look_at([a], [b, c, d]);
                    splits.look_at([b], [a, c, d]);
                    splits.look_at([c], [a, b, d]);
                    splits.look_at([d], [a, b, c]);
                }
            }
        }
    }
    splits.found
}

struct Splits<'s> {
    sets: &'s [&'s Set],
    /// Per set.
    sizes: Vec<usize>,
    minimum: usize,
    found: Vec<Vec<usize>>,
}

impl Splits<'_> {
    /// Looks at some sets less others. Nearly always their sizes tell that it is nobody or enough.
    #[inline(always)]
    fn look_at<const L: usize, const R: usize>(&mut self, left: [usize; L], right: [usize; R]) {
        let size = |side: &[usize]| side.iter().map(|set| self.sizes[*set]).sum::<usize>();
        let sizes = [size(&left), size(&right)];
        let difference = sizes[0].abs_diff(sizes[1]);
        if difference == 0 || difference >= self.minimum {
            return;
        }
        let (left, right) =
            if sizes[0] >= sizes[1] { (&left[..], &right[..]) } else { (&right[..], &left[..]) };
        if is_set(self.sets, left, right) {
            self.found.push(left.iter().chain(right).copied().collect());
        }
    }
}

/// Whether the left sets minus the right ones count every person once or not at all. 64 people at a
/// time, the counts of each side (0 to 3) held as two bits.
fn is_set(sets: &[&Set], left: &[usize], right: &[usize]) -> bool {
    let words = sets.first().map_or(0, |set| set.words().len());
    (0..words).all(|word| {
        let count = |side: &[usize]| {
            side.iter().fold((0_u64, 0_u64), |(ones, twos), set| {
                let bits = sets[*set].words()[word];
                (ones ^ bits, twos | (ones & bits))
            })
        };
        let ((left_ones, left_twos), (right_ones, right_twos)) = (count(left), count(right));
        let one_more = left_ones ^ right_ones;
        let carry = right_ones & one_more;
        left_twos == right_twos ^ carry && right_twos & carry == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(people: impl IntoIterator<Item = usize>) -> Set {
        let mut set = Set::empty(100);
        people.into_iter().for_each(|person| set.insert(person));
        set
    }

    #[test]
    fn nested_groups_across_breakdowns_are_found() {
        // County wide 0..26 holds all Commercial officers 0..12 and 14 others; with 5 others only,
        // county wide minus Commercial is those 5.
        let (wide, commercial) = (set(0..26), set(0..12));
        assert!(isolating(&[&wide, &commercial], 10).is_empty());
        assert_eq!(isolating(&[&set(0..17), &commercial], 10), [[0, 1]]);
    }

    #[test]
    fn groups_that_overlap_without_nesting_isolate_nobody() {
        assert!(isolating(&[&set(0..20), &set(5..22)], 10).is_empty()); // 20 - 17 = 3, yet not a set
    }

    #[test]
    fn combinations_of_four_across_two_breakdowns_are_found() {
        // Two halves 0..30 and 30..60; in the other breakdown 0..40 and 40..63 with 3 more people:
        // (0..40 + 40..63) - (0..30 + 30..60) = 60..63.
        let sets = [set(0..30), set(30..60), set(0..40), set(40..63)];
        let found = isolating(&sets.iter().collect::<Vec<_>>(), 10);
        assert_eq!(found, [[2, 3, 0, 1]]);
    }

    #[test]
    fn a_person_counted_twice_is_no_set() {
        // 0..12 + 0..12 would count everyone twice; minus 0..20 it is no set of 4.
        let sets = [set(0..12), set(0..12), set(0..20)];
        assert!(isolating(&sets.iter().collect::<Vec<_>>(), 10).iter().all(|found| found.len() == 2));
    }
}
