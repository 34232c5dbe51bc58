//! `gaps.csv`: one row per comparison within a wave.

use super::{Datum, Key, Precision, csv, value};
use crate::disclose::Release;
use crate::estimate::GapKey;
use crate::survey::Survey;

/// One row per gap of the release, with the columns that the contract names.
///
/// # Errors
/// None where rows are as long as the header.
pub fn gaps(survey: &Survey, release: &Release) -> csv::Result<Vec<u8>> {
    let precision = Precision(release.policy);
    let mut header = vec!["wave", "kind", "audience", "department", "question", "breakdown", "left", "right"];
    header.extend(["left_respondents", "right_respondents", "left_mean", "right_mean", "gap", "se", "df"]);
    header.extend(["ci_low", "ci_high", "p", "p_adjusted", "family", "verdict", "detectable_gap", "status"]);
    let rows = release.gaps().map(|(key, released)| (keys(survey, key), released));
    csv(&header, rows, |row, released| {
        let comparison = released.figure.value().map(|it| &it.comparison);
        let (left, right) =
            (comparison.and_then(|it| it.left.as_ref()), comparison.and_then(|it| it.right.as_ref()));
        let difference = comparison.and_then(|it| it.difference.as_ref());
        row.extend([
            Datum::count(left.map(|it| it.respondents)),
            Datum::count(right.map(|it| it.respondents)),
            value(left),
            value(right),
            value(difference),
        ]);
        row.extend(precision.uncertainty(difference));
        row.push(precision.number(comparison.and_then(|it| it.p)));
        row.push(precision.number(comparison.and_then(|it| it.p_adjusted)));
        row.push(Datum::text(comparison.and_then(|it| it.family.as_deref())));
        row.push(Datum::text(comparison.map(|it| it.verdict.of_gap())));
        row.push(precision.number(comparison.and_then(|it| it.detectable)));
        row.push(Datum::text(released.status.id()));
    })
}

/// What names a gap.
fn keys<'s>(survey: &'s Survey, key: &GapKey) -> [Key<'s>; 8] {
    let audience = key.audience.map(|audience| &survey.audiences[audience]);
    let breakdown = audience.zip(key.breakdown).map(|(audience, one)| &*audience.breakdowns[one].id);
    let keys = [
        &*survey.waves[key.wave].label,
        key.kind.name(),
        audience.map_or("", |it| &it.id),
        key.department.map_or("", |department| survey.department_id(department)),
        survey.question_id(key.question),
        breakdown.unwrap_or("all"),
        key.left.id(survey, key),
        key.right.id(survey, key),
    ];
    keys.map(Key::Id)
}
