//! Question scores: the layout of the council's own Figure 7, with what they rest on.

use super::broken;
use super::departments::latest_two;
use super::{Exhibited, Part, Words, chart};
use crate::publish::chart::{DotRow, Dots, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::tally::Question;
use crate::words::{LIKELY_RANGE, capital, within};

/// One per audience.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    (0..view.survey.audiences.len()).filter_map(|audience| exhibit(view, audience)).collect()
}

fn exhibit(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let waves = view.waves_of(audience);
    let latest = *waves.last()?;
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let subject = view.headline_subject(audience);
    let period = view.period(&waves);
    let mut columns = vec![Column::text("Question")];
    for &wave in &waves {
        let year = view.wave_label(wave);
        columns.push(Column::number(format!("{year} average (score {})", view.scale(wave))));
        columns.push(Column::number(format!("{year} likely range, lower end (score)")));
        columns.push(Column::number(format!("{year} likely range, upper end (score)")));
        columns.push(Column::number(format!("{year} who answered (number)")));
    }
    let rows = view.questions().into_iter().map(|question| {
        let mut row = vec![Value::Text(view.question_wording(question))];
        for &wave in &waves {
            let cell = view.headline(wave, audience, question);
            row.push(view.mean_value(&cell));
            row.extend(view.range_values(&cell));
            row.push(view.base_value(&cell));
        }
        row
    });
    let mut notes = broken::notes(view, &waves, broken::Rows::Questions);
    notes.extend([view.pooled(), LIKELY_RANGE.to_owned()]);
    let words = Words {
        name: format!("question-scores-{}", definition.id),
        title: format!("Average score by question, {label}, {subject}, {period}"),
        base: view.base_note(audience),
        notes,
    };
    let table = words.table(view, columns, rows.collect());
    let drawn = latest_two(&waves);
    let dots = view.questions().into_iter().map(|question| {
        let cells = drawn.iter().map(|&wave| view.headline(wave, audience, question));
        DotRow {
            label: view.question_label(question),
            points: cells.clone().map(|cell| view.plotted_on(&cell, latest)).collect(),
            bases: cells.map(|cell| view.base_text(&cell)).collect(),
        }
    });
    let picture = Picture::Dots(Dots {
        axis: view.axis(latest),
        accent: view.accent(audience),
        series: drawn.iter().map(|&wave| view.wave_label(wave).to_owned()).collect(),
        rows: dots.collect(),
        base_heading: "Number who answered".to_owned(),
    });
    let headline =
        range(view, audience, drawn).unwrap_or_else(|| format!("How {label} scored each question"));
    let subtitle = format!(
        "Average score from {} for {subject}, with likely range, {}. Answered by {}",
        view.scale(latest),
        view.period(drawn),
        view.base_note(audience)
    );
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Some(Exhibited { part: Part::Scores, table, chart: Some(chart) })
}

/// "In 2017 care providers scored questions from 2.19 to 2.64", where every question is shown.
fn range(view: &View<'_>, audience: usize, drawn: &[usize]) -> Option<String> {
    let &wave = drawn.last()?;
    let questions = (0..view.survey.questions.len()).map(Question::One);
    let means = questions.map(|question| view.mean(&view.headline(wave, audience, question)));
    let mut means = means.collect::<Option<Vec<_>>>()?;
    means.sort_by(|one, other| one.value.total_cmp(&other.value));
    let [lowest, highest] = [means.first()?, means.last()?].map(|mean| mean.rounded(MEAN_DECIMALS));
    let (year, label) = (view.wave_label(wave), within(&view.audience(audience).label));
    (lowest != highest).then(|| format!("In {year} {label} scored questions from {lowest} to {highest}"))
}
