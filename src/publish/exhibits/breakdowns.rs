//! One table per audience, breakdown and wave: groups by question. The latest wave is drawn. A
//! breakdown without a group to show has no table; the paper says so.

use super::{Exhibited, Part, Words, chart, verdicts};
use crate::estimate::{GapKey, Side, Verdict};
use crate::publish::chart::{Multiples, Panel, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Group, Question};
use crate::words::{capital, within};

/// In the order of the definition, the latest wave first.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    for audience in 0..view.survey.audiences.len() {
        for (breakdown, definition) in view.audience(audience).breakdowns.iter().enumerate() {
            let is_there = |&wave: &usize| {
                definition.asked.in_wave(wave) && view.shows_breakdown(wave, audience, breakdown)
            };
            let waves = view.waves_of(audience).into_iter().filter(is_there);
            let mut waves: Vec<usize> = waves.collect();
            waves.reverse();
            for (position, wave) in waves.into_iter().enumerate() {
                exhibits.push(exhibit(view, wave, audience, breakdown, position == 0));
            }
        }
    }
    exhibits
}

/// The groups of a breakdown in a year, those who left it blank last where there are any.
pub(super) fn groups(view: &View<'_>, wave: usize, audience: usize, breakdown: usize) -> Vec<Group> {
    let blank = Group::NotStated { breakdown };
    let cell = Cell { group: blank, ..view.headline(wave, audience, Question::All) };
    let not_stated = view.release.result(&cell).map(|_| blank);
    groups_of_any(view, &[wave], audience, breakdown).into_iter().chain(not_stated).collect()
}

/// The defined groups that there were in any of these years.
pub(super) fn groups_of_any(
    view: &View<'_>,
    waves: &[usize],
    audience: usize,
    breakdown: usize,
) -> Vec<Group> {
    let by = &view.audience(audience).breakdowns[breakdown];
    let was_there = |group: &usize| waves.iter().any(|&wave| by.has_group(*group, wave));
    (0..by.groups.len()).filter(was_there).map(|group| Group::Of { breakdown, group }).collect()
}

fn exhibit(view: &View<'_>, wave: usize, audience: usize, breakdown: usize, is_latest: bool) -> Exhibited {
    let definition = view.audience(audience);
    let by = &definition.breakdowns[breakdown];
    let label = within(&definition.label);
    let subject = view.headline_subject(audience);
    let year = view.wave_label(wave);
    let groups = groups(view, wave, audience, breakdown);
    let cell = |group, question| Cell { group, ..view.headline(wave, audience, question) };
    let mut columns = vec![Column::text(by.label.clone())];
    columns.extend(view.question_columns("score"));
    columns.push(Column::number("Who answered (number)"));
    let rows = groups.iter().chain([&Group::Everyone]).map(|&group| {
        let mut row = vec![Value::Text(view.group_label(audience, group))];
        row.extend(view.questions().into_iter().map(|question| view.mean_value(&cell(group, question))));
        row.push(view.base_value(&cell(group, Question::All)));
        row
    });
    let words = Words {
        name: format!("{}-by-{}-{year}", definition.id, by.id),
        title: format!("Average score by question and {}, {label}, {subject}, {year}", within(&by.label)),
        base: view.base_note(audience),
        notes: vec![view.pooled()],
    };
    let table = words.table(view, columns, rows.collect());
    let part = Part::Breakdown { audience, breakdown };
    if !is_latest {
        return Exhibited { part, table, chart: None };
    }
    let panels = view.questions().into_iter().map(|question| Panel {
        title: view.question_label(question),
        points: groups.iter().map(|&group| view.plotted_mean(&cell(group, question))).collect(),
    });
    let picture = Picture::Multiples(Multiples {
        axis: view.axis(wave),
        accent: view.accent(audience),
        groups: groups
            .iter()
            .map(|&group| (view.group_label(audience, group), view.base_text(&cell(group, Question::All))))
            .collect(),
        base_heading: "Number who answered".to_owned(),
        panels: panels.collect(),
    });
    let verdicts: Vec<_> =
        groups.iter().map(|&group| against_rest(view, &cell(group, Question::All))).collect();
    let headline = verdicts::against_rest((&definition.label, Some(&within(&by.label))), "group", &verdicts)
        .unwrap_or_else(|| format!("{}: scores by {}, {year}", definition.label, within(&by.label)));
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    let subtitle = format!(
        "Average score from {} by {} for {subject}, with likely range, {year}. {base} {label} answered",
        view.scale(wave),
        within(&by.label)
    );
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part, table, chart: Some(chart) }
}

/// A group with its verdict against all the others together.
fn against_rest(view: &View<'_>, cell: &Cell) -> (String, Option<Verdict>) {
    let Cell { wave, audience, department, question, group } = *cell;
    let label = view.group_label(audience, group);
    let Group::Of { breakdown, group } = group else { return (label, None) };
    let sides = (breakdown, [Side::Group(group), Side::Rest]);
    let key = GapKey::of_groups(wave, audience, department, question, sides);
    (label, view.gap(&key).map(|gap| gap.comparison.verdict))
}
