//! With which departments, and on which questions, "no contact" is answered most and least.

use super::{Finding, Topic, year_by_year};
use crate::estimate::Estimate;
use crate::ratio::Ratio;
use crate::tally::{Cell, Department, Question};
use crate::view::View;
use crate::words::{capital, listed, percent, within};

/// For every audience that scores departments and every year in which anyone said it; the years
/// before the latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences
        .flat_map(|audience| year_by_year(&view.waves_of(audience), |wave| year(view, audience, wave)))
        .collect()
}

/// One department or question with how often "no contact" was answered.
struct Shared {
    label: String,
    cell: Cell,
    share: Estimate,
    /// Answers of "no contact" to a question on average.
    per_question: Option<Ratio>,
}

fn year(view: &View<'_>, audience: usize, wave: usize) -> Vec<Finding> {
    let everything = view.headline(wave, audience, Question::All);
    let said = view.figure(&everything).is_some_and(|figure| figure.counts.no_contact > 0);
    if !said {
        return Vec::new();
    }
    let departments = (0..view.survey.departments.len())
        .map(Department::One)
        .map(|department| (view.department_label(department), Cell { department, ..everything }));
    let questions = (0..view.survey.questions.len())
        .map(Question::One)
        .map(|question| (view.question_label(question), Cell { question, ..everything }));
    let departments = shared(view, departments);
    let questions = shared(view, questions);
    [
        departments.as_ref().and_then(|all| most(view, all, true)),
        departments.as_ref().and_then(|all| fewest(view, all)),
        questions.as_ref().and_then(|all| most(view, all, false)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// All of them, the most "no contact" first; `None` unless all that were asked are shown.
fn shared(view: &View<'_>, cells: impl Iterator<Item = (String, Cell)>) -> Option<Vec<Shared>> {
    let of = |(label, cell): (String, Cell)| {
        let figure = view.figure(&cell)?;
        let asked = view.survey.items(cell.wave, cell.audience).into_iter();
        let questions = match cell.department {
            Department::One(one) => asked.filter(|item| item.department == Some(one)).count() as u64,
            Department::All | Department::Whole => 0,
        };
        Some(Shared {
            label,
            cell,
            share: figure.no_contact_share?,
            per_question: Ratio::new(figure.counts.no_contact, questions),
        })
    };
    let mut all = cells
        .filter(|(_, cell)| view.survey.is_asked(cell))
        .map(of)
        .collect::<Option<Vec<Shared>>>()
        .filter(|all| all.len() > 1)?;
    all.sort_by(|one, other| other.share.value.total_cmp(&one.share.value));
    Some(all)
}

/// The third with the most, and those that tie with the last of them.
fn most(view: &View<'_>, all: &[Shared], by_department: bool) -> Option<Finding> {
    let at_least = all.get(all.len().div_ceil(3).checked_sub(1)?)?.share.value;
    let those: Vec<&Shared> = all.iter().filter(|it| it.share.value >= at_least).collect();
    sentence(view, &those, all.len(), "most often", by_department)
}

/// The third of the departments with the least, and those that tie with the last of them.
fn fewest(view: &View<'_>, all: &[Shared]) -> Option<Finding> {
    let at_most = all.iter().rev().nth((all.len() / 3).checked_sub(1)?)?.share.value;
    let those: Vec<&Shared> = all.iter().rev().filter(|it| it.share.value <= at_most).collect();
    sentence(view, &those, all.len(), "least often", true)
}

fn sentence(
    view: &View<'_>,
    those: &[&Shared],
    all: usize,
    how_often: &str,
    by_department: bool,
) -> Option<Finding> {
    let first = those.first().filter(|_| those.len() < all)?;
    let named = those.iter().enumerate().map(|(position, it)| {
        let average = it.per_question.map_or_else(String::new, |ratio| {
            let unit = if position == 0 { " a question on average" } else { "" };
            format!(", {}{unit}", ratio.rounded(0))
        });
        format!("{} ({}%{average})", it.label, percent(&it.share))
    });
    let (year, who) = (view.wave_label(first.cell.wave), within(&view.audience(first.cell.audience).label));
    let about = if by_department { "about" } else { "on" };
    let text = format!(
        "In {year} {who} answered \u{201c}no contact\u{201d} {how_often} {about} {}; the order is not tested and could be chance.",
        listed(&named.collect::<Vec<_>>()),
    );
    Some(Finding::new(view, Topic::Contact, &first.cell, capital(&text)))
}
