//! Rows of dots with likely ranges: one line per series in each row, so that nothing overlaps.

use super::axis::{Scale, draw_grid, say_ends, score_ticks, ticks_height};
use super::fonts::Fonts;
use super::marks::{GAP, Look, draw_figure, gutter, print_right, reach_of};
use super::palette::accent;
use super::rows::{Column, bottom_of, draw_rows, label_width, lane, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, name_right, width_with_name, year_entries};
use crate::publish::chart::{Dots, Plotted};

/// Lays the rows out.
pub(super) fn layout(dots: &Dots, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let colour = accent(dots.accent);
    let labels = || dots.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 280.0);
    let bases: Vec<&str> = dots.rows.iter().flat_map(|row| row.bases.iter().map(String::as_str)).collect();
    let column = Column::new(fonts, &dots.base_heading, &bases, Style::SMALL, Align::Right, 100.0);
    let slot = (width + 18.0, across - column.width - 18.0);
    let figures = dots.rows.iter().flat_map(|row| &row.points);
    let scale = Scale {
        low: dots.axis.low,
        high: dots.axis.high,
        left: slot.0 + 16.0,
        right: slot.1 - gutter(&scene, figures),
    };

    let direct = names_fit(&scene, dots, &scale, slot.1);
    let mut top = 0.0;
    if dots.series.len() > 1 && !direct {
        let entries = year_entries(&dots.series, colour);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    top += say_ends(&mut scene, &dots.axis, &scale, Style::SMALL, top);
    let ticks = score_ticks(fonts, &dots.axis, &scale, Style::SMALL);
    top += ticks_height(&ticks).max(column.heading.height()) + 6.0;
    let lanes = dots.series.len() as f64;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |_| lanes * lane(across));
    draw_grid(&mut scene, &ticks, slot, top, bottom_of(&bands, top));
    draw_rows(&mut scene, &bands, 0.0, across);
    column.heading.draw_above(&mut scene, Align::Right, across, top - 5.0);

    for (number, (row, band)) in dots.rows.iter().zip(&bands).enumerate() {
        for (index, (figure, base)) in row.points.iter().zip(&row.bases).enumerate() {
            let y = band.middle() + (index as f64 - (lanes - 1.0) / 2.0) * lane(across);
            let look = Look::of_year(index, dots.series.len(), colour);
            draw_figure(&mut scene, &scale, figure, y, look);
            let end = print_right(&mut scene, &scale, figure, y);
            scene.text(base, Style::SMALL, Align::Right, across, y);
            if direct && number == 0 {
                name_right(&mut scene, &dots.series[index], end, y);
            }
        }
    }
    scene.height = bottom_of(&bands, top) + 1.0;
    scene
}

/// Whether the first row has a mark for every series and room for every name beside it.
fn names_fit(scene: &Scene, dots: &Dots, scale: &Scale, right: f64) -> bool {
    dots.series.len() > 1
        && dots.rows.first().is_some_and(|row| {
            row.points.iter().zip(&dots.series).all(|(figure, name)| {
                let Plotted::Value { label, .. } = figure else {
                    return false;
                };
                reach_of(scale, figure)
                    .is_some_and(|(_, end)| end + GAP + width_with_name(scene, label, name) <= right)
            })
        })
}
