//! `benchmarks.csv`: one row per figure that other councils have too.

use super::{ADDRESS, Datum, Precision, address, csv, value};
use crate::disclose::Release;
use crate::estimate::Reliability;
use crate::survey::Survey;

/// One row per comparison with other councils. What the others have stands there where ours does not.
///
/// # Errors
/// None where rows are as long as the header.
pub fn benchmarks(survey: &Survey, release: &Release) -> csv::Result<Vec<u8>> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS.to_vec();
    header.extend(["respondents", "mean", "councils", "others_respondents", "others_mean", "others_lowest"]);
    header.extend(["others_median", "others_highest", "difference", "se", "df", "ci_low", "ci_high", "p"]);
    header.extend(["p_adjusted", "family", "verdict", "status", "reliability"]);
    let rows = release.benchmarks().map(|(cell, released)| (address(survey, cell), released));
    csv(&header, rows, |row, released| {
        let comparison = released.compared.value();
        let ours = comparison.and_then(|it| it.left.as_ref());
        let difference = comparison.and_then(|it| it.difference.as_ref());
        let others = &released.others;
        row.extend([
            Datum::count(ours.map(|it| it.respondents)),
            value(ours),
            Datum::count(others.councils as u64),
            Datum::count(others.pooled.respondents),
            value(Some(&others.pooled)),
            Datum::number(others.spread.map(|it| it.lowest)),
            Datum::number(others.spread.map(|it| it.median)),
            Datum::number(others.spread.map(|it| it.highest)),
            value(difference),
        ]);
        row.extend(precision.uncertainty(difference));
        row.push(precision.number(comparison.and_then(|it| it.p)));
        row.push(precision.number(comparison.and_then(|it| it.p_adjusted)));
        row.push(Datum::text(comparison.and_then(|it| it.family.as_deref())));
        row.push(Datum::text(comparison.map(|it| it.verdict.of_gap())));
        row.push(Datum::text(released.status.id()));
        let reliability = ours.map(|it| Reliability::of(it.respondents, survey.reliability).id());
        row.push(Datum::text(reliability));
    })
}
