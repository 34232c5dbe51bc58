//! This council beside others: what stands in the columns of the others has to be theirs, as the data
//! file has it, or one of them could hold a figure of ours that is withheld.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::places::Reader;
use super::rows::Row;
use super::tables::Table;
use super::world::Address;

/// The columns of tables, and where the data file has the same.
const COLUMNS: [(&str, &str); 6] = [
    ("Other councils (number)", "councils"),
    ("Other councils, people who answered", "others_respondents"),
    ("Other councils, average", "others_mean"),
    ("Other councils, lowest", "others_lowest"),
    ("Other councils, median", "others_median"),
    ("Other councils, highest", "others_highest"),
];
/// Half of the last decimal of a table.
const HALF: f64 = 0.005;

/// Whether a column of a table is known to be about the others.
pub fn is_of_others(column: &str) -> bool {
    COLUMNS.iter().any(|(begins, _)| column.starts_with(begins))
}

/// Whether what stands in a column has a mark of its own in the picture; the ends of the others are a bar.
pub fn has_a_mark(column: &str) -> bool {
    !is_of_others(column) || column.starts_with("Other councils, average")
}

/// Holds the columns of others in every table to the data file.
pub fn places(tables: &[Table], about: &About, benchmarks: &[Row], report: &mut Report) {
    for table in tables {
        let reader = Reader { about, table };
        for row in &table.rows {
            for (at, column) in table.header.iter().enumerate() {
                let Some((_, theirs)) = COLUMNS.iter().find(|(begins, _)| column.starts_with(begins)) else {
                    continue;
                };
                let Some(text) = row.get(at).filter(|text| !text.starts_with('[')) else { continue };
                report.count("places of other councils", 1);
                let addresses = reader.row(row).map_or_else(Vec::new, |it| reader.addresses(&it, column));
                let is_theirs = addresses.iter().any(|address| {
                    let said = benchmarks.iter().find(|row| is_at(row, address));
                    let said = said.and_then(|row| row.number(theirs));
                    said.zip(text.parse::<f64>().ok())
                        .is_some_and(|(said, here)| (said - here).abs() < HALF + 1e-9)
                });
                if !is_theirs {
                    report.findings.push(Finding {
                        method: Method::Shown,
                        address: addresses.into_iter().next().unwrap_or_default(),
                        value: format!("{column} {text}, which data/benchmarks.csv does not have"),
                        from: format!("{}, row {}", table.file, row.first().map_or("", String::as_str)),
                    });
                }
            }
        }
    }
}

fn is_at(row: &Row, address: &Address) -> bool {
    let Address { wave, audience, department, question, breakdown, group } = address;
    let own = [wave, audience, department, question, breakdown, group];
    let columns = ["wave", "audience", "department", "question", "breakdown", "group"];
    columns.iter().zip(own).all(|(column, id)| row.text(column) == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::rows::rows;

    const ABOUT: &str = r#"{"scale": {"high": 4}, "waves": ["2017"], "questions": ["Q1"], "departments": [],
        "audiences": [{"id": "p", "label": "Providers", "scores-departments": false, "minimum-respondents": 5,
        "breakdowns": {}}], "labels": {"questions": {"Q1": ["Q1 Trust"], "all": ["All questions"]}}}"#;

    /// The table says 2.63, the data file 2.525: printed 2.53.
    #[test]
    fn a_figure_in_a_column_of_others_has_to_be_theirs() {
        let about = About::read(ABOUT).unwrap();
        let benchmarks = rows(
            "b",
            "wave,audience,department,question,breakdown,group,councils,others_mean,status\n\
             2017,p,whole,Q1,all,all,2,2.525,withheld\n",
        )
        .unwrap();
        let found = |mean: &str| {
            let table = Table {
                file: "t.csv".to_owned(),
                name: "t".to_owned(),
                title: "Us and other councils, providers, 2017".to_owned(),
                header: ["Question", "Other councils (number)", "Other councils, average (score 1 to 4)"]
                    .map(str::to_owned)
                    .to_vec(),
                rows: vec![["Q1 Trust", "2", mean].map(str::to_owned).to_vec()],
            };
            let mut report = Report::default();
            places(&[table], &about, &benchmarks, &mut report);
            report.findings.iter().map(Finding::to_string).collect::<Vec<_>>()
        };
        assert!(found("2.53").is_empty() && found("[x]").is_empty(), "{:?}", found("2.53"));
        assert!(found("2.63")[0].starts_with("2017/p/whole/Q1/all/all  Other councils, average"));
    }
}
