//! Everything published as linear equations over the unknown numbers of one world.

use std::collections::BTreeMap;

use super::world::{Along, State, World};

/// One number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Forms returned in the group; the same for all departments and questions.
    Forms,
    Respondents,
    Answers,
    NoContact,
    Blank,
    Sum,
    /// Answers in the upper half of the scale.
    Top,
    /// Sum less one for each answer: never negative, and it adds up as sums do.
    AboveLowest,
    /// What is missing to the highest score: never negative either.
    BelowHighest,
    /// Answers in the lower half of the scale.
    Bottom,
}

/// All measures, in the order of their variables.
pub const MEASURES: [Measure; 10] = [
    Measure::Forms,
    Measure::Respondents,
    Measure::Answers,
    Measure::NoContact,
    Measure::Blank,
    Measure::Sum,
    Measure::Top,
    Measure::AboveLowest,
    Measure::BelowHighest,
    Measure::Bottom,
];

/// How an equation is known to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Adds(Along),
    /// Scores, "no contact" and blanks together are one for every form and question.
    EveryFormAnswers,
    /// One question to one respondent has one answer at most.
    OneAnswerEach,
    /// Two measures of one cell, by definition.
    Definition,
    /// A published mean of this cell, or of several together.
    PublishedMean,
    /// A published base.
    PublishedBase,
    /// Forms returned, from the table of responses.
    PublishedForms,
    /// How often a score was given, from a standard error.
    PublishedError,
    /// Ranges of counts: people do not answer more than they were asked, or less than nothing.
    Counting,
}

/// `sum of factor x variable` equals, or is at least, a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    pub terms: Vec<(usize, i128)>,
    pub constant: i128,
    /// "At least" instead of "equals".
    pub at_least: bool,
    pub reason: Reason,
}

/// The unknowns of a world, what is known of them, and how they hang together.
#[derive(Clone, Debug)]
pub struct Equations {
    pub cells: usize,
    /// Per variable.
    pub known: Vec<Option<i128>>,
    pub constraints: Vec<Constraint>,
}

impl Equations {
    /// The variable of a measure of a cell.
    pub fn variable(&self, measure: Measure, cell: usize) -> usize {
        measure as usize * self.cells + cell
    }

    /// What the results of a world say.
    pub fn of(world: &World) -> Equations {
        let cells = world.cells.len();
        let mut equations =
            Equations { cells, known: vec![None; cells * MEASURES.len()], constraints: Vec::new() };
        equations.know_shown(world);
        equations.add_up(world);
        equations.define(world);
        equations.count(world);
        equations
    }

    /// Adds one variable per score of the scale and cell, after those of the measures.
    pub fn add_score_variables(&mut self, top: i64) {
        self.known.resize(self.cells * (MEASURES.len() + top as usize), None);
    }

    /// The variables of how often each score was given in a cell, from the lowest; none until they
    /// are added.
    pub fn scores(&self, cell: usize) -> impl Iterator<Item = usize> + use<> {
        let cells = self.cells;
        (MEASURES.len()..self.known.len() / cells.max(1)).map(move |block| block * cells + cell)
    }

    /// Adds that a variable lies in a range.
    pub fn between(&mut self, variable: usize, least: i128, most: i128) {
        if least == most {
            self.known[variable] = Some(least);
            return;
        }
        self.at_least(vec![(variable, 1)], least, Reason::PublishedError);
        self.at_least(vec![(variable, -1)], -most, Reason::PublishedError);
    }

    /// Adds that an amount equals a constant.
    pub fn equal(&mut self, mut terms: Vec<(usize, i128)>, constant: i128, reason: Reason) {
        // What was not asked tells nothing of the forms.
        terms.retain(|(_, factor)| *factor != 0);
        self.constraints.push(Constraint { terms, constant, at_least: false, reason });
    }

    /// Adds that an amount is at least a constant.
    pub fn at_least(&mut self, terms: Vec<(usize, i128)>, constant: i128, reason: Reason) {
        self.constraints.push(Constraint { terms, constant, at_least: true, reason });
    }

    fn know_shown(&mut self, world: &World) {
        for (number, cell) in world.cells.iter().enumerate() {
            let State::Shown(counts) = cell.state else { continue };
            let mut know = |measure, value: Option<i64>| {
                let variable = self.variable(measure, number);
                self.known[variable] = value.map(i128::from);
            };
            know(Measure::Respondents, Some(counts.respondents));
            know(Measure::Answers, Some(counts.answers));
            know(Measure::NoContact, Some(counts.no_contact));
            know(Measure::Blank, Some(counts.blank));
            know(Measure::Sum, counts.sum);
            know(Measure::Top, counts.top);
            know(Measure::Bottom, counts.top.map(|top| counts.answers - top));
            know(Measure::AboveLowest, counts.sum.map(|sum| sum - counts.answers));
            know(Measure::BelowHighest, counts.sum.map(|sum| world.top * counts.answers - sum));
        }
    }

    /// Along groups everything adds up; along departments and questions only answers do, since the
    /// same people stand in several of them.
    fn add_up(&mut self, world: &World) {
        for total in &world.totals {
            let measures = MEASURES.iter().filter(|measure| match measure {
                Measure::Forms | Measure::Respondents => total.along == Along::Groups,
                _ => true,
            });
            for &measure in measures {
                let mut terms = vec![(self.variable(measure, total.whole), -1)];
                terms.extend(total.parts.iter().map(|&part| (self.variable(measure, part), 1)));
                self.equal(terms, 0, Reason::Adds(total.along));
            }
        }
    }

    /// Measures of one cell that are made of each other.
    fn define(&mut self, world: &World) {
        let top = i128::from(world.top);
        let every_form = every_form_answers(world);
        let one_each = one_answer_each(world);
        let mut heads: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (number, cell) in world.cells.iter().enumerate() {
            let [forms, respondents, answers, no_contact, blank, sum, upper, above, below, lower] =
                MEASURES.map(|measure| self.variable(measure, number));
            self.equal(vec![(sum, 1), (answers, -1), (above, -1)], 0, Reason::Definition);
            self.equal(vec![(answers, top), (sum, -1), (below, -1)], 0, Reason::Definition);
            self.equal(vec![(upper, 1), (lower, 1), (answers, -1)], 0, Reason::Definition);
            let items = i128::from(cell.items);
            if every_form {
                let terms = vec![(answers, 1), (no_contact, 1), (blank, 1), (forms, -items)];
                self.equal(terms, 0, Reason::EveryFormAnswers);
            } else {
                let terms = vec![(forms, items), (answers, -1), (no_contact, -1), (blank, -1)];
                self.at_least(terms, 0, Reason::EveryFormAnswers);
            }
            if cell.items == 1 && one_each {
                self.equal(vec![(respondents, 1), (answers, -1)], 0, Reason::OneAnswerEach);
            }
            // The first cell of a group stands for its forms.
            let head = *heads.entry((&cell.place[2], &cell.place[3])).or_insert(number);
            if head != number {
                let head = self.variable(Measure::Forms, head);
                self.equal(vec![(head, 1), (forms, -1)], 0, Reason::Definition);
            }
        }
    }

    /// What counts can be at all.
    fn count(&mut self, world: &World) {
        let top = i128::from(world.top);
        // Lowest score of the upper half: 3 of 1 to 4, 4 of 1 to 5.
        let cut = i128::from((world.top + 1) / 2 + 1);
        for (number, cell) in world.cells.iter().enumerate() {
            let variables = MEASURES.map(|measure| self.variable(measure, number));
            let [forms, respondents, answers, _, _, sum, upper, _, _, lower] = variables;
            let items = i128::from(cell.items);
            let mut at_least = |terms| self.at_least(terms, 0, Reason::Counting);
            at_least(vec![(forms, 1), (respondents, -1)]);
            at_least(vec![(answers, 1), (respondents, -1)]);
            at_least(vec![(respondents, items), (answers, -1)]);
            at_least(vec![(sum, 1), (upper, -cut), (lower, -1)]);
            at_least(vec![(upper, top), (lower, cut - 1), (sum, -1)]);
        }
        for total in world.totals.iter().filter(|total| total.along != Along::Groups) {
            let whole = self.variable(Measure::Respondents, total.whole);
            let parts: Vec<usize> =
                total.parts.iter().map(|&part| self.variable(Measure::Respondents, part)).collect();
            for &part in &parts {
                self.at_least(vec![(whole, 1), (part, -1)], 0, Reason::Counting);
            }
            let terms = parts.iter().map(|&part| (part, 1)).chain([(whole, -1)]).collect();
            self.at_least(terms, 0, Reason::Counting);
        }
    }
}

/// Whether scores, "no contact" and blanks make up every form in all that is shown. Answers that
/// were left out as invalid would break it, and then an outsider cannot rely on it.
fn every_form_answers(world: &World) -> bool {
    let mut forms = BTreeMap::new();
    world.cells.iter().filter(|cell| cell.items > 0).all(|cell| match cell.state {
        State::Shown(counts) => {
            let given = counts.answers + counts.no_contact + counts.blank;
            let here = given / cell.items;
            given % cell.items == 0 && *forms.entry((&cell.place[2], &cell.place[3])).or_insert(here) == here
        }
        State::Withheld => true,
    })
}

/// Whether every shown cell of one question has as many answers as respondents.
fn one_answer_each(world: &World) -> bool {
    world.cells.iter().filter(|cell| cell.items == 1).all(|cell| match cell.state {
        State::Shown(counts) => counts.respondents == counts.answers,
        State::Withheld => true,
    })
}
