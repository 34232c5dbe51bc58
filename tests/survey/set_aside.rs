//! Forms that are listed and do not count: tests, previews, unfinished ones; forms on paper beside
//! those of the platform.

use crate::support::{Counted, Folder, files, run, small};

/// A platform's export with a test, a preview and two forms that nobody finished.
fn folder() -> Folder {
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "respondent = [\"Reference\"]",
        "respondent = [\"Reference\"]\n\
         finished = { column = \"Finished\", values = [\"True\"] }\n\
         tests = { column = [\"Status\", \"Type\"], values = [\"Survey preview\", \"test\"], waves = [\"2016\"] }",
    );
    folder.write(
        "2016.csv",
        "Reference,Status,Finished,Area,Q1,Q2\n\
         1,IP Address,True,North,1,2\n\
         2,Survey Preview,True,North,4,nonsense\n\
         3,IP Address,False,South,3,\n\
         4,TEST,False,South,3,\n\
         5,IP Address,,South,3,3\n\
         6,IP Address,TRUE,South,3,3\n",
    );
    folder.write("2017.csv", "Reference,Finished,Area,Q1,Q2\n1,True,North,2,2\n2,True,North,3,4\n");
    folder
}

#[test]
fn tests_previews_and_unfinished_forms_are_listed() {
    let folder = folder();
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0).expect_said(&[
        "notice: 2 forms are tests or previews and do not count",
        "where     2016.csv, line 3, column B (2), \"Status\"",
        "notice: 2 forms are not finished and do not count",
        "where     2016.csv, line 4, column C (3), \"Finished\"",
        "2 notices",
    ]);
    assert_eq!(
        output.text("private/rejects.csv"),
        "file,line,column,value,reason\n\
         2016.csv,3,,2,\"a test or preview: Status is \"\"Survey Preview\"\"\"\n\
         2016.csv,4,,3,\"not finished: Finished is \"\"False\"\"\"\n\
         2016.csv,5,,4,\"a test or preview: Status is \"\"TEST\"\"\"\n\
         2016.csv,6,,5,\"not finished: Finished is \"\"\"\"\"\n"
    );
    // Forms 1 and 6: scores 1 and 3.
    assert!(output.text("private/tally.csv").contains("2016,providers,whole,Q1,all,all,1,0,1,0,0,0,4,2\n"));
    let quality = output.text("private/quality.md");
    assert!(
        quality.contains("| 2016.csv | online, UTF-8, comma | 6 | 2 | 0 | 2 | 2 | 0 | yes |"),
        "{quality}"
    );
    let report = output.text("publish/report.html");
    assert!(report.contains("Tests and previews") && report.contains("Forms not finished"));
    assert!(!report.contains("How forms came in"));
}

#[test]
fn the_column_that_says_so_has_to_be_there() {
    let folder = folder();
    folder.replace("survey.toml", ", waves = [\"2016\"]", "");
    run(folder.path(), Folder::empty().path()).expect_code(1).expect_said(&[
        "there is no column that says which forms are tests",
        "where     2017.csv, line 1",
        "expected  Status, or Type",
        "list their `waves` there",
        "1 error",
    ]);
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "respondent = [\"Reference\"]",
        "respondent = [\"Reference\"]\ntests = { column = \"Status\" }",
    );
    run(folder.path(), Folder::empty().path())
        .expect_code(1)
        .expect_said(&["nothing says which value marks a test", "^^^^^^^^"]);
}

/// As with every column, a number before the header is no part of it; a header without one goes first.
#[test]
fn the_column_may_have_a_number() {
    let folder = folder();
    let numbered = folder.text("2016.csv").replacen("Status,Finished", "3. Status,Q4. Finished", 1);
    folder.write("2016.csv", numbered);
    folder.write(
        "2017.csv",
        "Reference,1. Finished,Finished,Area,Q1,Q2\n1,no,True,North,2,2\n2,True,no,North,3,4\n",
    );
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    let rows: Vec<[u64; 3]> =
        counted.input.ledgers.iter().map(|it| [it.rows.used, it.rows.tests, it.rows.unfinished]).collect();
    assert_eq!(rows, [[2, 2, 2], [1, 0, 1]]);
}

/// LimeSurvey leaves the date of a form empty that nobody finished.
#[test]
fn a_date_can_say_that_a_form_is_finished() {
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "respondent = [\"Reference\"]",
        "respondent = [\"Reference\"]\nsubmitted = [\"submitdate\"]\nfinished = { column = \"submitdate\" }",
    );
    folder.write("2016.csv", "Reference,submitdate,Area,Q1,Q2\n1,2016-06-01,North,1,2\n2,,North,2,3\n");
    folder.write("2017.csv", "Reference,submitdate,Area,Q1,Q2\n1,2017-06-01,North,1,2\n");
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    let ledger = &counted.input.ledgers[0];
    assert!(ledger.balances());
    assert_eq!((ledger.rows.used, ledger.rows.unfinished), (1, 1));
}

/// A folder with forms on paper beside those of the platform.
fn with_paper(minimum: &str) -> Folder {
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "files = { providers = \"2016.csv\" }",
        "files = { providers = [\"2016.csv\", { file = \"paper.csv\", mode = \"paper\" }] }",
    );
    folder.replace("survey.toml", "minimum-respondents = 2", minimum);
    // 2 answers the same as online, 3 fills in what was missing there, 4 and 5 are new.
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,2\n2,North,2,3\n3,South,3,\n");
    folder.write("paper.csv", "Reference,Area,Q1,Q2\n2,North,4,4\n3,South,3,2\n4,South,1,1\n5,South,2,2\n");
    folder
}

#[test]
fn forms_on_paper_are_another_file_of_the_same_wave() {
    let output = Folder::empty();
    run(with_paper("minimum-respondents = 2").path(), output.path()).expect_code(0).expect_said(&[
        "warning: the same respondent sent a form on paper and one online",
        "where     2016.csv, line 4",
        "the latest complete form counts: paper.csv, line 3",
        "where     paper.csv, line 2",
        "the latest complete form counts: 2016.csv, line 3",
        "2 warnings",
    ]);
    let quality = output.text("private/quality.md");
    assert!(
        quality.contains("| 2016.csv | online, UTF-8, comma | 3 | 2 | 1 | 0 | 0 | 0 | yes |"),
        "{quality}"
    );
    assert!(
        quality.contains("| paper.csv | paper, UTF-8, comma | 4 | 3 | 1 | 0 | 0 | 0 | yes |"),
        "{quality}"
    );
    // Scores for Q1 by respondent: 1, 2 (online), 3, 1, 2.
    assert!(output.text("private/tally.csv").contains("2016,providers,whole,Q1,all,all,2,2,1,0,0,0,9,5\n"));
    let report = output.text("publish/report.html");
    assert!(report.contains("How forms came in") && report.contains("Paper"));
}

/// Two forms online are fewer than three: neither file is told, or the other would give it away.
#[test]
fn forms_by_mode_are_told_only_where_both_are_enough() {
    let row = |report: &str| {
        let from = report.find("<th scope=\"row\">paper.csv").or_else(|| report.find("paper.csv")).unwrap();
        report[from..].split("</tr>").next().unwrap().to_owned()
    };
    let report = |minimum: &str| {
        let output = Folder::empty();
        run(with_paper(minimum).path(), output.path()).expect_code(0);
        files(output.path())["publish/report.html"].clone()
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let told = row(&text(report("minimum-respondents = 2")));
    assert!(!told.contains("[c]"), "{told}");
    let untold = row(&text(report("minimum-respondents = 3")));
    assert_eq!(untold.matches("[c]").count(), 8, "{untold}");
}

#[test]
fn an_unknown_mode_names_those_there_are() {
    let folder = with_paper("minimum-respondents = 2");
    folder.replace("survey.toml", "mode = \"paper\"", "mode = \"papers\"");
    run(folder.path(), Folder::empty().path()).expect_code(1).expect_said(&[
        "there is no mode \"papers\" in this definition",
        "expected  paper, online",
        "nearest   paper",
    ]);
}
