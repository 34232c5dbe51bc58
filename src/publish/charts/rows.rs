//! Rows with a label at the left, light rules between them, and columns of words beside them.

use super::axis::GRID_OPACITY;
use super::block::Block;
use super::fonts::Fonts;
use super::palette::GREY;
use super::scene::{Align, Scene, Style};
use super::wrap::widest_word;

/// Width of every picture; the frame adds its margin on both sides.
pub(super) const PICTURE_WIDTH: f64 = 912.0;
/// From this width on a picture stands on a slide, where height is dear.
pub(super) const WIDE: f64 = 1000.0;

/// White space above and below what a row holds.
pub(super) fn padding(across: f64) -> f64 {
    if across > WIDE { 4.5 } else { 5.0 }
}

/// Height of the line of one series.
pub(super) fn lane(across: f64) -> f64 {
    if across > WIDE { 18.0 } else { 18.5 }
}

/// One row: its label and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub top: f64,
    pub bottom: f64,
    pub label: Block,
}

impl Band {
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

/// A column of words: heading and one text per row, wrapped to its width.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub heading: Block,
    pub cells: Vec<Block>,
    pub width: f64,
    pub align: Align,
}

impl Column {
    /// A column as narrow as its words allow, at most `widest`.
    pub(super) fn new(
        fonts: &Fonts,
        heading: &str,
        cells: &[&str],
        style: Style,
        align: Align,
        widest: f64,
    ) -> Column {
        let word = widest_word(fonts, heading, Style::HEADING.size, Style::HEADING.weight);
        let heading = Block::new(fonts, heading, Style::HEADING, widest.max(word.min(130.0)));
        let cells: Vec<Block> = cells.iter().map(|text| Block::new(fonts, text, style, widest)).collect();
        let width = cells.iter().chain([&heading]).map(|block| block.width(fonts)).fold(0.0, f64::max);
        Column { heading, cells, width, align }
    }

    /// Draws heading and cells; the heading ends above `top`.
    pub(super) fn draw(&self, scene: &mut Scene, left: f64, top: f64, bands: &[Band]) {
        let x = match self.align {
            Align::Left => left,
            Align::Centre => left + self.width / 2.0,
            Align::Right => left + self.width,
        };
        self.heading.draw_above(scene, self.align, x, top - 5.0);
        for (cell, band) in self.cells.iter().zip(bands) {
            cell.draw_around(scene, self.align, x, band.middle());
        }
    }
}

/// The widest column of labels that still leaves room; short labels make it narrower.
pub(super) fn label_width<'a>(
    fonts: &Fonts,
    labels: impl Iterator<Item = &'a str>,
    style: Style,
    widest: f64,
) -> f64 {
    labels
        .map(|label| {
            let words = widest_word(fonts, label, style.size, style.weight).min(widest);
            Block::new(fonts, label, style, widest).width(fonts).max(words)
        })
        .fold(90.0, f64::max)
}

/// Stacks the rows from `top`. `least` is the height of what row `index` holds beside its label.
pub(super) fn stack<'a>(
    scene: &Scene,
    labels: impl Iterator<Item = &'a str>,
    style: Style,
    width: f64,
    top: f64,
    least: impl Fn(usize) -> f64,
) -> Vec<Band> {
    stack_padded(scene, labels, style, width, top, least, padding(scene.width))
}

/// As [`stack`], with so much white space above and below what a row holds.
pub(super) fn stack_padded<'a>(
    scene: &Scene,
    labels: impl Iterator<Item = &'a str>,
    style: Style,
    width: f64,
    top: f64,
    least: impl Fn(usize) -> f64,
    padding: f64,
) -> Vec<Band> {
    let mut next = top;
    labels
        .enumerate()
        .map(|(index, text)| {
            let label = Block::new(scene.fonts, text, style, width);
            let height = label.height().max(least(index)) + 2.0 * padding;
            let band = Band { top: next, bottom: next + height, label };
            next += height;
            band
        })
        .collect()
}

/// The lower edge of the last row.
pub(super) fn bottom_of(bands: &[Band], top: f64) -> f64 {
    bands.last().map_or(top, |band| band.bottom)
}

/// Draws labels and the rules below the rows.
pub(super) fn draw_rows(scene: &mut Scene, bands: &[Band], left: f64, right: f64) {
    for band in bands {
        band.label.draw_around(scene, Align::Left, left, band.middle());
        let (from, to) = ((left, band.bottom), (right, band.bottom));
        scene.line(from, to, 0.8, GREY, GRID_OPACITY * 1.4);
    }
}
