//! What two outputs tell together that neither tells alone: the answers of the forms between them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::output::{Output, Row};

/// What a reader who holds both outputs can work out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Danger {
    /// Per year and audience: how many published averages differ by fewer people than the minimum.
    pub few: BTreeMap<(String, String), usize>,
    /// Averages that one output withholds and the other shows.
    pub uncovered: usize,
    /// Averages of a year in both outputs that only one of them has, and shows: other groups or
    /// departments, which overlap with those of the other output.
    pub cut_otherwise: usize,
}

type Address = [String; 6];

impl Danger {
    pub fn between(old: &Output, new: &Output) -> Danger {
        let mut danger = Danger::default();
        let (before, now) = (by_address(old), by_address(new));
        let waves = |rows: &BTreeMap<Address, &Row>| -> BTreeSet<String> {
            rows.values()
                .filter(|row| row.text("status") != "no-wave")
                .map(|row| row.text("wave").to_owned())
                .collect()
        };
        let in_both: BTreeSet<String> = waves(&before).intersection(&waves(&now)).cloned().collect();
        let only_one = |rows: &BTreeMap<Address, &Row>, others: &BTreeMap<Address, &Row>| {
            let alone = rows.iter().filter(|(address, row)| {
                !others.contains_key(*address)
                    && row.text("status") == "ok"
                    && in_both.contains(row.text("wave"))
            });
            alone.count()
        };
        danger.cut_otherwise = only_one(&before, &now) + only_one(&now, &before);
        for (address, now) in &now {
            let Some(before) = before.get(address) else { continue };
            if is_withheld(before) && is_shown(now) || is_shown(before) && is_withheld(now) {
                danger.uncovered += 1;
            }
            if !is_shown(before) || !is_shown(now) || is_same(before, now) {
                continue;
            }
            let between = answered(now).abs_diff(answered(before));
            let audience = now.text("audience");
            if between < fewest(old, new, audience) {
                *danger.few.entry((now.text("wave").to_owned(), audience.to_owned())).or_default() += 1;
            }
        }
        danger
    }

    pub fn is_there(&self) -> bool {
        !self.few.is_empty() || self.uncovered + self.cut_otherwise > 0
    }
}

/// Fewer people than this are told of by neither of two outputs.
pub fn fewest(old: &Output, new: &Output, audience: &str) -> u64 {
    minimum(&old.about, audience).max(minimum(&new.about, audience))
}

fn by_address(output: &Output) -> BTreeMap<Address, &Row> {
    const ADDRESS: [&str; 6] = ["wave", "audience", "department", "question", "breakdown", "group"];
    let rows = output.rows("results.csv").iter();
    rows.map(|row| (ADDRESS.map(|key| row.text(key).to_owned()), row)).collect()
}

fn is_shown(row: &Row) -> bool {
    matches!(row.text("status"), "ok" | "nobody-scored")
}

fn is_withheld(row: &Row) -> bool {
    row.text("status") == "withheld"
}

fn answered(row: &Row) -> u64 {
    row.count("respondents").unwrap_or_default()
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
