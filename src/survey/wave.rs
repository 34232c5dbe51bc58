//! One round of a survey, and the files that came out of it.

use jiff::civil::Date;

use super::scale::Scale;

/// One round of the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    pub label: String,
    /// The scale of its answers, where it had one of its own.
    pub scale: Option<Scale>,
    /// First and last day of the fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// How dates are written in this wave's files (strptime).
    pub date_formats: Vec<String>,
    /// Files of answers, per audience in the order of [`Survey::audiences`](super::Survey::audiences).
    pub files: Vec<Vec<AnswerFile>>,
    /// File under the input folder with sums of all audiences, in place of files of answers.
    pub sums: Option<String>,
    /// The survey platform that wrote the files, where the definition says so.
    pub platform: Option<String>,
    /// Whether columns that carry a department and no question stand in the order of the questions.
    pub questions_by_order: bool,
    pub population: Option<String>,
    /// Lists of who was invited, per audience in the order of [`Survey::audiences`](super::Survey::audiences).
    pub invited: Vec<Option<String>>,
    /// File under the input folder with averages as a paper printed them.
    pub published: Option<String>,
    /// File under the input folder with the themes that people named.
    pub themes: Option<String>,
    /// Folder under the input folder with what an earlier run has published of this wave.
    pub released: Option<String>,
}

impl Wave {
    /// Names of the files that hold what an audience answered, as forms or as sums.
    pub fn sources(&self, audience: usize) -> impl Iterator<Item = &str> {
        let files = self.files.get(audience).into_iter().flatten().map(|file| file.file.as_str());
        files.chain(self.sums.as_deref())
    }

    /// Whether it has answers of an audience.
    pub fn has_answers(&self, audience: usize) -> bool {
        self.sources(audience).next().is_some()
    }
}

/// A file of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFile {
    /// Name under the input folder.
    pub file: String,
    pub mode: Mode,
}

/// How forms came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Filled in on paper, and typed in afterwards.
    Paper,
    /// An export of a survey platform. Of two forms that are equal otherwise this one counts.
    #[default]
    Online,
}

impl Mode {
    pub const ALL: [Mode; 2] = [Mode::Paper, Mode::Online];

    /// As the definition writes it.
    pub fn id(self) -> &'static str {
        match self {
            Mode::Paper => "paper",
            Mode::Online => "online",
        }
    }
}
