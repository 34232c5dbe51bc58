//! Leaks through what is drawn: marks, numbers and axes beside what is withheld.

use super::papers::{by_area, with_page};
use super::*;

/// Rows at 1000, 1400 and 1800; dots are drawn in the middle of a row.
fn chart(description: &str, drawn: &str) -> Vec<String> {
    let label = |text: &str, y: i32| {
        format!("<text x=\"10\" y=\"{y}\" dy=\"0.76em\" font-size=\"140\">{text}</text>")
    };
    let tick = |text: &str, x: i32| {
        format!("<text x=\"{x}\" y=\"500\" dy=\"0.76em\" font-size=\"130\">{text}</text>")
    };
    let svg = format!(
        "<svg aria-labelledby=\"chart-by-area-title x\"><title>By area</title><desc>{description}</desc>\
         <g aria-hidden=\"true\"><rect width=\"9600\" height=\"5000\" fill=\"#FFFFFF\"/>{}{}{}{}{}{}\
         <line opacity=\"0.3\" x1=\"10\" y1=\"1200\" x2=\"9000\" y2=\"1200\"/>\
         <circle cx=\"3000\" cy=\"1060\" r=\"50\" fill=\"#FFFFFF\"/><circle cx=\"3000\" cy=\"1060\" r=\"40\" fill=\"#12436D\"/>\
         <text x=\"3100\" y=\"1000\" dy=\"0.76em\" font-size=\"140\">2.50</text>\
         <text x=\"2100\" y=\"1400\" dy=\"0.76em\" font-size=\"140\">[c]</text>{drawn}</g></svg>",
        label("North", 1000),
        label("South", 1400),
        label("West", 1800),
        tick("-0.5", 2000),
        tick("0.0", 2500),
        tick("0.5", 3000),
    );
    with_page("charts/01-by-area.svg", &svg)
}

#[test]
fn nothing_is_drawn_for_a_row_that_is_withheld() {
    assert_eq!(chart("North, 2.50.", ""), [""; 0]);
    for (mark, words) in [
        ("<circle cx=\"3300\" cy=\"1458\" r=\"40\" fill=\"#12436D\"/>", "1 marks for South"),
        ("<rect x=\"2000\" y=\"1400\" width=\"900\" height=\"120\" fill=\"#12436D\"/>", "1 marks for South"),
        (
            "<polygon fill=\"#28A197\" points=\"3300,1810 3350,1860 3300,1910 3250,1860 \"/>",
            "1 marks for West",
        ),
        ("<line stroke=\"#12436D\" x1=\"3000\" y1=\"1860\" x2=\"3400\" y2=\"1860\"/>", "1 marks for West"),
        ("<path d=\"M 3000 1860 L 3400 1860\" stroke=\"#12436D\"/>", "1 marks for West"),
        ("<text x=\"3300\" y=\"1800\" dy=\"0.76em\" font-size=\"140\">85%</text>", "prints 85% for West"),
        ("<g><title>2.71</title></g>", "says 2.71"),
    ] {
        let found = chart("North, 2.50.", mark);
        assert!(found.iter().any(|one| one.contains(words)), "{mark}: {found:?}");
    }
}

/// A table whose chart has one label, with what is drawn at its height: 1060.
fn drawn_beside(label: &str, table: &str, drawn: &str) -> Vec<String> {
    let mut files = by_area();
    files.tables.truncate(1);
    files.tables[0].name = "tables/01-trend.csv".to_owned();
    files.tables[0].text = table.to_owned();
    let text = format!("<text x=\"1000\" y=\"1000\" dy=\"0.76em\" font-size=\"140\">{label}</text>{drawn}");
    files.pages = vec![TextFile {
        name: "charts/01-trend.svg".to_owned(),
        text: format!(
            "<svg aria-labelledby=\"chart-trend-title x\"><title>Years</title><g aria-hidden=\"true\">{text}</g></svg>"
        ),
    }];
    found(&files)
}

/// A line per audience over two years: the row's label has a dot for each year.
fn over_the_years(averages: [&str; 2], drawn: &str) -> Vec<String> {
    let row = |year: &str, average: &str| format!("Care providers,{year},{average},[c]\n");
    let rows = row("2016", averages[0]) + &row("2017", averages[1]);
    let table = format!("Audience,Year,Average (score),Who answered (number)\n{rows}");
    drawn_beside("Care providers", &table, drawn)
}

#[test]
fn the_year_of_a_row_is_no_value() {
    let dot = |x: i32| format!("<circle cx=\"{x}\" cy=\"1060\" r=\"40\" fill=\"#12436D\"/>");
    let both = dot(2000) + &dot(3000);
    assert_eq!(over_the_years(["[c]", "[c]"], ""), [""; 0]);
    let found = over_the_years(["[c]", "[c]"], &both);
    assert!(found.iter().any(|one| one.contains("2 marks for Care providers")), "{found:?}");
    let shown =
        |found: Vec<String>| found.into_iter().filter(|one| one.contains("dots for")).collect::<Vec<_>>();
    let found = shown(over_the_years(["[c]", "2.50"], &both));
    assert!(found.iter().any(|one| one.contains("2 dots for 1 values of Care providers")), "{found:?}");
    assert_eq!(shown(over_the_years(["[c]", "2.50"], &dot(3000))), [""; 0]);
    // Left of a name beside its last dot others have theirs; left of a label is its sign in a key.
    assert_eq!(shown(over_the_years(["[c]", "2.50"], &(dot(500) + &dot(600)))), [""; 0]);
    assert_eq!(over_the_years(["[c]", "[c]"], &dot(900)), [""; 0]);
}

/// "2016 [c]" is what stands for a year that is withheld; a score before the mark is none.
#[test]
fn a_year_before_its_mark_is_no_figure() {
    let printed = |words: &str| {
        let text = format!("<text x=\"2000\" y=\"1000\" dy=\"0.76em\" font-size=\"140\">{words}</text>");
        let table = "Area,2016 (score),2017 (score)\nSouth,[c],[z]\n";
        drawn_beside("South", table, &text)
    };
    assert_eq!(printed("2016 [c]"), [""; 0]);
    assert_eq!(printed("2017 [z]"), [""; 0]);
    for leak in ["2.71 [c]", "2016 2.71", "3 [c]", "2016 2 [c]"] {
        let found = printed(leak);
        assert!(
            found.iter().any(|one| one.contains(&format!("prints {leak} for South"))),
            "{leak}: {found:?}"
        );
    }
}

#[test]
fn the_description_of_a_chart_says_what_its_table_says() {
    let found = chart("The lowest is 2.25.", "");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("says 2.25, which its table does not have"), "{found:?}");
    assert_eq!(chart("Every area, 31% of them.", "").len(), 1);
}

#[test]
fn an_axis_reaches_no_further_than_what_is_shown() {
    let tick = "<text x=\"1000\" y=\"500\" dy=\"0.76em\" font-size=\"130\">-1.0</text>";
    let found = chart("", tick);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("an axis from -1 to 0.5 for values from 0 to 2.5"), "{found:?}");
}
