//! A total and the steps that add up to it, as bars that start where the one before ended.

use super::area::Area;
use super::axis::{Scale, Tick, draw_grid, round_step, ticks_height};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{GAP, gutter};
use super::palette::{Colour, DARK_GREY, GREY, LIGHT_GREY, WHITE, accent, needs_outline};
use super::rows::{bottom_of, draw_rows, label_width, padding, stack};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::{Plotted, Waterfall, WaterfallRow};

/// Height of a bar, and of a bar with the space around it.
const BAR: f64 = 15.0;
const LANE: f64 = 21.0;

/// Lays the rows out.
pub(super) fn layout(waterfall: &Waterfall, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let labels = || waterfall.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 200.0);
    let names: Vec<Block> = waterfall
        .steps
        .iter()
        .chain([&waterfall.total])
        .map(|name| Block::new(fonts, name, Style::SMALL, 210.0))
        .collect();
    let names_left = width + 18.0;
    let names_width = names.iter().map(|name| name.width(fonts)).fold(0.0, f64::max);
    let left = names_left + names_width + 14.0;
    let figures = || waterfall.rows.iter().flat_map(|row| row.steps.iter().chain([&row.total]));
    let gutter = gutter(&scene, figures());
    let (low, high) = ends(waterfall);
    let left_gutter = if low < 0.0 { gutter } else { 4.0 };
    let scale = Scale { low, high, left: left + left_gutter, right: across - gutter };

    let ticks = ticks(fonts, &scale);
    let heading = Block::new(fonts, &waterfall.axis_heading, Style::HEADING, across - left);
    let mut top = heading.height() + 2.0 + ticks_height(&ticks) + 6.0;
    heading.draw_above(&mut scene, Align::Left, left, top - 8.0 - ticks_height(&ticks));
    top += 1.0;
    // A name of several lines makes its lane higher, in every row alike.
    let lanes: Vec<f64> = names.iter().map(|name| LANE.max(name.height() + 4.0)).collect();
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |_| lanes.iter().sum());
    let bottom = bottom_of(&bands, top);
    draw_grid(&mut scene, &ticks, (left, across), top, bottom);
    let zero = scale.at(0.0);
    scene.line((zero, top), (zero, bottom), 1.4, GREY, 1.0);
    draw_rows(&mut scene, &bands, 0.0, across);
    let colours = colours(waterfall);
    for (row, band) in waterfall.rows.iter().zip(&bands) {
        let slack = band.bottom - band.top - 2.0 * padding(across) - lanes.iter().sum::<f64>();
        let mut lane_top = band.top + padding(across) + slack / 2.0;
        for (index, (from, to, figure)) in bars(row).into_iter().enumerate() {
            let y = lane_top + lanes[index] / 2.0;
            names[index].draw_around(&mut scene, Align::Left, names_left, y);
            if let (Some(next), false) = (lanes.get(index + 1), matches!(figure, Plotted::Mark(_))) {
                let x = scale.at(to);
                let below = lane_top + lanes[index] + next / 2.0;
                scene.line((x, y), (x, below), 1.0, GREY, 1.0);
            }
            draw_bar(&mut scene, &scale, (from, to), figure, y, colours[index]);
            lane_top += lanes[index];
        }
    }
    scene.height = bottom + 1.0;
    scene
}

/// Where each bar starts and ends. After a step that is not shown, nothing is known of where the next
/// would start, so what follows starts from nothing.
fn bars(row: &WaterfallRow) -> Vec<(f64, f64, &Plotted)> {
    let mut start = 0.0;
    let mut bars = Vec::new();
    for step in &row.steps {
        let end = match step {
            Plotted::Value { value, .. } => start + value,
            Plotted::Mark(_) => 0.0,
        };
        bars.push((start, end, step));
        start = end;
    }
    let total = match row.total {
        Plotted::Value { value, .. } => value,
        Plotted::Mark(_) => 0.0,
    };
    bars.push((0.0, total, &row.total));
    bars
}

/// The steps that matter in the colour of the audience, what is set against them in grey, the total
/// in dark grey.
fn colours(waterfall: &Waterfall) -> Vec<Colour> {
    let steps = (0..waterfall.steps.len()).map(|step| match step {
        0 => accent(waterfall.accent),
        _ => LIGHT_GREY,
    });
    steps.chain([DARK_GREY]).collect()
}

/// Round ends of an axis that holds every bar, and zero.
fn ends(waterfall: &Waterfall) -> (f64, f64) {
    let all = waterfall.rows.iter().flat_map(bars).flat_map(|(from, to, _)| [from, to]);
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(it), high.max(it)));
    let step = round_step((high - low).max(0.2), 4.0);
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil().max(1.0) * step)
}

fn ticks(fonts: &Fonts, scale: &Scale) -> Vec<Tick> {
    let step = round_step(scale.high - scale.low, 5.0);
    let first = (scale.low / step - 1e-9).ceil() as i64;
    let last = (scale.high / step + 1e-9).floor() as i64;
    let words = |value: f64| match (value.abs() * 100.0).round() / 100.0 {
        size if size < 0.005 => "0".to_owned(),
        size if value < 0.0 => format!("\u{2212}{size}"),
        size => format!("+{size}"),
    };
    (first..=last)
        .map(|index| index as f64 * step)
        .map(|value| Tick { x: scale.at(value), words: Block::new(fonts, &words(value), Style::SMALL, 60.0) })
        .collect()
}

/// Draws a bar and its value, on the side that it grows to.
fn draw_bar(
    scene: &mut Scene,
    scale: &Scale,
    (from, to): (f64, f64),
    figure: &Plotted,
    y: f64,
    colour: Colour,
) {
    let Plotted::Value { value, label, .. } = figure else {
        if let Plotted::Mark(mark) = figure {
            let x = scale.at(0.0) + GAP;
            scene.text_on_white(mark.symbol(), Style::VALUE, Align::Left, x, y);
        }
        return;
    };
    let (left, right) = (scale.at(from.min(to)), scale.at(from.max(to)));
    let area = Area { left, top: y - BAR / 2.0, right: right.max(left + 1.0), bottom: y + BAR / 2.0 };
    scene.rectangle(area, WHITE);
    scene.rectangle(area, colour);
    if needs_outline(colour) {
        scene.outline(area.grown(-0.4), 0.8, DARK_GREY);
    }
    scene.taken.push(area);
    if *value < 0.0 {
        scene.text_on_white(label, Style::VALUE, Align::Right, area.left - GAP, y);
    } else {
        scene.text_on_white(label, Style::VALUE, Align::Left, area.right + GAP, y);
    }
}
