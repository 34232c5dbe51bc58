//! Two sides per row, joined, with the gap in words. The sides stand slightly above each other, so
//! that their likely ranges never run into one line.

use super::axis::{Scale, draw_grid, say_ends, score_ticks, ticks_height};
use super::fonts::Fonts;
use super::marks::{Look, draw_figure, gutter};
use super::pair::Pair;
use super::palette::{LIGHT_GREY, accent};
use super::rows::{Column, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{Entry, Sign, draw_key};
use crate::publish::chart::{Accent, Dumbbell, DumbbellRow, Plotted};

/// Half the distance between the two sides.
const OFFSET: f64 = 8.0;

/// Lays the rows out.
pub(super) fn layout(dumbbell: &Dumbbell, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let labels = || dumbbell.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 220.0);
    let column = |heading: &str, cells: &[&str], align, widest| {
        Column::new(fonts, heading, cells, Style::SMALL, align, widest)
    };
    let words: Vec<&str> = dumbbell.rows.iter().map(|row| row.words.as_str()).collect();
    let bases: Vec<&str> = dumbbell.rows.iter().map(|row| row.base.as_str()).collect();
    let words = column(&dumbbell.words_heading, &words, Align::Left, 130.0);
    let bases = column(&dumbbell.base_heading, &bases, Align::Right, 90.0);
    let bases_left = across - bases.width;
    let words_left = bases_left - 18.0 - words.width;
    let slot = (width + 18.0, words_left - 18.0);
    let gutter = gutter(&scene, dumbbell.rows.iter().flat_map(|row| &row.points));
    let scale = Scale {
        low: dumbbell.axis.low,
        high: dumbbell.axis.high,
        left: slot.0 + gutter,
        right: slot.1 - gutter,
    };

    let named = dumbbell.rows.first().is_some_and(|row| {
        let pair = pair(dumbbell, row, 0.0);
        pair.names_fit(&scene, &scale, slot)
    });
    let mut top = 0.0;
    if !named {
        let entries = side_entries(dumbbell);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    top += say_ends(&mut scene, &dumbbell.axis, &scale, Style::SMALL, top);
    let ticks = score_ticks(fonts, &dumbbell.axis, &scale, Style::SMALL);
    let headings = words.heading.height().max(bases.heading.height());
    top += ticks_height(&ticks).max(headings) + 6.0;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |index| {
        words.cells[index].height().max(4.0 * OFFSET)
    });
    let bottom = bottom_of(&bands, top);
    draw_grid(&mut scene, &ticks, slot, top, bottom);
    draw_rows(&mut scene, &bands, 0.0, across);
    words.draw(&mut scene, words_left, top, &bands);
    bases.draw(&mut scene, bases_left, top, &bands);
    for (number, (row, band)) in dumbbell.rows.iter().zip(&bands).enumerate() {
        let pair = pair(dumbbell, row, band.middle());
        draw_pair(&mut scene, &scale, &pair, dumbbell.accents);
        pair.print(&mut scene, &scale, slot.1, named && number == 0);
    }
    scene.height = bottom + 1.0;
    scene
}

fn side_entries(dumbbell: &Dumbbell) -> [Entry<'_>; 2] {
    [0, 1].map(|index| Entry {
        name: &dumbbell.sides[index],
        sign: Sign::Mark(Look::of_side(index, accent(dumbbell.accents[index]))),
    })
}

fn pair<'a>(dumbbell: &'a Dumbbell, row: &'a DumbbellRow, middle: f64) -> Pair<'a> {
    Pair {
        names: &dumbbell.sides,
        figures: [&row.points[0], &row.points[1]],
        heights: [middle - OFFSET, middle + OFFSET],
    }
}

fn draw_pair(scene: &mut Scene, scale: &Scale, pair: &Pair<'_>, accents: [Accent; 2]) {
    if let [Plotted::Value { value: from, .. }, Plotted::Value { value: to, .. }] = pair.figures {
        let from = (scale.at(*from), pair.heights[0]);
        let to = (scale.at(*to), pair.heights[1]);
        scene.line(from, to, 3.5, LIGHT_GREY, 1.0);
    }
    for index in [0, 1] {
        let look = Look::of_side(index, accent(accents[index]));
        draw_figure(scene, scale, pair.figures[index], pair.heights[index], look);
    }
}
