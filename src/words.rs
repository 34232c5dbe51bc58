//! Public wording that more than one table, chart or sentence uses, in one place.

use crate::estimate::{Estimate, Verdict};
use crate::ratio::{Ratio, round_decimal};

/// "2016", "2016 and 2017", "2015, 2016 and 2017".
pub fn listed<T: AsRef<str>>(parts: &[T]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Small numbers as words: "ten departments".
pub fn counted(number: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

/// "none of the three questions", "neither of the two questions".
pub fn none_of(number: usize, what: &str) -> String {
    if number == 2 {
        format!("neither of the two {what}")
    } else {
        format!("none of the {} {what}", counted(number))
    }
}

/// A count with its thousands set apart: "6,776".
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A label inside a sentence: "Care providers" becomes "care providers", "SPT" stays.
pub fn within(label: &str) -> String {
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => label.to_owned(),
    }
}

/// "care providers'", "staff's".
pub fn possessive(label: &str) -> String {
    if label.ends_with('s') { format!("{label}'") } else { format!("{label}'s") }
}

/// A label at the beginning of a sentence or headline.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// "+0.22" for a rounded difference; a difference that rounds to nothing has no sign.
pub fn signed(rounded: &str) -> String {
    let is_nothing = rounded.chars().all(|c| matches!(c, '0' | '.'));
    match rounded.strip_prefix('-') {
        Some(magnitude) => format!("\u{2212}{magnitude}"),
        None if is_nothing => rounded.to_owned(),
        None => format!("+{rounded}"),
    }
}

/// A name that every file system and every link can hold, and that no system takes for another one:
/// "both-sides-Spring 2016/17" becomes "both-sides-spring-2016-17".
pub fn plain_name(name: &str) -> String {
    let parts = name.split(|character: char| !character.is_ascii_alphanumeric());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// A text as Markdown shows it to the letter, also at the beginning of a line: nothing in it is markup,
/// nor HTML that a later page would let through.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let text = text.trim_start();
    // "- North" and "1. North" would begin a list.
    let after = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let number = &text[..text.len() - after.len()];
    let ends_number = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let begins_list = match number {
        "" => after.starts_with(['-', '+']),
        _ => after.strip_prefix(['.', ')']).is_some_and(ends_number),
    };
    escaped.push_str(number);
    if begins_list {
        escaped.push('\\');
    }
    for character in after.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(character);
            }
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A share (0 to 1), or a difference of shares, as whole percent from its exact value.
pub fn percent(share: &Estimate) -> String {
    let exact = share.ratio.zip(Ratio::new(100, 1)).and_then(|(ratio, hundred)| ratio.times(hundred));
    exact.map_or_else(|| percentage_points(share.value), |ratio| ratio.rounded(0))
}

/// A number of percentage points given as a share (0 to 1), whole.
pub fn percentage_points(share: f64) -> String {
    round_decimal(share * 100.0, 0)
}

/// What the survey can say about a change.
pub fn change(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "rose",
        Verdict::Lower => "fell",
        Verdict::NotClear => "no clear change",
        Verdict::NotTested(_) => "not tested",
    }
}

/// What the survey can say about a gap, seen from its left side.
pub fn gap(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Higher => "higher",
        Verdict::Lower => "lower",
        Verdict::NotClear => "no clear gap",
        Verdict::NotTested(_) => "not tested",
    }
}

/// Said wherever likely ranges are shown.
pub const LIKELY_RANGE: &str = "Likely range: where the average would probably lie had everyone invited answered \
    (95% likely range). It assumes that those who answered are like those who did not.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_labels_and_signs_read_as_english() {
        assert_eq!(listed(&["2015", "2016", "2017"]), "2015, 2016 and 2017");
        assert_eq!(within("Care providers"), "care providers");
        assert_eq!(within("ECC officers"), "ECC officers");
        assert_eq!(possessive("care providers"), "care providers'");
        assert_eq!(possessive("staff"), "staff's");
        assert_eq!(none_of(2, "questions"), "neither of the two questions");
        assert_eq!(none_of(3, "questions"), "none of the three questions");
        assert_eq!([0, 999, 6776, 1_000_000].map(thousands), ["0", "999", "6,776", "1,000,000"]);
        assert_eq!(signed("0.22"), "+0.22");
        assert_eq!(signed("-0.05"), "\u{2212}0.05");
        assert_eq!(signed("0.00"), "0.00");
        assert_eq!(markdown("a_b <i>"), "a\\_b &lt;i&gt;");
        for (text, escaped) in [
            ("- a - b", "\\- a - b"),
            ("12. a", "12\\. a"),
            ("1.", "1\\."),
            ("2.45 a", "2.45 a"),
            ("0-25%", "0-25%"),
            ("-1", "\\-1"),
            ("    a", "a"),
        ] {
            assert_eq!(markdown(text), escaped);
        }
    }
}
