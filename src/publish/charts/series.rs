//! Which mark is which series: named beside the first row's marks where there is room, otherwise in
//! a line of keys above the picture.

use super::block::Block;
use super::councils::draw_spread;
use super::marks::{Look, REACH, draw_mark};
use super::palette::Colour;
use super::scene::{Align, Scene, Style};

/// One entry of a key.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub name: &'a str,
    pub sign: Sign,
}

/// What stands before the name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    Mark(Look),
    Swatch(Colour),
    /// A bar with a tick: between what others lie.
    Spread,
}

const SIGN_WIDTH: f64 = 20.0;
const BETWEEN: f64 = 26.0;

/// Draws the key from `top`, on as many lines as it needs. Returns its height.
pub(super) fn draw_key(scene: &mut Scene, entries: &[Entry<'_>], left: f64, right: f64, top: f64) -> f64 {
    let style = Style::HEADING;
    let (mut x, mut y, mut tallest) = (left, top, 0.0_f64);
    for entry in entries {
        let room = right - left - SIGN_WIDTH;
        let name = Block::new(scene.fonts, entry.name, style, room);
        let width = SIGN_WIDTH + name.width(scene.fonts);
        if x > left && x + width > right {
            x = left;
            y += tallest + 4.0;
            tallest = 0.0;
        }
        let middle = y + style.line_height() / 2.0;
        match entry.sign {
            Sign::Mark(look) => draw_mark(scene, look, x + REACH + 1.0, middle),
            Sign::Spread => {
                let x = x + REACH + 1.0;
                draw_spread(scene, (x - REACH, x + REACH), Some(x), middle);
            }
            Sign::Swatch(colour) => draw_swatch(scene, x, middle, colour),
        }
        name.draw_below(scene, Align::Left, x + SIGN_WIDTH, y);
        x += width + BETWEEN;
        tallest = tallest.max(name.height());
    }
    y + tallest - top
}

fn draw_swatch(scene: &mut Scene, x: f64, middle: f64, colour: Colour) {
    let area = super::area::Area::around(x + REACH + 1.0, middle, REACH);
    scene.rectangle(area, colour);
    if super::palette::needs_outline(colour) {
        scene.outline(area, 0.8, super::palette::DARK_GREY);
    }
    scene.taken.push(area);
}

/// Entries with the marks of years of one colour.
pub(super) fn year_entries(names: &[String], colour: Colour) -> Vec<Entry<'_>> {
    let sign = |index| Sign::Mark(Look::of_year(index, names.len(), colour));
    names.iter().enumerate().map(|(index, name)| Entry { name, sign: sign(index) }).collect()
}

/// Entries with the marks of the series.
pub(super) fn mark_entries(names: &[String]) -> Vec<Entry<'_>> {
    let entries = names.iter().enumerate();
    entries
        .map(|(index, name)| Entry { name, sign: Sign::Mark(Look::of_series(index, names.len())) })
        .collect()
}

/// Entries with filled squares.
pub(super) fn swatch_entries<'a>(names: &'a [String], colours: &[Colour]) -> Vec<Entry<'a>> {
    let entries = names.iter().zip(colours);
    entries.map(|(name, colour)| Entry { name, sign: Sign::Swatch(*colour) }).collect()
}

/// Space between a value and the name beside it.
const BESIDE: f64 = 8.0;

/// Draws a name to the right of a value that ends at `x`.
pub(super) fn name_right(scene: &mut Scene, name: &str, x: f64, y: f64) {
    scene.text_on_white(name, Style::HEADING, Align::Left, x + BESIDE, y);
}

/// Draws a name to the left of a value that starts at `x`.
pub(super) fn name_left(scene: &mut Scene, name: &str, x: f64, y: f64) {
    scene.text_on_white(name, Style::HEADING, Align::Right, x - BESIDE, y);
}

/// Width of a value with a name beside it.
pub(super) fn width_with_name(scene: &Scene, value: &str, name: &str) -> f64 {
    scene.measure(value, Style::VALUE) + BESIDE + scene.measure(name, Style::HEADING)
}
