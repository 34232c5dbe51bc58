//! Where cells end, by bytes that may end one. Whoever knows of quotation marks decides whether they do.

/// Delimiters and line ends in a part of a text, found before they are asked for.
#[derive(Debug)]
pub(super) struct Ends {
    delimiter: u8,
    /// Where the part begins, and a bit per byte of it.
    from: usize,
    bits: u64,
}

impl Ends {
    /// Nothing is looked at yet. An `Ends` holds for one text.
    pub fn of(delimiter: u8) -> Ends {
        Ends { delimiter, from: 0, bits: 0 }
    }

    /// The first delimiter or line end at `at` or behind; the end of the text where there is none.
    #[inline]
    pub fn next(&mut self, text: &[u8], at: usize) -> usize {
        let known = at.checked_sub(self.from).and_then(|skipped| self.bits.checked_shr(skipped as u32));
        match known {
            Some(bits) if bits != 0 => at + bits.trailing_zeros() as usize,
            _ => self.look(text, at),
        }
    }

    fn look(&mut self, text: &[u8], mut at: usize) -> usize {
        while let Some(part) = text[at..].first_chunk::<64>() {
            (self.from, self.bits) = (at, self.of_part(part));
            if self.bits != 0 {
                return at + self.bits.trailing_zeros() as usize;
            }
            at += 64;
        }
        let rest = &text[at..];
        at + rest.iter().position(|byte| self.is_end(*byte)).unwrap_or(rest.len())
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.delimiter || byte == b'\n' || byte == b'\r'
    }

    fn of_part(&self, part: &[u8; 64]) -> u64 {
        let mut ends = [0; 64];
        ends.iter_mut().zip(part).for_each(|(end, byte)| *end = u8::from(self.is_end(*byte)));
        // Of eight bytes that are one or nothing, each goes to a bit of the highest byte.
        let gathered = |ones: &[u8; 8]| u64::from_le_bytes(*ones).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        ends.as_chunks().0.iter().rev().fold(0, |bits, ones| bits << 8 | gathered(ones))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Wherever one asks from, and in whatever order.
        #[test]
        fn ends_are_found_where_they_are(text in "[a-c;,\r\n\u{e9}]{0,300}|[a-c,]{0,150}", asked in prop::collection::vec(0_usize..400, 0..20)) {
            let text = text.as_bytes();
            let mut ends = Ends::of(b',');
            for at in asked.into_iter().map(|at| at.min(text.len())) {
                let own = (at..text.len()).find(|at| b",\r\n".contains(&text[*at])).unwrap_or(text.len());
                prop_assert_eq!(ends.next(text, at), own);
            }
        }
    }
}
