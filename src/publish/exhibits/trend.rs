//! Averages over all years of the run: everyone's headline side by side, and question by question.
//! With two years the questions are left to the picture of the change, which says more.

use super::broken;
use super::{Exhibited, Part, Words, chart};
use crate::disclose::Status;
use crate::estimate::Verdict;
use crate::publish::chart::{Picture, Trend, TrendLine, TrendPanel, TrendPoint};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Question};
use crate::words::{LIKELY_RANGE, capital, within};

/// From this many years on, each question has a picture of its own course.
const MANY: usize = 3;

/// Nothing where there is one year only.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences: Vec<usize> =
        (0..view.survey.audiences.len()).filter(|&one| !view.waves_of(one).is_empty()).collect();
    if view.waves.len() < 2 || audiences.is_empty() {
        return Vec::new();
    }
    let mut exhibits = vec![headline(view, &audiences)];
    if view.waves.len() >= MANY {
        exhibits.extend(audiences.into_iter().map(|audience| by_question(view, audience)));
    }
    exhibits
}

fn columns(view: &View<'_>, first: &str) -> Vec<Column> {
    vec![
        Column::text(first),
        Column::text("Year"),
        Column::number(format!("Average (score {})", view.scales(view.waves))),
        Column::number("Likely range, lower end (score)"),
        Column::number("Likely range, upper end (score)"),
        Column::number("Who answered (number)"),
    ]
}

fn row(view: &View<'_>, first: String, cell: &Cell) -> Vec<Value> {
    let mut row = vec![Value::Text(first), Value::Text(view.wave_label(cell.wave).to_owned())];
    row.push(view.mean_value(cell));
    row.extend(view.range_values(cell));
    row.push(view.base_value(cell));
    row
}

/// One audience's answers to one question, year by year.
fn line(view: &View<'_>, audience: usize, question: Question) -> TrendLine {
    let cells = view.waves.iter().map(|&wave| view.headline(wave, audience, question));
    let before = [None].into_iter().chain(view.waves.iter().map(|&wave| Some(wave)));
    let points = cells.zip(before).map(|(cell, before)| TrendPoint {
        figure: view.plotted_on(&cell, latest(view)),
        base: view.base_text(&cell),
        joined: before.is_some_and(|before| is_comparable(view, &cell, before)),
    });
    TrendLine {
        name: view.audience(audience).label.clone(),
        accent: view.accent(audience),
        points: points.collect(),
    }
}

/// Whether the wording and the scale stayed the same since the year before.
fn is_comparable(view: &View<'_>, cell: &Cell, before: usize) -> bool {
    let change = view.release.change(cell, before);
    change.is_none_or(|change| change.status != Status::Break)
}

/// The year on whose scale pictures are drawn.
fn latest(view: &View<'_>) -> usize {
    view.waves.last().copied().unwrap_or_default()
}

fn years<'a>(view: &View<'a>) -> [&'a str; 2] {
    let end = |wave: Option<&usize>| wave.map_or("", |&wave| view.wave_label(wave));
    [end(view.waves.first()), end(view.waves.last())]
}

fn trend(view: &View<'_>, panels: Vec<TrendPanel>) -> Picture {
    Picture::Trend(Trend {
        axis: view.axis(latest(view)),
        waves: view.waves.iter().map(|&wave| view.wave_label(wave).to_owned()).collect(),
        panels,
        base_heading: "Number who answered".to_owned(),
    })
}

fn headline(view: &View<'_>, audiences: &[usize]) -> Exhibited {
    let rows = audiences.iter().flat_map(|&audience| {
        view.waves.iter().map(move |&wave| {
            let label = view.audience(audience).label.clone();
            row(view, label, &view.headline(wave, audience, Question::All))
        })
    });
    let subjects = audiences.iter().map(|&audience| {
        format!("{} on {}", within(&view.audience(audience).label), view.headline_subject(audience))
    });
    let subjects = crate::words::listed(&subjects.collect::<Vec<_>>());
    let bases = audiences.iter().map(|&audience| view.base_note(audience));
    let [first, last] = years(view);
    let words = Words {
        name: "trend".to_owned(),
        title: format!("Average score over all questions by year, {}", view.period(view.waves)),
        base: bases.collect::<Vec<_>>().join("; "),
        notes: std::iter::once(format!("{}.", capital(&subjects)))
            .chain(broken::notes(view, view.waves, broken::Rows::Questions))
            .chain([view.pooled(), LIKELY_RANGE.to_owned()])
            .collect(),
    };
    let table = words.table(view, columns(view, "Audience"), rows.collect());
    let lines = audiences.iter().map(|&audience| line(view, audience, Question::All)).collect();
    let picture = trend(view, vec![TrendPanel { title: String::new(), lines }]);
    let subtitle = format!(
        "Average score from {}, all questions together, with likely range, by year: {subjects}",
        view.scale(latest(view))
    );
    let headline = moved(view, audiences).unwrap_or_else(|| format!("Average scores from {first} to {last}"));
    let chart = chart(view, &table, headline, subtitle, picture);
    Exhibited { part: Part::Change, table, chart: Some(chart) }
}

/// "Both averages clearly rose from 2016 to 2017", where all averages did the same between the latest two
/// years.
fn moved(view: &View<'_>, audiences: &[usize]) -> Option<String> {
    let (from, to) = view.latest_pair()?;
    let verdict = |&audience: &usize| {
        Some(view.change(&view.headline(to, audience, Question::All), from)?.comparison.verdict)
    };
    let verdicts = audiences.iter().map(verdict).collect::<Option<Vec<_>>>()?;
    let first = *verdicts.first()?;
    let what = match first {
        Verdict::Higher => "clearly rose",
        Verdict::Lower => "clearly fell",
        Verdict::NotClear | Verdict::NotTested(_) => return None,
    };
    let who = match verdicts.len() {
        1 => "The average",
        2 => "Both averages",
        _ => "All averages",
    };
    let [from, to] = [from, to].map(|wave| view.wave_label(wave));
    verdicts.iter().all(|verdict| *verdict == first).then(|| format!("{who} {what} from {from} to {to}"))
}

fn by_question(view: &View<'_>, audience: usize) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let subject = view.headline_subject(audience);
    let rows = view.questions().into_iter().flat_map(|question| {
        view.waves.iter().map(move |&wave| {
            row(view, view.question_label(question), &view.headline(wave, audience, question))
        })
    });
    let words = Words {
        name: format!("trend-by-question-{}", definition.id),
        title: format!("Average score by question and year, {label}, {subject}, {}", view.period(view.waves)),
        base: view.base_note(audience),
        notes: broken::notes(view, view.waves, broken::Rows::Questions)
            .into_iter()
            .chain([view.pooled(), LIKELY_RANGE.to_owned()])
            .collect(),
    };
    let table = words.table(view, columns(view, "Question"), rows.collect());
    let panels = view.questions().into_iter().map(|question| TrendPanel {
        title: view.question_label(question),
        lines: vec![line(view, audience, question)],
    });
    let picture = trend(view, panels.collect());
    let [first, last] = years(view);
    let subtitle = format!(
        "Average score from {}, {label}, {subject}, with likely range, by year",
        view.scale(latest(view))
    );
    let headline = format!("{}: scores by question, {first} to {last}", definition.label);
    let chart = chart(view, &table, headline, subtitle, picture);
    Exhibited { part: Part::Change, table, chart: Some(chart) }
}
