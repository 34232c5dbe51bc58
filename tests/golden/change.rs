//! yoy.csv.

use rmsurvey::estimate::{
    Comparison, SmallSample, change, change_covariance, change_of_strangers, independent, matched_change,
    mean_with, welch_satterthwaite,
};

use super::differences::tested;
use super::survey::{Items, Waves, Who};
use super::table::{Row, rows};
use super::tolerance::Check;

type Figures = Vec<(&'static str, Option<f64>)>;

/// The reference files call the earlier wave "from", which is the right side of a change.
fn renamed(comparison: &Comparison) -> Figures {
    let name = |column| match column {
        "est_a" => "est_to",
        "est_b" => "est_from",
        "n_resp_a" => "n_resp_to",
        "n_resp_b" => "n_resp_from",
        "n_ans_a" => "n_ans_to",
        "n_ans_b" => "n_ans_from",
        other => other,
    };
    tested(comparison).into_iter().map(|(column, value)| (name(column), value)).collect()
}

fn of_row(row: &Row, waves: &Waves) -> Figures {
    let (from, to) = (waves.get(2025, row.text("audience")), waves.get(2026, row.text("audience")));
    let (items, who) = (Items::of_row(row), Who::of_row(row));
    let (earlier, later) = (from.in_wave(&items, &who), to.in_wave(&items, &who));
    match row.text("statistic") {
        "yoy_independent" => {
            let side =
                |wave: &rmsurvey::estimate::InWave| mean_with(&wave.moments, wave.sample, SmallSample::Forms);
            let mut all = renamed(&independent(side(&later), side(&earlier)));
            all.extend([
                ("se_from", side(&earlier).and_then(|it| it.standard_error)),
                ("se_to", side(&later).and_then(|it| it.standard_error)),
            ]);
            // The file has the shown variant for providers only.
            if row.text("audience") == "provider" {
                let shown = change_of_strangers(&earlier, &later);
                all.extend([
                    ("se_m", shown.difference.and_then(|it| it.standard_error)),
                    ("df_m", shown.difference.and_then(|it| it.degrees_of_freedom)),
                    ("p_m", shown.p),
                ]);
            }
            all
        }
        "yoy_overlap" => {
            let linked = waves.linked(&items, &who, false);
            let mut all = renamed(&change(&earlier, &later, &linked));
            all.push(("n_matched", Some(linked.cross.both as f64)));
            // A pair of respondents or more; the reference writes 0 otherwise.
            let covariance = change_covariance(&earlier, &later, &linked);
            all.push(("cov_from_to", covariance.or(Some(0.0))));
            all
        }
        kind @ ("yoy_panel" | "yoy_panel_cells") => {
            let linked = waves.linked(&items, &who, kind == "yoy_panel_cells");
            let mut all = renamed(&matched_change(from.sample(), to.sample(), &linked));
            all.push(("n_matched", Some(linked.cross.both as f64)));
            all
        }
        other => panic!("no such statistic: {other}"),
    }
}

#[test]
fn changes() {
    let (waves, mut check) = (Waves::read(), Check::of("yoy.csv"));
    let skipped = ["yoy_stacked_nofpc", "yoy_gap_independent"];
    for row in rows("expected/yoy.csv").iter().filter(|row| !skipped.contains(&row.text("statistic"))) {
        check.row(row, &of_row(row, &waves));
    }
    check.finish(252 + 243 + 230 + 230);
}

/// The change of a gap is a sum of four independent means, so its degrees of freedom are
/// Welch-Satterthwaite's over the four.
#[test]
fn changes_of_a_gap() {
    let (waves, mut check) = (Waves::read(), Check::of("yoy.csv, gaps"));
    for row in rows("expected/yoy.csv").iter().filter(|row| row.text("statistic") == "yoy_gap_independent") {
        let question = row.text("question");
        let council = Items::of(question, if question == "ALL" { "pooled11" } else { "council" });
        let mut means = Vec::new();
        for year in [2025, 2026] {
            for (audience, items) in [("provider", &Items::of_row(row)), ("officer", &council)] {
                let side = waves.get(year, audience).in_wave(items, &Who::Everyone);
                means.push(mean_with(&side.moments, side.sample, SmallSample::Forms).expect("answers"));
            }
        }
        let parts: Option<Vec<_>> =
            means.iter().map(|mean| mean.variance().zip(mean.degrees_of_freedom)).collect();
        let variance: Option<f64> = parts.as_ref().map(|parts| parts.iter().map(|part| part.0).sum());
        let change = (means[2].value - means[3].value) - (means[0].value - means[1].value);
        check.row(
            row,
            &[
                ("estimate", Some(change)),
                ("se", variance.map(f64::sqrt)),
                ("df", parts.as_deref().and_then(welch_satterthwaite)),
            ],
        );
    }
    check.finish(18);
}
