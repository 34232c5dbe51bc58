//! Text from data stays text: escaped, and unable to turn round what stands next to it.

use std::fmt::{self, Display};

use askama::filters::{Html, HtmlSafe, escape};

use crate::publish::text::stretches;
use crate::text::is_harmful;

/// Text as HTML, with each stretch of right-to-left script isolated, so that the figures after an
/// Arabic or Hebrew label keep their order ("2.15 to 2.60" would read "2.60 to 2.15").
pub struct Words<'a>(&'a str);

/// `Display` escapes.
impl HtmlSafe for Words<'_> {}

impl Display for Words<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_ascii() {
            return escaped(self.0, formatter);
        }
        for (from_right, stretch) in stretches(self.0) {
            if from_right {
                formatter.write_str("<bdi>")?;
                escaped(stretch, formatter)?;
                formatter.write_str("</bdi>")?;
            } else {
                escaped(stretch, formatter)?;
            }
        }
        Ok(())
    }
}

fn escaped(text: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let safe = escape(text, Html).map_err(|_| fmt::Error)?;
    write!(formatter, "{safe}")
}

/// The page without what has no place in a document. Works on the finished page, so that no place can
/// be forgotten, drawings included.
pub fn without_controls(html: String) -> String {
    if has_harmful(&html) { html.split(is_harmful).collect() } else { html }
}

/// Most of a page are letters of which a glance at the byte is enough, many at a time.
fn has_harmful(html: &str) -> bool {
    const AT_ONCE: usize = 64;
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    let mut rest = html;
    loop {
        let plain = rest
            .as_bytes()
            .chunks_exact(AT_ONCE)
            .take_while(|bytes| bytes.iter().fold(true, |all, byte| all & is_plain(byte)));
        let plain = plain.count() * AT_ONCE;
        let Some(position) = rest[plain..].bytes().position(|byte| !is_plain(&byte)) else { return false };
        let mut letters = rest[plain + position..].chars();
        if letters.next().is_some_and(is_harmful) {
            return true;
        }
        rest = letters.as_str();
    }
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
