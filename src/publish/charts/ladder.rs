//! Averages as places on a ladder: every row has its own levels, described under its own track.

use super::axis::Scale;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::marks::{GAP, Look, draw_figure, print_right, reach_of};
use super::palette::{DARK_GREY, GREY, accent};
use super::rows::{Column, WIDE, label_width, lane, padding};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, name_right, width_with_name, year_entries};
use crate::publish::chart::{Ladder, LadderRow, Plotted};

const LABEL: Style = Style::new(15.0, Weight::SemiBold);
const NOTE: Style = Style::new(13.0, Weight::Regular).coloured(DARK_GREY);
const LEVEL: Style = Style::new(12.5, Weight::Regular).coloured(DARK_GREY);
const NUMBER: Style = Style::new(12.5, Weight::SemiBold);
/// Half the height of a rung.
const RUNG: f64 = 4.0;

/// Lays the rows out.
pub(super) fn layout(ladder: &Ladder, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let colour = accent(ladder.accent);
    // On a slide height is dear.
    let is_wide = across > WIDE;
    let rows = &ladder.rows;
    let width = label_width(
        fonts,
        rows.iter().map(|row| row.label.as_str()),
        LABEL,
        if is_wide { 250.0 } else { 180.0 },
    );
    let bases: Vec<&str> = rows.iter().flat_map(|row| row.bases.iter().map(String::as_str)).collect();
    let bases = Column::new(fonts, &ladder.base_heading, &bases, Style::SMALL, Align::Right, 92.0);
    let slot = (width + 20.0, across - bases.width - 18.0);
    let named = rows.first().is_some_and(|row| names_fit(&scene, ladder, row, slot));
    let mut top = 0.0;
    if ladder.years.len() > 1 && !named {
        let entries = year_entries(&ladder.years, colour);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 10.0;
    }
    top += bases.heading.height() + 6.0;
    bases.heading.draw_above(&mut scene, Align::Right, across, top - 5.0);
    scene.line((0.0, top), (across, top), 0.8, GREY, 0.3);
    for (number, row) in rows.iter().enumerate() {
        let scale = scale(row, slot);
        let words = described(fonts, row, &scale, is_wide);
        let deepest = words.iter().map(Block::height).fold(0.0, f64::max);
        let lanes = ladder.years.len() as f64 * lane(across);
        let label = Block::new(fonts, &row.label, LABEL, width);
        let note = Block::new(fonts, &row.note, NOTE, width);
        let track = top + padding(across) + lanes + 5.0;
        let numbers = if is_wide { 0.0 } else { NUMBER.line_height() };
        let left_height = label.height() + note.height();
        let bottom =
            (track + RUNG + numbers + deepest).max(top + padding(across) + left_height) + padding(across);

        label.draw_below(&mut scene, Align::Left, 0.0, top + padding(across));
        note.draw_below(&mut scene, Align::Left, 0.0, top + padding(across) + label.height());
        scene.line((scale.left, track), (scale.right, track), 1.4, GREY, 1.0);
        for (level, words) in words.iter().enumerate() {
            let x = scale.at(level as f64 + 1.0);
            scene.line((x, top + padding(across)), (x, track), 1.0, GREY, super::axis::GRID_OPACITY);
            scene.line((x, track - RUNG), (x, track + RUNG), 1.4, GREY, 1.0);
            if !is_wide {
                scene.text(&format!("{}", level + 1), NUMBER, Align::Centre, x, track + RUNG + numbers / 2.0);
            }
            words.draw_below(&mut scene, Align::Centre, x, track + RUNG + numbers);
        }
        for (year, (figure, base)) in row.points.iter().zip(&row.bases).enumerate() {
            let y = top + padding(across) + (year as f64 + 0.5) * lane(across);
            let look = Look::of_year(year, ladder.years.len(), colour);
            draw_figure(&mut scene, &scale, figure, y, look);
            let end = print_right(&mut scene, &scale, figure, y);
            if named && number == 0 {
                name_right(&mut scene, &ladder.years[year], end, y);
            }
            scene.text(base, Style::SMALL, Align::Right, across, y);
        }
        scene.line((0.0, bottom), (across, bottom), 0.8, GREY, 0.3);
        top = bottom;
    }
    scene.height = top + 1.0;
    scene
}

/// From the first level to the last, with room for half a description at both ends.
fn scale(row: &LadderRow, slot: (f64, f64)) -> Scale {
    let levels = row.levels.len() as f64;
    let half = (slot.1 - slot.0) / levels / 2.0;
    Scale { low: 1.0, high: levels, left: slot.0 + half, right: slot.1 - half }
}

/// The levels in words, with their numbers where these have no line of their own.
fn described(fonts: &Fonts, row: &LadderRow, scale: &Scale, with_numbers: bool) -> Vec<Block> {
    let room = (scale.right - scale.left) / (row.levels.len() as f64 - 1.0) - 14.0;
    let words = |(number, level): (usize, &String)| match with_numbers {
        true => Block::new(fonts, &format!("{number}: {level}"), LEVEL, room),
        false => Block::new(fonts, level, LEVEL, room),
    };
    (1..).zip(&row.levels).map(words).collect()
}

/// Whether every year has a mark in the first row, and room for its name beside it.
fn names_fit(scene: &Scene, ladder: &Ladder, row: &LadderRow, slot: (f64, f64)) -> bool {
    let scale = scale(row, slot);
    ladder.years.len() > 1
        && row.points.iter().zip(&ladder.years).all(|(figure, year)| match figure {
            Plotted::Value { label, .. } => reach_of(&scale, figure)
                .is_some_and(|(_, end)| end + GAP + width_with_name(scene, label, year) <= slot.1),
            Plotted::Mark(_) => false,
        })
}
