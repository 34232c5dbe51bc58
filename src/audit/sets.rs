//! Few people between published sets.
//!
//! A figure for each of two nested sets gives the figure for the people in between, so no
//! difference of published sets may hold one person to one fewer than the minimum. An outsider is
//! certain that two sets are nested in three ways only: a group within everyone of its breakdown,
//! those who answered in both years within those who answered in each, and those who stayed in
//! their group within all who stayed. (Two groups of different breakdowns are certainly nested only
//! when one of them is everyone.) Departments and questions are no sets of this kind: those who
//! scored one department and those who scored another gave different answers, and no subtraction
//! yields anybody's.

use std::collections::BTreeMap;

use super::equations::{Equations, Measure};
use super::exact::Solved;
use super::finding::{Finding, Method, Report};
use super::rows::Row;
use super::world::{Address, Along, State, World};

/// Unions of more groups than this are tried only as a whole.
const LARGEST_UNION: usize = 4;
/// More withheld groups than this are tried only as a whole.
const MOST_GROUPS: usize = 12;

/// Unions of withheld groups whose number of people the published figures give. Single groups are
/// the business of [`recover`](super::recover).
pub fn unions(world: &World, equations: &Equations, solved: &Solved, report: &mut Report) {
    for total in world.totals.iter().filter(|total| total.along == Along::Groups) {
        let withheld: Vec<usize> =
            total.parts.iter().copied().filter(|&part| world.is_withheld(part)).collect();
        let unknown: Vec<usize> = withheld
            .into_iter()
            .filter(|&part| solved.values[equations.variable(Measure::Respondents, part)].is_none())
            .collect();
        let mut isolated: Vec<Vec<usize>> = Vec::new();
        for union in subsets(&unknown) {
            report.count("unions of withheld groups", 1);
            let terms: Vec<(usize, i128)> =
                union.iter().map(|&part| (equations.variable(Measure::Respondents, part), 1)).collect();
            let Some(people) = solved.value_of(&terms) else { continue };
            let is_few = (1..i128::from(world.minimum)).contains(&people);
            let is_new = !isolated.iter().any(|smaller| smaller.iter().all(|part| union.contains(part)));
            if is_few && is_new {
                report.findings.push(few(world, &union, people));
                isolated.push(union);
            }
        }
    }
}

/// Every subset of two groups up to four, and all of them together, small ones first.
fn subsets(parts: &[usize]) -> Vec<Vec<usize>> {
    let mut subsets: Vec<Vec<usize>> = Vec::new();
    if parts.len() <= MOST_GROUPS {
        for mask in 1_u32..1 << parts.len() {
            let size = mask.count_ones() as usize;
            if (2..=LARGEST_UNION).contains(&size) {
                let is_in = |position: &usize| mask & (1 << position) != 0;
                subsets.push((0..parts.len()).filter(is_in).map(|position| parts[position]).collect());
            }
        }
    }
    if parts.len() > LARGEST_UNION || (parts.len() > MOST_GROUPS) {
        subsets.push(parts.to_vec());
    }
    subsets.sort_by_key(Vec::len);
    subsets
}

fn few(world: &World, union: &[usize], people: i128) -> Finding {
    let groups: Vec<&str> = union.iter().map(|&part| world.cells[part].place[3].as_str()).collect();
    let first = union.first().map(|&part| world.address(part)).unwrap_or_default();
    Finding {
        method: Method::Sets,
        address: Address { group: groups.join("+"), ..first },
        value: format!("{people} respondents"),
        from: "everyone less the groups that are shown".to_owned(),
    }
}

/// Leavers and joiners: those of one wave less those who answered in both, and those who stayed
/// less those who stayed in their groups.
pub fn stayers(worlds: &[World], changes: &[Row], report: &mut Report) {
    let mut in_groups: BTreeMap<[&str; 6], i64> = BTreeMap::new();
    let key = |row: &'_ Row| -> [String; 5] {
        ["audience", "department", "question", "from_wave", "to_wave"].map(|name| row.text(name).to_owned())
    };
    let mut everyone: BTreeMap<[String; 5], i64> = BTreeMap::new();
    for row in changes {
        let Some(both) = row.count("matched_respondents") else {
            continue;
        };
        report.count("sets of those who answered twice", 1);
        if row.text("breakdown") == "all" {
            everyone.insert(key(row), both);
        }
        let by = ["audience", "department", "question", "from_wave", "to_wave", "breakdown"]
            .map(|name| row.text(name));
        *in_groups.entry(by).or_insert(0) += both;
        for (column, who) in [("from_wave", "left after"), ("to_wave", "joined in")] {
            let wave = row.text(column);
            let Some((minimum, all)) = base(worlds, row, wave) else { continue };
            if (1..minimum).contains(&(all - both)) {
                report.findings.push(Finding {
                    method: Method::Stayers,
                    address: address(row, wave, row.text("group")),
                    value: format!("{} respondents who {who} {wave}", all - both),
                    from: format!("{all} respondents less the {both} who answered in both years"),
                });
            }
        }
    }
    for ([audience, department, question, from, to, breakdown], sum) in in_groups {
        let of = [audience, department, question, from, to].map(str::to_owned);
        let Some(&all) = everyone.get(&of).filter(|_| breakdown != "all") else { continue };
        let minimum = worlds.iter().find(|world| world.audience == audience).map_or(0, |world| world.minimum);
        if (1..minimum).contains(&(all - sum)) {
            let address = Address {
                wave: format!("{from}-{to}"),
                audience: audience.to_owned(),
                department: department.to_owned(),
                question: question.to_owned(),
                breakdown: breakdown.to_owned(),
                group: "others".to_owned(),
            };
            report.findings.push(Finding {
                method: Method::Stayers,
                address,
                value: format!("{} respondents", all - sum),
                from: format!("{all} who answered in both years less {sum} who did so in the groups shown"),
            });
        }
    }
}

/// Minimum and respondents of a change's cell in one of its waves, where they are shown.
fn base(worlds: &[World], row: &Row, wave: &str) -> Option<(i64, i64)> {
    let world = worlds.iter().find(|world| world.wave == wave && world.audience == row.text("audience"))?;
    let cell = world.cell(["department", "question", "breakdown", "group"].map(|name| row.text(name)))?;
    match world.cells[cell].state {
        State::Shown(counts) => Some((world.minimum, counts.respondents)),
        State::Withheld => None,
    }
}

fn address(row: &Row, wave: &str, group: &str) -> Address {
    let [audience, department, question, breakdown] =
        ["audience", "department", "question", "breakdown"].map(|name| row.text(name).to_owned());
    Address { wave: wave.to_owned(), audience, department, question, breakdown, group: group.to_owned() }
}
