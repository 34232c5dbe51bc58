//! Families of tests, declared in one place: one table that a reader would scan is one family.
//!
//! A family is named by kind, audience, waves, breakdown and the one dimension that varies; every
//! comparison belongs to exactly one. Holm guards the short declared families (questions, the
//! departments against the rest), Benjamini-Hochberg the tables that are screened (pairs, groups).
//! A single headline comparison is a family of one.

use std::collections::BTreeMap;

use super::distribution_test::{Compared, DistributionKey};
use super::gap_key::{GapKey, Kind, Side};
use super::{Adjustment, Comparison, SMALLEST_BASE};
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// The dimension along which the members of a family differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Varying {
    /// Nothing: a headline of its own.
    Nothing,
    Questions,
    Departments,
    /// Pairs of departments.
    DepartmentPairs,
    /// Groups of a breakdown, or pairs of them.
    Groups,
}

impl Varying {
    fn name(self) -> &'static str {
        match self {
            Varying::Nothing => "headline",
            Varying::Questions => "questions",
            Varying::Departments => "departments",
            Varying::DepartmentPairs => "department-pairs",
            Varying::Groups => "groups",
        }
    }

    fn adjustment(self) -> Adjustment {
        match self {
            Varying::Nothing | Varying::Questions | Varying::Departments => Adjustment::Holm,
            Varying::DepartmentPairs | Varying::Groups => Adjustment::BenjaminiHochberg,
        }
    }
}

/// Sorts p-values into their families and adjusts each family together; a missing p stays missing.
pub(super) fn adjusted(members: &[((String, Varying), Option<f64>)]) -> Vec<Option<f64>> {
    let mut families: BTreeMap<&str, (Varying, Vec<usize>)> = BTreeMap::new();
    for (position, ((name, varying), _)) in members.iter().enumerate() {
        families.entry(name).or_insert_with(|| (*varying, Vec::new())).1.push(position);
    }
    let mut adjusted = vec![None; members.len()];
    for (varying, positions) in families.into_values() {
        let together: Vec<Option<f64>> = positions.iter().map(|&at| members[at].1).collect();
        for (at, p) in positions.into_iter().zip(varying.adjustment().of(&together)) {
            adjusted[at] = p;
        }
    }
    adjusted
}

/// Sorts items into their families and judges each family together. A family is known by what its members
/// share; its name is made once, of any of them.
pub(super) fn judge<T, Shared: Ord>(
    items: &mut [T],
    family: impl Fn(&T) -> (Shared, Varying),
    name: impl Fn(&T) -> String,
    comparison: impl Fn(&mut T) -> &mut Comparison,
) {
    let mut families: BTreeMap<(Shared, Varying), (String, Vec<&mut Comparison>)> = BTreeMap::new();
    for item in items {
        let members = families.entry(family(item)).or_insert_with(|| (name(item), Vec::new()));
        members.1.push(comparison(item));
    }
    for ((_, varying), (name, mut together)) in families {
        super::adjust::judge(&name, &mut together, varying.adjustment(), SMALLEST_BASE);
    }
}

/// The family of what is tested cell by cell, in one wave or between two: what varies is left out of the
/// cell.
pub(super) fn of_cell(cell: &Cell) -> (Cell, Varying) {
    match *cell {
        Cell { group: Group::Of { breakdown, .. } | Group::NotStated { breakdown }, .. } => {
            (Cell { group: Group::NotStated { breakdown }, ..*cell }, Varying::Groups)
        }
        Cell { question: Question::One(_), .. } => {
            (Cell { question: Question::All, ..*cell }, Varying::Questions)
        }
        Cell { department: Department::One(_), .. } => {
            (Cell { department: Department::All, ..*cell }, Varying::Departments)
        }
        _ => (*cell, Varying::Nothing),
    }
}

/// The family of a change: its cell in the later wave as [`of_cell`] has it, and the earlier wave.
pub(super) fn of_change(cell: &Cell, from_wave: usize) -> ((Cell, usize), Varying) {
    let (shared, varying) = of_cell(cell);
    ((shared, from_wave), varying)
}

/// The name of the family of a change.
pub(super) fn name_of_change(survey: &Survey, cell: &Cell, from_wave: usize) -> String {
    name_between(survey, "change", cell, from_wave)
}

/// That of a change of the share of "no contact": its own tables, so its own families.
pub(super) fn name_of_contact_change(survey: &Survey, cell: &Cell, from_wave: usize) -> String {
    name_between(survey, "no-contact", cell, from_wave)
}

/// That of a figure held against other councils.
pub(super) fn name_of_benchmark(survey: &Survey, cell: &Cell) -> String {
    name_of_cell(survey, "councils", cell, &survey.waves[cell.wave].label)
}

fn name_between(survey: &Survey, kind: &str, cell: &Cell, from_wave: usize) -> String {
    let [from, to] = [from_wave, cell.wave].map(|wave| &survey.waves[wave].label);
    name_of_cell(survey, kind, cell, &format!("{from}-{to}"))
}

fn name_of_cell(survey: &Survey, kind: &str, cell: &Cell, waves: &str) -> String {
    let (_, varying) = of_cell(cell);
    let [_, audience, department, question, breakdown, _] = survey.ids(cell);
    let mut parts = vec![kind, audience, waves];
    match varying {
        Varying::Groups => parts.extend([breakdown, department, question]),
        Varying::Questions | Varying::Nothing => parts.push(department),
        Varying::Departments | Varying::DepartmentPairs => {}
    }
    parts.push(varying.name());
    parts.join("/")
}

/// The family of a gap: what varies is left out of its address, where the rest, which is never on the left,
/// stands for any side.
pub(super) fn of_gap(gap: &GapKey) -> (GapKey, Varying) {
    let by_question = if gap.question == Question::All { Varying::Nothing } else { Varying::Questions };
    let of_questions = (GapKey { question: Question::All, ..*gap }, by_question);
    let against_rest = GapKey { left: Side::Rest, ..*gap };
    let pairs = GapKey { right: Side::Group(0), ..against_rest };
    match (gap.kind, gap.left, gap.right) {
        (Kind::Audiences, ..) | (Kind::Departments, Side::Department(Department::Whole), _) => of_questions,
        (Kind::Departments, _, Side::Rest) => (against_rest, Varying::Departments),
        (Kind::Departments, ..) => (pairs, Varying::DepartmentPairs),
        (Kind::Groups, _, Side::Rest) => (against_rest, Varying::Groups),
        (Kind::Groups, ..) => (pairs, Varying::Groups),
    }
}

/// The name of the family of a gap.
pub(super) fn name_of_gap(survey: &Survey, gap: &GapKey) -> String {
    let (_, varying) = of_gap(gap);
    let wave = &survey.waves[gap.wave].label;
    let against = if gap.right == Side::Rest { "rest" } else { "pairs" };
    let mut parts = vec![gap.kind.name(), wave];
    parts.extend(gap.audience.map(|audience| survey.audiences[audience].id.as_str()));
    let sides = [gap.left, gap.right].map(|side| side.id(survey, gap));
    match gap.kind {
        Kind::Audiences => parts.extend([sides[0], sides[1]]),
        Kind::Departments if matches!(varying, Varying::Departments | Varying::DepartmentPairs) => {
            parts.push(survey.question_id(gap.question));
        }
        Kind::Departments => parts.extend([sides[0], sides[1]]),
        Kind::Groups => {
            let breakdowns = gap.audience.map(|audience| &survey.audiences[audience].breakdowns);
            parts.extend(breakdowns.zip(gap.breakdown).map(|(all, one)| all[one].id.as_str()));
            parts.extend([survey.question_id(gap.question), against]);
        }
    }
    parts.extend(gap.department.map(|department| survey.department_id(department)));
    parts.push(varying.name());
    parts.join("/")
}

/// The family of a test whether answers are spread alike: the questions of one comparison.
pub(super) fn of_distribution(survey: &Survey, key: &DistributionKey) -> (String, Varying) {
    let varying = if key.question == Question::All { Varying::Nothing } else { Varying::Questions };
    let of = match key.compared {
        Compared::Audiences { left, right } => {
            [left, right].map(|audience| survey.audiences[audience].id.as_str())
        }
        Compared::Groups { audience, breakdown } => {
            let audience = &survey.audiences[audience];
            [audience.id.as_str(), audience.breakdowns[breakdown].id.as_str()]
        }
    };
    let parts = ["distribution", &survey.waves[key.wave].label, of[0], of[1], varying.name()];
    (parts.join("/"), varying)
}
