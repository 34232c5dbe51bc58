//! What an attack found.

use std::collections::BTreeMap;
use std::fmt;

use super::world::Address;

/// How something withheld was come by. Ordered as the report lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// It stands somewhere in a public file.
    Shown,
    /// One shown figure less others.
    Subtraction,
    /// Several sums together, where no single one would do.
    Elimination,
    /// What a published mean of several groups or departments together says about one of them.
    PublishedMean,
    /// Counts of answers, "no contact" and blanks against forms.
    Counts,
    /// Its possible values lie too close together.
    Bounds,
    /// A change split into scores and mix over groups that are not all shown.
    Mix,
    /// Published sets of people, less each other, leave fewer than the minimum.
    Sets,
    /// Those who answered in one year and not in the other are fewer than the minimum.
    Stayers,
    /// All answers of a shown figure are the same, or all but one.
    Unanimous,
}

impl Method {
    /// In the order of the report.
    pub const ALL: [Method; 10] = [
        Method::Shown,
        Method::Subtraction,
        Method::Elimination,
        Method::PublishedMean,
        Method::Counts,
        Method::Bounds,
        Method::Mix,
        Method::Sets,
        Method::Stayers,
        Method::Unanimous,
    ];

    /// A few words for people.
    pub fn words(self) -> &'static str {
        match self {
            Method::Shown => "shown in a file",
            Method::Subtraction => "subtraction",
            Method::Elimination => "several sums together",
            Method::PublishedMean => "a mean of several groups",
            Method::Counts => "counts of answers and forms",
            Method::Bounds => "bounds",
            Method::Mix => "how a change splits",
            Method::Sets => "sets of people",
            Method::Stayers => "those who answered twice",
            Method::Unanimous => "answers that are all the same",
        }
    }
}

/// Something that should not be known, and is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub method: Method,
    pub address: Address,
    /// What is known of it: "respondents 3, answers 24, mean 2.29".
    pub value: String,
    /// Where from: the equation or the file.
    pub from: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { method, address, value, from } = self;
        write!(formatter, "{address}  {value}  ({}: {from})", method.words())
    }
}

/// What was attacked, how, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the results, and how many of them are withheld.
    pub cells: usize,
    pub withheld: usize,
    /// What each attack looked at: "equations", 4312.
    pub tried: Vec<(&'static str, usize)>,
    /// What could not be tried, or what the files contradict themselves in.
    pub notes: Vec<String>,
    /// In order, each once.
    pub findings: Vec<Finding>,
}

impl Report {
    /// How many addresses each method gave.
    pub fn by_method(&self) -> BTreeMap<Method, usize> {
        let mut counted = BTreeMap::new();
        for finding in &self.findings {
            *counted.entry(finding.method).or_insert(0) += 1;
        }
        counted
    }

    /// Nothing was recovered.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn count(&mut self, what: &'static str, how_many: usize) {
        match self.tried.iter_mut().find(|(name, _)| *name == what) {
            Some((_, count)) => *count += how_many,
            None => self.tried.push((what, how_many)),
        }
    }
}
