//! Questions that were once asked in other words.

use std::collections::BTreeSet;

use toml::Spanned;

use super::check::Check;
use super::definition::WordingEntry;
use super::model::QuestionDefinition;

/// How a question was asked up to a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The last wave in which it was asked so.
    pub until: usize,
    pub text: String,
    /// Whether its answers can be held against those to the next wording.
    pub comparable: bool,
}

impl QuestionDefinition {
    /// The words in which it was asked in a wave.
    pub fn text_in(&self, wave: usize) -> &str {
        let wording = self.wordings.iter().find(|wording| wave <= wording.until);
        wording.map_or(&self.text, |wording| &wording.text)
    }

    /// Every text that stands for it in the files of a wave.
    pub fn texts_in(&self, wave: usize) -> impl Iterator<Item = &str> {
        std::iter::once(self.text_in(wave)).chain(self.aliases.iter().map(String::as_str))
    }

    /// Whether its words changed between two waves, whichever of them comes first.
    pub fn is_reworded(&self, one: usize, other: usize) -> bool {
        self.text_in(one) != self.text_in(other)
    }

    /// Whether it asked the same, as far as its words go, in two waves.
    pub fn asks_the_same(&self, one: usize, other: usize) -> bool {
        let (first, last) = (one.min(other), one.max(other));
        let mut passed =
            self.wordings.iter().filter(|wording| first <= wording.until && wording.until < last);
        passed.all(|wording| wording.comparable)
    }
}

impl Check<'_> {
    /// Earlier wordings, the earliest first.
    pub(super) fn wordings(&mut self, typed: Vec<WordingEntry>, waves: &[String]) -> Vec<Wording> {
        let mut wordings = Vec::new();
        let mut taken = BTreeSet::new();
        for entry in typed {
            let Some(until) = waves.iter().position(|label| label == entry.until.get_ref()) else {
                self.unknown("wave", entry.until.get_ref(), entry.until.span(), waves);
                continue;
            };
            if !taken.insert(until) {
                self.twice(&entry.until);
            }
            if until + 1 == waves.len() {
                self.error(
                    entry.until.span(),
                    "no wave comes after this one, so this is the wording of today",
                    "an earlier wave; the wording of today is the question's `text`",
                );
            }
            wordings.push(Wording { until, text: entry.text.into_inner(), comparable: entry.comparable });
        }
        wordings.sort_by_key(|wording| wording.until);
        wordings
    }

    fn twice(&mut self, until: &Spanned<String>) {
        let message = format!("two wordings were used until {}", until.get_ref());
        self.error(until.span(), &message, "one wording for every year; other spellings of it are `aliases`");
    }
}
