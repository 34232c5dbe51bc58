//! Groups that answer with one voice: what they said is what each of them said, at any size.

use crate::tally::Counts;

/// Whether all answers are the same, or all but one: whoever gave that one knows all others.
pub(super) fn is_unanimous(counts: &Counts) -> bool {
    let count = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    is_alike(count(counts.answers()), count(counts.scores.iter().copied().max().unwrap_or(0)))
}

/// The same from the number of answers and the largest number of equal ones.
pub(super) fn is_alike(answers: i64, most_alike: i64) -> bool {
    answers > 0 && most_alike >= answers - 1
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn one_dissenter_is_not_enough() {
        assert!(is_alike(12, 12) && is_alike(12, 11));
        assert!(!is_alike(12, 10) && !is_alike(0, 0));
    }
}
