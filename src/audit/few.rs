//! Counts of people that are too small, in tables that are about no group: who answered again, forms
//! by the pattern of their answers, who scored every question. A count is of a few people, or leaves
//! a few out.

use super::about::About;
use super::councils::is_of_others;
use super::finding::{Finding, Method, Report};
use super::tables::Table;
use super::world::Address;

/// Columns that count people.
const PEOPLE: [&str; 7] = [
    "answered (number)",
    "forms returned (number)",
    "Forms (number)",
    "Who scored every question (number)",
    "Answered in both years (number)",
    "who answered (number)",
    "Forms returned (number)",
];
/// Patterns of answers: those without one are people too.
const PATTERNS: [&str; 4] =
    ["Same score everywhere", "Only no contact", "No answer at all", "Answers of another form"];

/// Looks at every count of people.
pub fn counts(tables: &[Table], about: &About, report: &mut Report) {
    for table in tables {
        let is_of_years = table.name.starts_with("who-answered-again");
        for row in &table.rows {
            let Some(minimum) = minimum(table, row, about) else { continue };
            let place = |column: usize| row.get(column).and_then(|text| text.parse::<i64>().ok());
            let forms = table.header.iter().position(|column| column == "Forms (number)").and_then(place);
            for (at, column) in table.header.iter().enumerate() {
                let is_pattern = PATTERNS.iter().any(|pattern| column.starts_with(pattern));
                let counts_people = PEOPLE.iter().any(|people| column.ends_with(people))
                    || is_pattern
                    || (is_of_years && at > 0);
                // Other councils have minimums of their own.
                let counts_people = counts_people && !is_of_others(column);
                let Some(count) = place(at).filter(|_| counts_people) else { continue };
                report.count("counts of people", 1);
                let few = |people: i64| (1..minimum).contains(&people);
                let without = forms.filter(|_| is_pattern).map(|forms| forms - count);
                if few(count) || without.is_some_and(few) {
                    report.findings.push(Finding {
                        method: Method::Shown,
                        address: Address { department: table.name.clone(), ..Address::default() },
                        value: format!("{column} {count}"),
                        from: format!("{}, row {}", table.file, row.first().map_or("", String::as_str)),
                    });
                }
            }
        }
    }
}

/// The smallest minimum of the audiences that a row is about.
fn minimum(table: &Table, row: &[String], about: &About) -> Option<i64> {
    let named = |text: &str| -> Vec<i64> {
        let text = text.to_lowercase();
        let of = about.audiences.iter().filter(|one| text.contains(&one.label.to_lowercase()));
        of.map(|one| one.minimum_respondents).collect()
    };
    let of_row = row.iter().zip(&table.header).filter(|(_, column)| *column == "Audience");
    let mut minimums: Vec<i64> = of_row.flat_map(|(text, _)| named(text)).collect();
    if minimums.is_empty() {
        minimums = named(&table.title);
    }
    minimums.into_iter().min()
}
