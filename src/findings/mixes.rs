//! Is it better relationships, or different people answering?

use super::{Finding, Topic};
use crate::disclose::StandardisedKey;
use crate::estimate::{By, Change, MixFigure, MixGroup, Verdict};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{listed, possessive, signed, within};

/// For the last two years, per audience that answered in both.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    (0..view.survey.audiences.len())
        .flat_map(|audience| {
            let cell = view.headline(to, audience, Question::All);
            let change = view.change(&cell, from);
            let texts = change.map(|change| {
                [
                    (true, same_mix(view, change, (audience, from, to))),
                    (false, who_answered(view, change, (audience, from, to))),
                ]
            });
            let texts = texts.into_iter().flatten().filter_map(|(first, text)| Some((first, text?)));
            let finding = |(first, text)| Finding::new(view, Topic::Reality, &cell, text).headline_if(first);
            texts.map(finding).collect::<Vec<_>>()
        })
        .collect()
}

/// The change had everyone invited been mirrored in both years.
fn same_mix(
    view: &View<'_>,
    change: &Change,
    (audience, from_wave, to_wave): (usize, usize, usize),
) -> Option<String> {
    let standardised = view.standardised(&StandardisedKey { audience, from_wave, to_wave })?;
    let weighted = standardised.changes.get(&Question::All)?;
    let difference = weighted.difference?;
    let plain = change.comparison.difference?;
    let by = &view.audience(audience).breakdowns;
    let margins: Vec<String> = standardised.margins.iter().map(|&margin| within(&by[margin].label)).collect();
    let points = [plain, difference].map(|it| signed(&it.rounded(MEAN_DECIMALS)));
    let instead = if points[0] == points[1] {
        format!("also have changed by {} points", points[1])
    } else {
        format!("have changed by {} points instead of {}", points[1], points[0])
    };
    let what = match weighted.verdict {
        Verdict::Higher | Verdict::Lower => {
            "An approximate test finds that more than chance, so who answered does not explain the change as far as these groups tell"
        }
        Verdict::NotClear => "On that footing the survey cannot tell whether it changed",
        Verdict::NotTested(_) => "Too few answered to test that",
    };
    Some(format!(
        "Had the mix of those who answered by {} been that of everyone invited in {} and {}, {} average would {instead}. {what}.",
        listed(&margins),
        view.wave_label(from_wave),
        view.wave_label(to_wave),
        possessive(&within(&view.audience(audience).label)),
    ))
}

/// How much of the change different people answering accounts for, whichever way they are told apart.
fn who_answered(
    view: &View<'_>,
    change: &Change,
    (audience, from, to): (usize, usize, usize),
) -> Option<String> {
    let department = view.survey.headline_department(audience);
    let splits: Vec<(String, &MixFigure)> = view
        .release
        .mixes()
        .filter(|(key, _)| {
            (key.audience, key.from_wave, key.to_wave) == (audience, from, to)
                && (key.department, key.question, key.group) == (department, Question::All, MixGroup::All)
        })
        .filter_map(|(key, released)| match key.by {
            By::Breakdown(breakdown) => {
                let label = within(&view.audience(audience).breakdowns[breakdown].label);
                Some((label, released.figure.value()?))
            }
            By::Joint => None,
        })
        .collect();
    let part = |figure: &MixFigure| figure.effects.mix.value;
    let lowest = splits.iter().map(|it| part(it.1)).min_by(f64::total_cmp)?;
    let highest = splits.iter().map(|it| part(it.1)).max_by(f64::total_cmp)?;
    let points = |value: f64| signed(&round_decimal(value, MEAN_DECIMALS));
    let accounts = match (points(lowest), points(highest)) {
        (one, other) if one == other => format!("{one} points"),
        (one, other) => format!("between {one} and {other} points"),
    };
    let labels: Vec<&str> = splits.iter().map(|it| it.0.as_str()).collect();
    let ways = if let [one] = labels[..] {
        (*one).to_owned()
    } else {
        format!("{}, one at a time", listed(&labels))
    };
    let clear: Vec<&str> = splits.iter().filter(|it| is_clear(it.1)).map(|it| it.0.as_str()).collect();
    let sure = if clear.is_empty() {
        "None of that is more than chance could do".to_owned()
    } else {
        format!("More than chance would do by {} only", listed(&clear))
    };
    Some(format!(
        "Of {} change from {} to {} ({} points), different people answering accounts for {accounts}; the rest is the same groups scoring differently. This was worked out by {ways}. {sure}.",
        possessive(&within(&view.audience(audience).label)),
        view.wave_label(from),
        view.wave_label(to),
        signed(&change.comparison.difference?.rounded(MEAN_DECIMALS)),
    ))
}

/// Beyond twice its standard error.
fn is_clear(figure: &MixFigure) -> bool {
    let mix = figure.effects.mix;
    mix.standard_error.is_some_and(|error| error > 0.0 && mix.value.abs() > 2.0 * error)
}
