//! The lines of the scale: as it was found, or the choices where only the analyst knows it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::model::Draft;
use super::scale::FoundScale;
use super::write::{line, list, remark};
use crate::survey::{fold, quoted};

/// Scores that a scale may have.
const MOST: usize = 10;

/// The scale that the scores of the files stand on.
pub(super) fn write_scale(text: &mut String, draft: &Draft) {
    let found = &draft.scale;
    let is_standard = draft.questions.iter().any(|question| question.short.is_some());
    let least = if is_standard { 4 } else { 2 };
    let high = found.high.max(least);
    let note = if high > found.high {
        format!("DECIDE: the highest score found is {}; is it the top of the scale?", found.high)
    } else {
        "the highest score found".to_owned()
    };
    line!(text, "\n# --- the scale ---\n[scale]\nlow = 1\nhigh = {high}{}", remark(&note));
    if found.has_no_contact {
        line!(text, "no-contact = 0");
    }
    let mut once = BTreeSet::new();
    let mut labels = String::new();
    for (code, texts) in &found.labels {
        let texts: Vec<&String> = texts.iter().filter(|text| once.insert(fold(text))).collect();
        if !texts.is_empty() {
            line!(labels, "{code} = {}", list(texts));
        }
    }
    if !labels.is_empty() {
        line!(
            text,
            "\n# Words that the exports write after a code or in place of it.\n[scale.labels]\n{}",
            labels.trim_end()
        );
    }
}

/// Where answers are symbols whose meaning is not in the files, the scales that they may stand for, each
/// a line of its own; none of them is taken by itself. Before the first section.
pub(super) fn write_choices(text: &mut String, found: &FoundScale) {
    let symbols = &found.symbols;
    let last = symbols.len().saturating_sub(1);
    let all = (2..=MOST).contains(&symbols.len()).then_some((symbols.as_slice(), None));
    let others = (2..=MOST).contains(&last).then(|| (&symbols[..last], symbols.last()));
    line!(text, "\n# --- the scale ---");
    line!(text, "# The answers are symbols, and what they mean is not in the files: {}.", symbols.join(", "));
    line!(
        text,
        "# Put the scale that is true in the place of the next line: one below without its \"# \", or your own."
    );
    let high = symbols.len().clamp(2, MOST);
    line!(text, "scale = {{ low = 1, high = {high} }}   # DECIDE: no symbol is an answer yet");
    for (scores, no_contact) in all.into_iter().chain(others) {
        for rises in [true, false] {
            let score = |at: usize| if rises { at + 1 } else { scores.len() - at };
            let mut labels: Vec<(usize, &String)> =
                scores.iter().enumerate().map(|(at, symbol)| (score(at), symbol)).collect();
            labels.extend(no_contact.map(|symbol| (0, symbol)));
            let words = |score: usize| {
                let known = u8::try_from(score).ok().and_then(|it| found.labels.get(&it));
                known.into_iter().flatten().map(|word| format!(", {}", quoted(word))).collect::<String>()
            };
            labels.sort();
            let labels: Vec<String> = labels
                .into_iter()
                .map(|(score, symbol)| format!("{score} = [{}{}]", quoted(symbol), words(score)))
                .collect();
            let zero = if no_contact.is_some() { "no-contact = 0, " } else { "" };
            line!(
                text,
                "# scale = {{ low = 1, high = {}, {zero}labels = {{ {} }} }}",
                scores.len(),
                labels.join(", ")
            );
        }
    }
}
