//! Figures that simply stand somewhere: in a table, a page, a chart, a row that says that it is withheld.

use super::*;

#[test]
fn a_table_that_shows_a_withheld_cell_is_noticed() {
    let mut files = folder(
        &[],
        &[
            ("all/Q1/all/all", Some((20, 22, 18, 0, 55))),
            ("finance/Q1/all/all", WITHHELD),
            ("procurement/Q1/all/all", WITHHELD),
        ],
    );
    let table = |finance: &str| {
        let text = format!(
            "\u{feff}Department,Q1 Trust (% no contact)\nFinance,{finance}\nProcurement,[c]\nBoth departments together,45\n"
        );
        let title = r#"{"dc:title": "\"No contact\" by department and question, care providers, 2017"}"#;
        vec![
            TextFile { name: "tables/01-no-contact.csv".to_owned(), text },
            TextFile { name: "tables/01-no-contact.csv-metadata.json".to_owned(), text: title.to_owned() },
        ]
    };
    files.tables = table("[c]");
    assert_eq!(found(&files), [""; 0]);
    // 85% of 20 forms had no contact: three people scored Finance.
    files.tables = table("85");
    let expected = "2017/providers/finance/Q1/all/all  Q1 Trust (% no contact) 85  \
                    (shown in a file: tables/01-no-contact.csv, row Finance)";
    assert_eq!(found(&files), [expected]);
}

#[test]
fn the_report_is_read_as_the_tables_are() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let title = "Average score by question and area, care providers, The council, 2017";
    let text = "Area,Q1 Trust (score)\nNorth,2.50\nSouth,[c]\nEveryone,2.50\n".to_owned();
    files.tables = vec![
        TextFile { name: "tables/01-by-area.csv".to_owned(), text },
        TextFile {
            name: "tables/01-by-area.csv-metadata.json".to_owned(),
            text: format!(r#"{{"dc:title": "{title}"}}"#),
        },
    ];
    let page = |south: &str| TextFile {
        name: "report.html".to_owned(),
        text: format!(
            "<table><caption><span class=\"title\"><span class=\"label\">Table 1</span> {title}</span>\n</caption>\
             <thead><tr><th scope=\"col\">Area</th><th>Q1 Trust (score)</th></tr></thead>\
             <tbody><tr><th scope=\"row\">North</th><td>2.50</td></tr><tr><th scope=\"row\">South</th><td>{south}</td></tr></tbody></table>"
        ),
    };
    files.pages = vec![page("[c]")];
    assert_eq!(found(&files), [""; 0]);
    files.pages = vec![page("2.71")];
    let found = found(&files);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("South, Q1 Trust (score): 2.71 for [c]"), "{found:?}");
    assert!(
        found[1].contains("area/south  Q1 Trust (score) 2.71  (shown in a file: report.html, table 1"),
        "{found:?}"
    );
}

#[test]
fn a_chart_may_not_print_what_its_table_does_not() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    files.tables = vec![TextFile {
        name: "tables/01-by-area.csv".to_owned(),
        text: "Area,Q1 Trust (score)\nNorth,2.50\nSouth,[c]\n".to_owned(),
    }];
    let chart = |marks: &str| TextFile {
        name: "charts/01-by-area.svg".to_owned(),
        text: format!(
            "<svg aria-labelledby=\"chart-by-area-title x\"><title>By area</title><g aria-hidden=\"true\">{marks}</g></svg>"
        ),
    };
    files.pages = vec![chart("<circle cx=\"1\" cy=\"2\" r=\"9\"/><text x=\"1\">2.50</text><text>[c]</text>")];
    assert_eq!(found(&files), [""; 0]);
    files.pages = vec![chart(
        "<circle cx=\"1\" cy=\"2\"/><circle cx=\"5\" cy=\"2\"/><text>2.50</text><text>2.71</text>",
    )];
    let found = found(&files);
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn numbers_beside_a_withheld_status_are_noticed() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    files.results = files.results.replace("south,,,,,", "south,,,3,,");
    let found = found(&files);
    assert!(
        found.iter().any(|one| one.contains("area/south  no_contact 3  (shown in a file: data/results.csv)")),
        "{found:?}"
    );
}

#[test]
fn answers_that_are_all_the_same_are_noticed() {
    let files = folder(&[], &[("whole/Q1/all/all", Some((8, 8, 0, 0, 8)))]);
    let mut files_with_share = files.clone();
    files_with_share.results = files.results.replace(",1,,ok", ",1,0.0,ok");
    let expected = "2017/providers/whole/Q1/all/all  all answers are 1  \
                    (answers that are all the same: 8 answers with their sum and their upper half)";
    assert_eq!(found(&files_with_share), [expected]);
}
