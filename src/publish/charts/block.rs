//! A wrapped text as one block.

use super::fonts::Fonts;
use super::scene::{Align, Scene, Style};
use super::wrap::wrap;

/// Lines of one style.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub lines: Vec<String>,
    pub style: Style,
}

impl Block {
    pub(super) fn new(fonts: &Fonts, text: &str, style: Style, width: f64) -> Block {
        Block { lines: wrap(fonts, text, style.size, style.weight, width), style }
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.style.line_height()
    }

    pub(super) fn width(&self, fonts: &Fonts) -> f64 {
        self.lines
            .iter()
            .map(|line| fonts.width(line, self.style.size, self.style.weight))
            .fold(0.0, f64::max)
    }

    /// Draws the block with its first line at the top.
    pub(super) fn draw_below(&self, scene: &mut Scene, align: Align, x: f64, top: f64) {
        let step = self.style.line_height();
        for (index, line) in self.lines.iter().enumerate() {
            let middle = top + (index as f64 + 0.5) * step;
            scene.text(line, self.style, align, x, middle);
        }
    }

    /// Draws the block so that its last line ends at the bottom.
    pub(super) fn draw_above(&self, scene: &mut Scene, align: Align, x: f64, bottom: f64) {
        self.draw_below(scene, align, x, bottom - self.height());
    }

    /// Draws the block around a middle line.
    pub(super) fn draw_around(&self, scene: &mut Scene, align: Align, x: f64, middle: f64) {
        self.draw_below(scene, align, x, middle - self.height() / 2.0);
    }
}
