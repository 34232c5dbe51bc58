//! The words around a picture: headline, subtitle, stamps and marks above, notes below.

use super::area::Area;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::palette::{DARK_GREY, DARK_PINK};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::Chart;
use crate::publish::mark::Mark;

/// Width of every finished chart.
pub(super) const WIDTH: f64 = super::rows::PICTURE_WIDTH + 2.0 * MARGIN;
const MARGIN: f64 = 24.0;

const HEADLINE: Style = Style::new(25.0, Weight::Bold);
const SUBTITLE: Style = Style::new(16.0, Weight::Regular).coloured(DARK_GREY);
const STAMP: Style = Style::new(13.0, Weight::SemiBold).coloured(DARK_PINK);
const NOTE: Style = Style::new(13.0, Weight::Regular).coloured(DARK_GREY);

/// Where a chart will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Alone, on a slide or in a message: it carries all its words.
    Alone,
    /// On a page that already carries headline and subtitle.
    Page,
}

/// Puts the words of the chart around its picture.
pub(super) fn frame(chart: &Chart, picture: &Scene, place: Place, fonts: &'static Fonts) -> Scene {
    let mut scene = Scene::new(fonts, WIDTH);
    let inner = WIDTH - 2.0 * MARGIN;
    let mut y = match place {
        Place::Alone => 26.0,
        Place::Page => 8.0,
    };
    if place == Place::Alone {
        for (text, style, after) in [(&chart.headline, HEADLINE, 4.0), (&chart.subtitle, SUBTITLE, 14.0)] {
            let block = Block::new(fonts, text, style, inner);
            block.draw_below(&mut scene, Align::Left, MARGIN, y);
            y += block.height() + after;
        }
    }
    y = draw_stamps(&mut scene, &chart.stamps, y);
    scene.place(picture, MARGIN, y + 4.0);
    y += picture.height + 18.0;
    let marks = unexplained(chart, picture);
    for note in marks.iter().chain(&chart.notes) {
        let block = Block::new(fonts, note, NOTE, inner);
        block.draw_below(&mut scene, Align::Left, MARGIN, y);
        y += block.height() + 3.0;
    }
    scene.height = (y + 14.0).ceil();
    scene
}

/// Outlined stamps side by side, on as many lines as they need.
fn draw_stamps(scene: &mut Scene, stamps: &[String], top: f64) -> f64 {
    let (mut x, mut y, mut tallest) = (MARGIN, top, 0.0_f64);
    for stamp in stamps {
        let room = WIDTH - 2.0 * MARGIN - 20.0;
        let block = Block::new(scene.fonts, stamp, STAMP, room);
        let (width, height) = (block.width(scene.fonts) + 20.0, block.height() + 8.0);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y, tallest) = (MARGIN, y + tallest + 6.0, 0.0);
        }
        let area = Area { left: x, top: y, right: x + width, bottom: y + height };
        scene.outline(area, 1.4, DARK_PINK);
        block.draw_below(scene, Align::Left, x + 10.0, y + 4.0);
        x += width + 10.0;
        tallest = tallest.max(height);
    }
    if stamps.is_empty() { y } else { y + tallest + 14.0 }
}

/// A line for every mark on the picture that no note explains.
fn unexplained(chart: &Chart, picture: &Scene) -> Vec<String> {
    [Mark::Withheld, Mark::NotApplicable, Mark::NobodyScored, Mark::NotAvailable, Mark::Break]
        .into_iter()
        .filter(|mark| {
            let shown = |text: &str| text.contains(mark.symbol());
            picture.texts.iter().any(|text| shown(&text.text)) && !chart.notes.iter().any(|note| shown(note))
        })
        .map(|mark| format!("{} {}", mark.symbol(), mark.meaning()))
        .collect()
}
