//! Surveys of another kind: one audience, no departments, other questions, other scales.

use std::fmt::Write;

use crate::support::{Folder, rmsurvey};
use crate::written::Written;

/// A plain staff survey: three statements on five points without "no contact", three years, two sites.
fn staff() -> Folder {
    let folder = Folder::empty();
    let waves: String = (2015..=2017)
        .map(|year| format!("\n[[wave]]\nlabel = \"{year}\"\nfiles = {{ staff = \"{year}.csv\" }}\n"))
        .collect();
    folder.write(
        "survey.toml",
        format!(
            r#"format = 1
title = "Staff survey"

[organisation]
name = "Anytown Trust"

[scale]
low = 1
high = 5
low-label = "strongly disagree"
high-label = "strongly agree"

[[question]]
id = "pride"
text = "I am proud to work here"

[[question]]
id = "say"
text = "I have a say in decisions"
short = "A say"

[[question]]
id = "tools"
text = "I have the tools that I need"
short = "Tools"

[audience.staff]
label = "Staff"
respondent = ["Ref"]

[[audience.staff.breakdown]]
id = "site"
label = "Site"
columns = ["Site"]
groups = [{{ id = "hill", label = "Hill" }}, {{ id = "quay", label = "Quay" }}]
{waves}"#
        ),
    );
    for year in 2015..=2017 {
        let mut rows = String::from("Ref,Site,I am proud to work here,I have a say in decisions,tools\n");
        for who in 0..60_u32 {
            let site = if who % 3 == 0 { "Quay" } else { "Hill" };
            // Scores that differ between people, questions and years, and no more than that.
            let score = |question: u32| (who * who + who * question + year * (question + who % 4)) % 5 + 1;
            let _ = writeln!(rows, "{who},{site},{},{},{}", score(1), score(2), score(3));
        }
        folder.write(&format!("{year}.csv"), rows);
    }
    folder
}

/// Words of surveys that have them; `council` and `committee` stand in no text of this one either.
const NOT_HERE: [&str; 8] = [
    "provider",
    "officer",
    "department",
    "council",
    "committee",
    "no contact",
    "relationship",
    "together from",
];

#[test]
fn a_staff_survey_runs_from_end_to_end_and_speaks_of_nothing_else() {
    let folder = staff();
    rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(0);
    let written = Written::of(&folder);
    for name in ["publish/report.html", "publish/report.docx", "publish/tables.xlsx", "publish/findings.md"] {
        assert!(written.files.contains_key(name), "no {name}");
    }
    let is_text = |name: &&String| {
        let place = name.starts_with("publish/") && !name.starts_with("publish/data/");
        place && [".html", ".md", ".csv", ".svg"].iter().any(|end| name.ends_with(end))
    };
    for name in written.files.keys().filter(is_text) {
        let text = written.text(name).to_lowercase();
        // Style sheets and scripts are no text of the paper.
        let text: String = text.split("<style").flat_map(|part| part.split("</style>").last()).collect();
        for word in NOT_HERE {
            let at =
                text.find(word).map(|at| text[at.saturating_sub(80)..].chars().take(200).collect::<String>());
            assert_eq!(at, None, "{word} in {name}");
        }
    }
    let report = written.text("publish/report.html");
    assert!(
        report.contains("Staff scored three questions from 1 (strongly disagree) to 5 (strongly agree).")
    );
    assert!(report.contains("Have scores changed?") && report.contains("average for Anytown Trust"));
    let changes = written.data("publish/data/changes.csv");
    // Three pairs of years, three questions and all of them, everyone and two sites.
    assert_eq!(changes.rows.len(), 3 * 4 * 3);
}

/// One question on a scale from 1 to `top`, one year, a form per score; gives the row of everyone.
fn scored(top: u8, scores: &[u8]) -> Vec<String> {
    let folder = Folder::empty();
    folder.write(
        "survey.toml",
        format!(
            "format = 1\ntitle = \"Scale\"\n[organisation]\nname = \"Anytown\"\n[scale]\nlow = 1\nhigh = {top}\n\
             [[question]]\nid = \"Q1\"\ntext = \"How well?\"\n[audience.staff]\nlabel = \"Staff\"\n\
             [[wave]]\nlabel = \"2017\"\nfiles = {{ staff = \"a.csv\" }}\n\
             [disclosure]\nminimum-respondents = 2\nunanimity = false\n"
        ),
    );
    let rows: String = scores.iter().map(|score| format!("{score}\n")).collect();
    folder.write("a.csv", format!("How well?\n{rows}"));
    let written = Written::of(&folder);
    let distribution = written.table("distribution-staff-2017");
    // The question, a share for each score, how many scores, and who answered.
    assert_eq!(distribution.header.len(), usize::from(top) + 3, "{:?}", distribution.header);
    let results = written.data("private/results.csv");
    let row = results.rows.iter().find(|row| row[results.column("question")] == "Q1").expect("a row");
    ["answers", "mean", "se", "df", "top_share"].map(|name| row[results.column(name)].clone()).to_vec()
}

/// Scores 1, 6, 7 and 10 of 10: the mean is 24/4 = 6. Influences (-5, 0, 1, 4)/4, so the variance is
/// 4/3 · 42/16 = 3.5 on 3 degrees of freedom; 6, 7 and 10 lie in the upper half, 3 of 4.
#[test]
fn ten_points() {
    let [answers, mean, se, df, top] = &scored(10, &[1, 6, 7, 10])[..] else { panic!("five figures") };
    assert_eq!([answers, mean, top].map(String::as_str), ["4", "6.0", "0.75"]);
    assert_eq!(df.parse::<f64>().expect("a number"), 3.0);
    assert!((se.parse::<f64>().expect("a number") - 3.5_f64.sqrt()).abs() < 1e-12, "{se}");
}

/// Scores 1, 2, 2, 2 and 1 of 2: 8/5 = 1.6. Residuals -0.6 twice and 0.4 thrice: squares add up to
/// 0.72 + 0.48 = 1.2, and the variance is 5/4 · 1.2/25 = 0.06; the upper half is 2, 3 of 5.
#[test]
fn two_points() {
    let [answers, mean, se, df, top] = &scored(2, &[1, 2, 2, 2, 1])[..] else { panic!("five figures") };
    assert_eq!([answers, mean, top].map(String::as_str), ["5", "1.6", "0.6"]);
    assert_eq!(df.parse::<f64>().expect("a number"), 4.0);
    assert!((se.parse::<f64>().expect("a number") - 0.06_f64.sqrt()).abs() < 1e-12, "{se}");
}

/// Every width of a scale is drawn: no score is without a colour.
#[test]
fn every_scale_is_drawn() {
    for top in 2..=10 {
        let scores: Vec<u8> = (1..=top).chain(1..=top).collect();
        let mean = f64::from(top + 1) / 2.0;
        assert_eq!(scored(top, &scores)[1].parse::<f64>().expect("a mean"), mean);
    }
}
