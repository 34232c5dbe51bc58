//! The text from the first page to the last.

use std::sync::Arc;

use super::WordError;
use super::exhibit::{Exhibits, Numbered, begins_sideways, is_printed};
use super::front::{bookmark, front};
use super::paragraph::{Paragraph, bold, text};
use super::parts::{INLINE, MAIN, RELATIONS};
use super::sheet::Sheet;
use super::table::key_figures;
use super::xml::Xml;
use crate::ingest::{Note, Words};
use crate::publish::paper::{Block, Commentary, Paper, Section};

/// `document.xml`, and the pictures that it refers to in their order.
#[derive(Debug)]
pub(super) struct Document {
    pub text: Vec<u8>,
    pub pictures: Vec<Arc<[u8]>>,
}

/// Sections up to this one begin a new page each: the summary has one to itself.
const LAST_ON_A_NEW_PAGE: usize = 1;

pub(super) fn document(paper: &Paper) -> Result<Document, WordError> {
    let mut exhibits = Exhibits::of(paper)?;
    let mut xml = Xml::part();
    let names = [("xmlns:w", MAIN), ("xmlns:r", RELATIONS), ("xmlns:wp", INLINE)];
    xml.element("w:document", &names, |xml| {
        xml.element("w:body", &[], |xml| body(xml, paper, &mut exhibits));
    });
    Ok(Document { text: xml.finish(), pictures: exhibits.pictures })
}

fn body<'p>(xml: &mut Xml, paper: &'p Paper, exhibits: &mut Exhibits<'p>) {
    front(xml, paper);
    let mut sheet = Sheet::Upright;
    let mut in_annex = false;
    for (at, section) in paper.sections.iter().enumerate() {
        let begins_annex = section.annex && !in_annex;
        in_annex = section.annex;
        let is_sideways = begins_sideways(section);
        let turned = sheet.turn(xml, if is_sideways { Sheet::Sideways } else { Sheet::Upright });
        let new_page = !turned && (at <= LAST_ON_A_NEW_PAGE || begins_annex);
        Paragraph::of("Heading1").new_page(new_page).write(xml, |xml| {
            exhibits.marked(xml, &bookmark(at), |xml| text(xml, &section.heading, &[]));
        });
        let later = blocks(xml, section, exhibits);
        if !later.is_empty() && sheet.turn(xml, Sheet::Sideways) {
            Paragraph::of("Heading2").text(xml, &format!("Wide tables of section {}", at + 1));
        }
        later.iter().for_each(|one| one.write(xml));
    }
    exhibits.tables_of_charts(xml, &mut sheet);
    sheet.properties(xml);
}

/// The blocks of a section, and the tables that need sheets on their side.
fn blocks<'p>(xml: &mut Xml, section: &'p Section, exhibits: &mut Exhibits<'p>) -> Vec<Numbered<'p>> {
    let mut later = Vec::new();
    let mut below_table = false;
    for (at, block) in section.blocks.iter().enumerate() {
        let is_below = std::mem::take(&mut below_table);
        match block {
            Block::Paragraph(words) => Paragraph::of("Normal").below_table(is_below).text(xml, words),
            // Lines that name what is not printed stand under the heading of their section.
            Block::Heading(_) if !is_printed(&section.blocks[at + 1..], section.annex) => {}
            Block::Heading(words) => Paragraph::of("Heading2").text(xml, words),
            Block::Bullets(items) => {
                for (at, words) in items.iter().enumerate() {
                    Paragraph::of("ListBullet").below_table(is_below && at == 0).text(xml, words);
                }
            }
            Block::KeyFigures(figures) if figures.is_empty() => {}
            Block::KeyFigures(figures) => {
                key_figures(xml, figures);
                below_table = true;
            }
            Block::Glossary(terms) => {
                for (term, meaning) in terms {
                    Paragraph::of("Normal").write(xml, |xml| {
                        bold(xml, &format!("{term}: "));
                        text(xml, meaning, &[]);
                    });
                }
            }
            Block::Commentary(comment) => commentary(xml, comment),
            Block::Exhibit(exhibit) => exhibits.exhibit(xml, exhibit, section.annex, &mut later),
        }
    }
    later
}

/// The analyst's own words, told apart by their label.
fn commentary(xml: &mut Xml, comment: &Commentary) {
    Paragraph::of("Normal").write(xml, |xml| {
        bold(xml, "The analyst\u{2019}s words");
        if let Some(about) = &comment.about {
            text(xml, &format!(" on {about}"), &[]);
        }
    });
    let runs = |xml: &mut Xml, runs: &[Words]| {
        for run in runs {
            if run.strong { bold(xml, &run.text) } else { text(xml, &run.text, &[]) }
        }
    };
    for note in &comment.notes {
        match note {
            Note::Paragraph(words) => Paragraph::of("Normal").write(xml, |xml| runs(xml, words)),
            Note::Bullets(items) => {
                for words in items {
                    Paragraph::of("ListBullet").write(xml, |xml| runs(xml, words));
                }
            }
        }
    }
}
