//! What withholding cost a survey, and what part of that could not be helped.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use rmsurvey::disclose::{Decisions, Reach, Rule, Status};
use rmsurvey::estimate::Figures;
use rmsurvey::survey::Survey;
use rmsurvey::tally::{Cell, Department, Group, Question};

/// So many of something, how many of them went wrong, and with how many of these nothing else could
/// be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    pub of: usize,
    pub lost: usize,
    /// No choice of what to withhold would have kept them.
    pub inevitable: usize,
}

impl AddAssign for Lost {
    fn add_assign(&mut self, other: Lost) {
        self.of += other.of;
        self.lost += other.lost;
        self.inevitable += other.inevitable;
    }
}

/// The price of a survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// Breakdowns, per wave and audience, with two or more safe groups, and those that show fewer.
    pub breakdowns: Lost,
    /// Safe figures about everyone: of all questions together, and of each.
    pub headline: Lost,
    /// The same, of all questions together only.
    pub overall: Lost,
}

impl AddAssign for Price {
    fn add_assign(&mut self, other: Price) {
        self.breakdowns += other.breakdowns;
        self.headline += other.headline;
        self.overall += other.overall;
    }
}

/// The price of what was decided on a survey.
pub fn price(survey: &Survey, figures: &Figures, decisions: &Decisions) -> Price {
    let rules: BTreeMap<Cell, Rule> = decisions.withheld().iter().map(|it| (it.cell, it.rule)).collect();
    let mut price = Price::default();
    for responses in &figures.responses {
        let (wave, audience) = (responses.wave, responses.audience);
        let Some(reach) = Reach::of(survey, figures, wave, audience) else { continue };
        let on = Sheet { survey, decisions, rules: &rules, reach, wave, audience };
        price.breakdowns += on.breakdowns();
        let headline = on.headline();
        price.headline += on.lost(&headline);
        let is_overall = |cell: &&Cell| cell.question == Question::All;
        price.overall += on.lost(&headline.iter().filter(is_overall).copied().collect::<Vec<_>>());
    }
    price
}

/// One audience in one wave.
struct Sheet<'a> {
    survey: &'a Survey,
    decisions: &'a Decisions,
    rules: &'a BTreeMap<Cell, Rule>,
    reach: Reach,
    wave: usize,
    audience: usize,
}

impl Sheet<'_> {
    fn cell(&self, department: Department, question: Question, group: Group) -> Cell {
        Cell { wave: self.wave, audience: self.audience, department, question, group }
    }

    fn overall(&self, group: Group) -> Cell {
        self.cell(self.survey.headline_department(self.audience), Question::All, group)
    }

    fn is_shown(&self, cell: &Cell) -> bool {
        self.decisions.cell(cell) == Status::Ok
    }

    /// Shown, or withheld for the sake of others only.
    fn is_safe(&self, cell: &Cell) -> bool {
        self.is_shown(cell) || self.rules.get(cell) == Some(&Rule::Complementary)
    }

    /// Breakdowns with two safe groups that show fewer; and those of which no two groups could be
    /// shown without losing more of the headline.
    fn breakdowns(&self) -> Lost {
        let mut lost = Lost::default();
        for (breakdown, by) in self.survey.audiences[self.audience].breakdowns.iter().enumerate() {
            let groups = (0..by.groups.len()).map(|group| Group::Of { breakdown, group });
            let cells = groups.map(|group| self.overall(group));
            let mut safe: Vec<Cell> = cells.filter(|cell| self.is_safe(cell)).collect();
            if safe.len() < 2 {
                continue;
            }
            lost.of += 1;
            if safe.iter().filter(|cell| self.is_shown(cell)).count() < 2 {
                lost.lost += 1;
                safe.extend(Some(self.overall(Group::NotStated { breakdown })).filter(|it| self.is_safe(it)));
                lost.inevitable += usize::from(!self.could_show_two(&safe));
            }
        }
        lost
    }

    /// Whether some of these groups, two at least, could be shown: beside what is shown of the headline
    /// and nothing else, or beside everything that is shown of everyone.
    fn could_show_two(&self, safe: &[Cell]) -> bool {
        let headline: Vec<Cell> = self.headline().into_iter().filter(|cell| self.is_shown(cell)).collect();
        let of_everyone: Vec<Cell> = self
            .survey
            .cells(self.wave, self.audience)
            .filter(|cell| cell.group == Group::Everyone && self.is_shown(cell))
            .collect();
        let is_stated = |cell: &&Cell| matches!(cell.group, Group::Of { .. });
        subsets(safe).filter(|chosen| chosen.iter().filter(is_stated).count() >= 2).any(|chosen| {
            [&headline, &of_everyone].iter().any(|beside| self.reach.allows(&[beside, &chosen[..]].concat()))
        })
    }

    /// The safe figures about everyone, of the council as a whole and of all departments together.
    fn headline(&self) -> Vec<Cell> {
        let departments = [Department::Whole, Department::All].into_iter();
        let cells = departments.flat_map(|department| {
            let questions = self.survey.question_cells().into_iter();
            questions.map(move |question| self.cell(department, question, Group::Everyone))
        });
        cells.filter(|cell| self.is_safe(cell)).collect()
    }

    /// How many of some figures are not shown, and at least how many could not be.
    fn lost(&self, safe: &[Cell]) -> Lost {
        let lost = safe.iter().filter(|cell| !self.is_shown(cell)).count();
        let mut inevitable = 0;
        if lost > 0 {
            let could =
                subsets(safe).filter(|chosen| self.reach.allows(chosen)).map(|chosen| chosen.len()).max();
            inevitable = safe.len() - could.unwrap_or(0);
        }
        Lost { of: safe.len(), lost, inevitable }
    }
}

/// Every choice of some of these.
fn subsets(cells: &[Cell]) -> impl Iterator<Item = Vec<Cell>> {
    (0..1_u32 << cells.len()).map(|chosen| {
        let of = cells.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        of.map(|(_, cell)| *cell).collect()
    })
}
