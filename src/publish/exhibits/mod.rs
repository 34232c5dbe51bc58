//! What a run publishes as tables and charts, in the order in which a committee reads. One file per
//! kind; each turns a release into data that writers only render.

mod areas;
mod both_sides;
mod breakdowns;
mod broken;
mod changes;
mod consistency;
mod contact_change;
mod context;
mod councils;
mod department_pairs;
mod department_questions;
mod departments;
mod distribution;
mod distribution_tests;
mod effect_sizes;
mod gap_row;
mod groups_against_rest;
mod ladder;
mod mixes;
mod movement;
mod no_contact;
mod planning;
mod published;
mod question_scores;
mod response_patterns;
mod responses;
mod same_people;
mod themes;
mod trend;
mod verdicts;
mod weightings;
mod wider_world;

#[cfg(test)]
mod lacking;
#[cfg(test)]
mod tests;

pub use context::context;
pub use planning::PLANNING;

use super::chart::{Chart, Picture};
use super::table::{Column, Table, Value};
use super::view::View;
use crate::ingest::Action;
use crate::survey::Audience;
use crate::words::plain_name;

/// The part of the paper that an exhibit belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Response,
    Change,
    /// Is the change real: the same people, or different people answering?
    Reality,
    Scores,
    BothSides,
    OtherCouncils,
    Departments,
    /// One department, by its place in the questionnaire.
    Department(usize),
    Groups,
    /// One way of dividing an audience.
    Breakdown {
        audience: usize,
        breakdown: usize,
    },
    Contact,
    /// Areas for improvement.
    Areas,
    Themes,
    Ladder,
    /// Figures from elsewhere.
    Context,
    /// Annex: would other reasonable choices have said the same?
    Sensitivity,
    /// Annex: quality of the data.
    Quality,
}

impl Part {
    /// Whether its pictures are put on slides: those of the annex, and the several ways of looking at
    /// the same change, are not.
    pub fn is_for_slides(self) -> bool {
        !matches!(self, Part::Reality | Part::Sensitivity | Part::Quality)
    }
}

/// A table, and the picture that says the same where there is one. Both carry the same name.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhibited {
    pub part: Part,
    pub table: Table,
    pub chart: Option<Chart>,
}

/// Everything, in reading order.
///
/// The council's list of actions is the one thing that a release does not hold.
pub fn exhibits(view: &View<'_>, actions: &[Action]) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    exhibits.extend(responses::exhibits(view));
    exhibits.extend(question_scores::exhibits(view));
    exhibits.extend(distribution::exhibits(view));
    exhibits.extend(trend::exhibits(view));
    exhibits.extend(movement::exhibits(view));
    exhibits.extend(same_people::exhibits(view));
    exhibits.extend(both_sides::exhibits(view));
    exhibits.extend(councils::exhibits(view));
    exhibits.extend(departments::exhibits(view));
    exhibits.extend(department_questions::exhibits(view));
    exhibits.extend(groups_against_rest::exhibits(view));
    exhibits.extend(breakdowns::exhibits(view));
    exhibits.extend(changes::exhibits(view));
    exhibits.extend(no_contact::exhibits(view));
    exhibits.extend(themes::exhibits(view));
    exhibits.extend(published::exhibits(view));
    exhibits.extend(mixes::exhibits(view));
    exhibits.extend(weightings::exhibits(view));
    exhibits.extend(wider_world::exhibits(view));
    exhibits.extend(department_pairs::exhibits(view));
    exhibits.extend(planning::exhibits(view));
    exhibits.extend(ladder::exhibits(view));
    exhibits.extend(contact_change::exhibits(view));
    exhibits.extend(areas::exhibits(view, actions));
    exhibits.extend(effect_sizes::exhibits(view));
    exhibits.extend(distribution_tests::exhibits(view));
    exhibits.extend(consistency::exhibits(view));
    exhibits.extend(response_patterns::exhibits(view));
    for exhibit in &mut exhibits {
        exhibit.chart.take_if(|chart| !chart.picture.shows_anything());
    }
    exhibits.sort_by_key(|exhibit| exhibit.part);
    exhibits
}

/// One exhibit per wave of every audience that `wanted` holds for.
fn per_wave<T>(
    view: &View<'_>,
    wanted: impl Fn(&Audience) -> bool,
    exhibit: impl Fn(usize, usize) -> T,
) -> Vec<T> {
    let audiences = (0..view.survey.audiences.len()).filter(|&audience| wanted(view.audience(audience)));
    let waves =
        audiences.flat_map(|audience| view.waves_of(audience).into_iter().map(move |wave| (wave, audience)));
    waves.map(|(wave, audience)| exhibit(wave, audience)).collect()
}

/// The words that a table and its chart share.
struct Words {
    /// Ids, and perhaps the label of a wave, which is the analyst's own text.
    name: String,
    title: String,
    base: String,
    notes: Vec<String>,
}

impl Words {
    fn table(self, view: &View<'_>, columns: Vec<Column>, rows: Vec<Vec<Value>>) -> Table {
        let Words { name, title, base, notes } = self;
        Table { name: plain_name(&name), title, base, source: view.source(), notes, columns, rows }
    }
}

/// A chart that says what its table says; the alternative text sends readers there.
fn chart(view: &View<'_>, table: &Table, headline: String, subtitle: String, picture: Picture) -> Chart {
    Chart {
        name: table.name.clone(),
        alternative: format!("{headline}. {subtitle}. The table \"{}\" holds every figure.", table.title),
        headline,
        subtitle,
        // What the marks mean is said by the picture itself where it has any.
        notes: vec![format!("Source: {}.", table.source)],
        stamps: view.stamps(),
        picture,
    }
}
