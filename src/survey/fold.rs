//! Texts made comparable: what a person would call the same wording.

/// Case, curly quotes, dashes, no-break and doubled spaces folded; surrounding space removed.
///
/// ```
/// use rmsurvey::survey::fold;
/// assert_eq!(fold("Adult  Operations – Service\u{a0}Teams "), fold("adult operations - service teams"));
/// assert_eq!(fold("each other’s needs?"), "each other's needs?");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut put = |character: char| match character {
        ' ' if folded.is_empty() || folded.ends_with(' ') => {}
        other => folded.push(other),
    };
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        let plain = plain_character(character);
        // Most letters by far; the tables of all others take their time.
        if plain.is_ascii() {
            put(plain.to_ascii_lowercase());
        } else {
            plain.to_lowercase().for_each(&mut put);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Where the shortest beginning of a text that folds to `folded` ends; in one pass, however long the
/// text is.
pub(crate) fn end_of_folded(text: &str, folded: &str) -> Option<usize> {
    let along = text.char_indices().map(|(at, character)| (at + character.len_utf8(), character));
    meets(along, folded.chars(), |lowered| lowered.collect())
}

/// Where the shortest end of a text that folds to `folded` begins.
pub(crate) fn start_of_folded(text: &str, folded: &str) -> Option<usize> {
    meets(text.char_indices().rev(), folded.chars().rev(), |lowered| lowered.rev().collect())
}

/// The first place up to which the characters of a text, folded one by one, are those wanted.
fn meets(
    along: impl Iterator<Item = (usize, char)>,
    mut wanted: impl Iterator<Item = char> + Clone,
    in_order: impl Fn(std::char::ToLowercase) -> Vec<char>,
) -> Option<usize> {
    let mut before = ' ';
    for (at, character) in along.filter(|(_, character)| !is_invisible(*character)) {
        for character in in_order(plain_character(character).to_lowercase()) {
            if character == ' ' && before == ' ' {
                continue;
            }
            if wanted.next() != Some(character) {
                return None;
            }
            before = character;
        }
        if wanted.clone().next().is_none() {
            return Some(at);
        }
    }
    None
}

fn is_invisible(character: char) -> bool {
    !character.is_ascii()
        && matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn plain_character(character: char) -> char {
    match character {
        '!'..='_' | 'a'..='~' | ' ' => character,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letter by letter, as the doc comment says it.
    fn slowly(text: &str) -> String {
        let plain = text.chars().filter(|c| !is_invisible(*c)).map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
            '\u{201c}'..='\u{201e}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        });
        let lowered: String = plain.flat_map(char::to_lowercase).collect();
        lowered.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_letter_folds_as_it_is_said() {
        for letter in ('\0'..='\u{24ff}').chain(['\u{feff}', '\u{3000}', '\u{1f600}']) {
            let text = format!(" {letter}A {letter} ");
            assert_eq!(fold(&text), slowly(&text), "{letter:?}");
        }
    }

    #[test]
    fn a_folded_text_is_found_at_either_end_of_one_as_written() {
        assert_eq!(end_of_folded("\u{feff} How  well –  us", "how well"), Some("\u{feff} How  well".len()));
        assert_eq!(end_of_folded("How", "how well"), None);
        assert_eq!(start_of_folded("Q1 – The  T\u{ad}EAM ", "the team"), Some("Q1 – ".len()));
        assert_eq!(start_of_folded("Q1 İ", &fold("İ")), Some(3)); // one letter that folds to two
        assert_eq!(start_of_folded("A team", "the team"), None);
    }
}
