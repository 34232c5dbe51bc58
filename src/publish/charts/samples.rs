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
    Axis { low: 1.0, high: 4.0, low_label: "1 low".into(), high_label: "4 high".into() }
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

fn words(case: Case, row: usize) -> String {
    match case {
        Case::AllWithheld => "[c]".into(),
        Case::LongLabels => "Council officers score themselves higher by 0.42 points".into(),
        _ if row.is_multiple_of(3) => "no clear gap".into(),
        _ => format!("officers higher by 0.{}2", row % 9),
    }
}

pub(super) fn dumbbell(case: Case) -> Chart {
    let rows = (0..count(case))
        .map(|row| DumbbellRow {
            label: label(case, row),
            points: [point(case, row, 0), point(case, row, 1)],
            words: words(case, row),
            base: format!("{}, {}", base(case, row, 0), base(case, row, 1)),
        })
        .collect();
    chart(
        "both-sides",
        Picture::Dumbbell(Dumbbell {
            axis: axis(),
            sides: ["Care providers".into(), "Council officers".into()],
            rows,
            words_heading: "Gap".into(),
            base_heading: "Number who answered".into(),
        }),
    )
}

fn shift(case: Case, row: usize) -> Plotted {
    let value = match case {
        Case::AllEqual => 0.0,
        Case::Ends => [3.0, -3.0][row % 2],
        _ => spread(row * 3 + 1) - 0.35,
    };
    let sign = if value < 0.0 { "−" } else { "+" };
    match point(case, row, 0) {
        Plotted::Mark(mark) => Plotted::Mark(mark),
        Plotted::Value { .. } if row == 4 => Plotted::Mark(Mark::Break),
        Plotted::Value { .. } => Plotted::Value {
            value,
            label: format!("{sign}{:.2}", value.abs()),
            range: (case != Case::NoRange).then_some((value - 0.22, value + 0.22)),
        },
    }
}

pub(super) fn change(case: Case) -> Chart {
    let rows = (0..count(case))
        .map(|row| ChangeRow {
            label: label(case, row),
            from: if case == Case::Plain && row == 5 {
                Plotted::Mark(Mark::NotAvailable)
            } else {
                point(case, row, 0)
            },
            to: point(case, row, 1),
            change: shift(case, row),
            verdict: ["rose", "no clear change", "fell", "not tested"][row % 4].into(),
            base: format!("{}, {}", base(case, row, 0), base(case, row, 1)),
        })
        .collect();
    chart("change", Picture::Change(Change { axis: axis(), years: ["2023".into(), "2026".into()], rows }))
}

pub(super) fn differences(case: Case, series: usize) -> Chart {
    let names =
        ["Everyone, as separate people", "Everyone, overlap known", "Answered in both years", "Others"];
    let rows = (0..count(case))
        .map(|row| DifferenceRow {
            label: label(case, row),
            points: (0..series).map(|index| shift(case, row + 2 * index)).collect(),
            bases: (0..series)
                .map(|index| format!("{}, {}", base(case, row, 0), base(case, row, index)))
                .collect(),
            words: words(case, row),
        })
        .collect();
    chart(
        "change-among-the-same",
        Picture::Differences(Differences {
            axis_heading: "Change in points".into(),
            series: names[..series].iter().map(|name| (*name).into()).collect(),
            rows,
            words_heading: "Has it changed?".into(),
            base_heading: "Number who answered, 2023 and 2026".into(),
        }),
    )
}

pub(super) fn distribution(case: Case) -> Chart {
    let rows = (0..count(case))
        .map(|row| {
            let first = match case {
                Case::AllEqual => [0.25, 0.25, 0.25],
                Case::Ends => [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]][row % 2],
                _ => {
                    let low = 0.02 + 0.2 * spread(row);
                    let mid = 0.15 + 0.2 * spread(row + 3);
                    [low, mid, 0.35 - 0.1 * spread(row + 5)]
                }
            };
            let shares = [first[0], first[1], first[2], 1.0 - first.iter().sum::<f64>()];
            let printed = |share: &f64| (*share, format!("{:.0}%", share * 100.0));
            DistributionRow {
                label: label(case, row),
                shares: match point(case, row, 0) {
                    Plotted::Mark(mark) => Err(mark),
                    Plotted::Value { .. } => Ok(shares.iter().map(printed).collect()),
                },
                no_contact: match point(case, row, 0) {
                    Plotted::Mark(mark) => Plotted::Mark(mark),
                    Plotted::Value { .. } => {
                        let value = if case == Case::Ends { 1.0 } else { 0.4 * spread(row + 2) };
                        Plotted::Value { value, label: format!("{:.0}%", value * 100.0), range: None }
                    }
                },
                base: base(case, row, 0),
            }
        })
        .collect();
    chart(
        "distribution",
        Picture::Distribution(Distribution {
            scores: ["1 low", "2", "3", "4 high"].map(String::from).to_vec(),
            split: 2,
            rows,
            no_contact_heading: "No contact".into(),
            base_heading: "Number who answered".into(),
        }),
    )
}

pub(super) fn heatmap(case: Case, columns: usize) -> Chart {
    let rows = (0..count(case).max(if case == Case::Plain { 10 } else { 0 }))
        .map(|row| {
            let name = match case {
                Case::LongLabels => label(case, row),
                _ => DEPARTMENTS[row % 10].into(),
            };
            let figures = (0..columns)
                .map(|column| match (row * 7 + column * 3) % 23 {
                    5 if case == Case::Plain => Plotted::Mark(Mark::Withheld),
                    9 if case == Case::Plain => Plotted::Mark(Mark::NobodyScored),
                    _ => point(case, row, column),
                })
                .collect();
            (name, figures)
        })
        .collect();
    let column = |index: usize| match case {
        Case::LongLabels => label(case, index),
        Case::TwoRows => DEPARTMENTS[index % 10].into(),
        _ => LABELS[index % 8].into(),
    };
    chart(
        "departments",
        Picture::Heatmap(Heatmap {
            columns: (0..columns).map(column).collect(),
            rows,
            low: 2.0,
            high: 3.5,
            low_label: "lower score".into(),
            high_label: "higher score".into(),
        }),
    )
}

pub(super) fn multiples(case: Case, panels: usize) -> Chart {
    let groups = ["North", "Mid", "South", "West", "County wide"];
    let rows = match case {
        Case::TwoRows => 2,
        Case::TwelveRows => 12,
        _ => 5,
    };
    let name = |row: usize| match case {
        Case::LongLabels => label(case, row),
        _ => groups[row % 5].into(),
    };
    chart(
        "areas",
        Picture::Multiples(Multiples {
            axis: axis(),
            groups: (0..rows).map(|row| (name(row), base(case, row, 0))).collect(),
            base_heading: "Number who answered".into(),
            panels: (0..panels)
                .map(|panel| Panel {
                    title: label(case, panel),
                    points: (0..rows).map(|row| point(case, row, panel * 7 % 11)).collect(),
                })
                .collect(),
        }),
    )
}

pub(super) fn bars(case: Case, series: usize) -> Chart {
    let names = ["Answered the survey", "Did not answer", "Returned to sender", "Not asked"];
    let rows = (0..count(case))
        .map(|row| {
            let figures = (0..series)
                .map(|index| match point(case, row, index) {
                    Plotted::Mark(mark) => Plotted::Mark(mark),
                    Plotted::Value { value, .. } => {
                        let value = (value - 1.0) / 3.0 * 100.0;
                        Plotted::Value {
                            value,
                            label: format!("{value:.0}%"),
                            range: (case == Case::LongLabels).then_some((value - 4.0, value + 4.0)),
                        }
                    }
                })
                .collect();
            (label(case, row), figures)
        })
        .collect();
    chart(
        "response",
        Picture::Bars(Bars {
            series: names[..series].iter().map(|name| (*name).into()).collect(),
            rows,
            high: 100.0,
            unit: "% of those asked".into(),
        }),
    )
}

/// Charts whose words, not figures, are hard: long names, long axis ends, several stamps.
pub(super) fn wordy() -> Vec<Chart> {
    let long = || "Officers of the departments who commission or purchase care".to_owned();
    let ends = Axis {
        low_label: "disproportionately ineffective".into(),
        high_label: "very effective".into(),
        ..axis()
    };
    let mut charts = vec![
        dots(Case::Plain, 3),
        dumbbell(Case::OneWithheld),
        change(Case::Plain),
        distribution(Case::Plain),
        heatmap(Case::Plain, 8),
        multiples(Case::Plain, 8),
        bars(Case::Plain, 3),
        differences(Case::Plain, 3),
    ];
    for chart in &mut charts {
        chart.headline = LONG.into();
        chart.subtitle = format!("{LONG} {LONG}");
        chart.stamps =
            vec!["Illustrative: invented answers".into(), LONG.into(), "Not for publication".into()];
        chart.notes.push(format!("[c] {LONG} {LONG}"));
        match &mut chart.picture {
            Picture::Dots(dots) => (dots.series, dots.axis) = (vec![long(); 3], ends.clone()),
            Picture::Dumbbell(dumbbell) => {
                (dumbbell.sides, dumbbell.axis) = ([long(), long()], ends.clone());
                dumbbell.words_heading = LONG.into();
            }
            Picture::Change(change) => {
                change.years = ["Spring 2023, first round".into(), "Autumn 2026, second round".into()];
                change.axis = ends.clone();
            }
            Picture::Distribution(distribution) => {
                distribution.scores = vec![long(); 4];
                distribution.no_contact_heading = long();
            }
            Picture::Heatmap(heatmap) => {
                (heatmap.low_label, heatmap.high_label) = (long(), long());
                heatmap.rows[0].1[0] =
                    Plotted::Value { value: 2.5, label: "2.50 (12 answered)".into(), range: None };
            }
            Picture::Multiples(multiples) => {
                (multiples.axis, multiples.base_heading) = (ends.clone(), long());
            }
            Picture::Bars(bars) => (bars.series, bars.unit) = (vec![long(); 3], LONG.into()),
            Picture::Differences(differences) => {
                (differences.series, differences.axis_heading) = (vec![long(); 3], LONG.into());
                (differences.words_heading, differences.base_heading) = (LONG.into(), long());
            }
        }
    }
    charts
}
