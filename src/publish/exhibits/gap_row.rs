//! A gap as every table of gaps sets it out: points, likely range, what the survey can say, and the
//! smallest gap that it could have noticed.

use crate::estimate::GapKey;
use crate::publish::table::{Column, Value};
use crate::publish::view::{MEAN_DECIMALS, View, difference_value};
use crate::ratio::round_decimal;
use crate::words::{self, signed};

/// The columns of [`gap_values`]; `compared` heads the words ("Care providers compared").
pub(super) fn gap_columns(compared: String) -> Vec<Column> {
    vec![
        Column::number("Gap (points)"),
        Column::number("Likely range of the gap, lower end (points)"),
        Column::number("Likely range of the gap, upper end (points)"),
        Column::text(compared),
        Column::number("Smallest gap that could have been noticed (points)"),
    ]
}

/// The gap at an address, or the mark that stands for it.
pub(super) fn gap_values(view: &View<'_>, key: &GapKey) -> Vec<Value> {
    let gap = view.gap(key).map(|gap| &gap.comparison);
    let mark = || Value::Mark(view.gap_mark(key));
    let number = |text: Option<String>| text.map_or_else(mark, Value::Number);
    let range = gap.and_then(|it| it.difference?.interval);
    let end = |end: f64| signed(&round_decimal(end, MEAN_DECIMALS));
    vec![
        number(gap.and_then(difference_value)),
        number(range.map(|it| end(it.lower))),
        number(range.map(|it| end(it.upper))),
        gap.map_or_else(mark, |it| Value::Text(words::gap(it.verdict).to_owned())),
        number(gap.and_then(|it| it.detectable).map(|it| round_decimal(it, MEAN_DECIMALS))),
    ]
}

/// The average of a gap's right side, which has no cell of its own where it is a rest.
pub(super) fn right_mean(view: &View<'_>, key: &GapKey) -> Value {
    let right = view.gap(key).and_then(|gap| gap.comparison.right);
    right.map_or_else(|| Value::Mark(view.gap_mark(key)), |mean| Value::Number(mean.rounded(MEAN_DECIMALS)))
}
