//! A grid of values: each is printed, and withheld ones are hatched.

use super::area::Area;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::palette::{Colour, DARK_BLUE, WHITE, ink_on, ramp};
use super::rows::{Column, bottom_of, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::wrap::widest_word;
use crate::publish::chart::{Heatmap, Plotted};
use crate::publish::mark::Mark;

const HEADING: Style = Style::new(12.5, Weight::SemiBold);
/// White space between two cells.
const BETWEEN: f64 = 3.0;
const CELL: f64 = 20.0;
/// Room that a value needs.
const NARROWEST: f64 = 46.0;
/// Shades from one end of the ramp to the other.
const STEPS: usize = 25;

/// Lays the grid out.
pub(super) fn layout(heatmap: &Heatmap, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let labels = || heatmap.rows.iter().map(|row| row.label.as_str());
    // Row labels give way so that no word of a column heading is split.
    let needs: Vec<f64> = heatmap
        .columns
        .iter()
        .map(|column| widest_word(fonts, column, HEADING.size, HEADING.weight) + 8.0)
        .collect();
    let even = needs.iter().copied().fold(NARROWEST, f64::max) * needs.len() as f64;
    let uneven = needs.iter().map(|need| need.max(NARROWEST)).sum::<f64>();
    let bases: Vec<&str> = heatmap.rows.iter().map(|row| row.base.as_str()).collect();
    let bases = Column::new(fonts, &heatmap.base_heading, &bases, Style::SMALL, Align::Right, 66.0);
    let bases_left = across - bases.width;
    let right = bases_left - 10.0;
    let room = right - 14.0;
    let widest = (room - even).max((room - uneven).min(180.0)).clamp(120.0, 240.0);
    let width = label_width(fonts, labels(), Style::LABEL, widest);
    let left = width + 14.0;
    let columns = columns(&needs, left, right);

    let mut top = draw_key(&mut scene, heatmap, left) + 16.0;
    let headings: Vec<Block> = heatmap
        .columns
        .iter()
        .zip(&columns)
        .map(|(text, (from, to))| Block::new(fonts, text, HEADING, to - from - 6.0))
        .collect();
    top += headings.iter().chain([&bases.heading]).map(Block::height).fold(0.0, f64::max) + 6.0;
    for (heading, (from, to)) in headings.iter().zip(&columns) {
        heading.draw_above(&mut scene, Align::Centre, f64::midpoint(*from, *to), top - 4.0);
    }
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |row| {
        let cells = heatmap.rows[row].values.iter().zip(&columns);
        let heights = cells.map(|(figure, (from, to))| match figure {
            Plotted::Value { label, .. } => value_block(fonts, label, to - from - BETWEEN).height(),
            Plotted::Mark(_) => 0.0,
        });
        heights.fold(CELL, f64::max)
    });
    bases.draw(&mut scene, bases_left, top, &bands);
    for (row, band) in heatmap.rows.iter().zip(&bands) {
        band.label.draw_around(&mut scene, Align::Left, 0.0, band.middle());
        for (figure, (from, to)) in row.values.iter().zip(&columns) {
            let cell = Area { left: *from, top: band.top, right: *to, bottom: band.bottom };
            draw_cell(&mut scene, heatmap, figure, cell.grown(-BETWEEN / 2.0));
        }
    }
    scene.height = bottom_of(&bands, top) + 1.0;
    scene
}

/// Left and right end of every column. They are equally wide, unless a heading has a word that needs
/// more; if there is no room for all such words, they are equally wide again.
fn columns(needs: &[f64], left: f64, right: f64) -> Vec<(f64, f64)> {
    let (total, count) = (right - left, needs.len() as f64);
    let mut level = total / count;
    if needs.iter().sum::<f64>() <= total {
        for _ in needs {
            let (wide, narrow): (Vec<f64>, Vec<f64>) = needs.iter().partition(|need| **need > level);
            if narrow.is_empty() {
                break;
            }
            level = (total - wide.iter().sum::<f64>()) / narrow.len() as f64;
        }
    } else {
        level = f64::INFINITY;
    }
    let width = |need: &f64| if level.is_finite() { need.max(level) } else { total / count };
    let mut next = left;
    needs
        .iter()
        .map(|need| {
            let from = next;
            next += width(need);
            (from, next)
        })
        .collect()
}

/// The value as it stands in its cell: on one line where that has room.
fn value_block(fonts: &Fonts, label: &str, width: f64) -> Block {
    Block::new(fonts, label, Style::VALUE, width - 6.0)
}

fn draw_cell(scene: &mut Scene, heatmap: &Heatmap, figure: &Plotted, cell: Area) {
    let x = f64::midpoint(cell.left, cell.right);
    let y = f64::midpoint(cell.top, cell.bottom);
    match figure {
        Plotted::Value { value, label, .. } => {
            let ground = shade((value - heatmap.low) / (heatmap.high - heatmap.low));
            scene.rectangle(cell, ground);
            scene.outline(cell, 0.8, DARK_BLUE);
            let words = value_block(scene.fonts, label, cell.width());
            let style = Style::VALUE.coloured(ink_on(ground));
            Block { style, ..words }.draw_around(scene, Align::Centre, x, y);
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

/// The nearest of the shades.
fn shade(share: f64) -> Colour {
    let last = STEPS as f64 - 1.0;
    ramp((share.clamp(0.0, 1.0) * last).round() / last)
}

/// The ramp with the meaning of its ends. Returns its height.
fn draw_key(scene: &mut Scene, heatmap: &Heatmap, left: f64) -> f64 {
    let style = Style::SMALL;
    let room = (scene.width - left - 220.0) / 2.0;
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
        scene.rectangle(area, shade(share));
    }
    let whole = Area { left: from, top: middle - 6.0, right: from + 200.0, bottom: middle + 6.0 };
    scene.outline(whole, 0.8, DARK_BLUE);
    scene.taken.push(whole);
    high.draw_around(scene, Align::Left, whole.right + 10.0, middle);
    height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_even_unless_a_word_needs_more() {
        assert_eq!(columns(&[10.0, 20.0], 0.0, 100.0), [(0.0, 50.0), (50.0, 100.0)]);
        assert_eq!(columns(&[60.0, 10.0, 20.0], 0.0, 100.0), [(0.0, 60.0), (60.0, 80.0), (80.0, 100.0)]);
        assert_eq!(columns(&[90.0, 90.0], 0.0, 100.0), [(0.0, 50.0), (50.0, 100.0)]);
    }
}
