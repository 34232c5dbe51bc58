//! A picture as numbers of colours instead of colours.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Colours that an indexed picture can hold.
const MOST: usize = 256;

/// The palette (red, green, blue after one another) and one index per pixel of a picture given as
/// red, green, blue and an alpha that is the same throughout. Where there are more colours than a palette holds, the rarest (soft
/// edges, a shade of a step) are drawn as their nearest neighbour.
pub(super) fn indexed(pixels: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (pixels, _) = pixels.as_chunks::<4>();
    let mut numbers: HashMap<u32, u32, BuildHasherDefault<Spread>> = HashMap::default();
    // How many pixels have the colour, then the colour.
    let mut counts: Vec<(usize, [u8; 4])> = Vec::new();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let mut rest = pixels;
    while let Some(&colour) = rest.first() {
        let length = run(rest, colour);
        rest = &rest[length..];
        let number = *numbers.entry(u32::from_ne_bytes(colour)).or_insert_with(|| {
            counts.push((0, colour));
            counts.len() as u32 - 1
        });
        counts[number as usize].0 += length;
        runs.push((number, length as u32));
    }
    // The most frequent first; equally frequent ones in the order of their values.
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&number| (std::cmp::Reverse(counts[number].0), counts[number].1));
    let kept: Vec<[u8; 4]> = order.iter().take(MOST).map(|&number| counts[number].1).collect();
    let mut places = vec![0_u8; counts.len()];
    for (place, &number) in order.iter().enumerate() {
        places[number] = if place < MOST { place as u8 } else { nearest(&kept, counts[number].1) };
    }
    let palette = kept.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    let mut indices = Vec::with_capacity(pixels.len());
    for (number, length) in runs {
        indices.resize(indices.len() + length as usize, places[number as usize]);
    }
    (palette, indices)
}

/// How many pixels at the beginning have the colour: many at a time, as most of a chart is paper.
fn run(pixels: &[[u8; 4]], colour: [u8; 4]) -> usize {
    let wanted = u32::from_ne_bytes(colour);
    let (chunks, _) = pixels.as_chunks::<16>();
    let differs = |chunk: &[[u8; 4]; 16]| {
        chunk.iter().fold(0, |differs, pixel| differs | (u32::from_ne_bytes(*pixel) ^ wanted)) != 0
    };
    let mut length = 0;
    if pixels.get(1) == Some(&colour) {
        length = 16 * chunks.iter().take_while(|chunk| !differs(chunk)).count();
    }
    length + pixels[length..].iter().take_while(|pixel| **pixel == colour).count()
}

/// A hash of colours. Whatever the hash, colours are numbered in the order in which they come.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(32) ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// The place of the nearest colour, the first of equally near ones.
fn nearest(kept: &[[u8; 4]], colour: [u8; 4]) -> u8 {
    let distance = |one: &[u8; 4]| {
        let parts = one.iter().zip(&colour);
        parts.map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum::<u32>()
    };
    let place = kept.iter().enumerate().min_by_key(|(_, one)| distance(one));
    place.map_or(0, |(place, _)| place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_kept_to_the_byte() {
        let pixels = [[9, 8, 7, 255], [1, 2, 3, 255], [9, 8, 7, 255], [0, 0, 0, 255]].concat();
        let (palette, numbers) = indexed(&pixels);
        assert_eq!(palette, [9, 8, 7, 0, 0, 0, 1, 2, 3]);
        assert_eq!(numbers, [0, 2, 0, 1]);
    }

    #[test]
    fn long_runs_end_where_the_colour_does() {
        for (before, of_one) in [(0, 1), (1, 15), (3, 16), (5, 17), (0, 100)] {
            let (paper, ink) = ([255, 255, 255, 255], [7, 0, 0, 255]);
            let pixels = [vec![ink; before], vec![paper; of_one], vec![ink; 1]].concat();
            let (palette, numbers) = indexed(&pixels.concat());
            let is_paper = |number: &u8| palette[3 * usize::from(*number)] == 255;
            let found: Vec<usize> = (0..numbers.len()).filter(|at| is_paper(&numbers[*at])).collect();
            assert_eq!(found, (before..before + of_one).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_rarest_of_too_many_become_their_nearest_neighbour() {
        let grey = |level: u8| [level, level, level, 255];
        let mut pixels: Vec<u8> = (0..=255).flat_map(|level| [grey(level), grey(level)].concat()).collect();
        pixels.extend([200, 200, 203, 255]);
        let (palette, numbers) = indexed(&pixels);
        assert_eq!(palette.len(), 3 * MOST);
        let last = usize::from(*numbers.last().unwrap());
        assert_eq!(palette[3 * last..3 * last + 3], [201, 201, 201]);
    }
}
