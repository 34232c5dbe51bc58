//! The house style: the colours of the paper.

use crate::colour::{Colour, series};

/// Contrast that text needs on its ground (WCAG 2.2, success criterion 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// Contrast that a mark in a chart needs on white (WCAG 2.2, success criterion 1.4.11).
pub const LEAST_CONTRAST_OF_MARKS: f64 = 3.0;

/// The colours that a council may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Links, large figures, rules, headings; the first audience, where `audiences` does not say.
    pub accent: Colour,
    /// What lies behind the analyst's words and the divider of the annex.
    pub ground: Colour,
    /// Behind the white words "not for publication".
    pub stamp: Colour,
    /// One per audience wherever charts show whose figures they are; may be empty.
    pub audiences: Vec<Colour>,
}

impl Style {
    /// The colour of an audience among so many, the same in every chart.
    pub fn of_audience(&self, audience: usize, count: usize) -> Colour {
        match self.audiences.get(audience) {
            Some(colour) => *colour,
            None if audience == 0 => self.accent,
            None => series(audience, count),
        }
    }

    /// Text in black and the quieter text beside it stand on the ground, too.
    pub const QUIET_TEXT: Colour = Colour(0x4A, 0x54, 0x59);
}

impl Default for Style {
    fn default() -> Style {
        Style {
            accent: Colour(0x12, 0x43, 0x6D),
            ground: Colour(0xEE, 0xF4, 0xFA),
            stamp: Colour(0x80, 0x16, 0x50),
            audiences: Vec::new(),
        }
    }
}
