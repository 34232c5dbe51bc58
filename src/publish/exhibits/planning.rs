//! How many more forms would be enough, for everyone and for every group of the latest year.

use super::{Exhibited, Part, Words};
use crate::estimate::{Missing, Plan};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::survey::ReliabilityBands;
use crate::tally::{Cell, Group, Question};
use crate::words::within;

/// What the names of these tables begin with.
pub const PLANNING: &str = "more-forms";

/// One per audience that answered.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    (0..view.survey.audiences.len()).filter_map(|audience| exhibit(view, audience)).collect()
}

fn exhibit(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let wave = *view.waves_of(audience).last()?;
    let definition = view.audience(audience);
    let (label, year) = (within(&definition.label), view.wave_label(wave));
    let cell = |group| Cell { group, ..view.headline(wave, audience, Question::All) };
    let groups = view.survey.group_cells(audience).into_iter();
    let planned: Vec<Group> = groups.filter(|&group| view.release.plan(&cell(group)).is_some()).collect();
    if planned.is_empty() {
        return None;
    }
    let change = view.survey.analysis.notice_change;
    let minimum = definition.minimum_respondents;
    let ReliabilityBands { low_from, ok_from } = view.survey.reliability;
    let more = |what: String| Column::number(format!("More forms {what} (number)"));
    let columns = vec![
        Column::text("Breakdown"),
        Column::text("Group"),
        Column::number("Invited (number)"),
        Column::number("Answered (number)"),
        more(format!("to be shown, {minimum} in all")),
        more(format!("to reach {low_from}")),
        more(format!("to reach {ok_from}")),
        more(format!("to notice a change of {change} points")),
    ];
    let rows = planned.iter().map(|&group| {
        let breakdown = group.breakdown().map(|one| definition.breakdowns[one].label.clone());
        let mut row = vec![
            Value::Text(breakdown.unwrap_or_else(|| "Everyone".to_owned())),
            Value::Text(view.group_label(audience, group)),
        ];
        row.extend(values(view, &cell(group)));
        row
    });
    let before = match view.release.overruled().any(|one| one == wave) {
        true => " What was published before stays shown.",
        false => "",
    };
    let words = Words {
        name: format!("{PLANNING}-{}", definition.id),
        title: format!("How many more forms would be enough, by group, {label}, {year}"),
        base: view.base_note(audience),
        notes: vec![
            format!("A figure that rests on fewer than {minimum} is not shown; one that rests on fewer than {low_from}, or fewer than {ok_from}, is to be treated with caution.{before}"),
            format!("A change of {change} points is noticed four times out of five if so many answer in each of two years as have answered and are missing here, with scores that differ as much as they do now. Where the same people answer in both years, fewer would do. As everywhere in this paper, the number invited is taken into account where it is known."),
            "0 says that there are enough. [x] stands where more would be needed than are still to answer, where too few answered to work it out, and where the number invited is not known.".to_owned(),
        ],
    };
    Some(Exhibited { part: Part::Response, table: words.table(view, columns, rows.collect()), chart: None })
}

/// A plan tells how many answered, so it is shown where they are.
fn values(view: &View<'_>, cell: &Cell) -> Vec<Value> {
    let plan: Option<&Plan> = view.release.plan(cell).and_then(|released| released.figure.value());
    let Some(plan) = plan else { return vec![Value::Mark(Mark::Withheld); 6] };
    let number = |number: Option<u64>| {
        number.map_or(Value::Mark(Mark::NotAvailable), |number| Value::Number(number.to_string()))
    };
    let more = |missing| match missing {
        Missing::Enough => number(Some(0)),
        Missing::More(more) => number(Some(more)),
        Missing::OutOfReach | Missing::NotKnown => number(None),
    };
    vec![
        number(plan.invited),
        number(Some(plan.respondents)),
        more(plan.until_shown),
        more(plan.until_low),
        more(plan.until_reliable),
        more(plan.until_noticed),
    ]
}
