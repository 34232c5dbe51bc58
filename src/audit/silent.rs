//! Those who were invited and returned no form, told apart by whether they had returned one before.
//!
//! One table says how many were invited and how many forms came back; another, how many of those who
//! answered before and not again had been invited again. These are among the silent; the others
//! among them answered in neither wave.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::frame;
use super::tables::Table;
use super::world::Address;

/// How the row begins that counts those who left although they were invited.
const INVITED_AGAIN: &str = "of these, invited in ";
/// The row of those who returned a form, several forms of one party counted once.
const EVERYONE: &str = "Everyone who returned a form";

/// Sets the tables of who answered again beside those of who was invited.
pub fn told_apart(tables: &[Table], about: &About, report: &mut Report) {
    for audience in &about.audiences {
        let name = format!("who-answered-again-{}", audience.id);
        let Some(table) = tables.iter().find(|table| table.name == name) else { continue };
        let count = |begins: &str, column: usize| -> Option<i64> {
            let row = table.rows.iter().find(|row| row.first().is_some_and(|who| who.starts_with(begins)))?;
            row.get(column)?.parse().ok()
        };
        let later = table.header.get(2).and_then(|column| column.strip_suffix(" (number)"));
        let (Some(again), Some(wave)) = (count(INVITED_AGAIN, 1), later) else { continue };
        let returned = frame::returned(tables, about, &audience.id, wave);
        let Some(everyone) = returned.iter().find(|row| row.group.is_none()) else { continue };
        let Some(invited) = everyone.invited else { continue };
        for answered in [everyone.forms, count(EVERYONE, 2)].into_iter().flatten() {
            report.count("sets of those who were silent", 1);
            let silent = invited - answered;
            let few = |people: i64| (1..audience.minimum_respondents).contains(&people);
            if few(silent) || few((silent - again).abs()) {
                report.findings.push(Finding {
                    method: Method::Sets,
                    address: Address {
                        wave: wave.to_owned(),
                        audience: audience.id.clone(),
                        department: table.name.clone(),
                        ..Address::default()
                    },
                    value: format!("of {silent} who were silent, {again} had answered before"),
                    from: format!("{invited} invited less the {answered} who answered"),
                });
            }
        }
    }
}
