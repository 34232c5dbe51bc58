//! Whether the questions measure one thing: reliability of the question scale.

use super::{Alpha, alpha};
use crate::tally::{Counted, Department, Group, Question, Units};

/// Cronbach's alpha of one audience's questions in one wave, about the council as one organisation
/// or about the departments pooled.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    pub wave: usize,
    pub audience: usize,
    /// [`Department::Whole`] or [`Department::All`].
    pub department: Department,
    /// The questions asked, by their position in the definition, in the order of
    /// [`Alpha::item_rest_correlation`].
    pub questions: Vec<usize>,
    pub alpha: Alpha,
}

/// One per audience with answers, wave and subject. An item is a respondent's mean of a question
/// over what is pooled; only respondents with a score for every question count.
pub(super) fn consistency(counted: &Counted<'_>) -> Vec<Consistency> {
    let survey = counted.survey;
    let of_units = |units: &Units| {
        let mut questions: Vec<usize> =
            survey.items(units.wave, units.audience).iter().map(|item| item.question).collect();
        questions.dedup();
        let departments = survey.department_cells(units.audience);
        let subjects = departments.into_iter().filter(|it| !matches!(it, Department::One(_)));
        let each = subjects.map(|department| Consistency {
            wave: units.wave,
            audience: units.audience,
            department,
            alpha: alpha(questions.len(), &means(units, department, &questions)),
            questions: questions.clone(),
        });
        each.collect::<Vec<_>>()
    };
    let is_of_this_run = |units: &&Units| counted.waves.contains(&units.wave);
    counted.units.iter().filter(is_of_this_run).flat_map(of_units).collect()
}

/// One row per respondent with a mean per question; `None` where a question has no score.
fn means(units: &Units, department: Department, questions: &[usize]) -> Vec<Vec<Option<f64>>> {
    let mut rows = vec![Vec::with_capacity(questions.len()); units.units.len()];
    for &question in questions {
        let answered = units.answered(department, Question::One(question), Group::Everyone);
        for (row, (answers, sum)) in rows.iter_mut().zip(answered) {
            row.push((answers > 0).then(|| sum as f64 / answers as f64));
        }
    }
    rows
}
