//! Names above the first row's two marks: each grows away from the other.

use super::axis::Scale;
use super::marks::REACH;
use super::scene::{Align, Scene, Style};
use crate::publish::chart::Plotted;

/// Height of the strip that holds the names.
pub(super) const STRIP: f64 = 22.0;

/// Where the two names would stand: alignment and x of each.
pub(super) type Places = [(Align, f64); 2];

/// Places for both names within `slot`, or `None` if a mark is missing or there is no room.
pub(super) fn places(
    scene: &Scene,
    names: &[String; 2],
    figures: [&Plotted; 2],
    scale: &Scale,
    slot: (f64, f64),
) -> Option<Places> {
    let [Plotted::Value { value: first, .. }, Plotted::Value { value: second, .. }] = figures
    else {
        return None;
    };
    let (first, second) = (scale.at(*first), scale.at(*second));
    let middle = f64::midpoint(first, second);
    let left_end = (first.min(second) + REACH).min(middle - 7.0);
    let right_start = (first.max(second) - REACH).max(middle + 7.0);
    let (left, right) = ((Align::Right, left_end), (Align::Left, right_start));
    let (places, outer) = if first <= second {
        ([left, right], [&names[0], &names[1]])
    } else {
        ([right, left], [&names[1], &names[0]])
    };
    let fits = left_end - scene.measure(outer[0], Style::HEADING) >= slot.0
        && right_start + scene.measure(outer[1], Style::HEADING) <= slot.1;
    fits.then_some(places)
}

/// Draws the names in the strip that starts at `top`.
pub(super) fn draw(scene: &mut Scene, names: &[String; 2], places: &Places, top: f64) {
    for (name, (align, x)) in names.iter().zip(places) {
        scene.text_on_white(name, Style::HEADING, *align, *x, top + STRIP / 2.0 + 1.0);
    }
}
