//! Whether relationships have improved, and whether the survey could tell.

use super::{Finding, Topic};
use crate::estimate::{Comparison, Verdict};
use crate::tally::{Cell, Question};
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{capital, counted, listed, none_of, possessive, signed, within};

pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences
        .flat_map(|audience| {
            let overall = overall(view, audience, from, to);
            overall.into_iter().chain(questions(view, audience, from, to))
        })
        .collect()
}

fn overall(view: &View<'_>, audience: usize, from: usize, to: usize) -> Option<Finding> {
    let cell = view.headline(to, audience, Question::All);
    let change = view.change(&cell, from)?;
    let comparison = &change.comparison;
    let difference = comparison.difference?;
    let [before, after] = [comparison.right?, comparison.left?].map(|it| it.rounded(MEAN_DECIMALS));
    let points = signed(&difference.rounded(MEAN_DECIMALS));
    let percent =
        change.percent().map_or_else(String::new, |percent| format!(", {}%", signed(&percent.rounded(0))));
    let years = [from, to].map(|wave| view.wave_label(wave));
    let moved =
        format!("from {before} in {} to {after} in {} ({points} points{percent})", years[0], years[1]);
    let who = format!(
        "{} average for {}",
        capital(&possessive(&view.audience(audience).label)),
        view.headline_subject(audience)
    );
    let text = match comparison.verdict {
        Verdict::Higher => format!("{who} rose {moved}; a change of this size is unlikely to be chance."),
        Verdict::Lower => format!("{who} fell {moved}; a change of this size is unlikely to be chance."),
        Verdict::NotClear => {
            format!("{who} moved {moved}; the survey cannot tell whether it changed{}.", noticed(comparison))
        }
        Verdict::NotTested(_) => format!("{who} moved {moved}; too few answered to test the change."),
    };
    Some(Finding::new(view, Topic::Change, &cell, text).headline_if(true))
}

fn noticed(comparison: &Comparison) -> String {
    comparison.detectable.map_or_else(String::new, |smallest| {
        let smallest = crate::ratio::round_decimal(smallest, MEAN_DECIMALS);
        format!(". The smallest change that it could have noticed is {smallest} points")
    })
}

/// Which questions rose, which fell, and for how many the survey cannot tell.
fn questions(view: &View<'_>, audience: usize, from: usize, to: usize) -> Option<Finding> {
    let questions: Vec<Question> = (0..view.survey.questions.len()).map(Question::One).collect();
    let cell = |question| view.headline(to, audience, question);
    let verdict = |cell: &Cell| view.change(cell, from).map(|change| change.comparison.verdict);
    let with = |wanted: Verdict| {
        let those = questions.iter().filter(|question| verdict(&cell(**question)) == Some(wanted));
        those.map(|question| view.question_label(*question)).collect::<Vec<_>>()
    };
    let (rose, fell, unclear) = (with(Verdict::Higher), with(Verdict::Lower), with(Verdict::NotClear));
    let tested = rose.len() + fell.len() + unclear.len();
    if tested == 0 {
        return None;
    }
    let label = within(&view.audience(audience).label);
    let mut parts = Vec::new();
    if !rose.is_empty() {
        parts.push(format!("scores clearly rose on {}", listed(&rose)));
    }
    if !fell.is_empty() {
        parts.push(format!("scores clearly fell on {}", listed(&fell)));
    }
    match unclear.len() {
        0 => {}
        1 if tested == 1 => parts.push(format!("the survey cannot tell whether {} changed", unclear[0])),
        all if all == tested => parts.push(format!(
            "for {} tested can the survey tell whether its score changed",
            none_of(tested, "questions")
        )),
        1 => parts.push(format!("for {} the survey cannot tell whether it changed", unclear[0])),
        some => {
            parts
                .push(format!("for the other {} the survey cannot tell whether they changed", counted(some)));
        }
    }
    let years = [from, to].map(|wave| view.wave_label(wave));
    let text = format!("Among {label}, from {} to {}: {}.", years[0], years[1], parts.join("; "));
    Some(Finding::new(view, Topic::Change, &cell(Question::All), text))
}
