//! Paragraphs and what stands in them.

use super::xml::Xml;
use crate::publish::text::stretches;

/// A paragraph of a style, and what it does otherwise than its style.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph<'a> {
    style: &'a str,
    keep_next: bool,
    new_page: bool,
    without_number: bool,
    below_table: bool,
}

impl<'a> Paragraph<'a> {
    pub const fn of(style: &'a str) -> Paragraph<'a> {
        Paragraph { style, keep_next: false, new_page: false, without_number: false, below_table: false }
    }

    /// On the same page as what follows.
    pub const fn keep_next(self, keep_next: bool) -> Paragraph<'a> {
        Paragraph { keep_next, ..self }
    }

    /// At the top of a page.
    pub const fn new_page(self, new_page: bool) -> Paragraph<'a> {
        Paragraph { new_page, ..self }
    }

    /// With a gap above, which tables do not leave.
    pub const fn below_table(self, below_table: bool) -> Paragraph<'a> {
        Paragraph { below_table, ..self }
    }

    /// Without the number that its style has.
    pub const fn without_number(self) -> Paragraph<'a> {
        Paragraph { without_number: true, ..self }
    }

    /// The paragraph with its runs.
    pub fn write(self, xml: &mut Xml, runs: impl FnOnce(&mut Xml)) {
        self.write_with(xml, |_| {}, runs);
    }

    /// The paragraph with further properties and its runs.
    pub fn write_with(self, xml: &mut Xml, more: impl FnOnce(&mut Xml), runs: impl FnOnce(&mut Xml)) {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", self.style);
                if self.keep_next {
                    xml.empty("w:keepNext", &[]);
                }
                if self.new_page {
                    xml.empty("w:pageBreakBefore", &[]);
                }
                if self.without_number {
                    xml.element("w:numPr", &[], |xml| {
                        xml.value("w:ilvl", "0");
                        xml.value("w:numId", "0");
                    });
                }
                if self.below_table {
                    xml.empty("w:spacing", &[("w:before", "240")]);
                }
                if self.without_number {
                    xml.empty("w:ind", &[("w:left", "0"), ("w:firstLine", "0")]);
                }
                more(xml);
            });
            runs(xml);
        });
    }

    /// The paragraph with one text.
    pub fn text(self, xml: &mut Xml, words: &str) {
        self.write(xml, |xml| text(xml, words, &[]));
    }
}

/// Runs with a text; a stretch of right-to-left script is a run of its own, so that the figures after
/// it keep their order. `properties` are elements without a value.
pub(super) fn text(xml: &mut Xml, words: &str, properties: &[&str]) {
    for (from_right, stretch) in stretches(words) {
        xml.element("w:r", &[], |xml| {
            if from_right || !properties.is_empty() {
                xml.element("w:rPr", &[], |xml| {
                    properties.iter().for_each(|property| xml.empty(property, &[]));
                    if from_right {
                        xml.empty("w:rtl", &[]);
                    }
                });
            }
            xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(stretch));
        });
    }
}

pub(super) fn bold(xml: &mut Xml, words: &str) {
    text(xml, words, &["w:b"]);
}

pub(super) fn tab(xml: &mut Xml) {
    xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
}

/// A field that Word works out, with what it comes to.
pub(super) fn field(xml: &mut Xml, instruction: &str, result: &str) {
    xml.element("w:fldSimple", &[("w:instr", instruction)], |xml| text(xml, result, &[]));
}

/// A link to a bookmark of the same document.
pub(super) fn link(xml: &mut Xml, bookmark: &str, words: &str) {
    xml.element("w:hyperlink", &[("w:anchor", bookmark), ("w:history", "1")], |xml| {
        xml.element("w:r", &[], |xml| {
            xml.element("w:rPr", &[], |xml| xml.value("w:rStyle", "Hyperlink"));
            xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(words));
        });
    });
}
