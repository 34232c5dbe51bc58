//! Letters: each is rasterised once for its size and place within a pixel, and then only laid on.

use super::coverage::{Coverage, Outline};
use super::inks::Ink;
use super::pixels::Pixels;
use crate::publish::charts::fonts::{FontFace, Fonts, Weight};
use std::collections::HashMap;
use ttf_parser::GlyphId;

/// Places within a pixel that a letter may begin at.
const PLACES: i32 = 4;

/// A line of text, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub left: f64,
    pub baseline: f64,
    pub width: f64,
    pub size: f64,
    pub weight: Weight,
}

/// The coverage of one letter, from the point where it begins on the baseline.
#[derive(Debug)]
struct Shape {
    left: i32,
    top: i32,
    width: usize,
    levels: Vec<u8>,
}

/// The letters of a run so far: weight, glyph, size in bits and place within a pixel.
#[derive(Debug, Default)]
pub(super) struct Letters {
    shapes: HashMap<(Weight, u16, u32, i32), Shape>,
}

impl Letters {
    /// Lays a line of text on, as wide as it was measured: what kerning takes is given back between all
    /// letters alike.
    pub(super) fn draw(
        &mut self,
        line: &Line<'_>,
        fonts: &Fonts,
        coverage: &mut Coverage,
        pixels: &mut Pixels<'_>,
        ink: Ink,
    ) {
        let face = fonts.face(line.weight);
        let glyphs: Vec<(GlyphId, f64)> =
            line.text.chars().map(|letter| (face.glyph(letter), face.width(letter))).collect();
        let kerns = glyphs.windows(2).map(|pair| face.kern(pair[0].0, pair[1].0)).chain([0.0]);
        let steps: Vec<f64> =
            glyphs.iter().zip(kerns).map(|((_, width), kern)| (width + kern) * line.size).collect();
        let spare = (line.width - steps.iter().sum::<f64>()) / steps.len() as f64;
        let (mut x, baseline, size) = (line.left, line.baseline.round() as i32, line.size as f32);
        for ((glyph, _), step) in glyphs.iter().zip(steps) {
            let place = (x * f64::from(PLACES)).round() as i32;
            let shape = self
                .shapes
                .entry((line.weight, glyph.0, size.to_bits(), place.rem_euclid(PLACES)))
                .or_insert_with(|| shape(face, *glyph, size, place.rem_euclid(PLACES), coverage));
            let left = place.div_euclid(PLACES).saturating_add(shape.left);
            let top = baseline.saturating_add(shape.top);
            for (row, levels) in (0..).zip(shape.levels.chunks(shape.width.max(1))) {
                pixels.row(left, top.saturating_add(row), levels, ink);
            }
            x += step + spare;
        }
    }
}

fn shape(face: &FontFace, glyph: GlyphId, size: f32, place: i32, coverage: &mut Coverage) -> Shape {
    let scale = size / face.units_per_em();
    let mut outline = Outline::new((scale, -scale), (place as f32 / PLACES as f32, 0.0));
    face.outline(glyph, &mut outline);
    let window = outline.window();
    let mut levels = vec![0; window.width() * window.height()];
    coverage.rows(&outline, window, |x, y, covered| {
        let start = (y - window.top) as usize * window.width() + (x - window.left) as usize;
        levels[start..start + covered.len()].copy_from_slice(covered);
    });
    Shape { left: window.left, top: window.top, width: window.width(), levels }
}
