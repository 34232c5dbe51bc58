//! What the texts of a column mean, learned as they come: a text is read with care once, and known by
//! its bytes from then on.

/// What a text means, and the platform's word for a missing answer if it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning<T> {
    pub value: T,
    pub missing: Option<&'static str>,
}

/// A text with what it means.
type Known<T> = (Box<[u8]>, Meaning<T>);

/// Texts that were seen, by their bytes. Of a column with very many texts only some are remembered.
#[derive(Clone, Debug)]
pub(super) struct Texts<T> {
    empty: Option<Meaning<T>>,
    /// Texts of a single byte, and what those mean that are no platform's word for anything.
    short: Vec<Option<Meaning<T>>>,
    bytes: [Option<T>; 256],
    long: Vec<Option<Known<T>>>,
}

const SLOTS: usize = 256;
const TRIED: usize = 4;
/// Longer texts are read with care each time.
const LONGEST: usize = 128;

impl<T: Copy> Texts<T> {
    pub fn new() -> Texts<T> {
        Texts {
            empty: None,
            short: vec![None; 256],
            bytes: [None; 256],
            long: (0..SLOTS).map(|_| None).collect(),
        }
    }

    /// What a text means that is nothing but a byte and known already.
    #[inline]
    pub fn byte(&self, byte: u8) -> Option<T> {
        self.bytes[usize::from(byte)]
    }

    /// What a text means; `read` is asked about one that is not known yet. `None` where it says so.
    pub fn meaning(
        &mut self,
        text: &[u8],
        read: impl FnOnce(&str) -> Option<Meaning<T>>,
    ) -> Option<Meaning<T>> {
        let read = |text: &[u8]| read(std::str::from_utf8(text).ok()?);
        match text {
            [] => {
                if self.empty.is_none() {
                    self.empty = read(text);
                }
                return self.empty;
            }
            [byte] => {
                let known = &mut self.short[usize::from(*byte)];
                if known.is_none() {
                    *known = read(text);
                    let plain = known.filter(|it| it.missing.is_none());
                    self.bytes[usize::from(*byte)] = plain.map(|it| it.value);
                }
                return *known;
            }
            long if long.len() > LONGEST => return read(text),
            _ => {}
        }
        let first = hash(text) as usize;
        for tried in 0..TRIED {
            let slot = &mut self.long[(first + tried) % SLOTS];
            match slot {
                Some((known, meaning)) if **known == *text => return Some(*meaning),
                Some(_) => {}
                None => {
                    let meaning = read(text)?;
                    *slot = Some((text.into(), meaning));
                    return Some(meaning);
                }
            }
        }
        read(text)
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
        let words: Vec<String> = (0..100).map(|number| format!("word {number}")).collect();
        for word in words.iter().chain(&words).map(String::as_str).chain(["", "7", "", "7"]) {
            let meaning = texts.meaning(word.as_bytes(), |text| {
                asked += 1;
                Some(Meaning { value: text.len(), missing: None })
            });
            assert_eq!(meaning.map(|it| it.value), Some(word.len()));
        }
        assert!(asked < 150, "{asked}");
        assert_eq!(texts.byte(b'7'), Some(1));
        assert_eq!(texts.byte(b'8'), None);
        assert_eq!(texts.meaning(b"unheard of", |_| None), None);
    }

    #[test]
    fn hashes_of_references_differ() {
        let references = (0..200_000).map(|number| hash(format!("{number}").as_bytes()));
        assert_eq!(references.collect::<BTreeSet<u64>>().len(), 200_000);
    }
}
