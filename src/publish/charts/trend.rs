//! Scores over all years: one panel with a line per audience, or a small panel per question. A line
//! never passes over a year without a figure.

use super::area::Area;
use super::axis::end_words;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::multiples::columns;
use super::palette::GREY;
use super::plot::{Labels, Plot, draw_plot, line_look};
use super::rows::{label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{Entry, Sign, draw_key};
use crate::publish::chart::{Axis, Plotted, Trend, TrendLine, TrendPanel};

const TITLE: Style = Style::new(14.0, Weight::SemiBold);
const TICK: Style = Style::new(12.0, Weight::Regular);
/// Height of the axis in a panel that stands alone, and in one of several.
const TALL: f64 = 290.0;
/// Two or three years say little more when they are drawn high.
const MODEST: f64 = 190.0;
const FEW: usize = 3;
const LOW: f64 = 118.0;
/// The longest line of a name beside a mark, and how far from the mark it may stand.
const LONGEST_NAME: f64 = 130.0;
const FARTHEST_NAME: f64 = 14.0;
/// What the ends of the scale mean stands beside them in no more lines than this.
const MOST_LINES_OF_ENDS: usize = 2;
/// Space between two panels.
const BETWEEN: f64 = 34.0;
/// Room for the scores beside a small panel.
const SCORES: f64 = 14.0;

/// Lays the panels out.
pub(super) fn layout(trend: &Trend, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    match trend.panels.as_slice() {
        [one] => alone(&mut scene, trend, one),
        panels => several(&mut scene, trend, panels),
    }
    scene
}

/// One large panel; the bases stand below it, year under year.
fn alone(scene: &mut Scene, trend: &Trend, panel: &TrendPanel) {
    let fonts = scene.fonts;
    let names = || panel.lines.iter().map(|line| line.name.as_str());
    let left = label_width(fonts, names().chain([trend.base_heading.as_str()]), Style::LABEL, 200.0);
    let height = if trend.waves.len() <= FEW { MODEST } else { TALL };
    let area = Area { left: left + 24.0, top: 12.0, right: scene.width - 24.0, bottom: 12.0 + height };
    let mut plot = Plot::new(&trend.axis, trend.waves.len(), area);
    if panel.lines.len() > 1 {
        match beside(fonts, &panel.lines, &plot) {
            Some(names) => {
                let widest = names.iter().map(|(name, _)| name.width(fonts)).fold(0.0, f64::max);
                let area = Area { right: scene.width - widest - 8.0, ..area };
                plot = Plot::new(&trend.axis, trend.waves.len(), area).with_names_beside();
                for (name, y) in &names {
                    name.draw_around(scene, Align::Left, plot.area.right + 8.0, *y);
                }
            }
            None => plot = plot.moved(key(scene, &panel.lines)),
        }
    }
    let ends = [(trend.axis.low, &trend.axis.low_label), (trend.axis.high, &trend.axis.high_label)];
    let ends = ends.map(|(end, label)| (end, Block::new(fonts, &end_words(end, label), Style::SMALL, left)));
    let are_spelled = ends.iter().all(|(_, words)| words.lines.len() <= MOST_LINES_OF_ENDS);
    if !are_spelled {
        plot = plot.moved(say_scale(scene, &trend.axis, plot.area.top - 12.0));
    }
    draw_plot(scene, &plot, &panel.lines, Labels::All);
    for score in plot.scores() {
        let number = Block::new(fonts, &format!("{score}"), Style::SMALL, left);
        let end = ends.iter().find(|(end, _)| are_spelled && (end - score).abs() < 1e-9);
        let words = end.map_or(&number, |(_, words)| words);
        words.draw_around(scene, Align::Right, plot.area.left - 10.0, plot.y(score));
    }
    let mut y = plot.area.bottom + 8.0;
    y += draw_years(scene, &plot, &trend.waves, Style::HEADING, (plot.area.left - 4.0, y)) + 14.0;
    let heading = Block::new(fonts, &trend.base_heading, Style::HEADING, scene.width);
    heading.draw_below(scene, Align::Left, 0.0, y);
    y += heading.height() + 2.0;
    scene.line((0.0, y), (scene.width, y), 0.8, GREY, 0.3);
    let bands = stack(scene, names(), Style::LABEL, left, y, |_| 0.0);
    super::rows::draw_rows(scene, &bands, 0.0, scene.width);
    for (line, band) in panel.lines.iter().zip(&bands) {
        for (wave, point) in line.points.iter().enumerate() {
            scene.text(&point.base, Style::SMALL, Align::Centre, plot.x(wave), band.middle());
        }
        y = band.bottom;
    }
    scene.height = y + 1.0;
}

/// Says what the ends of the scale mean, on lines of its own. Returns the room that it took.
fn say_scale(scene: &mut Scene, axis: &Axis, top: f64) -> f64 {
    let said = format!("Scale: from {} to {}", axis.low_label, axis.high_label);
    let said = Block::new(scene.fonts, &said, Style::SMALL, scene.width);
    said.draw_below(scene, Align::Left, 0.0, top);
    said.height() + 12.0
}

/// Names beside the last marks, each with its height; none where a line has no last mark, or where
/// they would stand too far from it.
fn beside(fonts: &Fonts, lines: &[TrendLine], plot: &Plot) -> Option<Vec<(Block, f64)>> {
    let mut names = Vec::new();
    for line in lines {
        let Plotted::Value { value, .. } = line.points.last()?.figure else { return None };
        let name = Block::new(fonts, &line.name, Style::HEADING, LONGEST_NAME);
        names.push((name, plot.y(value)));
    }
    names.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut free = f64::NEG_INFINITY;
    for (name, y) in &mut names {
        let half = name.height() / 2.0;
        let placed = y.max(free + half);
        if placed - *y > FARTHEST_NAME || placed < half || placed + half > plot.area.bottom {
            return None;
        }
        *y = placed;
        free = placed + half + 2.0;
    }
    Some(names)
}

/// The key of the lines, on top. Returns the room that it took.
fn key<'l>(scene: &mut Scene, lines: &'l [TrendLine]) -> f64 {
    let entry = |(index, line): (usize, &'l TrendLine)| Entry {
        name: line.name.as_str(),
        sign: Sign::Mark(line_look(index, line.accent)),
    };
    let entries: Vec<Entry<'_>> = lines.iter().enumerate().map(entry).collect();
    draw_key(scene, &entries, 0.0, scene.width, 0.0) + 10.0
}

/// Small panels, each with its bases in words.
fn several(scene: &mut Scene, trend: &Trend, panels: &[TrendPanel]) {
    let fonts = scene.fonts;
    let axis = &trend.axis;
    let mut top = say_scale(scene, axis, 0.0);
    let lines = panels.iter().map(|panel| panel.lines.len()).max().unwrap_or(1);
    if let Some(panel) = panels.iter().find(|_| lines > 1) {
        let mut keys = Scene::new(fonts, scene.width);
        let height = key(&mut keys, &panel.lines);
        scene.place(&keys, 0.0, top);
        top += height + 4.0;
    }
    let count = columns(panels.len(), scene.width);
    let width = (scene.width - (count as f64 - 1.0) * BETWEEN) / count as f64;
    for chunk in panels.chunks(count) {
        let titles: Vec<Block> =
            chunk.iter().map(|panel| Block::new(fonts, &panel.title, TITLE, width)).collect();
        let title_height = titles.iter().map(Block::height).fold(0.0, f64::max);
        let mut bottom = top;
        for (index, (panel, title)) in chunk.iter().zip(&titles).enumerate() {
            let left = index as f64 * (width + BETWEEN);
            title.draw_above(scene, Align::Left, left, top + title_height);
            let plot_top = top + title_height + 12.0;
            let area =
                Area { left: left + SCORES, top: plot_top, right: left + width, bottom: plot_top + LOW };
            let plot = Plot::new(axis, trend.waves.len(), area);
            draw_plot(scene, &plot, &panel.lines, Labels::of(&plot));
            for score in plot.scores() {
                let x = plot.area.left - 6.0;
                scene.text(&format!("{score}"), TICK, Align::Right, x, plot.y(score));
            }
            let mut y = area.bottom + 6.0;
            y += draw_years(scene, &plot, &trend.waves, TICK, (plot.area.left - SCORES, y)) + 2.0;
            for line in &panel.lines {
                let bases: Vec<&str> = line.points.iter().map(|point| point.base.as_str()).collect();
                let name = if lines > 1 { format!(", {}", line.name) } else { String::new() };
                let words = format!("{}{name}: {}", trend.base_heading, bases.join(", "));
                let words = Block::new(fonts, &words, TICK, width);
                words.draw_below(scene, Align::Left, left, y);
                y += words.height();
            }
            bottom = bottom.max(y);
        }
        scene.height = bottom + 1.0;
        top = bottom + 20.0;
    }
}

/// The years under the axis, from a corner on: all of them where they have room, otherwise the first,
/// the last, and as many between as fit at even steps. Returns their height.
fn draw_years(
    scene: &mut Scene,
    plot: &Plot,
    waves: &[String],
    style: Style,
    (left, top): (f64, f64),
) -> f64 {
    let fonts = scene.fonts;
    let last = waves.len() - 1;
    let widest = waves.iter().map(|wave| scene.measure(wave, style)).fold(0.0, f64::max);
    let fits = |step: usize| plot.spacing() * step as f64 >= widest + 6.0;
    let even = |step: &usize| last.is_multiple_of(*step);
    let step = (1..=last.max(1)).filter(even).find(|step| fits(*step)).unwrap_or(last.max(1));
    let shown = (last / step + 1) as f64;
    let right = (plot.area.right + 24.0).min(scene.width);
    let room = (plot.spacing() * step as f64 - 6.0).min((right - left - 8.0 * (shown - 1.0)) / shown);
    let blocks = waves.iter().map(|wave| Block::new(fonts, wave, style, room));
    let mut tallest: f64 = 0.0;
    for (wave, block) in blocks.enumerate().filter(|(wave, _)| wave.is_multiple_of(step)) {
        let half = block.width(fonts) / 2.0;
        let x = plot.x(wave).min(right - half).max(left + half);
        block.draw_below(scene, Align::Centre, x, top);
        tallest = tallest.max(block.height());
    }
    tallest
}
