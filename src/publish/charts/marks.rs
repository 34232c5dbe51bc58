//! Dots and likely ranges, and the values printed beside them.

use super::area::Area;
use super::axis::Scale;
use super::palette::{Colour, DARK_GREY, WHITE, needs_outline, series_colours};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::Plotted;

/// Half the height of a mark.
pub(super) const REACH: f64 = 6.0;
/// Distance of a value from its mark or range.
pub(super) const GAP: f64 = 6.0;
/// Half the height of the caps of a range.
const CAP: f64 = 4.0;

/// The form of a mark: colour is never the only cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Disc,
    Diamond,
    Square,
    Triangle,
    Ring,
}

/// The form of each series.
fn shape(index: usize) -> Shape {
    match index % 4 {
        0 => Shape::Disc,
        1 => Shape::Diamond,
        2 => Shape::Square,
        _ => Shape::Triangle,
    }
}

/// How a mark looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub shape: Shape,
    pub colour: Colour,
    /// Half its height.
    pub reach: f64,
}

impl Look {
    pub(super) fn new(shape: Shape, colour: Colour) -> Look {
        Look { shape, colour, reach: REACH }
    }

    /// The look of year `index` of `count`: the latest stands out, the others are hollow or angular.
    pub(super) fn of_year(index: usize, count: usize, colour: Colour) -> Look {
        let shape = match count - 1 - index {
            0 => Shape::Disc,
            1 => Shape::Ring,
            2 => Shape::Diamond,
            _ => Shape::Triangle,
        };
        Look::new(shape, colour)
    }

    /// The look of a side of a pair.
    pub(super) fn of_side(index: usize, colour: Colour) -> Look {
        Look::new(shape(index), colour)
    }

    /// The look of series `index` of `count`.
    pub(super) fn of_series(index: usize, count: usize) -> Look {
        let colour = series_colours(count)[index];
        Look::new(shape(index), colour)
    }
}

/// Draws a mark with a white edge, so that it stands clear of lines behind it.
pub(super) fn draw_mark(scene: &mut Scene, look: Look, x: f64, y: f64) {
    let Look { shape, colour, reach } = look;
    let edge = if needs_outline(colour) { DARK_GREY } else { colour };
    draw_form(scene, shape, x, y, reach * 1.25, WHITE);
    draw_form(scene, shape, x, y, reach, edge);
    if shape == Shape::Ring {
        draw_form(scene, shape, x, y, reach - 2.0, WHITE);
    } else if edge != colour {
        draw_form(scene, shape, x, y, reach - 1.2, colour);
    }
    scene.taken.push(Area::around(x, y, reach));
}

/// Draws a ring that a disc overlaps: the disc lies on top, and a ring at the same place goes around
/// it.
pub(super) fn draw_ring_and_disc(scene: &mut Scene, ring: f64, disc: f64, y: f64, colour: Colour) {
    let radius = if (ring - disc).abs() < 3.0 { REACH + 3.6 } else { REACH - 1.0 };
    let x = if radius > REACH { disc } else { ring };
    scene.ring((x, y), radius, 4.4, WHITE);
    scene.ring((x, y), radius, 2.0, colour);
    scene.taken.push(Area::around(x, y, REACH));
    draw_mark(scene, Look::new(Shape::Disc, colour), disc, y);
}

fn draw_form(scene: &mut Scene, shape: Shape, x: f64, y: f64, reach: f64, colour: Colour) {
    match shape {
        Shape::Disc | Shape::Ring => scene.circle((x, y), reach, colour),
        Shape::Diamond => {
            let reach = reach * 1.18;
            let corners = vec![(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)];
            scene.polygon(corners, colour);
        }
        Shape::Square => {
            let reach = reach * 0.88;
            scene.rectangle(Area::around(x, y, reach), colour);
        }
        Shape::Triangle => {
            let reach = reach * 1.12;
            let corners = vec![(x, y - reach), (x + reach, y + reach * 0.8), (x - reach, y + reach * 0.8)];
            scene.polygon(corners, colour);
        }
    }
}

/// Draws the thin line of a likely range with its caps.
pub(super) fn draw_range(scene: &mut Scene, from: f64, to: f64, y: f64, colour: Colour) {
    let colour = if needs_outline(colour) { DARK_GREY } else { colour };
    scene.line((from, y), (to, y), 1.5, colour, 1.0);
    for x in [from, to] {
        scene.line((x, y - CAP), (x, y + CAP), 1.5, colour, 1.0);
    }
    scene.taken.push(Area { left: from - 1.0, top: y - CAP, right: to + 1.0, bottom: y + CAP });
}

/// Draws a figure's range and mark at height `y`; a mark that replaces a number draws nothing here.
pub(super) fn draw_figure(scene: &mut Scene, scale: &Scale, figure: &Plotted, y: f64, look: Look) {
    if let Plotted::Value { value, range, .. } = figure {
        if let Some((low, high)) = range {
            draw_range(scene, scale.at(*low), scale.at(*high), y, look.colour);
        }
        draw_mark(scene, look, scale.at(*value), y);
    }
}

/// How far mark and range of a figure reach to the left and right.
pub(super) fn reach_of(scale: &Scale, figure: &Plotted) -> Option<(f64, f64)> {
    let Plotted::Value { value, range, .. } = figure else {
        return None;
    };
    let x = scale.at(*value);
    let (low, high) = range.map_or((x, x), |(low, high)| (scale.at(low), scale.at(high)));
    Some((low.min(x - REACH - 1.0), high.max(x + REACH + 1.0)))
}

/// Prints a figure's value to the right of its mark and range, or a mark's symbol at the left end
/// of the axis, where it stands for no value. Returns where the text ends.
pub(super) fn print_right(scene: &mut Scene, scale: &Scale, figure: &Plotted, y: f64) -> f64 {
    let (text, x) = match (figure, reach_of(scale, figure)) {
        (Plotted::Value { label, .. }, Some((_, right))) => (label.as_str(), right + GAP),
        (Plotted::Value { label, .. }, None) => (label.as_str(), scale.left),
        (Plotted::Mark(mark), _) => (mark.symbol(), scale.left + GAP),
    };
    scene.text_on_white(text, Style::VALUE, Align::Left, x, y);
    x + scene.measure(text, Style::VALUE)
}

/// Room that values need beyond the end of an axis.
pub(super) fn gutter<'a>(scene: &Scene, figures: impl Iterator<Item = &'a Plotted>) -> f64 {
    let widest = figures
        .map(|figure| match figure {
            Plotted::Value { label, .. } => scene.measure(label, Style::VALUE),
            Plotted::Mark(_) => 0.0,
        })
        .fold(0.0, f64::max);
    widest + GAP + REACH + 3.0
}

/// Prints a value to the left of its mark and range. Returns where the text starts.
pub(super) fn print_left(scene: &mut Scene, scale: &Scale, figure: &Plotted, y: f64) -> f64 {
    let (Plotted::Value { label, .. }, Some((left, _))) = (figure, reach_of(scale, figure)) else {
        return scale.left;
    };
    let x = left - GAP;
    scene.text_on_white(label, Style::VALUE, Align::Right, x, y);
    x - scene.measure(label, Style::VALUE)
}

/// Whether the first of two values is printed at the left: the smaller one is, and so is the first
/// of two equal ones.
pub(super) fn first_is_left(first: &Plotted, second: &Plotted) -> bool {
    match (first, second) {
        (Plotted::Value { value: first, .. }, Plotted::Value { value: second, .. }) => first <= second,
        _ => false,
    }
}

/// What is printed for a pair of which at least one is a mark: one symbol for two of a kind,
/// otherwise each symbol with the name it belongs to.
pub(super) fn missing_words(names: &[String; 2], figures: [&Plotted; 2]) -> [Option<String>; 2] {
    match figures {
        [Plotted::Mark(first), Plotted::Mark(second)] if first == second => {
            [Some(first.symbol().to_owned()), None]
        }
        _ => [0, 1].map(|index| match figures[index] {
            Plotted::Mark(mark) => Some(format!("{} {}", names[index], mark.symbol())),
            Plotted::Value { .. } => None,
        }),
    }
}
