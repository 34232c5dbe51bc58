//! Rows in the order of their values: where a withheld one stands tells what it lies between.
//!
//! Rows stand in the order of the definition unless something else is said. Where they do not, and
//! the shown ones rise or fall steadily in some column, the place of a withheld one is its value.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::tables::Table;
use super::world::Address;

/// Looks at the order of every table.
pub fn sorted(tables: &[Table], about: &About, report: &mut Report) {
    for table in tables {
        let labels: Vec<&str> = table.rows.iter().filter_map(|row| Some(row.first()?.as_str())).collect();
        let places = known_order(about, &labels);
        let is_defined = places.is_none_or(|places| places.is_sorted());
        if labels.len() < 4 || is_defined {
            continue;
        }
        for (column, heading) in table.header.iter().enumerate().skip(1) {
            let values: Vec<Option<f64>> =
                table.rows.iter().map(|row| row.get(column)?.parse().ok()).collect();
            let shown: Vec<f64> = values.iter().flatten().copied().collect();
            let is_steady = shown.is_sorted() || shown.iter().rev().is_sorted();
            let differ = shown.first() != shown.last();
            let within = |at: usize| {
                values[..at].iter().any(Option::is_some) && values[at..].iter().any(Option::is_some)
            };
            let withheld = (0..values.len())
                .find(|&at| table.rows[at].get(column).is_some_and(|text| text == "[c]") && within(at));
            if let Some(at) = withheld.filter(|_| is_steady && differ && shown.len() > 2) {
                report.findings.push(Finding {
                    method: Method::Shown,
                    address: Address { department: table.name.clone(), ..Address::default() },
                    value: format!("{} stands between others in the order of {heading}", labels[at]),
                    from: table.file.clone(),
                });
                break;
            }
        }
    }
}

/// Where each row stands in the definition; `None` where a row is about nothing that it orders.
fn known_order(about: &About, labels: &[&str]) -> Option<Vec<usize>> {
    let departments: Vec<&str> = about
        .departments
        .iter()
        .filter_map(|id| about.labels.departments.get(id).map(String::as_str))
        .collect();
    let groups = about.audiences.iter().flat_map(|audience| {
        let labels = about.labels.breakdowns.get(&audience.id);
        audience.breakdowns.iter().filter_map(move |(id, groups)| {
            let labels = &labels?.get(id)?.groups;
            Some(groups.iter().filter_map(|group| labels.get(group).map(String::as_str)).collect::<Vec<_>>())
        })
    });
    let known = |order: Vec<&str>| -> Vec<usize> {
        labels.iter().filter_map(|label| order.iter().position(|one| one == label)).collect()
    };
    // Everyone, all departments and those who did not state it stand beside the others.
    let is_most = |places: &Vec<usize>| places.len() + 2 >= labels.len() && places.len() > 2;
    std::iter::once(departments).chain(groups).map(known).find(is_most)
}
