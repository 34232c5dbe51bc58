//! The parts of the package around the text: what they are, how they hang together, what stands at
//! the head and the foot of every page, and the properties of the document.

use super::paragraph::{Paragraph, field, text};
use super::picture::relation;
use super::xml::Xml;
use crate::publish::paper::Paper;

pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub(super) const INLINE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
pub(super) const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
pub(super) const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts that belong to the document, by the last word of their kinds.
const BESIDE: [&str; 5] = ["styles", "numbering", "settings", "header", "footer"];

/// `[Content_Types].xml`.
pub(super) fn content_types() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))], |xml| {
        for (ending, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
        ] {
            xml.empty("Default", &[("Extension", ending), ("ContentType", kind)]);
        }
        let mut part =
            |name: &str, kind: &str| xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        BESIDE.iter().for_each(|name| part(&format!("/word/{name}.xml"), &format!("{WORD}.{name}+xml")));
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    });
    xml.finish()
}

/// `_rels/.rels`.
pub(super) fn package_relations() -> Vec<u8> {
    let document = format!("{RELATIONS}/officeDocument");
    let properties = format!("{PACKAGE}/relationships/metadata/core-properties");
    relations(&[
        ("document".to_owned(), document, "word/document.xml".to_owned()),
        ("properties".to_owned(), properties, "docProps/core.xml".to_owned()),
    ])
}

/// `word/_rels/document.xml.rels`.
pub(super) fn document_relations(pictures: usize) -> Vec<u8> {
    let beside = BESIDE.map(|name| (name.to_owned(), format!("{RELATIONS}/{name}"), format!("{name}.xml")));
    let pictures = (1..=pictures).map(|number| {
        (relation(&number.to_string()), format!("{RELATIONS}/image"), format!("media/chart{number}.png"))
    });
    relations(&beside.into_iter().chain(pictures).collect::<Vec<_>>())
}

fn relations(all: &[(String, String, String)]) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))], |xml| {
        for (id, kind, target) in all {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)]);
        }
    });
    xml.finish()
}

/// `docProps/core.xml`. Without dates: the same input gives the same bytes.
pub(super) fn properties(paper: &Paper) -> Vec<u8> {
    let mut xml = Xml::part();
    let names = [
        ("xmlns:cp", format!("{PACKAGE}/metadata/core-properties")),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/".to_owned()),
    ];
    let names = names.each_ref().map(|(name, value)| (*name, value.as_str()));
    xml.element("cp:coreProperties", &names, |xml| {
        for (name, value) in [
            ("dc:title", title(paper).as_str()),
            ("dc:subject", &paper.stamps.join("; ")),
            ("dc:creator", &paper.organisation),
            ("cp:lastModifiedBy", &paper.organisation),
            ("dc:language", "en-GB"),
        ] {
            xml.element(name, &[], |xml| xml.text(value));
        }
    });
    xml.finish()
}

/// `word/settings.xml`.
pub(super) fn settings() -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("w:settings", &[("xmlns:w", MAIN)], |xml| {
        xml.element("w:compat", &[], |xml| {
            xml.empty(
                "w:compatSetting",
                &[
                    ("w:name", "compatibilityMode"),
                    ("w:uri", "http://schemas.microsoft.com/office/word"),
                    ("w:val", "15"),
                ],
            );
        });
        xml.value("w:themeFontLang", "en-GB");
    });
    xml.finish()
}

/// `word/header.xml`: what the paper is, and its stamps.
pub(super) fn header(paper: &Paper) -> Vec<u8> {
    margin("w:hdr", |xml| {
        Paragraph::of("Header").text(xml, &format!("{}, {}", paper.organisation, title(paper)));
        Paragraph::of("Stamp").text(xml, &paper.stamps.join(" \u{2013} "));
    })
}

/// `word/footer.xml`: "Page 3 of 40".
pub(super) fn footer() -> Vec<u8> {
    margin("w:ftr", |xml| {
        Paragraph::of("Footer").write(xml, |xml| {
            text(xml, "Page ", &[]);
            field(xml, "PAGE", "1");
            text(xml, " of ", &[]);
            field(xml, "NUMPAGES", "1");
        });
    })
}

fn margin(name: &str, content: impl FnOnce(&mut Xml)) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element(name, &[("xmlns:w", MAIN)], content);
    xml.finish()
}

fn title(paper: &Paper) -> String {
    format!("{}, {}", paper.title, paper.period)
}
