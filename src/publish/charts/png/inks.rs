//! The colours of one picture by number, and which number an ink makes of another.

use super::coverage::FULL;
use crate::publish::charts::palette::{Colour, WHITE};

/// Colours that an indexed picture can hold.
const MOST: usize = 256;
/// So many colours are kept to the byte; beyond, one that is nearly there will do, the less near the
/// fewer places are left.
const EXACT: usize = 128;
/// An ink's number over one that has not come up yet.
const UNKNOWN: u16 = u16::MAX;
const LEVELS: usize = FULL as usize + 1;
/// An opaque ink, in parts of the same.
const OPAQUE: u8 = 255;

/// The number of the paper.
pub(super) const PAPER: u8 = 0;

/// A colour as it is laid on, by its place in [`Inks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ink(usize);

#[derive(Debug)]
struct Laid {
    colour: Colour,
    opacity: u8,
    /// Its number where it covers all, if that hides what lies under it.
    solid: Option<u8>,
    /// By the level of coverage and what lies under it.
    over: Box<[[u16; MOST]; LEVELS]>,
}

/// A palette in the making: numbers are given in the order of first use.
#[derive(Debug)]
pub(super) struct Inks {
    colours: Vec<Colour>,
    inks: Vec<Laid>,
}

impl Inks {
    pub(super) fn new() -> Inks {
        Inks { colours: vec![WHITE], inks: Vec::new() }
    }

    /// Inks should all be asked for before the first is laid on: then each has its very colour.
    pub(super) fn ink(&mut self, colour: Colour, opacity: f64) -> Ink {
        let opacity = (opacity * f64::from(OPAQUE)).round() as u8;
        if let Some(place) = self.inks.iter().position(|ink| (ink.colour, ink.opacity) == (colour, opacity)) {
            return Ink(place);
        }
        let solid = (opacity == OPAQUE).then(|| self.number(colour));
        let over = Box::new([[UNKNOWN; MOST]; LEVELS]);
        self.inks.push(Laid { colour, opacity, solid, over });
        Ink(self.inks.len() - 1)
    }

    /// The number that the ink leaves wherever it covers all; `None` where that depends on what is under it.
    pub(super) fn solid(&self, ink: Ink) -> Option<u8> {
        self.inks[ink.0].solid
    }

    /// The number for the ink over another number, where it covers so much.
    #[inline]
    pub(super) fn over(&mut self, under: u8, ink: Ink, level: u8) -> u8 {
        match self.inks[ink.0].over[usize::from(level.min(FULL))][usize::from(under)] {
            UNKNOWN => self.mix(under, ink, level.min(FULL)),
            number => number as u8,
        }
    }

    #[cold]
    fn mix(&mut self, under: u8, ink: Ink, level: u8) -> u8 {
        let Laid { colour, opacity, .. } = self.inks[ink.0];
        let ground = self.colours[usize::from(under)];
        let share = u32::from(level) * u32::from(opacity);
        let whole = u32::from(FULL) * u32::from(OPAQUE);
        let part = |under: u8, over: u8| {
            ((u32::from(under) * (whole - share) + u32::from(over) * share + whole / 2) / whole) as u8
        };
        let mixed = Colour(part(ground.0, colour.0), part(ground.1, colour.1), part(ground.2, colour.2));
        let number = self.number(mixed);
        self.inks[ink.0].over[usize::from(level)][usize::from(under)] = u16::from(number);
        number
    }

    /// The number of a colour, or of the first of those nearest to it.
    fn number(&mut self, colour: Colour) -> u8 {
        let near =
            self.colours.iter().zip(0_u32..).map(|(known, number)| distance(*known, colour) << 8 | number);
        let nearest = near.min().unwrap_or_default();
        let reach = (self.colours.len().saturating_sub(EXACT) / 8) as u32;
        if nearest >> 8 > reach * reach && self.colours.len() < MOST {
            self.colours.push(colour);
            return (self.colours.len() - 1) as u8;
        }
        nearest as u8
    }

    /// Red, green and blue after one another.
    pub(super) fn palette(&self) -> Vec<u8> {
        self.colours.iter().flat_map(|Colour(red, green, blue)| [*red, *green, *blue]).collect()
    }
}

fn distance(one: Colour, other: Colour) -> u32 {
    let parts = [(one.0, other.0), (one.1, other.1), (one.2, other.2)];
    parts.iter().map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::charts::palette::BLACK;

    #[test]
    fn numbers_come_in_the_order_of_first_use() {
        let mut inks = Inks::new();
        let [black, red, faint] = [(BLACK, 1.0), (Colour(255, 0, 0), 1.0), (BLACK, 0.2)]
            .map(|(colour, opacity)| inks.ink(colour, opacity));
        assert_eq!((inks.ink(BLACK, 1.0), inks.solid(red), inks.solid(faint)), (black, Some(2), None));
        assert_eq!([inks.over(PAPER, black, FULL), inks.over(2, red, 3)], [1, 2]);
        // A third of the way to black, and a fifth.
        assert_eq!([inks.over(PAPER, black, 5), inks.over(PAPER, faint, FULL)], [3, 4]);
        assert_eq!(inks.over(PAPER, black, 5), 3);
        assert_eq!(inks.palette()[3..], [0, 0, 0, 255, 0, 0, 170, 170, 170, 204, 204, 204]);
    }

    #[test]
    fn a_full_palette_has_the_inks_and_something_near_to_the_rest() {
        let mut inks = Inks::new();
        let grounds: Vec<Ink> =
            (0..120).map(|shade| inks.ink(Colour(shade, shade, 2 * shade), 1.0)).collect();
        let black = inks.ink(BLACK, 1.0);
        for ground in grounds {
            let under = inks.solid(ground).unwrap();
            for level in 1..FULL {
                let number = usize::from(inks.over(under, black, level));
                let palette = inks.palette();
                let (is, ground) = (palette[3 * number + 2], f64::from(palette[3 * usize::from(under) + 2]));
                let wanted = ground * (1.0 - f64::from(level) / f64::from(FULL));
                assert!((f64::from(is) - wanted).abs() <= 8.0, "{is} for {wanted}");
            }
        }
        assert!(inks.palette().len() <= 3 * MOST);
    }
}
