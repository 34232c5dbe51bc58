//! `run --draft`: one typo does not block a deadline, and everything says so.

use std::io::{Cursor, Read};

use crate::support::{Folder, files, rmsurvey, run, small};

/// A typo in one of six answers of 2016.
fn folder() -> Folder {
    let folder = small::folder();
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,2\n2,North,2,three\n3,South,3,0\n");
    folder
}

#[test]
fn a_draft_goes_on_and_is_stamped_everywhere() {
    let (folder, output) = (folder(), Folder::empty());
    run(folder.path(), output.path()).expect_code(1).expect_said(&["rmsurvey run --draft"]);
    let [from, to] = [folder.path(), output.path()].map(|path| path.to_str().unwrap());
    rmsurvey(["run", "--draft", "--no-png", "--input", from, "--output", to])
        .expect_code(0)
        .expect_said(&["it is left out", "DRAFT"]);
    let written = files(output.path());
    for name in ["publish/report.html", "private/report.html", "publish/findings.md", "private/findings.md"] {
        assert!(output.text(name).contains("DRAFT"), "{name}");
    }
    let pictures: Vec<&String> = written.keys().filter(|name| name.ends_with(".svg")).collect();
    assert!(!pictures.is_empty());
    for name in pictures {
        assert!(output.text(name).contains("DRAFT"), "{name}");
    }
    assert!(part(&written["publish/tables.xlsx"], "sharedStrings").contains("DRAFT"));
    assert!(part(&written["publish/report.docx"], "header").contains("DRAFT"));
    let manifest: serde_json::Value = serde_json::from_slice(&written["manifest.json"]).unwrap();
    assert_eq!(manifest["command"]["draft"], true);
    assert!(output.text("private/rejects.csv").contains("2016.csv,3,Q2,three,"));
}

/// Anything else that is wrong still stops the run.
#[test]
fn a_draft_is_no_excuse_for_a_missing_column() {
    let folder = folder();
    folder.replace("2016.csv", "Area,Q1,Q2", "Area,Q1,Q3");
    let output = Folder::empty();
    let [from, to] = [folder.path(), output.path()].map(|path| path.to_str().unwrap());
    rmsurvey(["run", "--draft", "--input", from, "--output", to]).expect_code(1);
    assert!(files(output.path()).is_empty());
}

/// A run that is none does not say so.
#[test]
fn a_run_is_no_draft() {
    let output = Folder::empty();
    run(small::folder().path(), output.path()).expect_code(0);
    let said =
        files(output.path()).into_iter().any(|(_, bytes)| String::from_utf8_lossy(&bytes).contains("DRAFT"));
    assert!(!said && !output.text("manifest.json").contains("draft"));
}

/// The parts of a package whose name contains a word.
fn part(package: &[u8], word: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    for position in 0..package.len() {
        let mut part = package.by_index(position).unwrap();
        if part.name().unwrap().contains(word) {
            part.read_to_string(&mut text).unwrap();
        }
    }
    text
}
