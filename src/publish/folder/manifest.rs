//! What went into an output and what came out of it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::FolderError;

/// The name of the manifest in the output folder.
pub const MANIFEST: &str = "manifest.json";

const PROGRAM: &str = env!("CARGO_PKG_NAME");

/// The manifest of an output: no clock, no absolute path, sorted, so that two runs on the same input
/// write the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    program: String,
    /// The version of the program that wrote the output.
    pub version: String,
    pub command: Command,
    /// Every input file, by name.
    pub inputs: Vec<Input>,
    /// Every output file but the manifest itself, by path.
    pub outputs: Vec<Output>,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    /// The sub-command: `run`.
    pub name: String,
    /// The labels of the waves that were chosen, in the order of the definition; none means all.
    pub waves: Vec<String>,
    /// Whether it went on without answers that are not on the scale.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its path under the input folder, with forward slashes.
    pub name: String,
    pub sha256: String,
    /// The rows that were read, header aside; `None` for files that are not tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Its path under the output folder, with forward slashes.
    pub path: String,
    pub sha256: String,
}

impl Manifest {
    /// A manifest of this version of the program. Order does not matter: it sorts.
    pub fn new(command: Command, mut inputs: Vec<Input>, mut outputs: Vec<Output>) -> Manifest {
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Manifest { program: PROGRAM.to_owned(), version, command, inputs, outputs }
    }

    /// The manifest as it is written: indented JSON that ends with a line feed.
    ///
    /// # Errors
    /// None that a manifest can cause; serialising returns a result all the same.
    pub fn to_json(&self) -> Result<String, FolderError> {
        let mut text =
            serde_json::to_string_pretty(self).map_err(|source| FolderError::Manifest { source })?;
        text.push('\n');
        Ok(text)
    }

    /// The manifest in the text, if it is one of this program, of whatever version.
    pub fn parse(text: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_slice(text).ok()?;
        (manifest.program == PROGRAM).then_some(manifest)
    }

    /// The manifest of an output folder. `None` where there is no manifest.
    ///
    /// # Errors
    /// When there is a manifest that this program did not write, or that cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Manifest>, FolderError> {
        match fs::read(folder.join(MANIFEST)) {
            Ok(text) => match Manifest::parse(&text) {
                Some(manifest) => Ok(Some(manifest)),
                None => Err(FolderError::ForeignManifest { path: folder.to_owned() }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FolderError::system("read", &folder.join(MANIFEST), error)),
        }
    }

    /// The hash of every output by its path.
    pub fn hashes(&self) -> BTreeMap<&str, &str> {
        self.outputs.iter().map(|output| (output.path.as_str(), output.sha256.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let input = |name: &str, rows| Input { name: name.to_owned(), sha256: "ab".to_owned(), rows };
        let output = |path: &str| Output { path: path.to_owned(), sha256: "cd".to_owned() };
        Manifest::new(
            Command { name: "run".to_owned(), waves: vec!["2017".to_owned()], draft: false },
            vec![input("survey.toml", None), input("2017/providers.csv", Some(25))],
            vec![output("publish/report.html"), output("README.md")],
        )
    }

    #[test]
    fn is_sorted_and_ends_with_one_line_feed() {
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            r#"{{
  "program": "rmsurvey",
  "version": "{version}",
  "command": {{
    "name": "run",
    "waves": [
      "2017"
    ]
  }},
  "inputs": [
    {{
      "name": "2017/providers.csv",
      "sha256": "ab",
      "rows": 25
    }},
    {{
      "name": "survey.toml",
      "sha256": "ab"
    }}
  ],
  "outputs": [
    {{
      "path": "README.md",
      "sha256": "cd"
    }},
    {{
      "path": "publish/report.html",
      "sha256": "cd"
    }}
  ]
}}
"#
        );
        assert_eq!(manifest().to_json().expect("written"), expected);
    }

    #[test]
    fn reads_itself_and_later_versions_but_no_other_program() {
        let text = manifest().to_json().expect("written");
        assert_eq!(Manifest::parse(text.as_bytes()), Some(manifest()));
        let later = text.replacen("\"command\"", "\"new\": 1,\n  \"command\"", 1);
        assert_eq!(Manifest::parse(later.as_bytes()), Some(manifest()));
        assert_eq!(Manifest::parse(text.replace("rmsurvey", "other").as_bytes()), None);
        assert_eq!(Manifest::parse(br#"{"name": "My app", "version": "1"}"#), None);
        assert_eq!(Manifest::parse(b""), None);
    }
}
