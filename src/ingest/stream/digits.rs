//! Answers that are nothing but a digit, eight cells at a time.

use super::plan::Plan;
use crate::ingest::responses::Code;
use crate::survey::Answer;

/// Bytes of eight cells, each a digit and what ends it.
pub(super) const EIGHT: usize = 16;

/// A byte that no text holds.
const NEVER: u8 = 0xFF;

/// The digits that are answers, and what ends a cell.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    /// Per byte of eight cells: the first that is right, how many from it on are, and one more that is.
    first: [u8; EIGHT],
    many: [u8; EIGHT],
    other: [u8; EIGHT],
    no_contact: u8,
    delimiter: u8,
    /// Whether an empty cell is a blank answer.
    has_blanks: bool,
}

impl Digits {
    /// What is found by reading each of them as any other text.
    pub fn of(plan: &Plan<'_>, delimiter: u8) -> Digits {
        let is = |text: &str, answer: Answer| {
            plan.answer(text).is_some_and(|it| it.value == answer.into() && it.missing.is_none())
        };
        let digit = |byte: u8| char::from(byte).to_string();
        let is_score = |byte: &u8| is(&digit(*byte), Answer::Score(byte - b'0'));
        let top = (b'1'..=b'9').take_while(is_score).count() as u8;
        let no_contact = (b'0'..=b'9').find(|byte| is(&digit(*byte), Answer::NoContact)).unwrap_or(NEVER);
        let of_both = |digit: u8, end: u8| std::array::from_fn(|at| if at % 2 == 0 { digit } else { end });
        Digits {
            first: of_both(b'1', delimiter),
            many: of_both(top, 1),
            other: of_both(no_contact, delimiter),
            no_contact,
            delimiter,
            has_blanks: is("", Answer::Blank),
        }
    }

    /// Which bytes of eight cells are wrong: a first one that is no digit that is an answer, and a second
    /// one that is not the delimiter.
    // Called instead of being part of the loop, it takes a quarter of the time of a tally.
    #[inline(always)]
    pub fn wrong(&self, cells: &[u8; EIGHT]) -> [u8; EIGHT] {
        let Digits { first, many, other, .. } = self;
        let mut wrong = [0; EIGHT];
        for at in 0..EIGHT {
            let byte = cells[at];
            let is_right = byte.wrapping_sub(first[at]) < many[at] || byte == other[at];
            wrong[at] = if is_right { 0 } else { u8::MAX };
        }
        wrong
    }

    /// Whether a byte is an answer.
    #[inline]
    pub fn is_answer(&self, byte: u8) -> bool {
        byte.wrapping_sub(self.first[0]) < self.many[0] || byte == self.no_contact
    }

    /// Whether a cell that begins like this is empty, and so a blank answer.
    #[inline]
    pub fn is_blank(&self, byte: u8) -> bool {
        byte == self.delimiter && self.has_blanks
    }

    /// What is answered with a byte that is an answer, or with an empty cell in front of the delimiter.
    #[inline]
    pub fn code(&self, byte: u8) -> Code {
        if byte == self.no_contact {
            Answer::NoContact.into()
        } else if byte == self.delimiter {
            Answer::Blank.into()
        } else {
            Answer::Score(byte.wrapping_sub(b'0')).into()
        }
    }
}
