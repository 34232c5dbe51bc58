//! Whether a folder may be replaced.

use std::fs;
use std::path::Path;

use super::error::FolderError;
use super::manifest::Manifest;
use super::readme;
use super::walk::is_litter;

/// What is at the place of an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// A folder without files.
    Empty,
    /// A folder with nothing but our own `README.md`: a fresh clone.
    OnlyReadme,
    /// The output of an earlier run.
    Earlier(Manifest),
}

/// Looks at the place of an output without changing anything.
///
/// # Errors
/// When something is there that is neither an empty folder nor an earlier output. It is left alone.
pub fn guard(output: &Path) -> Result<Found, FolderError> {
    let path = || output.to_owned();
    match fs::metadata(output) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(FolderError::NotAFolder { path: path() }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(FolderError::system("find", output, error)),
    }
    if let Some(manifest) = Manifest::read(output)? {
        return Ok(Found::Earlier(manifest));
    }
    let failed = |error| FolderError::system("read", output, error);
    let mut names = Vec::new();
    for entry in fs::read_dir(output).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if !is_litter(&name) {
            names.push(name);
        }
    }
    names.sort();
    let ours = |name: &str| {
        name == readme::NAME && fs::read(output.join(name)).is_ok_and(|text| readme::is_ours(&text))
    };
    match names.into_iter().partition::<Vec<String>, _>(|name| ours(name)) {
        (_, others) if !others.is_empty() => {
            Err(FolderError::NotOurs { path: path(), found: others.into_iter().next().unwrap_or_default() })
        }
        (readme, _) if readme.is_empty() => Ok(Found::Empty),
        _ => Ok(Found::OnlyReadme),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::folder::{Command, MANIFEST, README};

    #[test]
    fn lets_ours_pass_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = folder.path().join("output");
        let put = |name: &str, text: &str| fs::write(output.join(name), text).expect("written");
        assert_eq!(guard(&output).expect("nothing"), Found::Nothing);

        fs::create_dir(&output).expect("created");
        put(".DS_Store", "");
        assert_eq!(guard(&output).expect("as good as empty"), Found::Empty);

        put("README.md", &README.replace('\n', "\r\n"));
        assert_eq!(guard(&output).expect("a clone"), Found::OnlyReadme);

        put("README.md", "# Thesis\n");
        let refused = guard(&output).expect_err("somebody else's");
        assert!(matches!(&refused, FolderError::NotOurs { found, .. } if found == "README.md"));

        put("README.md", README);
        put("thesis.docx", "years of work");
        let refused = guard(&output).expect_err("somebody else's");
        assert!(
            refused
                .to_string()
                .contains("holds files that rmsurvey did not write (for example `thesis.docx`)")
        );

        put(MANIFEST, r#"{"name": "web app", "version": "2"}"#);
        assert!(matches!(guard(&output), Err(FolderError::ForeignManifest { .. })));

        let manifest = Manifest::new(Command::default(), Vec::new(), Vec::new());
        put(MANIFEST, &manifest.to_json().expect("written"));
        assert_eq!(guard(&output).expect("ours"), Found::Earlier(manifest));
    }

    #[test]
    fn refuses_a_file() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        assert!(matches!(guard(file.path()), Err(FolderError::NotAFolder { .. })));
    }
}
