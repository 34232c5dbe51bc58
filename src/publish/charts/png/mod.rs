//! A scene as a PNG. A picture holds one byte a pixel from the first: the number of a colour. Letters and
//! shapes are laid on with their soft edges, each over what lies there already.

mod coverage;
mod inks;
mod letters;
mod pixels;

use super::area::Area;
use super::error::DrawError;
use super::palette::{Colour, LIGHT_GREY, WHITE};
use super::scene::{Item, Scene};
use coverage::{Coverage, Outline, Window};
use inks::{Ink, Inks};
use letters::{Letters, Line};
use pixels::Pixels;
use std::cell::RefCell;

/// Width of a chart's PNG in pixels: sharp on a page and in print.
pub const PNG_WIDTH: u32 = 2000;
/// Width of a slide in pixels: it is 1080 high.
pub const SLIDE_WIDTH: u32 = 1920;
/// Pixels that a picture may have: hundreds of times as many as a screen.
const MOST_PIXELS: f64 = 5e8;

/// The stripes of a withheld cell, from one to the next and how wide, as the SVG has them.
const STRIPES: (f64, f64) = (8.0, 1.8);

thread_local! {
    /// Two million bytes a picture, used for one after the other, and the letters of them all.
    static TOOLS: RefCell<Tools> = RefCell::default();
}

#[derive(Debug, Default)]
struct Tools {
    numbers: Vec<u8>,
    coverage: Coverage,
    letters: Letters,
}

/// Paints a scene as a PNG exactly `width` pixels wide.
///
/// # Errors
/// If it is too high.
pub(super) fn png(scene: &Scene, width: u32) -> Result<Vec<u8>, DrawError> {
    let scale = f64::from(width) / scene.width;
    let height = (scene.height * scale).round().max(1.0);
    if height * f64::from(width) > MOST_PIXELS {
        return Err(failed(&"it is too high"));
    }
    TOOLS.with_borrow_mut(|tools| {
        let Tools { numbers, coverage, letters } = tools;
        let mut inks = Inks::new();
        let of_items: Vec<Ink> =
            scene.items.iter().map(|item| inks.ink(colour(item), opacity(item))).collect();
        let white = inks.ink(WHITE, 1.0);
        let pixels = Pixels::new(numbers, inks, width, height as u32);
        let mut painter = Painter { scene, scale, coverage, letters, pixels, white };
        for (item, ink) in scene.items.iter().zip(of_items) {
            painter.paint(item, ink);
        }
        let pixels = painter.pixels;
        encode([width, height as u32], pixels.inks.palette(), pixels.numbers)
    })
}

fn colour(item: &Item) -> Colour {
    match item {
        Item::Hatch { .. } => LIGHT_GREY,
        Item::Text { style, .. } => style.colour,
        Item::Line { colour, .. }
        | Item::Rectangle { colour, .. }
        | Item::Outline { colour, .. }
        | Item::Circle { colour, .. }
        | Item::Ring { colour, .. }
        | Item::Polygon { colour, .. } => *colour,
    }
}

fn opacity(item: &Item) -> f64 {
    if let Item::Line { opacity, .. } = item { *opacity } else { 1.0 }
}

struct Painter<'a> {
    scene: &'a Scene,
    /// Pixels a unit of the scene.
    scale: f64,
    coverage: &'a mut Coverage,
    letters: &'a mut Letters,
    pixels: Pixels<'a>,
    white: Ink,
}

impl Painter<'_> {
    fn paint(&mut self, item: &Item, ink: Ink) {
        match item {
            Item::Line { from, to, width, .. } => self.line(*from, *to, width / 2.0, ink),
            Item::Rectangle { area, .. } => self.rectangle(area, ink),
            Item::Outline { area, width, .. } => {
                let [outer, inner] = [0.5, -0.5].map(|side| self.pixels_of(&area.grown(side * width)));
                self.pixels.border(outer, inner, ink);
            }
            Item::Hatch { area } => self.hatch(area, ink),
            Item::Circle { centre, radius, .. } => {
                let mut outline = self.outline();
                outline.circle(*centre, *radius, 1.0);
                self.pixels.fill(&outline, self.coverage, ink);
            }
            Item::Ring { centre, radius, width, .. } => {
                let mut outline = self.outline();
                outline.circle(*centre, radius + width / 2.0, 1.0);
                outline.circle(*centre, (radius - width / 2.0).max(0.0), -1.0);
                self.pixels.fill(&outline, self.coverage, ink);
            }
            Item::Polygon { points, .. } => self.polygon(points.iter().copied(), ink),
            Item::Text { text, left, baseline, width, style } => {
                let line = Line {
                    text,
                    left: left * self.scale,
                    baseline: baseline * self.scale,
                    width: width * self.scale,
                    size: style.size * self.scale,
                    weight: style.weight,
                };
                self.letters.draw(&line, self.scene.fonts, self.coverage, &mut self.pixels, ink);
            }
        }
    }

    fn outline(&self) -> Outline {
        Outline::new((self.scale as f32, self.scale as f32), (0.0, 0.0))
    }

    fn rectangle(&mut self, area: &Area, ink: Ink) {
        self.pixels.rectangle(self.pixels_of(area), ink);
    }

    fn pixels_of(&self, area: &Area) -> [f64; 4] {
        [area.left, area.top, area.right, area.bottom].map(|edge| edge * self.scale)
    }

    fn polygon(&mut self, points: impl IntoIterator<Item = (f64, f64)>, ink: Ink) {
        let mut outline = self.outline();
        outline.polygon(points);
        self.pixels.fill(&outline, self.coverage, ink);
    }

    /// A line with blunt ends, so far to either side.
    fn line(&mut self, from: (f64, f64), to: (f64, f64), reach: f64, ink: Ink) {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        if across == 0.0 || down == 0.0 {
            let [left, right] = [from.0.min(to.0), from.0.max(to.0)];
            let [top, bottom] = [from.1.min(to.1), from.1.max(to.1)];
            // Only to the sides: a line without a length shows nothing.
            let (x, y) = if down == 0.0 { (0.0, reach) } else { (reach, 0.0) };
            let area = Area { left: left - x, top: top - y, right: right + x, bottom: bottom + y };
            return self.rectangle(&area, ink);
        }
        let per_unit = reach / (across * across + down * down).sqrt();
        let aside = (-down * per_unit, across * per_unit);
        let corner = |end: (f64, f64), side: f64| (end.0 + side * aside.0, end.1 + side * aside.1);
        self.polygon([corner(from, 1.0), corner(to, 1.0), corner(to, -1.0), corner(from, -1.0)], ink);
    }

    /// White with grey stripes that fall to the left.
    fn hatch(&mut self, area: &Area, ink: Ink) {
        self.rectangle(area, self.white);
        let [step, width] = [STRIPES.0, STRIPES.1].map(|length| length * std::f64::consts::SQRT_2);
        let mut outline = self.outline();
        let first = ((area.left + area.top - width) / step).floor() as i64;
        let last = ((area.right + area.bottom) / step).ceil() as i64;
        for stripe in first..=last {
            let (near, far) = (stripe as f64 * step, stripe as f64 * step + width);
            outline.polygon([
                (near - area.top, area.top),
                (far - area.top, area.top),
                (far - area.bottom, area.bottom),
                (near - area.bottom, area.bottom),
            ]);
        }
        let [left, top, right, bottom] = self.pixels_of(area).map(|edge| edge.round() as i32);
        self.pixels.fill_within(&outline, Window { left, top, right, bottom }, self.coverage, ink);
    }
}

fn failed(reason: &dyn std::fmt::Display) -> DrawError {
    DrawError::Raster { reason: reason.to_string() }
}

fn encode([width, height]: [u32; 2], palette: Vec<u8>, numbers: &[u8]) -> Result<Vec<u8>, DrawError> {
    let mut png = Vec::with_capacity(numbers.len() / 16);
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    // Runs of one colour need no filter, and no long search either: twice the effort saves a quarter of
    // the bytes, filters save none.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer.write_image_data(numbers).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(png)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::Shown;
