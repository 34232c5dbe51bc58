//! Lines over the years on an upright axis of scores, with likely ranges and values.

use super::area::Area;
use super::marks::{Look, REACH, Shape, draw_mark};
use super::palette::{Colour, DARK_GREY, GREY, accent, needs_outline};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::{Accent, Axis, Plotted, TrendLine, TrendPoint};

/// Half the width of the caps of a range.
const CAP: f64 = 4.0;
/// Half a line of values, and its distance from what it belongs to.
const HALF: f64 = 8.0;
const AWAY: f64 = 4.0;
/// From the last year to names beside it.
const BESIDE: f64 = 26.0;
/// Space that a value needs to stand at every year.
const ROOM: f64 = 42.0;

/// Where years and scores lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    pub area: Area,
    low: f64,
    high: f64,
    waves: usize,
    /// From the last year to the edge, where that is not as at the first.
    trailing: Option<f64>,
}

/// Which values are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Labels {
    All,
    /// The first and the last of a line.
    Ends,
}

impl Labels {
    /// What a small panel has room for.
    pub(super) fn of(plot: &Plot) -> Labels {
        if plot.spacing() >= ROOM { Labels::All } else { Labels::Ends }
    }
}

impl Plot {
    pub(super) fn new(axis: &Axis, waves: usize, area: Area) -> Plot {
        Plot { area, low: axis.low, high: axis.high, waves, trailing: None }
    }

    /// The last year stands near the edge, so that names beyond it are near their marks.
    pub(super) fn with_names_beside(self) -> Plot {
        Plot { trailing: Some(BESIDE), ..self }
    }

    pub(super) fn moved(self, down: f64) -> Plot {
        Plot { area: self.area.moved(0.0, down), ..self }
    }

    /// From year to year.
    pub(super) fn spacing(&self) -> f64 {
        let gaps = self.waves.saturating_sub(1).max(1) as f64;
        (self.area.width() - self.inset() - self.trailing.unwrap_or(self.inset())) / gaps
    }

    /// From the edge to the first year.
    fn inset(&self) -> f64 {
        (self.area.width() / (self.waves as f64 + 1.0)).clamp(20.0, 72.0)
    }

    pub(super) fn x(&self, wave: usize) -> f64 {
        if self.waves == 1 {
            return f64::midpoint(self.area.left, self.area.right);
        }
        self.area.left + self.inset() + wave as f64 * self.spacing()
    }

    pub(super) fn y(&self, score: f64) -> f64 {
        let share = ((score - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.area.bottom - share * (self.area.bottom - self.area.top)
    }

    /// Scores that get a grid line: all whole ones, or a few of a long axis.
    pub(super) fn scores(&self) -> Vec<f64> {
        let span = self.high - self.low;
        let step = if span > 6.0 { span / 3.0 } else { 1.0 };
        let count = (span / step + 1e-9).floor() as usize;
        (0..=count).map(|index| self.low + index as f64 * step).collect()
    }
}

/// The mark of a line.
pub(super) fn line_look(index: usize, of: Accent) -> Look {
    Look { reach: 5.4, ..Look::of_side(index, accent(of)) }
}

/// Draws grid, lines, ranges, marks, then values where nothing is in their way.
pub(super) fn draw_plot(scene: &mut Scene, plot: &Plot, lines: &[TrendLine], labels: Labels) {
    for score in plot.scores() {
        let y = plot.y(score);
        let strength = if score > plot.low { super::axis::GRID_OPACITY } else { 1.0 };
        scene.line((plot.area.left, y), (plot.area.right, y), 1.0, GREY, strength);
    }
    for wave in 0..plot.waves {
        let (x, bottom) = (plot.x(wave), plot.area.bottom);
        scene.line((x, bottom), (x, bottom + 4.0), 1.0, GREY, 1.0);
    }
    let places: Vec<Vec<f64>> = (0..lines.len())
        .map(|index| (0..plot.waves).map(|wave| plot.x(wave) + aside(plot, index, lines.len())).collect())
        .collect();
    for (line, places) in lines.iter().zip(&places) {
        draw_joints(scene, plot, line, places);
    }
    for (index, (line, places)) in lines.iter().zip(&places).enumerate() {
        let look = line_look(index, line.accent);
        for (point, x) in line.points.iter().zip(places) {
            draw_point(scene, plot, &point.figure, *x, look);
        }
    }
    draw_missing(scene, plot, lines);
    for (line, places) in lines.iter().zip(&places) {
        let shown = |point: &TrendPoint| matches!(point.figure, Plotted::Value { .. });
        let first = line.points.iter().position(shown);
        let last = line.points.iter().rposition(shown);
        for (wave, (point, x)) in line.points.iter().zip(places).enumerate() {
            if labels == Labels::All || Some(wave) == first || Some(wave) == last {
                print_value(scene, plot, &point.figure, *x);
            }
        }
    }
}

/// Lines of the same year stand side by side, so that their ranges never run into one.
fn aside(plot: &Plot, index: usize, count: usize) -> f64 {
    let step = (plot.spacing() / (count as f64 + 1.0)).min(15.0);
    (index as f64 - (count as f64 - 1.0) / 2.0) * step
}

fn draw_joints(scene: &mut Scene, plot: &Plot, line: &TrendLine, places: &[f64]) {
    let pairs = line.points.windows(2).zip(places.windows(2));
    for (points, places) in pairs.filter(|(points, _)| points[1].joined) {
        if let [Plotted::Value { value: from, .. }, Plotted::Value { value: to, .. }] =
            [&points[0].figure, &points[1].figure]
        {
            let (from, to) = ((places[0], plot.y(*from)), (places[1], plot.y(*to)));
            scene.line(from, to, 2.4, edge(accent(line.accent)), 1.0);
        }
    }
}

fn edge(colour: Colour) -> Colour {
    if needs_outline(colour) { DARK_GREY } else { colour }
}

fn draw_point(scene: &mut Scene, plot: &Plot, figure: &Plotted, x: f64, look: Look) {
    let Plotted::Value { value, range, .. } = figure else { return };
    if let Some((low, high)) = range {
        let (bottom, top) = (plot.y(*low), plot.y(*high));
        let colour = edge(look.colour);
        scene.line((x, top), (x, bottom), 1.4, colour, 1.0);
        for y in [top, bottom] {
            scene.line((x - CAP, y), (x + CAP, y), 1.4, colour, 1.0);
        }
        scene.taken.push(Area { left: x - CAP, top: top - 1.0, right: x + CAP, bottom: bottom + 1.0 });
    }
    if look.shape == Shape::Ring {
        scene.ring((x, plot.y(*value)), REACH, 2.0, look.colour);
    } else {
        draw_mark(scene, look, x, plot.y(*value));
    }
}

/// Says at the foot of a year why a figure is missing; the bases below say whose it is.
fn draw_missing(scene: &mut Scene, plot: &Plot, lines: &[TrendLine]) {
    for wave in 0..plot.waves {
        let mut said: Vec<&str> = Vec::new();
        for line in lines {
            if let Plotted::Mark(mark) = line.points[wave].figure
                && !said.contains(&mark.symbol())
            {
                said.push(mark.symbol());
            }
        }
        for symbol in said {
            let style = Style::VALUE;
            let x = plot.x(wave);
            let free = (0..30).map(|step| plot.area.bottom - 12.0 - f64::from(step) * 4.0).find(|y| {
                let area = scene.text_area(symbol, style, Align::Centre, x, *y);
                scene.is_free(&area.grown(1.0))
            });
            if let Some(y) = free {
                scene.text_on_white(symbol, style, Align::Centre, x, y);
            }
        }
    }
}

/// Prints a value above or below its range, or as near to it as there is room.
fn print_value(scene: &mut Scene, plot: &Plot, figure: &Plotted, x: f64) {
    let Plotted::Value { value, label, range } = figure else { return };
    let (low, high) = range.unwrap_or((*value, *value));
    let above = plot.y(high.max(*value)).min(plot.y(*value) - REACH) - AWAY - HALF;
    let below = plot.y(low.min(*value)).max(plot.y(*value) + REACH) + AWAY + HALF;
    let steps = (0..90).map(|step| f64::from(step) * 4.0);
    let places = steps.flat_map(|step| [above - step, below + step]);
    let within = |y: &f64| *y >= plot.area.top - HALF && *y <= plot.area.bottom - HALF;
    let style = Style::VALUE;
    let free = places.filter(within).find(|y| {
        let area = scene.text_area(label, style, Align::Centre, x, *y);
        scene.is_free(&area.grown(1.0))
    });
    if let Some(y) = free {
        scene.text_on_white(label, style, Align::Centre, x, y);
    }
}
