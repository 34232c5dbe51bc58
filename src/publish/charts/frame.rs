//! The words around a picture: headline, subtitle, stamps and marks above, notes below.

use super::area::Area;
use super::block::Block;
use super::fonts::{Fonts, Weight};
use super::palette::{DARK_GREY, DARK_PINK, GREY};
use super::scene::{Align, Scene, Style};
use crate::publish::chart::Chart;
use crate::publish::mark::Mark;

const MARGIN: f64 = 24.0;

/// Where a chart will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Alone, in a file or a message: it carries all its words.
    Alone,
    /// On a page that already carries headline and subtitle.
    Page,
}

/// How the words around a picture are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub margin: f64,
    top: f64,
    headline: Style,
    subtitle: Style,
    stamp: Style,
    note: Style,
}

impl Look {
    /// Beside pictures of ordinary width.
    const ORDINARY: Look = Look {
        margin: MARGIN,
        top: 26.0,
        headline: Style::new(25.0, Weight::Bold),
        subtitle: Style::new(16.0, Weight::Regular).coloured(DARK_GREY),
        stamp: Style::new(13.0, Weight::SemiBold).coloured(DARK_PINK),
        note: Style::new(13.0, Weight::Regular).coloured(GREY),
    };

    /// On a slide, whose words keep their size whatever the picture needs.
    pub(super) fn slide(scale: f64) -> Look {
        Look {
            margin: 30.0 * scale,
            top: 22.0 * scale,
            headline: Style::new(28.0 * scale, Weight::Bold),
            subtitle: Style::new(14.5 * scale, Weight::Regular).coloured(DARK_GREY),
            stamp: Style::new(11.0 * scale.max(1.1), Weight::SemiBold).coloured(DARK_PINK),
            note: Style::new(11.0 * scale.max(1.1), Weight::Regular).coloured(GREY),
        }
    }
}

/// Puts the words of the chart around its picture.
pub(super) fn frame(chart: &Chart, picture: &Scene, place: Place, fonts: &'static Fonts) -> Scene {
    match place {
        Place::Alone => alone(chart, picture, fonts),
        Place::Page => on_page(chart, picture, fonts),
    }
}

fn alone(chart: &Chart, picture: &Scene, fonts: &'static Fonts) -> Scene {
    let look = Look::ORDINARY;
    let mut scene = Scene::new(fonts, picture.width + 2.0 * look.margin);
    let y = draw_head(&mut scene, chart, &look) + 4.0;
    scene.place(picture, look.margin, y);
    let notes = notes(chart, picture, &look, fonts, scene.width);
    let y = draw_notes(&mut scene, &notes, &look, y + picture.height + 14.0);
    scene.height = (y + 14.0).ceil();
    scene
}

/// As wide as the text of the page, with the stamps beside the notes where both have room.
fn on_page(chart: &Chart, picture: &Scene, fonts: &'static Fonts) -> Scene {
    let look = Look { margin: 0.0, ..Look::ORDINARY };
    let mut scene = Scene::new(fonts, picture.width);
    let mut y = 4.0;
    scene.place(picture, 0.0, y);
    y += picture.height + 12.0;
    let notes = notes(chart, picture, &look, fonts, scene.width);
    let mut stamps = Scene::new(fonts, scene.width);
    let height = draw_stamps(&mut stamps, &chart.stamps, &look, 0.0);
    let right = stamps.texts.iter().map(|text| text.area.right).fold(0.0, f64::max) + 11.0;
    let widest = notes.iter().map(|note| note.width(fonts)).fold(0.0, f64::max);
    let mut bottom = y;
    if !chart.stamps.is_empty() && widest + 16.0 + right <= scene.width {
        scene.place(&stamps, scene.width - right, y);
        bottom = y + height - 14.0;
    } else if !chart.stamps.is_empty() {
        scene.place(&stamps, 1.0, y);
        y += height - 6.0;
    }
    let y = draw_notes(&mut scene, &notes, &look, y + 3.0);
    scene.height = (y.max(bottom) + 2.0).ceil();
    scene
}

/// The height of headline and subtitle at the top of a chart that stands alone.
pub(super) fn words_height(chart: &Chart, width: f64, fonts: &'static Fonts) -> f64 {
    let look = Look::ORDINARY;
    let bare = Chart { stamps: Vec::new(), ..chart.clone() };
    draw_head(&mut Scene::new(fonts, width), &bare, &look) - 8.0
}

/// Draws headline, subtitle and stamps. Returns where they end.
pub(super) fn draw_head(scene: &mut Scene, chart: &Chart, look: &Look) -> f64 {
    let inner = scene.width - 2.0 * look.margin;
    let mut y = look.top;
    for (text, style, after) in
        [(&chart.headline, look.headline, 4.0), (&chart.subtitle, look.subtitle, 14.0)]
    {
        let block = Block::new(scene.fonts, text, style, inner);
        block.draw_below(scene, Align::Left, look.margin, y);
        y += block.height() + after;
    }
    draw_stamps(scene, &chart.stamps, look, y)
}

/// Outlined stamps side by side, on as many lines as they need.
fn draw_stamps(scene: &mut Scene, stamps: &[String], look: &Look, top: f64) -> f64 {
    let (mut x, mut y, mut tallest) = (look.margin, top, 0.0_f64);
    for stamp in stamps {
        let room = scene.width - 2.0 * look.margin - 20.0;
        let block = Block::new(scene.fonts, stamp, look.stamp, room);
        let (width, height) = (block.width(scene.fonts) + 20.0, block.height() + 6.0);
        if x > look.margin && x + width > scene.width - look.margin {
            (x, y, tallest) = (look.margin, y + tallest + 6.0, 0.0);
        }
        let area = Area { left: x, top: y, right: x + width, bottom: y + height };
        scene.outline(area, 1.1, DARK_PINK);
        block.draw_below(scene, Align::Left, x + 10.0, y + 3.0);
        x += width + 10.0;
        tallest = tallest.max(height);
    }
    if stamps.is_empty() { y } else { y + tallest + 14.0 }
}

/// What the marks mean, then the notes of the chart.
pub(super) fn notes(chart: &Chart, picture: &Scene, look: &Look, fonts: &Fonts, width: f64) -> Vec<Block> {
    let marks = unexplained(chart, picture);
    let texts = marks.iter().chain(&chart.notes);
    texts.map(|note| Block::new(fonts, note, look.note, width - 2.0 * look.margin)).collect()
}

/// Draws notes from `top`. Returns where they end.
pub(super) fn draw_notes(scene: &mut Scene, notes: &[Block], look: &Look, top: f64) -> f64 {
    notes.iter().fold(top, |y, note| {
        note.draw_below(scene, Align::Left, look.margin, y);
        y + note.height() + 2.0
    })
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
