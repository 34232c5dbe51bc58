//! Where an output lies, and the names that a run uses beside it.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::FolderError;

/// How many links to links are followed before the chain is taken for a circle.
const LINKS: usize = 16;

/// An output folder with the places beside it. All of them have the same parent, so that renaming
/// from one to another never copies.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// As the user typed it: what messages say.
    pub typed: PathBuf,
    /// The folder itself, links followed.
    pub output: PathBuf,
    pub staging: PathBuf,
    pub parked: PathBuf,
    pub lock: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Place {
    /// Finds the place of an output, which need not exist yet. Missing parent folders are created.
    pub fn of(output: &Path) -> Result<Place, FolderError> {
        let folder = resolve(output, output, LINKS)?;
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(FolderError::NoName { path: output.to_owned() });
        };
        let beside = |before: &str, after: &str| {
            let mut beside = OsString::from(before);
            beside.push(name);
            beside.push(after);
            parent.join(beside)
        };
        Ok(Place {
            typed: output.to_owned(),
            staging: beside(".", ".staging"),
            parked: beside(".", ".parked"),
            lock: beside(".", ".lock"),
            parent: parent.to_owned(),
            name: name.to_owned(),
            output: folder.clone(),
        })
    }

    /// The first name of `output.previous`, `output.previous-2`, `output.previous-3`... that is free.
    pub fn free_previous(&self) -> PathBuf {
        let named = |number: u64| {
            let mut name = self.name.clone();
            name.push(".previous");
            if number > 1 {
                name.push(format!("-{number}"));
            }
            self.parent.join(name)
        };
        let mut number = 1;
        while exists(&named(number)) {
            number += 1;
        }
        named(number)
    }

    /// The folder that holds the output and everything beside it.
    pub fn parent(&self) -> &Path {
        &self.parent
    }
}

/// Whether anything is there, be it a link that leads nowhere.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// A path as people write it: without the `\\?\` that Windows puts before a full path.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if let Some(share) = text.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{share}");
    }
    text.strip_prefix(r"\\?\").unwrap_or(&text).to_owned()
}

fn resolve(typed: &Path, path: &Path, links: usize) -> Result<PathBuf, FolderError> {
    let broken = || FolderError::BrokenLink { path: typed.to_owned() };
    match fs::canonicalize(path) {
        Ok(folder) if folder.is_dir() => return Ok(folder),
        Ok(_) => return Err(FolderError::NotAFolder { path: typed.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(FolderError::system("find", typed, error)),
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => return Err(FolderError::NoName { path: typed.to_owned() }),
    };
    if let Ok(target) = fs::read_link(path) {
        // The link stays and the folder behind it is exchanged. A run that was killed between two
        // renames leaves the link dangling, so one that leads nowhere yet is followed too.
        let behind = parent.join(target);
        let holds = behind.parent().is_some_and(Path::is_dir);
        return if links > 0 && holds { resolve(typed, &behind, links - 1) } else { Err(broken()) };
    }
    let Some(name) = path.file_name() else {
        return Err(FolderError::NoName { path: typed.to_owned() });
    };
    fs::create_dir_all(parent).map_err(|error| FolderError::system("create", parent, error))?;
    let parent = fs::canonicalize(parent).map_err(|error| FolderError::system("find", parent, error))?;
    Ok(parent.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_lies_beside_the_output() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("it exists");
        let place = Place::of(&folder.path().join("committee").join("output")).expect("a place");
        assert_eq!(place.output, root.join("committee").join("output"));
        assert_eq!(place.staging, root.join("committee").join(".output.staging"));
        assert_eq!(place.parked, root.join("committee").join(".output.parked"));
        assert_eq!(place.lock, root.join("committee").join(".output.lock"));
        assert_eq!(place.parent(), root.join("committee"));
        assert!(place.parent().is_dir());
    }

    #[test]
    fn the_next_free_name_is_taken_for_a_previous_output() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = Place::of(&folder.path().join("output")).expect("a place");
        for expected in ["output.previous", "output.previous-2", "output.previous-3"] {
            let free = place.free_previous();
            assert_eq!(free.file_name().and_then(|name| name.to_str()), Some(expected));
            fs::create_dir(free).expect("created");
        }
    }

    #[test]
    fn a_file_and_the_root_are_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("output");
        fs::write(&file, "a file").expect("written");
        assert!(matches!(Place::of(&file), Err(FolderError::NotAFolder { .. })));
        let root = folder.path().ancestors().last().expect("a root");
        assert!(matches!(Place::of(root), Err(FolderError::NoName { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_even_to_a_folder_that_is_still_missing() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = fs::canonicalize(folder.path()).expect("it exists");
        symlink("pack", root.join("output")).expect("linked");
        assert_eq!(Place::of(&root.join("output")).expect("a place").output, root.join("pack"));
        fs::create_dir(root.join("pack")).expect("created");
        assert_eq!(Place::of(&root.join("output")).expect("a place").output, root.join("pack"));

        symlink("nowhere/pack", root.join("lost")).expect("linked");
        assert!(matches!(Place::of(&root.join("lost")), Err(FolderError::BrokenLink { .. })));
        symlink("b", root.join("a")).expect("linked");
        symlink("a", root.join("b")).expect("linked");
        assert!(Place::of(&root.join("a")).is_err());
    }

    #[test]
    fn windows_paths_are_shown_as_people_write_them() {
        assert_eq!(shown(Path::new(r"\\?\C:\work\output")), r"C:\work\output");
        assert_eq!(shown(Path::new(r"\\?\UNC\server\share\output")), r"\\server\share\output");
        assert_eq!(shown(Path::new("output")), "output");
    }
}
