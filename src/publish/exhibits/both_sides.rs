//! Two audiences side by side: the layout of the council's own Figure 8, with the gap.

use super::gap_row::{gap_columns, gap_values};
use super::verdicts;
use super::{Exhibited, Part, Words, chart};
use crate::estimate::GapKey;
use crate::publish::chart::{Dumbbell, DumbbellRow, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::{View, difference_value};
use crate::tally::Question;
use crate::words::{self, capital, within};

/// One per pair of audiences and wave in which both answered.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences = view.survey.audiences.len();
    let mut exhibits = Vec::new();
    for left in 0..audiences {
        for right in left + 1..audiences {
            let both = view.waves_of(left).into_iter().filter(|wave| view.waves_of(right).contains(wave));
            exhibits.extend(both.map(|wave| exhibit(view, wave, left, right)));
        }
    }
    exhibits
}

fn exhibit(view: &View<'_>, wave: usize, left: usize, right: usize) -> Exhibited {
    let [here, there] = [left, right].map(|audience| view.audience(audience));
    let [ours, theirs] = [here, there].map(|audience| within(&audience.label));
    let year = view.wave_label(wave);
    let key =
        |question| GapKey::of_audiences(wave, [left, right], view.survey.headline_department(left), question);
    let sides = |question| [left, right].map(|audience| view.headline(wave, audience, question));
    let mut columns = vec![
        Column::text("Question"),
        Column::number(format!("{} (score {})", here.label, view.scale(wave))),
        Column::number(format!("{} (score {})", there.label, view.scale(wave))),
    ];
    columns.extend(gap_columns(format!("{} compared", here.label)));
    columns.push(Column::number(format!("{} who answered (number)", here.label)));
    columns.push(Column::number(format!("{} who answered (number)", there.label)));
    let rows = view.questions().into_iter().map(|question| {
        let cells = sides(question);
        let mut row = vec![Value::Text(view.question_wording(question))];
        row.extend(cells.iter().map(|cell| view.mean_value(cell)));
        row.extend(gap_values(view, &key(question)));
        row.extend(cells.iter().map(|cell| view.base_value(cell)));
        row
    });
    let subjects = [left, right].map(|audience| view.headline_subject(audience));
    let words = Words {
        name: format!("both-sides-{year}"),
        title: format!("{} and {theirs} side by side, average score by question, {year}", here.label),
        base: format!("{}; {}", base(view, wave, left), base(view, wave, right)),
        notes: vec![
            format!("{} scored {}; {theirs} scored {}.", here.label, subjects[0], subjects[1]),
            format!("The gap is {ours} minus {theirs}, from unrounded averages."),
            view.pooled(),
        ],
    };
    let table = words.table(view, columns, rows.collect());
    let rows = view.questions().into_iter().map(|question| {
        let cells = sides(question);
        let gap = view.gap(&key(question)).map(|gap| &gap.comparison);
        let words =
            gap.and_then(|it| Some(format!("{}, {}", difference_value(it)?, verdict(it.verdict, &ours))));
        DumbbellRow {
            label: view.question_label(question),
            points: cells.map(|cell| view.plotted_mean(&cell)),
            words: words.unwrap_or_else(|| view.gap_mark(&key(question)).symbol().to_owned()),
            base: cells.map(|cell| view.base_text(&cell)).join(", "),
        }
    });
    let picture = Picture::Dumbbell(Dumbbell {
        axis: view.axis(wave),
        accents: [left, right].map(|audience| view.accent(audience)),
        sides: [here.label.clone(), there.label.clone()],
        rows: rows.collect(),
        words_heading: "Gap in points".to_owned(),
        base_heading: "Number who answered".to_owned(),
    });
    let questions = view.questions().into_iter().filter(|question| *question != Question::All);
    let clear = questions.map(|question| Some(view.gap(&key(question))?.comparison.verdict));
    let headline = match verdicts::apart(clear) {
        Some(words) => format!("{words}, {year}"),
        None => format!("{} and {theirs} side by side, {year}", here.label),
    };
    let subtitle = format!(
        "Average score from {}: {ours} on {}, {theirs} on {}. {}; {}",
        view.scale(wave),
        subjects[0],
        subjects[1],
        base(view, wave, left),
        base(view, wave, right)
    );
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Exhibited { part: Part::BothSides, table, chart: Some(chart) }
}

fn verdict(verdict: crate::estimate::Verdict, left: &str) -> String {
    match words::gap(verdict) {
        clear @ ("higher" | "lower") => format!("{left} {clear}"),
        other => other.to_owned(),
    }
}

fn base(view: &View<'_>, wave: usize, audience: usize) -> String {
    let base = view.base_text(&view.headline(wave, audience, Question::All));
    format!("{base} {} answered", within(&view.audience(audience).label))
}
