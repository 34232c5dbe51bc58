//! `about.json`: what a program needs to know of the data files beside it.

use crate::survey::Scale;
use crate::tally::{Department, Group};
use crate::view::View;

type Object = serde_json::Map<String, serde_json::Value>;

/// The rules by which figures were withheld, the dimensions that they add up along, and what tables
/// call them.
///
/// # Errors
/// What the writer of JSON refuses, which these texts do not provoke.
pub fn about(view: &View<'_>) -> Result<String, serde_json::Error> {
    let survey = view.survey;
    let audiences = survey.audiences.iter().map(|audience| {
        let breakdowns: serde_json::Map<String, serde_json::Value> = audience
            .breakdowns
            .iter()
            .map(|by| (by.id.clone(), by.groups.iter().map(|group| group.id.clone()).collect()))
            .collect();
        let combined: Object = audience
            .breakdowns
            .iter()
            .filter(|by| !by.combined.is_empty())
            .map(|by| (by.id.clone(), serde_json::json!(by.combined)))
            .collect();
        serde_json::json!({
            "id": audience.id,
            "label": audience.label,
            "scores-departments": audience.scores_departments,
            "minimum-respondents": audience.minimum_respondents,
            "breakdowns": breakdowns,
            "combined": combined,
        })
    });
    let scale =
        |scale: &Scale| serde_json::json!({ "low": 1, "high": scale.top, "no-contact": scale.no_contact });
    // Of waves with a scale of their own.
    let scales =
        survey.waves.iter().filter_map(|wave| Some((wave.label.clone(), scale(wave.scale.as_ref()?))));
    let mut about = serde_json::json!({
        "format": 1,
        "title": survey.title,
        "organisation": survey.organisation.name,
        "synthetic": survey.synthetic,
        "scale": scale(&survey.scale),
        "scales": scales.collect::<Object>(),
        "waves": survey.waves.iter().map(|wave| wave.label.clone()).collect::<Vec<_>>(),
        "questions": survey.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>(),
        "departments": survey.departments.iter().map(|department| department.names.id.clone()).collect::<Vec<_>>(),
        "audiences": audiences.collect::<Vec<_>>(),
        "labels": labels(view),
    });
    if view.release.benchmarks().next().is_some() {
        let names = view.release.councils().iter().map(|council| council.name.clone());
        about["other-councils"] = names.collect::<Vec<_>>().into();
    }
    Ok(serde_json::to_string_pretty(&about)? + "\n")
}

/// What tables call the ids of the data files.
fn labels(view: &View<'_>) -> serde_json::Value {
    let survey = view.survey;
    let department =
        |one: Department| (survey.department_id(one).to_owned(), view.department_label(one).into());
    let departments = (0..survey.departments.len()).map(Department::One);
    let departments: Object =
        departments.chain([Department::All, Department::Whole]).map(department).collect();
    let questions = view.questions().into_iter().map(|question| {
        let full = view.question_wording(question);
        (survey.question_id(question).to_owned(), vec![view.question_label(question), full].into())
    });
    let breakdowns = survey.audiences.iter().enumerate().map(|(audience, definition)| {
        let breakdowns = definition.breakdowns.iter().enumerate().map(|(breakdown, by)| {
            let groups = (0..by.groups.len()).map(|group| Group::Of { breakdown, group });
            let groups = groups.chain([Group::Everyone, Group::NotStated { breakdown }]);
            let label = |group| {
                (survey.group_id(audience, group).to_owned(), view.group_label(audience, group).into())
            };
            let groups: Object = groups.map(label).collect();
            (by.id.clone(), serde_json::json!({ "label": by.label, "groups": groups }))
        });
        (definition.id.clone(), breakdowns.collect::<Object>().into())
    });
    serde_json::json!({
        "departments": departments,
        "questions": questions.collect::<Object>(),
        "breakdowns": breakdowns.collect::<Object>(),
    })
}
