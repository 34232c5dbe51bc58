//! The numbers that one class of respondents has: two to a byte while they are small, so that sixteen
//! answers of a form are told apart, and thirty-two numbers grow, at a time.

use crate::ingest::Code;
use crate::survey::Answer;
use crate::tally::{Counts, MAX_SCORE};

/// Items whose answers are looked at together.
const LANE: usize = 16;
/// Items that a word of bits holds.
const BITS: usize = 128;

/// Where a number stands among those of a class: answers by code and item, then respondents and contacts
/// of every domain of several items, then forms.
pub(super) struct Shape {
    top: u8,
    /// Items, with empty places up to a whole lane.
    room: usize,
    /// Codes that share a byte, in its lower and in its upper half.
    pairs: Vec<[u8; 2]>,
    /// Per word of bits and domain of several items, those items.
    pooled: Vec<u128>,
    pooled_count: usize,
    /// Per domain, its place among the pooled.
    pooled_at: Vec<Option<usize>>,
}

impl Shape {
    pub fn of(top: u8, items: usize, feeds: &[Vec<usize>]) -> Shape {
        let blank = Code::from(Answer::Blank).byte();
        let codes: Vec<u8> = (0..=top).chain([blank]).collect();
        // What was left out is not counted; where it shares a byte with a code, nobody asks for it.
        let pair = |codes: &[u8]| [codes[0], codes.get(1).copied().unwrap_or(Code::LEFT_OUT.byte())];
        let pooled_count = feeds.iter().filter(|feeds| feeds.len() > 1).count();
        let mut pooled = vec![0; items.div_ceil(BITS) * pooled_count];
        let mut next = 0..pooled_count;
        let pooled_at = feeds.iter().map(|feeds| {
            let place = if feeds.len() > 1 { next.next() } else { None }?;
            feeds.iter().for_each(|item| pooled[item / BITS * pooled_count + place] |= 1 << (item % BITS));
            Some(place)
        });
        Shape {
            top,
            room: items.next_multiple_of(LANE),
            pairs: codes.chunks(2).map(pair).collect(),
            pooled_at: pooled_at.collect(),
            pooled,
            pooled_count,
        }
    }

    fn first_pooled(&self) -> usize {
        self.pairs.len() * self.room
    }

    /// The byte whose lower half is the number of forms.
    pub fn forms(&self) -> usize {
        self.first_pooled() + self.pooled_count
    }

    /// Bytes that hold all numbers in their halves.
    pub fn bytes(&self) -> usize {
        (self.forms() + 1).next_multiple_of(LANE)
    }

    /// What a form adds to each number: one or nothing.
    pub fn form(&self, codes: &[Code], said: &mut Said, form: &mut [u8]) {
        said.note(codes, self.room);
        let (answers, rest) = form.split_at_mut(self.first_pooled());
        let (codes, _) = said.codes.as_chunks::<LANE>();
        let (answers, _) = answers.as_chunks_mut::<LANE>();
        for (answers, &[low, high]) in answers.chunks_exact_mut(codes.len().max(1)).zip(&self.pairs) {
            for (answers, codes) in answers.iter_mut().zip(codes) {
                *answers = codes.map(|code| u8::from(code == low) | u8::from(code == high) << 4);
            }
        }
        rest.fill(0);
        rest[self.pooled_count] = 1;
        let pooled = self.pooled.chunks_exact(self.pooled_count.max(1));
        for (pooled, (scores, any)) in pooled.zip(said.scores.iter().zip(&said.any)) {
            // Looking at all of them is faster than a branch that nothing foretells.
            for (number, items) in rest.iter_mut().zip(pooled) {
                *number |= u8::from(items & scores != 0) | u8::from(items & any != 0) << 4;
            }
        }
    }

    /// The counts of a domain among the totals of a group: those of lower halves, and behind them those of
    /// upper ones.
    pub fn counts(&self, domain: usize, feeds: &[usize], totals: &[u64]) -> Counts {
        let (low, high) = totals.split_at(self.bytes());
        let mut counts = Counts { forms: low[self.forms()], ..Counts::default() };
        for item in feeds {
            // Codes from 0 to the top and that of a blank, in this order.
            let of = |place: usize| [low, high][place % 2][place / 2 * self.room + item];
            let top = usize::from(self.top);
            for (place, count) in (1..=top).zip(&mut counts.scores) {
                *count += of(place);
            }
            counts.no_contact += of(0);
            counts.blank += of(top + 1);
        }
        match self.pooled_at[domain] {
            Some(pooled) => {
                counts.respondents = low[self.first_pooled() + pooled];
                counts.contacts = high[self.first_pooled() + pooled];
            }
            // Nobody answers an item twice.
            None => {
                counts.respondents = counts.answers();
                counts.contacts = counts.answers() + counts.no_contact;
            }
        }
        counts
    }
}

/// The codes of a form up to a whole lane; the items that it has scores of, and those with scores or "no
/// contact", as bits.
#[derive(Default)]
pub(super) struct Said {
    codes: Vec<u8>,
    scores: Vec<u128>,
    any: Vec<u128>,
}

impl Said {
    fn note(&mut self, codes: &[Code], room: usize) {
        self.codes.resize(room, Code::LEFT_OUT.byte());
        self.codes.iter_mut().zip(codes).for_each(|(byte, code)| *byte = code.byte());
        self.scores.clear();
        self.any.clear();
        for codes in self.codes.chunks(BITS) {
            let (mut scores, mut any) = ([0; BITS / 8], [0; BITS / 8]);
            let bits = scores.iter_mut().zip(&mut any);
            for ((scores, any), codes) in bits.zip(codes.as_chunks::<8>().0) {
                (*scores, *any) = Said::of_eight(*codes);
            }
            self.scores.push(u128::from_le_bytes(scores));
            self.any.push(u128::from_le_bytes(any));
        }
    }

    /// Of eight codes at once: a bit for each score, and for each score or "no contact".
    fn of_eight(codes: [u8; 8]) -> (u8, u8) {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        // Scores and "no contact" are small; what is neither has the high bit.
        const { assert!(MAX_SCORE < 0x80 && Code::LEFT_OUT.byte() >= 0x80) };
        let codes = u64::from_le_bytes(codes);
        let any = !codes & HIGH;
        let scores = ((codes & !HIGH) + !HIGH) & any;
        let gathered = |bits: u64| ((bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8;
        (gathered(scores), gathered(any))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_and_contacts_as_bits() {
        let said = [Answer::NoContact, Answer::Score(1), Answer::Blank, Answer::Score(10)];
        let mut codes: Vec<Code> = said.into_iter().map(Code::from).collect();
        codes.push(Code::LEFT_OUT);
        codes.resize(8, Code::from(Answer::Score(4)));
        let bytes: Vec<u8> = codes.iter().map(|code| code.byte()).collect();
        assert_eq!(Said::of_eight(bytes.try_into().unwrap()), (0b1110_1010, 0b1110_1011));
        let mut all = Said::default();
        all.note(&codes.repeat(17)[..133], 144);
        assert_eq!(all.scores, [u128::MAX / 0xFF * 0xEA, 0b01010]);
        assert_eq!(all.any, [u128::MAX / 0xFF * 0xEB, 0b01011]);
    }

    /// Every code of every item has a number of its own, whatever the scale.
    #[test]
    fn no_number_stands_for_two_things() {
        for (top, items) in [(2, 1), (4, 88), (5, 16), (10, 150)] {
            let feeds: Vec<Vec<usize>> =
                (0..items).map(|item| vec![item]).chain([(0..items).collect()]).collect();
            let shape = Shape::of(top, items, &feeds);
            for (item, code) in [(0, 0), (items - 1, 1), (items / 2, top), (items / 3, 254)] {
                let mut codes = vec![Code::LEFT_OUT; items];
                codes[item] = match code {
                    0 => Answer::NoContact.into(),
                    254 => Answer::Blank.into(),
                    score => Answer::Score(score).into(),
                };
                let mut form = vec![0; shape.bytes()];
                shape.form(&codes, &mut Said::default(), &mut form);
                let halves = |part: fn(u8) -> u8| form.iter().map(move |byte| u64::from(part(*byte)));
                let totals: Vec<u64> = halves(|byte| byte & 0xF).chain(halves(|byte| byte >> 4)).collect();
                for (domain, feeds) in feeds.iter().enumerate() {
                    let mut expected = Counts { forms: 1, ..Counts::default() };
                    if feeds.contains(&item) {
                        match code {
                            0 => expected.no_contact = 1,
                            254 => expected.blank = 1,
                            score => expected.scores[usize::from(score) - 1] = 1,
                        }
                        expected.respondents = expected.answers();
                        expected.contacts = expected.answers() + expected.no_contact;
                    }
                    assert_eq!(shape.counts(domain, feeds, &totals), expected, "{top} {items} {item} {code}");
                }
            }
        }
    }
}
