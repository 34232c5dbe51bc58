//! What moved between two outputs of this program, as a note: late forms, changed definitions, and
//! every published figure that is another now.
//!
//! Only `manifest.json` and what lies under `publish/` are read, so nothing is told that neither
//! output tells. What the two tell *together* is another matter, and the note begins with it.

mod danger;
mod definition;
mod figures;
mod names;
mod output;
mod page;

use std::path::Path;

pub use output::DiffError;

use danger::Danger;
use figures::{KINDS, Moves};
use output::Output;

/// The note on what moved from one output folder to another, in Markdown.
///
/// # Errors
/// When a folder is not an output of this program, or cannot be read.
pub fn diff(old: &Path, new: &Path) -> Result<String, DiffError> {
    let (old, new) = (Output::read(old)?, Output::read(new)?);
    let definition = definition::changes(&old.about, &new.about);
    let is_there = |file: &str| old.data.contains_key(file) || new.data.contains_key(file);
    let kinds = KINDS.iter().filter(|kind| is_there(kind.file));
    let moves: Vec<Moves> = kinds.map(|kind| Moves::between(kind, &old, &new)).collect();
    let danger = Danger::between(&old, &new);
    Ok(page::page(&old, &new, &definition, &moves, &danger))
}

#[cfg(test)]
mod tests;
