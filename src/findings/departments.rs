//! Departments at the ends of the order, and those that stand clearly above or below the others, as
//! scored by the same people.

use super::ranking::{End, Entry, Ranking, against_next, mirrored, of_its_questions};
use super::{Finding, Topic, year_by_year};
use crate::estimate::{Comparison, GapKey, Side, Verdict};
use crate::tally::{Cell, Department, Question};
use crate::view::View;
use crate::words::{counted, listed, within};

/// For every audience that scores departments and every year; the years before the latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences
        .flat_map(|audience| year_by_year(&view.waves_of(audience), |wave| year(view, audience, wave)))
        .collect()
}

fn year(view: &View<'_>, audience: usize, wave: usize) -> Vec<Finding> {
    let ranking = departments(view, audience, wave);
    let ends = [End::Highest, End::Lowest].into_iter().filter_map(|end| at_end(view, &ranking, end));
    clear(view, audience, wave, &ranking).into_iter().chain(ends).collect()
}

/// The departments of a year by falling average.
pub(super) fn departments(view: &View<'_>, audience: usize, wave: usize) -> Ranking {
    let everything = view.headline(wave, audience, Question::All);
    let departments = (0..view.survey.departments.len()).map(Department::One);
    Ranking::of(
        view,
        departments.map(|it| (view.department_label(it), Cell { department: it, ..everything })),
    )
}

fn gap(view: &View<'_>, cell: &Cell, right: Side) -> Option<Comparison> {
    let left = Side::Department(cell.department);
    let key = |sides| GapKey::of_departments(cell.wave, cell.audience, Question::All, sides);
    let as_it_is = view.gap(&key([left, right])).map(|gap| gap.comparison.clone());
    as_it_is.or_else(|| view.gap(&key([right, left])).map(|gap| mirrored(&gap.comparison)))
}

/// What a department is against all the others together.
pub(super) fn against_rest(view: &View<'_>, cell: &Cell) -> Option<Verdict> {
    gap(view, cell, Side::Rest).map(|gap| gap.verdict)
}

fn at_end(view: &View<'_>, ranking: &Ranking, end: End) -> Option<Finding> {
    let ordered = ranking.from(end);
    let [first, next, ..] = ordered[..] else { return None };
    let pair = gap(view, &first.cell, Side::Department(next.cell.department));
    let number = if ranking.is_complete {
        format!("the {} departments", counted(ranking.entries.len()))
    } else {
        "the departments shown".to_owned()
    };
    let together = match against_rest(view, &first.cell) {
        Some(verdict) if verdict == end.clear() => {
            format!(" {} is clearly {} than all the others together.", first.label, end.comparative())
        }
        _ => String::new(),
    };
    let text = format!(
        "Of {number}, {} scored {} {} in {}{}.{together}{}",
        within(&view.audience(first.cell.audience).label),
        first.scored(),
        end.superlative(),
        view.wave_label(first.cell.wave),
        against_next(end, first, next, pair.as_ref()),
        of_its_questions(view, first, end, Ranking::at),
    );
    Some(Finding::new(view, Topic::Departments, &first.cell, text))
}

fn clear(view: &View<'_>, audience: usize, wave: usize, ranking: &Ranking) -> Option<Finding> {
    let mut entries: Vec<&Entry> = ranking.entries.iter().collect();
    entries.sort_by_key(|entry| entry.cell.department);
    let with = |wanted: Verdict| -> Vec<&str> {
        let those = entries.iter().filter(|entry| against_rest(view, &entry.cell) == Some(wanted));
        those.map(|entry| entry.label.as_str()).collect()
    };
    let (higher, lower, unclear) = (with(Verdict::Higher), with(Verdict::Lower), with(Verdict::NotClear));
    let cell = view.headline(wave, audience, Question::All);
    // Of what is withheld nothing is said, not even that nothing was found.
    if higher.len() + lower.len() + unclear.len() == 0 || view.mean(&cell).is_none() {
        return None;
    }
    let shown = if ranking.is_complete { "" } else { " of those shown" };
    let label = within(&view.audience(audience).label);
    let year = view.wave_label(wave);
    let text = match (higher.is_empty(), lower.is_empty()) {
        (true, true) => format!(
            "In {year} {label} scored no department{shown} clearly higher or lower than the others together."
        ),
        (false, true) => {
            format!(
                "In {year} {label} scored {} clearly higher than the other departments together.",
                listed(&higher)
            )
        }
        (true, false) => {
            format!(
                "In {year} {label} scored {} clearly lower than the other departments together.",
                listed(&lower)
            )
        }
        (false, false) => format!(
            "In {year} {label} scored {} clearly higher than the other departments together, and {} clearly lower.",
            listed(&higher),
            listed(&lower)
        ),
    };
    let rest = match unclear.len() {
        0 => String::new(),
        _ if higher.is_empty() && lower.is_empty() => String::new(),
        1 => " For the other one the survey cannot tell.".to_owned(),
        some => format!(" For the other {} the survey cannot tell.", counted(some)),
    };
    Some(Finding::new(view, Topic::Departments, &cell, text + &rest))
}
