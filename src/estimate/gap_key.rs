//! The address of a comparison within a wave: what is held against what.

use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// What is held against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Audiences,
    Departments,
    Groups,
}

impl Kind {
    /// As `gaps.csv` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Audiences => "audiences",
            Kind::Departments => "departments",
            Kind::Groups => "groups",
        }
    }
}

/// One side of a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Audience(usize),
    Department(Department),
    /// A group of the gap's breakdown.
    Group(usize),
    /// All the others: the other departments, the other stated groups.
    Rest,
}

impl Side {
    /// The id by which `gaps.csv` names it.
    pub fn id<'s>(&self, survey: &'s Survey, gap: &GapKey) -> &'s str {
        match *self {
            Side::Audience(audience) => &survey.audiences[audience].id,
            Side::Department(department) => survey.department_id(department),
            Side::Rest => "rest",
            Side::Group(group) => match (gap.audience, gap.breakdown) {
                (Some(audience), Some(breakdown)) => {
                    survey.group_id(audience, Group::Of { breakdown, group })
                }
                _ => "",
            },
        }
    }
}

/// The address of a gap. It stays readable where the gap itself is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GapKey {
    pub kind: Kind,
    pub wave: usize,
    /// `None` where audiences are held against each other.
    pub audience: Option<usize>,
    /// `None` where departments are held against each other.
    pub department: Option<Department>,
    pub question: Question,
    /// Where groups are held against each other.
    pub breakdown: Option<usize>,
    pub left: Side,
    pub right: Side,
}

impl GapKey {
    /// Everyone of one audience against everyone of another; `department` is what the left one scored.
    pub fn of_audiences(
        wave: usize,
        [left, right]: [usize; 2],
        department: Department,
        question: Question,
    ) -> GapKey {
        GapKey {
            kind: Kind::Audiences,
            wave,
            audience: None,
            department: Some(department),
            question,
            breakdown: None,
            left: Side::Audience(left),
            right: Side::Audience(right),
        }
    }

    /// Two departments, or one and the rest, as scored by the same audience.
    pub fn of_departments(
        wave: usize,
        audience: usize,
        question: Question,
        [left, right]: [Side; 2],
    ) -> GapKey {
        GapKey {
            kind: Kind::Departments,
            wave,
            audience: Some(audience),
            department: None,
            question,
            breakdown: None,
            left,
            right,
        }
    }

    /// Two groups of a breakdown, or one and the other stated ones.
    pub fn of_groups(
        wave: usize,
        audience: usize,
        department: Department,
        question: Question,
        (breakdown, [left, right]): (usize, [Side; 2]),
    ) -> GapKey {
        GapKey {
            kind: Kind::Groups,
            wave,
            audience: Some(audience),
            department: Some(department),
            question,
            breakdown: Some(breakdown),
            left,
            right,
        }
    }

    /// The audience that a side's respondents belong to.
    pub fn audience_of(&self, side: Side) -> Option<usize> {
        if let Side::Audience(audience) = side { Some(audience) } else { self.audience }
    }

    /// The cells that the gap rests on and that a reader can find elsewhere; those behind a rest are
    /// all the others of its kind.
    pub fn cells(&self, survey: &Survey) -> impl Iterator<Item = Cell> {
        [self.left, self.right].into_iter().filter_map(|side| self.cell_of(survey, side))
    }

    /// The cell of one side; `None` for a rest.
    pub fn cell_of(&self, survey: &Survey, side: Side) -> Option<Cell> {
        let everyone = |audience, department| Cell {
            wave: self.wave,
            audience,
            department,
            question: self.question,
            group: Group::Everyone,
        };
        match (side, self.audience, self.breakdown) {
            (Side::Audience(audience), ..) => {
                let has = |department: &Department| survey.department_cells(audience).contains(department);
                let department = self.department.filter(has).unwrap_or(Department::Whole);
                Some(everyone(audience, department))
            }
            (Side::Department(department), Some(audience), _) => Some(everyone(audience, department)),
            (Side::Group(group), Some(audience), Some(breakdown)) => Some(Cell {
                group: Group::Of { breakdown, group },
                ..everyone(audience, self.department.unwrap_or(Department::Whole))
            }),
            _ => None,
        }
    }
}
