//! The scale of a definition, and what is said in its points: levels, changes, bands, minimums.

use std::collections::BTreeMap;

use toml::Spanned;

use super::check::{Check, inner};
use super::definition::{Minimum, ScaleEntry};
use super::model::ReliabilityBands;
use super::scale::Scale;
use crate::tally::MAX_SCORE;

/// The change in points to plan for where the definition does not say.
const DEFAULT_NOTICE_CHANGE: f64 = 0.25;

/// How many scores the scale has; `None` where that is itself a mistake, which is reported once.
pub(super) fn steps(scale: &ScaleEntry) -> Option<usize> {
    usize::try_from(*scale.high.get_ref()).ok().filter(|high| (2..=MAX_SCORE).contains(high))
}

impl Check<'_> {
    pub(super) fn scale(&mut self, typed: &ScaleEntry) -> Scale {
        if *typed.low.get_ref() != 1 {
            self.error(typed.low.span(), "a scale begins at 1", "low = 1");
        }
        let top = match u8::try_from(*typed.high.get_ref()) {
            Ok(top) if (2..=MAX_SCORE as u8).contains(&top) => top,
            _ => {
                self.error(typed.high.span(), "the top of a scale is from 2 to 10", "for example high = 4");
                2
            }
        };
        let no_contact = typed.no_contact.as_ref().and_then(|code| match u8::try_from(*code.get_ref()) {
            Ok(value) if value == 0 || (value > top && value < 100) => Some(value),
            _ => {
                self.error(
                    code.span(),
                    "the code for no contact cannot be a score",
                    "0, or a number above the scale",
                );
                None
            }
        });
        let mut labels: Vec<(u8, String)> = Vec::new();
        for (code, texts) in &typed.labels {
            let value = code.get_ref().parse::<u8>().ok();
            match value.filter(|value| (1..=top).contains(value) || no_contact == Some(*value)) {
                Some(value) => labels.extend(texts.iter().map(|text| (value, text.get_ref().clone()))),
                None => self.error(
                    code.span(),
                    "this label belongs to no answer of the scale",
                    "a score or the code for no contact",
                ),
            }
        }
        self.distinct("label", typed.labels.values().flatten());
        let end = |label: &Option<String>, or: &str| label.clone().unwrap_or_else(|| or.to_owned());
        Scale::new(top, [end(&typed.low_label, "low"), end(&typed.high_label, "high")], no_contact, labels)
    }

    /// One description per score, or none at all.
    pub(super) fn levels(
        &mut self,
        typed: Option<Spanned<Vec<Spanned<String>>>>,
        question: &Spanned<String>,
        steps: Option<usize>,
    ) -> Vec<String> {
        let Some(typed) = typed else { return Vec::new() };
        let at = typed.span();
        let levels = typed.into_inner();
        if let Some(steps) = steps.filter(|steps| *steps != levels.len()) {
            let message = format!(
                "the question `{}` has {} levels, the scale {steps} scores",
                question.get_ref(),
                levels.len()
            );
            self.error(at, &message, &format!("{steps} descriptions, one per score, the lowest first"));
        }
        for level in levels.iter().filter(|level| level.get_ref().trim().is_empty()) {
            self.error(
                level.span(),
                "this level has no description",
                "a few words on what the score stands for",
            );
        }
        inner(levels)
    }

    /// A change that the scale has room for.
    pub(super) fn notice_change(&mut self, typed: Option<Spanned<f64>>, steps: Option<usize>) -> f64 {
        let Some(typed) = typed else { return DEFAULT_NOTICE_CHANGE };
        let (change, widest) = (*typed.get_ref(), steps.map_or(f64::MAX, |steps| steps as f64 - 1.0));
        if !(change > 0.0 && change <= widest) {
            let message = format!("a change of {change} points cannot be planned for");
            self.error(
                typed.span(),
                &message,
                "points of the scale above 0, for example notice-change = 0.25",
            );
        }
        change
    }

    /// Two numbers, the second above the first.
    pub(super) fn reliability(&mut self, typed: Option<Spanned<Vec<i64>>>) -> ReliabilityBands {
        let Some(typed) = typed else { return ReliabilityBands::default() };
        let bands = match typed.get_ref()[..] {
            [low, ok] if low < ok => u64::try_from(low).ok().zip(u64::try_from(ok).ok()),
            _ => None,
        };
        if let Some((low_from, ok_from)) = bands.filter(|(low, _)| *low > 0) {
            return ReliabilityBands { low_from, ok_from };
        }
        self.error(
            typed.span(),
            "the bands of reliability are two rising whole numbers",
            "reliability = [30, 50]: fewer than 30 answered is very low, fewer than 50 low",
        );
        ReliabilityBands::default()
    }

    pub(super) fn minimums(
        &mut self,
        typed: Option<Spanned<Minimum>>,
        audiences: &[String],
    ) -> BTreeMap<String, u64> {
        let Some(typed) = typed else { return BTreeMap::new() };
        let at = typed.span();
        let entries: Vec<(String, i64)> = match typed.into_inner() {
            Minimum::Everywhere(value) => audiences.iter().map(|id| (id.clone(), value)).collect(),
            Minimum::Each(entries) => entries.into_iter().collect(),
        };
        let mut minimums = BTreeMap::new();
        for (id, value) in entries {
            if !audiences.contains(&id) {
                self.unknown("audience", &id, at.clone(), audiences);
            }
            match u64::try_from(value) {
                Ok(minimum) if minimum >= 2 => drop(minimums.insert(id, minimum)),
                _ => self.error(at.clone(), "a minimum below 2 protects nobody", "2 or more; 10 is usual"),
            }
        }
        minimums
    }
}
