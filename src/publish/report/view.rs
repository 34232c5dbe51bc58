//! The paper as the templates want it: checked, counted, with the classes that the stylesheet knows.

use std::collections::BTreeSet;

use super::ReportError;
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Commentary, Drawing, Exhibit, KeyFigure, Paper, Section};
use crate::publish::table::{Column, Table, Value};

/// From this many columns on, a table is set smaller in print.
const WIDE: usize = 7;
/// And from this many on, smaller still.
const WIDEST: usize = 12;
/// Up to this many columns, a table keeps its columns close together.
const NARROW: usize = 4;
/// A section with this many headings begins with a list of them.
const MANY_HEADINGS: usize = 4;
/// Words longer than this may break inside a table: no English word in a header is as long.
const LONG_WORD: usize = 24;
/// Text longer than this is a phrase: it gets room to wrap well, and is not held on one line in a
/// column of numbers ("more than three times as many").
const PHRASE: usize = 20;

/// A section whose address is known to be sound.
pub struct SectionView<'a> {
    pub id: &'a str,
    /// "1", or "A" in the annex.
    pub label: String,
    pub heading: &'a str,
    /// Whether the annex begins here.
    pub begins_annex: bool,
    /// Address and text of its headings, where there are many.
    pub jumps: Vec<(String, &'a str)>,
    pub blocks: Vec<BlockView<'a>>,
}

/// A block, ready to set. Lists without items are left out: an empty list is an error to a screen reader.
pub enum BlockView<'a> {
    Paragraph(&'a str),
    /// With its address.
    Heading {
        id: String,
        text: &'a str,
    },
    Bullets(&'a [String]),
    KeyFigures(&'a [KeyFigure]),
    Exhibit(Box<ExhibitView<'a>>),
    Glossary(&'a [(String, String)]),
    Commentary(&'a Commentary),
}

/// A picture with its table, or a table alone.
pub struct ExhibitView<'a> {
    /// "Figure 1" or "Table 1".
    pub label: String,
    /// 3 directly in the section, 4 under a heading within it.
    pub level: u8,
    pub drawing: Option<&'a Drawing>,
    pub table: TableView<'a>,
    pub open: bool,
    pub folded: bool,
}

/// A table whose rows are known to fit its columns.
pub struct TableView<'a> {
    /// The table's name behind a prefix, so that a table may be named like a section.
    pub id: String,
    /// "Table 1", or "Figure 1 as a table".
    pub label: String,
    /// What the link to the file says after "Download".
    pub download: String,
    pub title: &'a str,
    pub base: &'a str,
    pub marks: BTreeSet<Mark>,
    pub columns: Vec<CellView<'a>>,
    pub rows: Vec<Vec<CellView<'a>>>,
    pub notes: &'a [String],
    pub source: &'a str,
    pub file: Option<&'a str>,
    /// "narrow", "wide", "wide widest" or none of them.
    pub width: Option<&'static str>,
}

/// A place in a table with its class.
pub struct CellView<'a> {
    pub text: &'a str,
    pub class: Option<&'static str>,
}

impl TableView<'_> {
    /// Whether anything stands between title and header row.
    pub fn explained(&self) -> bool {
        !self.base.is_empty() || !self.marks.is_empty()
    }
}

/// All sections, checked.
pub fn sections(paper: &Paper) -> Result<Vec<SectionView<'_>>, ReportError> {
    let mut labels = paper.exhibit_labels().into_iter();
    let sections = paper.sections.iter().zip(paper.section_labels()).enumerate();
    let sections = sections.map(|(position, (section, label))| {
        let begins_annex = section.annex && paper.sections[..position].iter().all(|before| !before.annex);
        Ok(SectionView { label, begins_annex, ..view(section, &mut labels)? })
    });
    sections.collect()
}

fn view<'a>(
    section: &'a Section,
    labels: &mut impl Iterator<Item = String>,
) -> Result<SectionView<'a>, ReportError> {
    let mut level = 3;
    let mut blocks = Vec::with_capacity(section.blocks.len());
    let mut jumps = Vec::new();
    for block in &section.blocks {
        blocks.push(match block {
            Block::Paragraph(text) => BlockView::Paragraph(text),
            Block::Heading(text) => {
                level = 4;
                let id = format!("{}-{}", section.id, jumps.len() + 1);
                jumps.push((id.clone(), text.as_str()));
                BlockView::Heading { id, text }
            }
            Block::Bullets(items) if items.is_empty() => continue,
            Block::Bullets(items) => BlockView::Bullets(items),
            Block::KeyFigures(figures) if figures.is_empty() => continue,
            Block::KeyFigures(figures) => BlockView::KeyFigures(figures),
            Block::Glossary(terms) if terms.is_empty() => continue,
            Block::Glossary(terms) => BlockView::Glossary(terms),
            Block::Commentary(comment) => BlockView::Commentary(comment),
            Block::Exhibit(exhibit) => {
                BlockView::Exhibit(Box::new(exhibit_view(exhibit, labels.next().unwrap_or_default(), level)?))
            }
        });
    }
    if jumps.len() < MANY_HEADINGS {
        jumps.clear();
    }
    let (label, begins_annex) = (String::new(), false);
    Ok(SectionView {
        id: sound_id(&section.id)?,
        label,
        heading: &section.heading,
        begins_annex,
        jumps,
        blocks,
    })
}

fn exhibit_view(exhibit: &Exhibit, label: String, level: u8) -> Result<ExhibitView<'_>, ReportError> {
    if let Some(path) = exhibit.drawing.as_ref().and_then(|drawing| drawing.picture_file.as_deref()) {
        sound_link(path)?;
    }
    let table_label = if exhibit.drawing.is_some() { format!("{label} as a table") } else { label.clone() };
    let table = table_view(&exhibit.table, table_label, exhibit.table_file.as_deref())?;
    Ok(ExhibitView {
        label,
        level,
        drawing: exhibit.drawing.as_ref(),
        table,
        open: exhibit.open,
        folded: exhibit.folded,
    })
}

fn table_view<'a>(
    table: &'a Table,
    label: String,
    file: Option<&'a str>,
) -> Result<TableView<'a>, ReportError> {
    let expected = table.columns.len();
    if expected == 0 {
        return Err(ReportError::NoColumns { table: table.name.clone() });
    }
    if let Some((index, row)) = table.rows.iter().enumerate().find(|(_, row)| row.len() != expected) {
        let (table, found) = (table.name.clone(), row.len());
        return Err(ReportError::RowLength { table, row: index + 1, found, expected });
    }
    let row = |row: &'a Vec<Value>| table.columns.iter().zip(row).map(|(column, value)| cell(column, value));
    Ok(TableView {
        id: format!("exhibit-{}", sound_id(&table.name)?),
        download: label.clone(),
        label,
        title: &table.title,
        base: &table.base,
        marks: table.marks(),
        columns: table.columns.iter().map(header).collect(),
        rows: table.rows.iter().map(|values| row(values).collect()).collect(),
        notes: &table.notes,
        source: &table.source,
        file: file.map(sound_link).transpose()?,
        width: width(expected),
    })
}

fn width(columns: usize) -> Option<&'static str> {
    match columns {
        0..=NARROW => Some("narrow"),
        WIDEST.. => Some("wide widest"),
        WIDE.. => Some("wide"),
        _ => None,
    }
}

fn header(column: &Column) -> CellView<'_> {
    let class = match (column.numeric, has_long_word(&column.header)) {
        (true, true) => Some("number long"),
        (true, false) => Some("number"),
        (false, true) => Some("long"),
        (false, false) => None,
    };
    CellView { text: &column.header, class }
}

fn cell<'a>(column: &Column, value: &'a Value) -> CellView<'a> {
    let text = value.printed();
    let class = match (column.numeric, value) {
        (true, Value::Mark(_)) => Some("number mark"),
        (false, Value::Mark(_)) => Some("mark"),
        (true, _) if text.chars().count() > PHRASE => Some("number long"),
        (true, _) => Some("number"),
        (false, _) if has_long_word(text) => Some("long"),
        (false, _) if text.chars().count() > PHRASE => Some("phrase"),
        (false, _) => None,
    };
    CellView { text, class }
}

fn has_long_word(text: &str) -> bool {
    text.split_whitespace().any(|word| word.chars().count() > LONG_WORD)
}

fn sound_id(id: &str) -> Result<&str, ReportError> {
    let sound = id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '-'));
    if sound { Ok(id) } else { Err(ReportError::Id { id: id.to_owned() }) }
}

/// A relative path inside the folder of the report: nothing that a browser could take for another
/// place or for a script.
fn sound_link(path: &str) -> Result<&str, ReportError> {
    let letters = path.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-/".contains(letter));
    let inside = !path.starts_with('/') && path.split('/').all(|part| !part.is_empty() && part != "..");
    if letters && inside { Ok(path) } else { Err(ReportError::Link { path: path.to_owned() }) }
}
