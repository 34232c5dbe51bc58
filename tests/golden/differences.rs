//! differences.csv.

use rmsurvey::estimate::{
    Comparison, SmallSample, covariance_of_means, independent, mean, mean_with, overlapping,
};

use super::survey::{Items, Survey, Waves, Who, cross, figures, moments};
use super::table::{Row, rows};
use super::tolerance::Check;

type Figures = Vec<(&'static str, Option<f64>)>;

/// Difference with its t and p.
pub fn tested(comparison: &Comparison) -> Figures {
    let mut all = figures(comparison.difference);
    let error = comparison.difference.and_then(|it| it.standard_error).filter(|error| *error > 0.0);
    let t = comparison.difference.zip(error).map(|(it, error)| it.value / error);
    all.extend([
        ("t", t),
        ("p", comparison.p),
        ("est_a", comparison.left.map(|it| it.value)),
        ("est_b", comparison.right.map(|it| it.value)),
        ("n_resp_a", comparison.left.map(|it| it.respondents as f64)),
        ("n_resp_b", comparison.right.map(|it| it.respondents as f64)),
        ("n_ans_a", comparison.left.map(|it| it.answers as f64)),
        ("n_ans_b", comparison.right.map(|it| it.answers as f64)),
    ]);
    all
}

fn of_strangers(left: (&Survey, Items, Who), right: (&Survey, Items, Who)) -> Figures {
    let side = |(survey, items, who): &(&Survey, Items, Who), shown: bool| {
        let moments = survey.moments(items, who);
        let factor = if shown { SmallSample::Respondents(moments.m) } else { SmallSample::Forms };
        mean_with(&moments, survey.sample(), factor)
    };
    let mut all = tested(&independent(side(&left, false), side(&right, false)));
    let shown = independent(side(&left, true), side(&right, true));
    all.extend([
        ("se_a", side(&left, false).and_then(|it| it.standard_error)),
        ("se_b", side(&right, false).and_then(|it| it.standard_error)),
        ("se_m", shown.difference.and_then(|it| it.standard_error)),
        ("df_m", shown.difference.and_then(|it| it.degrees_of_freedom)),
        ("p_m", shown.p),
    ]);
    all
}

fn of_the_same(survey: &Survey, left: (Items, Who), right: (Items, Who)) -> Figures {
    let (left, right) = (survey.pairs(&left.0, &left.1), survey.pairs(&right.0, &right.1));
    let (cross, left, right) = (cross(&left, &right), moments(&left), moments(&right));
    let comparison = overlapping(&left, &right, &cross, survey.sample());
    assert_eq!(comparison.left, mean(&left, survey.sample()));
    let error = |side| mean_with(side, survey.sample(), SmallSample::Forms).and_then(|it| it.standard_error);
    let mut all = tested(&comparison);
    all.extend([("se_b", error(&right)), ("n_resp_union", Some(cross.either as f64))]);
    // Of a single respondent R prints a standard error of 0, and a covariance; both are undefined.
    if left.m >= 2 {
        all.push(("se_a", error(&left)));
        all.push(("cov_ab", covariance_of_means(&left, &right, &cross, survey.sample())));
    }
    all
}

fn of_row(row: &Row, waves: &Waves) -> Figures {
    let survey = waves.providers(row.year("year"));
    let (question, department) = (row.text("question"), row.text("department"));
    let (breakdown, a, b) = (row.text("breakdown"), row.text("group_a"), row.text("group_b"));
    let (items, everyone) = (Items::of_row(row), Who::Everyone);
    let group = |group: &str| Who::of(breakdown, group);
    let rest = || Who::Rest(breakdown.to_owned(), a.to_owned());
    match row.text("statistic") {
        "diff_provider_officer" => {
            let officers = waves.get(row.year("year"), "officer");
            of_strangers(
                (survey, items, everyone.clone()),
                (
                    officers,
                    Items::of(question, if question == "ALL" { "pooled11" } else { "council" }),
                    everyone,
                ),
            )
        }
        "diff_group_group" => of_strangers((survey, items.clone(), group(a)), (survey, items, group(b))),
        "diff_group_rest" => of_strangers((survey, items.clone(), group(a)), (survey, items, rest())),
        "diff_group_overall" => of_the_same(survey, (items.clone(), group(a)), (items, everyone)),
        "diff_dept_rest" => {
            let others = Items::Without(question.to_owned(), department.to_owned());
            of_the_same(survey, (items, everyone.clone()), (others, everyone))
        }
        "diff_question_question" => of_the_same(
            survey,
            (Items::of(a, department), everyone.clone()),
            (Items::of(b, department), everyone),
        ),
        "diff_dept_dept" | "diff_whole_pooled" => of_the_same(
            survey,
            (Items::of(question, a), everyone.clone()),
            (Items::of(question, b), everyone),
        ),
        other => panic!("no such statistic: {other}"),
    }
}

#[test]
fn differences() {
    let (waves, mut check) = (Waves::read(), Check::of("differences.csv"));
    for row in rows("expected/differences.csv") {
        check.row(&row, &of_row(&row, &waves));
    }
    check.finish(3640);
}
