//! One small panel per question with the same rows in each; panels of one line share their labels.

use super::axis::{Scale, draw_grid, say_ends, score_ticks, ticks_height};
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::marks::{Look, Shape, draw_figure, gutter, print_right};
use super::palette::accent;
use super::rows::{Column, WIDE, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::{Multiples, Panel};

const LABEL: Style = Style::new(14.0, Weight::Regular);
const TICK: Style = Style::new(12.0, Weight::Regular);
const TITLE: Style = Style::new(14.0, Weight::SemiBold);
/// Small, so that short ranges show on either side.
const REACH: f64 = 4.2;
/// Space between two panels.
const BETWEEN: f64 = 20.0;

/// What every line of panels shares.
#[derive(Clone, Debug)]
struct Grid {
    label_width: f64,
    bases: Column,
    bases_left: f64,
    /// Left end of the first panel.
    left: f64,
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
        let bases = Column::new(fonts, heading, &bases, Style::SMALL, Align::Right, 66.0);
        let bases_left = label_width + 12.0;
        let left = bases_left + bases.width + BETWEEN;
        let count = columns(multiples.panels.len(), scene.width) as f64;
        let panel_width = (scene.width - left - (count - 1.0) * BETWEEN) / count;
        let gutter = gutter(scene, multiples.panels.iter().flat_map(|panel| &panel.points));
        Grid { label_width, bases, bases_left, left, panel_width, gutter }
    }

    /// Left end and scale of the panel at a place in its line.
    fn panel(&self, multiples: &Multiples, index: usize) -> (f64, Scale) {
        let from = self.left + index as f64 * (self.panel_width + BETWEEN);
        let scale = Scale {
            low: multiples.axis.low,
            high: multiples.axis.high,
            left: from + 10.0,
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
    for (number, panels) in multiples.panels.chunks(columns(multiples.panels.len(), across)).enumerate() {
        if number > 0 {
            top += 26.0;
        }
        top = draw_line(&mut scene, multiples, &grid, panels, top);
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
fn draw_line(scene: &mut Scene, multiples: &Multiples, grid: &Grid, panels: &[Panel], top: f64) -> f64 {
    let fonts = scene.fonts;
    let look = Look { shape: Shape::Disc, colour: accent(multiples.accent), reach: REACH };
    let places: Vec<(f64, Scale)> = (0..panels.len()).map(|index| grid.panel(multiples, index)).collect();
    let titles: Vec<Block> =
        panels.iter().map(|panel| Block::new(fonts, &panel.title, TITLE, grid.panel_width)).collect();
    let title_height = titles.iter().map(Block::height).fold(0.0, f64::max);
    let tick_height = places
        .iter()
        .map(|(_, scale)| ticks_height(&score_ticks(fonts, &multiples.axis, scale, TICK)))
        .fold(0.0, f64::max);
    let head = (title_height + 4.0 + tick_height).max(grid.bases.heading.height());
    let rows_top = top + head + 6.0;
    let labels = multiples.groups.iter().map(|(label, _)| label.as_str());
    let bands = stack(scene, labels, LABEL, grid.label_width, rows_top, |_| 16.0);
    let bottom = bottom_of(&bands, rows_top);
    draw_rows(scene, &bands, 0.0, grid.left - BETWEEN / 2.0);
    grid.bases.draw(scene, grid.bases_left, rows_top, &bands);
    for ((panel, title), (from, scale)) in panels.iter().zip(&titles).zip(&places) {
        let to = from + grid.panel_width;
        title.draw_above(scene, Align::Left, *from, rows_top - 10.0 - tick_height);
        let ticks = score_ticks(fonts, &multiples.axis, scale, TICK);
        draw_grid(scene, &ticks, (*from - 8.0, to), rows_top, bottom);
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
