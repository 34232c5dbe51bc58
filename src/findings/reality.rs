//! Is the change real: the same people, or different people answering?

use super::{Finding, Topic};
use crate::estimate::{Comparison, InvitedAgain, Movement, Verdict};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{capital, signed, within};

/// For the last two years, where respondents can be found in both.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences
        .flat_map(|audience| {
            let matched = matched(view, audience, from, to);
            matched.into_iter().chain(again(view, audience, from, to))
        })
        .collect()
}

/// What those who answered in both years say of themselves.
fn matched(view: &View<'_>, audience: usize, from: usize, to: usize) -> Option<Finding> {
    view.release.movement(audience, from, to)?;
    let cell = view.headline(to, audience, Question::All);
    let change = view.change(&cell, from)?;
    let label = within(&view.audience(audience).label);
    let (text, is_headline) = match &change.matched {
        None => {
            let text = format!(
                "How the scores of {label} who answered in both years changed is not shown, to protect people."
            );
            (text, false)
        }
        Some(matched) => (own_change(&label, matched, &change.comparison)?, true),
    };
    Some(Finding::new(view, Topic::Reality, &cell, text).headline_if(is_headline))
}

/// "20 care providers answered in both years; their own average rose by ...". `None` where nobody did.
fn own_change(label: &str, matched: &Comparison, everyone: &Comparison) -> Option<String> {
    let difference = matched.difference?;
    let points = signed(&difference.rounded(MEAN_DECIMALS));
    let range = difference.interval.map_or_else(String::new, |range| {
        let [lower, upper] = [range.lower, range.upper].map(|end| signed(&round_decimal(end, MEAN_DECIMALS)));
        format!(" (likely range {lower} to {upper})")
    });
    let says = match (matched.verdict, everyone.verdict) {
        (Verdict::Higher, Verdict::Higher) => {
            "clearly up, so the rise among everyone is not only different people answering"
        }
        (Verdict::Lower, Verdict::Lower) => {
            "clearly down, so the fall among everyone is not only different people answering"
        }
        (Verdict::Higher, _) => "clearly up",
        (Verdict::Lower, _) => "clearly down",
        (Verdict::NotClear, Verdict::Higher | Verdict::Lower) => {
            "so the survey cannot tell whether the same people changed their view or different people answered"
        }
        (Verdict::NotClear, _) => "and the survey cannot tell whether it changed",
        (Verdict::NotTested(_), _) => "too few, or too much alike, to test",
    };
    Some(format!(
        "{} {label} answered in both years; their own average changed by {points} points{range}, {says}.",
        difference.respondents
    ))
}

/// How many stayed, joined and left.
fn again(view: &View<'_>, audience: usize, from: usize, to: usize) -> Option<Finding> {
    let movement: &Movement = view.release.movement(audience, from, to)?.figure.value()?;
    let [before, after] = [from, to].map(|wave| view.wave_label(wave));
    let label = within(&view.audience(audience).label);
    let [then, now] = movement.everyone();
    let mut text = format!(
        "Of the {now} {label} who returned a form in {after}, {} had returned one in {before} and {} had not. Of the {then} of {before}, {} did not return one again",
        movement.stayers, movement.joiners, movement.leavers
    );
    if let InvitedAgain::Of(again) = movement.invited_again {
        text.push_str(&format!(", and {again} of these had been invited again"));
    }
    if movement.without_reference.iter().any(|&count| count > 0) {
        let [earlier, later] = movement.without_reference;
        text.push_str(&format!(
            ". {earlier} forms of {before} and {later} of {after} carry no reference and cannot be found again"
        ));
    }
    let cell = view.headline(to, audience, Question::All);
    Some(Finding::new(view, Topic::Reality, &cell, capital(&text) + "."))
}
