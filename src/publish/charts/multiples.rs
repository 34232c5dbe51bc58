//! One small panel per question with the same rows in each; panels of one line share their labels, and
//! all lines the words of the first: its scores and the heading of its bases.

use super::axis::{Scale, draw_grid, say_ends, score_ticks, ticks_height};
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::marks::{Look, Shape, draw_figure, gutter, print_right};
use super::palette::accent;
use super::rows::{Column, WIDE, bottom_of, draw_rows, label_width, stack_padded};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::{Multiples, Panel};

const LABEL: Style = Style::new(14.0, Weight::Regular);
const TICK: Style = Style::new(12.0, Weight::Regular);
const TITLE: Style = Style::new(14.0, Weight::SemiBold);
/// Small, so that short ranges show on either side.
const REACH: f64 = 4.2;
/// From the left end of a panel to that of its axis.
const INSET: f64 = 10.0;
/// Space between two panels.
const BETWEEN: f64 = 20.0;
/// The narrowest axis on which small differences can still be seen.
const NARROWEST: f64 = 84.0;
/// White space above and below what a row holds.
const PADDING: f64 = 3.0;

/// What every line of panels shares.
#[derive(Clone, Debug)]
struct Grid {
    label_width: f64,
    bases: Column,
    bases_left: f64,
    /// Left end of the first panel.
    left: f64,
    /// Panels in a line.
    columns: usize,
    panel_width: f64,
    gutter: f64,
}

impl Grid {
    fn new(scene: &Scene, multiples: &Multiples) -> Grid {
        let fonts = scene.fonts;
        let labels = multiples.groups.iter().map(|(label, _)| label.as_str());
        let label_width = label_width(fonts, labels, LABEL, 160.0);
        let bases: Vec<&str> = multiples.groups.iter().map(|(_, base)| base.as_str()).collect();
        let heading = &multiples.base_heading;
        let bases = Column::new(fonts, heading, &bases, Style::SMALL, Align::Right, 84.0);
        let bases_left = label_width + 12.0;
        let left = bases_left + bases.width + BETWEEN;
        let gutter = gutter(scene, multiples.panels.iter().flat_map(|panel| &panel.points));
        let width = |count: usize| (scene.width - left - (count as f64 - 1.0) * BETWEEN) / count as f64;
        // Two lines of panels where they have room.
        let two_lines = multiples.panels.len().div_ceil(2);
        let columns = Some(two_lines)
            .filter(|&count| count <= 6 && width(count) - gutter - INSET >= NARROWEST)
            .unwrap_or_else(|| columns(multiples.panels.len(), scene.width));
        Grid { label_width, bases, bases_left, left, columns, panel_width: width(columns), gutter }
    }

    /// Left end and scale of the panel at a place in its line.
    fn panel(&self, multiples: &Multiples, index: usize) -> (f64, Scale) {
        let from = self.left + index as f64 * (self.panel_width + BETWEEN);
        let scale = Scale {
            low: multiples.axis.low,
            high: multiples.axis.high,
            left: from + INSET,
            right: from + self.panel_width - self.gutter,
        };
        (from, scale)
    }
}

/// Lays the panels out, line by line.
pub(super) fn layout(multiples: &Multiples, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let grid = Grid::new(&scene, multiples);
    let mut top = 0.0;
    let (_, scale) = grid.panel(multiples, 0);
    top += say_ends(&mut scene, &multiples.axis, &scale, TICK, top);
    for number in 0..multiples.panels.len().div_ceil(grid.columns) {
        if number > 0 {
            top += 16.0;
        }
        top = draw_line(&mut scene, multiples, &grid, number, top);
    }
    scene.height = top + 1.0;
    scene
}

/// Panels side by side: the lines come out as even as possible.
pub(super) fn columns(count: usize, across: f64) -> usize {
    match count {
        5.. if across > WIDE => count.div_ceil(2).min(6),
        0 => 1,
        1..=4 => count,
        5 | 6 | 9 => 3,
        _ => 4,
    }
}

/// Draws one line of panels from `top`. Returns its lower edge.
fn draw_line(scene: &mut Scene, multiples: &Multiples, grid: &Grid, number: usize, top: f64) -> f64 {
    let is_first = number == 0;
    let panels: &[Panel] = multiples.panels.chunks(grid.columns).nth(number).unwrap_or_default();
    let fonts = scene.fonts;
    let look = Look { shape: Shape::Disc, colour: accent(multiples.accent), reach: REACH };
    let places: Vec<(f64, Scale)> = (0..panels.len()).map(|index| grid.panel(multiples, index)).collect();
    let titles: Vec<Block> =
        panels.iter().map(|panel| Block::new(fonts, &panel.title, TITLE, grid.panel_width)).collect();
    let title_height = titles.iter().map(Block::height).fold(0.0, f64::max);
    let ticks_of = |scale: &Scale| {
        let mut ticks = score_ticks(fonts, &multiples.axis, scale, TICK);
        if !is_first {
            ticks.iter_mut().for_each(|tick| tick.words.lines.clear());
        }
        ticks
    };
    let mut bases = grid.bases.clone();
    if !is_first {
        bases.heading.lines.clear();
    }
    let tick_height = places.iter().map(|(_, scale)| ticks_height(&ticks_of(scale))).fold(0.0, f64::max);
    let head = (title_height + 4.0 + tick_height).max(bases.heading.height());
    let rows_top = top + head + 6.0;
    let labels = multiples.groups.iter().map(|(label, _)| label.as_str());
    let bands = stack_padded(scene, labels, LABEL, grid.label_width, rows_top, |_| 16.0, PADDING);
    let bottom = bottom_of(&bands, rows_top);
    draw_rows(scene, &bands, 0.0, grid.left - BETWEEN / 2.0);
    bases.draw(scene, grid.bases_left, rows_top, &bands);
    for ((panel, title), (from, scale)) in panels.iter().zip(&titles).zip(&places) {
        let to = from + grid.panel_width;
        title.draw_above(scene, Align::Left, *from, rows_top - 10.0 - tick_height);
        draw_grid(scene, &ticks_of(scale), (*from - 8.0, to), rows_top, bottom);
        for (figure, band) in panel.points.iter().zip(&bands) {
            let rule = ((*from, band.bottom), (to, band.bottom));
            scene.line(rule.0, rule.1, 0.8, super::palette::GREY, 0.3);
            draw_figure(scene, scale, figure, band.middle(), look);
        }
        for (figure, band) in panel.points.iter().zip(&bands) {
            print_right(scene, scale, figure, band.middle());
        }
    }
    bottom
}
