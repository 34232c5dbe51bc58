//! Two departments scored by the same people, or one and all the others.

use super::{Answered, CrossMoments, Department, Group, Moments, Question, Units};
use crate::survey::Survey;

/// What a department is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Against {
    Department(Department),
    /// All the other departments, pooled.
    Rest,
}

/// Sums over one audience in one wave for two domains of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub left: Department,
    pub right: Against,
    pub moments: [Moments; 2],
    pub cross: CrossMoments,
}

/// What is held against what among the departments of an audience: the council as a whole against the
/// departments pooled, and each department against the rest and against those after it. Nothing where
/// no department is scored.
pub fn department_pairs(survey: &Survey, audience: usize) -> Vec<(Department, Against)> {
    let all = survey.department_cells(audience);
    let single: Vec<Department> = all.iter().copied().filter(|d| matches!(d, Department::One(_))).collect();
    let mut pairs = Vec::new();
    if !single.is_empty() && all.contains(&Department::Whole) {
        pairs.push((Department::Whole, Against::Department(Department::All)));
    }
    for (position, &department) in single.iter().enumerate() {
        pairs.push((department, Against::Rest));
        pairs.extend(single[position + 1..].iter().map(|&other| (department, Against::Department(other))));
    }
    pairs
}

/// The sums of every pair, counted from the units.
pub(super) fn pairs(survey: &Survey, units: &Units, question: Question) -> Vec<Pair> {
    let departments = survey.department_cells(units.audience).into_iter();
    let answered: Vec<(Department, Vec<Answered>)> =
        departments.map(|it| (it, units.answered(it, question, Group::Everyone))).collect();
    let of = |department: Department| -> &[Answered] {
        answered.iter().find(|(it, _)| *it == department).map_or(&[], |(_, answered)| answered)
    };
    let pairs = department_pairs(survey, units.audience).into_iter().map(|(left, right)| {
        let own = of(left);
        match right {
            Against::Department(other) => pair((left, own), (right, of(other))),
            Against::Rest => {
                let rest =
                    of(Department::All).iter().zip(own).map(|(all, own)| (all.0 - own.0, all.1 - own.1));
                pair((left, own), (right, &rest.collect::<Vec<_>>()))
            }
        }
    });
    pairs.collect()
}

fn pair((left, own): (Department, &[Answered]), (right, theirs): (Against, &[Answered])) -> Pair {
    let mut cross = CrossMoments::default();
    own.iter().zip(theirs).for_each(|(own, theirs)| cross.add(*own, *theirs));
    Pair { left, right, moments: [Moments::of(own), Moments::of(theirs)], cross }
}
