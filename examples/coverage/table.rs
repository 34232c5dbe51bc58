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
    OfficersInGeneral,
    OfficersInGeneralByFrame,
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
    pub const ALL: [Figure; 16] = [
        Figure::OverallMean,
        Figure::BestKnownDepartment,
        Figure::LeastKnownDepartment,
        Figure::OfficersMean,
        Figure::OfficersInGeneral,
        Figure::OfficersInGeneralByFrame,
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
            Figure::OfficersMean => "Overall mean of these 52 officers, 40 to 44 answering",
            Figure::OfficersInGeneral => "Overall mean of officers in general, frame switched off",
            Figure::OfficersInGeneralByFrame => "Overall mean of officers in general, frame left on",
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
            Figure::OfficersInGeneralByFrame
            | Figure::CombinedChangeOfDepartment
            | Figure::MatchedChangeOfTheSet
            | Figure::AnswersAsPeople => Promise::Nothing,
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
    half_widths: f64,
    claimed_variances: f64,
    squared_errors: f64,
    /// Checked and covered within the draw that is under way.
    this_draw: (f64, f64),
    // A draw can check several intervals, and they go astray together: sums over draws of the
    // squares of both counts and of their product, for the error of their ratio.
    checked_squared: f64,
    covered_squared: f64,
    product: f64,
}

impl Coverage {
    fn add(&mut self, truth: f64, estimate: Option<Estimate>) {
        self.possible += 1.0;
        let Some((estimate, interval)) = estimate.and_then(|it| Some((it, it.interval?))) else { return };
        let covered = if (interval.lower..=interval.upper).contains(&truth) { 1.0 } else { 0.0 };
        self.checked += 1.0;
        self.covered += covered;
        self.half_widths += (interval.upper - interval.lower) / 2.0;
        self.claimed_variances += estimate.variance().unwrap_or(0.0);
        self.squared_errors += (estimate.value - truth).powi(2);
        self.this_draw.0 += 1.0;
        self.this_draw.1 += covered;
    }

    fn end_of_draw(&mut self) {
        let (checked, covered) = std::mem::take(&mut self.this_draw);
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
    /// Adds one interval of a figure at a number of forms, with the truth that it should hold. Where
    /// there is none, or it rests on too few people to be tested, `None` says that it was possible.
    pub fn add(&mut self, cell: (Figure, usize), truth: f64, estimate: Option<Estimate>) {
        self.cells.entry(cell).or_default().add(truth, estimate);
    }

    /// To be called when everything of one draw is added.
    pub fn end_of_draw(&mut self) {
        self.cells.values_mut().for_each(Coverage::end_of_draw);
    }

    /// All the tables, as Markdown.
    pub fn print(&self, sizes: &[usize]) {
        println!("Intervals that hold the truth, in percent (Monte Carlo error in brackets):\n");
        let mut coverages = self.rows(sizes, &Figure::ALL, |figure, coverage| {
            let (percent, error) = (coverage.percent(), coverage.error());
            format!("{percent:.1} ({error:.1}){}", figure.promise().mark(percent))
        });
        for (row, figure) in coverages.iter_mut().zip(Figure::ALL) {
            row.push(figure.promise().to_string());
        }
        print_rows(sizes, &["promised"], &coverages);
        let is_broken = |figure: Figure, it: &Coverage| {
            it.checked > 0.0 && !figure.promise().mark(it.percent()).is_empty()
        };
        let broken = self.cells.iter().filter(|((figure, _), it)| is_broken(*figure, it)).count();
        println!("Coverages outside what is promised: {broken}.\n");

        println!("Average half width of the intervals, in points of the scale:\n");
        let half_width = |_, it: &Coverage| format!("{:.2}", it.half_widths / it.checked);
        print_rows(sizes, &[], &self.rows(sizes, &Figure::ALL, half_width));

        println!("Standard error as claimed, divided by what the estimates were really off by:\n");
        let claimed = |_, it: &Coverage| format!("{:.2}", it.claimed_over_actual());
        print_rows(sizes, &[], &self.rows(sizes, &Figure::ALL, claimed));

        println!(
            "Intervals that could be checked, in percent; the others had fewer than {SMALLEST_BASE} people \
             on a side. Of every figure that is not here, all could:\n"
        );
        let partial = |figure: &Figure| {
            self.cells.iter().any(|((other, _), it)| other == figure && it.checked < it.possible)
        };
        let partial: Vec<Figure> = Figure::ALL.into_iter().filter(partial).collect();
        let checked = |_, it: &Coverage| format!("{:.0}", 100.0 * it.checked / it.possible);
        print_rows(sizes, &[], &self.rows(sizes, &partial, checked));
    }

    /// One row per figure: its name, and `cell` for each number of forms.
    fn rows(
        &self,
        sizes: &[usize],
        figures: &[Figure],
        cell: impl Fn(Figure, &Coverage) -> String,
    ) -> Vec<Vec<String>> {
        let row = |&figure: &Figure| {
            let of_size = |forms: &usize| match self.cells.get(&(figure, *forms)) {
                Some(coverage) if coverage.checked > 0.0 => cell(figure, coverage),
                _ => "none".to_owned(),
            };
            std::iter::once(figure.name().to_owned()).chain(sizes.iter().map(of_size)).collect()
        };
        figures.iter().map(row).collect()
    }
}

/// A Markdown table: the figure, the numbers of forms, and `more` columns.
fn print_rows(sizes: &[usize], more: &[&str], rows: &[Vec<String>]) {
    let sizes = sizes.iter().map(|forms| format!("{forms} forms"));
    let more = more.iter().map(|&column| column.to_owned());
    let columns: Vec<String> = std::iter::once("figure".to_owned()).chain(sizes).chain(more).collect();
    println!("| {} |", columns.join(" | "));
    println!("|{}", " --- |".repeat(columns.len()));
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
    println!();
}
