//! The committee paper, as data. `report/` renders it.

use std::sync::Arc;

use super::table::Table;
use crate::ingest::Note;
use crate::survey::Style;

/// The paper from its title to its annex.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    pub title: String,
    pub organisation: String,
    /// "2016 and 2017".
    pub period: String,
    pub front: Front,
    /// Said on every page: "Illustrative: invented answers", "Not for publication".
    pub stamps: Vec<String>,
    /// Whom readers may ask.
    pub contact: Option<String>,
    /// The colours of the house.
    pub style: Style,
    pub sections: Vec<Section>,
}

/// What a committee report says before it begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// Short label and text: "Committee", "Date", "Report number".
    pub details: Vec<(String, String)>,
    pub purpose: Option<String>,
    pub recommendations: Vec<String>,
}

impl Front {
    pub fn is_empty(&self) -> bool {
        self.details.is_empty() && self.purpose.is_none() && self.recommendations.is_empty()
    }

    /// What the list of recommendations is called.
    pub fn recommendations_label(&self) -> &'static str {
        if self.recommendations.len() == 1 { "Recommendation" } else { "Recommendations" }
    }
}

/// A section with its address on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub id: String,
    pub heading: String,
    pub blocks: Vec<Block>,
    /// Whether it backs the paper up rather than being part of it.
    pub annex: bool,
}

/// What a section is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(String),
    /// A heading within the section.
    Heading(String),
    Bullets(Vec<String>),
    /// Short label and large figure, side by side: the one-screen summary.
    KeyFigures(Vec<KeyFigure>),
    /// A chart with its table beside it, or a table alone.
    Exhibit(Box<Exhibit>),
    /// Terms with what they mean.
    Glossary(Vec<(String, String)>),
    /// The analyst's own words, marked as such.
    Commentary(Commentary),
}

/// What the analyst says of a section or a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Commentary {
    /// The figure that it speaks of, in words; none where it speaks of the section.
    pub about: Option<String>,
    pub notes: Vec<Note>,
}

/// One large figure with what it is and what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFigure {
    pub label: String,
    pub figure: String,
    pub detail: String,
}

/// A picture and the table that says the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibit {
    pub drawing: Option<Drawing>,
    /// Shared with whatever else is made of it: the file of its own, the workbook.
    pub table: Arc<Table>,
    /// Where the table's file lies, relative to the report; none where the report travels alone.
    pub table_file: Option<String>,
    /// Whether the table stands open on the page or in a disclosure.
    pub open: bool,
    /// Whether the picture, too, stands in the disclosure: it shows an earlier year.
    pub folded: bool,
}

/// A drawn chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub headline: String,
    pub subtitle: String,
    pub notes: Vec<String>,
    /// The chart as inline SVG without headline and subtitle (they are on the page), ids unique.
    pub svg: Arc<str>,
    /// What a reader who cannot see the picture has to know.
    pub alternative: String,
    /// The same as pixels, where pictures were asked for.
    pub raster: Option<Raster>,
    /// Where the picture's file lies, relative to the report; none where the report travels alone.
    pub picture_file: Option<String>,
}

/// A chart as a PNG that carries headline and subtitle.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    pub png: Arc<[u8]>,
    /// Headline and subtitle, as a share of the height from the top.
    pub words: f64,
}

impl Block {
    /// A list, or nothing where it would be empty.
    pub fn bullets(items: impl Iterator<Item = String>) -> Vec<Block> {
        let items: Vec<String> = items.collect();
        if items.is_empty() { Vec::new() } else { vec![Block::Bullets(items)] }
    }
}

impl Paper {
    /// The section in which a table stands.
    pub fn section_of(&self, table: &Table) -> Option<&Section> {
        let holds =
            |block: &Block| matches!(block, Block::Exhibit(exhibit) if exhibit.table.name == table.name);
        self.sections.iter().find(|section| section.blocks.iter().any(holds))
    }

    /// How people refer to the sections: "1", "2", and "A", "B" in the annex.
    ///
    /// One place counts them, so that "see section 3" means the same in every format.
    pub fn section_labels(&self) -> Vec<String> {
        let (mut sections, mut letters) = (0, 'A'..='Z');
        let label = |section: &Section| {
            if section.annex {
                return letters.next().map_or_else(String::new, String::from);
            }
            sections += 1;
            sections.to_string()
        };
        self.sections.iter().map(label).collect()
    }

    /// How people refer to the exhibits, in the order of the paper: "Figure 1", "Table 1".
    ///
    /// One place counts them, so that "see Figure 3" means the same picture in every format.
    pub fn exhibit_labels(&self) -> Vec<String> {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        let exhibits =
            blocks.filter_map(|block| if let Block::Exhibit(exhibit) = block { Some(exhibit) } else { None });
        let (mut figures, mut tables) = (0, 0);
        let labels = exhibits.map(|exhibit| match exhibit.drawing {
            Some(_) => {
                figures += 1;
                format!("Figure {figures}")
            }
            None => {
                tables += 1;
                format!("Table {tables}")
            }
        });
        labels.collect()
    }
}
