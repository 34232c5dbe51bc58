//! ranks.csv, the columns of Cliff's delta.

use rmsurvey::estimate::cliffs_delta;

use super::survey::{Items, Waves, Who};
use super::table::{Row, rows};
use super::tolerance::Check;

type Side = Vec<(u64, u64)>;

fn fixed(score: &str) -> (Side, Side) {
    let side = |scores: &[u64]| scores.iter().map(|&score| (1, score)).collect();
    match score {
        "disjoint" => (side(&[3, 4, 4]), side(&[1, 1, 2, 2])),
        "all equal" => (side(&[3, 3, 3]), side(&[3, 3])),
        "one and many" => (side(&[4]), side(&[1, 2, 4, 4])),
        _ => (side(&[]), side(&[1, 2])),
    }
}

fn sides(row: &Row, waves: &Waves) -> (Side, Side) {
    if row.text("question") == "fixed" {
        return fixed(row.text("score"));
    }
    let (survey, items) = (waves.providers(row.year("year")), Items::of_row(row));
    let group = |column| Who::of(row.text("breakdown"), row.text(column));
    match row.text("group_b") {
        "officer" => {
            let officers = waves.get(row.year("year"), "officer");
            let council = Items::of(row.text("question"), "council");
            (survey.pairs(&items, &Who::Everyone), officers.pairs(&council, &Who::Everyone))
        }
        "2025" => (survey.pairs(&items, &Who::Everyone), waves.providers(2025).pairs(&items, &Who::Everyone)),
        _ => (survey.pairs(&items, &group("group_a")), survey.pairs(&items, &group("group_b"))),
    }
}

#[test]
fn cliffs_deltas() {
    let (waves, mut check) = (Waves::read(), Check::of("ranks.csv"));
    for row in rows("expected/ranks.csv") {
        let (left, right) = sides(&row, &waves);
        let delta = cliffs_delta(&left, &right);
        check.row(
            &row,
            &[
                ("cliff_delta", delta.map(|it| it.value)),
                ("rank_biserial", delta.map(|it| it.value)),
                ("prob_superiority", delta.map(|it| (it.value + 1.0) / 2.0)),
                ("delta_var", delta.and_then(|it| it.variance())),
                ("delta_ci_low", delta.and_then(|it| it.interval).map(|it| it.lower)),
                ("delta_ci_high", delta.and_then(|it| it.interval).map(|it| it.upper)),
            ],
        );
    }
    check.finish(524);
}
