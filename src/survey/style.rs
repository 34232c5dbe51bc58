//! The house style: the colours of the paper.

use crate::colour::Colour;

/// Contrast that text needs on its ground (WCAG 2.2, success criterion 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// The colours of the paper that a council may choose. Charts keep the colours of the pack, which are
/// chosen to be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Links, large figures, rules.
    pub accent: Colour,
    /// What lies behind the analyst's words and the divider of the annex.
    pub ground: Colour,
    /// Behind the white words "not for publication".
    pub stamp: Colour,
}

impl Style {
    /// Text in black and the quieter text beside it stand on the ground, too.
    pub const QUIET_TEXT: Colour = Colour(0x4A, 0x54, 0x59);
}

impl Default for Style {
    fn default() -> Style {
        Style {
            accent: Colour(0x12, 0x43, 0x6D),
            ground: Colour(0xEE, 0xF4, 0xFA),
            stamp: Colour(0x80, 0x16, 0x50),
        }
    }
}
