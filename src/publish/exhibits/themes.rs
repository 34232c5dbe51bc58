//! What people named when they were asked what they would like to see: coded themes, the audiences
//! side by side.

use super::{Exhibited, Part, Words, chart};
use crate::disclose::{Policy, ReleasedThemes};
use crate::publish::chart::{Bars, Picture, Plotted, ValueRow};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::words::{capital, listed, within};

/// One per wave with coded themes.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let of_wave = |wave: usize| {
        let of: Vec<&ReleasedThemes> = view.release.themes().iter().filter(|it| it.wave == wave).collect();
        (!of.is_empty()).then(|| exhibit(view, wave, &of))
    };
    view.waves.iter().filter_map(|wave| of_wave(*wave)).collect()
}

fn exhibit(view: &View<'_>, wave: usize, of: &[&ReleasedThemes]) -> Exhibited {
    let year = view.wave_label(wave);
    let label = |one: &ReleasedThemes| view.audience(one.audience).label.clone();
    let themes = order(of);
    let mut columns = vec![Column::text("Theme")];
    for one in of {
        columns.push(Column::number(format!("{} (number)", label(one))));
        columns.push(Column::number(format!("{} (%)", label(one))));
    }
    let mut rows: Vec<Vec<Value>> = themes
        .iter()
        .map(|theme| {
            std::iter::once(Value::Text((*theme).to_owned())).chain(values(view, of, theme)).collect()
        })
        .collect();
    if of.iter().any(|one| one.has_others) {
        let other = if themes.is_empty() { "Every theme" } else { "Other themes" };
        let marks = of.iter().flat_map(|_| [Value::Mark(Mark::Withheld), Value::Mark(Mark::Withheld)]);
        rows.push(std::iter::once(Value::Text(other.to_owned())).chain(marks).collect());
    }
    let who = listed(&of.iter().map(|one| within(&label(one))).collect::<Vec<_>>());
    let words = Words {
        name: format!("themes-{year}"),
        title: format!("What people would like to see: themes that {who} named, {year}"),
        base: base(view, of),
        notes: notes(of),
    };
    let table = words.table(view, columns, rows);
    let chart = drawn(view, of, &themes).map(|bars| {
        let headline = format!("What people would like to see, {year}");
        let subtitle = format!("{}. {}", share_of(of).trim_end_matches('.'), capital(&base(view, of)));
        chart(view, &table, headline, subtitle, Picture::Bars(bars))
    });
    Exhibited { part: Part::Themes, table, chart }
}

/// Number and share of every audience.
fn values(view: &View<'_>, of: &[&ReleasedThemes], theme: &str) -> Vec<Value> {
    let of_one = |one: &&ReleasedThemes| match count(one, theme) {
        Some((count, base)) => {
            let share = Ratio::new(count * 100, base).map_or_else(String::new, |share| share.rounded(0));
            [Value::Number(count.to_string()), Value::Number(share)]
        }
        // That nobody named it is a count as well.
        None if view.release.policy == Policy::Private => {
            ["0", "0"].map(|none| Value::Number(none.to_owned()))
        }
        None => [Value::Mark(Mark::Withheld), Value::Mark(Mark::Withheld)],
    };
    of.iter().flat_map(of_one).collect()
}

/// The themes that any audience shows: those of the first by how many named them, then what only the
/// next shows. No count that is withheld has a part in it.
fn order<'r>(of: &[&'r ReleasedThemes]) -> Vec<&'r str> {
    let mut themes: Vec<&str> = Vec::new();
    for (theme, _) in of.iter().flat_map(|one| &one.named) {
        if !themes.contains(&theme.as_str()) {
            themes.push(theme);
        }
    }
    themes
}

/// How many of an audience named a theme, and out of how many.
fn count(one: &ReleasedThemes, theme: &str) -> Option<(u64, u64)> {
    let (_, count) = one.named.iter().find(|(named, _)| named == theme)?;
    Some((*count, *one.base.value()?))
}

/// "62 care providers named any; 38 mentions of council officers".
fn base(view: &View<'_>, of: &[&ReleasedThemes]) -> String {
    let parts = of.iter().map(|one| {
        let label = within(&view.audience(one.audience).label);
        match one.base.value() {
            Some(base) if one.is_of_people => format!("{base} {label} named at least one"),
            Some(base) => format!("{base} mentions by {label}"),
            None => format!("too few {label} to show"),
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}

fn share_of(of: &[&ReleasedThemes]) -> &'static str {
    match of.iter().all(|one| one.is_of_people) {
        true => "Share of those who named at least one theme.",
        false if of.iter().any(|one| one.is_of_people) => {
            "Share of those who named at least one theme, or of all mentions where people were not counted."
        }
        false => "Share of all mentions.",
    }
}

fn notes(of: &[&ReleasedThemes]) -> Vec<String> {
    let mut notes = vec![
        "Somebody read what people wrote or said and coded it by theme; their words are not published."
            .to_owned(),
        share_of(of).to_owned(),
    ];
    if of.iter().any(|one| one.is_of_people) {
        notes.push("One person may name several themes, so shares may add up to more than 100%.".to_owned());
    }
    if of.iter().any(|one| one.has_others) {
        notes
            .push("Themes that too few named, or that all but too few named, are not named here.".to_owned());
    }
    notes
}

fn drawn(view: &View<'_>, of: &[&ReleasedThemes], themes: &[&str]) -> Option<Bars> {
    let rows = themes.iter().map(|theme| {
        let plotted = |one: &&ReleasedThemes| match count(one, theme) {
            Some((count, base)) => {
                let share = Ratio::new(count * 100, base);
                share.map_or(Plotted::Mark(Mark::NotAvailable), |share| Plotted::Value {
                    value: share.value(),
                    label: format!("{}%", share.rounded(0)),
                    range: None,
                })
            }
            None => Plotted::Mark(Mark::Withheld),
        };
        let bases = of.iter().map(|one| {
            count(one, theme)
                .map_or_else(|| Mark::Withheld.symbol().to_owned(), |(count, _)| count.to_string())
        });
        ValueRow {
            label: (*theme).to_owned(),
            values: of.iter().map(plotted).collect(),
            base: bases.collect::<Vec<_>>().join(", "),
        }
    });
    let rows: Vec<ValueRow> = rows.collect();
    let largest = rows.iter().flat_map(|row| &row.values).map(|share| match share {
        Plotted::Value { value, .. } => *value,
        Plotted::Mark(_) => 0.0,
    });
    let high = (largest.fold(10.0, f64::max) / 10.0).ceil() * 10.0;
    (!rows.is_empty()).then(|| Bars {
        series: of.iter().map(|one| view.audience(one.audience).label.clone()).collect(),
        accents: of.iter().map(|one| view.accent(one.audience)).collect(),
        rows,
        base_heading: "Number who named it".to_owned(),
        high,
        unit: format!("Share of {} (%)", if of.len() == 1 { "them" } else { "each" }),
    })
}
