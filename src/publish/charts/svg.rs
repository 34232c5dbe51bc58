//! A backend of plotters that writes SVG. That of plotters knows no patterns, no weight between regular
//! and bold and no lengths of texts; this one is told what plotters has no words for with [`Svg::also`].

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use quick_xml::escape::escape;

/// Nothing can go wrong; plotters wants to hear so.
pub(super) type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The elements of a picture, a line for each.
#[derive(Debug)]
pub(super) struct Svg {
    text: String,
    size: (u32, u32),
    /// Attributes of the next element.
    also: String,
}

impl Svg {
    /// With `text` before the elements; of a size that only plotters asks for.
    pub(super) fn new(text: String, size: (u32, u32)) -> Svg {
        Svg { text, size, also: String::new() }
    }

    /// Gives the next element an attribute, as it stands in the file.
    pub(super) fn also(&mut self, name: &str, value: &str) {
        attribute(&mut self.also, name, |text| text.push_str(value));
    }

    /// Gives the next element a number.
    pub(super) fn also_number(&mut self, name: &str, value: i32) {
        attribute(&mut self.also, name, |text| text.push_str(itoa::Buffer::new().format(value)));
    }

    /// All that was drawn.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn open(&mut self, element: &str) {
        self.text.push('<');
        self.text.push_str(element);
    }

    /// The end of an element without content.
    fn close(&mut self) -> Drawn {
        self.text.push_str(&self.also);
        self.also.clear();
        self.text.push_str("/>\n");
        Ok(())
    }

    fn number(&mut self, name: &str, value: impl itoa::Integer) {
        attribute(&mut self.text, name, |text| text.push_str(itoa::Buffer::new().format(value)));
    }

    fn word(&mut self, name: &str, value: &str) {
        attribute(&mut self.text, name, |text| text.push_str(value));
    }

    /// How much covers what lies below, where that is not everything.
    fn opacity(&mut self, colour: BackendColor) {
        if colour.alpha != 1.0 {
            self.word("opacity", &colour.alpha.to_string());
        }
    }

    /// As `#RRGGBB`.
    fn colour(&mut self, name: &str, colour: BackendColor) {
        let (red, green, blue) = colour.rgb;
        let digit = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
        let digits = [red >> 4, red & 15, green >> 4, green & 15, blue >> 4, blue & 15].map(digit);
        attribute(&mut self.text, name, |text| {
            text.push('#');
            text.extend(digits);
        });
    }

    /// All of an area, or its edge.
    fn fill(&mut self, style: &impl BackendStyle, fill: bool) {
        self.opacity(style.color());
        if fill {
            self.colour("fill", style.color());
        } else {
            self.word("fill", "none");
            self.stroke(style);
        }
    }

    fn stroke(&mut self, style: &impl BackendStyle) {
        self.colour("stroke", style.color());
        self.number("stroke-width", style.stroke_width());
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        let mut buffer = itoa::Buffer::new();
        attribute(&mut self.text, "points", |text| {
            for (x, y) in points {
                text.push_str(buffer.format(x));
                text.push(',');
                text.push_str(buffer.format(y));
                text.push(' ');
            }
        });
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.open("line");
        self.opacity(style.color());
        self.stroke(style);
        self.number("x1", from.0);
        self.number("y1", from.1);
        self.number("x2", to.0);
        self.number("y2", to.1);
        self.close()
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        corner: BackendCoord,
        opposite: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.open("rect");
        self.number("x", corner.0);
        self.number("y", corner.1);
        self.number("width", opposite.0 - corner.0);
        self.number("height", opposite.1 - corner.1);
        self.fill(style, fill);
        self.close()
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.open("circle");
        self.number("cx", centre.0);
        self.number("cy", centre.1);
        self.number("r", radius);
        self.fill(style, fill);
        self.close()
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.open("polygon");
        self.opacity(style.color());
        self.colour("fill", style.color());
        self.points(corners);
        self.close()
    }

    /// From its top left, in the typeface that the picture names once: nothing else is asked for.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        self.open("text");
        self.number("x", x);
        self.number("y", y);
        self.word("dy", "0.76em");
        self.word("font-size", &style.size().to_string());
        self.opacity(style.color());
        self.colour("fill", style.color());
        self.text.push_str(&self.also);
        self.also.clear();
        self.text.push('>');
        self.text.push_str(&escape(text));
        self.text.push_str("</text>\n");
        Ok(())
    }
}

fn attribute(text: &mut String, name: &str, value: impl FnOnce(&mut String)) {
    text.push(' ');
    text.push_str(name);
    text.push_str("=\"");
    value(text);
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::style::{RGBColor, TextStyle};

    #[test]
    fn what_is_added_is_said_of_one_element_only() {
        let grey = BackendColor { alpha: 1.0, rgb: (0x0A, 0xB0, 0xFF) };
        let mut svg = Svg::new("<g>\n".to_owned(), (100, 100));
        svg.also("style", "fill:url(#hatch)");
        svg.also_number("rx", 3);
        svg.draw_rect((1, 2), (11, 22), &grey, true).unwrap();
        svg.draw_circle((5, -6), 7, &grey.mix(0.5), false).unwrap();
        svg.fill_polygon([(0, 0), (1, 0), (0, 1)], &grey).unwrap();
        let looks = TextStyle::from(("sans-serif", 130.0)).color(&RGBColor(0, 0, 0));
        svg.draw_text("<a id=\"b\"> & c's", &looks, (8, 9)).unwrap();
        assert_eq!(
            svg.into_text(),
            "<g>\n\
             <rect x=\"1\" y=\"2\" width=\"10\" height=\"20\" fill=\"#0AB0FF\" style=\"fill:url(#hatch)\" rx=\"3\"/>\n\
             <circle cx=\"5\" cy=\"-6\" r=\"7\" opacity=\"0.5\" fill=\"none\" stroke=\"#0AB0FF\" stroke-width=\"1\"/>\n\
             <polygon fill=\"#0AB0FF\" points=\"0,0 1,0 0,1 \"/>\n\
             <text x=\"8\" y=\"9\" dy=\"0.76em\" font-size=\"130\" fill=\"#000000\">\
             &lt;a id=&quot;b&quot;&gt; &amp; c&apos;s</text>\n"
        );
    }
}
