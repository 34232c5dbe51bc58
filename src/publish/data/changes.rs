//! `changes.csv`: one row per cell and pair of waves.

use super::{ADDRESS, Datum, Frame, Precision, address, value};
use crate::disclose::{Release, Status};
use crate::estimate::{NotTested, Verdict};
use crate::survey::Survey;

/// One row per change of the release, with the columns that the contract names.
pub fn changes<'a>(survey: &'a Survey, release: &'a Release) -> Frame<'a> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS[1..].to_vec();
    header.extend(["from_wave", "to_wave", "mean_from", "mean_to", "change", "percent_change", "method"]);
    header.extend(["se", "df", "ci_low", "ci_high", "p", "p_adjusted", "family", "verdict"]);
    header.extend(["detectable_change", "independent_se", "matched_respondents", "matched_change"]);
    header.extend(["matched_se", "matched_ci_low", "matched_ci_high", "status"]);
    Frame::new(header, release.changes(), |row, ((cell, from_wave), released)| {
        let change = released.figure.value();
        let comparison = change.map(|it| &it.comparison);
        let difference = comparison.and_then(|it| it.difference.as_ref());
        let matched = change.and_then(|it| it.matched.as_ref());
        let panel = matched.and_then(|it| it.difference.as_ref());
        let words = |text: Option<&'a str>| Datum::text(text.unwrap_or_default());
        row.extend(address(survey, cell).into_iter().skip(1));
        row.push(Datum::text(&survey.waves[*from_wave].label));
        row.push(Datum::text(&survey.waves[cell.wave].label));
        row.push(value(comparison.and_then(|it| it.right.as_ref())));
        row.push(value(comparison.and_then(|it| it.left.as_ref())));
        row.push(value(difference));
        row.push(value(change.and_then(|it| it.percent()).as_ref()));
        row.push(words(change.map(|it| if it.linked { "overlap" } else { "independent" })));
        row.extend(precision.uncertainty(difference));
        row.push(precision.number(comparison.and_then(|it| it.p)));
        row.push(precision.number(comparison.and_then(|it| it.p_adjusted)));
        row.push(words(comparison.and_then(|it| it.family.as_deref())));
        let broken = (released.status == Status::Break).then_some(Verdict::NotTested(NotTested::Break));
        row.push(words(comparison.map(|it| it.verdict).or(broken).map(Verdict::of_change)));
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
