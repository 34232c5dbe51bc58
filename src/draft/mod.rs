//! A first definition from the exports themselves, and what a new wave adds to one.

mod add;
mod add_breakdowns;
mod add_wave;
mod build;
mod edit;
mod export;
mod model;
mod people;
mod scale;
mod wording;
mod write;
mod write_scale;
mod write_wave;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::ingest::Unread;
use export::Export;

/// A drafted definition.
#[derive(Debug)]
pub struct Drafted {
    /// The text of the definition.
    pub text: String,
    /// What was recognised, a line each, for the analyst.
    pub notes: Vec<String>,
}

/// Drafts a definition that will lie in `folder` from exports under it.
///
/// # Errors
/// Files that cannot be read or lie elsewhere, and exports without scores.
pub fn draft(folder: &Path, exports: &[PathBuf]) -> Result<Drafted, Diagnostics> {
    let exports = read(folder, exports)?;
    let draft = build::build(&exports);
    if draft.questions.is_empty() {
        let found = Diagnostic::error(
            "no-scores",
            Place::file(exports.first().map_or("", |it| &it.file)),
            "no column holds scores",
        )
        .expected("codes from 1 on, perhaps with a label (4 - High), or one of the usual scales in words")
        .advice("export the answers as codes, not the summary of the results");
        return Err([found].into_iter().collect());
    }
    Ok(Drafted { text: write::write(&draft), notes: notes(&exports, &draft) })
}

/// Adds what new exports bring to a definition: the wave, names that changed, what is gone. No line
/// of it is removed.
///
/// # Errors
/// As [`draft`], and problems of the definition itself, its encoding among them.
pub fn add(folder: &Path, definition: &[u8], exports: &[PathBuf]) -> Result<Drafted, Diagnostics> {
    let survey = crate::survey::read(definition)?;
    let exports = read(folder, exports)?;
    // A definition that was read is UTF-8.
    add::add(&String::from_utf8_lossy(definition), &survey, &build::build(&exports))
}

/// The definition that is there already; `None` only where there is no such file. One that cannot be
/// read is not to be written over.
///
/// # Errors
/// When there is something that cannot be read.
pub fn existing(definition: &Path) -> Result<Option<Vec<u8>>, Diagnostics> {
    match crate::ingest::read_file(definition) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Unread::Failed(error)) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(why) => Err([why.diagnostic(&definition.to_string_lossy())].into_iter().collect()),
    }
}

fn read(folder: &Path, paths: &[PathBuf]) -> Result<Vec<Export>, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut exports = Vec::new();
    for path in paths {
        match read_one(folder, path) {
            Ok(export) => exports.push(export),
            Err(problem) => found.push(*problem),
        }
    }
    if found.has_errors() { Err(found) } else { Ok(exports) }
}

fn read_one(folder: &Path, path: &Path) -> Result<Export, Box<Diagnostic>> {
    let shown = path.to_string_lossy().replace('\\', "/");
    let (plain, sheet) = crate::ingest::path_and_sheet(&shown);
    let unreadable = |error: std::io::Error| Box::new(Unread::Failed(error).diagnostic(plain));
    let bytes = crate::ingest::read_file(Path::new(plain)).map_err(|why| Box::new(why.diagnostic(plain)))?;
    let base = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (full, base) =
        (fs::canonicalize(plain).map_err(unreadable)?, fs::canonicalize(base).map_err(unreadable)?);
    let Ok(under) = full.strip_prefix(&base) else {
        return Err(Box::new(
            Diagnostic::error(
                "elsewhere",
                Place::file(plain),
                "the export does not lie beside the definition or below it",
            )
            .advice("put it into a folder named after the year, next to survey.toml:  2017/providers.csv"),
        ));
    };
    let parts: Vec<String> = under.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let sheet = sheet.map_or(String::new(), |sheet| format!("#{sheet}"));
    Export::read(&format!("{}{sheet}", parts.join("/")), &bytes)
}

fn notes(exports: &[Export], draft: &model::Draft) -> Vec<String> {
    let files = exports.iter().flat_map(|it| {
        let not_counted = match it.set_aside {
            0 => String::new(),
            1 => "; 1 test, preview or unfinished form does not count".to_owned(),
            some => format!("; {some} tests, previews or unfinished forms do not count"),
        };
        let personal = Some(format!("{}: never read: {}", it.file, it.personal.join(", ")));
        let read = format!("{}: {}, {} forms{not_counted}", it.file, it.platform, it.rows);
        [Some(read), personal.filter(|_| !it.personal.is_empty())].into_iter().flatten()
    });
    let sure = match draft.questions.iter().filter(|it| it.short.is_some()).count() {
        0 => "none of them one of the eight standard ones".to_owned(),
        some => format!("{some} of them standard ones"),
    };
    let counts = [
        format!("{} questions, {sure}", draft.questions.len()),
        format!(
            "{} departments{}",
            draft.departments.len(),
            if draft.whole.is_some() { " and the organisation as one" } else { "" }
        ),
    ];
    let symbols = Some(&draft.scale.symbols).filter(|it| !it.is_empty()).map(|symbols| {
        format!("answers are symbols, which the scale has to explain: {}", symbols.join(", "))
    });
    let breakdowns = draft.audiences.iter().map(|(id, it)| {
        let labels: Vec<&str> = it.breakdowns.iter().map(|by| by.named.label.as_str()).collect();
        format!(
            "{id}: groups by {}",
            if labels.is_empty() { "nothing".to_owned() } else { labels.join("; ") }
        )
    });
    files.chain(counts).chain(symbols).chain(breakdowns).collect()
}
