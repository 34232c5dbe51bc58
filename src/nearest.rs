//! "Did you mean": which of several texts is near enough to another to be meant.

use crate::survey::fold;

/// The candidate nearest to `text` by edit distance, if any is near enough to be meant; of equals the
/// first.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_within(0.5, text, candidates)
}

/// Letters of the longest text that is compared: the time and the room that it takes grow with its square.
const LONGEST_COMPARED: usize = 500;

/// As [`nearest`], with a say in how near is near enough: 1 is equal, 0 has nothing in common.
pub fn nearest_within<'a>(
    least: f64,
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = fold(text);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = likeness_of_folded(least, &folded, &fold(candidate));
        if let Some(likeness) = likeness.filter(|it| best.is_none_or(|(found, _)| *it > found)) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How alike two folded texts are, from 0 to 1; `None` if less than `least`, or if one is too long.
pub(crate) fn likeness_of_folded(least: f64, one: &str, other: &str) -> Option<f64> {
    let (one_long, other_long) = (one.chars().count(), other.chars().count());
    let (fewer, more) = (one_long.min(other_long), one_long.max(other_long));
    // No edit makes good for letters that one of the two does not have.
    if more > LONGEST_COMPARED || (fewer as f64) < least * more as f64 {
        return None;
    }
    Some(strsim::normalized_damerau_levenshtein(one, other)).filter(|likeness| *likeness >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_candidates_are_offered() {
        assert_eq!(nearest("Finanse", ["Safeguarding", "Finance"]), Some("Finance"));
        assert_eq!(nearest("Weather", ["Safeguarding", "Finance"]), None);
    }

    /// Two texts of a megabyte would take a table of eight terabytes.
    #[test]
    fn long_texts_are_not_compared() {
        let long = "x".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str(), "x"]), None);
        assert_eq!(nearest("Finanse", [long.as_str(), "Finance"]), Some("Finance"));
    }
}
