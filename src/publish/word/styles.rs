//! The styles that an editor finds in Word: Arial, 12 points, left aligned, headings in the accent of the
//! house.

use super::numbering::{BULLETS, RECOMMENDATIONS, SECTIONS};
use super::parts::MAIN;
use super::widths::CELL_MARGIN;
use super::xml::Xml;
use crate::colour::Colour;
use crate::survey::Style as House;

/// Stands for the accent of the house until the part is written.
const ACCENT: &str = "accent";
/// Stands for the colour of its stamps.
const STAMP: &str = "stamp";
const INK: &str = "0B0C0C";
const QUIET: &str = "3D3D3D";

/// A paragraph style. Sizes are half points, distances twentieths of a point.
#[derive(Clone, Copy, Debug)]
struct Style {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    next: &'static str,
    size: &'static str,
    colour: &'static str,
    bold: bool,
    before: &'static str,
    after: &'static str,
    line: &'static str,
    keep_next: bool,
    outline: Option<&'static str>,
    list: Option<&'static str>,
    indent: Option<(&'static str, &'static str)>,
    right: bool,
    rule: bool,
}

const NORMAL: Style = Style {
    id: "Normal",
    name: "Normal",
    based_on: "",
    next: "Normal",
    size: "24",
    colour: INK,
    bold: false,
    before: "0",
    after: "140",
    line: "276",
    keep_next: false,
    outline: None,
    list: None,
    indent: None,
    right: false,
    rule: false,
};
const PLAIN: Style = Style { based_on: "Normal", ..NORMAL };
const HEADING: Style = Style { bold: true, colour: ACCENT, line: "252", keep_next: true, ..PLAIN };
const CELL: Style = Style {
    id: "TableText",
    name: "Table Text",
    next: "TableText",
    size: "18",
    after: "0",
    line: "240",
    ..PLAIN
};

const HEADER: Style =
    Style { id: "Header", name: "header", size: "20", colour: QUIET, after: "0", line: "252", ..PLAIN };

const STYLES: [Style; 26] = [
    NORMAL,
    Style { id: "Title", name: "Title", size: "56", before: "60", after: "60", ..HEADING },
    Style { id: "Subtitle", name: "Subtitle", size: "32", colour: QUIET, after: "200", ..PLAIN },
    Style {
        id: "Organisation",
        name: "Organisation",
        size: "26",
        bold: true,
        colour: ACCENT,
        after: "0",
        ..PLAIN
    },
    Style {
        id: "Heading1",
        name: "heading 1",
        size: "36",
        before: "480",
        after: "160",
        outline: Some("0"),
        list: Some(SECTIONS),
        ..HEADING
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        size: "28",
        before: "320",
        after: "120",
        outline: Some("1"),
        ..HEADING
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        size: "24",
        before: "240",
        after: "100",
        outline: Some("2"),
        ..HEADING
    },
    Style {
        id: "ContentsHeading",
        name: "Contents Heading",
        size: "28",
        before: "200",
        after: "100",
        ..HEADING
    },
    Style {
        id: "Contents",
        name: "Contents",
        size: "22",
        after: "10",
        line: "247",
        indent: Some(("567", "567")),
        ..PLAIN
    },
    Style {
        id: "Details",
        name: "Details",
        next: "Details",
        after: "80",
        line: "264",
        indent: Some(("2552", "2552")),
        ..PLAIN
    },
    Style {
        id: "ListBullet",
        name: "List Bullet",
        next: "ListBullet",
        after: "100",
        list: Some(BULLETS),
        ..PLAIN
    },
    Style {
        id: "ListNumber",
        name: "List Number",
        next: "ListNumber",
        after: "100",
        list: Some(RECOMMENDATIONS),
        ..PLAIN
    },
    Style {
        id: "Caption",
        name: "caption",
        size: "22",
        bold: true,
        colour: ACCENT,
        before: "280",
        after: "60",
        line: "252",
        keep_next: true,
        ..PLAIN
    },
    Style {
        id: "AboutExhibit",
        name: "About Exhibit",
        size: "20",
        colour: QUIET,
        after: "60",
        line: "252",
        keep_next: true,
        ..PLAIN
    },
    Style {
        id: "Note",
        name: "Note",
        size: "18",
        colour: QUIET,
        before: "60",
        after: "60",
        line: "252",
        ..PLAIN
    },
    Style { id: "Picture", name: "Picture", before: "60", after: "120", line: "240", ..PLAIN },
    CELL,
    Style { id: "TableNumber", name: "Table Number", next: "TableNumber", right: true, ..CELL },
    Style { id: "KeyFigureText", name: "Key Figure Text", next: "KeyFigureText", size: "22", ..CELL },
    Style {
        id: "KeyFigure",
        name: "Key Figure",
        next: "KeyFigure",
        size: "36",
        bold: true,
        colour: ACCENT,
        ..CELL
    },
    Style { id: "TableTextSmall", name: "Table Text Small", next: "TableTextSmall", size: "16", ..CELL },
    Style {
        id: "TableNumberSmall",
        name: "Table Number Small",
        next: "TableNumberSmall",
        size: "16",
        right: true,
        ..CELL
    },
    HEADER,
    Style { id: "Footer", name: "footer", rule: true, ..HEADER },
    Style { id: "SectionEnd", name: "Section End", size: "2", line: "20", after: "0", ..PLAIN },
    Style {
        id: "Stamp",
        name: "Stamp",
        size: "20",
        bold: true,
        colour: STAMP,
        after: "120",
        line: "252",
        ..PLAIN
    },
];

/// `styles.xml`.
pub(super) fn styles(house: &House) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("w:styles", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| xml.element("w:rPr", &[], defaults));
            xml.element("w:pPrDefault", &[], |xml| xml.empty("w:pPr", &[]));
        });
        STYLES.iter().for_each(|one| paragraph_style(xml, one, house));
        hyperlink(xml, house);
        xml.element(
            "w:style",
            &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")],
            |xml| {
                xml.value("w:name", "Normal Table");
                xml.element("w:tblPr", &[], |xml| xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]));
            },
        );
        table_style(xml, house);
    });
    xml.finish()
}

fn defaults(xml: &mut Xml) {
    let font = "Arial";
    xml.empty("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)]);
    xml.value("w:sz", "24");
    xml.value("w:szCs", "24");
    xml.empty("w:lang", &[("w:val", "en-GB"), ("w:eastAsia", "en-GB"), ("w:bidi", "ar-SA")]);
}

fn paragraph_style(xml: &mut Xml, style: &Style, house: &House) {
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id)];
    let base = style.based_on;
    if base.is_empty() {
        attributes.push(("w:default", "1"));
    }
    xml.element("w:style", &attributes, |xml| {
        xml.value("w:name", style.name);
        if !base.is_empty() {
            xml.value("w:basedOn", base);
        }
        xml.value("w:next", style.next);
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| {
            if style.keep_next {
                xml.empty("w:keepNext", &[]);
                xml.empty("w:keepLines", &[]);
            }
            if let Some(list) = style.list {
                xml.element("w:numPr", &[], |xml| xml.value("w:numId", list));
            }
            if style.rule {
                xml.element("w:pBdr", &[], |xml| rule(xml, "w:top", "4", "BFBFBF"));
            }
            let spacing = [
                ("w:before", style.before),
                ("w:after", style.after),
                ("w:line", style.line),
                ("w:lineRule", "auto"),
            ];
            xml.empty("w:spacing", &spacing);
            if let Some((left, hanging)) = style.indent {
                xml.empty("w:ind", &[("w:left", left), ("w:hanging", hanging)]);
            }
            xml.value("w:jc", if style.right { "right" } else { "left" });
            if let Some(level) = style.outline {
                xml.value("w:outlineLvl", level);
            }
        });
        xml.element("w:rPr", &[], |xml| {
            if style.bold {
                xml.empty("w:b", &[]);
                xml.empty("w:bCs", &[]);
            }
            let colour = match style.colour {
                ACCENT => house.accent.digits(),
                STAMP => house.stamp.digits(),
                fixed => fixed.to_owned(),
            };
            xml.value("w:color", &colour);
            xml.value("w:sz", style.size);
            xml.value("w:szCs", style.size);
        });
    });
}

fn hyperlink(xml: &mut Xml, house: &House) {
    xml.element("w:style", &[("w:type", "character"), ("w:styleId", "Hyperlink")], |xml| {
        xml.value("w:name", "Hyperlink");
        xml.element("w:rPr", &[], |xml| {
            xml.value("w:color", &house.accent.digits());
            xml.value("w:u", "single");
        });
    });
}

/// Rules between rows and no others; the header row bold on a tint that black reads well on.
fn table_style(xml: &mut Xml, house: &House) {
    let [accent, ground] = [house.accent, house.ground].map(Colour::digits);
    xml.element(
        "w:style",
        &[("w:type", "table"), ("w:customStyle", "1"), ("w:styleId", "SurveyTable")],
        |xml| {
            xml.value("w:name", "Survey Table");
            xml.value("w:basedOn", "TableNormal");
            xml.empty("w:qFormat", &[]);
            xml.element("w:tblPr", &[], |xml| {
                xml.element("w:tblBorders", &[], |xml| {
                    rule(xml, "w:top", "8", &accent);
                    rule(xml, "w:bottom", "8", &accent);
                    rule(xml, "w:insideH", "4", "BFBFBF");
                });
                xml.element("w:tblCellMar", &[], |xml| {
                    let margin = CELL_MARGIN.to_string();
                    for (side, width) in [
                        ("w:top", "40"),
                        ("w:left", margin.as_str()),
                        ("w:bottom", "40"),
                        ("w:right", &margin),
                    ] {
                        xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
                    }
                });
            });
            xml.element("w:tblStylePr", &[("w:type", "firstRow")], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    xml.empty("w:b", &[]);
                    xml.empty("w:bCs", &[]);
                });
                xml.element("w:tcPr", &[], |xml| {
                    xml.element("w:tcBorders", &[], |xml| rule(xml, "w:bottom", "8", &accent));
                    xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &ground)]);
                    xml.value("w:vAlign", "bottom");
                });
            });
        },
    );
}

fn rule(xml: &mut Xml, side: &str, eighths: &str, colour: &str) {
    xml.empty(side, &[("w:val", "single"), ("w:sz", eighths), ("w:space", "4"), ("w:color", colour)]);
}
