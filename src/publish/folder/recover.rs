//! What a killed run left is put right by the next start.

use std::fs;
use std::path::Path;

use super::error::FolderError;
use super::held;
use super::manifest::Manifest;
use super::place::{Place, exists};
use super::previous::{Kept, remove, set_aside};
use super::readme;

/// Tidies up beside the output. Only the holder of the lock may call this. Returns old outputs that
/// had to be kept because somebody had worked on them.
pub(super) fn recover(place: &Place) -> Result<Vec<Kept>, FolderError> {
    let mut kept = Vec::new();
    if exists(&place.parked) {
        if exists(&place.output) {
            // Killed after the second rename: the new output is in place, the old one was not yet dealt with.
            kept.extend(set_aside(place, &place.parked)?);
        } else {
            // Killed between the two renames.
            held::patiently(|| fs::rename(&place.parked, &place.output))
                .map_err(|error| held::explain(place, &place.parked, "put back", error))?;
        }
    }
    if exists(&place.staging) {
        if is_half_built(&place.staging) {
            remove(place, &place.staging)?;
        } else {
            // Complete: either never exchanged, and then as it was written, or the old output of an
            // exchange, and then perhaps with somebody's work in it.
            kept.extend(set_aside(place, &place.staging)?);
        }
    }
    Ok(kept)
}

/// The manifest is written last, so a folder without one was never finished, or is being deleted, or
/// was a fresh clone's with nothing but a `README.md`, which somebody may have edited.
fn is_half_built(staging: &Path) -> bool {
    let readme = staging.join(readme::NAME);
    let unfinished = matches!(Manifest::read(staging), Ok(None) | Err(FolderError::ForeignManifest { .. }));
    unfinished && (!exists(&readme) || readme::is_begun(&readme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::{Command, MANIFEST, Output, README, sha256};

    fn place(folder: &Path) -> Place {
        Place::of(&folder.join("output")).expect("a place")
    }

    /// A complete output with one file.
    fn complete(folder: &Path, text: &str) {
        fs::create_dir(folder).expect("created");
        fs::write(folder.join("report.docx"), text).expect("written");
        let outputs = vec![Output { path: "report.docx".to_owned(), sha256: sha256(text.as_bytes()) }];
        let manifest = Manifest::new(Command::default(), Vec::new(), outputs);
        fs::write(folder.join(MANIFEST), manifest.to_json().expect("written")).expect("written");
    }

    fn report(folder: &Path) -> String {
        fs::read_to_string(folder.join("report.docx")).expect("there is a report")
    }

    #[test]
    fn between_two_renames_the_old_output_comes_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        complete(&place.parked, "old");
        complete(&place.staging, "new");
        assert_eq!(recover(&place).expect("recovered"), []);
        assert_eq!(report(&place.output), "old");
        assert!(!exists(&place.parked) && !exists(&place.staging));
    }

    #[test]
    fn after_the_second_rename_the_old_output_goes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        complete(&place.output, "new");
        complete(&place.parked, "old");
        assert_eq!(recover(&place).expect("recovered"), []);
        assert_eq!(report(&place.output), "new");
        assert!(!exists(&place.parked));
    }

    #[test]
    fn an_edited_old_output_is_kept_wherever_it_was_left() {
        for at_once in [true, false] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let place = place(folder.path());
            let old = if at_once { &place.staging } else { &place.parked };
            complete(&place.output, "new");
            complete(old, "old");
            fs::write(old.join("report.docx"), "edited").expect("written");
            let kept = recover(&place).expect("recovered");
            assert_eq!(kept.len(), 1);
            assert_eq!(report(&kept[0].folder), "edited");
            assert_eq!(report(&place.output), "new");
        }
    }

    #[test]
    fn an_edited_page_of_a_clone_is_kept_and_a_half_written_one_is_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        complete(&place.output, "new");
        fs::create_dir(&place.staging).expect("created");
        fs::write(place.staging.join("README.md"), &README[..100]).expect("written");
        assert_eq!(recover(&place).expect("recovered"), []);
        assert!(!exists(&place.staging));

        fs::create_dir(&place.staging).expect("created");
        fs::write(place.staging.join("README.md"), format!("{README}\nMy notes\n")).expect("written");
        assert_eq!(recover(&place).expect("recovered")[0].files, ["README.md"]);
    }

    #[test]
    fn a_half_built_folder_goes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = place(folder.path());
        complete(&place.output, "old");
        fs::create_dir(&place.staging).expect("created");
        fs::write(place.staging.join("report.docx"), "ne").expect("written");
        fs::write(place.staging.join(MANIFEST), "{\"prog").expect("broken off");
        assert_eq!(recover(&place).expect("recovered"), []);
        assert!(!exists(&place.staging));
        assert_eq!(report(&place.output), "old");
    }
}
