//! What two outputs tell together that neither tells alone: the answers of the forms between them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::output::{Output, Row};

/// What a reader who holds both outputs can work out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Danger {
    /// Per year and audience: published averages whose difference rests on fewer people than the
    /// minimum, and the smallest number of people it rests on (0: an answer was corrected).
    pub few: BTreeMap<(String, String), (usize, u64)>,
    /// Figures that one output withholds and the other shows.
    pub uncovered: usize,
}

impl Danger {
    pub fn between(old: &Output, new: &Output) -> Danger {
        const ADDRESS: [&str; 6] = ["wave", "audience", "department", "question", "breakdown", "group"];
        let mut danger = Danger::default();
        let address = |row: &Row| ADDRESS.map(|key| row.text(key).to_owned());
        let before: BTreeMap<[String; 6], &Row> =
            old.rows("results.csv").iter().map(|row| (address(row), row)).collect();
        for now in new.rows("results.csv") {
            let Some(before) = before.get(&address(now)) else { continue };
            let is_shown = |row: &Row| matches!(row.text("status"), "ok" | "nobody-scored");
            let is_withheld = |row: &Row| row.text("status") == "withheld";
            if is_withheld(before) && is_shown(now) || is_shown(before) && is_withheld(now) {
                danger.uncovered += 1;
            }
            if !(is_shown(before) && is_shown(now)) || is_same(before, now) {
                continue;
            }
            let people = |row: &Row| row.count("respondents").unwrap_or_default();
            let between = people(now).abs_diff(people(before));
            let audience = now.text("audience");
            if between < minimum(&old.about, audience).max(minimum(&new.about, audience)) {
                let at = (now.text("wave").to_owned(), audience.to_owned());
                let (figures, fewest) = danger.few.entry(at).or_insert((0, between));
                *figures += 1;
                *fewest = between.min(*fewest);
            }
        }
        danger
    }

    pub fn is_there(&self) -> bool {
        !self.few.is_empty() || self.uncovered > 0
    }
}

fn is_same(before: &Row, now: &Row) -> bool {
    ["respondents", "answers", "no_contact", "blank", "mean"]
        .iter()
        .all(|column| before.text(column) == now.text(column))
}

/// The smallest number of respondents that an audience's figures may rest on.
pub(super) fn minimum(about: &Value, audience: &str) -> u64 {
    let audiences = about.get("audiences").and_then(Value::as_array).into_iter().flatten();
    let mut found = audiences.filter(|it| it.get("id").and_then(Value::as_str) == Some(audience));
    let minimum = found.next().and_then(|it| it.get("minimum-respondents")?.as_u64());
    minimum.unwrap_or_default()
}
