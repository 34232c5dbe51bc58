//! Who answered again: stayers, joiners and leavers between the last two years.

use super::{Exhibited, Part, Words};
use crate::estimate::{InvitedAgain, Movement};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::words::{signed, within};

/// One per audience whose respondents can be found in both of the last two years.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences.filter_map(|audience| exhibit(view, audience, from, to)).collect()
}

fn exhibit(view: &View<'_>, audience: usize, from: usize, to: usize) -> Option<Exhibited> {
    let movement = view.release.movement(audience, from, to)?.figure.value();
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let [before, after] = [from, to].map(|wave| view.wave_label(wave));
    let columns = vec![
        Column::text("Who"),
        Column::number(format!("{before} (number)")),
        Column::number(format!("{after} (number)")),
    ];
    let row = |who: String, counts: fn(&Movement) -> [u64; 2]| {
        let counts = movement.map(counts);
        let value = |at: usize| {
            counts.map_or(Value::Mark(Mark::Withheld), |counts| Value::Number(counts[at].to_string()))
        };
        vec![Value::Text(who), value(0), value(1)]
    };
    let mut rows = vec![
        row("Returned a form in both years".to_owned(), |it| [it.stayers; 2]),
        row(format!("Returned a form in {before} only"), |it| [it.leavers, 0]),
    ];
    if let Some(InvitedAgain::Of(again)) = movement.map(|it| it.invited_again) {
        let row = |who: String, count: u64| {
            vec![Value::Text(who), Value::Number(count.to_string()), Value::Number("0".to_owned())]
        };
        let others = movement.map_or(0, |it| it.leavers) - again;
        rows.push(row(format!("of these, invited in {after} too"), again));
        rows.push(row(format!("of these, not invited in {after}"), others));
    }
    rows.push(row(format!("Returned a form in {after} only"), |it| [0, it.joiners]));
    if movement.is_none_or(|it| it.without_reference != [0, 0]) {
        rows.push(row("Gave no reference, so cannot be found again".to_owned(), |it| it.without_reference));
    }
    rows.push(row("Everyone who returned a form".to_owned(), Movement::everyone));
    let asked_again = match movement.map(|it| it.invited_again) {
        // Of what is withheld nothing is said.
        None | Some(InvitedAgain::Of(_)) => String::new(),
        Some(InvitedAgain::NotTold) => {
            format!(
                " How many of those of {before} were asked again is not shown: too few, to protect people."
            )
        }
        Some(InvitedAgain::NotKnown) => {
            format!(" Whether those of {before} who did not answer again were asked again is not known.")
        }
    };
    let mut notes = vec![format!("Respondents are found again by the reference on their form.{asked_again}")];
    notes.extend(movement.and_then(|it| growth(it, before, after)));
    let words = Words {
        name: format!("who-answered-again-{}", definition.id),
        title: format!("Who answered again, {label}, {before} and {after}"),
        base: view.base_note(audience),
        notes,
    };
    Some(Exhibited { part: Part::Reality, table: words.table(view, columns, rows), chart: None })
}

/// The change in how many answered, as a percentage beside the counts it comes from.
fn growth(movement: &Movement, before: &str, after: &str) -> Option<String> {
    let [then, now] = movement.everyone();
    let change = i128::from(now) - i128::from(then);
    let percent = signed(&Ratio::new(change * 100, then)?.rounded(0));
    Some(format!("{then} returned a form in {before} and {now} in {after}, a change of {percent}%."))
}
