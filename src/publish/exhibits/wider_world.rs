//! Likely ranges with and without the number invited: for this year's invited, and for a wider world.
//!
//! Where nearly everyone invited answered, as officers do, the first are far narrower than the
//! second, and a reader has to know which of the two a claim is about.

use super::{Exhibited, Part, Words, per_wave};
use crate::estimate::{Estimate, Figure};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::ratio::round_decimal;
use crate::tally::{Cell, Question};
use crate::words::within;

/// One per audience and wave in which the number invited is known and used.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let is_known = |exhibited: &Exhibited| {
        exhibited.table.rows.iter().flatten().any(|it| matches!(it, Value::Number(_)))
    };
    let all = per_wave(view, |_| true, |wave, audience| exhibit(view, wave, audience));
    all.into_iter().filter(is_known).collect()
}

fn exhibit(view: &View<'_>, wave: usize, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let year = view.wave_label(wave);
    let columns = vec![
        Column::text("Question"),
        Column::number(format!("Average (score {})", view.scale(wave))),
        Column::number("Likely range for those invited this year, lower end (score)"),
        Column::number("Likely range for those invited this year, upper end (score)"),
        Column::number("Likely range for a wider world, lower end (score)"),
        Column::number("Likely range for a wider world, upper end (score)"),
    ];
    let rows = view.questions().into_iter().map(|question| {
        let cell = view.headline(wave, audience, question);
        let of = |estimate: fn(&Figure) -> Option<&Estimate>| ends(view, &cell, estimate);
        let mut row = vec![Value::Text(view.question_label(question))];
        if view.figure(&cell).is_some_and(|figure| figure.unframed.is_some()) {
            row.push(view.mean_value(&cell));
            row.extend(of(|figure| figure.mean.as_ref()));
            row.extend(of(|figure| figure.unframed.as_ref()));
        } else {
            let mark = if view.figure(&cell).is_some() { Mark::NotAvailable } else { view.mark(&cell) };
            row.extend(vec![Value::Mark(mark); 5]);
        }
        row
    });
    let base = view.base(wave, audience);
    let invited =
        view.figure(&view.headline(wave, audience, Question::All)).and_then(|figure| figure.invited);
    let invited = invited.map_or_else(String::new, |invited| format!(" of {invited} invited"));
    let words = Words {
        name: format!("wider-world-{}-{year}", definition.id),
        title: format!(
            "Likely ranges with and without the number invited, {label}, {}, {year}",
            view.headline_subject(audience)
        ),
        base: format!("{base} {label}{invited}"),
        notes: vec![format!(
            "The first range speaks of the {label} invited in {year}: where most of them answered, little is left to chance. The second speaks of {label} in general, of whom these are taken as a sample."
        )],
    };
    Exhibited { part: Part::Sensitivity, table: words.table(view, columns, rows.collect()), chart: None }
}

fn ends(view: &View<'_>, cell: &Cell, of: fn(&Figure) -> Option<&Estimate>) -> [Value; 2] {
    let range = view.figure(cell).and_then(of).and_then(|estimate| estimate.interval);
    let end = |end: Option<f64>| {
        end.map_or(Value::Mark(Mark::NotAvailable), |end| Value::Number(round_decimal(end, MEAN_DECIMALS)))
    };
    [end(range.map(|it| it.lower)), end(range.map(|it| it.upper))]
}
