//! Text as a workbook can hold it.

use std::collections::BTreeSet;

use crate::text::{is_harmful, only};

/// Excel's limits, in the units in which it counts: of UTF-16.
pub const CELL_LIMIT: usize = 32_767;
pub const HEADER_LIMIT: usize = 255;

/// Text for a cell: without characters that have no place in a text, no longer than a cell may be.
pub fn cell(text: &str) -> String {
    cut(only(text.into(), |letter| !is_harmful(letter)).into_owned(), CELL_LIMIT)
}

/// The headers of a table: on one line each, short enough, and told apart without regard to case, as
/// Excel does.
pub fn headers<'t>(headers: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let unique = headers.map(|header| {
        let one_line = cell(header).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut candidate = cut(one_line.clone(), HEADER_LIMIT);
        let mut copy = 2;
        while !taken.insert(candidate.to_lowercase()) {
            let suffix = format!(" ({copy})");
            candidate = cut(one_line.clone(), HEADER_LIMIT - suffix.len()) + &suffix;
            copy += 1;
        }
        candidate
    });
    unique.collect()
}

/// The text, ended by an ellipsis where it is longer than allowed.
fn cut(text: String, limit: usize) -> String {
    // No letter takes more units there than bytes here.
    if text.len() <= limit || text.encode_utf16().count() <= limit {
        return text;
    }
    let mut used = 1; // the ellipsis
    let fits = |letter: &char| {
        used += letter.len_utf16();
        used <= limit
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_what_xml_holds() {
        assert_eq!(cell("a\u{0}b\u{1b}[31m\r\nc\td\u{ffff}\u{85}"), "ab[31m\nc\td");
        assert_eq!(cell("=1+1 \u{202e}<script> 🦀"), "=1+1 <script> 🦀");
    }

    #[test]
    fn what_is_too_long_says_so() {
        let crab = "🦀".repeat(200); // 400 units
        let header = &headers([crab.as_str()].into_iter())[0];
        assert_eq!(header.encode_utf16().count(), HEADER_LIMIT);
        assert!(header.ends_with("🦀…"));
        assert_eq!(cell(&"x".repeat(40_000)).len(), CELL_LIMIT - 1 + "…".len());
        assert_eq!(cell(&"x".repeat(CELL_LIMIT)).len(), CELL_LIMIT);
    }

    #[test]
    fn headers_differ_in_more_than_case() {
        let long = "y".repeat(300);
        let made = headers(["Change", "change", "CHANGE", "a\nb", &long, &long].into_iter());
        assert_eq!(made[..4], ["Change", "change (2)", "CHANGE (3)", "a b"]);
        assert!(made[4].ends_with("y…") && made[5].ends_with("y… (2)"));
        assert!(made.iter().all(|header| header.encode_utf16().count() <= HEADER_LIMIT));
    }
}
