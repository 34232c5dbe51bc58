//! How wide columns are: from what stands in them.

/// The narrowest column of numbers, and the widest that a long header makes it.
const NUMBERS: std::ops::RangeInclusive<usize> = 11..=18;
/// Headers take up to so many lines before they make a column wider.
const HEADER_LINES: usize = 5;
/// The narrowest and widest columns of text.
const NARROWEST_TEXT: f64 = 12.0;
const WIDEST_TEXT: f64 = 32.0;
/// Bold letters are wider.
pub const BOLD: f64 = 1.1;
/// What keeps a column apart from the next, and a number from the text after it.
const MARGIN: f64 = 1.5;
const INDENT: f64 = 1.5;
/// Of a line of Arial 12, and the most that Excel allows a row, in points.
const LINE_HEIGHT: f64 = 15.0;
const TALLEST: f64 = 409.0;

/// The width of a text in Arial, in widths of a digit, the unit of columns. Letters fall into few
/// classes of width, which is all that a column needs.
pub fn of(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | '’' | '‘' => 0.4,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '/' | '!' | '(' | ')' | '[' | ']' | '-' => 0.55,
        'r' => 0.6,
        'm' | 'M' | 'W' | '%' => 1.5,
        'w' => 1.3,
        'A'..='Z' | '+' | '−' => 1.25,
        ' '..='~' => 1.0,
        '\u{c0}'..='\u{24f}' | '“' | '”' => 1.1,
        _ => 1.8,
    }
}

/// The width of a column of numbers under a header.
pub fn numbers<'t>(header: &str, values: impl Iterator<Item = &'t str>) -> f64 {
    let word = longest_word(header) * BOLD;
    let value = values.map(of).fold(0.0, f64::max);
    let fits = |width: &usize| lines(header, *width as f64 / BOLD) <= HEADER_LINES;
    let header = NUMBERS.clone().find(fits).unwrap_or(*NUMBERS.end()) as f64;
    header.max(word.min(WIDEST_TEXT)).max(value.min(WIDEST_TEXT)) + MARGIN + INDENT
}

/// The width of a column of text under a header.
pub fn text<'t>(header: &str, values: impl Iterator<Item = &'t str>) -> f64 {
    let value = values.map(of).fold(0.0, f64::max);
    value.max(longest_word(header) * BOLD).clamp(NARROWEST_TEXT, WIDEST_TEXT) + MARGIN
}

fn longest_word(text: &str) -> f64 {
    text.split_whitespace().map(of).fold(0.0, f64::max)
}

/// How many lines a text takes in a column, wrapped between words, or within one that is too long.
pub fn lines(text: &str, width: f64) -> usize {
    text.lines().map(|line| wrapped(line, width)).sum::<usize>().max(1)
}

fn wrapped(line: &str, width: f64) -> usize {
    let mut lines = 1;
    let mut used = 0.0;
    for word in line.split_whitespace().map(of) {
        if used > 0.0 && used + of(" ") + word > width {
            lines += 1;
            used = 0.0;
        }
        used += if used > 0.0 { of(" ") } else { 0.0 } + word;
        while used > width {
            lines += 1;
            used -= width;
        }
    }
    lines
}

/// The height of a row of so many lines with some space besides, in points.
pub fn height(lines: usize, space: f64) -> f64 {
    (lines as f64 * LINE_HEIGHT + space).min(TALLEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_between_words() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("0000 0000", 8.55), 1);
        assert_eq!(lines("0000 0000", 8.5), 2);
        assert_eq!(lines("00 0000000000000000", 8.0), 3);
        assert_eq!(lines("a\nb\n", 8.0), 2);
    }

    #[test]
    fn a_column_has_room_for_its_longest_word_and_value() {
        let plain = numbers("Change (points)", ["-0.13"].into_iter());
        assert!((plain - (11.0 + MARGIN + INDENT)).abs() < 1e-9);
        assert!(numbers("Responsibilities", std::iter::empty()) > plain);
        assert!(numbers("p", ["more than three times"].into_iter()) > plain);
        let long = "Likely range among those who answered in both years, lower end (points)";
        assert!(numbers(long, std::iter::empty()) > plain);
        assert!(text("Who", ["0".repeat(300).as_str()].into_iter()) <= WIDEST_TEXT + MARGIN);
    }
}
