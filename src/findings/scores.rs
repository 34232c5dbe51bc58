//! Where scores stand: overall, how far the questions lie apart, and the ends of their order.

use super::ranking::{End, Entry, ORDER_NOT_TESTED, Ranking, scored};
use super::{Finding, Topic, year_by_year};
use crate::ratio::{Ratio, round_decimal};
use crate::tally::Question;
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{capital, counted, possessive, within};

/// For every audience and year; the years before an audience's latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = 0..view.survey.audiences.len();
    let year = |audience, wave| {
        overall(view, audience, wave).into_iter().chain(questions(view, audience, wave)).collect()
    };
    audiences
        .flat_map(|audience| year_by_year(&view.waves_of(audience), |wave| year(audience, wave)))
        .collect()
}

/// The level is a headline where there is no change to tell it with.
fn overall(view: &View<'_>, audience: usize, wave: usize) -> Option<Finding> {
    let cell = view.headline(wave, audience, Question::All);
    let mean = view.mean(&cell)?;
    let range = mean.interval.map_or_else(String::new, |range| {
        let [lower, upper] = [range.lower, range.upper].map(|end| round_decimal(end, MEAN_DECIMALS));
        format!(" (likely range {lower} to {upper})")
    });
    let text = format!(
        "In {} {} average score for {} was {}{range} on the scale from {}; {} answered.",
        view.wave_label(wave),
        possessive(&within(&view.audience(audience).label)),
        view.headline_subject(audience),
        mean.rounded(MEAN_DECIMALS),
        view.scale(wave),
        mean.respondents
    );
    let has_change = view.latest_pair().is_some_and(|(from, _)| view.change(&cell, from).is_some());
    Some(Finding::new(view, Topic::Scores, &cell, text).headline_if(!has_change))
}

fn questions(view: &View<'_>, audience: usize, wave: usize) -> Vec<Finding> {
    let ranking = Ranking::of_questions(view, view.headline(wave, audience, Question::All));
    let range = range(view, audience, wave, &ranking);
    let ends = [End::Highest, End::Lowest].into_iter().filter_map(|end| ends(view, audience, &ranking, end));
    range.into_iter().chain(ends).collect()
}

/// From which to which average the questions reach, set beside the middle of the scale.
fn range(view: &View<'_>, audience: usize, wave: usize, ranking: &Ranking) -> Option<Finding> {
    let [first, .., last] = &ranking.entries[..] else { return None };
    let middle = Ratio::new(i128::from(view.survey.scale_of(wave).top) + 1, 2)?;
    let printed = middle.rounded(MEAN_DECIMALS);
    let count = |is_one: &dyn Fn(f64, f64, f64) -> bool| {
        let of = |it: &&Entry| {
            let (lower, upper) =
                it.mean.interval.map_or((it.mean.value, it.mean.value), |range| (range.lower, range.upper));
            is_one(it.mean.value, lower, upper)
        };
        ranking.entries.iter().filter(of).count()
    };
    let number = ranking.entries.len();
    let middle = middle.value();
    let above = count(&|value, _, _| value > middle);
    let below = count(&|value, _, _| value < middle);
    let reaching = |count: usize, where_to: &str| match count {
        0 => String::new(),
        1 => format!(", though the likely range of one reaches {where_to} it"),
        2 if number == 2 => format!(", though both their likely ranges reach {where_to} it"),
        all if all == number => format!(", though all their likely ranges reach {where_to} it"),
        some => format!(", though the likely ranges of {} reach {where_to} it", counted(some)),
    };
    let place = if above == 0 {
        let reaching = reaching(count(&|_, _, upper| upper > middle), "above");
        format!("low to middling: none lies above {printed}, the middle of the scale{reaching}")
    } else if below == 0 {
        let reaching = reaching(count(&|_, lower, _| lower < middle), "below");
        format!("middling to high: none lies below {printed}, the middle of the scale{reaching}")
    } else {
        let clearly = count(&|_, lower, _| lower > middle);
        let lie = if above == 1 { "lies" } else { "lie" };
        let (all, some) = match clearly {
            0 => (String::new(), ", but not clearly".to_owned()),
            all if all == above => (" clearly".to_owned(), String::new()),
            some => (String::new(), format!(", {} of them clearly", counted(some))),
        };
        format!("{} {lie}{all} above {printed}, the middle of the scale{some}", counted(above))
    };
    let shown = if ranking.is_complete { "" } else { " shown" };
    let text = format!(
        "In {} {} averages for the {} questions{shown} lay between {} and {}. They are {place}.",
        view.wave_label(wave),
        possessive(&within(&view.audience(audience).label)),
        counted(number),
        last.mean.rounded(MEAN_DECIMALS),
        first.mean.rounded(MEAN_DECIMALS),
    );
    let text = if above > 0 && below > 0 { text.replace(" They are ", " Of these, ") } else { text };
    // All questions together may be withheld where single ones are not.
    let everything = view.headline(wave, audience, Question::All);
    let cell = if view.mean(&everything).is_some() { everything } else { first.cell };
    Some(Finding::new(view, Topic::Scores, &cell, text))
}

/// The highest and the lowest questions. One question is not tested against another.
fn ends(view: &View<'_>, audience: usize, ranking: &Ranking, end: End) -> Option<Finding> {
    let named = ranking.few(end);
    let first = named.first()?;
    let text = format!(
        "{} scored {} {}{} in {}; {ORDER_NOT_TESTED}.",
        capital(&view.audience(audience).label),
        scored(&named),
        end.superlative(),
        ranking.of_those_shown("questions"),
        view.wave_label(first.cell.wave),
    );
    // Of the latest year, what needs attention begins with the lowest.
    let is_said_there = end == End::Lowest && view.waves.last() == Some(&first.cell.wave);
    Some(Finding::new(view, Topic::Scores, &first.cell, text).detail_unless(!is_said_there))
}
