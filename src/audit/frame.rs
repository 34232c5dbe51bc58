//! Forms returned and people invited, as the tables of responses say them.

use super::about::About;
use super::equations::{Equations, Measure, Reason};
use super::tables::Table;
use super::world::World;

/// One row of a table of responses in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Breakdown and group; `None` for everyone.
    pub group: Option<(String, String)>,
    pub invited: Option<i64>,
    pub forms: Option<i64>,
}

/// What the table of an audience's responses says of a wave; nothing where there is no such table.
pub fn returned(tables: &[Table], about: &About, audience: &str, wave: &str) -> Vec<Returned> {
    let name = format!("responses-{audience}");
    let Some(table) = tables.iter().find(|table| table.name == name) else { return Vec::new() };
    let column = |what: &str| table.header.iter().position(|one| *one == format!("{wave} {what} (number)"));
    let (invited, forms) = (column("invited"), column("forms returned"));
    let read = |row: &[String], column: Option<usize>| row.get(column?)?.trim().parse().ok();
    let rows = table.rows.iter().filter_map(|row| {
        let group = match row.get(1)?.as_str() {
            "Everyone" => None,
            label => {
                let known = about.labels.breakdowns.get(audience)?;
                let (id, by) = known.iter().find(|(_, by)| Some(&by.label) == row.first())?;
                let (group, _) = by.groups.iter().find(|(_, one)| *one == label)?;
                Some((id.clone(), group.clone()))
            }
        };
        Some(Returned { group, invited: read(row, invited), forms: read(row, forms) })
    });
    rows.collect()
}

/// The share of those invited who returned no form; 1 where it is not told.
pub fn not_returned(rows: &[Returned]) -> f64 {
    let everyone = rows.iter().find(|row| row.group.is_none());
    match everyone.map(|row| (row.forms, row.invited)) {
        Some((Some(forms), Some(invited @ 1..))) => (invited - forms) as f64 / invited as f64,
        _ => 1.0,
    }
}

/// Adds the forms of every group that the table counts.
pub fn add_forms(equations: &mut Equations, world: &World, rows: &[Returned]) {
    for row in rows {
        let Some(forms) = row.forms else { continue };
        let (breakdown, group) =
            row.group.as_ref().map_or(("all", "all"), |(by, group)| (by.as_str(), group.as_str()));
        let is_of_group = |cell: &usize| world.cells[*cell].place[2..] == [breakdown, group];
        if let Some(cell) = (0..world.cells.len()).find(is_of_group) {
            let variable = equations.variable(Measure::Forms, cell);
            equations.equal(vec![(variable, 1)], i128::from(forms), Reason::PublishedForms);
        }
    }
}
