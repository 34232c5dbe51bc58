//! Annex: do audiences, or groups, spread their answers differently over the scale?

use super::{Exhibited, Part, Words};
use crate::disclose::Released;
use crate::estimate::{Compared, DistributionKey, DistributionTest, Spread};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::words::within;

/// One per wave and kind of comparison; nothing where there is nothing to compare.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let mut exhibits = Vec::new();
    for &wave in view.waves {
        let year = view.wave_label(wave);
        let of = |is_wanted: fn(&Compared) -> bool| {
            let tests = view.release.distribution_tests();
            let tests = tests.filter(|(key, _)| key.wave == wave && is_wanted(&key.compared));
            let mut tests: Vec<_> = tests.collect();
            // The pooled one last, as everywhere.
            tests.sort_by_key(|(key, _)| (key.compared, key.question == Question::All));
            tests
        };
        let kinds = [
            (of(is_of_audiences), "distribution-tests", "audiences"),
            (of(|compared| !is_of_audiences(compared)), "distribution-tests-groups", "groups"),
        ];
        for (tests, name, who) in kinds.into_iter().filter(|(tests, ..)| !tests.is_empty()) {
            let words = Words {
                name: format!("{name}-{year}"),
                title: format!("Tests whether {who} spread their answers alike over the scale, {year}"),
                base: base(view, wave),
                notes: vec![
                    "Rao and Scott's second-order test: F as in R's svychisq, with the respondent as what was sampled. The questions of one comparison are adjusted together (Holm); \"all questions\" stands alone.".to_owned(),
                    "Only groups with enough answers take part. \"No clear difference\" means that the survey cannot tell whether answers are spread differently. [x] stands where there was nothing to test.".to_owned(),
                ],
            };
            let rows = tests.into_iter().map(|(key, released)| row(view, key, released)).collect();
            let table = words.table(view, columns(), rows);
            exhibits.push(Exhibited { part: Part::Sensitivity, table, chart: None });
        }
    }
    exhibits
}

fn is_of_audiences(compared: &Compared) -> bool {
    matches!(compared, Compared::Audiences { .. })
}

fn columns() -> Vec<Column> {
    vec![
        Column::text("Compared"),
        Column::text("Question"),
        Column::text("What the survey can say"),
        Column::number("p adjusted"),
        Column::number("p"),
        Column::number("F"),
        Column::number("Numerator degrees of freedom"),
        Column::number("Denominator degrees of freedom"),
        Column::number("Sides (number)"),
        Column::number("Who answered (number)"),
    ]
}

fn row(view: &View<'_>, key: &DistributionKey, released: &Released<DistributionTest>) -> Vec<Value> {
    let test = released.figure.value();
    let mark = || Value::Mark(if test.is_some() { Mark::NotAvailable } else { view.distribution_mark(key) });
    let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
    let result = test.and_then(|it| it.test);
    let verdict = |it: &DistributionTest| match it.verdict {
        Spread::Differs => "differ",
        Spread::NotClear => "no clear difference",
        Spread::NotTested => "not tested",
    };
    vec![
        Value::Text(compared(view, key.compared)),
        Value::Text(view.question_label(key.question)),
        test.map_or_else(mark, |it| Value::Text(verdict(it).to_owned())),
        number(test.and_then(|it| it.p_adjusted).map(probability)),
        number(result.map(|it| probability(it.p))),
        number(result.map(|it| round_decimal(it.f, 2))),
        number(result.map(|it| round_decimal(it.numerator_degrees, 1))),
        number(result.map(|it| round_decimal(it.denominator_degrees, 1))),
        number(test.map(|it| it.cells.len().to_string())),
        number(test.filter(|it| it.cells.len() > 1).map(|it| it.respondents.to_string())),
    ]
}

/// Three decimals, and never a bare 0.
fn probability(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { round_decimal(p, 3) }
}

fn compared(view: &View<'_>, compared: Compared) -> String {
    match compared {
        Compared::Audiences { left, right } => {
            format!("{} and {}", view.audience(left).label, within(&view.audience(right).label))
        }
        Compared::Groups { audience, breakdown } => {
            let definition = view.audience(audience);
            format!("{} by {}", definition.label, within(&definition.breakdowns[breakdown].label))
        }
    }
}

fn base(view: &View<'_>, wave: usize) -> String {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.waves_of(one).contains(&wave));
    let each = audiences.map(|one| format!("{} {}", view.base(wave, one), within(&view.audience(one).label)));
    crate::words::listed(&each.collect::<Vec<_>>())
}
