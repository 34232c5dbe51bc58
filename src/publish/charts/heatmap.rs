//! A grid of values: each is printed, and withheld ones are hatched.

use super::area::Area;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::palette::{DARK_BLUE, WHITE, ink_on, ramp};
use super::rows::{PICTURE_WIDTH, bottom_of, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::wrap::widest_word;
use crate::publish::chart::{Heatmap, Plotted};
use crate::publish::mark::Mark;

const HEADING: Style = Style::new(12.5, Weight::SemiBold);
/// White space between two cells.
const BETWEEN: f64 = 3.0;
const CELL: f64 = 24.0;
/// Steps of the key's ramp.
const STEPS: usize = 50;

/// Lays the grid out.
pub(super) fn layout(heatmap: &Heatmap, fonts: &'static Fonts) -> Scene {
    let mut scene = Scene::new(fonts, PICTURE_WIDTH);
    let labels = || heatmap.rows.iter().map(|(label, _)| label.as_str());
    // Row labels give way so that no word of a column heading is split.
    let count = heatmap.columns.len() as f64;
    let word = heatmap
        .columns
        .iter()
        .map(|column| widest_word(fonts, column, HEADING.size, HEADING.weight))
        .fold(0.0, f64::max);
    let widest = (PICTURE_WIDTH - 14.0 - count * (word + 10.0)).clamp(150.0, 240.0);
    let width = label_width(fonts, labels(), Style::LABEL, widest);
    let left = width + 14.0;
    let step = (PICTURE_WIDTH - left) / count;

    let mut top = draw_key(&mut scene, heatmap, left) + 16.0;
    let headings: Vec<Block> =
        heatmap.columns.iter().map(|column| Block::new(fonts, column, HEADING, step - 6.0)).collect();
    top += headings.iter().map(Block::height).fold(0.0, f64::max) + 6.0;
    for (index, heading) in headings.iter().enumerate() {
        let x = left + (index as f64 + 0.5) * step;
        heading.draw_above(&mut scene, Align::Centre, x, top - 4.0);
    }
    let bands = stack(fonts, labels(), Style::LABEL, width, top, |_| CELL);
    for ((_, figures), band) in heatmap.rows.iter().zip(&bands) {
        band.label.draw_around(&mut scene, Align::Left, 0.0, band.middle());
        for (index, figure) in figures.iter().enumerate() {
            let from = left + index as f64 * step;
            let cell = Area { left: from, top: band.top, right: from + step, bottom: band.bottom };
            draw_cell(&mut scene, heatmap, figure, cell.grown(-BETWEEN / 2.0));
        }
    }
    scene.height = bottom_of(&bands, top) + 1.0;
    scene
}

fn draw_cell(scene: &mut Scene, heatmap: &Heatmap, figure: &Plotted, cell: Area) {
    let x = f64::midpoint(cell.left, cell.right);
    let y = f64::midpoint(cell.top, cell.bottom);
    match figure {
        Plotted::Value { value, label, .. } => {
            let ground = ramp((value - heatmap.low) / (heatmap.high - heatmap.low));
            scene.rectangle(cell, ground);
            scene.outline(cell, 0.8, DARK_BLUE);
            let style = Style::VALUE.coloured(ink_on(ground));
            scene.text(label, style, Align::Centre, x, y);
        }
        Plotted::Mark(mark) => {
            if *mark == Mark::Withheld {
                scene.hatch(cell);
            } else {
                scene.outline(cell, 0.8, DARK_BLUE);
            }
            let style = Style::VALUE;
            let patch = scene.text_area(mark.symbol(), style, Align::Centre, x, y);
            scene.rectangle(patch.grown(2.0), WHITE);
            scene.text(mark.symbol(), style, Align::Centre, x, y);
        }
    }
}

/// The ramp with the meaning of its ends. Returns its height.
fn draw_key(scene: &mut Scene, heatmap: &Heatmap, left: f64) -> f64 {
    let style = Style::SMALL;
    let room = (PICTURE_WIDTH - left - 220.0) / 2.0;
    let low = Block::new(scene.fonts, &heatmap.low_label, style, room);
    let high = Block::new(scene.fonts, &heatmap.high_label, style, room);
    let height = low.height().max(high.height()).max(style.line_height());
    let middle = height / 2.0;
    low.draw_around(scene, Align::Left, left, middle);
    let from = left + low.width(scene.fonts) + 10.0;
    let step = 200.0 / STEPS as f64;
    for index in 0..STEPS {
        let share = index as f64 / (STEPS - 1) as f64;
        let area = Area {
            left: from + index as f64 * step,
            top: middle - 6.0,
            // A little overlap leaves no seams.
            right: (from + (index + 1) as f64 * step + 1.0).min(from + 200.0),
            bottom: middle + 6.0,
        };
        scene.rectangle(area, ramp(share));
    }
    let whole = Area { left: from, top: middle - 6.0, right: from + 200.0, bottom: middle + 6.0 };
    scene.outline(whole, 0.8, DARK_BLUE);
    scene.taken.push(whole);
    high.draw_around(scene, Align::Left, whole.right + 10.0, middle);
    height
}
