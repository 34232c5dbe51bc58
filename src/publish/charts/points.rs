//! An axis of points centred on zero, and values printed on its outer side.

use super::axis::{Scale, Tick, round_up};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{GAP, print_left, print_right, reach_of};
use super::scene::{Scene, Style};
use crate::publish::chart::Plotted;

/// The end of an axis centred on zero that holds every range.
pub(super) fn farthest<'a>(figures: impl Iterator<Item = &'a Plotted>) -> f64 {
    let farthest = figures
        .filter_map(|figure| match figure {
            Plotted::Value { value, range, .. } => {
                let (low, high) = range.unwrap_or((*value, *value));
                Some(low.abs().max(high.abs()).max(value.abs()))
            }
            Plotted::Mark(_) => None,
        })
        .fold(0.5, f64::max);
    round_up(farthest)
}

/// Ticks at zero and at both ends.
pub(super) fn point_ticks(fonts: &Fonts, scale: &Scale) -> Vec<Tick> {
    [(scale.low, "−"), (0.0, ""), (scale.high, "+")]
        .into_iter()
        .map(|(value, sign)| {
            let size = (value.abs() * 100.0).round() / 100.0;
            Tick {
                x: scale.at(value),
                words: Block::new(fonts, &format!("{sign}{size}"), Style::SMALL, 60.0),
            }
        })
        .collect()
}

/// Prints a value on the side away from zero, so that the zero line stays whole.
pub(super) fn print_outside(scene: &mut Scene, scale: &Scale, figure: &Plotted, y: f64) {
    match figure {
        Plotted::Value { value, .. } if *value < 0.0 => print_left(scene, scale, figure, y),
        _ => print_right(scene, scale, figure, y),
    };
}

/// Whether a value has room there.
pub(super) fn fits_outside(scene: &Scene, scale: &Scale, figure: &Plotted, slot: (f64, f64)) -> bool {
    match (figure, reach_of(scale, figure)) {
        (Plotted::Value { value, label, .. }, Some((start, end))) => {
            let needed = GAP + scene.measure(label, Style::VALUE);
            if *value < 0.0 { start - needed >= slot.0 } else { end + needed <= slot.1 }
        }
        _ => true,
    }
}
