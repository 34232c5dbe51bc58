//! The file by which councils compare themselves: averages of one wave that are public anyway, and
//! nobody's answers. This is its shape; `publish` writes one, `ingest` reads those of others.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What such a file calls itself.
pub const FORMAT: &str = "rmsurvey-share";
/// The version that is written, and the only one that is read.
pub const VERSION: u64 = 1;

/// One wave of one council's survey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedSurvey {
    pub format: String,
    pub version: u64,
    pub organisation: String,
    pub title: String,
    pub wave: String,
    /// The answers were invented.
    pub synthetic: bool,
    pub scale: SharedScale,
    pub audiences: Vec<SharedAudience>,
    pub questions: Vec<SharedQuestion>,
    pub departments: Vec<SharedDepartment>,
    pub figures: Vec<SharedFigure>,
}

/// The lowest and the highest score, and whether "no contact" could be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SharedScale {
    pub lowest: u64,
    pub highest: u64,
    pub no_contact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SharedAudience {
    pub id: String,
    pub label: String,
    /// No figure of the audience rests on fewer.
    pub minimum_respondents: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedQuestion {
    pub id: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedDepartment {
    pub id: String,
    pub label: String,
}

/// An average of everyone in an audience.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedFigure {
    pub audience: String,
    /// An id, `all` for the departments together, or `whole` for the council as one organisation.
    pub department: String,
    /// An id, or `all` for the questions together.
    pub question: String,
    pub respondents: u64,
    pub mean: f64,
    /// Standard error; none where it is not known.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<u64>,
}

/// Why a text is no file that this version reads.
#[derive(Debug)]
pub enum NotShared {
    /// No JSON, or JSON of another form: what is wrong, and line and column from 1.
    Form { message: String, line: u64, column: u64 },
    /// JSON that does not call itself such a file.
    Other,
    /// Such a file in another version.
    Version(Value),
}

impl SharedSurvey {
    /// The file as text: a line for each entry, so that people can read it and compare two of them.
    ///
    /// # Errors
    /// What the writer of JSON refuses, which this shape does not provoke.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        fn list<T: Serialize>(entries: &[T]) -> Result<String, serde_json::Error> {
            let lines: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
            let lines = lines?;
            Ok(if lines.is_empty() {
                "[]".to_owned()
            } else {
                format!("[\n    {}\n  ]", lines.join(",\n    "))
            })
        }
        let members = [
            ("format", serde_json::to_string(&self.format)?),
            ("version", serde_json::to_string(&self.version)?),
            ("organisation", serde_json::to_string(&self.organisation)?),
            ("title", serde_json::to_string(&self.title)?),
            ("wave", serde_json::to_string(&self.wave)?),
            ("synthetic", serde_json::to_string(&self.synthetic)?),
            ("scale", serde_json::to_string(&self.scale)?),
            ("audiences", list(&self.audiences)?),
            ("questions", list(&self.questions)?),
            ("departments", list(&self.departments)?),
            ("figures", list(&self.figures)?),
        ];
        let members: Vec<String> =
            members.iter().map(|(name, value)| format!("  \"{name}\": {value}")).collect();
        Ok(format!("{{\n{}\n}}\n", members.join(",\n")))
    }

    /// Reads a file of this version; what it says is not yet checked.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(bytes: &[u8]) -> Result<SharedSurvey, NotShared> {
        let form = |error: &serde_json::Error| {
            let said = error.to_string();
            let message = said.split(" at line ").next().unwrap_or_default().to_owned();
            NotShared::Form { message, line: error.line() as u64, column: error.column() as u64 }
        };
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|error| form(&error))?;
        if value.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(NotShared::Other);
        }
        let version = value.get("version").cloned().unwrap_or_default();
        if version.as_u64() != Some(VERSION) {
            return Err(NotShared::Version(version));
        }
        serde_json::from_slice(bytes).map_err(|error| form(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared() -> SharedSurvey {
        SharedSurvey {
            format: FORMAT.to_owned(),
            version: VERSION,
            organisation: "Example \"County\" Council".to_owned(),
            title: "Survey".to_owned(),
            wave: "2017".to_owned(),
            synthetic: true,
            scale: SharedScale { lowest: 1, highest: 4, no_contact: true },
            audiences: vec![SharedAudience {
                id: "providers".to_owned(),
                label: "Care providers".to_owned(),
                minimum_respondents: 5,
            }],
            questions: vec![SharedQuestion { id: "Q1".to_owned(), text: "Trust?".to_owned() }],
            departments: Vec::new(),
            figures: vec![SharedFigure {
                audience: "providers".to_owned(),
                department: "whole".to_owned(),
                question: "all".to_owned(),
                respondents: 12,
                mean: 2.275,
                se: Some(0.05),
                df: Some(11),
            }],
        }
    }

    #[test]
    fn what_is_written_is_read_back_and_has_a_line_for_each_figure() {
        let text = shared().text().unwrap();
        assert_eq!(SharedSurvey::read(text.as_bytes()).unwrap(), shared());
        let figure = "    {\"audience\":\"providers\",\"department\":\"whole\",\"question\":\"all\",\
                      \"respondents\":12,\"mean\":2.275,\"se\":0.05,\"df\":11}\n";
        assert!(text.contains(figure), "{text}");
        assert!(text.contains("  \"departments\": [],\n"), "{text}");
    }

    #[test]
    fn what_is_none_is_refused_with_the_reason() {
        let text = shared().text().unwrap();
        let read = |text: &str| SharedSurvey::read(text.as_bytes()).unwrap_err();
        assert!(matches!(read("{}"), NotShared::Other));
        assert!(matches!(read("[1, 2]"), NotShared::Other));
        let NotShared::Version(version) = read(&text.replace("\"version\": 1", "\"version\": 2")) else {
            panic!("another version is read");
        };
        assert_eq!(version, 2);
        let NotShared::Form { message, line, .. } = read(&text.replace("\"se\":0.05", "\"variance\":0.0025"))
        else {
            panic!("another form is read");
        };
        assert!(message.contains("variance") && line == 17, "{message}, {line}");
        assert!(matches!(read("audience,mean\n"), NotShared::Form { line: 1, column: 1, .. }));
    }
}
