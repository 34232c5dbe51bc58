//! The definition as the analyst types it (`survey.toml`), with the place of every text that a
//! later check may have to point at.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Spanned;

use super::model::InvalidAnswers;

type Text = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Definition {
    pub format: Spanned<i64>,
    pub title: Text,
    #[serde(default)]
    pub synthetic: bool,
    pub organisation: OrganisationEntry,
    #[serde(default)]
    pub committee: CommitteeEntry,
    pub scale: ScaleEntry,
    #[serde(rename = "question", default)]
    pub questions: Vec<QuestionEntry>,
    pub whole: Option<WholeEntry>,
    #[serde(rename = "department", default)]
    pub departments: Vec<DepartmentEntry>,
    /// What became of departments and groups.
    #[serde(rename = "succession", default)]
    pub successions: Vec<SuccessionEntry>,
    #[serde(rename = "audience", default)]
    pub audiences: IndexMap<Text, AudienceEntry>,
    #[serde(rename = "wave", default)]
    pub waves: Vec<WaveEntry>,
    /// Files that other councils shared.
    #[serde(rename = "benchmark", default)]
    pub benchmarks: Vec<BenchmarkEntry>,
    /// Areas for improvement, and what in the survey speaks of them.
    #[serde(rename = "area", default)]
    pub areas: Vec<AreaEntry>,
    #[serde(default)]
    pub report: ReportEntry,
    #[serde(default)]
    pub style: StyleEntry,
    #[serde(default)]
    pub ignore: Vec<String>,
    /// Figures from elsewhere.
    pub context: Option<Text>,
    #[serde(default)]
    pub disclosure: DisclosureEntry,
    #[serde(default)]
    pub analysis: AnalysisEntry,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OrganisationEntry {
    pub name: String,
    pub short: Option<String>,
    pub contact: Option<String>,
}

/// The committee that the paper goes to.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct CommitteeEntry {
    pub name: Option<String>,
    pub date: Option<Spanned<toml::value::Datetime>>,
    pub report_number: Option<String>,
    pub enquiries_to: Option<String>,
    pub purpose: Option<String>,
    pub recommendations: Option<Texts>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ScaleEntry {
    pub low: Spanned<i64>,
    pub high: Spanned<i64>,
    pub no_contact: Option<Spanned<i64>>,
    pub low_label: Option<String>,
    pub high_label: Option<String>,
    #[serde(default)]
    pub labels: BTreeMap<Text, Vec<Text>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct QuestionEntry {
    pub id: Text,
    pub text: Text,
    pub short: Option<String>,
    #[serde(default)]
    pub aliases: Vec<Text>,
    /// How it was asked before.
    #[serde(default)]
    pub wordings: Vec<WordingEntry>,
    pub element: Option<String>,
    pub levels: Option<Spanned<Vec<Text>>>,
    pub waves: Option<Vec<Text>>,
}

/// A question's words up to a wave.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WordingEntry {
    pub until: Text,
    pub text: Text,
    #[serde(default)]
    pub comparable: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WholeEntry {
    pub label: Text,
    #[serde(default)]
    pub aliases: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DepartmentEntry {
    pub id: Text,
    pub label: Text,
    #[serde(default)]
    pub aliases: Vec<Text>,
    pub waves: Option<Vec<Text>>,
}

/// Departments, or groups of a breakdown, in place of others.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SuccessionEntry {
    /// The first wave of the new ones.
    pub wave: Text,
    pub audience: Option<Text>,
    pub breakdown: Option<Text>,
    pub from: Vec<Text>,
    pub to: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AudienceEntry {
    pub label: Text,
    #[serde(default)]
    pub respondent: Vec<String>,
    #[serde(default)]
    pub link: Vec<String>,
    #[serde(default)]
    pub submitted: Vec<String>,
    pub finished: Option<SignEntry>,
    pub tests: Option<SignEntry>,
    #[serde(default)]
    pub departments: bool,
    #[serde(rename = "breakdown", default)]
    pub breakdowns: Vec<BreakdownEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BreakdownEntry {
    pub id: Text,
    pub label: Text,
    #[serde(default)]
    pub columns: Vec<Text>,
    #[serde(default)]
    pub groups: Vec<GroupEntry>,
    pub waves: Option<Vec<Text>>,
    /// Whether any of it leaves the building.
    pub publish: Option<bool>,
    /// Groups that are published as one.
    #[serde(default)]
    pub combine: Vec<Spanned<Vec<Text>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct GroupEntry {
    pub id: Text,
    pub label: Text,
    #[serde(default)]
    pub aliases: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WaveEntry {
    pub label: Text,
    /// The scale, where this wave had another.
    pub scale: Option<ScaleEntry>,
    pub fieldwork: Option<Spanned<FieldworkEntry>>,
    pub date_format: Option<Texts>,
    /// The survey platform, where its files could be of several.
    pub platform: Option<Text>,
    /// Columns of scores carry a department only; the order of the questions says the rest.
    #[serde(default)]
    pub questions_by_order: bool,
    pub files: Option<Spanned<BTreeMap<Text, Spanned<Files>>>>,
    /// Sums that were added up where the answers lie, in place of files.
    pub sums: Option<Text>,
    pub population: Option<Text>,
    /// Lists of who was invited, per audience, in place of numbers.
    #[serde(default)]
    pub invited: BTreeMap<Text, Text>,
    /// Averages of this wave as a paper printed them.
    pub published: Option<Text>,
    /// Themes that people named, as somebody coded them.
    pub themes: Option<Text>,
    /// The public folder that is already out for this wave.
    pub released: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct FieldworkEntry {
    pub from: toml::value::Datetime,
    pub to: toml::value::Datetime,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AreaEntry {
    pub id: Text,
    pub label: Text,
    pub text: Option<String>,
    #[serde(default)]
    pub questions: Vec<Text>,
    #[serde(default)]
    pub departments: Vec<Text>,
}

/// A file that another council shared, and which of its ids are which of ours.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct BenchmarkEntry {
    pub file: Text,
    pub name: Option<Text>,
    #[serde(default)]
    pub audiences: IndexMap<Text, Text>,
    #[serde(default)]
    pub questions: IndexMap<Text, Text>,
    #[serde(default)]
    pub departments: IndexMap<Text, Text>,
}

/// What the paper is called, which sections it has, in which order, and how they are headed.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ReportEntry {
    pub title: Option<String>,
    pub sections: Option<Spanned<Vec<Text>>>,
    #[serde(default)]
    pub headings: BTreeMap<Text, Text>,
}

/// Colours of the paper.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct StyleEntry {
    pub accent: Option<Text>,
    pub ground: Option<Text>,
    pub stamp: Option<Text>,
    pub audiences: Option<Spanned<Vec<Text>>>,
}

/// A column that says whether a form counts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SignEntry {
    pub column: Spanned<Texts>,
    #[serde(default)]
    pub values: Vec<String>,
    pub waves: Option<Vec<Text>>,
}

/// One file, or several.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a file is a name, or { file = \"2016/paper.csv\", mode = \"paper\" }; several stand in a [list]"
)]
pub(super) enum Files {
    // Before the other: a list could also be read as the keys of one file.
    Several(Vec<FileEntry>),
    One(FileEntry),
}

impl Files {
    pub fn into_list(self) -> Vec<DescribedFile> {
        let files = match self {
            Files::One(one) => vec![one],
            Files::Several(several) => several,
        };
        let described = files.into_iter().map(|file| match file {
            FileEntry::Name(file) => DescribedFile { file, mode: None },
            FileEntry::Described(described) => described,
        });
        described.collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "a file is a name, or { file = \"2016/paper.csv\", mode = \"paper\" }")]
pub(super) enum FileEntry {
    Name(String),
    Described(DescribedFile),
}

/// A file and how its forms came in.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DescribedFile {
    pub file: String,
    pub mode: Option<String>,
}

/// One text, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Texts {
    One(String),
    Several(Vec<String>),
}

impl Texts {
    pub fn into_list(self) -> Vec<String> {
        match self {
            Texts::One(one) => vec![one],
            Texts::Several(several) => several,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DisclosureEntry {
    pub minimum_respondents: Option<Spanned<Minimum>>,
    pub unanimity: Option<bool>,
    /// Below the first a figure's reliability is very low, below the second low.
    pub reliability: Option<Spanned<Vec<i64>>>,
}

/// One minimum for every audience, or one each.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Minimum {
    Everywhere(i64),
    Each(BTreeMap<String, i64>),
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AnalysisEntry {
    #[serde(default)]
    pub invalid_answers: InvalidAnswers,
    pub finite_population_correction: Option<bool>,
    pub notice_change: Option<Spanned<f64>>,
}
