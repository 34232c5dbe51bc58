//! Text of scripts that read from the right, beside figures that do not.

/// A text in stretches that read from the left, and stretches that read from the right (`true`).
pub(super) fn stretches(text: &str) -> Vec<(bool, &str)> {
    let mut stretches = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_right_to_left) {
        let stretch = &rest[start..];
        let end = end_of_right_to_left(stretch);
        stretches.extend([(false, &rest[..start]), (true, &stretch[..end])]);
        rest = &stretch[end..];
    }
    stretches.push((false, rest));
    stretches.retain(|(_, stretch)| !stretch.is_empty());
    stretches
}

/// A stretch ends before the first left-to-right letter or digit, and holds no space at its end.
fn end_of_right_to_left(text: &str) -> usize {
    let other = |letter: char| letter.is_alphanumeric() && !is_right_to_left(letter);
    let before = &text[..text.find(other).unwrap_or(text.len())];
    let last = before.char_indices().rfind(|(_, letter)| is_right_to_left(*letter));
    last.map_or(before.len(), |(index, letter)| index + letter.len_utf8())
}

/// The blocks of Unicode that hold right-to-left scripts (Unicode Standard Annex 9, table 4:
/// bidirectional types R and AL).
fn is_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}
