//! From an earlier score to a later one at the left, the change with its likely range at the right,
//! then what the survey can say about it.

use super::axis::{Scale, draw_grid, say_ends, score_ticks, snug, ticks_height};
use super::block::Block;
use super::fonts::Fonts;
use super::marks::{Look, REACH, Shape, draw_figure, draw_mark, draw_ring_and_disc, gutter};
use super::pair::Pair;
use super::palette::{Colour, GREY, accent};
use super::points::{farthest, fits_outside, point_ticks, print_outside};
use super::rows::{Column, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{Entry, Sign, draw_key};
use crate::publish::chart::{Change, Plotted};

const CHANGE_HEADING: &str = "Change in points";
const VERDICT_HEADING: &str = "Has it changed?";
const BASE_HEADING: &str = "Number who answered";

/// Lays the rows out.
pub(super) fn layout(change: &Change, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let colour = accent(change.accent);
    let labels = || change.rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 200.0);
    let column = |heading: &str, cells: &[&str], align, widest| {
        Column::new(fonts, heading, cells, Style::SMALL, align, widest)
    };
    let verdicts: Vec<&str> = change.rows.iter().map(|row| row.verdict.as_str()).collect();
    let bases: Vec<&str> = change.rows.iter().map(|row| row.base.as_str()).collect();
    let verdicts = column(VERDICT_HEADING, &verdicts, Align::Left, 110.0);
    let [earlier, later] = &change.years;
    let heading = format!("{BASE_HEADING}, {earlier} and {later}");
    let bases = column(&heading, &bases, Align::Right, 92.0);
    let bases_left = across - bases.width;
    let verdicts_left = bases_left - 16.0 - verdicts.width;

    let room = verdicts_left - 16.0 - (width + 16.0);
    let scores = (width + 16.0, width + 16.0 + room * 0.6);
    let points = (scores.1 + 10.0, verdicts_left - 16.0);
    let gutter_of_scores = gutter(&scene, change.rows.iter().flat_map(|row| [&row.from, &row.to]));
    let ends = (change.axis.low, change.axis.high);
    let pairs: Vec<[Plotted; 2]> =
        change.rows.iter().map(|row| [without_range(&row.from), without_range(&row.to)]).collect();
    let pair = |row: usize, y: f64| Pair {
        names: &change.years,
        figures: [&pairs[row][0], &pairs[row][1]],
        heights: [y; 2],
    };
    let scale = snug(ends, scores, gutter_of_scores, |scale| {
        (0..pairs.len()).all(|row| pair(row, 0.0).values_fit(&scene, scale, scores))
    });
    let gutter_of_points = gutter(&scene, change.rows.iter().map(|row| &row.change));
    let high = farthest(change.rows.iter().map(|row| &row.change));
    let point_scale = snug((-high, high), points, gutter_of_points, |scale| {
        change.rows.iter().all(|row| fits_outside(&scene, scale, &row.change, points))
    });
    let named = pair(0, 0.0).names_fit(&scene, &scale, scores);
    let mut top = 0.0;
    if !named {
        let entry = |name, shape| Entry { name, sign: Sign::Mark(Look::new(shape, colour)) };
        let entries = [entry(earlier, Shape::Ring), entry(later, Shape::Disc)];
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    top += say_ends(&mut scene, &change.axis, &scale, Style::SMALL, top);
    let ticks = score_ticks(fonts, &change.axis, &scale, Style::SMALL);
    let point_ticks = point_ticks(fonts, &point_scale);
    let heading = Block::new(fonts, CHANGE_HEADING, Style::HEADING, points.1 - points.0);
    let headings = verdicts.heading.height().max(bases.heading.height());
    let point_heights = ticks_height(&point_ticks) + heading.height() + 2.0;
    top += ticks_height(&ticks).max(headings).max(point_heights) + 6.0;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |index| {
        verdicts.cells[index].height().max(bases.cells[index].height()).max(22.0)
    });
    let bottom = bottom_of(&bands, top);
    draw_grid(&mut scene, &ticks, scores, top, bottom);
    draw_grid(&mut scene, &point_ticks, points, top, bottom);
    let zero = point_scale.at(0.0);
    scene.line((zero, top), (zero, bottom), 1.4, GREY, 1.0);
    let heading_bottom = top - 7.0 - ticks_height(&point_ticks);
    heading.draw_above(&mut scene, Align::Centre, zero, heading_bottom);
    draw_rows(&mut scene, &bands, 0.0, across);
    verdicts.draw(&mut scene, verdicts_left, top, &bands);
    bases.draw(&mut scene, bases_left, top, &bands);
    for (number, (row, band)) in change.rows.iter().zip(&bands).enumerate() {
        let pair = pair(number, band.middle());
        draw_scores(&mut scene, &scale, &pair, colour);
        pair.print(&mut scene, &scale, scores.1, named && number == 0);
        let look = Look::new(Shape::Diamond, colour);
        draw_figure(&mut scene, &point_scale, &row.change, band.middle(), look);
        print_outside(&mut scene, &point_scale, &row.change, band.middle());
    }
    scene.height = bottom + 1.0;
    scene
}

/// The earlier score as a ring, the later one as a disc, joined.
fn draw_scores(scene: &mut Scene, scale: &Scale, pair: &Pair<'_>, colour: Colour) {
    let y = pair.heights[0];
    let (ring, disc) = (Look::new(Shape::Ring, colour), Look::new(Shape::Disc, colour));
    let [Plotted::Value { value: old, .. }, Plotted::Value { value: new, .. }] = pair.figures else {
        draw_figure(scene, scale, pair.figures[0], y, ring);
        draw_figure(scene, scale, pair.figures[1], y, disc);
        return;
    };
    let (old, new) = (scale.at(*old), scale.at(*new));
    if (old - new).abs() < 2.0 * REACH + 2.0 {
        draw_ring_and_disc(scene, old, new, y, colour);
    } else {
        scene.line((old, y), (new, y), 2.5, colour, 1.0);
        draw_mark(scene, ring, old, y);
        draw_mark(scene, disc, new, y);
    }
}

/// The likely range that matters in this chart is that of the change, at the right.
fn without_range(figure: &Plotted) -> Plotted {
    match figure {
        Plotted::Value { value, label, .. } => {
            Plotted::Value { value: *value, label: label.clone(), range: None }
        }
        Plotted::Mark(mark) => Plotted::Mark(*mark),
    }
}
