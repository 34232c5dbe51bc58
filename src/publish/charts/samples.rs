//! Charts for the tests: every kind, plain and hard.

use crate::publish::chart::*;
use crate::publish::mark::Mark;

pub(super) const LABELS: [&str; 8] = [
    "Sharing information",
    "Trust",
    "Inclusion in decisions",
    "Integrated working",
    "Managing conflicts",
    "Roles and responsibilities",
    "Strategic direction",
    "Responsiveness",
];
pub(super) const DEPARTMENTS: [&str; 10] = [
    "Adult Operations - Senior Managers",
    "Adult Operations - Frontline",
    "Commissioning - Senior Managers",
    "Commissioning - Officers",
    "Procurement",
    "Service Placement Team",
    "Quality Improvement",
    "Safeguarding",
    "Finance and Payments",
    "Public Health",
];
pub(super) const LONG: &str = "How inclusive and involving are we when planning and making key \
                               decisions that will impact upon service users?";

/// What makes a chart hard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Case {
    Plain,
    TwoRows,
    TwelveRows,
    LongLabels,
    AllEqual,
    Ends,
    OneWithheld,
    AllWithheld,
    NoRange,
}

pub(super) const CASES: [Case; 9] = [
    Case::Plain,
    Case::TwoRows,
    Case::TwelveRows,
    Case::LongLabels,
    Case::AllEqual,
    Case::Ends,
    Case::OneWithheld,
    Case::AllWithheld,
    Case::NoRange,
];

pub(super) fn axis() -> Axis {
    Axis {
        low: 1.0,
        high: 4.0,
        low_label: "1 low".into(),
        high_label: "4 high".into(),
    }
}

pub(super) fn chart(name: &str, picture: Picture) -> Chart {
    Chart {
        name: name.into(),
        headline: "Providers rate trust highest and inclusion in decisions lowest".into(),
        subtitle: "Mean score by question, care providers, autumn 2026, 77 of 148 answered".into(),
        notes: vec![
            "Lines show the likely range of each score.".into(),
            "Source: relationship-management survey of care providers and council officers.".into(),
        ],
        stamps: vec!["Illustrative: invented answers".into()],
        alternative: "Scores lie between 2.4 and 3.2 on a scale from 1 to 4 <& rising>.".into(),
        picture,
    }
}

fn count(case: Case) -> usize {
    match case {
        Case::TwoRows => 2,
        Case::TwelveRows => 12,
        _ => 8,
    }
}

fn label(case: Case, row: usize) -> String {
    match case {
        Case::LongLabels if row == 1 => "Unbreakable".repeat(11),
        Case::LongLabels => LONG.into(),
        _ => LABELS[row % 8].into(),
    }
}

pub(super) fn spread(seed: usize) -> f64 {
    ((seed * 37 + 11) % 100) as f64 / 100.0
}

pub(super) fn point(case: Case, row: usize, series: usize) -> Plotted {
    let seed = row * 5 + series * 3;
    let value = match case {
        Case::AllEqual => 2.5,
        Case::Ends => [1.0, 4.0][(row + series) % 2],
        _ => 2.1 + 1.2 * spread(seed),
    };
    match case {
        Case::AllWithheld => return Plotted::Mark(Mark::Withheld),
        Case::OneWithheld if row == 2 && series == 0 => return Plotted::Mark(Mark::Withheld),
        _ => {}
    }
    let half = 0.1 + 0.2 * spread(seed + 7);
    Plotted::Value {
        value,
        label: format!("{value:.2}"),
        range: (case != Case::NoRange).then_some((value - half, value + half)),
    }
}

fn base(case: Case, row: usize, series: usize) -> String {
    match point(case, row, series) {
        Plotted::Mark(mark) => mark.symbol().into(),
        Plotted::Value { .. } => format!("{}", 40 + (row * 7 + series * 11) % 50),
    }
}

pub(super) fn dots(case: Case, series: usize) -> Chart {
    let names = ["Care providers", "Council officers", "Partners", "Other councils"];
    let rows = (0..count(case))
        .map(|row| DotRow {
            label: label(case, row),
            points: (0..series).map(|index| point(case, row, index)).collect(),
            bases: (0..series).map(|index| base(case, row, index)).collect(),
        })
        .collect();
    chart(
        "question-scores",
        Picture::Dots(Dots {
            axis: axis(),
            series: names[..series].iter().map(|name| (*name).into()).collect(),
            rows,
            base_heading: "Number who answered".into(),
        }),
    )
}
