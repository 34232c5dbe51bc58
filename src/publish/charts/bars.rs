//! Bars from zero: counts or shares, never scores.

use super::area::Area;
use super::axis::{Scale, Tick, draw_grid, round_step, ticks_height};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{GAP, draw_range, gutter};
use super::palette::{Colour, DARK_GREY, LIGHT_GREY, WHITE, accent, needs_outline, series_colours};
use super::rows::{Column, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, name_right, swatch_entries, width_with_name};
use crate::publish::chart::{Bars, Plotted};

/// Height of a bar, and of a bar with the space around it.
const BAR: f64 = 15.0;
const LANE: f64 = 19.0;

/// Lays the rows out.
pub(super) fn layout(bars: &Bars, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let labels = || bars.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 300.0);
    let figures = bars.rows.iter().flat_map(|row| &row.values);
    let bases: Vec<&str> = bars.rows.iter().map(|row| row.base.as_str()).collect();
    let bases = Column::new(fonts, &bars.base_heading, &bases, Style::SMALL, Align::Right, 100.0);
    let bases_left = across - bases.width;
    let left = width + 18.0;
    let right = bases_left - 18.0;
    let scale = Scale { low: 0.0, high: bars.high, left, right: right - gutter(&scene, figures) };
    let colours = colours(bars);
    let mut top = 0.0;
    let named = bars.series.len() > 1 && names_fit(&scene, bars, &scale, right);
    if bars.series.len() > 1 && !named {
        let entries = swatch_entries(&bars.series, &colours);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    let unit = Block::new(fonts, &bars.unit, Style::HEADING, right - left);
    let ticks = ticks(fonts, &scale);
    top += (unit.height() + 2.0 + ticks_height(&ticks)).max(bases.heading.height()) + 6.0;
    unit.draw_above(&mut scene, Align::Left, left, top - 8.0 - ticks_height(&ticks));
    let lanes = bars.series.len() as f64;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |_| lanes * LANE);
    draw_grid(&mut scene, &ticks, (left - 12.0, right), top, bottom_of(&bands, top));
    draw_rows(&mut scene, &bands, 0.0, across);
    bases.draw(&mut scene, bases_left, top, &bands);
    for (number, (row, band)) in bars.rows.iter().zip(&bands).enumerate() {
        for (index, figure) in row.values.iter().enumerate() {
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

/// Audiences keep their colours. Two series of one audience are something and what it is compared
/// with, which stays grey.
fn colours(bars: &Bars) -> Vec<Colour> {
    match (bars.series.len(), &bars.accents[..]) {
        (series, accents) if series == accents.len() => accents.iter().map(|one| accent(*one)).collect(),
        (2, [one]) => vec![LIGHT_GREY, accent(*one)],
        (series, _) => series_colours(series),
    }
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
fn names_fit(scene: &Scene, bars: &Bars, scale: &Scale, right: f64) -> bool {
    let Some(row) = bars.rows.first() else {
        return false;
    };
    row.values.iter().zip(&bars.series).all(|(figure, name)| match figure {
        Plotted::Value { value, label, range } => {
            let end = scale.at(range.map_or(*value, |(_, high)| high.max(*value)));
            end + GAP + width_with_name(scene, label, name) <= right
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
