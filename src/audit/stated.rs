//! Figures that stand in a data file although they should not: beside a withheld status, for a
//! cell that the results withhold, on a base under the minimum, or giving every answer away
//! because all answers are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::about::About;
use super::comparisons::{change_addresses, gap_addresses};
use super::finding::{Finding, Method, Report};
use super::rows::Row;
use super::world::{Address, Counts, State, World};

/// Columns that say what a row is about, not what came of it.
const NAMES: [&str; 14] = [
    "wave",
    "from_wave",
    "to_wave",
    "kind",
    "audience",
    "department",
    "question",
    "breakdown",
    "group",
    "left",
    "right",
    "status",
    "family",
    "method",
];

/// Withheld addresses, and what each audience's rule is.
#[derive(Debug)]
pub struct Withheld {
    addresses: BTreeMap<Address, ()>,
    minimum: BTreeMap<String, i64>,
    /// Audience and wave of everything that has results.
    answered: BTreeSet<(String, String)>,
}

impl Withheld {
    pub fn of(about: &About, worlds: &[World]) -> Withheld {
        let addresses = worlds.iter().flat_map(|world| {
            let cells = (0..world.cells.len()).filter(|&cell| world.is_withheld(cell));
            cells.map(|cell| (world.address(cell), ()))
        });
        let minimum = about.audiences.iter().map(|one| (one.id.clone(), one.minimum_respondents));
        let answered = worlds.iter().map(|world| (world.audience.clone(), world.wave.clone()));
        Withheld { addresses: addresses.collect(), minimum: minimum.collect(), answered: answered.collect() }
    }

    /// The first of some addresses that is withheld.
    pub fn first<'a>(&self, addresses: &'a [Address]) -> Option<&'a Address> {
        addresses.iter().find(|address| self.addresses.contains_key(address))
    }

    /// The waves in which an audience answered.
    pub fn waves<'a>(&'a self, audience: &'a str) -> impl Iterator<Item = &'a String> {
        self.answered.iter().filter(move |(one, _)| one == audience).map(|(_, wave)| wave)
    }

    /// The fewest people that a figure of an audience may rest on.
    pub fn minimum(&self, audience: &str) -> i64 {
        self.minimum.get(audience).copied().unwrap_or(0)
    }

    /// Whether a group's figure over everything asked is withheld, and its address.
    pub fn overall(
        &self,
        about: &About,
        wave: &str,
        audience: &str,
        [breakdown, group]: [&String; 2],
    ) -> Option<Address> {
        let scores = about.audiences.iter().any(|one| one.id == audience && one.scores_departments);
        let address = Address {
            wave: wave.to_owned(),
            audience: audience.to_owned(),
            department: if scores { "all" } else { "whole" }.to_owned(),
            question: "all".to_owned(),
            breakdown: breakdown.clone(),
            group: group.clone(),
        };
        self.addresses.contains_key(&address).then_some(address)
    }

    /// Whether anything is withheld beside an address: another group of its breakdown; for everyone,
    /// another question of its department, or for all questions another department.
    pub fn any_beside(&self, address: &Address) -> bool {
        self.addresses.keys().any(|other| {
            let is_here = other.wave == address.wave && other.audience == address.audience;
            let [question, department, group] = [
                other.question == address.question,
                other.department == address.department,
                other.breakdown == address.breakdown,
            ];
            let is_everyone = address.breakdown == "all";
            is_here
                && group
                && match (is_everyone, address.question == "all") {
                    (false, _) => question && department,
                    (true, false) => department && other.question != "all",
                    (true, true) => {
                        let is_one = |it: &Address| !["all", "whole"].contains(&it.department.as_str());
                        question && is_one(address) && is_one(other)
                    }
                }
        })
    }

    /// Whether a question of an address is withheld though all of them together are not.
    pub fn any_question(&self, address: &Address) -> bool {
        let all = Address { question: "all".to_owned(), ..address.clone() };
        let is_question_of = |other: &Address| {
            other.question != "all" && Address { question: "all".to_owned(), ..other.clone() } == all
        };
        !self.addresses.contains_key(&all) && self.addresses.keys().any(is_question_of)
    }
}

/// Which file a row is of.
#[derive(Clone, Copy, Debug)]
pub enum DataFile {
    Results,
    Gaps,
    Changes,
    Mix,
    /// This council beside others.
    Benchmarks,
}

impl DataFile {
    fn name(self) -> &'static str {
        match self {
            DataFile::Results => "data/results.csv",
            DataFile::Gaps => "data/gaps.csv",
            DataFile::Changes => "data/changes.csv",
            DataFile::Mix => "data/mix.csv",
            DataFile::Benchmarks => "data/benchmarks.csv",
        }
    }

    /// Whether a column holds what other councils made public of themselves.
    fn is_of_others(self, column: &str) -> bool {
        matches!(self, DataFile::Benchmarks) && (column == "councils" || column.starts_with("others_"))
    }

    /// The cells that a row rests on.
    fn addresses(self, row: &Row) -> Vec<Address> {
        match self {
            DataFile::Results | DataFile::Benchmarks => {
                let [wave, audience, department, question, breakdown, group] =
                    ["wave", "audience", "department", "question", "breakdown", "group"]
                        .map(|name| row.text(name).to_owned());
                vec![Address { wave, audience, department, question, breakdown, group }]
            }
            DataFile::Gaps => gap_addresses(row),
            DataFile::Changes | DataFile::Mix => change_addresses(row),
        }
    }
}

/// Looks at every row of a data file.
pub fn rows(file: DataFile, rows: &[Row], withheld: &Withheld, report: &mut Report) {
    report.count("rows of data files", rows.len());
    for row in rows {
        let addresses = file.addresses(row);
        let about = withheld
            .first(&addresses)
            .or_else(|| addresses.first().filter(|_| row.text("status") == "withheld"));
        let said: Vec<String> = row
            .filled()
            .filter(|(column, _)| !NAMES.contains(column) && !file.is_of_others(column))
            // That it is not tested follows from the break, whatever was answered.
            .filter(|said| row.text("status") != "break" || *said != ("verdict", "not-tested"))
            .map(|(column, text)| format!("{column} {text}"))
            .collect();
        if let Some(address) = about.filter(|_| !said.is_empty()) {
            let value = said.join(", ");
            report.findings.push(shown(address.clone(), value, file.name().to_owned()));
        } else if let Some((column, few)) = few(&addresses, row, withheld) {
            let address = addresses.into_iter().next().unwrap_or_default();
            report.findings.push(shown(address, format!("{column} {few}"), file.name().to_owned()));
        }
    }
}

/// A base under the minimum of its audience.
fn few(addresses: &[Address], row: &Row, withheld: &Withheld) -> Option<(&'static str, i64)> {
    let minimum =
        |address: Option<&Address>| address.map_or(0, |address| withheld.minimum(&address.audience));
    let left = minimum(addresses.first());
    let right = minimum(addresses.last());
    let columns = [
        ("respondents", left),
        ("matched_respondents", left),
        ("left_respondents", left),
        ("right_respondents", right),
    ];
    columns.into_iter().find_map(|(column, minimum)| {
        row.count(column).filter(|people| (1..minimum).contains(people)).map(|people| (column, people))
    })
}

fn shown(address: Address, value: String, from: String) -> Finding {
    Finding { method: Method::Shown, address, value, from }
}

/// Shown cells whose counts leave no doubt that all who answered said the same, or all but one.
pub fn unanimous(world: &World, report: &mut Report) {
    for (number, cell) in world.cells.iter().enumerate() {
        let State::Shown(counts) = cell.state else { continue };
        let Some(words) = same(counts, world.top) else { continue };
        report.findings.push(Finding {
            method: Method::Unanimous,
            address: world.address(number),
            value: words,
            from: format!("{} answers with their sum and their upper half", counts.answers),
        });
    }
}

/// What everyone, or everyone but one, must have said. Sum and upper half are at an end of what
/// they can be, or one answer away from it.
fn same(counts: Counts, top: i64) -> Option<String> {
    let (answers, sum, upper) = (counts.answers, counts.sum?, counts.top?);
    if answers < 2 {
        return None;
    }
    let cut = (top + 1) / 2 + 1;
    // The lower half runs from 1 to cut - 1, the upper from cut to the top. At an end of what a
    // half's sum can be, all its answers are the same; one off, all but one are.
    let ends: Vec<(i64, i64)> = if upper == 0 {
        vec![(1, answers), (cut - 1, (cut - 1) * answers)]
    } else if upper == answers {
        vec![(cut, cut * answers), (top, top * answers)]
    } else {
        Vec::new()
    };
    if let Some((score, _)) = ends.iter().find(|(_, end)| sum == *end) {
        return Some(format!("all answers are {score}"));
    }
    if answers < 3 {
        return None;
    }
    if let Some((score, _)) = ends.iter().find(|(_, end)| (sum - end).abs() == 1) {
        return Some(format!("all answers but one are {score}"));
    }
    // One answer in the other half, and the sum at an end: so are all the others.
    let least = answers + (cut - 1) * upper;
    let most = (cut - 1) * (answers - upper) + top * upper;
    let lone = upper == 1 || upper == answers - 1;
    let is_end = sum == least || sum == most;
    (lone && is_end).then(|| "all answers but one are the same".to_owned())
}
