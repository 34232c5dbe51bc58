//! The file that a council hands to others: what the public release shows of everyone in one wave,
//! rounded as `results.csv` is. It is written from the release alone.

use super::data::{DEGREES_DECIMALS, ERROR_DECIMALS};
use crate::disclose::{Policy, Status};
use crate::ratio::rounded;
use crate::share::{
    FORMAT, SharedAudience, SharedDepartment, SharedFigure, SharedQuestion, SharedScale, SharedSurvey,
    VERSION,
};
use crate::tally::{Cell, Group};
use crate::view::View;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    #[error("a draft is not shared: mend the answers that are not on the scale first")]
    Draft,
    #[error("only what the public may see is shared")]
    NotPublic,
    #[error("of {0} nothing may be shown, so there is nothing to share")]
    Nothing(String),
    #[error("the file could not be written: {0}")]
    Form(#[from] serde_json::Error),
}

/// One wave of a public release as other councils may have it.
///
/// # Errors
/// Of a draft, of a release that is not public, and where nothing is shown.
pub fn share(view: &View<'_>, wave: usize) -> Result<String, ShareError> {
    let survey = view.survey;
    if survey.draft {
        return Err(ShareError::Draft);
    }
    if view.release.policy != Policy::Public {
        return Err(ShareError::NotPublic);
    }
    let figures: Vec<(usize, SharedFigure)> = view
        .release
        .results()
        .filter(|(cell, _)| cell.wave == wave)
        .filter_map(|(cell, _)| figure(view, cell))
        .collect();
    if figures.is_empty() {
        return Err(ShareError::Nothing(view.wave_label(wave).to_owned()));
    }
    let scale = survey.scale_of(wave);
    let audiences = survey.audiences.iter().enumerate();
    let audiences = audiences.filter(|(audience, _)| figures.iter().any(|(of, _)| of == audience));
    let questions = survey.questions.iter().filter(|question| question.asked.in_wave(wave));
    let departments = survey.departments.iter().filter(|department| department.asked.in_wave(wave));
    let shared = SharedSurvey {
        format: FORMAT.to_owned(),
        version: VERSION,
        organisation: survey.organisation.name.clone(),
        title: survey.title.clone(),
        wave: view.wave_label(wave).to_owned(),
        synthetic: survey.synthetic,
        scale: SharedScale {
            lowest: 1,
            highest: u64::from(scale.top),
            no_contact: scale.no_contact.is_some(),
        },
        audiences: audiences
            .map(|(_, audience)| SharedAudience {
                id: audience.id.clone(),
                label: audience.label.clone(),
                minimum_respondents: audience.minimum_respondents,
            })
            .collect(),
        questions: questions
            .map(|question| SharedQuestion {
                id: question.id.clone(),
                text: question.text_in(wave).to_owned(),
            })
            .collect(),
        departments: departments
            .map(|department| SharedDepartment {
                id: department.names.id.clone(),
                label: department.names.label.clone(),
            })
            .collect(),
        figures: figures.into_iter().map(|(_, figure)| figure).collect(),
    };
    Ok(shared.text()?)
}

/// A figure of everyone that is shown and rests on the minimum; what is out already may rest on fewer.
fn figure(view: &View<'_>, cell: &Cell) -> Option<(usize, SharedFigure)> {
    let released = view.release.result(cell).filter(|it| it.status == Status::Ok)?;
    let mean = released.figure.value()?.mean.as_ref()?;
    let audience = view.audience(cell.audience);
    if cell.group != Group::Everyone || mean.respondents < audience.minimum_respondents {
        return None;
    }
    let figure = SharedFigure {
        audience: audience.id.clone(),
        department: view.survey.department_id(cell.department).to_owned(),
        question: view.survey.question_id(cell.question).to_owned(),
        respondents: mean.respondents,
        mean: mean.value,
        se: mean.standard_error.map(|error| rounded(error, ERROR_DECIMALS)),
        df: mean.degrees_of_freedom.map(|degrees| rounded(degrees, DEGREES_DECIMALS) as u64),
    };
    Some((cell.audience, figure))
}
