//! How often each score was given, as 100% bars split in the middle of the scale; "no contact" is
//! no score and has a column of its own.

use super::area::Area;
use super::block::Block;
use super::fonts::Fonts;
use super::marks::GAP;
use super::palette::{
    Colour, DARK_BLUE, DARK_GREY, DARK_PINK, GREY, LIGHT_BLUE, LIGHT_GREY, LIGHT_PINK, MID_BLUE, MID_PINK,
    blend, ink_on, needs_outline,
};
use super::rows::{Band, Column, bottom_of, draw_rows, label_width, stack};
use super::scene::{Align, Scene, Style};
use super::series::{draw_key, swatch_entries};
use crate::publish::chart::{Distribution, DistributionRow, Plotted};

/// Height of a bar.
const BAR: f64 = 26.0;
/// Half the white gap between two segments.
const HALF_GAP: f64 = 1.0;
/// Width of a "no contact" bar of 100%.
const NO_CONTACT_BAR: f64 = 64.0;

/// Where shares become widths.
#[derive(Clone, Copy, Debug)]
struct Bars {
    split: f64,
    width: f64,
    left: f64,
    right: f64,
}

/// Lays the rows out.
pub(super) fn layout(distribution: &Distribution, fonts: &'static Fonts, across: f64) -> Scene {
    let mut scene = Scene::new(fonts, across);
    let rows = &distribution.rows;
    let labels = || rows.iter().map(|row| row.label.as_str());
    let width = label_width(fonts, labels(), Style::LABEL, 220.0);
    let base_texts: Vec<&str> = rows.iter().map(|row| row.base.as_str()).collect();
    let heading = &distribution.base_heading;
    let bases = Column::new(fonts, heading, &base_texts, Style::SMALL, Align::Right, 92.0);
    let bases_left = across - bases.width;
    let heading = &distribution.no_contact_heading;
    let no_contact = Block::new(fonts, heading, Style::HEADING, NO_CONTACT_BAR + 46.0);
    let value_width = rows
        .iter()
        .map(|row| match &row.no_contact {
            Some(Plotted::Value { label, .. }) => scene.measure(label, Style::VALUE),
            Some(Plotted::Mark(_)) | None => 0.0,
        })
        .fold(30.0, f64::max);
    let no_contact_width = (NO_CONTACT_BAR + GAP + value_width).max(no_contact.width(fonts));
    let no_contact_left = bases_left - 22.0 - no_contact_width;
    let asks_contact = rows.iter().any(|row| row.no_contact.is_some());
    let bars_right = if asks_contact { no_contact_left } else { bases_left };
    let bars = bars(distribution, width + 20.0, bars_right - 26.0);

    let colours = colours(distribution.scores.len(), distribution.split);
    let direct = name_areas(&scene, distribution, &bars);
    let mut top = 0.0;
    if direct.is_none() {
        let entries = swatch_entries(&distribution.scores, &colours);
        top += draw_key(&mut scene, &entries, 0.0, across, top) + 14.0;
    }
    let names = direct.as_ref().map_or(0.0, |_| 18.0);
    top += no_contact.height().max(bases.heading.height()).max(names) + 6.0;
    let bands = stack(&scene, labels(), Style::LABEL, width, top, |_| BAR);
    let bottom = bottom_of(&bands, top);
    scene.line((0.0, top), (across, top), 0.8, GREY, 0.3);
    draw_rows(&mut scene, &bands, 0.0, across);
    bases.draw(&mut scene, bases_left, top, &bands);
    if asks_contact {
        no_contact.draw_above(&mut scene, Align::Left, no_contact_left, top - 5.0);
    }
    for (name, area) in distribution.scores.iter().zip(direct.iter().flatten()) {
        scene.text(name, Style::HEADING, Align::Left, area.left, top - 13.0);
    }
    for (row, band) in rows.iter().zip(&bands) {
        draw_bar(&mut scene, distribution, row, band, &bars, &colours);
        if let Some(no_contact) = &row.no_contact {
            draw_no_contact(&mut scene, no_contact, no_contact_left, band.middle());
        }
    }
    scene.line((bars.split, top), (bars.split, bottom), 1.4, GREY, 1.0);
    scene.height = bottom + 1.0;
    scene
}

/// Diverging colours: dark at the ends, lighter towards the split.
pub(super) fn colours(count: usize, split: usize) -> Vec<Colour> {
    let lower = match split {
        0 => Vec::new(),
        1 => vec![DARK_PINK],
        2 => vec![DARK_PINK, LIGHT_PINK],
        more => between([DARK_PINK, MID_PINK, LIGHT_PINK], more),
    };
    let upper = match count.saturating_sub(split) {
        0 => Vec::new(),
        1 => vec![DARK_BLUE],
        2 => vec![LIGHT_BLUE, DARK_BLUE],
        more => between([LIGHT_BLUE, MID_BLUE, DARK_BLUE], more),
    };
    lower.into_iter().chain(upper).collect()
}

/// Three colours, and as many steps between them as it takes.
fn between([first, middle, last]: [Colour; 3], count: usize) -> Vec<Colour> {
    let along = (0..count).map(|step| step as f64 * 2.0 / (count.max(2) - 1) as f64);
    let colour = |along: f64| match along <= 1.0 {
        true => blend(first, middle, along),
        false => blend(middle, last, along - 1.0),
    };
    along.map(colour).collect()
}

/// As wide as the longest halves on both sides of the split allow.
fn bars(distribution: &Distribution, left: f64, right: f64) -> Bars {
    let mut halves = (0.15_f64, 0.15_f64);
    for row in &distribution.rows {
        if let Ok(shares) = &row.shares {
            let below: f64 = shares.iter().take(distribution.split).map(|share| share.0).sum();
            let above: f64 = shares.iter().skip(distribution.split).map(|share| share.0).sum();
            halves = (halves.0.max(below), halves.1.max(above));
        }
    }
    let width = (right - left) / (halves.0 + halves.1);
    Bars { split: left + halves.0 * width, width, left, right }
}

/// Left and right end of every segment of a row.
fn segments(distribution: &Distribution, shares: &[(f64, String)], bars: &Bars) -> Vec<(f64, f64)> {
    let below: f64 = shares.iter().take(distribution.split).map(|share| share.0).sum();
    let mut x = bars.split - below * bars.width;
    shares
        .iter()
        .map(|(share, _)| {
            let from = x;
            x += share * bars.width;
            (from, x)
        })
        .collect()
}

fn draw_bar(
    scene: &mut Scene,
    distribution: &Distribution,
    row: &DistributionRow,
    band: &Band,
    bars: &Bars,
    colours: &[Colour],
) {
    let y = band.middle();
    let shares = match &row.shares {
        Ok(shares) => shares,
        Err(mark) => {
            scene.text(mark.symbol(), Style::VALUE, Align::Left, bars.left, y);
            return;
        }
    };
    for (index, (from, to)) in segments(distribution, shares, bars).into_iter().enumerate() {
        if to - from < 2.0 * HALF_GAP + 0.2 {
            continue;
        }
        let colour = colours[index];
        let area =
            Area { left: from + HALF_GAP, top: y - BAR / 2.0, right: to - HALF_GAP, bottom: y + BAR / 2.0 };
        scene.rectangle(area, colour);
        if needs_outline(colour) && area.width() > 2.0 {
            scene.outline(area.grown(-0.4), 0.8, DARK_BLUE);
        }
        let (label, style) = (&shares[index].1, Style::VALUE.coloured(ink_on(colour)));
        if scene.measure(label, style) + 5.0 <= area.width() {
            let x = f64::midpoint(area.left, area.right);
            scene.text(label, style, Align::Centre, x, y);
        }
    }
}

/// Boxes for the scores' names above the segments of the first row, or `None` if they would crowd.
fn name_areas(scene: &Scene, distribution: &Distribution, bars: &Bars) -> Option<Vec<Area>> {
    let Some(Ok(shares)) = distribution.rows.first().map(|row| &row.shares) else {
        return None;
    };
    let areas: Vec<Area> = distribution
        .scores
        .iter()
        .zip(segments(distribution, shares, bars))
        .map(|(name, (from, to))| {
            let x = f64::midpoint(from, to);
            scene.text_area(name, Style::HEADING, Align::Centre, x, 0.0)
        })
        .collect();
    let apart = areas.windows(2).all(|pair| pair[0].right + 10.0 <= pair[1].left);
    let inside = areas.iter().all(|area| area.left >= bars.left - 14.0 && area.right <= bars.right + 14.0);
    (apart && inside).then_some(areas)
}

fn draw_no_contact(scene: &mut Scene, figure: &Plotted, left: f64, y: f64) {
    match figure {
        Plotted::Value { value, label, .. } => {
            let right = left + value.clamp(0.0, 1.0) * NO_CONTACT_BAR;
            let area = Area { left, top: y - 6.0, right, bottom: y + 6.0 };
            if area.width() >= 1.0 {
                scene.rectangle(area, LIGHT_GREY);
                scene.outline(area, 0.8, DARK_GREY);
                scene.taken.push(area);
            }
            scene.text(label, Style::VALUE, Align::Left, right + GAP, y);
        }
        Plotted::Mark(mark) => scene.text(mark.symbol(), Style::VALUE, Align::Left, left, y),
    }
}
