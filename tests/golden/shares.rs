//! topbox.csv.

use rmsurvey::estimate::share;

use super::survey::{Items, Waves, Who, figures};
use super::table::rows;
use super::tolerance::Check;

#[test]
fn top_shares() {
    let (waves, mut check) = (Waves::read(), Check::of("topbox.csv"));
    for row in rows("expected/topbox.csv") {
        let survey = waves.get(row.year("year"), row.text("audience"));
        let cut = row.number("cut").expect("a cut") as u8;
        let moments = survey.at_least(cut, &Items::of_row(&row), &Who::of_row(&row));
        let share = share(&moments, survey.sample());
        let mut all: Vec<_> =
            figures(share).into_iter().filter(|(name, _)| !name.starts_with("ci")).collect();
        all.extend([
            ("n_respondents", Some(moments.m as f64)),
            ("n_answers", Some(moments.k as f64)),
            ("wilson_low", share.and_then(|it| it.interval).map(|it| it.lower)),
            ("wilson_high", share.and_then(|it| it.interval).map(|it| it.upper)),
        ]);
        check.row(&row, &all);
    }
    check.finish(1044);
}
