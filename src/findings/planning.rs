//! Whether so many answers are enough to notice a change, and how many more would be.

use super::{Finding, Topic};
use crate::estimate::Missing;
use crate::tally::Question;
use crate::view::View;
use crate::words::within;

/// One per audience whose headline is shown.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    (0..view.survey.audiences.len()).filter_map(|audience| finding(view, audience)).collect()
}

fn finding(view: &View<'_>, audience: usize) -> Option<Finding> {
    let wave = *view.waves_of(audience).last()?;
    let cell = view.headline(wave, audience, Question::All);
    let plan = view.release.plan(&cell)?.figure.value()?;
    let label = within(&view.audience(audience).label);
    let (change, year, answered) = (plan.notice_change, view.wave_label(wave), plan.respondents);
    let text = match plan.until_noticed {
        Missing::Enough => format!(
            "The {answered} {label} who answered in {year} are enough: if as many answer in each of two years, a change of {change} points in their average would be noticed four times out of five."
        ),
        Missing::More(more) => format!(
            "With {} {label} answering in each of two years, {more} more than the {answered} of {year}, a change of {change} points in their average would be noticed four times out of five.",
            answered + more
        ),
        Missing::OutOfReach | Missing::NotKnown => return None,
    };
    Some(Finding::new(view, Topic::Response, &cell, text))
}
