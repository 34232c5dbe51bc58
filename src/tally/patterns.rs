//! Ways of filling in a form that say more about the form than about the council.

use std::collections::BTreeMap;

use crate::ingest::{Code, Form, Responses};
use crate::survey::Answer;

/// Forms of one audience in one wave by the pattern of their answers. A form can have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patterns {
    pub wave: usize,
    pub audience: usize,
    /// Every form that counts.
    pub forms: u64,
    /// Forms that gave one and the same score everywhere, with at least half of the items scored.
    pub straight_lined: u64,
    /// Forms that said "no contact" and gave no score.
    pub only_no_contact: u64,
    /// Forms with neither a score nor "no contact".
    pub no_answer: u64,
    /// Forms whose every answer is that of another form, with at least half of the items scored.
    pub identical: u64,
    /// Per question asked, in the order of the questionnaire.
    pub blanks: Vec<Blanks>,
}

/// How often one question was left empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blanks {
    /// Position of the question in the definition.
    pub question: usize,
    pub blank: u64,
    /// Places that all forms together had for an answer to it.
    pub cells: u64,
}

impl Patterns {
    /// Counts the forms of one audience in one wave.
    pub fn of(responses: &Responses) -> Patterns {
        let forms = &responses.forms;
        let count = |has: fn(&Form) -> bool| forms.iter().filter(|form| has(form)).count() as u64;
        Patterns {
            wave: responses.wave,
            audience: responses.audience,
            forms: forms.len() as u64,
            straight_lined: count(Form::is_straight_lined),
            only_no_contact: count(Form::says_only_no_contact),
            no_answer: count(Form::says_nothing),
            identical: identical(forms),
            blanks: blanks(responses),
        }
    }
}

fn identical(forms: &[Form]) -> u64 {
    let mut alike: BTreeMap<&[Code], u64> = BTreeMap::new();
    for form in forms.iter().filter(|form| form.is_mostly_scored()) {
        *alike.entry(&form.codes).or_default() += 1;
    }
    alike.into_values().filter(|count| *count > 1).sum()
}

fn blanks(responses: &Responses) -> Vec<Blanks> {
    let mut by_question: BTreeMap<usize, Blanks> = BTreeMap::new();
    for (position, item) in responses.items.iter().enumerate() {
        let of = by_question.entry(item.question).or_insert(Blanks {
            question: item.question,
            blank: 0,
            cells: 0,
        });
        let codes = responses.forms.iter().filter_map(|form| form.codes.get(position));
        for code in codes {
            of.cells += 1;
            of.blank += u64::from(code.answer() == Some(Answer::Blank));
        }
    }
    by_question.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Item;

    /// Four questions; 0 is no contact, 9 stands for a blank.
    fn patterns(forms: &[[u8; 4]]) -> Patterns {
        let code = |answer: u8| match answer {
            0 => Code::from(Answer::NoContact),
            9 => Code::from(Answer::Blank),
            score => Code::from(Answer::Score(score)),
        };
        let form = |answers: &[u8; 4]| Form {
            respondent: String::new(),
            link: None,
            groups: Vec::new(),
            codes: answers.iter().copied().map(code).collect(),
        };
        Patterns::of(&Responses {
            wave: 0,
            audience: 0,
            items: (0..4).map(|question| Item { department: None, question }).collect(),
            forms: forms.iter().map(form).collect(),
        })
    }

    #[test]
    fn a_straight_liner_and_an_identical_pair_are_found() {
        let found = patterns(&[
            [3, 3, 3, 0], // the same score everywhere, three of four items
            [3, 0, 0, 9], // one score is no line
            [1, 2, 3, 4],
            [1, 2, 3, 4], // as the one before
            [1, 2, 3, 9], // not quite
            [0, 0, 9, 0], // only no contact
            [9, 9, 9, 9], // nothing at all
            [9, 9, 9, 9], // nothing at all is no identical pair
        ]);
        assert_eq!(found.forms, 8);
        assert_eq!(found.straight_lined, 1);
        assert_eq!(found.identical, 2);
        assert_eq!(found.only_no_contact, 1);
        assert_eq!(found.no_answer, 2);
        // Blanks by hand, per column: 2, 2, 3 and 4 of 8.
        let blanks: Vec<_> = found.blanks.iter().map(|it| (it.question, it.blank, it.cells)).collect();
        assert_eq!(blanks, [(0, 2, 8), (1, 2, 8), (2, 3, 8), (3, 4, 8)]);
    }

    #[test]
    fn no_forms_have_no_patterns() {
        let none = patterns(&[]);
        assert_eq!((none.forms, none.straight_lined, none.identical), (0, 0, 0));
        assert_eq!(none.blanks.len(), 4);
    }
}
