//! Charts inline, each with its alternative text. Headline and subtitle are on the page, so they are
//! cropped from view; the whole picture is in the file, and "Reset picture" brings them back.

use super::paragraph::Paragraph;
use super::parts::{DRAWING, PICTURE};
use super::xml::Xml;
use crate::publish::paper::Raster;

/// English Metric Units of a centimetre.
const CENTIMETRE: f64 = 360_000.0;
/// The width of the text, and a height that leaves room for the caption on the same page.
const WIDTH: f64 = 17.0 * CENTIMETRE;
const HIGHEST: f64 = 20.5 * CENTIMETRE;

/// A picture that is embedded, with the number that names it in the package.
pub(super) fn picture(xml: &mut Xml, raster: &Raster, number: usize, headline: &str, alternative: &str) {
    let [wide, high] = size(&raster.png).map(f64::from);
    let ratio = high * (1.0 - raster.words) / wide;
    let width = WIDTH.min(HIGHEST / ratio);
    let [width, height] = [width, width * ratio].map(|length| format!("{length:.0}"));
    let crop = format!("{:.0}", raster.words * 100_000.0);
    let (number, name) = (number.to_string(), format!("Chart {number}"));
    let (extent, relation) = ([("cx", width.as_str()), ("cy", height.as_str())], relation(&number));
    let described = [("id", number.as_str()), ("name", &name), ("descr", alternative), ("title", headline)];
    let drawing = |xml: &mut Xml| {
        xml.element("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")], |xml| {
            xml.empty("wp:extent", &extent);
            xml.empty("wp:docPr", &described);
            xml.element("a:graphic", &[("xmlns:a", DRAWING)], |xml| {
                xml.element("a:graphicData", &[("uri", PICTURE)], |xml| {
                    xml.element("pic:pic", &[("xmlns:pic", PICTURE)], |xml| {
                        xml.element("pic:nvPicPr", &[], |xml| {
                            xml.empty("pic:cNvPr", &described);
                            xml.empty("pic:cNvPicPr", &[]);
                        });
                        xml.element("pic:blipFill", &[], |xml| {
                            xml.empty("a:blip", &[("r:embed", &relation)]);
                            xml.empty("a:srcRect", &[("t", &crop)]);
                            xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                        });
                        xml.element("pic:spPr", &[], |xml| {
                            xml.element("a:xfrm", &[], |xml| {
                                xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                                xml.empty("a:ext", &extent);
                            });
                            xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
                        });
                    });
                });
            });
        });
    };
    Paragraph::of("Picture").write(xml, |xml| {
        xml.element("w:r", &[], |xml| xml.element("w:drawing", &[], drawing));
    });
}

/// How the document names a picture of the package.
pub(super) fn relation(number: &str) -> String {
    format!("picture{number}")
}

/// Width and height in pixels, as a PNG begins with them.
fn size(png: &[u8]) -> [u32; 2] {
    let number = |at: usize| {
        let bytes = png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(1, u32::from_be_bytes).max(1)
    };
    [number(16), number(20)]
}
