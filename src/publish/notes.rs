//! The analyst's own words, beside the section or the figure that they speak of.

use super::exhibits::Part;
use super::paper::{Block, Commentary};
use super::view::{MEAN_DECIMALS, View};
use crate::disclose::Policy;
use crate::ingest::{About, Comment};
use crate::survey::SectionId;
use crate::tally::{Cell, Department, Group, Question};
use crate::words::{capital, within};

/// What stands at the beginning of a section.
pub(super) fn on_section(commentary: &[Comment], section: SectionId) -> Vec<Block> {
    let mine = commentary.iter().filter(|comment| comment.about == About::Section(section));
    mine.map(|comment| block(comment, None)).collect()
}

/// Words on a figure, and the part of the exhibits in which it stands.
pub(super) struct OnFigure {
    pub part: Part,
    audience: String,
    pub block: Block,
}

impl OnFigure {
    /// Whether an exhibit of this part is of the figure's audience.
    pub fn belongs_to(&self, part: Part, name: &str) -> bool {
        self.part == part && name.split('-').any(|word| word == self.audience)
    }
}

/// Words on figures of this run. In public nothing is said of a figure that is not shown.
pub(super) fn on_figures(view: &View<'_>, commentary: &[Comment]) -> Vec<OnFigure> {
    let notes = commentary.iter().filter_map(|comment| {
        let About::Figure(address) = &comment.about else { return None };
        let cell = view.survey.cell(address).filter(|cell| view.waves.contains(&cell.wave))?;
        let is_told = view.figure(&cell).is_some() || view.release.policy == Policy::Private;
        is_told.then(|| OnFigure {
            part: part(view, &cell),
            audience: view.audience(cell.audience).id.clone(),
            block: block(comment, Some(subject(view, &cell))),
        })
    });
    notes.collect()
}

fn block(comment: &Comment, about: Option<String>) -> Block {
    Block::Commentary(Commentary { about, notes: comment.notes.clone() })
}

fn part(view: &View<'_>, cell: &Cell) -> Part {
    match (cell.group, cell.department, cell.question) {
        (Group::Of { breakdown, .. } | Group::NotStated { breakdown }, ..) => {
            Part::Breakdown { audience: cell.audience, breakdown }
        }
        (_, Department::One(one), Question::One(_)) if view.latest_pair().is_some() => Part::Department(one),
        (_, Department::One(_), _) => Part::Departments,
        _ => Part::Scores,
    }
}

/// "Care providers, all ten departments together, Q1 Sharing information, 2017: average 2.29, 77 answered".
fn subject(view: &View<'_>, cell: &Cell) -> String {
    let audience = view.audience(cell.audience);
    let mut words = vec![audience.label.clone()];
    if let Some(breakdown) = cell.group.breakdown() {
        let group = view.group_label(cell.audience, cell.group);
        words.push(format!("{} {group}", within(&audience.breakdowns[breakdown].label)));
    }
    words.push(match cell.department {
        Department::All => view.all_departments(),
        department => view.department_label(department),
    });
    words.push(match cell.question {
        Question::All => "all questions together".to_owned(),
        question => view.question_label(question),
    });
    words.push(view.wave_label(cell.wave).to_owned());
    let figure = view.mean(cell).map_or_else(String::new, |mean| {
        format!(": average {}, {} answered", mean.rounded(MEAN_DECIMALS), mean.respondents)
    });
    capital(&words.join(", ")) + &figure
}
