//! Text from data stays text: escaped, and unable to turn round what stands next to it.

use std::fmt::{self, Display};

use askama::filters::{Html, HtmlSafe, escape};

/// Text as HTML, with each stretch of right-to-left script isolated, so that the figures after an
/// Arabic or Hebrew label keep their order ("2.15 to 2.60" would read "2.60 to 2.15").
pub struct Words<'a>(&'a str);

/// `Display` escapes.
impl HtmlSafe for Words<'_> {}

impl Display for Words<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(start) = rest.find(is_right_to_left) {
            let stretch = &rest[start..];
            let end = end_of_right_to_left(stretch);
            escaped(&rest[..start], formatter)?;
            formatter.write_str("<bdi>")?;
            escaped(&stretch[..end], formatter)?;
            formatter.write_str("</bdi>")?;
            rest = &stretch[end..];
        }
        escaped(rest, formatter)
    }
}

fn escaped(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let safe = escape(text, Html).map_err(|_| fmt::Error)?;
    write!(formatter, "{safe}")
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

/// The page without control characters, which are no text, and without the invisible marks that
/// set a direction: an override in a label would print the score after it backwards. Works on the
/// finished page, so that no place can be forgotten, drawings included.
pub fn without_controls(html: &str) -> String {
    let control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    let direction = |letter| matches!(letter, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    html.chars().filter(|letter| !control(*letter) && !direction(*letter)).collect()
}

/// The filters of the templates.
pub mod filters {
    use super::Words;

    /// Text from data.
    #[askama::filter_fn]
    pub fn words<'a>(text: &'a str, _: &dyn askama::Values) -> askama::Result<Words<'a>> {
        Ok(Words(text))
    }

    /// Whether a key figure is words rather than a figure ("more than three times as many"), and
    /// so is set smaller. "10 of 8,000" still counts as a figure.
    #[askama::filter_fn]
    pub fn is_phrase(figure: &str, _: &dyn askama::Values) -> askama::Result<bool> {
        Ok(figure.chars().count() > 12)
    }

    /// What kind of file a path names, as people say it: `tables/01-scores.csv` is "CSV".
    #[askama::filter_fn]
    pub fn kind(path: &str, _: &dyn askama::Values) -> askama::Result<String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        Ok(name.rsplit_once('.').map_or(name, |(_, ending)| ending).to_uppercase())
    }
}
