//! Two sides per row, joined, with the gap in words. The sides stand slightly above each other, so
//! that their likely ranges never run into one line.

use super::axis::{Scale, draw_grid, score_ticks, ticks_height};
use super::fonts::Fonts;
use super::marks::{
    GAP, draw_figure, first_is_left, gutter, missing_words, print_left, print_right, shape,
};
use super::pair;
use super::palette::{LIGHT_GREY, series_colours};
use super::rows::{Column, PICTURE_WIDTH, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, mark_entries};
use crate::publish::chart::{Dumbbell, DumbbellRow, Plotted};

/// Half the distance between the two sides.
const OFFSET: f64 = 8.0;

/// Lays the rows out.
pub(super) fn layout(dumbbell: &Dumbbell, fonts: &'static Fonts) -> Scene {
    let mut scene = Scene::new(fonts, PICTURE_WIDTH);
    let labels = || dumbbell.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 220.0);
    let column = |heading: &str, cells: &[&str], align, widest| {
        Column::new(fonts, heading, cells, Style::SMALL, align, widest)
    };
    let words: Vec<&str> = dumbbell.rows.iter().map(|row| row.words.as_str()).collect();
    let bases: Vec<&str> = dumbbell.rows.iter().map(|row| row.base.as_str()).collect();
    let words = column(&dumbbell.words_heading, &words, Align::Left, 130.0);
    let bases = column(&dumbbell.base_heading, &bases, Align::Right, 90.0);
    let bases_left = PICTURE_WIDTH - bases.width;
    let words_left = bases_left - 18.0 - words.width;
    let slot = (width + 18.0, words_left - 18.0);
    let gutter = gutter(&scene, dumbbell.rows.iter().flat_map(|row| &row.points));
    let scale = Scale {
        low: dumbbell.axis.low,
        high: dumbbell.axis.high,
        left: slot.0 + gutter,
        right: slot.1 - gutter,
    };

    let names = dumbbell.rows.first().and_then(|row| {
        let figures = [&row.points[0], &row.points[1]];
        pair::places(&scene, &dumbbell.sides, figures, &scale, slot)
    });
    let mut top = 0.0;
    if names.is_none() {
        let entries = mark_entries(&dumbbell.sides, &series_colours(2));
        top += draw_key(&mut scene, &entries, 0.0, PICTURE_WIDTH, top) + 14.0;
    }
    let ticks = score_ticks(fonts, &dumbbell.axis, &scale, Style::SMALL);
    let headings = words.heading.height().max(bases.heading.height());
    top += ticks_height(&ticks).max(headings) + 6.0;
    let rows_top = top + names.map_or(0.0, |_| pair::STRIP - 8.0);
    let bands = stack(fonts, labels(), Style::LABEL, width, rows_top, |index| {
        words.cells[index].height().max(4.0 * OFFSET)
    });
    let bottom = bottom_of(&bands, rows_top);
    draw_grid(&mut scene, &ticks, slot, top, bottom);
    draw_rows(&mut scene, &bands, 0.0, PICTURE_WIDTH);
    if let Some(places) = &names {
        pair::draw(&mut scene, &dumbbell.sides, places, top);
    }
    words.draw(&mut scene, words_left, top, &bands);
    bases.draw(&mut scene, bases_left, top, &bands);
    for (row, band) in dumbbell.rows.iter().zip(&bands) {
        draw_pair(&mut scene, &scale, &dumbbell.sides, row, band.middle());
    }
    scene.height = bottom + 1.0;
    scene
}

fn draw_pair(
    scene: &mut Scene,
    scale: &Scale,
    sides: &[String; 2],
    row: &DumbbellRow,
    middle: f64,
) {
    let [first, second] = &row.points;
    let heights = [middle - OFFSET, middle + OFFSET];
    if let (Plotted::Value { value: from, .. }, Plotted::Value { value: to, .. }) = (first, second)
    {
        let (from, to) = ((scale.at(*from), heights[0]), (scale.at(*to), heights[1]));
        scene.line(from, to, 4.0, LIGHT_GREY, 1.0);
    }
    let colours = series_colours(2);
    for (index, figure) in row.points.iter().enumerate() {
        draw_figure(scene, scale, figure, heights[index], shape(index), colours[index]);
    }
    let both = matches!((first, second), (Plotted::Value { .. }, Plotted::Value { .. }));
    for (index, figure) in row.points.iter().enumerate() {
        let left = both && (index == 0) == first_is_left(first, second);
        match figure {
            Plotted::Value { .. } if left => print_left(scene, scale, figure, heights[index]),
            Plotted::Value { .. } => {
                print_right(scene, scale, figure, heights[index]);
            }
            Plotted::Mark(_) => {}
        }
    }
    let missing = missing_words(sides, [first, second]);
    let same = missing[1].is_none() && matches!(second, Plotted::Mark(_));
    for (index, words) in missing.iter().enumerate() {
        if let Some(words) = words {
            let y = if same { middle } else { heights[index] };
            scene.text_on_white(words, Style::VALUE, Align::Left, scale.left + GAP, y);
        }
    }
}
