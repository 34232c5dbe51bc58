//! Two figures of one row: the smaller one is printed at the left, the larger one at the right, and
//! in the first row each carries its name.

use super::axis::Scale;
use super::marks::{GAP, first_is_left, missing_words, print_left, print_right, reach_of};
use super::scene::{Align, Scene, Style};
use super::series::{name_left, name_right, width_with_name};
use crate::publish::chart::Plotted;

/// Two figures, the names of their series and the heights they stand at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    pub names: &'a [String; 2],
    pub figures: [&'a Plotted; 2],
    pub heights: [f64; 2],
}

impl Pair<'_> {
    /// Index of the figure that is printed at the left, if both are there.
    fn left(&self) -> Option<usize> {
        let [first, second] = self.figures;
        let both = matches!((first, second), (Plotted::Value { .. }, Plotted::Value { .. }));
        both.then(|| usize::from(!first_is_left(first, second)))
    }

    /// Whether both figures are there, with room for their names within `slot`.
    pub(super) fn names_fit(&self, scene: &Scene, scale: &Scale, slot: (f64, f64)) -> bool {
        self.left().is_some()
            && self.fit(scale, slot, |index, label| width_with_name(scene, label, &self.names[index]))
    }

    /// Whether the values that are there have room within `slot`.
    pub(super) fn values_fit(&self, scene: &Scene, scale: &Scale, slot: (f64, f64)) -> bool {
        self.fit(scale, slot, |_, label| scene.measure(label, Style::VALUE))
    }

    fn fit(&self, scale: &Scale, slot: (f64, f64), width: impl Fn(usize, &str) -> f64) -> bool {
        let left = self.left();
        [0, 1].into_iter().all(|index| match self.figures[index] {
            Plotted::Value { label, .. } => {
                let needed = GAP + width(index, label);
                reach_of(scale, self.figures[index]).is_some_and(|(start, end)| {
                    if left == Some(index) { start - needed >= slot.0 } else { end + needed <= slot.1 }
                })
            }
            Plotted::Mark(_) => true,
        })
    }

    /// Prints values, names if wanted, and why a figure is missing.
    pub(super) fn print(&self, scene: &mut Scene, scale: &Scale, right: f64, named: bool) {
        let left = self.left();
        for index in [0, 1] {
            let (figure, name, y) = (self.figures[index], &self.names[index], self.heights[index]);
            if matches!(figure, Plotted::Mark(_)) {
                continue;
            }
            if left == Some(index) {
                let start = print_left(scene, scale, figure, y);
                if named {
                    name_left(scene, name, start, y);
                }
            } else {
                let end = print_right(scene, scale, figure, y);
                if named {
                    name_right(scene, name, end, y);
                }
            }
        }
        let [first, second] = missing_words(self.names, self.figures);
        match (&first, &second) {
            (Some(words), None) if matches!(self.figures[1], Plotted::Mark(_)) => {
                let middle = f64::midpoint(self.heights[0], self.heights[1]);
                print_missing(scene, words, scale.left + GAP, right, middle);
            }
            _ => {
                for (words, y) in [first, second].iter().zip(self.heights) {
                    if let Some(words) = words {
                        print_missing(scene, words, scale.left + GAP, right, y);
                    }
                }
            }
        }
    }
}

/// Prints why there is no figure: at the left end of the axis, or at the right end if something is in
/// the way there, and without the name where that has no room.
fn print_missing(scene: &mut Scene, words: &str, left: f64, right: f64, y: f64) {
    let symbol = words.rsplit(' ').next().unwrap_or(words);
    let places = [
        (words, Align::Left, left),
        (words, Align::Right, right),
        (symbol, Align::Left, left),
        (symbol, Align::Right, right),
    ];
    let free = places.into_iter().find(|(text, align, x)| {
        let area = scene.text_area(text, Style::VALUE, *align, *x, y);
        area.left >= left && area.right <= right && scene.is_free(&area)
    });
    let (text, align, x) = free.unwrap_or((symbol, Align::Right, right));
    scene.text_on_white(text, Style::VALUE, align, x, y);
}
