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

/// Some items of a survey, as some of its respondents answered them.
struct Side<'a> {
    survey: &'a Survey,
    items: Items,
    who: Who,
}

fn of_strangers(left: &Side, right: &Side) -> Figures {
    let mean_of = |side: &Side, shown: bool| {
        let moments = side.survey.moments(&side.items, &side.who);
        let factor = if shown { SmallSample::Respondents(moments.m) } else { SmallSample::Forms };
        mean_with(&moments, side.survey.sample(), factor)
    };
    let mut all = tested(&independent(mean_of(left, false), mean_of(right, false)));
    let shown = independent(mean_of(left, true), mean_of(right, true));
    all.extend([
        ("se_a", mean_of(left, false).and_then(|it| it.standard_error)),
        ("se_b", mean_of(right, false).and_then(|it| it.standard_error)),
        ("se_m", shown.difference.and_then(|it| it.standard_error)),
        ("df_m", shown.difference.and_then(|it| it.degrees_of_freedom)),
        ("p_m", shown.p),
    ]);
    all
}

fn of_the_same(left: &Side, right: &Side) -> Figures {
    let sample = left.survey.sample();
    let pairs = |side: &Side| side.survey.pairs(&side.items, &side.who);
    let (left, right) = (pairs(left), pairs(right));
    let (cross, left, right) = (cross(&left, &right), moments(&left), moments(&right));
    let comparison = overlapping(&left, &right, &cross, sample);
    assert_eq!(comparison.left, mean(&left, sample));
    let error = |side| mean_with(side, sample, SmallSample::Forms).and_then(|it| it.standard_error);
    let mut all = tested(&comparison);
    all.extend([("se_b", error(&right)), ("n_resp_union", Some(cross.either as f64))]);
    // Of a single respondent R prints a standard error of 0, and a covariance; both are undefined.
    if left.m >= 2 {
        all.push(("se_a", error(&left)));
        all.push(("cov_ab", covariance_of_means(&left, &right, &cross, sample)));
    }
    all
}

fn of_row(row: &Row, waves: &Waves) -> Figures {
    let survey = waves.providers(row.year("year"));
    let (question, department) = (row.text("question"), row.text("department"));
    let (breakdown, a, b) = (row.text("breakdown"), row.text("group_a"), row.text("group_b"));
    let side = |items, who| Side { survey, items, who };
    let everyone = |question, department| side(Items::of(question, department), Who::Everyone);
    let group = |group| side(Items::of_row(row), Who::of(breakdown, group));
    match row.text("statistic") {
        "diff_provider_officer" => {
            let items = Items::of(question, if question == "ALL" { "pooled11" } else { "council" });
            let officers = Side { survey: waves.get(row.year("year"), "officer"), items, who: Who::Everyone };
            of_strangers(&everyone(question, department), &officers)
        }
        "diff_group_group" => of_strangers(&group(a), &group(b)),
        "diff_group_rest" => {
            let rest = Who::Rest(breakdown.to_owned(), a.to_owned());
            of_strangers(&group(a), &side(Items::of_row(row), rest))
        }
        "diff_group_overall" => of_the_same(&group(a), &everyone(question, department)),
        "diff_dept_rest" => {
            let others = Items::Without(question.to_owned(), department.to_owned());
            of_the_same(&everyone(question, department), &side(others, Who::Everyone))
        }
        "diff_question_question" => of_the_same(&everyone(a, department), &everyone(b, department)),
        "diff_dept_dept" | "diff_whole_pooled" => of_the_same(&everyone(question, a), &everyone(question, b)),
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
