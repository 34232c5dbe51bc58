//! Text that a spreadsheet would run as a formula.

use std::borrow::Cow;

/// Text that no spreadsheet runs: an apostrophe goes before text that begins, blanks aside, with
/// `=`, `+`, `-`, `@` or a tab (or their full-width forms, or a line end, which some programs skip).
///
/// A spreadsheet takes what follows an apostrophe as text. In a CSV the apostrophe can be seen,
/// which is the price: quotation marks alone do not keep `=` from being run. For text only; a number
/// such as -0.13 must stay a number. See OWASP, "CSV Injection".
///
/// ```
/// use rmsurvey::publish::table_csv::safe_text;
/// assert_eq!(safe_text("=1+1"), "'=1+1");
/// assert_eq!(safe_text("North"), "North");
/// ```
pub fn safe_text(text: &str) -> Cow<'_, str> {
    // Almost all text begins so.
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return Cow::Borrowed(text);
    }
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{text}"))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text() {
        for formula in ["=1+1", "+44 20", "-x", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "\u{a0}=1"] {
            assert_eq!(safe_text(formula), format!("'{formula}"), "{formula:?}");
        }
    }

    #[test]
    fn other_text_is_left_alone() {
        for text in ["", " ", "North", "1-4", "'quoted'", "a=b", "[c]", "<0.001", "Ünï"] {
            assert_eq!(safe_text(text), text);
        }
    }
}
