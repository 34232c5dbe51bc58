//! Who answers a form, and how they are divided into groups.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Asked, Names};
use super::succession::Succession;
use crate::words::listed;

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
    /// What became of its groups, by the ids of the definition.
    pub successions: Vec<Succession>,
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

/// A column that says whether a form counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Headers of the column.
    pub columns: Vec<String>,
    /// Folded; none means anything but an empty cell.
    pub values: BTreeSet<String>,
    pub asked: Asked,
}
