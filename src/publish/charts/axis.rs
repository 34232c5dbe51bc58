//! Scales from values to places, and the axes that show them.

use super::block::Block;
use super::fonts::Fonts;
use super::palette::GREY;
use super::scene::{Align, Scene, Style};
use super::wrap::widest_word;
use crate::publish::chart::Axis;

/// Strength of grid lines and row rules: the grey of axes, let back.
pub(super) const GRID_OPACITY: f64 = 0.22;

/// A straight line from values to x.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    pub left: f64,
    pub right: f64,
}

impl Scale {
    /// The x of a value; what lies beyond an end is drawn at the end.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }
}

/// The longest scale within `slot` that leaves what is printed beside its marks enough room: at least
/// that of the end labels, at most `widest` on either side.
pub(super) fn snug(
    ends: (f64, f64),
    slot: (f64, f64),
    widest: f64,
    has_room: impl Fn(&Scale) -> bool,
) -> Scale {
    let mut gutter = 20.0_f64.min(widest);
    loop {
        let scale = Scale { low: ends.0, high: ends.1, left: slot.0 + gutter, right: slot.1 - gutter };
        if gutter >= widest || has_room(&scale) {
            return scale;
        }
        gutter = (gutter + 3.0).min(widest);
    }
}

/// A place on an axis and the words at it.
#[derive(Clone, Debug)]
pub(super) struct Tick {
    pub x: f64,
    pub words: Block,
}

/// The longest axis on which every whole score gets a tick; a longer one, of percentages, has a few
/// round ones.
const MOST_SCORES: f64 = 20.0;

/// From tick to tick.
fn step(axis: &Axis) -> f64 {
    let span = axis.high - axis.low;
    if span > MOST_SCORES { round_step(span, 5.0) } else { 1.0 }
}

/// The ticks of the score axis: every whole score, the ends in words.
pub(super) fn score_ticks(fonts: &Fonts, axis: &Axis, scale: &Scale, style: Style) -> Vec<Tick> {
    let mut values = vec![axis.low];
    let step = step(axis);
    let mut next = (axis.low / step).floor() * step + step;
    while next < axis.high {
        values.push(next);
        next += step;
    }
    values.push(axis.high);
    let spelled = ends_have_room(fonts, axis, scale, style);
    let last = values.len() - 1;
    values
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let words = match index {
                0 if spelled => end_words(*value, &axis.low_label),
                _ if spelled && index == last => end_words(*value, &axis.high_label),
                _ => format!("{value}"),
            };
            Tick { x: scale.at(*value), words: Block::new(fonts, &words, style, tick_room(axis, scale)) }
        })
        .collect()
}

/// Room for the words at one tick.
fn tick_room(axis: &Axis, scale: &Scale) -> f64 {
    let steps = ((axis.high - axis.low) / step(axis)).ceil().max(1.0);
    ((scale.right - scale.left) / steps - 12.0).max(36.0)
}

/// Whether the words at both ends fit without a word being split.
fn ends_have_room(fonts: &Fonts, axis: &Axis, scale: &Scale, style: Style) -> bool {
    let room = tick_room(axis, scale);
    [&axis.low_label, &axis.high_label]
        .into_iter()
        .all(|label| widest_word(fonts, label, style.size, style.weight) <= room)
}

/// Says above the picture what the ends of the axis mean, where the axis itself has room for numbers
/// only. Returns the height it took.
pub(super) fn say_ends(scene: &mut Scene, axis: &Axis, scale: &Scale, style: Style, top: f64) -> f64 {
    if ends_have_room(scene.fonts, axis, scale, style) {
        return 0.0;
    }
    let low = end_words(axis.low, &axis.low_label);
    let high = end_words(axis.high, &axis.high_label);
    let words = format!("Scale: from {low} to {high}");
    let words = Block::new(scene.fonts, &words, Style::SMALL, scene.width);
    words.draw_below(scene, Align::Left, 0.0, top);
    words.height() + 14.0
}

/// The end of an axis always shows its number, whether or not its label starts with it.
pub(super) fn end_words(value: f64, label: &str) -> String {
    let number = format!("{value}");
    if label.starts_with(&number) { label.to_owned() } else { format!("{number} {label}") }
}

/// Height of the tallest tick.
pub(super) fn ticks_height(ticks: &[Tick]) -> f64 {
    ticks.iter().map(|tick| tick.words.height()).fold(0.0, f64::max)
}

/// Draws ticks above `top` and grid lines from there to `bottom`. Words keep within `slot`.
pub(super) fn draw_grid(scene: &mut Scene, ticks: &[Tick], slot: (f64, f64), top: f64, bottom: f64) {
    for tick in ticks {
        scene.line((tick.x, top - 4.0), (tick.x, top), 1.0, GREY, 1.0);
        scene.line((tick.x, top), (tick.x, bottom), 1.0, GREY, GRID_OPACITY);
        let half = tick.words.width(scene.fonts) / 2.0;
        let x = tick.x.min(slot.1 - half).max(slot.0 + half);
        tick.words.draw_above(scene, Align::Centre, x, top - 5.0);
    }
    if let (Some(first), Some(last)) = (ticks.first(), ticks.last()) {
        scene.line((first.x, top), (last.x, top), 1.0, GREY, 1.0);
    }
}

/// A step of 1, 2 or 5 times a power of ten that divides `span` into at most `most` parts.
pub(super) fn round_step(span: f64, most: f64) -> f64 {
    let least = span / most;
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// The next round number: one that reads easily at the end of an axis.
pub(super) fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.log10().floor());
    [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0]
        .iter()
        .map(|factor| factor * power)
        .find(|round| *round >= value * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        assert!((round_step(100.0, 5.0) - 20.0).abs() < 1e-9);
        assert!((round_step(37.0, 5.0) - 10.0).abs() < 1e-9);
        assert!((round_step(0.9, 2.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn ends_of_an_axis_are_round() {
        for (value, end) in [(0.68, 0.8), (3.0, 3.0), (0.1, 0.1), (0.92, 1.0), (1.2, 1.5)] {
            assert!((round_up(value) - end).abs() < 1e-9, "{value}");
        }
    }

    #[test]
    fn scores_have_every_tick_and_percentages_a_few() {
        let axis = |low, high| Axis { low, high, low_label: String::new(), high_label: String::new() };
        assert_eq!(
            [step(&axis(1.0, 4.0)), step(&axis(1.0, 10.0)), step(&axis(0.0, 100.0))],
            [1.0, 1.0, 20.0]
        );
    }

    #[test]
    fn ends_show_number_and_word() {
        assert_eq!(end_words(1.0, "1 low"), "1 low");
        assert_eq!(end_words(4.0, "high"), "4 high");
    }
}
