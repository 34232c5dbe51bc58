//! The means that are left to a withheld figure by what is known of its answers.

use super::quantities::{GIVEN, Interval, Known};
use super::sheet::Sheet;

/// Numbers of answers that are tried one by one.
const MOST_COUNTS: i64 = 1_000;

/// The mean that a figure could have, for all that a reader knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub lower: f64,
    pub upper: f64,
    /// Whether it is known that nobody scored.
    pub is_empty: bool,
    /// How many people are behind it, where no other number is possible.
    pub people: Option<i64>,
}

impl Bounds {
    /// Nothing is known beyond the scale.
    pub fn open(top: i64) -> Bounds {
        Bounds { lower: 1.0, upper: top as f64, is_empty: false, people: None }
    }

    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

/// The tightest of what points above and below, and scores in either half, say about the mean.
pub(super) fn mean(known: &Known, sheet: &Sheet) -> Bounds {
    let [answers, above, below, _, _, in_upper, in_lower, people, ..] = *known;
    let people = (people.0 == people.1).then_some(people.0);
    if answers.1 <= 0 {
        return Bounds { lower: 1.0, upper: 1.0, is_empty: true, people };
    }
    let share = |part: i64, of: i64| part as f64 / of as f64;
    let top = sheet.top as f64;
    let (mut lower, mut upper) = (1.0_f64, top);
    lower = lower.max(1.0 + share(above.0, answers.1));
    upper = upper.min(top - share(below.0, answers.1));
    if answers.0 > 0 {
        lower = lower.max(top - share(below.1, answers.0));
        upper = upper.min(1.0 + share(above.1, answers.0));
    }
    if below.1 == 0 {
        lower = top;
    } else if above.0 + below.1 > 0 {
        lower = lower.max(1.0 + (top - 1.0) * share(above.0, above.0 + below.1));
    }
    if above.1 == 0 {
        upper = 1.0;
    } else if above.1 + below.0 > 0 {
        upper = upper.min(1.0 + (top - 1.0) * share(above.1, above.1 + below.0));
    }
    let (cut, halves) = (sheet.cut as f64, [in_upper.0 + in_lower.1, in_upper.1 + in_lower.0]);
    if in_lower.1 == 0 {
        lower = lower.max(cut);
    } else if halves[0] > 0 {
        lower = lower.max(1.0 + (cut - 1.0) * share(in_upper.0, halves[0]));
    }
    if in_upper.1 == 0 {
        upper = upper.min(cut - 1.0);
    } else if halves[1] > 0 {
        upper = upper.min(cut - 1.0 + (top - cut + 1.0) * share(in_upper.1, halves[1]));
    }
    if answers.1 - answers.0 <= MOST_COUNTS
        && let Some((least, most)) = mean_by_count(known, sheet, (lower, upper))
    {
        (lower, upper) = (lower.max(least), upper.min(most));
    }
    Bounds { lower, upper, is_empty: false, people }
}

/// Least and greatest mean over every number of answers that is possible, or what is `open` anyway
/// and more; `None` if no number is possible.
fn mean_by_count(known: &Known, sheet: &Sheet, open: (f64, f64)) -> Option<(f64, f64)> {
    let [answers, above, below, _, _, in_upper, in_lower, ..] = *known;
    let (steps, floor) = (sheet.top - 1, sheet.cut - 1);
    let mut range: Option<(f64, f64)> = None;
    for count in answers.0.max(1)..=answers.1 {
        let few_upper = in_upper.0.max(count - in_lower.1);
        let many_upper = in_upper.1.min(count - in_lower.0);
        let least = above.0.max(steps * count - below.1).max(floor * few_upper);
        let most = above.1.min(steps * count - below.0);
        let most = most.min(steps * many_upper + (floor - 1) * (count - many_upper));
        let Some((from, to)) = points_of(known, sheet, count) else { continue };
        let (least, most) = (least.max(from), most.min(to));
        if few_upper <= many_upper && least <= most {
            let mean = |points: i64| 1.0 + points as f64 / count as f64;
            let (low, high) = range.unwrap_or((mean(least), mean(most)));
            let (low, high) = (low.min(mean(least)), high.max(mean(most)));
            range = Some((low, high));
            if low <= open.0 && high >= open.1 {
                break; // No other number could narrow it.
            }
        }
    }
    range
}

/// Least and most points above the lowest score that so many answers can come to, given how often
/// each score may have been given; `None` if there cannot be so many.
fn points_of(known: &Known, sheet: &Sheet, count: i64) -> Option<(i64, i64)> {
    let given = &known[GIVEN..GIVEN + sheet.scores()];
    let points = (0..).zip(given).map(|(point, given)| point * given.0).sum::<i64>();
    let open = count - given.iter().map(|given| given.0).sum::<i64>();
    let lowest = fill(open, (0..).zip(given))?;
    let last = sheet.top - 1;
    let highest = fill(open, given.iter().rev().zip(0..).map(|(given, point)| (last - point, given)))?;
    Some((points + lowest, points + highest))
}

/// Points of so many answers beyond the least of each score, the first scores as often as can be.
fn fill<'k>(open: i64, scores: impl Iterator<Item = (i64, &'k Interval)>) -> Option<i64> {
    let (mut left, mut sum) = (open, 0);
    for (point, given) in scores {
        let more = left.min(given.1 - given.0);
        (left, sum) = (left - more, sum + point * more);
    }
    (open >= 0 && left == 0).then_some(sum)
}
