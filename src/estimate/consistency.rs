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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small_survey::Small;

    /// By hand: the complete forms give question 1 a 1, 2, 3 and question 2 a 2, 2, 4; variances 1 and
    /// 4/3, covariance 1: 2 (1 - (7/3) / (13/3)) = 12/13.
    #[test]
    fn alpha_rests_on_complete_forms() {
        let officers: [(&str, Option<usize>, &[u8]); 4] =
            [("", None, &[1, 2]), ("", None, &[2, 2]), ("", None, &[3, 4]), ("", None, &[4, 0])];
        let found = consistency(&Small::new(2, &[(&[], &officers)]).counted());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].department, &found[0].questions[..]), (Department::Whole, &[0, 1][..]));
        assert!((found[0].alpha.alpha.unwrap() - 12.0 / 13.0).abs() < 1e-14);
        assert_eq!(found[0].alpha.complete, 3);
    }

    #[test]
    fn who_scores_departments_is_described_twice() {
        let providers: [(&str, Option<usize>, &[u8]); 2] = [("", None, &[1]), ("", None, &[3])];
        let found = consistency(&Small::new(2, &[(&providers, &[])]).counted());
        let subjects: Vec<Department> = found.iter().map(|it| it.department).collect();
        assert_eq!(subjects, [Department::Whole, Department::All]);
    }
}
