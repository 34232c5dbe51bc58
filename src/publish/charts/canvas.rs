//! Paints a scene through plotters' SVG backend, used purely as a drawing layer, and adds what that
//! backend cannot say: title and description, weights, text lengths, hatching.
//!
//! The backend's coordinates are integers, so the canvas is ten times the size of the picture; the
//! outer width and height are then a tenth, and the view box stays.

use super::area::Area;
use super::error::DrawError;
use super::fonts::{FAMILIES, Weight};
use super::palette::{Colour, LIGHT_GREY};
use super::scene::{Item, Scene, printable};
use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use std::fmt::Write as _;

const FINENESS: f64 = 10.0;
/// What most items take as text, and what is added to them: room that is asked for once.
const BYTES_PER_ITEM: usize = 256;
const BYTES_PER_EXTRA: usize = 64;
/// The backend writes a font size as its size divided by this.
const BACKEND_SIZE: f64 = 1.24;
/// The backend moves a text that hangs from its top down by this many ems.
const BACKEND_DROP: f64 = 0.76;

/// The typeface of every text as the backend is given it: that of the picture, which says it once.
const INHERIT: &str = "inherit";
/// What the backend says of every text and goes without saying.
const NEEDLESS_OF_TEXT: &str = " text-anchor=\"start\" font-family=\"inherit\"";
/// What it says of nearly every item and goes without saying.
const NEEDLESS: &str = " opacity=\"1\"";

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
    let mut raw = String::with_capacity(scene.items.len() * BYTES_PER_ITEM);
    let size = (fine(scene.width) as u32, fine(scene.height) as u32);
    let id = identifier(words.name);
    {
        let mut backend = SVGBackend::with_string(&mut raw, size);
        let failed = |reason: String| DrawError::Backend { chart: words.name.to_owned(), reason };
        for item in &scene.items {
            paint_item(&mut backend, item).map_err(failed)?;
        }
        backend.present().map_err(|error| failed(error.to_string()))?;
    }
    Ok(finish(&raw, scene, words, &id))
}

fn paint_item(backend: &mut SVGBackend<'_>, item: &Item) -> Result<(), String> {
    let painted = match item {
        Item::Line { from, to, width, colour, opacity } => {
            let style = ShapeStyle {
                color: plotters::style::Color::mix(&rgb(*colour), *opacity),
                filled: false,
                stroke_width: fine(*width) as u32,
            };
            backend.draw_line(point(*from), point(*to), &style)
        }
        Item::Rectangle { area, colour } => {
            backend.draw_rect(corner(area), opposite(area), &rgb(*colour), true)
        }
        Item::Outline { area, colour, .. } => {
            backend.draw_rect(corner(area), opposite(area), &rgb(*colour), false)
        }
        Item::Hatch { area } => backend.draw_rect(corner(area), opposite(area), &rgb(LIGHT_GREY), true),
        Item::Circle { centre, radius, colour } => {
            backend.draw_circle(point(*centre), fine(*radius) as u32, &rgb(*colour), true)
        }
        Item::Ring { centre, radius, width, colour } => {
            let style = ShapeStyle {
                color: plotters::style::Color::to_rgba(&rgb(*colour)),
                filled: false,
                stroke_width: fine(*width) as u32,
            };
            backend.draw_circle(point(*centre), fine(*radius) as u32, &style, false)
        }
        Item::Polygon { points, colour } => {
            backend.fill_polygon(points.iter().map(|place| point(*place)), &rgb(*colour))
        }
        Item::Text { text, left, baseline, style, .. } => {
            let face = match style.weight {
                Weight::Bold => FontStyle::Bold,
                Weight::Regular | Weight::SemiBold => FontStyle::Normal,
            };
            let font = FontDesc::new(FontFamily::Name(INHERIT), style.size * FINENESS * BACKEND_SIZE, face);
            let colour = rgb(style.colour);
            let style_of_text = TextStyle::from(font).color(&colour).pos(Pos::new(HPos::Left, VPos::Top));
            let top = baseline - BACKEND_DROP * style.size;
            backend.draw_text(text, &style_of_text, point((*left, top)))
        }
    };
    painted.map_err(|error| error.to_string())
}

fn corner(area: &Area) -> (i32, i32) {
    point((area.left, area.top))
}

fn opposite(area: &Area) -> (i32, i32) {
    point((area.right, area.bottom))
}

/// Adds the attributes of an item that the backend has no words for.
fn add_extra(svg: &mut String, item: &Item, id: &str) {
    // Writing to a string cannot fail.
    let _ = match item {
        Item::Outline { width, .. } => write!(svg, " stroke-width=\"{}\"", fine(*width)),
        Item::Hatch { .. } => write!(svg, " style=\"fill:url(#{id}-hatch)\""),
        Item::Text { width, style, .. } => {
            if style.weight == Weight::SemiBold {
                svg.push_str(" font-weight=\"600\"");
            }
            write!(svg, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", fine(*width))
        }
        Item::Line { .. }
        | Item::Rectangle { .. }
        | Item::Circle { .. }
        | Item::Ring { .. }
        | Item::Polygon { .. } => Ok(()),
    };
}

/// Joins the backend's tags with the extras, and wraps them in a labelled picture.
fn finish(raw: &str, scene: &Scene, words: Words<'_>, id: &str) -> String {
    let (width, height) = (fine(scene.width), fine(scene.height));
    let hatch = if scene.items.iter().any(|item| matches!(item, Item::Hatch { .. })) {
        format!(
            "<defs><pattern id=\"{id}-hatch\" width=\"80\" height=\"80\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><rect width=\"80\" height=\"80\" fill=\"#FFFFFF\"/>\
             <rect width=\"18\" height=\"80\" fill=\"#BFBFBF\"/></pattern></defs>\n"
        )
    } else {
        String::new()
    };
    let mut svg = String::with_capacity(raw.len() + scene.items.len() * BYTES_PER_EXTRA + 1024);
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" lang=\"en-GB\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{hatch}\
         <g aria-hidden=\"true\" font-family=\"{}\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n",
        width / 10,
        f64::from(height) / FINENESS,
        escape(words.title),
        escape(words.description),
        escape(FAMILIES),
    );
    // After the first tag, every item is one line, but a text is three: tag, letters, end.
    let mut lines = raw.lines().skip(1);
    for item in &scene.items {
        let Some(tag) = lines.next() else { break };
        if let Some(open) = tag.strip_suffix("/>") {
            push_without(&mut svg, open, NEEDLESS);
            add_extra(&mut svg, item, id);
            svg.push_str("/>\n");
        } else {
            let tag = tag.trim_end_matches('>');
            let (place, looks) = tag.split_once(NEEDLESS_OF_TEXT).unwrap_or((tag, ""));
            svg.push_str(place);
            push_without(&mut svg, looks, NEEDLESS);
            add_extra(&mut svg, item, id);
            svg.push('>');
            svg.push_str(lines.next().unwrap_or_default());
            svg.push_str(lines.next().unwrap_or_default());
            svg.push('\n');
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Adds a tag but for one attribute of it.
fn push_without(svg: &mut String, tag: &str, attribute: &str) {
    let (before, after) = tag.split_once(attribute).unwrap_or((tag, ""));
    svg.push_str(before);
    svg.push_str(after);
}

/// Letters, digits and hyphens, starting with a letter: safe as an id anywhere.
fn identifier(name: &str) -> String {
    let safe = |letter: char| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => letter,
        _ => '-',
    };
    format!("chart-{}", name.chars().map(safe).collect::<String>())
}

fn escape(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn fine(length: f64) -> i32 {
    (length * FINENESS).round() as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (fine(x), fine(y))
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}
