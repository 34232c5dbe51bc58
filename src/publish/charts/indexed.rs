//! A picture as numbers of colours instead of colours.

use std::collections::HashMap;

/// Colours that an indexed picture can hold.
const MOST: usize = 256;

/// The palette (red, green, blue after one another) and one index per pixel of a picture given as
/// red, green, blue and an alpha that is the same throughout. Where there are more colours than a palette holds, the rarest (soft
/// edges, a shade of a step) are drawn as their nearest neighbour.
pub(super) fn indexed(pixels: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (pixels, _) = pixels.as_chunks::<4>();
    let mut numbers: HashMap<[u8; 4], usize> = HashMap::new();
    // How many pixels have the colour, then the colour.
    let mut counts: Vec<(usize, [u8; 4])> = Vec::new();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for run in pixels.chunk_by(|one, next| one == next) {
        let number = *numbers.entry(run[0]).or_insert_with(|| {
            counts.push((0, run[0]));
            counts.len() - 1
        });
        counts[number].0 += run.len();
        runs.push((number, run.len()));
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
        indices.resize(indices.len() + length, places[number]);
    }
    (palette, indices)
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
