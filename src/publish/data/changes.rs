//! `changes.csv`: one row per cell and pair of waves.

use super::{ADDRESS, Datum, Key, Precision, csv, value};
use crate::disclose::{Release, Status};
use crate::estimate::{NotTested, Verdict};
use crate::survey::Survey;
use crate::tally::Cell;

/// One row per change of the release, with the columns that the contract names.
///
/// # Errors
/// None where rows are as long as the header.
pub fn changes(survey: &Survey, release: &Release) -> csv::Result<Vec<u8>> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS[1..].to_vec();
    header.extend(["from_wave", "to_wave", "mean_from", "mean_to", "change", "percent_change", "method"]);
    header.extend(["se", "df", "ci_low", "ci_high", "p", "p_adjusted", "family", "verdict"]);
    header.extend(["detectable_change", "independent_se", "matched_respondents", "matched_change"]);
    header.extend(["matched_se", "matched_ci_low", "matched_ci_high", "status"]);
    let rows =
        release.changes().map(|((cell, from_wave), released)| (keys(survey, cell, *from_wave), released));
    csv(&header, rows, |row, released| {
        let change = released.figure.value();
        let comparison = change.map(|it| &it.comparison);
        let difference = comparison.and_then(|it| it.difference.as_ref());
        let matched = change.and_then(|it| it.matched.as_ref());
        let panel = matched.and_then(|it| it.difference.as_ref());
        row.push(value(comparison.and_then(|it| it.right.as_ref())));
        row.push(value(comparison.and_then(|it| it.left.as_ref())));
        row.push(value(difference));
        row.push(value(change.and_then(|it| it.percent()).as_ref()));
        row.push(Datum::text(change.map(|it| if it.linked { "overlap" } else { "independent" })));
        row.extend(precision.uncertainty(difference));
        row.push(precision.number(comparison.and_then(|it| it.p)));
        row.push(precision.number(comparison.and_then(|it| it.p_adjusted)));
        row.push(Datum::text(comparison.and_then(|it| it.family.as_deref())));
        let broken = (released.status == Status::Break).then_some(Verdict::NotTested(NotTested::Break));
        row.push(Datum::text(comparison.map(|it| it.verdict).or(broken).map(Verdict::of_change)));
        row.push(precision.number(comparison.and_then(|it| it.detectable)));
        let independent = change.and_then(|it| it.independent.difference);
        row.push(precision.number(independent.and_then(|it| it.standard_error)));
        row.push(Datum::count(matched.and_then(|it| it.left).map(|it| it.respondents)));
        row.push(value(panel));
        let [error, _, lower, upper] = precision.uncertainty(panel);
        row.extend([error, lower, upper]);
        row.push(Datum::text(released.status.id()));
    })
}

/// What names a change.
fn keys<'s>(survey: &'s Survey, cell: &Cell, from_wave: usize) -> [Key<'s>; 7] {
    let [to_wave, audience, department, question, breakdown, group] = survey.ids(cell);
    let from_wave = &survey.waves[from_wave].label;
    [audience, department, question, breakdown, group, from_wave, to_wave].map(Key::Id)
}
