//! Charts and tables with their captions. A chart stands in the text, its table with all others at the
//! end if it fits an upright sheet; a table without a chart stands in the text, or at the end of its
//! section if it needs sheets on their side. What would only fill pages is named with its place in the
//! workbook: tables of the annex, long ones, those of charts that need sheets on their side, and
//! everything of earlier years.

use std::sync::Arc;

use super::WordError;
use super::front::TABLES_OF_CHARTS;
use super::paragraph::{Paragraph, field, link, text};
use super::picture::picture;
use super::sheet::Sheet;
use super::table::table;
use super::widths::{Fit, fit};
use super::xml::Xml;
use crate::publish::paper::{Block, Drawing, Exhibit, Paper, Raster, Section};
use crate::publish::table::Table;
use crate::publish::workbook::worksheet_name;

/// A longer table serves nobody on paper.
const LONGEST: usize = 40;

/// What is counted from the first exhibit to the last.
#[derive(Debug)]
pub(super) struct Exhibits<'p> {
    /// "Figure 1", "Table 1", in the order of the paper.
    labels: std::vec::IntoIter<String>,
    pub pictures: Vec<Arc<[u8]>>,
    bookmarks: usize,
    /// The tables of the charts, with what they are called and where they are found.
    of_charts: Vec<OfChart<'p>>,
}

#[derive(Debug)]
struct OfChart<'p> {
    /// "Figure 3 as a table".
    named: String,
    bookmark: String,
    table: &'p Table,
    fit: Fit,
}

/// A table that has a number of its own, or stands where a chart would.
#[derive(Debug)]
pub(super) struct Numbered<'p> {
    label: String,
    table: &'p Table,
    print: Print<'p>,
}

#[derive(Debug)]
enum Print<'p> {
    Here(Fit),
    /// In this file only.
    Nowhere(&'p str),
}

impl<'p> Exhibits<'p> {
    /// # Errors
    /// A table whose rows do not fit its columns.
    pub fn of(paper: &Paper) -> Result<Exhibits<'p>, WordError> {
        for block in paper.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Exhibit(exhibit) = block else { continue };
            let Table { columns, rows, name, .. } = &*exhibit.table;
            if columns.is_empty() || rows.iter().any(|row| row.len() != columns.len()) {
                return Err(WordError::Table { table: name.clone() });
            }
        }
        let labels = paper.exhibit_labels().into_iter();
        Ok(Exhibits { labels, pictures: Vec::new(), bookmarks: 0, of_charts: Vec::new() })
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
    pub fn exhibit(
        &mut self,
        xml: &mut Xml,
        exhibit: &'p Exhibit,
        annex: bool,
        later: &mut Vec<Numbered<'p>>,
    ) {
        let label = self.labels.next().unwrap_or_default();
        let (table, left_out) = (&exhibit.table, left_out(exhibit, annex));
        if let Some((drawing, raster)) = drawn(exhibit) {
            if let Some(file) = left_out.filter(|_| exhibit.folded) {
                named(xml, &label, &drawing.headline, file);
                return;
            }
            let number = self.chart(xml, &label, drawing, raster);
            let named = format!("{label} as a table");
            if let Some(file) = left_out {
                Paragraph::of("Note").text(xml, &format!("{named}: {}.", place(file)));
            } else {
                let bookmark = format!("table_of_chart_{number}");
                Paragraph::of("Note").write(xml, |xml| link(xml, &bookmark, &named));
                self.of_charts.push(OfChart { named, bookmark, table, fit: fit(table) });
            }
            return;
        }
        let print = left_out.map_or_else(|| Print::Here(fit(table)), Print::Nowhere);
        let one = Numbered { label, table, print };
        // Word counts from the first to the last, so what is counted keeps its order.
        let follows = later.iter().any(|before| before.kind() == one.kind());
        let is_sideways = matches!(&one.print, Print::Here(fit) if fit.sideways);
        if is_sideways || follows { later.push(one) } else { one.write(xml) }
    }

    fn chart(&mut self, xml: &mut Xml, label: &str, drawing: &Drawing, raster: &Raster) -> usize {
        caption(xml, label, &drawing.headline);
        Paragraph::of("AboutExhibit").text(xml, &drawing.subtitle);
        self.pictures.push(Arc::clone(&raster.png));
        let number = self.pictures.len();
        picture(xml, raster, number, &drawing.headline, &drawing.alternative);
        drawing.notes.iter().for_each(|note| Paragraph::of("Note").text(xml, note));
        number
    }

    /// The tables of all charts: first those for upright sheets, then those for sheets on their side.
    pub fn tables_of_charts(&mut self, xml: &mut Xml, sheet: &mut Sheet) {
        let (mut sideways, mut all): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.of_charts).into_iter().partition(|one| one.fit.sideways);
        all.append(&mut sideways);
        for (at, OfChart { named, bookmark, table, fit }) in all.iter().enumerate() {
            let turned = sheet.turn(xml, if fit.sideways { Sheet::Sideways } else { Sheet::Upright });
            if at == 0 {
                let (bookmark, heading) = TABLES_OF_CHARTS;
                Paragraph::of("Heading1").without_number().new_page(!turned).write(xml, |xml| {
                    self.marked(xml, bookmark, |xml| text(xml, heading, &[]));
                });
            }
            Paragraph::of("Caption").write(xml, |xml| {
                self.marked(xml, bookmark, |xml| text(xml, named, &[]));
                text(xml, &format!(": {}", table.title), &[]);
            });
            with_words(xml, table, fit);
        }
    }
}

impl Numbered<'_> {
    /// The table with its words, or where it is.
    pub fn write(&self, xml: &mut Xml) {
        let Numbered { label, table, print } = self;
        match print {
            Print::Here(fit) => {
                caption(xml, label, &table.title);
                with_words(xml, table, fit);
            }
            Print::Nowhere(file) => named(xml, label, &table.title, file),
        }
    }

    /// "Figure" or "Table".
    fn kind(&self) -> &str {
        self.label.split(' ').next().unwrap_or_default()
    }
}

/// Whether a section is tables and begins with one that lies on its side, so that nothing but its
/// heading could stand upright.
pub(super) fn begins_sideways(section: &Section) -> bool {
    let tables: Option<Vec<&Exhibit>> = section
        .blocks
        .iter()
        .map(|block| match block {
            Block::Exhibit(exhibit) if drawn(exhibit).is_none() => Some(exhibit.as_ref()),
            _ => None,
        })
        .collect();
    let first = tables.and_then(|tables| tables.first().copied());
    first.is_some_and(|first| left_out(first, section.annex).is_none() && fit(&first.table).sideways)
}

/// Whether anything is printed of blocks up to the next heading.
pub(super) fn is_printed(blocks: &[Block], annex: bool) -> bool {
    let under = blocks.iter().take_while(|block| !matches!(block, Block::Heading(_)));
    under.into_iter().any(|block| match block {
        Block::Exhibit(exhibit) => {
            left_out(exhibit, annex).is_none() || (drawn(exhibit).is_some() && !exhibit.folded)
        }
        _ => true,
    })
}

/// Whether the table of any chart is printed.
pub(super) fn has_tables_of_charts(paper: &Paper) -> bool {
    let is_printed =
        |exhibit: &Exhibit, annex: bool| drawn(exhibit).is_some() && left_out(exhibit, annex).is_none();
    paper.sections.iter().any(|section| {
        section
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Exhibit(one) if is_printed(one, section.annex)))
    })
}

fn drawn(exhibit: &Exhibit) -> Option<(&Drawing, &Raster)> {
    let drawing = exhibit.drawing.as_ref()?;
    Some((drawing, drawing.raster.as_ref()?))
}

/// The file of a table that is not printed: of the annex, too long, closed on the page as one of many, of
/// an earlier year, or of a chart and too wide for an upright sheet.
fn left_out(exhibit: &Exhibit, annex: bool) -> Option<&str> {
    let is_closed = exhibit.folded || (exhibit.drawing.is_none() && !exhibit.open);
    exhibit.table_file.as_deref().filter(|_| {
        annex
            || is_closed
            || exhibit.table.rows.len() > LONGEST
            || (drawn(exhibit).is_some() && fit(&exhibit.table).sideways)
    })
}

/// A table between what is said above and below it.
fn with_words(xml: &mut Xml, shown: &Table, fit: &Fit) {
    let mut above = Vec::new();
    if !shown.base.is_empty() {
        above.push(format!("Who answered: {}", shown.base));
    }
    above.extend(shown.marks().iter().map(|mark| format!("{} {}", mark.symbol(), mark.meaning())));
    if !above.is_empty() {
        Paragraph::of("AboutExhibit").text(xml, &format!("{}.", above.join(". ")));
    }
    table(xml, shown, fit);
    let source = Some(&shown.source).filter(|source| !source.is_empty());
    let source = source.map(|source| format!("Source: {source}."));
    // Even without words there is a paragraph, so that two tables do not become one.
    let below: Vec<String> = shown.notes.iter().cloned().chain(source).collect();
    Paragraph::of("Note").text(xml, &below.join(" "));
}

/// What is not printed, with the place where it is.
fn named(xml: &mut Xml, label: &str, title: &str, file: &str) {
    Paragraph::of("Note").write(xml, |xml| {
        numbered(xml, label);
        text(xml, &format!(": {title}. Not printed here: {}.", place(file)), &[]);
    });
}

/// The worksheet of a table, whose number begins the name of its file; the file where it has none.
fn place(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let number = name.split('-').next().and_then(|number| number.parse::<usize>().ok());
    number.map_or_else(
        || file.to_owned(),
        |number| format!("worksheet {} of tables.xlsx", worksheet_name(number)),
    )
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
