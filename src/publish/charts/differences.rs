//! Rows of differences on an axis of points centred on zero: one line per way of looking at the same
//! difference, so that nothing overlaps, then what the survey can say about it.

use super::axis::{draw_grid, snug, ticks_height};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{Look, draw_figure, gutter};
use super::palette::GREY;
use super::points::{farthest, fits_outside, point_ticks, print_outside};
use super::rows::{Column, bottom_of, draw_rows, label_width, lane, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, mark_entries};
use crate::publish::chart::Differences;

/// Lays the rows out.
pub(super) fn layout(differences: &Differences, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let rows = &differences.rows;
    let labels = || rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 220.0);
    let column = |heading: &str, cells: &[&str], align, widest| {
        Column::new(fonts, heading, cells, Style::SMALL, align, widest)
    };
    let words: Vec<&str> = rows.iter().map(|row| row.words.as_str()).collect();
    let words = column(&differences.words_heading, &words, Align::Left, 110.0);
    let bases: Vec<&str> = rows.iter().flat_map(|row| row.bases.iter().map(String::as_str)).collect();
    let bases = column(&differences.base_heading, &bases, Align::Right, 100.0);
    let words_left = across - bases.width - 16.0 - words.width;
    let slot = (width + 16.0, words_left - 16.0);

    let figures = || rows.iter().flat_map(|row| &row.points);
    let high = farthest(figures());
    let gutter = gutter(&scene, figures());
    let scale = snug((-high, high), slot, gutter, |scale| {
        figures().all(|figure| fits_outside(&scene, scale, figure, slot))
    });
    let mut top = 0.0;
    let series = differences.series.len();
    if series > 1 {
        let entries = mark_entries(&differences.series);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    let ticks = point_ticks(fonts, &scale);
    let heading = Block::new(fonts, &differences.axis_heading, Style::HEADING, slot.1 - slot.0);
    let headings = words.heading.height().max(bases.heading.height());
    top += headings.max(ticks_height(&ticks) + heading.height() + 2.0) + 6.0;
    let lanes = series as f64;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |index| {
        words.cells[index].height().max(lanes * lane(across))
    });
    let bottom = bottom_of(&bands, top);
    draw_grid(&mut scene, &ticks, slot, top, bottom);
    let zero = scale.at(0.0);
    scene.line((zero, top), (zero, bottom), 1.4, GREY, 1.0);
    heading.draw_above(&mut scene, Align::Centre, zero, top - 7.0 - ticks_height(&ticks));
    draw_rows(&mut scene, &bands, 0.0, across);
    words.draw(&mut scene, words_left, top, &bands);
    bases.heading.draw_above(&mut scene, Align::Right, across, top - 5.0);
    for (row, band) in rows.iter().zip(&bands) {
        for (index, (figure, base)) in row.points.iter().zip(&row.bases).enumerate() {
            let y = band.middle() + (index as f64 - (lanes - 1.0) / 2.0) * lane(across);
            draw_figure(&mut scene, &scale, figure, y, Look::of_series(index, series));
            print_outside(&mut scene, &scale, figure, y);
            scene.text(base, Style::SMALL, Align::Right, across, y);
        }
    }
    scene.height = bottom + 1.0;
    scene
}
