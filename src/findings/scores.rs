//! Where scores stand: overall, and the ends of the order of questions.

use super::{Finding, Topic, address};
use crate::tally::{Cell, Question};
use crate::view::{MEAN_DECIMALS, View};
use crate::words::capital;

pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = 0..view.survey.audiences.len();
    audiences.flat_map(|audience| overall(view, audience).into_iter().chain(ends(view, audience))).collect()
}

fn overall(view: &View<'_>, audience: usize) -> Option<Finding> {
    let wave = *view.waves_of(audience).last()?;
    let cell = view.headline(wave, audience, Question::All);
    let mean = view.mean(&cell)?;
    let label = &view.audience(audience).label;
    let range = mean.interval.map_or_else(String::new, |range| {
        let end = |value| crate::ratio::round_decimal(value, MEAN_DECIMALS);
        format!(" (likely range {} to {})", end(range.lower), end(range.upper))
    });
    let text = format!(
        "{} gave {} an average of {}{range} on the scale from {} in {}; {} answered.",
        capital(label),
        view.headline_subject(audience),
        mean.rounded(MEAN_DECIMALS),
        view.scale(),
        view.wave_label(wave),
        mean.respondents
    );
    Some(Finding {
        topic: Topic::Scores,
        is_headline: false,
        is_detail: false,
        text,
        address: address(view, &cell),
    })
}

/// The highest and the lowest question, said not to be tested against the next.
fn ends(view: &View<'_>, audience: usize) -> Vec<Finding> {
    let Some(&wave) = view.waves_of(audience).last() else { return Vec::new() };
    let questions = (0..view.survey.questions.len()).map(Question::One);
    let cells: Vec<Cell> = questions.map(|question| view.headline(wave, audience, question)).collect();
    let mut scored: Vec<(f64, &Cell)> =
        cells.iter().filter_map(|cell| Some((view.mean(cell)?.value, cell))).collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let ends = [(scored.last(), "highest"), (scored.first(), "lowest")];
    if scored.len() < 2 {
        return Vec::new();
    }
    let finding = |(end, which): (Option<&(f64, &Cell)>, &str)| {
        let (_, cell) = end?;
        let shown = if scored.len() == cells.len() { "" } else { " of the questions shown" };
        let text = format!(
            "{} scored {} {which}{shown} in {} ({}), but the gap to the next could be chance.",
            capital(&view.audience(audience).label),
            view.question_label(cell.question),
            view.wave_label(wave),
            view.mean(cell)?.rounded(MEAN_DECIMALS),
        );
        Some(Finding {
            topic: Topic::Scores,
            is_headline: false,
            is_detail: false,
            text,
            address: address(view, cell),
        })
    };
    ends.into_iter().filter_map(finding).collect()
}
