//! The life of an output folder, from a fresh clone to an edited paper.
#![allow(clippy::expect_used)] // Clippy does not see that helpers of an integration test are tests.

use std::fs;
use std::path::Path;

use rmsurvey::publish::folder::{
    Command, Finished, FolderError, Found, Input, Manifest, README, Staging, differences, guard, sha256,
};
use rmsurvey::publish::mark::Mark;
use rmsurvey::publish::table::{Column, Table, Value};
use rmsurvey::publish::table_csv::{METADATA, csv, metadata};

fn table(score: &str) -> Table {
    Table {
        name: "scores".to_owned(),
        title: "Mean score by area, 2017".to_owned(),
        base: "25 care providers".to_owned(),
        source: "Relationship survey 2017".to_owned(),
        notes: Vec::new(),
        columns: vec![Column::text("Area"), Column::number("Mean score (1 to 4)")],
        rows: vec![
            vec![Value::Text("North".to_owned()), Value::Number(score.to_owned())],
            vec![Value::Text("South".to_owned()), Value::Mark(Mark::Withheld)],
        ],
    }
}

fn run(output: &Path, score: &str) -> Result<Finished, FolderError> {
    let staging = Staging::start(output)?;
    let table = table(score);
    let name = "01-scores.csv";
    staging.write(&format!("publish/tables/{name}"), &csv(&table).expect("a table"))?;
    let described = metadata(&table, name).expect("a table");
    staging.write(&format!("publish/tables/{name}{METADATA}"), &described)?;
    staging.write("publish/report.docx", score.as_bytes())?;
    let input = Input { name: "2017/providers.csv".to_owned(), sha256: sha256(b"rows"), rows: Some(25) };
    staging
        .finish(Command { name: "run".to_owned(), waves: vec!["2017".to_owned()], draft: false }, vec![input])
}

/// The manifest of an output, which stands for the bytes of every file in it.
fn snapshot(output: &Path) -> String {
    let manifest = Manifest::read(output).expect("readable").expect("there is one");
    assert!(differences(output, Some(&manifest)).expect("readable").is_empty());
    fs::read_to_string(output.join("manifest.json")).expect("readable")
}

#[test]
fn from_a_fresh_clone_to_an_edited_paper() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");

    // A fresh clone holds only the page that git tracks, and a run leaves it as it is.
    fs::create_dir(&output).expect("created");
    fs::write(output.join("README.md"), README).expect("written");
    assert_eq!(guard(&output).expect("ours"), Found::OnlyReadme);
    let first = run(&output, "2.28").expect("first run");
    assert_eq!((first.kept.len(), first.left_behind), (0, None));
    assert_eq!(fs::read_to_string(output.join("README.md")).expect("there"), README);
    assert!(matches!(guard(&output).expect("ours"), Found::Earlier(_)));
    let before = snapshot(&output);
    assert!(!before.contains(&folder.path().to_string_lossy().into_owned()), "no absolute path");

    // Nobody touched it: the next run replaces it and leaves nothing behind but the lock.
    run(&output, "2.28").expect("second run");
    assert_eq!(snapshot(&output), before, "the same input gives the same bytes");
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 2);

    // Somebody edits the paper: it is kept, and the run says where.
    fs::write(output.join("publish").join("report.docx"), "2.28, and a word from the chair").expect("edited");
    let third = run(&output, "2.30").expect("third run");
    assert_eq!(third.kept.len(), 1);
    assert_eq!(third.kept[0].files, ["publish/report.docx"]);
    assert!(third.kept[0].folder.ends_with("output.previous"));
    let kept = fs::read_to_string(third.kept[0].folder.join("publish").join("report.docx"));
    assert_eq!(kept.expect("kept"), "2.28, and a word from the chair");
    assert_ne!(snapshot(&output), before);

    // The folder that was kept is an earlier output of ours too, and an edit to it is kept in turn.
    let fourth = run(&third.kept[0].folder, "2.31").expect("fourth run");
    assert!(fourth.kept[0].folder.ends_with("output.previous.previous"));
}

#[test]
fn a_second_run_at_the_same_time_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    let first = Staging::start(&output).expect("started");
    let second = run(&output, "2.28").expect_err("busy");
    assert!(matches!(second, FolderError::Busy { .. }));
    drop(first);
    run(&output, "2.28").expect("free again");
}

#[test]
fn somebody_elses_folder_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("survey.toml"), "format = 1\n").expect("written");
    let refused = run(folder.path(), "2.28").expect_err("not ours").to_string();
    assert!(
        refused.contains("holds files that rmsurvey did not write (for example `survey.toml`)"),
        "{refused}"
    );
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
}
