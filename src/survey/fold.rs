//! Texts made comparable: what a person would call the same wording.

/// Case, curly quotes, dashes, no-break and doubled spaces folded; surrounding space removed.
///
/// ```
/// use rmsurvey::survey::fold;
/// assert_eq!(fold("Adult  Operations – Service\u{a0}Teams "), fold("adult operations - service teams"));
/// assert_eq!(fold("each other’s needs?"), "each other's needs?");
/// ```
pub fn fold(text: &str) -> String {
    let plain = text.chars().filter(|c| !is_invisible(*c)).map(plain_character);
    let mut folded = String::with_capacity(text.len());
    for character in plain.flat_map(char::to_lowercase) {
        match character {
            ' ' if folded.is_empty() || folded.ends_with(' ') => {}
            other => folded.push(other),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn plain_character(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}
