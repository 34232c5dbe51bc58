//! Annex: gaps between different people as effect sizes, beside the gap in points.

use super::{Exhibited, Part, Words};
use crate::estimate::{GapKey, Kind, Side};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::{View, difference_value};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::words::{self, signed, within};

/// Decimals of an effect size.
const DECIMALS: u32 = 2;

/// Per wave: each pair of audiences by question, then the groups of each audience against the rest.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    for &wave in view.waves {
        let audiences: Vec<usize> =
            (0..view.survey.audiences.len()).filter(|&one| view.waves_of(one).contains(&wave)).collect();
        for (position, &left) in audiences.iter().enumerate() {
            let others = audiences[position + 1..].iter();
            exhibits.extend(others.map(|&right| of_audiences(view, wave, left, right)));
        }
        exhibits.extend(audiences.iter().filter_map(|&audience| of_groups(view, wave, audience)));
    }
    exhibits
}

fn of_audiences(view: &View<'_>, wave: usize, left: usize, right: usize) -> Exhibited {
    let [ours, theirs] = [left, right].map(|audience| &view.audience(audience).label);
    let year = view.wave_label(wave);
    let key = |question| GapKey {
        kind: Kind::Audiences,
        wave,
        audience: None,
        department: Some(view.survey.headline_department(left)),
        question,
        breakdown: None,
        left: Side::Audience(left),
        right: Side::Audience(right),
    };
    let mut columns = vec![Column::text("Question")];
    columns.extend(figure_columns(ours, theirs));
    let rows = view.questions().into_iter().map(|question| {
        let mut row = vec![Value::Text(view.question_label(question))];
        row.extend(figures(view, &key(question)));
        row
    });
    let subjects = [left, right].map(|audience| view.headline_subject(audience));
    let (here, there) = (within(ours), within(theirs));
    let words = Words {
        name: format!("effect-sizes-{year}"),
        title: format!("Effect sizes of the gaps between {here} and {there} by question, {year}"),
        base: format!("{} {here} and {} {there}", view.base(wave, left), view.base(wave, right)),
        notes: vec![explanation(), format!("{ours} scored {}; {there} scored {}.", subjects[0], subjects[1])],
    };
    Exhibited { part: Part::Sensitivity, table: words.table(view, columns, rows.collect()), chart: None }
}

/// `None` where the audience is not divided into groups.
fn of_groups(view: &View<'_>, wave: usize, audience: usize) -> Option<Exhibited> {
    let definition = view.audience(audience);
    let (year, label) = (view.wave_label(wave), within(&definition.label));
    let mut columns = vec![Column::text("Breakdown"), Column::text("Group")];
    columns.extend(figure_columns("The group", "The other groups"));
    let mut rows = Vec::new();
    for (breakdown, by) in definition.breakdowns.iter().enumerate() {
        let groups = by.groups.iter().enumerate().filter(|_| by.asked.in_wave(wave) && by.groups.len() > 1);
        for (group, names) in groups {
            let key = GapKey {
                kind: Kind::Groups,
                wave,
                audience: Some(audience),
                department: Some(view.survey.headline_department(audience)),
                question: Question::All,
                breakdown: Some(breakdown),
                left: Side::Group(group),
                right: Side::Rest,
            };
            let mut row = vec![Value::Text(by.label.clone()), Value::Text(names.label.clone())];
            row.extend(figures(view, &key));
            rows.push(row);
        }
    }
    let subject = view.headline_subject(audience);
    let words = Words {
        name: format!("effect-sizes-{}-{year}", definition.id),
        title: format!("Effect sizes of each group against the other groups, {label}, {subject}, {year}"),
        base: format!("{} {label}", view.base(wave, audience)),
        notes: vec![explanation(), "All questions together. The other groups are those of the same breakdown; who did not state a group is on neither side.".to_owned()],
    };
    (!rows.is_empty()).then(|| Exhibited {
        part: Part::Sensitivity,
        table: words.table(view, columns, rows),
        chart: None,
    })
}

fn figure_columns(left: &str, right: &str) -> Vec<Column> {
    vec![
        Column::number("Gap (points)"),
        Column::text(format!("{left} compared")),
        Column::number("Cliff's delta (\u{2212}1 to +1)"),
        Column::number("Likely range of delta, lower end"),
        Column::number("Likely range of delta, upper end"),
        Column::number(format!("{left} who answered (number)")),
        Column::number(format!("{right} who answered (number)")),
    ]
}

fn figures(view: &View<'_>, key: &GapKey) -> Vec<Value> {
    let gap = view.gap(key);
    let mark = || Value::Mark(view.gap_mark(key));
    let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
    let effect = gap.and_then(|it| it.effect);
    // A gap that is shown and has no effect size would tell the order of a few people by it.
    let hidden = || if gap.is_some() { Value::Mark(Mark::Withheld) } else { mark() };
    // An effect size without a range rests on too few people for one.
    let end = |end: Option<f64>| match (effect, end) {
        (None, _) => hidden(),
        (Some(_), None) => Value::Mark(Mark::NotAvailable),
        (_, Some(end)) => Value::Number(signed(&round_decimal(end, DECIMALS))),
    };
    let range = effect.and_then(|it| it.interval);
    let comparison = gap.map(|it| &it.comparison);
    let base = |side: Option<crate::estimate::Estimate>| number(side.map(|it| it.respondents.to_string()));
    vec![
        number(comparison.and_then(difference_value)),
        comparison.map_or_else(mark, |it| Value::Text(words::gap(it.verdict).to_owned())),
        effect.map_or_else(hidden, |it| Value::Number(signed(&it.rounded(DECIMALS)))),
        end(range.map(|it| it.lower)),
        end(range.map(|it| it.upper)),
        base(comparison.and_then(|it| it.left)),
        base(comparison.and_then(|it| it.right)),
    ]
}

fn explanation() -> String {
    "Cliff's delta is the chance that someone on the left scores higher than someone on the right, minus the chance of the opposite, with one number per respondent: the average of their scores. 0 means that neither side tends to score higher. The comparison in words is the test of the gap in points, which makes use of the number invited; the range of delta does not, so it can be wide where the test is clear.".to_owned()
}
