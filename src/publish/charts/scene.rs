//! What is to be drawn, as a list: layouts fill it, `canvas` paints it. Because nothing is painted
//! yet, a layout may look at what is already there, and a frame may move the whole picture.

use super::area::Area;
use super::fonts::{ASCENT, DESCENT, Fonts, HALF_CAPITAL, Weight};
use super::palette::{Colour, DARK_GREY, WHITE};
use crate::text::is_harmful;

/// A text on the picture and the box that its letters need.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBox {
    /// The text as drawn: one line.
    pub text: String,
    /// Measured with the embedded font.
    pub area: Area,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
}

impl Style {
    pub(super) const LABEL: Style = Style::new(15.0, Weight::Regular);
    pub(super) const VALUE: Style = Style::new(14.0, Weight::SemiBold);
    pub(super) const HEADING: Style = Style::new(13.0, Weight::SemiBold);
    pub(super) const SMALL: Style = Style::new(13.0, Weight::Regular);

    pub(super) const fn new(size: f64, weight: Weight) -> Style {
        Style { size, weight, colour: INK }
    }

    pub(super) const fn coloured(self, colour: Colour) -> Style {
        Style { colour, ..self }
    }

    /// Distance between the baselines of two lines.
    pub(super) fn line_height(self) -> f64 {
        (self.size * 1.25).ceil()
    }
}

/// Ordinary ink.
pub(super) const INK: Colour = Colour(0x1A, 0x1A, 0x1A);

/// Which point of a text its x stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// A text as a picture can hold it: on one line, as the painter works line by line, and without what
/// has no place in any text.
pub(super) fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let letters = text.chars().filter(|letter| !is_harmful(*letter));
    letters.map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect()
}

/// One thing to paint.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Line {
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        colour: Colour,
        opacity: f64,
    },
    Rectangle {
        area: Area,
        colour: Colour,
    },
    Outline {
        area: Area,
        width: f64,
        colour: Colour,
    },
    /// Diagonal stripes over a light ground: a withheld cell.
    Hatch {
        area: Area,
    },
    Circle {
        centre: (f64, f64),
        radius: f64,
        colour: Colour,
    },
    Ring {
        centre: (f64, f64),
        radius: f64,
        width: f64,
        colour: Colour,
    },
    Polygon {
        points: Vec<(f64, f64)>,
        colour: Colour,
    },
    Text {
        text: String,
        left: f64,
        baseline: f64,
        width: f64,
        style: Style,
    },
}

/// A picture in the making.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    pub fonts: &'static Fonts,
    pub width: f64,
    pub height: f64,
    pub items: Vec<Item>,
    pub texts: Vec<TextBox>,
    /// Marks and ranges that no text may cover.
    pub taken: Vec<Area>,
}

impl Scene {
    pub(super) fn new(fonts: &'static Fonts, width: f64) -> Scene {
        Scene { fonts, width, height: 0.0, items: Vec::new(), texts: Vec::new(), taken: Vec::new() }
    }

    pub(super) fn measure(&self, text: &str, style: Style) -> f64 {
        self.fonts.width(text, style.size, style.weight)
    }

    /// The box that a line of text centred on `middle` would need.
    pub(super) fn text_area(&self, text: &str, style: Style, align: Align, x: f64, middle: f64) -> Area {
        let width = self.measure(text, style);
        let left = match align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        let baseline = middle + HALF_CAPITAL * style.size;
        Area {
            left,
            top: baseline - ASCENT * style.size,
            right: left + width,
            bottom: baseline + DESCENT * style.size,
        }
    }

    /// Draws one line of text whose capitals are centred on `middle`.
    pub(super) fn text(&mut self, text: &str, style: Style, align: Align, x: f64, middle: f64) {
        let text = printable(text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let area = self.text_area(text, style, align, x, middle);
        self.items.push(Item::Text {
            text: text.to_owned(),
            left: area.left,
            baseline: middle + HALF_CAPITAL * style.size,
            width: area.width(),
            style,
        });
        self.texts.push(TextBox { text: text.to_owned(), area });
    }

    /// The same, on a patch of white that keeps grid lines out of the letters.
    pub(super) fn text_on_white(&mut self, text: &str, style: Style, align: Align, x: f64, middle: f64) {
        let area = self.text_area(text, style, align, x, middle);
        self.rectangle(Area { left: area.left - 2.0, right: area.right + 2.0, ..area }, WHITE);
        self.text(text, style, align, x, middle);
    }

    pub(super) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        colour: Colour,
        opacity: f64,
    ) {
        self.items.push(Item::Line { from, to, width, colour, opacity });
    }

    pub(super) fn rectangle(&mut self, area: Area, colour: Colour) {
        self.items.push(Item::Rectangle { area, colour });
    }

    pub(super) fn outline(&mut self, area: Area, width: f64, colour: Colour) {
        self.items.push(Item::Outline { area, width, colour });
    }

    /// A hatched cell with its outline.
    pub(super) fn hatch(&mut self, area: Area) {
        self.items.push(Item::Hatch { area });
        self.outline(area, 0.8, DARK_GREY);
    }

    pub(super) fn circle(&mut self, centre: (f64, f64), radius: f64, colour: Colour) {
        self.items.push(Item::Circle { centre, radius, colour });
    }

    /// A circle without a filling.
    pub(super) fn ring(&mut self, centre: (f64, f64), radius: f64, width: f64, colour: Colour) {
        self.items.push(Item::Ring { centre, radius, width, colour });
    }

    pub(super) fn polygon(&mut self, points: Vec<(f64, f64)>, colour: Colour) {
        self.items.push(Item::Polygon { points, colour });
    }

    /// Whether a text could stand here without touching a mark or another text.
    pub(super) fn is_free(&self, area: &Area) -> bool {
        !self.taken.iter().any(|taken| taken.intersects(area))
            && !self.texts.iter().any(|text| text.area.intersects(area))
    }

    /// Takes over all of another picture, moved.
    pub(super) fn place(&mut self, other: &Scene, right: f64, down: f64) {
        let shift = |(x, y): (f64, f64)| (x + right, y + down);
        self.items.extend(other.items.iter().cloned().map(|mut item| {
            match &mut item {
                Item::Line { from, to, .. } => (*from, *to) = (shift(*from), shift(*to)),
                Item::Rectangle { area, .. } | Item::Outline { area, .. } | Item::Hatch { area } => {
                    *area = area.moved(right, down);
                }
                Item::Circle { centre, .. } | Item::Ring { centre, .. } => *centre = shift(*centre),
                Item::Polygon { points, .. } => {
                    points.iter_mut().for_each(|point| *point = shift(*point));
                }
                Item::Text { left, baseline, .. } => {
                    (*left, *baseline) = shift((*left, *baseline));
                }
            }
            item
        }));
        self.texts.extend(
            other
                .texts
                .iter()
                .map(|text| TextBox { text: text.text.clone(), area: text.area.moved(right, down) }),
        );
        self.taken.extend(other.taken.iter().map(|area| area.moved(right, down)));
    }
}
