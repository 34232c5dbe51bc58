//! `gaps.csv`: one row per comparison within a wave.

use super::{Datum, Frame, Precision, value};
use crate::disclose::Release;
use crate::survey::Survey;

/// One row per gap of the release, with the columns that the contract names.
pub fn gaps<'a>(survey: &'a Survey, release: &'a Release) -> Frame<'a> {
    let precision = Precision(release.policy);
    let mut header = vec!["wave", "kind", "audience", "department", "question", "breakdown", "left", "right"];
    header.extend(["left_respondents", "right_respondents", "left_mean", "right_mean", "gap", "se", "df"]);
    header.extend(["ci_low", "ci_high", "p", "p_adjusted", "family", "verdict", "detectable_gap", "status"]);
    Frame::new(header, release.gaps(), |row, (key, released)| {
        let comparison = released.figure.value().map(|it| &it.comparison);
        let (left, right) =
            (comparison.and_then(|it| it.left.as_ref()), comparison.and_then(|it| it.right.as_ref()));
        let difference = comparison.and_then(|it| it.difference.as_ref());
        let words = |text: Option<&'a str>| Datum::text(text.unwrap_or_default());
        let audience = key.audience.map(|audience| &survey.audiences[audience]);
        let breakdown =
            audience.zip(key.breakdown).map(|(audience, one)| audience.breakdowns[one].id.as_str());
        row.extend([
            Datum::text(&survey.waves[key.wave].label),
            Datum::text(key.kind.name()),
            words(audience.map(|it| it.id.as_str())),
            words(key.department.map(|department| survey.department_id(department))),
            Datum::text(survey.question_id(key.question)),
            Datum::text(breakdown.unwrap_or("all")),
            Datum::text(key.left.id(survey, key)),
            Datum::text(key.right.id(survey, key)),
            Datum::count(left.map(|it| it.respondents)),
            Datum::count(right.map(|it| it.respondents)),
            value(left),
            value(right),
            value(difference),
        ]);
        row.extend(precision.uncertainty(difference));
        row.push(precision.number(comparison.and_then(|it| it.p)));
        row.push(precision.number(comparison.and_then(|it| it.p_adjusted)));
        row.push(words(comparison.and_then(|it| it.family.as_deref())));
        row.push(words(comparison.map(|it| it.verdict.of_gap())));
        row.push(precision.number(comparison.and_then(|it| it.detectable)));
        row.push(Datum::text(released.status.id()));
    })
}
