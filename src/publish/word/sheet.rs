//! Sheets of A4, upright and on their side.

use super::paragraph::Paragraph;
use super::parts::RELATIONS;
use super::xml::Xml;

/// Which way the sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Upright,
    Sideways,
}

impl Sheet {
    /// What follows lies as wanted. Whether that begins a new sheet.
    pub fn turn(&mut self, xml: &mut Xml, wanted: Sheet) -> bool {
        let turns = *self != wanted;
        if turns {
            Paragraph::of("SectionEnd").write_with(xml, |xml| self.properties(xml), |_| {});
            *self = wanted;
        }
        turns
    }

    /// Size, margins, header and footer.
    pub fn properties(self, xml: &mut Xml) {
        let (width, height) = ("11906", "16838");
        xml.element("w:sectPr", &[], |xml| {
            xml.empty(
                "w:headerReference",
                &[("xmlns:r", RELATIONS), ("w:type", "default"), ("r:id", "header")],
            );
            xml.empty(
                "w:footerReference",
                &[("xmlns:r", RELATIONS), ("w:type", "default"), ("r:id", "footer")],
            );
            xml.value("w:type", "nextPage");
            let size: &[(&str, &str)] = match self {
                Sheet::Upright => &[("w:w", width), ("w:h", height)],
                Sheet::Sideways => &[("w:w", height), ("w:h", width), ("w:orient", "landscape")],
            };
            xml.empty("w:pgSz", size);
            let side = "1134";
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", "1418"),
                    ("w:right", side),
                    ("w:bottom", side),
                    ("w:left", side),
                    ("w:header", "567"),
                    ("w:footer", "482"),
                    ("w:gutter", "0"),
                ],
            );
        });
    }
}
