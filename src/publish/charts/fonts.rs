//! The embedded Source Sans 3 and the true width of a text in it.

use super::error::DrawError;
use super::kerning::Kerning;
use std::sync::LazyLock;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.ttf");
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-SemiBold.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Bold.ttf");

/// Families in the order in which a viewer should try them. Every text also carries its length,
/// so that another font keeps to the space that was measured.
pub(super) const FAMILIES: &str = "'Source Sans 3', 'Segoe UI', Arial, Helvetica, sans-serif";

/// Ink above the baseline and below it, in ems: tall enough for brackets and accented small letters.
pub(super) const ASCENT: f64 = 0.78;
pub(super) const DESCENT: f64 = 0.22;
/// Half the height of capitals and digits, in ems: a baseline this far below a line is centred on it.
pub(super) const HALF_CAPITAL: f64 = 0.33;

/// Width taken for a letter that the font does not have, in ems.
const MISSING: f64 = 0.7;

/// Weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    SemiBold,
    Bold,
}

/// The three faces.
#[derive(Debug)]
pub(super) struct Fonts {
    regular: FontFace,
    semi_bold: FontFace,
    bold: FontFace,
}

/// One face: the widths of its letters, in ems, and their outlines. Kerning is no part of a width: it
/// only ever tightens these faces by a hair, and the length that every text carries makes up for it.
#[derive(Debug)]
pub(super) struct FontFace {
    /// By code point; `None` where the face has no glyph.
    widths: Vec<Option<f64>>,
    kerning: Kerning,
    face: Face<'static>,
}

static FONTS: LazyLock<Result<Fonts, DrawError>> = LazyLock::new(|| {
    Ok(Fonts {
        regular: FontFace::read(REGULAR, "Source Sans 3 Regular")?,
        semi_bold: FontFace::read(SEMI_BOLD, "Source Sans 3 SemiBold")?,
        bold: FontFace::read(BOLD, "Source Sans 3 Bold")?,
    })
});

impl Fonts {
    /// The embedded fonts, read once.
    pub(super) fn embedded() -> Result<&'static Fonts, DrawError> {
        FONTS.as_ref().map_err(Clone::clone)
    }

    pub(super) fn face(&self, weight: Weight) -> &FontFace {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semi_bold,
            Weight::Bold => &self.bold,
        }
    }

    /// Width of a text in the units of `size`.
    pub(super) fn width(&self, text: &str, size: f64, weight: Weight) -> f64 {
        let face = self.face(weight);
        let ems: f64 = text.chars().map(|letter| face.width(letter)).sum();
        ems * size
    }
}

impl FontFace {
    fn read(bytes: &'static [u8], name: &'static str) -> Result<FontFace, DrawError> {
        let face = Face::parse(bytes, 0)
            .map_err(|error| DrawError::Font { face: name, reason: error.to_string() })?;
        let em = f64::from(face.units_per_em());
        let width = |code: u32| {
            let glyph = face.glyph_index(char::from_u32(code)?)?;
            Some(f64::from(face.glyph_hor_advance(glyph)?) / em)
        };
        // Latin with accents, punctuation, arrows and mathematical signs.
        let mut widths = vec![None; 0x2300];
        for table in face.tables().cmap.into_iter().flat_map(|map| map.subtables).filter(|it| it.is_unicode())
        {
            table.codepoints(|code| {
                if let Some(place) = widths.get_mut(code as usize).filter(|place| place.is_none()) {
                    *place = width(code);
                }
            });
        }
        Ok(FontFace { widths, kerning: Kerning::read(&face), face })
    }

    fn find(&self, letter: char) -> Option<f64> {
        self.widths.get(letter as usize).copied().flatten()
    }

    /// In ems.
    pub(super) fn width(&self, letter: char) -> f64 {
        self.find(letter).unwrap_or(MISSING)
    }

    /// How much further than their widths the second of two glyphs stands from the first, in ems.
    pub(super) fn kern(&self, one: GlyphId, other: GlyphId) -> f64 {
        f64::from(self.kerning.between(one, other)) / f64::from(self.face.units_per_em())
    }

    /// The glyph of a letter; an empty box where the face has none.
    pub(super) fn glyph(&self, letter: char) -> GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    /// Draws the outline of a glyph, in units of the face.
    pub(super) fn outline(&self, glyph: GlyphId, builder: &mut dyn OutlineBuilder) {
        // A space has none.
        self.face.outline_glyph(glyph, builder);
    }

    pub(super) fn units_per_em(&self) -> f32 {
        f32::from(self.face.units_per_em())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_share_one_width_and_bold_is_wider() {
        let fonts = Fonts::embedded().unwrap();
        let one = fonts.width("1111", 14.0, Weight::SemiBold);
        assert!((one - fonts.width("8888", 14.0, Weight::SemiBold)).abs() < 1e-9);
        let text = "Inclusion in decisions";
        let regular = fonts.width(text, 15.0, Weight::Regular);
        assert!(fonts.width(text, 15.0, Weight::SemiBold) > regular);
        assert!(fonts.width(text, 15.0, Weight::Bold) > fonts.width(text, 15.0, Weight::SemiBold));
    }

    #[test]
    fn every_letter_that_councils_use_is_in_the_font() {
        let fonts = Fonts::embedded().unwrap();
        for letter in "ŵŷâêîôûŁłżźąęćńśóÀéüß–—−≥≤→←’“”£%…·•".chars()
        {
            assert!(fonts.regular.find(letter).is_some(), "{letter}");
        }
    }
}
