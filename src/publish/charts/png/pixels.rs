//! A picture as one number of a colour for each pixel.

use super::coverage::{Coverage, FULL, Outline, Window};
use super::inks::{Ink, Inks, PAPER};
use std::ops::Range;

/// The pixels of a picture, row by row, and what their numbers mean.
#[derive(Debug)]
pub(super) struct Pixels<'a> {
    pub numbers: &'a mut Vec<u8>,
    pub inks: Inks,
    width: usize,
    height: usize,
}

impl<'a> Pixels<'a> {
    /// White paper in the memory of an earlier picture.
    pub(super) fn new(numbers: &'a mut Vec<u8>, inks: Inks, width: u32, height: u32) -> Pixels<'a> {
        let (width, height) = (width as usize, height as usize);
        numbers.clear();
        numbers.resize(width * height, PAPER);
        Pixels { numbers, inks, width, height }
    }

    fn window(&self) -> Window {
        Window { left: 0, top: 0, right: self.width as i32, bottom: self.height as i32 }
    }

    /// Lays ink on a row of pixels from a place that may lie outside.
    pub(super) fn row(&mut self, x: i32, y: i32, levels: &[u8], ink: Ink) {
        let (Ok(y), skipped) = (usize::try_from(y), x.min(0).unsigned_abs() as usize) else { return };
        let from = (x.max(0) as usize).min(self.width);
        if y >= self.height {
            return;
        }
        let row = &mut self.numbers[y * self.width + from..(y + 1) * self.width];
        let solid = self.inks.solid(ink);
        for (number, level) in row.iter_mut().zip(levels.get(skipped..).unwrap_or_default()) {
            match (*level, solid) {
                (0, _) => {}
                (FULL, Some(solid)) => *number = solid,
                _ => *number = self.inks.over(*number, ink, *level),
            }
        }
    }

    /// An upright rectangle from its left, top, right and bottom edge; its pixels at the edges are
    /// covered in part.
    pub(super) fn rectangle(&mut self, [left, top, right, bottom]: [f64; 4], ink: Ink) {
        let across = pieces(left, right, self.width);
        for (rows, high) in pieces(top, bottom, self.height) {
            for (columns, wide) in &across {
                let level = (high * wide * f64::from(FULL)).round() as u8;
                for row in rows.clone().filter(|_| level > 0) {
                    let row = row * self.width;
                    self.run(row + columns.start..row + columns.end, level, ink);
                }
            }
        }
    }

    /// What lies between an outer and an inner rectangle.
    pub(super) fn border(&mut self, outer: [f64; 4], inner: [f64; 4], ink: Ink) {
        let ([left, top, right, bottom], [begin, under, end, over]) = (outer, inner);
        self.rectangle([left, top, right, under], ink);
        self.rectangle([left, over, right, bottom], ink);
        // Where the upper and the lower side cover a row in part, the others cover what they leave.
        let (from, to) = (under.floor().max(top), over.ceil().min(bottom));
        self.rectangle([left, from, begin, to], ink);
        self.rectangle([end, from, right, to], ink);
    }

    /// Lays ink of one level on a part of a row; most of it lies on one colour.
    fn run(&mut self, run: Range<usize>, level: u8, ink: Ink) {
        let mut rest = &mut self.numbers[run];
        if let (FULL, Some(solid)) = (level, self.inks.solid(ink)) {
            return rest.fill(solid);
        }
        while let Some(under) = rest.first().copied() {
            let alike = rest.iter().take_while(|number| **number == under).count();
            let (alike, others) = rest.split_at_mut(alike);
            alike.fill(self.inks.over(under, ink, level));
            rest = others;
        }
    }

    /// What the outline encloses.
    pub(super) fn fill(&mut self, outline: &Outline, coverage: &mut Coverage, ink: Ink) {
        self.fill_within(outline, outline.window(), coverage, ink);
    }

    /// The same, as far as it lies in a window.
    pub(super) fn fill_within(
        &mut self,
        outline: &Outline,
        window: Window,
        coverage: &mut Coverage,
        ink: Ink,
    ) {
        let window = window.within(self.window());
        coverage.rows(outline, window, |x, y, levels| self.row(x, y, levels, ink));
    }
}

/// A stretch of pixels in three: the first where it is covered in part, those covered all over, the last;
/// each with how much of it is covered.
fn pieces(from: f64, to: f64, end: usize) -> [(Range<usize>, f64); 3] {
    let [from, to] = [from, to].map(|place| place.clamp(0.0, end as f64));
    let [first, inner, outer, last] = [from.floor(), from.ceil(), to.floor(), to.ceil()];
    let pixels = |from: f64, to: f64| from as usize..to as usize;
    if inner > outer {
        // All within one pixel.
        return [(pixels(first, last), to - from), (0..0, 0.0), (0..0, 0.0)];
    }
    [
        (pixels(first, inner), inner - from),
        (pixels(inner, outer.max(inner)), 1.0),
        (pixels(outer, last), to - outer),
    ]
}
