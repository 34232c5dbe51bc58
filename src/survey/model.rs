//! The definition as the program runs on it: checked once, invalid states gone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::report::Report;
use super::scale::Scale;
use super::style::Style;
use crate::tally::{Cell, Department, Group, Question};
use crate::words::listed;

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
    pub audiences: Vec<Audience>,
    pub waves: Vec<Wave>,
    /// Headers (folded) that the analyst has said to ignore.
    pub ignore: BTreeSet<String>,
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
    /// Other wordings.
    pub aliases: Vec<String>,
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

/// People who answer the same form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    pub id: String,
    pub label: String,
    /// Headers of the column that identifies the form.
    pub respondent: Vec<String>,
    /// Headers of the column that identifies the same party in another wave.
    pub link: Vec<String>,
    /// Headers of the column with the date of the form.
    pub submitted: Vec<String>,
    /// Which forms are finished; those that are not are listed and do not count.
    pub finished: Option<Sign>,
    /// Which forms are tests or previews; they are listed and do not count.
    pub tests: Option<Sign>,
    /// Whether every department is scored, or the council as one organisation only.
    pub scores_departments: bool,
    pub breakdowns: Vec<Breakdown>,
    /// A figure resting on fewer respondents is withheld.
    pub minimum_respondents: u64,
}

/// One way of dividing an audience into groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    pub id: String,
    pub label: String,
    /// Headers of its column.
    pub columns: Vec<String>,
    pub groups: Vec<Names>,
    pub asked: Asked,
    /// Whether its figures may be published; the analyst has them in any case.
    pub publish: bool,
    /// Groups that are to be published as one.
    pub combine: Vec<Combination>,
    /// Groups that stand for several of the definition, each with their ids: none but in the
    /// definition of what is published.
    pub combined: BTreeMap<String, Vec<String>>,
}

/// Groups of a breakdown that are published as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    pub names: Names,
    pub groups: BTreeSet<usize>,
}

impl Combination {
    /// "South and West", `south-and-west`.
    pub fn of(groups: &[Names], combined: BTreeSet<usize>) -> Combination {
        let members: Vec<&Names> = combined.iter().filter_map(|group| groups.get(*group)).collect();
        let ids: Vec<&str> = members.iter().map(|names| names.id.as_str()).collect();
        let labels: Vec<&str> = members.iter().map(|names| names.label.as_str()).collect();
        let names = Names { id: ids.join("-and-"), label: listed(&labels), aliases: Vec::new() };
        Combination { names, groups: combined }
    }
}

/// One round of the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    pub label: String,
    /// First and last day of the fieldwork.
    pub fieldwork: Option<(Date, Date)>,
    /// How dates are written in this wave's files (strptime).
    pub date_format: Option<String>,
    /// Files of answers, per audience in the order of [`Survey::audiences`].
    pub files: Vec<Vec<AnswerFile>>,
    pub population: Option<String>,
    /// Lists of who was invited, per audience in the order of [`Survey::audiences`].
    pub invited: Vec<Option<String>>,
    /// File under the input folder with averages as a paper printed them.
    pub published: Option<String>,
    /// File under the input folder with the themes that people named.
    pub themes: Option<String>,
    /// Folder under the input folder with what an earlier run has published of this wave.
    pub released: Option<String>,
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

/// A column that says whether a form counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Headers of the column.
    pub columns: Vec<String>,
    /// Folded; none means anything but an empty cell.
    pub values: BTreeSet<String>,
    pub asked: Asked,
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

/// What one column of an export answers: a question about a department (or the whole).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Item {
    /// `None` for the council as one organisation.
    pub department: Option<usize>,
    pub question: usize,
}

/// The six ids by which files name a figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub wave: String,
    pub audience: String,
    pub department: String,
    pub question: String,
    pub breakdown: String,
    pub group: String,
}

impl Survey {
    /// The items that an audience was asked in a wave, in questionnaire order.
    pub fn items(&self, wave: usize, audience: usize) -> Vec<Item> {
        let departments: Vec<Option<usize>> = if self.audiences[audience].scores_departments {
            let asked = |&d: &usize| self.departments[d].asked.in_wave(wave);
            let whole = self.whole.iter().map(|_| None);
            whole.chain((0..self.departments.len()).filter(asked).map(Some)).collect()
        } else {
            vec![None]
        };
        let questions = (0..self.questions.len()).filter(|&q| self.questions[q].asked.in_wave(wave));
        questions
            .flat_map(|question| departments.iter().map(move |&department| Item { department, question }))
            .collect()
    }

    /// The departments of an audience's figures, in the order in which people read them.
    pub fn department_cells(&self, audience: usize) -> Vec<Department> {
        if !self.audiences[audience].scores_departments {
            return vec![Department::Whole];
        }
        let whole = self.whole.iter().map(|_| Department::Whole);
        let each = (0..self.departments.len()).map(Department::One);
        whole.chain([Department::All]).chain(each).collect()
    }

    /// The questions of figures, the pooled one first.
    pub fn question_cells(&self) -> Vec<Question> {
        std::iter::once(Question::All).chain((0..self.questions.len()).map(Question::One)).collect()
    }

    /// Everyone, and every defined group of every breakdown.
    pub fn group_cells(&self, audience: usize) -> Vec<Group> {
        let breakdowns = self.audiences[audience].breakdowns.iter().enumerate();
        let groups = breakdowns.flat_map(|(breakdown, definition)| {
            (0..definition.groups.len()).map(move |group| Group::Of { breakdown, group })
        });
        std::iter::once(Group::Everyone).chain(groups).collect()
    }

    /// Every cell of an audience in a wave: departments x questions x (everyone and all groups).
    pub fn cells(&self, wave: usize, audience: usize) -> impl Iterator<Item = Cell> {
        let departments = self.department_cells(audience);
        let questions = self.question_cells();
        self.group_cells(audience).into_iter().flat_map(move |group| {
            let questions = questions.clone();
            departments.clone().into_iter().flat_map(move |department| {
                questions.clone().into_iter().map(move |question| Cell {
                    wave,
                    audience,
                    department,
                    question,
                    group,
                })
            })
        })
    }

    /// Whether anything that a cell covers was asked in its wave.
    pub fn is_asked(&self, cell: &Cell) -> bool {
        self.items(cell.wave, cell.audience).iter().any(|item| {
            let department = match cell.department {
                Department::Whole => item.department.is_none(),
                Department::All => item.department.is_some(),
                Department::One(one) => item.department == Some(one),
            };
            department && (cell.question == Question::All || cell.question == Question::One(item.question))
        })
    }

    /// Whether the figures of a group may be published.
    pub fn publishes(&self, audience: usize, group: Group) -> bool {
        group.breakdown().is_none_or(|breakdown| self.audiences[audience].breakdowns[breakdown].publish)
    }

    /// The department under which an audience's headline stands: the departments pooled where they
    /// are scored, the council as one organisation elsewhere.
    pub fn headline_department(&self, audience: usize) -> Department {
        if self.audiences[audience].scores_departments { Department::All } else { Department::Whole }
    }

    /// The ids of a cell.
    pub fn address(&self, cell: &Cell) -> Address {
        let audience = &self.audiences[cell.audience];
        let (breakdown, group) = match cell.group {
            Group::Everyone => ("all", "all"),
            Group::Of { breakdown, group } => {
                let definition = &audience.breakdowns[breakdown];
                (definition.id.as_str(), definition.groups[group].id.as_str())
            }
            Group::NotStated { breakdown } => (audience.breakdowns[breakdown].id.as_str(), "not-stated"),
        };
        Address {
            wave: self.waves[cell.wave].label.clone(),
            audience: audience.id.clone(),
            department: self.department_id(cell.department).to_owned(),
            question: self.question_id(cell.question).to_owned(),
            breakdown: breakdown.to_owned(),
            group: group.to_owned(),
        }
    }

    /// The cell of an address; `None` where an id is not of this definition.
    pub fn cell(&self, address: &Address) -> Option<Cell> {
        let Address { wave, audience, department, question, breakdown, group } = address;
        let audience = self.audiences.iter().position(|known| known.id == *audience)?;
        let departments = self.department_cells(audience).into_iter();
        let breakdowns = &self.audiences[audience].breakdowns;
        let group = if breakdown == "all" {
            (group == "all").then_some(Group::Everyone)?
        } else {
            let breakdown = breakdowns.iter().position(|known| known.id == *breakdown)?;
            let group = breakdowns[breakdown].groups.iter().position(|known| known.id == *group)?;
            Group::Of { breakdown, group }
        };
        Some(Cell {
            wave: self.waves.iter().position(|known| known.label == *wave)?,
            audience,
            department: departments.into_iter().find(|known| self.department_id(*known) == department)?,
            question: self.question_cells().into_iter().find(|known| self.question_id(*known) == question)?,
            group,
        })
    }

    pub fn department_id(&self, department: Department) -> &str {
        match department {
            Department::Whole => "whole",
            Department::All => "all",
            Department::One(d) => &self.departments[d].names.id,
        }
    }

    pub fn question_id(&self, question: Question) -> &str {
        match question {
            Question::All => "all",
            Question::One(q) => &self.questions[q].id,
        }
    }

    pub fn group_id(&self, audience: usize, group: Group) -> &str {
        let breakdowns = &self.audiences[audience].breakdowns;
        match group {
            Group::Everyone => "all",
            Group::Of { breakdown, group } => &breakdowns[breakdown].groups[group].id,
            Group::NotStated { .. } => "not-stated",
        }
    }
}
