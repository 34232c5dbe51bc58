//! Neither how an export is cut into files nor how many threads there are changes a byte, but for the
//! list of the files themselves.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use rmsurvey::simulate::{Size, simulate};

use crate::support::{Folder, files};

const FORMS: usize = 300;

/// The simulated survey with the answers of providers in so many files a year.
fn survey(parts: usize) -> Folder {
    let folder = Folder::empty();
    simulate(Size { providers: FORMS, officers: 0, waves: 2, seed: 5 }, folder.path()).expect("written");
    for year in ["2016", "2017"] {
        let whole = format!("{year}/providers.csv");
        let text = folder.text(&whole);
        let (header, rows) = text.split_once('\n').expect("a header");
        let rows: Vec<&str> = rows.lines().collect();
        assert_eq!(rows.len(), FORMS);
        folder.remove(&whole);
        for (part, rows) in rows.chunks(FORMS.div_ceil(parts)).enumerate() {
            folder.write(&format!("{year}/part-{part}.csv"), format!("{header}\n{}\n", rows.join("\n")));
        }
        folder.replace("survey.toml", &format!("\"{whole}\""), &format!("\"{year}/part-*.csv\""));
        let count = files(folder.path()).keys().filter(|it| it.starts_with(&format!("{year}/part"))).count();
        assert_eq!(count, parts);
    }
    folder
}

fn rmsurvey(threads: usize, command: &str, input: &Folder, output: &std::path::Path) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_rmsurvey"));
    run.env("RAYON_NUM_THREADS", threads.to_string()).args([command, "--input"]).arg(input.path());
    run.arg("--output").arg(output);
    if command == "run" {
        run.arg("--no-png");
    }
    let done = run.output().expect("the binary runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// What a run writes that is the same: everything for the public and the tally, without the table that
/// lists the files.
fn written(threads: usize, parts: usize) -> BTreeMap<String, Vec<u8>> {
    let output = Folder::empty();
    rmsurvey(threads, "run", &survey(parts), output.path());
    let mut written = files(output.path());
    assert_eq!(listed(&written["manifest.json"]), 2 * parts);
    written.retain(|name, _| name.starts_with("publish/") || name == "private/tally.csv");
    let report = written.get_mut("publish/report.html").expect("a report");
    *report = without_files(&String::from_utf8_lossy(report), "</table>", parts);
    let paper = written.remove("publish/report.docx").expect("a paper");
    let mut paper = zip::ZipArchive::new(Cursor::new(paper)).expect("a package");
    for part in 0..paper.len() {
        let mut part = paper.by_index(part).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its contents");
        let name = part.name().expect("a name").into_owned();
        if name == "word/document.xml" {
            bytes = without_files(&String::from_utf8_lossy(&bytes), "</w:tbl>", parts);
        }
        written.insert(format!("report.docx/{name}"), bytes);
    }
    written
}

/// How many files of providers the manifest lists.
fn listed(manifest: &[u8]) -> usize {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).expect("JSON");
    let inputs = manifest["inputs"].as_array().expect("a list");
    inputs.iter().filter(|it| it["name"].as_str().is_some_and(|name| name.contains("/part-"))).count()
}

/// A text without the one table that lists the files, and without what it says of itself: of a file with
/// very few forms the table does not tell how many.
fn without_files(text: &str, end: &str, parts: usize) -> Vec<u8> {
    let from = text.find("Every row below the header of each file").expect("the files are listed");
    let to = from + text[from..].find(end).expect("the list ends");
    assert_eq!(text[from..to].matches("/part-").count(), 2 * parts);
    let rest = text[..from].to_owned() + &text[to..];
    assert!(!rest.contains("/part-"));
    rest.into_bytes()
}

#[test]
fn a_run_is_the_same_to_the_byte() {
    let one = written(1, 1);
    assert!(one.keys().any(|name| name.ends_with(".svg")) && one.contains_key("private/tally.csv"));
    for (threads, parts) in [(4, 3), (1, 100)] {
        let other = written(threads, parts);
        assert!(one.keys().eq(other.keys()));
        for (name, bytes) in &one {
            assert!(other[name] == *bytes, "{name} differs with {threads} threads and {parts} files a year");
        }
    }
}

#[test]
fn a_tally_is_the_same_to_the_byte() {
    let tallies = [(1, 1), (4, 1), (1, 3), (4, 100)].map(|(threads, parts)| {
        let output = Folder::empty();
        rmsurvey(threads, "tally", &survey(parts), &output.path().join("tally.csv"));
        output.read("tally.csv")
    });
    assert!(tallies[0].len() > 100_000);
    assert!(tallies.iter().all(|tally| *tally == tallies[0]));
}
