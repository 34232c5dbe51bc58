//! A chart on a slide: the same figures on a canvas of 16 to 9, with the headline in larger type. The
//! canvas grows until the chart fits, so that nothing is distorted, and no further than its smallest
//! letters can be read.

use super::error::DrawError;
use super::fonts::Fonts;
use super::frame::{Look, draw_head, draw_notes, notes};
use super::png::SLIDE_WIDTH;
use super::scene::{Item, Scene};
use crate::publish::chart::Chart;

/// Height of the smallest letters on a slide 1,920 pixels wide.
const SMALLEST: f64 = 14.0;
/// Width of the narrowest canvas; on one twice as wide no letter of a picture could be read.
const NARROWEST: f64 = 960.0;
const WIDEST: f64 = 2.0 * NARROWEST;
/// From one canvas to the next: 16 units, so that the height is whole as well.
const STEP: f64 = 48.0;

/// The chart as a slide; `None` where its letters would be too small.
pub(super) fn slide(chart: &Chart, fonts: &'static Fonts) -> Result<Option<Scene>, DrawError> {
    let mut width = NARROWEST;
    while width <= WIDEST {
        let scene = fitted(chart, width, fonts)?;
        if scene.is_some() {
            return Ok(scene.filter(is_readable));
        }
        width += STEP;
    }
    Ok(None)
}

/// Whether the smallest letters are high enough.
fn is_readable(scene: &Scene) -> bool {
    let pixels = f64::from(SLIDE_WIDTH) / scene.width;
    scene.items.iter().all(|item| match item {
        Item::Text { style, .. } => style.size * pixels >= SMALLEST,
        _ => true,
    })
}

/// The chart on a canvas of this width, if it fits.
fn fitted(chart: &Chart, width: f64, fonts: &'static Fonts) -> Result<Option<Scene>, DrawError> {
    let height = width * 9.0 / 16.0;
    let look = Look::slide(width / NARROWEST);
    let picture = super::layout(chart, fonts, width - 2.0 * look.margin)?;
    let mut scene = Scene::new(fonts, width);
    scene.height = height;
    let head = draw_head(&mut scene, chart, &look);
    let notes = notes(chart, &picture, &look, fonts, width);
    let foot = height - look.margin * 0.6 - notes.iter().map(|note| note.height() + 2.0).sum::<f64>();
    let spare = foot - 10.0 - head - picture.height;
    if spare < 0.0 {
        return Ok(None);
    }
    // A little above the middle, where it looks centred.
    scene.place(&picture, look.margin, head + spare * 0.35);
    draw_notes(&mut scene, &notes, &look, foot);
    Ok(Some(scene))
}
