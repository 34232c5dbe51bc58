//! A published chart, as data. `charts/` draws it.

use super::mark::Mark;
use crate::colour::Colour;

/// A chart with its words: it travels alone, so it carries them all.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Short name for files and links: `question-scores`.
    pub name: String,
    /// At most ten words that say what the chart shows.
    pub headline: String,
    /// Measure, population, period and base.
    pub subtitle: String,
    /// Small print under the picture: source, what the marks and ranges mean.
    pub notes: Vec<String>,
    /// Printed on the picture where rows are invented or not for publication; may be empty.
    pub stamps: Vec<String>,
    /// What a reader who cannot see the picture has to know.
    pub alternative: String,
    pub picture: Picture,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    Dots(Dots),
    Dumbbell(Dumbbell),
    Councils(Councils),
    Change(Change),
    Distribution(Distribution),
    Heatmap(Heatmap),
    Multiples(Multiples),
    Bars(Bars),
    Differences(Differences),
    Trend(Trend),
    Waterfall(Waterfall),
    Ladder(Ladder),
}

impl Picture {
    /// Whether there is anything to see: a picture of marks alone says nothing that its table does not.
    pub fn shows_anything(&self) -> bool {
        let is_shown = |figure: &Plotted| matches!(figure, Plotted::Value { .. });
        match self {
            Picture::Dots(it) => it.rows.iter().any(|row| row.points.iter().any(is_shown)),
            Picture::Dumbbell(it) => it.rows.iter().any(|row| row.points.iter().any(is_shown)),
            Picture::Councils(it) => it.rows.iter().any(|row| is_shown(&row.ours)),
            Picture::Change(it) => {
                it.rows.iter().any(|row| [&row.from, &row.to, &row.change].into_iter().any(is_shown))
            }
            Picture::Distribution(it) => {
                it.rows.iter().any(|row| row.shares.is_ok() || row.no_contact.iter().any(is_shown))
            }
            Picture::Heatmap(it) => it.rows.iter().any(|row| row.values.iter().any(is_shown)),
            Picture::Multiples(it) => it.panels.iter().any(|panel| panel.points.iter().any(is_shown)),
            Picture::Bars(it) => it.rows.iter().any(|row| row.values.iter().any(is_shown)),
            Picture::Differences(it) => it.rows.iter().any(|row| row.points.iter().any(is_shown)),
            Picture::Trend(it) => {
                let mut lines = it.panels.iter().flat_map(|panel| &panel.lines);
                lines.any(|line| line.points.iter().any(|point| is_shown(&point.figure)))
            }
            Picture::Waterfall(it) => {
                it.rows.iter().any(|row| row.steps.iter().chain([&row.total]).any(is_shown))
            }
            Picture::Ladder(it) => it.rows.iter().any(|row| row.points.iter().any(is_shown)),
        }
    }
}

/// Whose figures are drawn, as a colour: an audience keeps its own in the whole pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(pub Colour);

/// One figure as a chart shows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Plotted {
    Value {
        value: f64,
        /// The value as printed beside the mark.
        label: String,
        /// Likely range, in the units of `value`.
        range: Option<(f64, f64)>,
    },
    Mark(Mark),
}

/// The horizontal axis of scores: marked in full from `low` to `high`, never from zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    pub low: f64,
    pub high: f64,
    /// Words at the two ends ("1 low", "4 high").
    pub low_label: String,
    pub high_label: String,
}

/// Rows of dots with likely ranges, one dot per year in each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    pub axis: Axis,
    pub accent: Accent,
    /// Names of the years, earliest first; a single one needs no name on the picture.
    pub series: Vec<String>,
    pub rows: Vec<DotRow>,
    /// Heading of the column of bases ("Number who answered").
    pub base_heading: String,
}

/// One labelled row of dots.
#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    pub label: String,
    /// One per series.
    pub points: Vec<Plotted>,
    /// One per series: the base as printed, or a mark's symbol.
    pub bases: Vec<String>,
}

/// Two sides per row, joined, with the gap in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Dumbbell {
    pub axis: Axis,
    /// Names of the two sides.
    pub sides: [String; 2],
    pub accents: [Accent; 2],
    pub rows: Vec<DumbbellRow>,
    /// Heading of the column of words at the right ("Gap").
    pub words_heading: String,
    /// Heading of the column of bases.
    pub base_heading: String,
}

/// One labelled pair.
#[derive(Clone, Debug, PartialEq)]
pub struct DumbbellRow {
    pub label: String,
    pub points: [Plotted; 2],
    /// The gap in figures and words.
    pub words: String,
    pub base: String,
}

/// This council with its likely range, and where other councils lie, with the difference in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Councils {
    pub axis: Axis,
    pub accent: Accent,
    /// What the mark of this council is, and that of the others' average.
    pub names: [String; 2],
    /// What the bar of the others is.
    pub spread_name: String,
    pub rows: Vec<CouncilRow>,
    /// Heading of the column of words at the right.
    pub words_heading: String,
    /// Heading of the column of bases.
    pub base_heading: String,
}

/// One labelled row of this council and others.
#[derive(Clone, Debug, PartialEq)]
pub struct CouncilRow {
    pub label: String,
    pub ours: Plotted,
    /// Average of the others; its range is from the lowest to the highest of them, none of one alone.
    pub others: Plotted,
    pub median: Option<f64>,
    /// The difference in figures and words.
    pub words: String,
    pub base: String,
}

/// From an earlier score to a later one, with the change, its likely range and its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub axis: Axis,
    pub accent: Accent,
    /// Labels of the two years, earlier first.
    pub years: [String; 2],
    pub rows: Vec<ChangeRow>,
}

/// One labelled change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    pub label: String,
    pub from: Plotted,
    pub to: Plotted,
    /// The change in points with its likely range, drawn on an axis of its own centred on zero.
    pub change: Plotted,
    /// "rose", "fell", "no clear change", "not tested".
    pub verdict: String,
    /// Both years' bases as printed ("25, 77").
    pub base: String,
}

/// 100% bars of how often each score was given, split in the middle of the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Names of the scores in order ("1 low", "2", "3", "4 high").
    pub scores: Vec<String>,
    /// How many of the scores lie left of the split.
    pub split: usize,
    pub rows: Vec<DistributionRow>,
    /// Heading of the column at the right with its own base ("No contact").
    pub no_contact_heading: String,
    pub base_heading: String,
}

/// One labelled 100% bar.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionRow {
    pub label: String,
    /// Share (0 to 1) and printed percentage per score; or why there is none.
    pub shares: Result<Vec<(f64, String)>, Mark>,
    /// Share of answers that said "no contact"; none where nobody could.
    pub no_contact: Option<Plotted>,
    pub base: String,
}

/// One labelled row of values, one per column or series.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueRow {
    pub label: String,
    pub values: Vec<Plotted>,
    pub base: String,
}

/// A grid of values, each printed; withheld ones are hatched.
#[derive(Clone, Debug, PartialEq)]
pub struct Heatmap {
    pub columns: Vec<String>,
    pub rows: Vec<ValueRow>,
    /// Heading of the column of bases.
    pub base_heading: String,
    /// The values that the ends of the colour ramp stand for.
    pub low: f64,
    pub high: f64,
    /// What low and high mean, in words, for the key.
    pub low_label: String,
    pub high_label: String,
}

/// One small panel per question with the same rows in each.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiples {
    pub axis: Axis,
    pub accent: Accent,
    /// Names of the rows (groups) and their bases as printed.
    pub groups: Vec<(String, String)>,
    pub base_heading: String,
    pub panels: Vec<Panel>,
}

/// One panel: its title and one point per group.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    pub title: String,
    pub points: Vec<Plotted>,
}

/// Bars from zero: counts or shares, never scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The last series is the one to look at; what it is compared with stands before it.
    pub series: Vec<String>,
    /// Whose figures the series are: one for all of them, or one each, which then compare as equals.
    pub accents: Vec<Accent>,
    pub rows: Vec<ValueRow>,
    /// Heading of the column of bases.
    pub base_heading: String,
    /// Right end of the axis.
    pub high: f64,
    /// Unit at the axis ("% of answers").
    pub unit: String,
}

/// Differences in points on an axis centred on zero, one line per series in each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// What the axis holds ("Change in points").
    pub axis_heading: String,
    /// Ways of looking at the same difference, in the order of the points.
    pub series: Vec<String>,
    pub rows: Vec<DifferenceRow>,
    /// Heading of the column of words at the right ("Has it changed?").
    pub words_heading: String,
    /// Heading of the column of bases.
    pub base_heading: String,
}

/// One labelled row of differences.
#[derive(Clone, Debug, PartialEq)]
pub struct DifferenceRow {
    pub label: String,
    /// One per series.
    pub points: Vec<Plotted>,
    /// One per series: the base as printed, or a mark's symbol.
    pub bases: Vec<String>,
    /// What the survey can say.
    pub words: String,
}

/// Scores over all years: one panel with a line per audience, or one small panel per question.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    pub axis: Axis,
    /// Labels of the years, earliest first.
    pub waves: Vec<String>,
    pub panels: Vec<TrendPanel>,
    /// Heading of the bases below.
    pub base_heading: String,
}

/// One panel of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPanel {
    pub title: String,
    pub lines: Vec<TrendLine>,
}

/// One audience over the years, with a point per year.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendLine {
    pub name: String,
    pub accent: Accent,
    pub points: Vec<TrendPoint>,
}

/// A year of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendPoint {
    pub figure: Plotted,
    /// The base as printed, or a mark's symbol.
    pub base: String,
    /// Whether it may be compared with the year before: a line joins two such points, and never
    /// passes over a year without one.
    pub joined: bool,
}

/// Steps that add up to a total, one block of bars per row.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// What the axis holds ("Change in points").
    pub axis_heading: String,
    pub accent: Accent,
    /// Names of the steps, then of their total.
    pub steps: Vec<String>,
    pub total: String,
    pub rows: Vec<WaterfallRow>,
}

/// One labelled way of taking a total apart.
#[derive(Clone, Debug, PartialEq)]
pub struct WaterfallRow {
    pub label: String,
    /// One per step.
    pub steps: Vec<Plotted>,
    pub total: Plotted,
}

/// Averages as places between described levels, each row on a ladder of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    pub accent: Accent,
    /// Labels of the years, earliest first.
    pub years: Vec<String>,
    pub rows: Vec<LadderRow>,
    /// Heading of the column of bases.
    pub base_heading: String,
}

/// One question: its levels from the lowest, and one point per year.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderRow {
    pub label: String,
    /// Said below the label in small letters; may be empty.
    pub note: String,
    pub levels: Vec<String>,
    pub points: Vec<Plotted>,
    pub bases: Vec<String>,
}
