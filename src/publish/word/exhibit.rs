//! Charts and tables with their captions. A table that needs a sheet on its side stands at the end of
//! its section; one that would only fill pages is named with its file.

use std::sync::Arc;

use super::WordError;
use super::paragraph::{Paragraph, field, link, text};
use super::picture::picture;
use super::table::table;
use super::widths::{Fit, fit};
use super::xml::Xml;
use crate::publish::paper::{Block, Exhibit, Paper, Raster};
use crate::publish::table::Table;

/// A longer table serves nobody on paper.
const LONGEST: usize = 40;

/// What is counted from the first exhibit to the last.
#[derive(Debug)]
pub(super) struct Exhibits {
    /// "Figure 1", "Table 1", in the order of the paper.
    labels: std::vec::IntoIter<String>,
    pub pictures: Vec<Arc<[u8]>>,
    bookmarks: usize,
}

/// What waits for the sheets on their side.
#[derive(Debug)]
pub(super) enum Later<'p> {
    Table { named: Named, table: &'p Table, fit: Fit },
    LeftOut { label: String, table: &'p Table, file: &'p str },
}

/// How a table is introduced.
#[derive(Clone, Debug)]
pub(super) enum Named {
    /// "Table 3".
    Alone(String),
    /// "Figure 3", whose picture is not there.
    InPlaceOfPicture(String),
    /// "Figure 3 as a table", with the bookmark that the figure leads to.
    OfFigure(String, String),
}

impl Exhibits {
    /// # Errors
    /// A table whose rows do not fit its columns.
    pub fn of(paper: &Paper) -> Result<Exhibits, WordError> {
        for block in paper.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Exhibit(exhibit) = block else { continue };
            let Table { columns, rows, name, .. } = &exhibit.table;
            if columns.is_empty() || rows.iter().any(|row| row.len() != columns.len()) {
                return Err(WordError::Table { table: name.clone() });
            }
        }
        Ok(Exhibits { labels: paper.exhibit_labels().into_iter(), pictures: Vec::new(), bookmarks: 0 })
    }

    /// A place that links lead to.
    pub fn marked(&mut self, xml: &mut Xml, name: &str, content: impl FnOnce(&mut Xml)) {
        self.bookmarks += 1;
        let id = self.bookmarks.to_string();
        xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", name)]);
        content(xml);
        xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    /// The exhibit, as far as it stands here.
    pub fn exhibit<'p>(
        &mut self,
        xml: &mut Xml,
        exhibit: &'p Exhibit,
        in_annex: bool,
        later: &mut Vec<Later<'p>>,
    ) {
        let label = self.labels.next().unwrap_or_default();
        let Exhibit { drawing, table, table_file, .. } = exhibit;
        let left_out = table_file.as_deref().filter(|_| in_annex || table.rows.len() > LONGEST);
        let raster = drawing.as_ref().and_then(|drawing| Some((drawing, drawing.raster.as_ref()?)));
        let named = if let Some((drawing, raster)) = raster {
            caption(xml, &label, &drawing.headline);
            Paragraph::of("AboutExhibit").text(xml, &drawing.subtitle);
            let number = self.embed(raster);
            picture(xml, raster, number, &drawing.headline, &drawing.alternative);
            drawing.notes.iter().for_each(|note| Paragraph::of("Note").text(xml, note));
            if let Some(file) = left_out {
                Paragraph::of("Note").text(xml, &format!("{label} as a table: {file}"));
                return;
            }
            Named::OfFigure(label, format!("table_of_chart_{number}"))
        } else if drawing.is_some() {
            Named::InPlaceOfPicture(label)
        } else {
            Named::Alone(label)
        };
        let fit = fit(table);
        // Tables keep the order of their numbers.
        let follows = matches!(named, Named::Alone(_)) && later.iter().any(Later::is_numbered_table);
        match (named, left_out) {
            (Named::Alone(label) | Named::InPlaceOfPicture(label), Some(file)) => {
                let left_out = Later::LeftOut { label, table, file };
                if follows { later.push(left_out) } else { self.later(xml, &left_out) }
            }
            (named, _) if fit.sideways || follows => {
                if let Named::OfFigure(label, bookmark) = &named {
                    Paragraph::of("Note")
                        .write(xml, |xml| link(xml, bookmark, &format!("{label} as a table")));
                }
                later.push(Later::Table { named, table, fit });
            }
            (named, _) => self.later(xml, &Later::Table { named, table, fit }),
        }
    }

    /// A table with its words, or where it is.
    pub fn later(&mut self, xml: &mut Xml, later: &Later<'_>) {
        match later {
            Later::Table { named, table: shown, fit } => {
                self.introduction(xml, named, shown);
                table(xml, shown, fit);
                shown.notes.iter().for_each(|note| Paragraph::of("Note").text(xml, note));
                // A paragraph stands between one table and the next in any case.
                Paragraph::of("Note").text(xml, &format!("Source: {}", shown.source));
            }
            Later::LeftOut { label, table, file } => {
                Paragraph::of("Note").write(xml, |xml| {
                    numbered(xml, label);
                    let rows = table.rows.len();
                    text(xml, &format!(": {}. Not printed here ({rows} rows): {file}", table.title), &[]);
                });
            }
        }
    }

    fn introduction(&mut self, xml: &mut Xml, named: &Named, table: &Table) {
        match named {
            Named::Alone(label) | Named::InPlaceOfPicture(label) => caption(xml, label, &table.title),
            Named::OfFigure(label, bookmark) => Paragraph::of("Caption").write(xml, |xml| {
                self.marked(xml, bookmark, |xml| text(xml, &format!("{label} as a table"), &[]));
                text(xml, &format!(": {}", table.title), &[]);
            }),
        }
        let mut about = Vec::new();
        if !table.base.is_empty() {
            about.push(format!("Who answered: {}", table.base));
        }
        about.extend(table.marks().iter().map(|mark| format!("{} {}", mark.symbol(), mark.meaning())));
        about.iter().for_each(|words| Paragraph::of("AboutExhibit").text(xml, words));
    }

    fn embed(&mut self, raster: &Raster) -> usize {
        self.pictures.push(Arc::clone(&raster.png));
        self.pictures.len()
    }
}

impl Later<'_> {
    fn is_numbered_table(&self) -> bool {
        matches!(self, Later::LeftOut { .. } | Later::Table { named: Named::Alone(_), .. })
    }
}

fn caption(xml: &mut Xml, label: &str, title: &str) {
    Paragraph::of("Caption").write(xml, |xml| {
        numbered(xml, label);
        text(xml, &format!(": {title}"), &[]);
    });
}

/// "Figure 3" with a number that Word counts, as its own captions have.
fn numbered(xml: &mut Xml, label: &str) {
    let (kind, number) = label.rsplit_once(' ').unwrap_or((label, ""));
    text(xml, &format!("{kind} "), &[]);
    field(xml, &format!("SEQ {kind} \\* ARABIC"), number);
}
