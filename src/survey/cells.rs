//! The items and figures of a survey, and the ids by which files name them.

use super::model::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// What one column of an export answers: a question about a department (or the whole).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Item {
    /// `None` for the council as one organisation.
    pub department: Option<usize>,
    pub question: usize,
}

impl Item {
    /// Whether its answers count in figures of a department and a question.
    pub fn is_in(self, department: Department, question: Question) -> bool {
        let in_department = match department {
            Department::Whole => self.department.is_none(),
            Department::All => self.department.is_some(),
            Department::One(one) => self.department == Some(one),
        };
        in_department && (question == Question::All || question == Question::One(self.question))
    }
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

    /// Whether anything that a cell covers was asked in its wave, about a department and of a group that
    /// there were then.
    pub fn is_asked(&self, cell: &Cell) -> bool {
        let department = |one: usize| self.departments[one].asked.in_wave(cell.wave);
        let question = |one: usize| self.questions[one].asked.in_wave(cell.wave);
        let has_departments = self.audiences[cell.audience].scores_departments;
        let is_department_asked = match cell.department {
            Department::Whole => !has_departments || self.whole.is_some(),
            Department::All => has_departments && (0..self.departments.len()).any(department),
            Department::One(one) => has_departments && department(one),
        };
        let is_question_asked = match cell.question {
            Question::All => (0..self.questions.len()).any(question),
            Question::One(one) => question(one),
        };
        is_department_asked && is_question_asked && self.has_group(cell.wave, cell.audience, cell.group)
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
        let [wave, audience, department, question, breakdown, group] = self.ids(cell).map(str::to_owned);
        Address { wave, audience, department, question, breakdown, group }
    }

    /// The ids of an address, in the order of its fields.
    pub fn ids(&self, cell: &Cell) -> [&str; 6] {
        let audience = &self.audiences[cell.audience];
        let (breakdown, group) = match cell.group {
            Group::Everyone => ("all", "all"),
            Group::Of { breakdown, group } => {
                let definition = &audience.breakdowns[breakdown];
                (definition.id.as_str(), definition.groups[group].id.as_str())
            }
            Group::NotStated { breakdown } => (audience.breakdowns[breakdown].id.as_str(), "not-stated"),
        };
        let wave = &self.waves[cell.wave].label;
        let (department, question) = (self.department_id(cell.department), self.question_id(cell.question));
        [wave, &audience.id, department, question, breakdown, group]
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
