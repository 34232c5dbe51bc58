//! The colours of the pack (Analysis Function guidance) and the contrast between them.

pub(super) use crate::colour::Colour;
use crate::colour::series;
use crate::publish::chart::Accent;

pub(super) const DARK_BLUE: Colour = Colour(0x12, 0x43, 0x6D);
pub(super) const DARK_PINK: Colour = Colour(0x80, 0x16, 0x50);
pub(super) const DARK_GREY: Colour = Colour(0x3D, 0x3D, 0x3D);
pub(super) const MID_BLUE: Colour = Colour(0x20, 0x73, 0xBC);
pub(super) const LIGHT_BLUE: Colour = Colour(0x6B, 0xAC, 0xE6);
/// Tints of the dark pink for low scores, so that no score has the colour of an audience.
pub(super) const MID_PINK: Colour = Colour(0xB3, 0x5C, 0x88);
pub(super) const LIGHT_PINK: Colour = Colour(0xDB, 0xA4, 0xC0);
/// Below the palette's lightest blue; only ever a ground with an outline and black text.
const PALE_BLUE: Colour = Colour(0xED, 0xF4, 0xFB);
pub(super) const LIGHT_GREY: Colour = Colour(0xBF, 0xBF, 0xBF);
/// Axes and grid lines.
pub(super) const GREY: Colour = Colour(0x59, 0x59, 0x59);
pub(super) const WHITE: Colour = Colour::WHITE;
pub(super) const BLACK: Colour = Colour(0, 0, 0);

/// Colours of series that are no audiences.
pub(super) fn series_colours(count: usize) -> Vec<Colour> {
    (0..count).map(|index| series(index, count)).collect()
}

/// The colour of an audience, wherever it is drawn.
pub(super) fn accent(accent: Accent) -> Colour {
    accent.0
}

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub(super) fn contrast(one: Colour, other: Colour) -> f64 {
    one.contrast(other)
}

/// White on grounds dark enough for it, black elsewhere. One of the two always reaches 4.5.
pub(super) fn ink_on(ground: Colour) -> Colour {
    if contrast(WHITE, ground) >= 4.5 { WHITE } else { BLACK }
}

/// Whether a shape of this colour needs an outline to stand out from the white page.
pub(super) fn needs_outline(colour: Colour) -> bool {
    contrast(colour, WHITE) < 3.0
}

/// The sequential ramp: 0 is nearly white, 1 is dark. It passes through the three sequential blues
/// of the palette and begins below the lightest, so that neighbouring cells differ visibly.
pub(super) fn ramp(share: f64) -> Colour {
    const STOPS: [Colour; 4] = [PALE_BLUE, LIGHT_BLUE, MID_BLUE, DARK_BLUE];
    let along = share.clamp(0.0, 1.0) * (STOPS.len() - 1) as f64;
    let below = (along as usize).min(STOPS.len() - 2);
    blend(STOPS[below], STOPS[below + 1], along - below as f64)
}

/// A colour between two others.
pub(super) fn blend(from: Colour, to: Colour, share: f64) -> Colour {
    let mix = |from: u8, to: u8| {
        let mixed = f64::from(from) + (f64::from(to) - f64::from(from)) * share;
        mixed.round() as u8
    };
    Colour(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_readable_on_the_whole_ramp_and_on_every_series() {
        for step in 0..=100 {
            let ground = ramp(f64::from(step) / 100.0);
            assert!(contrast(ink_on(ground), ground) >= 4.5, "{ground:?}");
        }
        for ground in series_colours(6) {
            assert!(contrast(ink_on(ground), ground) >= 4.5, "{ground:?}");
        }
        assert_eq!(ink_on(series(1, 2)), BLACK);
        assert_eq!(ink_on(MID_BLUE), WHITE);
        assert!(needs_outline(LIGHT_BLUE) && needs_outline(LIGHT_GREY));
    }

    #[test]
    fn the_ramp_passes_through_the_palette() {
        let ramped = [0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0].map(ramp);
        assert_eq!(ramped, [PALE_BLUE, LIGHT_BLUE, MID_BLUE, DARK_BLUE]);
    }
}
