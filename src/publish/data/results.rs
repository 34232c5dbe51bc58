//! `results.csv`: one row per cell.

use super::{ADDRESS, Datum, Precision, address, csv, value};
use crate::disclose::Release;
use crate::estimate::Reliability;
use crate::survey::Survey;

/// One row per cell of the release, with the columns that the contract names.
///
/// # Errors
/// None where rows are as long as the header.
pub fn results(survey: &Survey, release: &Release) -> csv::Result<Vec<u8>> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS.to_vec();
    header.extend(["respondents", "answers", "no_contact", "blank", "mean", "se", "df", "ci_low", "ci_high"]);
    header.extend(["top_share", "top_ci_low", "top_ci_high", "no_contact_share", "status", "reliability"]);
    let rows = release.results().map(|(cell, released)| (address(survey, cell), released));
    csv(&header, rows, |row, released| {
        let figure = released.figure.value();
        let counts = figure.map(|it| it.counts);
        let mean = figure.and_then(|it| it.mean.as_ref());
        let top = figure.and_then(|it| it.top_share.as_ref());
        let range = top.and_then(|it| it.interval);
        row.push(Datum::count(counts.map(|it| it.respondents)));
        row.push(Datum::count(counts.map(|it| it.answers())));
        row.push(Datum::count(counts.map(|it| it.no_contact)));
        row.push(Datum::count(counts.map(|it| it.blank)));
        row.push(value(mean));
        row.extend(precision.uncertainty(mean));
        row.push(precision.number(top.map(|it| it.value)));
        row.push(precision.number(range.map(|it| it.lower)));
        row.push(precision.number(range.map(|it| it.upper)));
        row.push(precision.number(figure.and_then(|it| it.no_contact_share).map(|it| it.value)));
        row.push(Datum::text(released.status.id()));
        row.push(Datum::text(mean.map_or("", |it| Reliability::of(it.respondents, survey.reliability).id())));
    })
}
