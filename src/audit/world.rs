//! One audience in one wave, as its public rows describe it: which cells there are, which of them
//! are shown with what counts, which are withheld, and which cells add up to which.

use std::collections::BTreeMap;
use std::fmt;

use super::about::{About, Audience};
use super::rows::Row;

/// The six ids by which public files name a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub wave: String,
    pub audience: String,
    pub department: String,
    pub question: String,
    pub breakdown: String,
    pub group: String,
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address { wave, audience, department, question, breakdown, group } = self;
        write!(formatter, "{wave}/{audience}/{department}/{question}/{breakdown}/{group}")
    }
}

/// Department, question, breakdown and group of a cell, within one world.
pub type Place = [String; 4];

/// What the public results say about a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Shown(Counts),
    /// Withheld, or left out although its neighbours have rows.
    Withheld,
}

/// The counts of a shown cell. Published means are exact at these bases, so the sum is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub respondents: i64,
    pub answers: i64,
    pub no_contact: i64,
    pub blank: i64,
    /// `None` where the mean and the answers give no whole number, which a true file never does.
    pub sum: Option<i64>,
    /// Answers in the upper half of the scale, where three decimals of their share pin them.
    pub top: Option<i64>,
    /// Standard error of the mean.
    pub error: Option<f64>,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    pub place: Place,
    pub state: State,
    /// Questions put to one respondent in this cell: departments times questions.
    pub items: i64,
}

/// How one cell is made up of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Along {
    Groups,
    Departments,
    Questions,
}

/// A cell that others add up to.
#[derive(Clone, Debug)]
pub struct Total {
    pub along: Along,
    pub whole: usize,
    pub parts: Vec<usize>,
}

/// One audience in one wave.
#[derive(Clone, Debug)]
pub struct World {
    pub wave: String,
    pub audience: String,
    pub minimum: i64,
    /// Highest score of the scale; the lowest is 1.
    pub top: i64,
    pub cells: Vec<Cell>,
    pub totals: Vec<Total>,
    index: BTreeMap<Place, usize>,
}

/// The group of those who left an attribute blank.
pub const NOT_STATED: &str = "not-stated";

impl World {
    /// The world that some rows of `results.csv` describe; all of one wave and audience.
    pub fn new(about: &About, audience: &Audience, wave: &str, rows: &[&Row]) -> World {
        let mut world = World {
            wave: wave.to_owned(),
            audience: audience.id.clone(),
            minimum: audience.minimum_respondents,
            top: about.top(wave),
            cells: Vec::new(),
            totals: Vec::new(),
            index: BTreeMap::new(),
        };
        for row in rows {
            let place =
                ["department", "question", "breakdown", "group"].map(|name| row.text(name).to_owned());
            world.add(place, state(row, world.top));
        }
        world.add_unlisted(audience);
        world.add_totals(about, audience);
        world.count_items(about, rows);
        world
    }

    fn add(&mut self, place: Place, state: State) {
        self.index.insert(place.clone(), self.cells.len());
        self.cells.push(Cell { place, state, items: 0 });
    }

    /// A defined group without a row, beside groups of its breakdown that have one, is unknown.
    /// Those who left the attribute blank have rows everywhere or are nobody.
    fn add_unlisted(&mut self, audience: &Audience) {
        for (breakdown, groups) in &audience.breakdowns {
            let listed: Vec<Place> = self
                .cells
                .iter()
                .filter(|cell| cell.place[2] == *breakdown)
                .map(|cell| cell.place.clone())
                .collect();
            let blank = listed.iter().any(|place| place[3] == NOT_STATED).then(|| NOT_STATED.to_owned());
            for [department, question, ..] in &listed {
                for group in groups.iter().chain(&blank) {
                    let place = [department, question, breakdown, group].map(String::clone);
                    if !self.index.contains_key(&place) {
                        self.add(place, State::Withheld);
                    }
                }
            }
        }
    }

    /// Everyone is the sum of the groups, for every breakdown on its own; all departments are the
    /// sum of the departments; all questions the sum of the questions.
    fn add_totals(&mut self, about: &About, audience: &Audience) {
        let mut totals = Vec::new();
        for (whole, cell) in self.cells.iter().enumerate() {
            let [department, question, breakdown, group] = &cell.place;
            if breakdown == "all" {
                for (by, groups) in &audience.breakdowns {
                    let places = groups.iter().map(String::as_str).chain([NOT_STATED]);
                    let parts = places.map(|group| [department, question, by.as_str(), group]);
                    totals.extend(self.total(Along::Groups, whole, parts));
                }
            }
            if department == "all" {
                let parts = about.departments.iter().map(|one| [one.as_str(), question, breakdown, group]);
                totals.extend(self.total(Along::Departments, whole, parts));
            }
            if question == "all" {
                let parts = about.questions.iter().map(|one| [department, one.as_str(), breakdown, group]);
                totals.extend(self.total(Along::Questions, whole, parts));
            }
        }
        self.totals = totals;
    }

    /// `None` where nothing is published below the whole, as with three-way crossings.
    fn total<'p>(
        &self,
        along: Along,
        whole: usize,
        parts: impl Iterator<Item = [&'p str; 4]>,
    ) -> Option<Total> {
        let parts: Vec<usize> =
            parts.filter_map(|place| self.index.get(&place.map(str::to_owned)).copied()).collect();
        (!parts.is_empty()).then_some(Total { along, whole, parts })
    }

    /// How many questions one respondent was asked in each cell; what was not asked is in the
    /// status of everyone's row.
    fn count_items(&mut self, about: &About, rows: &[&Row]) {
        let unasked: Vec<(&str, &str)> = rows
            .iter()
            .filter(|row| row.text("breakdown") == "all" && row.text("status") == "not-asked")
            .map(|row| (row.text("department"), row.text("question")))
            .collect();
        for cell in &mut self.cells {
            let [department, question, ..] = &cell.place;
            let departments: Vec<&str> = if department == "all" {
                about.departments.iter().map(String::as_str).collect()
            } else {
                vec![department]
            };
            let questions: Vec<&str> = if question == "all" {
                about.questions.iter().map(String::as_str).collect()
            } else {
                vec![question]
            };
            let asked = departments.iter().flat_map(|d| questions.iter().map(move |q| (*d, *q)));
            cell.items = asked.filter(|item| !unasked.contains(item)).count() as i64;
        }
    }

    /// The number of a cell.
    pub fn cell(&self, place: [&str; 4]) -> Option<usize> {
        self.index.get(&place.map(str::to_owned)).copied()
    }

    pub fn is_withheld(&self, cell: usize) -> bool {
        self.cells[cell].state == State::Withheld
    }

    pub fn address(&self, cell: usize) -> Address {
        let [department, question, breakdown, group] = self.cells[cell].place.clone();
        Address {
            wave: self.wave.clone(),
            audience: self.audience.clone(),
            department,
            question,
            breakdown,
            group,
        }
    }
}

/// What a row of the results says. Rows without counts are withheld, whatever they call themselves.
fn state(row: &Row, top: i64) -> State {
    if row.text("status") == "withheld" {
        return State::Withheld;
    }
    let counts = ["respondents", "answers", "no_contact", "blank"].map(|name| row.count(name));
    let [Some(respondents), Some(answers), Some(no_contact), Some(blank)] = counts else {
        return State::Withheld;
    };
    let mean = row.number("mean").filter(|_| answers > 0);
    let sum = if answers == 0 { Some(0) } else { mean.and_then(|mean| whole_sum(mean, answers, top)) };
    let share = row.number("top_share").filter(|_| answers > 0);
    let top = if answers == 0 { Some(0) } else { share.and_then(|share| pinned_share(share, answers)) };
    let error = row.number("se");
    State::Shown(Counts { respondents, answers, no_contact, blank, sum, top, error })
}

/// The sum behind a mean: a whole number, since a double is far finer than one answer in a million.
fn whole_sum(mean: f64, answers: i64, top: i64) -> Option<i64> {
    let sum = (mean * answers as f64).round();
    let fits =
        (sum / answers as f64 - mean).abs() < 1e-9 && sum >= answers as f64 && sum <= (top * answers) as f64;
    fits.then_some(sum as i64)
}

/// The count behind a share at three decimals, where only one whole number rounds to it.
fn pinned_share(share: f64, answers: i64) -> Option<i64> {
    let near = (share * answers as f64).round() as i64;
    let rounds = |count: &i64| (*count as f64 / answers as f64 - share).abs() <= 0.000_5 + 1e-9;
    let fitting: Vec<i64> =
        (near - 1..=near + 1).filter(|count| (0..=answers).contains(count)).filter(rounds).collect();
    if let [one] = fitting[..] { Some(one) } else { None }
}
