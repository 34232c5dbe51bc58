//! Sets of positions, one bit each: the respondents behind a figure, or the items that it covers.

/// A set of small positions. Two sets are comparable when both count the same things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Set {
    words: Vec<u64>,
}

impl Set {
    /// The empty set of positions below `size`.
    pub fn empty(size: usize) -> Set {
        Set { words: vec![0; size.div_ceil(64)] }
    }

    pub fn insert(&mut self, position: usize) {
        if let Some(word) = self.words.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    pub fn contains(&self, position: usize) -> bool {
        self.words.get(position / 64).is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Whether everything in this set is in the other.
    pub fn is_within(&self, other: &Set) -> bool {
        self.words.iter().zip(&other.words).all(|(mine, theirs)| mine & !theirs == 0)
    }

    pub fn unite(&mut self, other: &Set) {
        self.words.resize(self.words.len().max(other.words.len()), 0);
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// What is in this set and not in the other.
    pub fn without(&self, other: &Set) -> Set {
        Set { words: self.words.iter().zip(&other.words).map(|(mine, theirs)| mine & !theirs).collect() }
    }

    /// The words of 64 positions each, for arithmetic on many sets at once.
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}
