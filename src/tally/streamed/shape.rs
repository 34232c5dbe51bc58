//! The numbers that one class of respondents has.

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
        Shape { items, codes, places, pooled, pooled_at }
    }

    fn words(&self) -> usize {
        self.items.div_ceil(64).max(1)
    }

    fn pooled_count(&self) -> usize {
        self.pooled.len() / self.words()
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

    pub fn width(&self) -> usize {
        self.forms() + 1
    }

    /// Adds a form to the numbers of its class, each of which grows by one at most.
    pub fn add(&self, codes: &[Code], said: &mut Said, numbers: &mut [u8]) {
        if self.codes == 8 {
            self.add_answers::<8>(codes, said, numbers);
        } else {
            self.add_answers::<16>(codes, said, numbers);
        }
        let (respondents, rest) = numbers[self.respondents(0)..].split_at_mut(self.pooled_count());
        let (contacts, forms) = rest.split_at_mut(self.pooled_count());
        let numbers = respondents.iter_mut().zip(contacts);
        for (items, (respondents, contacts)) in self.pooled.chunks_exact(self.words()).zip(numbers) {
            let (mut scores, mut any) = (0, 0);
            for (items, (said, said_any)) in items.iter().zip(said.scores.iter().zip(&said.any)) {
                scores |= items & said;
                any |= items & said_any;
            }
            *respondents += u8::from(scores != 0);
            *contacts += u8::from(any != 0);
        }
        forms[0] += 1;
    }

    /// Adds the answers, with room for so many codes an item.
    fn add_answers<const CODES: usize>(&self, codes: &[Code], said: &mut Said, numbers: &mut [u8]) {
        said.scores.clear();
        said.any.clear();
        let (numbers, _) = numbers.as_chunks_mut::<CODES>();
        for (codes, numbers) in codes.chunks(64).zip(numbers.chunks_mut(64)) {
            let (mut scores, mut any) = (0_u64, 0_u64);
            for (at, (code, numbers)) in codes.iter().zip(numbers).enumerate() {
                let code = code.byte();
                numbers[usize::from(self.places[usize::from(code)]) % CODES] += 1;
                let is_said = usize::from(code) <= MAX_SCORE;
                scores |= u64::from(is_said && code > 0) << at;
                any |= u64::from(is_said) << at;
            }
            said.scores.push(scores);
            said.any.push(any);
        }
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

/// The items that a form has scores of, and those with scores or "no contact", as bits.
#[derive(Default)]
pub(super) struct Said {
    scores: Vec<u64>,
    any: Vec<u64>,
}
