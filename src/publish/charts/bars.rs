//! Bars from zero: counts or shares, never scores.

use super::area::Area;
use super::axis::{Scale, Tick, draw_grid, round_step, ticks_height};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{GAP, draw_range, gutter};
use super::palette::{Colour, DARK_GREY, WHITE, needs_outline, series_colours};
use super::rows::{PICTURE_WIDTH, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, name_right, swatch_entries, width_with_name};
use crate::publish::chart::{Bars, Plotted};

/// Height of a bar, and of a bar with the space around it.
const BAR: f64 = 15.0;
const LANE: f64 = 19.0;

/// Lays the rows out.
pub(super) fn layout(bars: &Bars, fonts: &'static Fonts) -> Scene {
    let mut scene = Scene::new(fonts, PICTURE_WIDTH);
    let labels = || bars.rows.iter().map(|(label, _)| label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 300.0);
    let figures = bars.rows.iter().flat_map(|(_, figures)| figures);
    let left = width + 18.0;
    let scale = Scale { low: 0.0, high: bars.high, left, right: PICTURE_WIDTH - gutter(&scene, figures) };
    let colours = series_colours(bars.series.len());
    let mut top = 0.0;
    let named = bars.series.len() > 1 && names_fit(&scene, bars, &scale);
    if bars.series.len() > 1 && !named {
        let entries = swatch_entries(&bars.series, &colours);
        top += draw_key(&mut scene, &entries, 0.0, PICTURE_WIDTH, top) + 14.0;
    }
    let unit = Block::new(fonts, &bars.unit, Style::HEADING, PICTURE_WIDTH - left);
    unit.draw_below(&mut scene, Align::Left, left, top);
    let ticks = ticks(fonts, &scale);
    top += unit.height() + 2.0 + ticks_height(&ticks) + 6.0;
    let lanes = bars.series.len() as f64;
    let bands = stack(fonts, labels(), Style::LABEL, width, top, |_| lanes * LANE);
    draw_grid(&mut scene, &ticks, (left - 12.0, PICTURE_WIDTH), top, bottom_of(&bands, top));
    draw_rows(&mut scene, &bands, 0.0, PICTURE_WIDTH);
    for (number, ((_, figures), band)) in bars.rows.iter().zip(&bands).enumerate() {
        for (index, figure) in figures.iter().enumerate() {
            let y = band.middle() + (index as f64 - (lanes - 1.0) / 2.0) * LANE;
            let end = draw_bar(&mut scene, &scale, figure, y, colours[index]);
            if named && number == 0 {
                name_right(&mut scene, &bars.series[index], end, y);
            }
        }
    }
    scene.height = bottom_of(&bands, top) + 1.0;
    scene
}

/// Ticks at round numbers from zero.
fn ticks(fonts: &Fonts, scale: &Scale) -> Vec<Tick> {
    let step = round_step(scale.high, 5.0);
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let count = (scale.high / step + 1e-9).floor() as usize;
    (0..=count)
        .map(|index| {
            let value = index as f64 * step;
            Tick {
                x: scale.at(value),
                words: Block::new(fonts, &format!("{value:.decimals$}"), Style::SMALL, 90.0),
            }
        })
        .collect()
}

/// Whether the first row has a bar for every series and room for every name beside it.
fn names_fit(scene: &Scene, bars: &Bars, scale: &Scale) -> bool {
    let Some((_, figures)) = bars.rows.first() else {
        return false;
    };
    figures.iter().zip(&bars.series).all(|(figure, name)| match figure {
        Plotted::Value { value, label, range } => {
            let end = scale.at(range.map_or(*value, |(_, high)| high.max(*value)));
            end + GAP + width_with_name(scene, label, name) <= PICTURE_WIDTH
        }
        Plotted::Mark(_) => false,
    })
}

/// Draws a bar and its value. Returns where the value ends.
fn draw_bar(scene: &mut Scene, scale: &Scale, figure: &Plotted, y: f64, colour: Colour) -> f64 {
    match figure {
        Plotted::Value { value, label, range } => {
            let area =
                Area { left: scale.left, top: y - BAR / 2.0, right: scale.at(*value), bottom: y + BAR / 2.0 };
            if area.width() > 0.0 {
                scene.rectangle(area, colour);
                if needs_outline(colour) {
                    scene.outline(area, 0.8, DARK_GREY);
                }
                scene.taken.push(area);
            }
            let mut end = area.right;
            if let Some((low, high)) = range {
                let (low, high) = (scale.at(*low), scale.at(*high));
                scene.line((low - 1.5, y), (high + 1.5, y), 4.5, WHITE, 1.0);
                draw_range(scene, low, high, y, DARK_GREY);
                end = end.max(high);
            }
            scene.text_on_white(label, Style::VALUE, Align::Left, end + GAP, y);
            end + GAP + scene.measure(label, Style::VALUE)
        }
        Plotted::Mark(mark) => {
            let x = scale.left + GAP;
            scene.text_on_white(mark.symbol(), Style::VALUE, Align::Left, x, y);
            x + scene.measure(mark.symbol(), Style::VALUE)
        }
    }
}
