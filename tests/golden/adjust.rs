//! padjust.csv.

use std::collections::BTreeMap;

use rmsurvey::estimate::Adjustment;

use super::table::{Row, rows};
use super::tolerance::Check;

#[test]
fn adjusted_p_values() {
    let mut families: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows("expected/padjust.csv") {
        families.entry(row.text("family").to_owned()).or_default().push(row);
    }
    let mut check = Check::of("padjust.csv");
    for family in families.values() {
        let p: Vec<_> = family.iter().map(|row| row.number("p")).collect();
        let (holm, screened) = (Adjustment::Holm.of(&p), Adjustment::BenjaminiHochberg.of(&p));
        for ((row, holm), screened) in family.iter().zip(holm).zip(screened) {
            check.row(row, &[("p_holm", holm), ("p_bh", screened)]);
        }
    }
    check.finish(277);
}
