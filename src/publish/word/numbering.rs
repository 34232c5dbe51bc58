//! Lists: bullets, recommendations, and the numbers of sections.

use super::parts::MAIN;
use super::xml::Xml;

/// `w:numId` of the three lists.
pub(super) const SECTIONS: &str = "1";
pub(super) const BULLETS: &str = "2";
pub(super) const RECOMMENDATIONS: &str = "3";

/// `numbering.xml`.
pub(super) fn numbering() -> Vec<u8> {
    let mut xml = Xml::part();
    let lists = [
        (SECTIONS, "decimal", "%1", "567", "Heading1"),
        (BULLETS, "bullet", "\u{2022}", "357", "ListBullet"),
        (RECOMMENDATIONS, "decimal", "%1.", "425", "ListNumber"),
    ];
    xml.element("w:numbering", &[("xmlns:w", MAIN)], |xml| {
        for (id, format, text, indent, style) in lists {
            xml.element("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
                xml.value("w:multiLevelType", "singleLevel");
                xml.element("w:lvl", &[("w:ilvl", "0")], |xml| {
                    xml.value("w:start", "1");
                    xml.value("w:numFmt", format);
                    xml.value("w:pStyle", style);
                    xml.value("w:lvlText", text);
                    xml.value("w:lvlJc", "left");
                    xml.element("w:pPr", &[], |xml| {
                        xml.empty("w:ind", &[("w:left", indent), ("w:hanging", indent)]);
                    });
                });
            });
        }
        for (id, ..) in lists {
            xml.element("w:num", &[("w:numId", id)], |xml| xml.value("w:abstractNumId", id));
        }
    });
    xml.finish()
}
