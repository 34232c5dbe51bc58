//! What is counted, and how it is printed.

use std::collections::BTreeMap;
use std::fmt;

use rmsurvey::estimate::{Estimate, SMALLEST_BASE};

/// The figures whose intervals are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    OverallMean,
    BestKnownDepartment,
    LeastKnownDepartment,
    OfficersMean,
    AudienceGap,
    SmallestGroupGap,
    EveryGroupGap,
    CombinedChange,
    CombinedChangeOfDepartment,
    MatchedChange,
    MatchedChangeOfTheSet,
    SeparateChangeOfStrangers,
    SeparateChangeOfTheSame,
    AnswersAsPeople,
}

/// What is promised of a nominal 95% interval, in percent of the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Promise {
    Between(f64, f64),
    AtLeast(f64),
    /// Shown for contrast.
    Nothing,
}

impl Figure {
    pub const ALL: [Figure; 14] = [
        Figure::OverallMean,
        Figure::BestKnownDepartment,
        Figure::LeastKnownDepartment,
        Figure::OfficersMean,
        Figure::AudienceGap,
        Figure::SmallestGroupGap,
        Figure::EveryGroupGap,
        Figure::CombinedChange,
        Figure::CombinedChangeOfDepartment,
        Figure::MatchedChange,
        Figure::MatchedChangeOfTheSet,
        Figure::SeparateChangeOfStrangers,
        Figure::SeparateChangeOfTheSame,
        Figure::AnswersAsPeople,
    ];

    fn name(self) -> &'static str {
        match self {
            Figure::OverallMean => "Overall mean of providers, all answers pooled",
            Figure::BestKnownDepartment => "Mean of the department that most providers know",
            Figure::LeastKnownDepartment => "Mean of the department that fewest providers know",
            Figure::OfficersMean => "Overall mean of officers, 40 to 44 of 52",
            Figure::AudienceGap => "Gap between providers and officers",
            Figure::SmallestGroupGap => "Gap between the smallest and the largest group",
            Figure::EveryGroupGap => "Gaps between any two of four groups",
            Figure::CombinedChange => "Combined change, overlap known",
            Figure::CombinedChangeOfDepartment => {
                "Combined change of the department that fewest providers know"
            }
            Figure::MatchedChange => "Matched change, of everybody who would answer in both waves",
            Figure::MatchedChangeOfTheSet => "Matched change, of exactly those who answered",
            Figure::SeparateChangeOfStrangers => "Independent change, nobody in both samples",
            Figure::SeparateChangeOfTheSame => "Independent change, though the samples overlap",
            Figure::AnswersAsPeople => "Overall mean, were every answer another person's",
        }
    }

    fn promise(self) -> Promise {
        match self {
            Figure::SmallestGroupGap | Figure::EveryGroupGap => Promise::AtLeast(92.5),
            Figure::SeparateChangeOfTheSame => Promise::AtLeast(95.0),
            Figure::CombinedChangeOfDepartment | Figure::MatchedChangeOfTheSet | Figure::AnswersAsPeople => {
                Promise::Nothing
            }
            _ => Promise::Between(93.0, 97.0),
        }
    }
}

impl fmt::Display for Promise {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Promise::Between(lowest, highest) => write!(out, "{lowest} to {highest}"),
            Promise::AtLeast(lowest) => write!(out, "{lowest:.1} or more"),
            Promise::Nothing => write!(out, "none"),
        }
    }
}

impl Promise {
    /// How a coverage is marked that breaks the promise.
    fn mark(self, percent: f64) -> &'static str {
        match self {
            Promise::Between(lowest, _) | Promise::AtLeast(lowest) if percent < lowest => " **below**",
            Promise::Between(_, highest) if percent > highest => " **above**",
            _ => "",
        }
    }
}

/// What became of the intervals of one figure.
#[derive(Clone, Copy, Debug, Default)]
struct Coverage {
    possible: f64,
    checked: f64,
    covered: f64,
    // A draw can check several intervals, and they go astray together: sums over draws of the
    // squares of both counts and of their product, for the error of their ratio.
    checked_squared: f64,
    covered_squared: f64,
    product: f64,
    half_widths: f64,
    claimed_variances: f64,
    squared_errors: f64,
}

impl Coverage {
    /// Adds the intervals of one draw, each with the truth that it should hold.
    fn add(&mut self, intervals: impl IntoIterator<Item = (f64, Option<Estimate>)>) {
        let (mut checked, mut covered) = (0.0, 0.0);
        for (truth, estimate) in intervals {
            self.possible += 1.0;
            let Some((estimate, interval)) = estimate.and_then(|it| Some((it, it.interval?))) else {
                continue;
            };
            checked += 1.0;
            covered += f64::from(u8::from((interval.lower..=interval.upper).contains(&truth)));
            self.half_widths += (interval.upper - interval.lower) / 2.0;
            self.claimed_variances += estimate.variance().unwrap_or(0.0);
            self.squared_errors += (estimate.value - truth).powi(2);
        }
        self.checked += checked;
        self.covered += covered;
        self.checked_squared += checked * checked;
        self.covered_squared += covered * covered;
        self.product += checked * covered;
    }

    fn percent(&self) -> f64 {
        100.0 * self.covered / self.checked
    }

    /// Monte Carlo error of [`Coverage::percent`], the draw being what was drawn.
    fn error(&self) -> f64 {
        let share = self.covered / self.checked;
        let squares =
            self.covered_squared - 2.0 * share * self.product + share * share * self.checked_squared;
        100.0 * squares.max(0.0).sqrt() / self.checked
    }

    /// Standard error as it is claimed, over what the estimates were really off by.
    fn claimed_over_actual(&self) -> f64 {
        (self.claimed_variances / self.squared_errors).sqrt()
    }
}

/// Coverage per figure and number of forms.
#[derive(Clone, Debug, Default)]
pub struct Table {
    cells: BTreeMap<(Figure, usize), Coverage>,
}

impl Table {
    /// Adds one draw of `forms` forms. `intervals` holds the truth and the estimate of each interval
    /// that the draw gives for the figure; one that rests on fewer than five people is passed as
    /// `None`, for it is not tested. To be called once per draw, also without an interval.
    pub fn add(
        &mut self,
        (figure, forms): (Figure, usize),
        intervals: impl IntoIterator<Item = (f64, Option<Estimate>)>,
    ) {
        self.cells.entry((figure, forms)).or_default().add(intervals);
    }

    /// One line per figure, one column per number of forms, `cell` in each.
    fn print(&self, sizes: &[usize], last: &str, cell: impl Fn(Figure, &Coverage) -> String) {
        let columns: Vec<String> = sizes.iter().map(|forms| format!("{forms} forms")).collect();
        println!("| figure | {} |{last}", columns.join(" | "));
        println!("| --- |{}", " --- |".repeat(sizes.len() + last.matches('|').count()));
        for figure in Figure::ALL {
            let cells: Vec<String> = sizes
                .iter()
                .map(|&forms| {
                    self.cells.get(&(figure, forms)).map_or_else(String::new, |it| cell(figure, it))
                })
                .collect();
            let promise = if last.is_empty() { String::new() } else { format!(" {} |", figure.promise()) };
            println!("| {} | {} |{promise}", figure.name(), cells.join(" | "));
        }
        println!();
    }

    /// All the tables, as Markdown.
    pub fn print_all(&self, sizes: &[usize]) {
        println!("Intervals that hold the truth, in percent (Monte Carlo error in brackets):\n");
        self.print(sizes, " promised |", |figure, coverage| {
            let (percent, error) = (coverage.percent(), coverage.error());
            format!("{percent:.1} ({error:.1}){}", figure.promise().mark(percent))
        });
        println!("Average half width of the intervals, in points of the scale:\n");
        self.print(sizes, "", |_, coverage| format!("{:.3}", coverage.half_widths / coverage.checked));
        println!("Standard error as claimed, divided by what the estimates were off by:\n");
        self.print(sizes, "", |_, coverage| format!("{:.3}", coverage.claimed_over_actual()));
        println!(
            "Intervals that could be checked, in percent (not with fewer than {SMALLEST_BASE} people on a side):\n"
        );
        self.print(sizes, "", |_, coverage| format!("{:.0}", 100.0 * coverage.checked / coverage.possible));
    }
}
