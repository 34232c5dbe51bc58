//! Who answered, out of how many invited, by group.

use super::breakdowns::groups;
use super::{Exhibited, Part, Words, chart};
use crate::disclose::{Policy, Status};
use crate::publish::chart::{Bars, Picture, Plotted, ValueRow};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::tally::{Cell, Group, Question};
use crate::words::{capital, within};

/// One per audience.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences = 0..view.survey.audiences.len();
    audiences
        .filter(|&audience| !view.waves_of(audience).is_empty())
        .map(|audience| exhibit(view, audience))
        .collect()
}

/// Forms returned and number invited, where they may be known.
fn counted(view: &View<'_>, cell: &Cell) -> Result<(u64, Option<u64>), Mark> {
    let released = view.release.result(cell).ok_or(Mark::NotAvailable)?;
    match released.figure.value() {
        Some(figure) if released.status != Status::NoWave => Ok((figure.counts.forms, figure.invited)),
        _ => Err(view.mark(cell)),
    }
}

fn exhibit(view: &View<'_>, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let waves = view.waves_of(audience);
    let period = view.period(&waves);
    let mut columns = vec![Column::text("Breakdown"), Column::text("Group")];
    for &wave in &waves {
        let year = view.wave_label(wave);
        columns.push(Column::number(format!("{year} invited (number)")));
        columns.push(Column::number(format!("{year} forms returned (number)")));
        columns.push(Column::number(format!("{year} response rate (%)")));
    }
    let cell = |wave, group| Cell { group, ..view.headline(wave, audience, Question::All) };
    let row = |breakdown: &str, group: Group| {
        let mut row = vec![Value::Text(breakdown.to_owned()), Value::Text(view.group_label(audience, group))];
        for &wave in &waves {
            let (forms, invited) = match counted(view, &cell(wave, group)) {
                Ok((forms, invited)) => (Ok(forms), invited.ok_or(Mark::NotAvailable)),
                Err(mark) => (Err(mark), Err(mark)),
            };
            let rate = forms.and_then(|forms| {
                let rate = invited.map(|invited| Ratio::new(forms * 100, invited));
                rate.and_then(|rate| rate.ok_or(Mark::NotAvailable))
            });
            let number = |number: Result<u64, Mark>| {
                number.map_or_else(Value::Mark, |it| Value::Number(it.to_string()))
            };
            row.push(number(invited));
            row.push(number(forms));
            row.push(rate.map_or_else(Value::Mark, |rate| Value::Number(rate.rounded(1))));
        }
        row
    };
    let latest = waves.last().copied().unwrap_or_default();
    let mut rows = vec![row("Everyone", Group::Everyone)];
    let is_private = view.release.policy == Policy::Private;
    let published = definition.breakdowns.iter().enumerate().filter(|(_, by)| by.publish || is_private);
    for (breakdown, by) in published {
        rows.extend(groups(view, latest, audience, breakdown).into_iter().map(|group| row(&by.label, group)));
    }
    let words = Words {
        name: format!("responses-{}", definition.id),
        title: format!("Forms returned and response rate by group, {label}, {period}"),
        base: view.base_note(audience),
        notes: vec!["[x] stands where the number invited is not known for a group.".to_owned()],
    };
    let table = words.table(view, columns, rows);
    let chart = drawn(view, audience, latest).map(|bars| {
        let year = view.wave_label(latest);
        let headline = format!("Who answered beside who was invited, {year}");
        let subtitle = format!(
            "{} by group: share of those invited beside share of forms returned, {year}. {} {label} answered",
            definition.label,
            view.base(latest, audience)
        );
        chart(view, &table, capital(&headline), subtitle, Picture::Bars(bars))
    });
    Exhibited { part: Part::Response, table, chart }
}

/// Shares of the invited and of the forms, for the breakdowns whose groups are all counted.
fn drawn(view: &View<'_>, audience: usize, wave: usize) -> Option<Bars> {
    let cell = |group| Cell { group, ..view.headline(wave, audience, Question::All) };
    let (forms, invited) = counted(view, &cell(Group::Everyone)).ok()?;
    let invited = invited?;
    let mut rows = Vec::new();
    for breakdown in 0..view.audience(audience).breakdowns.len() {
        let by = &view.audience(audience).breakdowns[breakdown].label;
        for group in groups(view, wave, audience, breakdown) {
            let Ok((answered, Some(asked))) = counted(view, &cell(group)) else { continue };
            let share = |part: u64, of: u64| {
                let ratio = Ratio::new(part * 100, of)?;
                Some(Plotted::Value {
                    value: ratio.value(),
                    label: format!("{}%", ratio.rounded(0)),
                    range: None,
                })
            };
            rows.push(ValueRow {
                label: format!("{by}: {}", view.group_label(audience, group)),
                values: vec![share(asked, invited)?, share(answered, forms)?],
                base: format!("{answered} of {asked}"),
            });
        }
    }
    (!rows.is_empty()).then(|| Bars {
        series: vec!["of those invited".to_owned(), "of forms returned".to_owned()],
        accents: vec![view.accent(audience)],
        high: farthest(&rows),
        rows,
        base_heading: "Forms returned of invited".to_owned(),
        unit: "Share of each group (%)".to_owned(),
    })
}

/// The end of the axis: the next ten percent.
fn farthest(rows: &[ValueRow]) -> f64 {
    let shares = rows.iter().flat_map(|row| &row.values).map(|share| match share {
        Plotted::Value { value, .. } => *value,
        Plotted::Mark(_) => 0.0,
    });
    (shares.fold(10.0, f64::max) / 10.0).ceil() * 10.0
}
