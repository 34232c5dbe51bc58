//! The text from the first page to the annex.

use std::sync::Arc;

use super::WordError;
use super::exhibit::{Exhibits, Later};
use super::front::{bookmark, front};
use super::paragraph::{Paragraph, bold, text};
use super::parts::{INLINE, MAIN, RELATIONS};
use super::sheet::Sheet;
use super::table::key_figures;
use super::xml::Xml;
use crate::publish::paper::{Block, Paper, Section};

/// `document.xml`, and the pictures that it refers to in their order.
#[derive(Debug)]
pub(super) struct Document {
    pub text: Vec<u8>,
    pub pictures: Vec<Arc<[u8]>>,
}

/// Sections up to this one begin a new page each: the summary has one to itself.
const LAST_ON_A_PAGE_OF_ITS_OWN: usize = 1;

pub(super) fn document(paper: &Paper) -> Result<Document, WordError> {
    let mut exhibits = Exhibits::of(paper)?;
    let mut xml = Xml::part();
    let names = [("xmlns:w", MAIN), ("xmlns:r", RELATIONS), ("xmlns:wp", INLINE)];
    xml.element("w:document", &names, |xml| {
        xml.element("w:body", &[], |xml| {
            front(xml, paper);
            let mut sheet = Sheet::Upright;
            let mut in_annex = false;
            for (at, section) in paper.sections.iter().enumerate() {
                let begins_annex = section.annex && !in_annex;
                in_annex = section.annex;
                let turned = sheet == Sheet::Sideways;
                turn(xml, &mut sheet, Sheet::Upright);
                let new_page = !turned && (at <= LAST_ON_A_PAGE_OF_ITS_OWN || begins_annex);
                let heading = Paragraph::of("Heading1").new_page(new_page);
                heading.write(xml, |xml| {
                    exhibits.marked(xml, &bookmark(at), |xml| text(xml, &section.heading, &[]));
                });
                let later = blocks(xml, section, &mut exhibits);
                if !later.is_empty() {
                    turn(xml, &mut sheet, Sheet::Sideways);
                    let heading = format!("Tables of section {}", at + 1);
                    Paragraph::of("Heading2").text(xml, &heading);
                    later.iter().for_each(|one| exhibits.later(xml, one));
                }
            }
            sheet.properties(xml);
        });
    });
    Ok(Document { text: xml.finish(), pictures: exhibits.pictures })
}

fn turn(xml: &mut Xml, sheet: &mut Sheet, wanted: Sheet) {
    if *sheet != wanted {
        sheet.end(xml);
        *sheet = wanted;
    }
}

/// The blocks of a section, and the tables that need sheets on their side.
fn blocks<'p>(xml: &mut Xml, section: &'p Section, exhibits: &mut Exhibits) -> Vec<Later<'p>> {
    let mut later = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Paragraph(words) => Paragraph::of("Normal").text(xml, words),
            Block::Heading(words) => Paragraph::of("Heading2").text(xml, words),
            Block::Bullets(items) => {
                items.iter().for_each(|words| Paragraph::of("ListBullet").text(xml, words));
            }
            Block::KeyFigures(figures) if figures.is_empty() => {}
            Block::KeyFigures(figures) => {
                key_figures(xml, figures);
                Paragraph::of("Note").text(xml, "");
            }
            Block::Glossary(terms) => {
                for (term, meaning) in terms {
                    Paragraph::of("Normal").write(xml, |xml| {
                        bold(xml, &format!("{term}: "));
                        text(xml, meaning, &[]);
                    });
                }
            }
            Block::Exhibit(exhibit) => exhibits.exhibit(xml, exhibit, section.annex, &mut later),
        }
    }
    later
}
