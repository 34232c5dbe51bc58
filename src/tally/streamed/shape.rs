//! The numbers that one class of respondents has: bytes, eight to a word.

use crate::ingest::Code;
use crate::survey::Answer;
use crate::tally::{Counts, MAX_SCORE};

/// Where a number stands among those of a class: answers by item and code, then respondents and
/// contacts of every domain of several items, then forms.
pub(super) struct Shape {
    items: usize,
    /// Room for the codes of an item: 8 or 16.
    codes: usize,
    /// Per code, its place.
    places: [u8; 256],
    /// Per code, a one at its place and nothing elsewhere.
    ones: Vec<[u64; 2]>,
    /// Per domain of several items, those items as bits, in words of 64.
    pooled: Vec<u64>,
    /// Per domain, its place among the pooled.
    pooled_at: Vec<Option<usize>>,
}

impl Shape {
    pub fn of(top: u8, items: usize, feeds: &[Vec<usize>]) -> Shape {
        let mut places = [0; 256];
        let answers = (0..=top).map(|code| (code, code));
        let blank = Code::from(Answer::Blank).byte();
        for (code, place) in answers.chain([(blank, top + 1), (Code::LEFT_OUT.byte(), top + 2)]) {
            places[usize::from(code)] = place;
        }
        let words = items.div_ceil(64).max(1);
        let mut pooled: Vec<u64> = Vec::new();
        let pooled_at = feeds.iter().map(|feeds| {
            (feeds.len() > 1).then(|| {
                let first = pooled.len();
                pooled.resize(first + words, 0);
                feeds.iter().for_each(|item| pooled[first + item / 64] |= 1 << (item % 64));
                first / words
            })
        });
        let pooled_at = pooled_at.collect();
        let codes = if top <= 5 { 8 } else { 16 };
        let one = |place: u8| {
            let one = 1_u128 << (8 * u32::from(place));
            [one as u64, (one >> 64) as u64]
        };
        Shape { items, codes, places, ones: places.map(one).to_vec(), pooled, pooled_at }
    }

    fn words_of_items(&self) -> usize {
        self.items.div_ceil(64).max(1)
    }

    fn pooled_count(&self) -> usize {
        self.pooled.len() / self.words_of_items()
    }

    fn respondents(&self, pooled: usize) -> usize {
        self.items * self.codes + pooled
    }

    fn contacts(&self, pooled: usize) -> usize {
        self.respondents(self.pooled_count()) + pooled
    }

    pub fn forms(&self) -> usize {
        self.contacts(self.pooled_count())
    }

    /// Words that hold all numbers.
    pub fn words(&self) -> usize {
        self.forms() / 8 + 1
    }

    /// Whether some number could not grow any more: none is larger than that of the forms.
    pub fn is_full(&self, numbers: &[u64]) -> bool {
        number(numbers, self.forms()) == u8::MAX
    }

    /// What a form adds to each number: one or nothing.
    pub fn form(&self, codes: &[Code], said: &mut Said, form: &mut [u64]) {
        let (answers, rest) = form.split_at_mut(self.items * self.codes / 8);
        if self.codes == 8 {
            answers.iter_mut().zip(codes).for_each(|(answers, code)| *answers = self.one(*code)[0]);
        } else {
            let (answers, _) = answers.as_chunks_mut();
            answers.iter_mut().zip(codes).for_each(|(answers, code)| *answers = self.one(*code));
        }
        said.note(codes);
        rest.fill(0);
        let (count, mut at) = (self.pooled_count(), 0);
        let mut add = |one: bool| {
            rest[at / 8] |= u64::from(one) << (8 * (at % 8));
            at += 1;
        };
        for said in [&said.scores, &said.any] {
            let pooled = self.pooled.chunks_exact(self.words_of_items()).take(count);
            // Looking at all of them is faster than a branch that nothing foretells.
            let any = |items: &[u64]| items.iter().zip(said).fold(0, |any, (items, said)| any | items & said);
            pooled.for_each(|items| add(any(items) != 0));
        }
        add(true);
    }

    #[inline]
    fn one(&self, code: Code) -> [u64; 2] {
        self.ones[usize::from(code.byte())]
    }

    /// The counts of a domain among the totals of a group.
    pub fn counts(&self, domain: usize, feeds: &[usize], totals: &[u64]) -> Counts {
        let mut counts = Counts { forms: totals[self.forms()], ..Counts::default() };
        for item in feeds {
            let of = |code: u8| totals[item * self.codes + usize::from(self.places[usize::from(code)])];
            let top = usize::from(self.places[usize::from(Code::from(Answer::Blank).byte())]) - 1;
            for (code, count) in (1..).zip(&mut counts.scores[..top]) {
                *count += of(code);
            }
            counts.no_contact += of(0);
            counts.blank += of(Code::from(Answer::Blank).byte());
        }
        match self.pooled_at[domain] {
            Some(pooled) => {
                counts.respondents = totals[self.respondents(pooled)];
                counts.contacts = totals[self.contacts(pooled)];
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

/// The number at a place.
fn number(numbers: &[u64], at: usize) -> u8 {
    numbers[at / 8].to_le_bytes()[at % 8]
}

/// The items that a form has scores of, and those with scores or "no contact", as bits.
#[derive(Default)]
pub(super) struct Said {
    scores: Vec<u64>,
    any: Vec<u64>,
}

impl Said {
    fn note(&mut self, codes: &[Code]) {
        self.scores.clear();
        self.any.clear();
        for codes in codes.chunks(64) {
            let (mut scores, mut any) = (0, 0);
            for (at, codes) in (0..).step_by(8).zip(codes.chunks(8)) {
                let (some, all) = Said::of_eight(codes);
                scores |= some << at;
                any |= all << at;
            }
            self.scores.push(scores);
            self.any.push(any);
        }
    }

    /// Of eight codes at once: a bit for each score, and for each score or "no contact".
    fn of_eight(codes: &[Code]) -> (u64, u64) {
        const HIGH: u64 = 0x8080_8080_8080_8080;
        // Scores and "no contact" are small; what is neither has the high bit.
        const { assert!(MAX_SCORE < 0x80 && Code::LEFT_OUT.byte() >= 0x80) };
        let mut bytes = [Code::LEFT_OUT.byte(); 8];
        bytes.iter_mut().zip(codes).for_each(|(byte, code)| *byte = code.byte());
        let codes = u64::from_le_bytes(bytes);
        let any = !codes & HIGH;
        let scores = ((codes & !HIGH) + !HIGH) & any;
        let gathered = |bits: u64| (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
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
        assert_eq!(Said::of_eight(&codes), (0b01010, 0b01011));
        codes.resize(8, Code::from(Answer::Score(4)));
        assert_eq!(Said::of_eight(&codes), (0b1110_1010, 0b1110_1011));
        let mut all = Said::default();
        all.note(&codes.repeat(9));
        assert_eq!(all.scores, [0xEAEA_EAEA_EAEA_EAEA, 0xEA]);
        assert_eq!(all.any, [0xEBEB_EBEB_EBEB_EBEB, 0xEB]);
    }
}
