//! means.csv and edge_means.csv.

use rmsurvey::estimate::{SmallSample, mean, mean_with};

use super::survey::{Items, Survey, Waves, Who, figures};
use super::table::{Row, rows};
use super::tolerance::Check;

fn compare(check: &mut Check, row: &Row, survey: &Survey, items: &Items, who: &Who) {
    let (moments, sample) = (survey.moments(items, who), survey.sample());
    let shown = mean(&moments, sample);
    let mut all = figures(mean_with(&moments, sample, SmallSample::Forms));
    all.extend([
        ("se_m", shown.and_then(|it| it.standard_error)),
        ("ci_low_m", shown.and_then(|it| it.interval).map(|it| it.lower)),
        ("ci_high_m", shown.and_then(|it| it.interval).map(|it| it.upper)),
        ("n_respondents", Some(moments.m as f64)),
        ("n_answers", Some(moments.k as f64)),
        ("n", Some(sample.forms() as f64)),
        ("N", sample.frame().map(|frame| frame as f64)),
    ]);
    check.row(row, &all);
}

#[test]
fn means() {
    let (waves, mut check) = (Waves::read(), Check::of("means.csv"));
    for row in rows("expected/means.csv") {
        let survey = waves.get(row.year("year"), row.text("audience"));
        compare(&mut check, &row, survey, &Items::of_row(&row), &Who::of_row(&row));
    }
    check.finish(4905);
}

#[test]
fn edge_means() {
    let frames = rows("data/edge_frames.csv");
    let mut check = Check::of("edge_means.csv");
    for row in rows("expected/edge_means.csv") {
        let frame = frames.iter().find(|frame| frame.text("file") == row.text("file")).expect("a frame");
        let survey = Survey::read(row.text("file"), frame.number("frame_n").map(|n| n as u64));
        let items = Items::of(
            row.text("question"),
            if row.text("question") == "ALL" { "pooled11" } else { "council" },
        );
        compare(&mut check, &row, &survey, &items, &Who::of_row(&row));
    }
    check.finish(68);
}
