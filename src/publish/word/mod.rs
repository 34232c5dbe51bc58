//! The committee paper for the officer who edits it: the same paper as `report.html`, with styles,
//! captions and pictures that Word knows as such.
//!
//! `document` sets the text, `front` what a committee report begins with, `exhibit` charts and tables;
//! `widths` measures tables, `xml` keeps text from data from being anything but text.

mod document;
mod exhibit;
mod front;
mod numbering;
mod paragraph;
mod parts;
mod picture;
mod sheet;
mod styles;
mod table;
mod widths;
mod xml;

#[cfg(test)]
mod read;
#[cfg(test)]
mod tests;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::PACKED;
use super::paper::Paper;

/// Why a paper cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    #[error("the table \"{table}\" needs columns, and one place per column in every row")]
    Table { table: String },
    #[error("the package could not be made: {0}")]
    Package(#[from] zip::result::ZipError),
    #[error("the package could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The paper as a Word document. The same paper gives the same bytes.
///
/// # Errors
/// A table whose rows do not fit its columns.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, WordError> {
    let document = document::document(paper)?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: every file bears the first day that the format knows.
    let stored = SimpleFileOptions::default().last_modified_time(DateTime::DEFAULT).unix_permissions(0o644);
    let packed =
        stored.compression_method(CompressionMethod::Deflated).compression_level(Some(PACKED.into()));
    let stored = stored.compression_method(CompressionMethod::Stored);
    for (name, bytes) in [
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package_relations()),
        ("docProps/core.xml", parts::properties(paper)),
        ("word/document.xml", document.text),
        ("word/_rels/document.xml.rels", parts::document_relations(document.pictures.len())),
        ("word/styles.xml", styles::styles(&paper.style)),
        ("word/numbering.xml", numbering::numbering()),
        ("word/settings.xml", parts::settings()),
        ("word/header.xml", parts::header(paper)),
        ("word/footer.xml", parts::footer()),
    ] {
        package.start_file(name, packed)?;
        package.write_all(&bytes)?;
    }
    // A PNG is packed already.
    for (at, png) in document.pictures.iter().enumerate() {
        package.start_file(format!("word/media/chart{}.png", at + 1), stored)?;
        package.write_all(png)?;
    }
    Ok(package.finish()?.into_inner())
}
