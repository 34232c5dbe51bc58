//! The committee paper as one HTML file: no network, whole without its one script, WCAG 2.2 AA.
//!
//! `view` checks the paper and prepares it, the templates set it, `words` keeps text from data from
//! being anything but text.

mod view;
mod words;

#[cfg(test)]
mod page;
#[cfg(test)]
pub(in crate::publish) mod sample;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use sha2::{Digest, Sha256};

use self::view::{BlockView, SectionView};
use self::words::filters;
use super::paper::Paper;
use crate::ingest::Note;

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");
/// The typeface as pages have it: the very tables of the .ttf, packed.
const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-Regular.woff2");
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/SourceSans3-SemiBold.woff2");

/// Why a paper cannot be set. Each is a fault of the paper, none of the data that it reports.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error(
        "\"{id}\" cannot be an address on the page: use lower-case letters, digits and hyphens, starting with a letter"
    )]
    Id { id: String },
    #[error(
        "the address \"{id}\" occurs twice on the page: give each section, table and drawing a name of its own"
    )]
    DuplicateId { id: String },
    #[error("row {row} of the table \"{table}\" has {found} places, expected {expected}, one per column")]
    RowLength { table: String, row: usize, found: usize, expected: usize },
    #[error("the table \"{table}\" has no columns: leave the exhibit out or give it a header row")]
    NoColumns { table: String },
    #[error(
        "\"{path}\" cannot be linked: use a path relative to the report, of letters, digits and . _ - / only"
    )]
    Link { path: String },
    #[error("the report could not be set: {0}")]
    Template(#[from] askama::Error),
}

/// What `report.html` is filled with.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    paper: &'a Paper,
    fonts: &'static str,
    style: &'static str,
    script: &'static str,
    /// The one script that may run, as the page's policy names it.
    script_hash: String,
    sections: Vec<SectionView<'a>>,
}

/// The paper as one self-contained HTML page. The same paper gives the same bytes.
///
/// Everything in the paper is text and is escaped, with one exception: `Drawing::svg` is set as it
/// stands and has to come from the chart code of this crate.
///
/// # Errors
/// A paper that would make an invalid page: an address that is malformed or occurs twice, a table
/// without columns or with rows of another length, a link that leaves the folder.
pub fn html(paper: &Paper) -> Result<String, ReportError> {
    let script_hash = hash(SCRIPT);
    let sections = view::sections(paper)?;
    let page = Page { paper, fonts: &FONTS, style: STYLE.trim_end(), script: SCRIPT, script_hash, sections };
    // Room for a report of thirty pictures beside the typeface; what is not used of it is never there.
    let mut html = String::with_capacity(7 * FONTS.len());
    page.render_into(&mut html)?;
    let html = words::without_controls(html);
    each_id_once(&html)?;
    Ok(html)
}

/// A script as a policy names it.
fn hash(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script)))
}

/// The typeface inside the file, under the name that the charts use too; both reports have it.
static FONTS: LazyLock<String> = LazyLock::new(|| {
    let mut fonts = String::with_capacity((REGULAR.len() + SEMI_BOLD.len()) * 4 / 3 + 400);
    for (weight, bytes, end) in [("400", REGULAR, "\n"), ("600", SEMI_BOLD, "")] {
        fonts.push_str("@font-face{font-family:\"Source Sans 3\";font-weight:");
        fonts.push_str(weight);
        fonts.push_str(";font-style:normal;src:url(data:font/woff2;base64,");
        STANDARD.encode_string(bytes, &mut fonts);
        fonts.push_str(") format(\"woff2\")}");
        fonts.push_str(end);
    }
    fonts
});

/// How an address begins.
const ID: &[u8] = b" id=\"";

/// Looks at the finished page, because drawings bring addresses of their own. Text from data cannot
/// be mistaken for an attribute: its quotation marks are escaped.
fn each_id_once(html: &str) -> Result<(), ReportError> {
    let mut seen = BTreeSet::new();
    for at in memmem::find_iter(html.as_bytes(), ID) {
        let rest = &html[at + ID.len()..];
        let id = rest.split('"').next().unwrap_or_default();
        if !seen.insert(id) {
            return Err(ReportError::DuplicateId { id: id.to_owned() });
        }
    }
    Ok(())
}
