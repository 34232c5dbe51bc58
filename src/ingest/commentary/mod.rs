//! The analyst's own words: Markdown under headings that name a section of the paper or a figure.

mod about;
mod reader;

use crate::survey::{Address, SectionId};

pub(super) use reader::read_commentary;

/// Name of the commentary in the input folder; there may be none.
pub const COMMENTARY: &str = "commentary.md";

/// Words under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub about: About,
    /// Line of the heading.
    pub line: u64,
    pub notes: Vec<Note>,
}

/// What the analyst speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    Section(SectionId),
    Figure(Address),
}

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    Paragraph(Vec<Words>),
    Bullets(Vec<Vec<Words>>),
}

/// A stretch of text set in one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
}
