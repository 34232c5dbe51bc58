//! The data files as the contract describes them: columns, rows, order, and texts that no
//! spreadsheet or browser runs.

use std::collections::BTreeSet;

use crate::support::{Folder, QUESTIONS, Table, data, files, run, sample, sample_output, small};

/// The columns of `results.csv`, `changes.csv`, `gaps.csv` and `tally.csv`, word for word from the
/// contract of the output folder.
const RESULTS: &str = "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,\
    mean,se,df,ci_low,ci_high,top_share,top_ci_low,top_ci_high,no_contact_share,status,reliability";
const CHANGES: &str = "audience,department,question,breakdown,group,from_wave,to_wave,mean_from,mean_to,change,\
    percent_change,method,se,df,ci_low,ci_high,p,p_adjusted,family,verdict,detectable_change,independent_se,\
    matched_respondents,matched_change,matched_se,matched_ci_low,matched_ci_high,status";
const GAPS: &str = "wave,kind,audience,department,question,breakdown,left,right,left_respondents,\
    right_respondents,left_mean,right_mean,gap,se,df,ci_low,ci_high,p,p_adjusted,family,verdict,\
    detectable_gap,status";
const TALLY: &str = "wave,audience,department,question,breakdown,group,score_1,score_2,score_3,score_4,\
    no_contact,blank,sum,respondents";

const FILES: [(&str, &str, usize); 7] = [
    ("publish/data/results.csv", RESULTS, 6),
    ("private/results.csv", RESULTS, 6),
    ("publish/data/changes.csv", CHANGES, 7),
    ("private/changes.csv", CHANGES, 7),
    ("publish/data/gaps.csv", GAPS, 8),
    ("private/gaps.csv", GAPS, 8),
    ("private/tally.csv", TALLY, 6),
];

#[test]
fn columns_are_those_of_the_contract() {
    for (name, columns, _) in FILES {
        assert_eq!(data(name).header.join(","), columns, "{name}");
    }
    assert_eq!(data("private/rejects.csv").header.join(","), "file,line,column,value,reason");
}

#[test]
fn rows_are_sorted_bytewise_by_their_address_and_no_address_stands_twice() {
    for (name, _, address) in FILES {
        let table = data(name);
        for pair in table.rows.windows(2) {
            let [before, after] = [&pair[0][..address], &pair[1][..address]];
            assert!(before < after, "{name}: {before:?} and {after:?}");
        }
    }
}

#[test]
fn data_files_are_utf_8_with_line_feeds_and_without_a_mark() {
    for (name, ..) in FILES {
        let bytes = &sample_output()[name];
        assert!(std::str::from_utf8(bytes).is_ok(), "{name}");
        assert!(!bytes.starts_with("\u{feff}".as_bytes()) && !bytes.contains(&b'\r'), "{name}");
        assert!(bytes.ends_with(b"\n"), "{name}");
    }
}

/// Per wave: 12 departments (ten, `all`, `whole`) x 9 questions x 18 groups of providers, and
/// `whole` x 9 questions x 13 groups of officers.
#[test]
fn results_are_the_full_product() {
    let mut expected = BTreeSet::new();
    let survey = &sample().survey;
    for wave in ["2016", "2017"] {
        for audience in &survey.audiences {
            let scored = survey.departments.iter().map(|one| one.names.id.as_str()).chain(["all"]);
            let departments: Vec<&str> =
                scored.filter(|_| audience.scores_departments).chain(["whole"]).collect();
            let groups = audience.breakdowns.iter().flat_map(|breakdown| {
                breakdown.groups.iter().map(|group| (breakdown.id.as_str(), group.id.as_str()))
            });
            let groups: Vec<(&str, &str)> = groups.chain([("all", "all")]).collect();
            for department in &departments {
                for question in QUESTIONS.into_iter().chain(["all"]) {
                    for (breakdown, group) in &groups {
                        let address = [wave, &audience.id, department, question, breakdown, group];
                        expected.insert(address.map(str::to_owned).to_vec());
                    }
                }
            }
        }
    }
    assert_eq!(expected.len(), 2 * (12 * 9 * 18 + 9 * 13));
    for name in ["private/results.csv", "private/tally.csv"] {
        let found: BTreeSet<Vec<String>> = data(name).rows.iter().map(|row| row[..6].to_vec()).collect();
        assert_eq!(found, expected, "{name}");
    }
    let public: BTreeSet<Vec<String>> =
        data("publish/data/results.csv").rows.iter().map(|row| row[..6].to_vec()).collect();
    let is_public = |row: &&Vec<String>| {
        ["all", "whole"].contains(&row[2].as_str()) || row[3] == "all" || row[4] == "all"
    };
    assert_eq!(public, expected.iter().filter(is_public).cloned().collect());
}

/// Those who left an attribute blank are a group only where there are any.
#[test]
fn not_stated_is_a_group_only_where_it_occurs() {
    assert!(data("private/tally.csv").rows.iter().all(|row| row[5] != "not-stated"));
    let folder = small::folder();
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,2\n2,,2,3\n3,South,3,0\n");
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let tally = Table::of(&output.read("private/tally.csv"));
    let found: Vec<String> = tally
        .rows
        .iter()
        .filter(|row| row[5] == "not-stated" && row[3] == "all")
        .map(|row| row.join(","))
        .collect();
    // Form 2 of 2016 gave a 2 and a 3.
    assert_eq!(found, ["2016,providers,whole,all,area,not-stated,0,1,1,0,0,0,5,1"]);
}

/// Councils count in financial years; a label is a text, and file names are made from it.
#[test]
fn a_wave_may_be_a_financial_year() {
    let folder = small::folder();
    folder.replace("survey.toml", "label = \"2016\"", "label = \"2016/17\"");
    folder.replace("survey.toml", "label = \"2017\"", "label = \"2017/18 (second)\"");
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let written = files(output.path());
    assert!(written.keys().any(|name| name.ends_with("-distribution-providers-2016-17.csv")), "{written:?}");
    assert!(written.keys().any(|name| name.ends_with("-distribution-providers-2017-18-second.csv")));
    assert!(output.text("publish/report.html").contains("2016/17"));
    assert!(output.text("publish/data/results.csv").contains("\n2016/17,providers,"));
}

const FORMULA: &str = "=HYPERLINK(\"http://x\")";
const SCRIPT: &str = "<script>alert(1)</script>";

/// Hostile labels wherever the definition and the exports have a text.
fn hostile() -> Folder {
    let folder = small::folder();
    let mut definition = folder.text("survey.toml");
    for (from, to) in [
        ("label = \"North\"", format!("label = '{FORMULA}', aliases = [\"North\"]")),
        ("label = \"South\"", format!("label = '{SCRIPT}', aliases = [\"South\"]")),
        ("title = \"Small survey\"", format!("title = '@{SCRIPT}'")),
        ("label = \"Area\"", "label = \"+Area\"".to_owned()),
        ("text = \"How well do we trust each other?\"", format!("text = '-{SCRIPT}'")),
        ("label = \"2017\"", format!("label = '={SCRIPT}'")),
        ("\"stop\"", "\"leave-out\"".to_owned()),
    ] {
        assert!(definition.contains(from), "{from}");
        definition = definition.replacen(from, &to, 1);
    }
    folder.write("survey.toml", definition);
    folder.write(
        "2016.csv",
        "Reference,Area,Q1,Q2\n1,North,1,=1+1\n2,North,2,-2+3\n3,South,3,<b>4</b>\n4,South,2,2\n",
    );
    folder
}

#[test]
fn hostile_texts_run_nowhere() {
    let (input, output) = (hostile(), Folder::empty());
    run(input.path(), output.path()).expect_code(0);
    let written = files(output.path());
    let mut guarded = 0;
    for (name, bytes) in written.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for cell in Table::of(bytes).header.iter().chain(Table::of(bytes).rows.iter().flatten()) {
            let begins = cell.trim_start().chars().next();
            let is_number = cell.replace('\u{2212}', "-").parse::<f64>().is_ok();
            let runs = matches!(begins, Some('=' | '+' | '-' | '@' | '\t')) && !is_number;
            assert!(!runs, "{name}: {cell:?}");
            guarded += usize::from(cell.starts_with("'="));
        }
    }
    assert!(guarded > 0, "no formula was met at all");
    for (name, bytes) in &written {
        let text = String::from_utf8_lossy(bytes);
        if name.ends_with(".html") || name.ends_with(".svg") {
            assert!(!text.contains("<script>alert"), "{name}");
            assert!(!text.contains("<b>4</b>"), "{name}");
        }
        if name.ends_with("report.html") {
            assert!(text.contains("alert(1)"), "{name} does not show the label at all");
        }
    }
    let rejects = output.text("private/rejects.csv");
    assert!(rejects.contains(",'=1+1,") && rejects.contains(",'-2+3,"), "{rejects}");
}

/// Markdown is turned into pages by others, who let raw HTML through; only code spans are safe.
#[test]
fn hostile_texts_in_markdown_are_not_markup() {
    let (input, output) = (hostile(), Folder::empty());
    run(input.path(), output.path()).expect_code(0);
    for name in ["publish/findings.md", "private/findings.md", "private/quality.md"] {
        let text = output.text(name);
        let prose: String = text.split('`').step_by(2).collect();
        assert!(!prose.contains("<script>"), "{name}:\n{text}");
    }
}
