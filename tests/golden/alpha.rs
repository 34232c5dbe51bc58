//! alpha.csv, the listwise columns.

use rmsurvey::estimate::alpha;

use super::survey::{Items, QUESTIONS, Waves, Who};
use super::table::rows;
use super::tolerance::Check;

#[test]
fn alphas() {
    let (waves, mut check) = (Waves::read(), Check::of("alpha.csv"));
    for row in rows("expected/alpha.csv") {
        let survey = waves.get(row.year("year"), row.text("audience"));
        let department = match row.text("department") {
            "respondent_mean_pooled10" => "pooled10",
            one => one,
        };
        let mut matrix = vec![Vec::new(); survey.forms.len()];
        for question in QUESTIONS {
            let pairs = survey.pairs(&Items::of(question, department), &Who::Everyone);
            for (row, (k, y)) in matrix.iter_mut().zip(pairs) {
                row.push((k > 0).then(|| y as f64 / k as f64));
            }
        }
        let alpha = alpha(QUESTIONS.len(), &matrix);
        check.row(
            &row,
            &[
                ("items", Some(alpha.items as f64)),
                ("n", Some(matrix.len() as f64)),
                ("n_complete", Some(alpha.complete as f64)),
                ("alpha_listwise", alpha.alpha),
            ],
        );
    }
    check.finish(12);
}
