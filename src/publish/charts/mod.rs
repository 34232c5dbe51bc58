//! Draws a [`Chart`] as SVG and PNG.
//!
//! A layout per kind turns data into a list of lines, shapes and texts; `frame` adds the words around
//! it; `canvas` writes the list through plotters, whose backend is `svg`, and `png` paints it pixel by
//! pixel. Texts are measured with the font that the pictures use, so what a layout leaves room for has room.

mod area;
mod axis;
mod bars;
mod block;
mod canvas;
mod change;
mod check;
mod councils;
mod differences;
mod distribution;
mod dots;
mod dumbbell;
mod error;
mod fonts;
mod frame;
mod heatmap;
mod kerning;
mod ladder;
mod marks;
mod multiples;
mod pair;
mod palette;
mod plot;
mod png;
mod points;
mod rows;
mod scene;
mod series;
mod slide;
mod svg;
mod trend;
mod waterfall;
mod wrap;

pub use area::Area;
pub use error::DrawError;
pub use png::{PNG_WIDTH, SLIDE_WIDTH};
pub use scene::TextBox;

use super::chart::{Chart, Picture};
use canvas::{Words, paint};
use fonts::Fonts;
use frame::{Place, frame, words_height};
use rows::PICTURE_WIDTH;
use scene::Scene;

/// A drawn chart.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// For slides and files: with headline, subtitle, stamps and notes, because it travels alone.
    pub svg: String,
    /// For a page that carries headline and subtitle itself; stamps and notes stay.
    pub inline_svg: String,
    /// The height of `svg` that headline and subtitle take at its top, as a share of the whole.
    pub words: f64,
    /// What `svg` shows.
    scene: Scene,
}

impl Drawn {
    /// Every text of `svg` with the box it needs, in its own pixels.
    pub fn text_boxes(&self) -> &[TextBox] {
        &self.scene.texts
    }

    /// What `svg` shows as a PNG, [`PNG_WIDTH`] pixels wide.
    ///
    /// # Errors
    /// If it is too high for a PNG.
    pub fn png(&self) -> Result<Vec<u8>, DrawError> {
        png::png(&self.scene, PNG_WIDTH)
    }
}

/// Draws a chart. The same chart gives the same bytes.
///
/// # Errors
/// If the chart has no rows, if a row does not match the series, columns or scores, or if a number
/// is not finite.
pub fn draw(chart: &Chart) -> Result<Drawn, DrawError> {
    let fonts = Fonts::embedded()?;
    let picture = layout(chart, fonts, PICTURE_WIDTH)?;
    let alone = frame(chart, &picture, Place::Alone, fonts);
    let page = frame(chart, &picture, Place::Page, fonts);
    Ok(Drawn {
        svg: paint(&alone, words(chart, &chart.name))?,
        inline_svg: paint(&page, words(chart, &inline_name(chart)))?,
        words: words_height(chart, alone.width, fonts) / alone.height,
        scene: alone,
    })
}

/// Draws a chart only for a page that carries headline and subtitle itself, as in [`Drawn`].
///
/// # Errors
/// As [`draw`].
pub fn draw_inline(chart: &Chart) -> Result<String, DrawError> {
    let fonts = Fonts::embedded()?;
    let picture = layout(chart, fonts, PICTURE_WIDTH)?;
    paint(&frame(chart, &picture, Place::Page, fonts), words(chart, &inline_name(chart)))
}

fn inline_name(chart: &Chart) -> String {
    format!("{}-inline", chart.name)
}

fn words<'a>(chart: &'a Chart, name: &'a str) -> Words<'a> {
    Words { name, title: &chart.headline, description: &chart.alternative }
}

/// Draws a chart as a slide of 16 to 9 with all its words, as a PNG [`SLIDE_WIDTH`] pixels wide; `None`
/// where its letters would be too small to read.
///
/// # Errors
/// As [`draw`].
pub fn slide(chart: &Chart) -> Result<Option<Vec<u8>>, DrawError> {
    let scene = slide::slide(chart, Fonts::embedded()?)?;
    scene.map(|scene| png::png(&scene, SLIDE_WIDTH)).transpose()
}

/// The picture without the words around it, as wide as there is room.
fn layout(chart: &Chart, fonts: &'static Fonts, across: f64) -> Result<Scene, DrawError> {
    check::check(chart)?;
    Ok(match &chart.picture {
        Picture::Dots(dots) => dots::layout(dots, fonts, across),
        Picture::Dumbbell(dumbbell) => dumbbell::layout(dumbbell, fonts, across),
        Picture::Councils(councils) => councils::layout(councils, fonts, across),
        Picture::Change(change) => change::layout(change, fonts, across),
        Picture::Distribution(distribution) => distribution::layout(distribution, fonts, across),
        Picture::Heatmap(heatmap) => heatmap::layout(heatmap, fonts, across),
        Picture::Multiples(multiples) => multiples::layout(multiples, fonts, across),
        Picture::Bars(bars) => bars::layout(bars, fonts, across),
        Picture::Differences(differences) => differences::layout(differences, fonts, across),
        Picture::Trend(trend) => trend::layout(trend, fonts, across),
        Picture::Waterfall(waterfall) => waterfall::layout(waterfall, fonts, across),
        Picture::Ladder(ladder) => ladder::layout(ladder, fonts, across),
    })
}

/// A chart for the tests of what charts stand in.
#[cfg(test)]
pub(in crate::publish) fn sample() -> Chart {
    samples::dots(samples::Case::Plain, 2)
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
