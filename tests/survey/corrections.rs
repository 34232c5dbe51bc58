//! `corrections.csv`: replayed, listed, counted; a line that does not fit is an error with its place.

use crate::support::{Answer, Counted, Folder, assert_reads, files, findings, rmsurvey, run, small};

const HEADER: &str = "file,respondent,column,old,new,reason,who,date\n";

/// Three forms of 2016, one with an answer that no scale knows, and a list of corrections.
fn folder(corrections: &str) -> Folder {
    let folder = small::folder();
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,5\n2,Nroth,2,3\n3,South,3,0\n");
    folder.write("corrections.csv", format!("{HEADER}{corrections}"));
    folder
}

const TYPO: &str = "2016.csv,1,Q2,5,4,paper form read again,A. Clerk,2016-08-01\n";
const AREA: &str = "2016.csv,2,Area,Nroth,North,typing error,A. Clerk,02/08/2016\n";

#[track_caller]
fn refused(corrections: &str) -> Answer {
    run(folder(corrections).path(), Folder::empty().path()).expect_code(1)
}

#[test]
fn corrections_are_replayed_listed_and_counted() {
    let folder = folder(&format!("{TYPO}{AREA}"));
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let written = files(output.path());
    let text = |name: &str| String::from_utf8(written[name].clone()).unwrap();
    // As if the files had said so: scores 4 and 3 for Q2, both of the North.
    assert!(text("private/tally.csv").contains("2016,providers,whole,Q2,area,north,0,0,1,1,0,0,7,2\n"));
    let quality = text("private/quality.md");
    for line in [
        "| 2016.csv | 2 | 1 | Q2 | 5 | 4 | paper form read again | A. Clerk | 2016-08-01 |",
        "| 2016.csv | 3 | 2 | Area | Nroth | North | typing error | A. Clerk | 2016-08-02 |",
    ] {
        assert!(quality.contains(line), "{quality}");
    }
    // The public is told how many and why, not whose.
    let report = text("publish/report.html");
    assert!(report.contains("What was corrected in each file, and why") && report.contains("typing error"));
    assert!(!report.contains("A. Clerk") && !report.contains("Nroth"));
    assert!(text("manifest.json").contains("\"name\": \"corrections.csv\""));
    let counted = Counted::of(folder.path());
    assert!(counted.input.ledgers.iter().all(|ledger| ledger.balances()));
    let corrected: Vec<u64> = counted.input.ledgers.iter().map(|ledger| ledger.corrected).collect();
    assert_eq!(corrected, [2, 0]);
}

/// Three providers are fewer than the minimum of four: nothing of their file is told.
#[test]
fn the_public_is_not_told_of_files_of_few() {
    let folder = folder(&format!("{TYPO}{AREA}"));
    folder.replace("survey.toml", "minimum-respondents = 2", "minimum-respondents = 4");
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let report = output.text("publish/report.html");
    assert!(report.contains("What was corrected in each file, and why"));
    assert!(!report.contains("typing error") && !report.contains("paper form read again"));
    assert!(output.text("private/report.html").contains("typing error"));
}

#[test]
fn an_old_value_that_the_file_does_not_hold() {
    let answer = refused(&format!("{TYPO}{AREA}2016.csv,3,Q1,2,1,asked again,A. Clerk,2016-08-01\n"));
    assert_reads(
        findings(&answer),
        r#"
    error: the file does not hold the old value
      where     corrections.csv, line 4, column D (4), "old"
      found     "3" in 2016.csv, line 4, column C (3), "Q1"
      expected  "2"
      to do     if the export was mended since, delete the line; otherwise write in `old` what the file holds

    1 error
    "#,
    );
}

#[test]
fn a_respondent_a_file_and_a_column_that_are_not_there() {
    refused("2016.csv,33,Q1,2,1,asked again,A,2016-08-01\n").expect_said(&[
        "2016.csv has no form of this respondent",
        "where     corrections.csv, line 2, column B (2), \"respondent\"",
        "found     \"33\"\n",
        "nearest   3\n",
    ]);
    refused("2061.csv,3,Q1,2,1,asked again,A,2016-08-01\n").expect_said(&[
        "survey.toml names no file of answers of this name",
        "where     corrections.csv, line 2, column A (1), \"file\"",
        "expected  2016.csv, 2017.csv",
        "nearest   2016.csv",
    ]);
    refused("2016.csv,3,Aera,South,North,asked again,A,2016-08-01\n").expect_said(&[
        "the file has no column of this name",
        "where     corrections.csv, line 2, column C (3), \"column\"",
        "nearest   Area",
    ]);
}

#[test]
fn a_list_that_is_not_complete() {
    for (line, said, place) in [
        (
            "2016.csv,1,Q2,5,,not an answer on the scale,,",
            "the new value has not been filled in",
            "column E (5), \"new\"",
        ),
        ("2016.csv,1,Q2,5,4,,A,2016-08-01", "the correction gives no reason", "column F (6), \"reason\""),
        ("2016.csv,,Q2,5,4,x,A,2016-08-01", "does not say whose form", "column B (2), \"respondent\""),
        (
            "2016.csv,1,Q2,5,4,x,A,last week",
            "the date of the correction cannot be read",
            "column H (8), \"date\"",
        ),
        ("2016.csv,1,Q2,5,5,x,A,2016-08-01", "the new value is the old one", "column E (5), \"new\""),
        (
            "2016.csv,1,Q2,5,6,x,A,2016-08-01",
            "the new value is no answer that the scale knows",
            "column E (5), \"new\"",
        ),
        (
            "2016.csv,2,Area,Nroth,Sooth,x,A,2016-08-01",
            "Area has no group of this name",
            "column E (5), \"new\"",
        ),
        ("2016.csv,1,Q2,5,4,x", "the line does not fit the header", "corrections.csv, line 2\n"),
    ] {
        refused(&format!("{line}\n")).expect_said(&[said, place, "where     corrections.csv, line 2"]);
    }
    let folder = folder("");
    folder.write("corrections.csv", "file,respondent,column,old,new,reason,who\n");
    run(folder.path(), Folder::empty().path()).expect_code(1).expect_said(&[
        "not that of a list of corrections",
        "expected  file,respondent,column,old,new,reason,who,date",
    ]);
}

/// What the error list offers is what the next run takes, once the new value is filled in.
#[test]
fn the_proposed_lines_are_taken() {
    let folder = folder(AREA);
    folder.remove("corrections.csv");
    folder.replace("2016.csv", "Nroth", "North");
    let answer = run(folder.path(), Folder::empty().path()).expect_code(1);
    let lines: Vec<&str> = answer.err.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| *line == HEADER.trim()).expect("the header to paste");
    let filled = lines[at + 1].replace("5,,", "5,(empty),");
    assert_ne!(filled, lines[at + 1]);
    folder.write("corrections.csv", format!("{HEADER}{filled}\n"));
    run(folder.path(), Folder::empty().path())
        .expect_code(0)
        .expect_said(&["1 correction does not say who made it, or when"]);
}

/// A form without a reference goes by its line; corrections of one cell follow each other.
#[test]
fn forms_without_a_reference_go_by_their_line() {
    let folder = folder(
        "2016.csv,line 2,Q2,5,3,first reading,A,2016-08-01\n2016.csv,line 2,Q2,3,4,second reading,A,2016-08-02\n",
    );
    folder.replace("survey.toml", "respondent = [\"Reference\"]\n", "");
    folder.replace("2016.csv", "Nroth", "North");
    folder.replace("survey.toml", "format = 1", "format = 1\nignore = [\"Reference\"]");
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    assert!(counted.csv.contains("2016,providers,whole,Q2,all,all,0,0,1,1,1,0,7,2\n"), "{}", counted.csv);
}

/// Both forms of respondent 1 hold the old value; both are corrected, then the later rule decides.
#[test]
fn every_form_of_a_respondent_that_holds_the_old_value_is_corrected() {
    let folder = folder("2016.csv,1,Q2,5,4,typing error,A,2016-08-01\n");
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,5\n1,North,2,5\n1,North,2,3\n");
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    let lines: Vec<u64> = counted.input.corrected.iter().map(|one| one.at).collect();
    assert_eq!(lines, [2, 3]);
    assert!(counted.input.ledgers[0].balances());
}

/// A run for one year has nothing to say of corrections of another; their files are not read.
#[test]
fn corrections_of_a_year_that_is_not_asked_for_wait() {
    let (folder, output) = (folder("2016.csv,77,Q9,5,4,typing error,A,2016-08-01\n"), Folder::empty());
    let [from, to] = [folder.path(), output.path()].map(|path| path.to_str().unwrap());
    let answer = rmsurvey(["run", "--no-png", "--wave", "2017", "--input", from, "--output", to]);
    answer.expect_code(0);
}

/// A column that nobody uses is never looked into: a message cannot say what it holds.
#[test]
fn a_column_that_is_not_used_is_not_looked_into() {
    let folder = folder("2016.csv,3,Email,a@example.org,b@example.org,moved,A,2016-08-01\n");
    folder.write("2016.csv", "Reference,Email,Area,Q1,Q2\n3,marker@example.org,North,1,2\n");
    let answer = run(folder.path(), Folder::empty().path()).expect_code(1);
    let said = ["the column is not used, so nothing in it needs correcting", "column C (3), \"column\""];
    assert!(!answer.expect_said(&said).err.contains("marker@"));
}
