//! This council with its likely range, and below it where other councils lie: a bar from the lowest to
//! the highest, a tick at the median and a mark at their average.

use super::area::Area;
use super::axis::{Scale, draw_grid, say_ends, score_ticks, ticks_height};
use super::fonts::Fonts;
use super::marks::{Look, Shape, draw_figure, draw_mark, gutter, print_right};
use super::palette::{DARK_GREY, GREY, accent};
use super::rows::{Column, bottom_of, draw_rows, label_width, lane, stack};
use super::scene::{Align, INK, Scene, Style};
use super::series::{Entry, Sign, draw_key};
use crate::publish::chart::{CouncilRow, Councils, Plotted};

/// Half the height of the bar of the others, and of the tick at their median.
const BAR: f64 = 2.0;
const TICK: f64 = 8.0;
/// Half the height of the mark of their average: small, so that the bar and the tick stay in sight.
const DOT: f64 = 4.0;

/// Lays the rows out.
pub(super) fn layout(councils: &Councils, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let rows = &councils.rows;
    let labels = || rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 220.0);
    let column = |heading: &str, cells: &[&str], align, widest| {
        Column::new(fonts, heading, cells, Style::SMALL, align, widest)
    };
    let words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
    let bases: Vec<&str> = rows.iter().map(|row| row.base.as_str()).collect();
    let words = column(&councils.words_heading, &words, Align::Left, 130.0);
    let bases = column(&councils.base_heading, &bases, Align::Right, 100.0);
    let bases_left = across - bases.width;
    let words_left = bases_left - 18.0 - words.width;
    let slot = (width + 18.0, words_left - 18.0);
    let figures = rows.iter().flat_map(|row| [&row.ours, &row.others]);
    let scale = Scale {
        low: councils.axis.low,
        high: councils.axis.high,
        left: slot.0 + 16.0,
        right: slot.1 - gutter(&scene, figures),
    };

    let mut top = draw_key(&mut scene, &entries(councils), 0.0, across, 0.0) + 14.0;
    top += say_ends(&mut scene, &councils.axis, &scale, Style::SMALL, top);
    let ticks = score_ticks(fonts, &councils.axis, &scale, Style::SMALL);
    let headings = words.heading.height().max(bases.heading.height());
    top += ticks_height(&ticks).max(headings) + 6.0;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |index| {
        words.cells[index].height().max(bases.cells[index].height()).max(2.0 * lane(across))
    });
    let bottom = bottom_of(&bands, top);
    draw_grid(&mut scene, &ticks, slot, top, bottom);
    draw_rows(&mut scene, &bands, 0.0, across);
    words.draw(&mut scene, words_left, top, &bands);
    bases.draw(&mut scene, bases_left, top, &bands);
    for (row, band) in rows.iter().zip(&bands) {
        let (above, below) = (band.middle() - lane(across) / 2.0, band.middle() + lane(across) / 2.0);
        let ours = Look::new(Shape::Disc, accent(councils.accent));
        draw_figure(&mut scene, &scale, &row.ours, above, ours);
        print_right(&mut scene, &scale, &row.ours, above);
        draw_others(&mut scene, &scale, row, below);
        print_right(&mut scene, &scale, &row.others, below);
    }
    scene.height = bottom + 1.0;
    scene
}

fn entries(councils: &Councils) -> Vec<Entry<'_>> {
    let entry = |name, sign| Entry { name, sign };
    let ours = Sign::Mark(Look::new(Shape::Disc, accent(councils.accent)));
    let mut entries = vec![entry(&councils.names[0], ours), entry(&councils.names[1], Sign::Mark(average()))];
    if councils.rows.iter().any(|row| row.median.is_some()) {
        entries.push(entry(&councils.spread_name, Sign::Spread));
    }
    entries
}

/// The mark of the others' average.
fn average() -> Look {
    Look { reach: DOT, ..Look::new(Shape::Diamond, DARK_GREY) }
}

fn draw_others(scene: &mut Scene, scale: &Scale, row: &CouncilRow, y: f64) {
    let Plotted::Value { value, range, .. } = &row.others else { return };
    if let Some((low, high)) = range {
        let median = row.median.map(|median| scale.at(median));
        draw_spread(scene, (scale.at(*low), scale.at(*high)), median, y);
    }
    draw_mark(scene, average(), scale.at(*value), y);
}

/// A bar from end to end, with a tick.
pub(super) fn draw_spread(scene: &mut Scene, (from, to): (f64, f64), median: Option<f64>, y: f64) {
    scene.line((from, y), (to, y), 2.0 * BAR, GREY, 1.0);
    scene.taken.push(Area { left: from, top: y - BAR, right: to, bottom: y + BAR });
    if let Some(x) = median {
        scene.line((x, y - TICK), (x, y + TICK), 2.5, INK, 1.0);
        scene.taken.push(Area { left: x - 1.5, top: y - TICK, right: x + 1.5, bottom: y + TICK });
    }
}
