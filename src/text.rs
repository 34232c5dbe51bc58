//! What text that somebody typed may hold, wherever it goes.

use std::borrow::Cow;

/// Whether a character has no place in any text: control characters, which are none; the invisible
/// marks that set a direction, as an override in a label would print the score after it backwards;
/// and the two codes that XML forbids.
pub fn is_harmful(letter: char) -> bool {
    // Nearly every letter of a page, so it is asked first.
    if matches!(letter, ' '..='~') {
        return false;
    }
    let control = letter.is_control() && !matches!(letter, '\n' | '\t');
    let direction = matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    control || direction || matches!(letter, '\u{FFFE}' | '\u{FFFF}')
}

/// A text without what has no place in any; line ends stay, whatever the system.
pub fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    only(text, |letter| letter == '\r' || !is_harmful(letter))
}

/// The letters of a text that are kept; the text itself where that is all of them, as it mostly is.
pub fn only(text: Cow<'_, str>, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.chars().all(&is_kept) {
        text
    } else {
        Cow::Owned(text.chars().filter(|letter| is_kept(*letter)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_goes_and_all_else_stays() {
        let of = |text: &'static str| harmless(Cow::Borrowed(text));
        assert_eq!(of("a\u{0}b\u{1b}[31m\u{202e}2.15\u{2069}\u{feff}\u{ffff}"), "ab[31m2.15\u{feff}");
        for text in ["two\r\nlines\tand a tab", "שלום", "👨\u{200d}👩", "=1+1 <script>"] {
            assert!(matches!(of(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
