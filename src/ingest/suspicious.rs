//! Forms that may not be what they seem. None of them is left out: the analyst looks at them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::duplicates::Read;
use super::responses::Code;
use crate::survey::Survey;

/// What makes a form worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// One and the same score everywhere, with at least half of the items scored.
    StraightLined,
    /// "No contact" and no score.
    OnlyNoContact,
    /// Neither a score nor "no contact".
    NoAnswer,
    /// Every answer is that of another form, with at least half of the items scored.
    Identical,
    /// Dated before or after the fieldwork.
    OutsideFieldwork,
}

impl Pattern {
    pub const ALL: [Pattern; 5] = [
        Pattern::StraightLined,
        Pattern::OnlyNoContact,
        Pattern::NoAnswer,
        Pattern::Identical,
        Pattern::OutsideFieldwork,
    ];

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Pattern::StraightLined => "the same score everywhere",
            Pattern::OnlyNoContact => "only no contact",
            Pattern::NoAnswer => "no answer at all",
            Pattern::Identical => "every answer as in another form",
            Pattern::OutsideFieldwork => "dated outside the fieldwork period",
        }
    }
}

/// A form worth a second look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Suspicious {
    pub pattern: Pattern,
    pub file: String,
    pub line: u64,
    /// Its reference; empty where forms have none.
    pub respondent: String,
}

/// The forms of one audience in one wave that are worth a second look, in the order of the files.
pub(super) fn suspicious(survey: &Survey, (wave, _): (usize, usize), forms: &[Read]) -> Vec<Suspicious> {
    let mut alike: BTreeMap<&[Code], u64> = BTreeMap::new();
    for read in forms.iter().filter(|read| read.form.is_mostly_scored()) {
        *alike.entry(&read.form.codes).or_default() += 1;
    }
    let fieldwork = survey.waves[wave].fieldwork;
    let mut found = Vec::new();
    for read in forms {
        let form = &read.form;
        let is_outside = |(from, to)| read.submitted.is_some_and(|at| at.date() < from || at.date() > to);
        let patterns = [
            (Pattern::StraightLined, form.is_straight_lined()),
            (Pattern::OnlyNoContact, form.says_only_no_contact()),
            (Pattern::NoAnswer, form.says_nothing()),
            (Pattern::Identical, alike.get(form.codes.as_slice()).is_some_and(|forms| *forms > 1)),
            (Pattern::OutsideFieldwork, fieldwork.is_some_and(is_outside)),
        ];
        found.extend(patterns.into_iter().filter(|(_, is_so)| *is_so).map(|(pattern, _)| Suspicious {
            pattern,
            file: read.file.clone(),
            line: read.line,
            respondent: form.respondent.clone(),
        }));
    }
    found.sort();
    found
}
