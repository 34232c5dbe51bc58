//! Paints a scene as SVG through plotters, used purely as a drawing layer, within a labelled picture.
//!
//! Coordinates of plotters are integers, so the canvas is ten times the size of the picture; the
//! outer width and height are then a tenth, and the view box stays.

use super::area::Area;
use super::error::DrawError;
use super::fonts::{FAMILIES, Weight};
use super::palette::{Colour, LIGHT_GREY};
use super::scene::{Item, Scene, printable};
use super::svg::{Drawn, Svg};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingBackend};
use quick_xml::escape::escape;

use std::fmt::Write as _;

const FINENESS: f64 = 10.0;
/// What most items take as text: room that is asked for once.
const BYTES_PER_ITEM: usize = 160;
/// A text hangs from its top, and its baseline lies this many ems below.
const DROP: f64 = 0.76;

/// The words that make a picture accessible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    /// Unique on a page: the ids of the picture start with it.
    pub name: &'a str,
    pub title: &'a str,
    pub description: &'a str,
}

/// Paints the scene as one SVG document.
pub(super) fn paint(scene: &Scene, words: Words<'_>) -> Result<String, DrawError> {
    let id = identifier(words.name);
    let size = (fine(scene.width) as u32, fine(scene.height) as u32);
    let mut svg = Svg::new(head(scene, words, &id), size);
    for item in &scene.items {
        paint_item(&mut svg, item, &id).map_err(|reason| DrawError::Backend {
            chart: words.name.to_owned(),
            reason: reason.to_string(),
        })?;
    }
    let mut text = svg.into_text();
    text.push_str("</g>\n</svg>\n");
    Ok(text)
}

fn paint_item(svg: &mut Svg, item: &Item, id: &str) -> Drawn {
    match item {
        Item::Line { from, to, width, colour, opacity } => {
            let style = ShapeStyle { color: rgb(*colour).mix(*opacity), ..edge(*colour, *width) };
            svg.draw_line(point(*from), point(*to), &style)
        }
        Item::Rectangle { area, colour } => svg.draw_rect(corner(area), opposite(area), &rgb(*colour), true),
        Item::Outline { area, width, colour } => {
            svg.draw_rect(corner(area), opposite(area), &edge(*colour, *width), false)
        }
        Item::Hatch { area } => {
            svg.also("style", &format!("fill:url(#{id}-hatch)"));
            svg.draw_rect(corner(area), opposite(area), &rgb(LIGHT_GREY), true)
        }
        Item::Circle { centre, radius, colour } => {
            svg.draw_circle(point(*centre), fine(*radius) as u32, &rgb(*colour), true)
        }
        Item::Ring { centre, radius, width, colour } => {
            svg.draw_circle(point(*centre), fine(*radius) as u32, &edge(*colour, *width), false)
        }
        Item::Polygon { points, colour } => {
            svg.fill_polygon(points.iter().map(|place| point(*place)), &rgb(*colour))
        }
        Item::Text { text, left, baseline, width, style } => {
            match style.weight {
                Weight::Regular => {}
                Weight::SemiBold => svg.also("font-weight", "600"),
                Weight::Bold => svg.also("font-weight", "bold"),
            }
            svg.also_number("textLength", fine(*width));
            svg.also("lengthAdjust", "spacingAndGlyphs");
            let font = FontDesc::new(FontFamily::SansSerif, style.size * FINENESS, FontStyle::Normal);
            let colour = rgb(style.colour);
            let looks = TextStyle::from(font).color(&colour);
            svg.draw_text(text, &looks, point((*left, baseline - DROP * style.size)))
        }
    }
}

fn corner(area: &Area) -> BackendCoord {
    point((area.left, area.top))
}

fn opposite(area: &Area) -> BackendCoord {
    point((area.right, area.bottom))
}

/// A labelled picture up to its first item.
fn head(scene: &Scene, words: Words<'_>, id: &str) -> String {
    let (width, height) = (fine(scene.width), fine(scene.height));
    let mut svg = String::with_capacity(scene.items.len() * BYTES_PER_ITEM + 1024);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" lang=\"en-GB\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        width / 10,
        f64::from(height) / FINENESS,
        escape(printable(words.title)),
        escape(printable(words.description)),
    );
    if scene.items.iter().any(|item| matches!(item, Item::Hatch { .. })) {
        let _ = writeln!(
            svg,
            "<defs><pattern id=\"{id}-hatch\" width=\"80\" height=\"80\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"80\" height=\"80\" fill=\"#FFFFFF\"/>\
             <rect width=\"18\" height=\"80\" fill=\"#BFBFBF\"/></pattern></defs>"
        );
    }
    let _ = write!(
        svg,
        "<g aria-hidden=\"true\" font-family=\"{FAMILIES}\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n"
    );
    svg
}

/// Letters, digits and hyphens, starting with a letter: safe as an id anywhere.
fn identifier(name: &str) -> String {
    let safe = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => letter,
        _ => '-',
    };
    format!("chart-{}", name.chars().map(safe).collect::<String>())
}

fn fine(length: f64) -> i32 {
    (length * FINENESS).round() as i32
}

fn point((x, y): (f64, f64)) -> BackendCoord {
    (fine(x), fine(y))
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn edge(colour: Colour, width: f64) -> ShapeStyle {
    ShapeStyle { color: rgb(colour).to_rgba(), filled: false, stroke_width: fine(width) as u32 }
}
