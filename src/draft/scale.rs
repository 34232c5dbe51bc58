//! Which columns hold scores, and on what scale.

use std::collections::BTreeMap;

use super::export::{Column, Export};
use crate::survey::fold;

/// Scales in words, the lowest first.
const WORDS: [&[&str]; 5] = [
    &["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"],
    &[
        "very dissatisfied",
        "dissatisfied",
        "neither satisfied nor dissatisfied",
        "satisfied",
        "very satisfied",
    ],
    &["very poor", "poor", "fair", "good", "very good"],
    &["never", "rarely", "sometimes", "often", "always"],
    &["not at all", "a little", "quite a lot", "completely"],
];

/// Words for an answer that is no score.
const NO_CONTACT: [&str; 6] =
    ["no contact", "n/a", "not applicable", "n/a - no contact", "don't know", "no contact with them"];

/// The scale that the scores of some exports stand on.
#[derive(Debug, Default)]
pub(super) struct FoundScale {
    pub high: u8,
    pub has_no_contact: bool,
    /// Labels by code, as written.
    pub labels: BTreeMap<u8, Vec<String>>,
    /// What stands in the files in place of scores, and only who made the form knows for which: `A1`.
    pub symbols: Vec<String>,
}

/// Most symbols that a scale may have: ten scores and no contact.
const MOST_SYMBOLS: usize = 11;

/// A platform's own name for an answer, a row or a choice, by its letters and its number: `A1`, `SQ001`.
pub(super) fn symbol(text: &str) -> Option<(&str, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, digits) = text.split_at(letters);
    let is_symbol = (1..=4).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|it| it.is_ascii_digit());
    is_symbol.then_some((name, digits.parse().ok()?))
}

/// Whether a column is a row of a matrix whose answers are symbols, all of one kind.
pub(super) fn is_symbols(column: &Column) -> bool {
    let mut names = column.values.keys().map(|text| symbol(text).map(|(name, _)| name));
    let first = names.next().flatten();
    !column.is_own
        && column.shown().ends_with(']')
        && first.is_some()
        && names.all(|name| name == first)
        && column.values.len() <= MOST_SYMBOLS
}

/// A code and the label behind it: `4 - High`.
fn code(text: &str) -> Option<(u8, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u8 = text[..digits].parse().ok().filter(|code| *code <= 10)?;
    let rest = &text[digits..];
    if rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let label = rest.trim_matches(|c: char| c.is_whitespace() || "-–—:.()=[]".contains(c));
    let parted = rest.is_empty() || rest.trim_start().starts_with(['-', '–', ':', '(', '=', '.']);
    let is_range =
        label.starts_with(|c: char| c.is_ascii_digit()) || label.starts_with("to ") || label.contains('%');
    (parted && !is_range).then_some((number, label))
}

fn words_of(column: &Column) -> Option<&'static [&'static str]> {
    let is_all = |scale: &&[&str]| {
        let known = |text: &String| {
            let folded = fold(text);
            scale.contains(&folded.as_str()) || NO_CONTACT.contains(&folded.as_str())
        };
        column.values.keys().all(known)
    };
    let scored = column.values.keys().any(|text| !NO_CONTACT.contains(&fold(text).as_str()));
    WORDS.into_iter().filter(|_| scored).find(is_all)
}

/// Whether everything in a column is an answer on some scale.
pub(super) fn is_scores(column: &Column) -> bool {
    if column.is_own || column.values.is_empty() {
        return false;
    }
    let coded = column.values.keys().any(|text| code(text).is_some());
    let is_answer = |text: &String| code(text).is_some() || NO_CONTACT.contains(&fold(text).as_str());
    coded && column.values.keys().all(is_answer) || words_of(column).is_some()
}

/// The scale of the given columns.
pub(super) fn scale<'e>(exports: impl Iterator<Item = (&'e Export, usize)>) -> FoundScale {
    let mut found = FoundScale::default();
    let mut symbols: BTreeMap<(&str, u32), &str> = BTreeMap::new();
    for (export, column) in exports {
        let column = &export.columns[column];
        let words = words_of(column);
        if let Some(words) = words {
            found.high = found.high.max(words.len() as u8);
            for (at, word) in words.iter().enumerate() {
                found.add(at as u8 + 1, word);
            }
        }
        for text in column.values.keys() {
            match code(text) {
                Some((code, label)) => {
                    found.high = found.high.max(code);
                    found.has_no_contact |= code == 0;
                    found.add(code, label);
                }
                None if NO_CONTACT.contains(&fold(text).as_str()) => {
                    found.has_no_contact = true;
                    found.add(0, text);
                }
                None if symbol(text).is_some() => symbols.extend(symbol(text).map(|it| (it, text.as_str()))),
                None => {}
            }
        }
    }
    found.symbols = all_of(&symbols);
    found
}

/// Symbols in their order, with those between them that nobody chose.
fn all_of(found: &BTreeMap<(&str, u32), &str>) -> Vec<String> {
    let (first, last) = (found.keys().next(), found.keys().next_back());
    let Some(((name, _), (other, most))) = first.zip(last) else { return Vec::new() };
    let digits = found.values().map(|text| text.len() - name.len()).min().unwrap_or_default();
    if name != other || *most > MOST_SYMBOLS as u32 {
        return found.values().map(|text| (*text).to_owned()).collect();
    }
    let least = found.keys().map(|(_, number)| *number).min().unwrap_or_default().min(1);
    (least..=*most).map(|number| format!("{name}{number:0digits$}")).collect()
}

impl FoundScale {
    fn add(&mut self, code: u8, label: &str) {
        let labels = self.labels.entry(code).or_default();
        if !label.is_empty() && !labels.iter().any(|known| fold(known) == fold(label)) {
            labels.push(label.to_owned());
        }
    }
}
