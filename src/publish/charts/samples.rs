//! Charts for the tests: every kind, plain and hard.

use crate::colour::{Colour, series};
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

/// Texts that mean something to somebody.
const HOSTILE: [&str; 6] = [
    "<script>alert(\"1\")</script>",
    "=HYPERLINK(\"http://x\", 'y')",
    "\u{202e}thgir ot\u{202c} \u{200f}left & ]]>",
    "Sixty letters of a name that nobody would ever want to read. ",
    "two\nlines\tand\u{0}\u{ffff} more",
    "\u{1f600}\u{1f468}\u{200d}\u{1f469} faces",
];

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
    Hostile,
}

pub(super) const CASES: [Case; 10] = [
    Case::Plain,
    Case::TwoRows,
    Case::TwelveRows,
    Case::LongLabels,
    Case::AllEqual,
    Case::Ends,
    Case::OneWithheld,
    Case::AllWithheld,
    Case::NoRange,
    Case::Hostile,
];

const FIRST: Accent = Accent(Colour(0x12, 0x43, 0x6D));
const SECOND: Accent = Accent(Colour(0xF4, 0x6A, 0x25));

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
        Case::Hostile => HOSTILE[row % HOSTILE.len()].repeat(if row == 3 { 5 } else { 1 }),
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
            accent: FIRST,
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
            accents: [FIRST, SECOND],
            sides: ["Care providers".into(), "Council officers".into()],
            rows,
            words_heading: "Gap".into(),
            base_heading: "Number who answered".into(),
        }),
    )
}

/// Where `councils` other councils lie, beside this one.
pub(super) fn councils(case: Case, councils: usize) -> Chart {
    let rows = (0..count(case)).map(|row| {
        let others = match point(case, row, 1) {
            Plotted::Value { range, .. } if councils > 1 && range.is_none() => {
                let (low, high) = (2.2, 2.9);
                Plotted::Value { value: 2.5, label: "2.50".into(), range: Some((low, high)) }
            }
            Plotted::Value { value, label, range } => {
                Plotted::Value { value, label, range: range.filter(|_| councils > 1) }
            }
            mark @ Plotted::Mark(_) => mark,
        };
        let median = match &others {
            Plotted::Value { range: Some((low, high)), .. } => Some(low + (high - low) * spread(row)),
            _ => None,
        };
        CouncilRow {
            label: label(case, row),
            ours: point(case, row, 0),
            others,
            median,
            words: words(case, row),
            base: format!("{}, {councils}", base(case, row, 0)),
        }
    });
    chart(
        "other-councils",
        Picture::Councils(Councils {
            axis: axis(),
            accent: FIRST,
            names: ["Example Council, with its likely range".into(), "Average of the other councils".into()],
            spread_name: "From the lowest to the highest of them, with a tick at the median".into(),
            rows: rows.collect(),
            words_heading: "Example Council compared, in points".into(),
            base_heading: "Number who answered, other councils".into(),
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
    chart(
        "change",
        Picture::Change(Change { axis: axis(), accent: SECOND, years: ["2023".into(), "2026".into()], rows }),
    )
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
                    Plotted::Mark(mark) => Some(Plotted::Mark(mark)),
                    Plotted::Value { .. } => {
                        let value = if case == Case::Ends { 1.0 } else { 0.4 * spread(row + 2) };
                        Some(Plotted::Value { value, label: format!("{:.0}%", value * 100.0), range: None })
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
            ValueRow { label: name, values: figures, base: base(case, row, 1) }
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
            base_heading: "Number who answered".into(),
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
            accent: SECOND,
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
            ValueRow { label: label(case, row), values: figures, base: base(case, row, 1) }
        })
        .collect();
    chart(
        "response",
        Picture::Bars(Bars {
            series: names[..series].iter().map(|name| (*name).into()).collect(),
            accents: vec![FIRST],
            rows,
            base_heading: "Number who answered".into(),
            high: 100.0,
            unit: "% of those asked".into(),
        }),
    )
}

/// A trend; one withheld is a year without answers as well, two rows are two years.
pub(super) fn trend(case: Case, lines: usize, waves: usize, panels: usize) -> Chart {
    let names = ["Care providers", "Council officers", "Partners", "Other councils"];
    let of_line = |panel: usize, line: usize| TrendLine {
        name: match case {
            Case::LongLabels | Case::Hostile => label(case, line),
            _ => names[line].into(),
        },
        accent: Accent(series(line, lines)),
        points: (0..waves)
            .map(|wave| TrendPoint {
                figure: match case {
                    Case::OneWithheld if wave + 1 == waves && line == 0 => Plotted::Mark(Mark::NotAvailable),
                    _ => point(case, wave, line + panel),
                },
                base: base(case, wave, line),
                joined: wave > 0,
            })
            .collect(),
    };
    let name = |panel| if panels == 1 { String::new() } else { label(case, panel) };
    chart(
        "trend",
        Picture::Trend(Trend {
            axis: axis(),
            waves: (0..waves)
                .map(|wave| match case {
                    Case::Hostile => label(case, wave),
                    Case::LongLabels => format!("Spring and summer {}", 2016 + wave),
                    _ => format!("{}", 2016 + wave),
                })
                .collect(),
            panels: (0..panels)
                .map(|panel| TrendPanel {
                    title: name(panel),
                    lines: (0..lines).map(|line| of_line(panel, line)).collect(),
                })
                .collect(),
            base_heading: "Number who answered".into(),
        }),
    )
}

pub(super) fn waterfall(case: Case) -> Chart {
    let rows = (0..count(case)).map(|row| {
        let steps = [shift(case, row), shift(case, row + 5)];
        let value = |figure: &Plotted| match figure {
            Plotted::Value { value, .. } => Some(*value),
            Plotted::Mark(_) => None,
        };
        let total = value(&steps[0]).zip(value(&steps[1])).map(|(one, other)| one + other);
        WaterfallRow {
            label: label(case, row),
            steps: steps.to_vec(),
            total: total.map_or(Plotted::Mark(Mark::Withheld), |value| Plotted::Value {
                value,
                label: format!("{value:+.2}"),
                range: None,
            }),
        }
    });
    chart(
        "change-and-who-answered",
        Picture::Waterfall(Waterfall {
            axis_heading: "Change in points".into(),
            accent: FIRST,
            steps: vec!["Same groups scoring differently".into(), "Different people answering".into()],
            total: "Change in the average".into(),
            rows: rows.collect(),
        }),
    )
}

pub(super) fn ladder(case: Case, years: usize) -> Chart {
    let levels = ["told, little consultation", "consulted before key decisions", "involved", "by consensus"];
    let rows = (0..count(case)).map(|row| LadderRow {
        label: label(case, row),
        note: if row == 1 { String::new() } else { label(case, row + 1) },
        levels: (0..4)
            .map(|level| match case {
                Case::LongLabels | Case::Hostile => label(case, level),
                _ => levels[level].into(),
            })
            .collect(),
        points: (0..years).map(|year| point(case, row, year)).collect(),
        bases: (0..years).map(|year| base(case, row, year)).collect(),
    });
    chart(
        "ladder",
        Picture::Ladder(Ladder {
            accent: FIRST,
            years: ["2023", "2026"][..years].iter().map(|year| (*year).into()).collect(),
            rows: rows.collect(),
            base_heading: "Number who answered".into(),
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
        councils(Case::Plain, 3),
        change(Case::Plain),
        distribution(Case::Plain),
        heatmap(Case::Plain, 8),
        multiples(Case::Plain, 8),
        bars(Case::Plain, 3),
        differences(Case::Plain, 3),
        trend(Case::Plain, 2, 5, 1),
        trend(Case::Plain, 2, 3, 4),
        waterfall(Case::Plain),
        ladder(Case::Plain, 2),
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
            Picture::Councils(councils) => {
                (councils.names, councils.axis) = ([long(), long()], ends.clone());
                (councils.spread_name, councils.words_heading) = (LONG.into(), LONG.into());
                councils.base_heading = long();
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
                heatmap.rows[0].values[0] =
                    Plotted::Value { value: 2.5, label: "2.50 (12 answered)".into(), range: None };
            }
            Picture::Multiples(multiples) => {
                (multiples.axis, multiples.base_heading) = (ends.clone(), long());
            }
            Picture::Bars(bars) => (bars.series, bars.unit) = (vec![long(); 3], LONG.into()),
            Picture::Trend(trend) => {
                trend.axis = ends.clone();
                trend.base_heading = LONG.into();
                trend.waves = vec!["Spring 2023, first round, on paper".into(); trend.waves.len()];
                trend.panels.iter_mut().flat_map(|panel| &mut panel.lines).for_each(|line| {
                    line.name = long();
                });
            }
            Picture::Waterfall(waterfall) => {
                (waterfall.steps, waterfall.total) = (vec![long(); 2], LONG.into());
                waterfall.axis_heading = LONG.into();
            }
            Picture::Ladder(ladder) => {
                ladder.years = vec!["Spring 2023, first round".into(); ladder.years.len()];
                ladder.base_heading = LONG.into();
                ladder.rows[0].levels = vec![LONG.into(); 4];
            }
            Picture::Differences(differences) => {
                (differences.series, differences.axis_heading) = (vec![long(); 3], LONG.into());
                (differences.words_heading, differences.base_heading) = (LONG.into(), long());
            }
        }
    }
    charts
}
