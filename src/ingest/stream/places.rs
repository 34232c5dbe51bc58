//! Where a form with a reference stands, small enough to be kept for every form.

/// The number of a block in its file, and of a row in its block.
pub(super) type RowAt = (usize, u64);

/// A reference by its hash, and where it stands: 20 bits of file, 22 of block, 22 of row.
pub(super) type Reference = (u64, u64);

const ROW_BITS: u32 = 22;
const BLOCK_BITS: u32 = 22;

pub(super) fn packed(file: usize, (block, row): RowAt) -> u64 {
    (file as u64) << (BLOCK_BITS + ROW_BITS) | (block as u64) << ROW_BITS | row
}

pub(super) fn unpacked(at: u64) -> (usize, RowAt) {
    let bits = |from: u32, count: u32| at >> from & ((1 << count) - 1);
    let block = bits(ROW_BITS, BLOCK_BITS) as usize;
    ((at >> (BLOCK_BITS + ROW_BITS)) as usize, (block, bits(0, ROW_BITS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_packed_whole() {
        for at in [(0, (0, 0)), (1_048_575, (4_194_303, 4_194_303)), (1, (2, 3))] {
            assert_eq!(unpacked(packed(at.0, at.1)), at);
        }
    }
}
