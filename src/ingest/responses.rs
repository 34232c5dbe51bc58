//! One audience in one wave: answers as small integer codes, wide.

use crate::survey::{Answer, Item};

/// An answer in one byte: 0 for no contact, 1 to 10 for scores, and two codes of its own for a cell
/// that was left empty and for one that was left out because it is not on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(u8);

impl Code {
    const BLANK: Code = Code(254);
    /// Neither a score, nor no contact, nor blank: counted nowhere but in the ledger.
    pub const LEFT_OUT: Code = Code(255);

    /// The answer that the code stands for; `None` for one that was left out.
    pub fn answer(self) -> Option<Answer> {
        match self {
            Code::LEFT_OUT => None,
            Code::BLANK => Some(Answer::Blank),
            Code(0) => Some(Answer::NoContact),
            Code(score) => Some(Answer::Score(score)),
        }
    }

    /// The code itself.
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// The score, if the answer is one.
    pub fn score(self) -> Option<u8> {
        match self.answer() {
            Some(Answer::Score(score)) => Some(score),
            _ => None,
        }
    }
}

impl From<Answer> for Code {
    fn from(answer: Answer) -> Code {
        match answer {
            Answer::Score(score) => Code(score),
            Answer::NoContact => Code(0),
            Answer::Blank => Code::BLANK,
        }
    }
}

/// One form as it was read: the row of a respondent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// Identifies the form within its wave; empty where the survey has no such column.
    pub respondent: String,
    /// Identifies the same party in another wave, if the survey knows it.
    pub link: Option<String>,
    /// Per breakdown of the audience: the group, or `None` where it was not stated.
    pub groups: Vec<Option<usize>>,
    /// Per item of [`Responses::items`].
    pub codes: Vec<Code>,
}

impl Form {
    fn scores(&self) -> impl Iterator<Item = u8> {
        self.codes.iter().filter_map(|code| code.score())
    }

    fn says_no_contact(&self) -> bool {
        self.codes.iter().any(|code| code.answer() == Some(Answer::NoContact))
    }

    /// Enough scores for a pattern to mean something: two, and half of the items.
    pub fn is_mostly_scored(&self) -> bool {
        let scored = self.scores().count();
        scored >= 2 && scored * 2 >= self.codes.len()
    }

    /// One and the same score everywhere, with at least half of the items scored.
    pub fn is_straight_lined(&self) -> bool {
        let first = self.scores().next();
        self.is_mostly_scored() && self.scores().all(|score| Some(score) == first)
    }

    /// "No contact" and no score.
    pub fn says_only_no_contact(&self) -> bool {
        self.scores().next().is_none() && self.says_no_contact()
    }

    /// Neither a score nor "no contact".
    pub fn says_nothing(&self) -> bool {
        self.scores().next().is_none() && !self.says_no_contact()
    }

    /// Whether every question was answered, be it with "no contact".
    pub fn is_complete(&self) -> bool {
        self.codes.iter().all(|code| matches!(code.answer(), Some(Answer::Score(_) | Answer::NoContact)))
    }
}

/// One audience in one wave. The forms stand in the order of their content, not of the file, so
/// that nothing downstream can depend on the order of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responses {
    pub wave: usize,
    pub audience: usize,
    pub items: Vec<Item>,
    pub forms: Vec<Form>,
}

impl Responses {
    /// The sampling unit of each form: the respondent, and where several forms of the wave share a
    /// link (two managers of one provider) that party. Numbers from 0 in the order of the forms.
    pub fn clusters(&self) -> Vec<usize> {
        let mut seen = std::collections::BTreeMap::new();
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            next - 1
        };
        let cluster = |form: &Form| match &form.link {
            Some(link) => *seen.entry(link.clone()).or_insert_with(&mut fresh),
            None => fresh(),
        };
        self.forms.iter().map(cluster).collect()
    }
}
