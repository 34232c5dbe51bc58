//! How often likely ranges hold the truth, for the method page: the table that the simulation
//! (`examples/coverage`) printed into `docs/coverage.md`, rows that fall short included.

use crate::publish::table::{Column, Table, Value};

const SIMULATION: &str = include_str!("../../../docs/coverage.md");
const LEAD: &str = "Intervals that hold the truth";

/// The first table after its leading sentence; empty should the document have lost it, which a test
/// would notice.
///
/// Without departments and a second audience it speaks of neither.
pub(super) fn coverage(has_sides: bool) -> Table {
    let after = SIMULATION.split_once(LEAD).map_or("", |(_, after)| after);
    let lines =
        after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let rows = lines.filter(|line| has_sides || !["department", "Gap"].iter().any(|it| line.contains(it)));
    let rows = rows.map(|line| if has_sides { line.to_owned() } else { plain(line) });
    let mut rows =
        rows.map(|row| places(&row)).filter(|row| !row.iter().all(|place| place.starts_with("---")));
    let header = rows.next().unwrap_or_default();
    let columns = header.iter().map(|place| Column::text(place.clone())).collect();
    Table {
        name: "coverage".to_owned(),
        title: "How often 95% likely ranges held the truth in a simulation, in percent".to_owned(),
        base: "20,000 simulated surveys for each number of forms; none of the survey's own answers".to_owned(),
        source: "The simulation that comes with the program, docs/coverage.md".to_owned(),
        notes: vec![
            "In round brackets: how far chance in the simulation itself may move the figure. A promise that is broken would be marked.".to_owned(),
        ],
        rows: rows.map(|row| row.into_iter().map(Value::Text).collect()).collect(),
        columns,
    }
}

/// The simulation's two audiences, where the survey has no such sides.
fn plain(line: &str) -> String {
    let words =
        [("providers", "many respondents"), ("52 officers", "52 people"), ("officers", "such people")];
    words.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to))
}

/// The places of a row of a Markdown table.
fn places(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|place| place.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_its_table() {
        let table = coverage(true);
        assert!(table.rows.len() >= 10 && table.columns.len() == 6, "{table:?}");
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let plain = format!("{:?}", coverage(false).rows);
        assert!(coverage(false).rows.len() >= 5, "{plain}");
        for word in ["provider", "officer", "epartment"] {
            assert!(format!("{:?}", table.rows).contains(word) && !plain.contains(word), "{word}: {plain}");
        }
    }
}
