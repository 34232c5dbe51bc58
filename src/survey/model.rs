//! The definition as the program runs on it: checked once, invalid states gone.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::audience::Audience;
use super::benchmark::Benchmark;
use super::report::Report;
use super::scale::Scale;
use super::style::Style;
use super::succession::Succession;
use super::wave::Wave;
use super::wording::Wording;

/// What was asked, of whom, when, and how exports label it.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    pub title: String,
    pub organisation: Organisation,
    pub committee: Committee,
    /// The rows are invented: every page, picture and cover says so.
    pub synthetic: bool,
    /// A run that goes on without answers that are not on the scale: every page, picture and cover
    /// says so. Never part of a definition.
    pub draft: bool,
    pub scale: Scale,
    pub questions: Vec<QuestionDefinition>,
    /// The council as one organisation, where it is scored beside its departments.
    pub whole: Option<Names>,
    pub departments: Vec<DepartmentDefinition>,
    /// What became of departments; breakdowns hold what became of their groups.
    pub successions: Vec<Succession>,
    pub audiences: Vec<Audience>,
    pub waves: Vec<Wave>,
    /// Headers (folded) that the analyst has said to ignore.
    pub ignore: BTreeSet<String>,
    /// Files that other councils shared.
    pub benchmarks: Vec<Benchmark>,
    /// File under the input folder with figures from elsewhere.
    pub context: Option<String>,
    pub analysis: Analysis,
    /// Whether figures are withheld whose answers are all the same or all but one.
    pub unanimity: bool,
    pub reliability: ReliabilityBands,
    /// Areas for improvement.
    pub areas: Vec<Area>,
    pub report: Report,
    pub style: Style,
}

/// How many have to answer for a figure to be relied on. Apart from disclosure: these protect readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReliabilityBands {
    /// From how many respondents on a figure is no longer in the lowest band.
    pub low_from: u64,
    /// From how many respondents on a figure is plain.
    pub ok_from: u64,
}

impl Default for ReliabilityBands {
    /// The practice of the Civil Service People Survey.
    fn default() -> ReliabilityBands {
        ReliabilityBands { low_from: 30, ok_from: 50 }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub name: String,
    pub short: String,
    /// Whom readers may ask about the survey.
    pub contact: Option<String>,
}

/// The committee that the paper goes to, and what it is asked to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committee {
    pub name: Option<String>,
    pub date: Option<Date>,
    pub report_number: Option<String>,
    pub enquiries_to: Option<String>,
    pub purpose: Option<String>,
    pub recommendations: Vec<String>,
}

/// An id for files, a label for people, and the other ways in which exports write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    pub id: String,
    pub label: String,
    pub aliases: Vec<String>,
}

impl Names {
    /// Every text that stands for this thing: label, aliases, id.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.label.as_str())
            .chain(self.aliases.iter().map(String::as_str))
            .chain(std::iter::once(self.id.as_str()))
    }

    /// Whether a text from an export means this thing.
    pub fn means(&self, text: &str) -> bool {
        let folded = super::fold(text);
        self.all().any(|name| super::fold(name) == folded)
    }
}

/// The waves in which something was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Always,
    In(BTreeSet<usize>),
}

impl Asked {
    pub fn in_wave(&self, wave: usize) -> bool {
        match self {
            Asked::Always => true,
            Asked::In(waves) => waves.contains(&wave),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionDefinition {
    pub id: String,
    /// The wording on the form.
    pub text: String,
    /// Label for charts and tables.
    pub short: String,
    /// Other ways in which exports write it.
    pub aliases: Vec<String>,
    /// How it was asked before, the earliest first.
    pub wordings: Vec<Wording>,
    /// The element of partnership that the question asks about.
    pub element: Option<String>,
    /// What every score stands for, lowest first, on the ladder of partnership; empty where the
    /// question has none.
    pub levels: Vec<String>,
    pub asked: Asked,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentDefinition {
    pub names: Names,
    pub asked: Asked,
}

/// An area for improvement: what in the survey speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub names: Names,
    /// What it is about, in the council's words.
    pub text: Option<String>,
    pub questions: Vec<usize>,
    /// The departments that it concerns; empty for all together.
    pub departments: Vec<usize>,
}

/// How the analysis treats what it meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Analysis {
    pub invalid_answers: InvalidAnswers,
    /// Whether errors are corrected for the number invited, where that is known.
    pub finite_population_correction: bool,
    /// The change, in points of the scale, that planning asks how many forms it takes to notice.
    pub notice_change: f64,
}

/// What happens to an answer that is not on the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InvalidAnswers {
    /// The run stops after listing all of them.
    #[default]
    Stop,
    /// The cell is left out, listed and counted; the rest of the form stays.
    LeaveOut,
}
