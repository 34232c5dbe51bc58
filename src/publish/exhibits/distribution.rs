//! How often each answer was given.

use super::{Exhibited, Part, Words, chart, per_wave};
use crate::publish::chart::{Distribution, DistributionRow, Picture, Plotted};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::tally::{Cell, Question};
use crate::words::{capital, within};

/// One per audience and wave.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    per_wave(view, |_| true, |wave, audience| exhibit(view, wave, audience))
}

fn exhibit(view: &View<'_>, wave: usize, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let subject = view.headline_subject(audience);
    let year = view.wave_label(wave);
    let scale = view.survey.scale_of(wave);
    let scores: Vec<String> = (1..=scale.top)
        .map(|score| match score {
            1 => format!("1 {}", scale.low_label),
            top if top == scale.top => format!("{top} {}", scale.high_label),
            middle => middle.to_string(),
        })
        .collect();
    let mut columns = vec![Column::text("Question")];
    columns.extend(scores.iter().map(|score| Column::number(format!("Scored {score} (% of scores)"))));
    let asks_contact = scale.no_contact.is_some();
    columns.extend(asks_contact.then(|| Column::number("No contact (% of scores and no contact)")));
    columns.push(Column::number("Scores given (number)"));
    columns.push(Column::number("Who answered (number)"));
    let rows = view.questions().into_iter().map(|question| {
        let cell = view.headline(wave, audience, question);
        let mut row = vec![Value::Text(view.question_label(question))];
        for score in 0..usize::from(scale.top) {
            row.push(view.percent_value(&cell, |it| Some((it.counts.scores[score], it.counts.answers()))));
        }
        row.extend(asks_contact.then(|| no_contact(view, &cell)));
        row.push(match view.figure(&cell) {
            Some(figure) => Value::Number(figure.counts.answers().to_string()),
            None => Value::Mark(view.mark(&cell)),
        });
        row.push(view.base_value(&cell));
        row
    });
    let words = Words {
        name: format!("distribution-{}-{year}", definition.id),
        title: format!("How often each score was given, {label}, {subject}, {year}"),
        base: view.base_note(audience),
        notes: vec!["Percentages are rounded and may not add up to 100.".to_owned()],
    };
    let table = words.table(view, columns, rows.collect());
    let bars =
        view.questions().into_iter().map(|question| bar(view, &view.headline(wave, audience, question)));
    let picture = Picture::Distribution(Distribution {
        scores,
        split: usize::from(scale.top_cut()) - 1,
        rows: bars.collect(),
        no_contact_heading: "No contact".to_owned(),
        base_heading: "Number who answered".to_owned(),
    });
    let headline = format!("How often {label} gave each score, {year}");
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    let contact = if asks_contact { "; no contact as a percentage of scores and no contact" } else { "" };
    let subtitle = format!("Percentage of scores for {subject}{contact}. {base} {label} answered");
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part: Part::Scores, table, chart: Some(chart) }
}

fn no_contact(view: &View<'_>, cell: &Cell) -> Value {
    view.percent_value(cell, |it| Some((it.counts.no_contact, it.counts.answers() + it.counts.no_contact)))
}

fn bar(view: &View<'_>, cell: &Cell) -> DistributionRow {
    let counts = view.figure(cell).map(|figure| figure.counts).filter(|counts| counts.answers() > 0);
    let shares = counts.map(|counts| {
        let scores = counts.scores.iter().take(usize::from(view.survey.scale_of(cell.wave).top));
        let share = |count: &u64| {
            let of = counts.answers();
            let percent = Ratio::new(count * 100, of).map_or_else(String::new, |it| it.rounded(0));
            (*count as f64 / of as f64, percent)
        };
        scores.map(share).collect()
    });
    let no_contact = match (no_contact(view, cell), view.figure(cell).and_then(|it| it.no_contact_share)) {
        (Value::Number(text), Some(share)) => {
            Plotted::Value { value: share.value, label: format!("{text}%"), range: None }
        }
        _ => Plotted::Mark(view.mark(cell)),
    };
    DistributionRow {
        label: view.question_label(cell.question),
        shares: shares.ok_or_else(|| view.mark(cell)),
        no_contact: view.survey.scale_of(cell.wave).no_contact.map(|_| no_contact),
        base: view.base_text(cell),
    }
}
