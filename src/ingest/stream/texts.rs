//! What the texts of a column mean, learned as they come: a text is read with care once, and known by
//! its bytes from then on.

use std::ops::Range;

/// What a text means, and the platform's word for a missing answer if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning<T> {
    pub value: T,
    pub missing: Option<&'static str>,
}

/// The first bytes of sixteen, by how many they are.
const FIRST: [u128; 17] = {
    let mut first = [0; 17];
    let mut bytes = 1;
    while bytes <= 16 {
        first[bytes] = u128::MAX >> (128 - 8 * bytes);
        bytes += 1;
    }
    first
};

/// A text of at most 31 bytes as two numbers: its bytes, and its length in the last byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key(u128, u128);

impl Key {
    const LONGEST: usize = 31;
    /// No text has it.
    const NONE: Key = Key(0, u128::MAX);

    #[inline]
    fn of(text: &[u8], cell: Range<usize>) -> Option<Key> {
        let length = cell.len();
        if length > Key::LONGEST {
            return None;
        }
        let bytes = match text[cell.start..].first_chunk::<32>() {
            Some(bytes) => *bytes,
            None => {
                let mut bytes = [0; 32];
                bytes[..length].copy_from_slice(&text[cell]);
                bytes
            }
        };
        let half = |at: usize| u128::from_le_bytes(bytes.as_chunks().0[at]);
        let low = half(0) & FIRST[length.min(16)];
        let high = half(1) & FIRST[length.saturating_sub(16)];
        Some(Key(low, high | (length as u128) << 120))
    }

    #[inline]
    fn hash(self) -> usize {
        const BY: [u64; 4] =
            [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63];
        let Key(low, high) = self;
        let words = [low as u64, (low >> 64) as u64, high as u64, (high >> 64) as u64];
        let products = words.iter().zip(BY).map(|(word, by)| word.wrapping_mul(by));
        (products.fold(0, u64::wrapping_add) >> 32) as usize
    }
}

/// Texts that were seen. Of a column with very many texts only some are remembered.
#[derive(Clone, Debug)]
pub(super) struct Texts<T> {
    known: Vec<(Key, Option<Meaning<T>>)>,
    /// By their bytes, those that have no key.
    long: Vec<(Box<[u8]>, Meaning<T>)>,
}

const SLOTS: usize = 256;
const TRIED: usize = 4;
/// Texts without a key that are remembered, and how long they are at most.
const LONG: usize = 64;
const LONGEST: usize = 128;

impl<T: Copy> Texts<T> {
    pub fn new() -> Texts<T> {
        Texts { known: vec![(Key::NONE, None); SLOTS], long: Vec::new() }
    }

    /// What the text in a cell means; `read` is asked about one that is not known yet. `None` where it
    /// says so.
    #[inline]
    pub fn meaning(
        &mut self,
        text: &[u8],
        cell: Range<usize>,
        read: impl FnOnce(&str) -> Option<Meaning<T>>,
    ) -> Option<Meaning<T>> {
        let read = |text: &[u8]| read(std::str::from_utf8(text).ok()?);
        let Some(key) = Key::of(text, cell.clone()) else { return self.long(&text[cell], read) };
        let first = key.hash();
        for tried in 0..TRIED {
            let slot = &mut self.known[(first + tried) % SLOTS];
            if slot.0 == key {
                return slot.1;
            }
            if slot.0 == Key::NONE {
                let meaning = read(&text[cell])?;
                *slot = (key, Some(meaning));
                return Some(meaning);
            }
        }
        read(&text[cell])
    }

    fn long(&mut self, text: &[u8], read: impl FnOnce(&[u8]) -> Option<Meaning<T>>) -> Option<Meaning<T>> {
        let place = self.long.binary_search_by(|(known, _)| (**known).cmp(text));
        match place {
            Ok(place) => Some(self.long[place].1),
            Err(place) => {
                let meaning = read(text)?;
                if text.len() <= LONGEST && self.long.len() < LONG {
                    self.long.insert(place, (text.into(), meaning));
                }
                Some(meaning)
            }
        }
    }
}

/// A number for a text, the same on every computer. Different texts may share one: who compares by it
/// looks again.
#[inline]
pub(super) fn hash(text: &[u8]) -> u64 {
    const BY: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * u128::from(BY);
        (product as u64) ^ (product >> 64) as u64
    };
    let mut chunks = text.chunks_exact(8);
    let mut hash = mix(text.len() as u64 ^ 0x243F_6A88_85A3_08D3, BY.rotate_left(17));
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word)).wrapping_add(BY);
    }
    let rest = chunks.remainder().iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    mix(mix(hash, rest).wrapping_add(BY), BY.rotate_left(31))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_text_is_read_once_and_what_it_means_stays() {
        let mut texts = Texts::new();
        let mut asked = 0;
        let mut words: Vec<String> = (0..100).map(|number| format!("word {number}")).collect();
        words.extend((0..=140).map(|length| "long ".repeat(28)[..length].to_owned()));
        // What stands behind a cell, if anything, makes no difference.
        for behind in [",and,much,more,that,is,longer,than,any,key", ",", ""] {
            for word in &words {
                let text = format!("\u{a3}{word}{behind}");
                let meaning = texts.meaning(text.as_bytes(), 2..2 + word.len(), |text| {
                    asked += 1;
                    Some(Meaning { value: hash(text.as_bytes()), missing: None })
                });
                assert_eq!(meaning.map(|it| it.value), Some(hash(word.as_bytes())), "{word}");
            }
        }
        assert!((240..600).contains(&asked), "{asked}");
        assert_eq!(texts.meaning(b"unheard of", 0..10, |_| None), None);
        // Nor does a byte that adds nothing to a number.
        assert_eq!(texts.meaning(b"word 7\0", 0..7, |_| None), None);
        // A text that is no UTF-8 means nothing.
        assert_eq!(texts.meaning(b"\xff", 0..1, |_| Some(Meaning { value: 0, missing: None })), None);
    }

    #[test]
    fn hashes_of_references_differ() {
        let references = (0..200_000).map(|number| hash(format!("{number}").as_bytes()));
        assert_eq!(references.collect::<BTreeSet<u64>>().len(), 200_000);
    }
}
