//! Files that the definition names by a pattern.

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::ingest;

use crate::support::{Counted, Folder, rmsurvey, small};

/// The small survey with its latest year in files of their own, named by these.
fn parts(names: &[&str], files: &str) -> Folder {
    let folder = small::folder();
    let text = folder.text("2017.csv");
    let (header, rows) = text.split_once('\n').expect("a header");
    for (name, row) in names.iter().zip(rows.lines()) {
        folder.write(name, format!("{header}\n{row}\n"));
    }
    assert_eq!(names.len(), rows.lines().count());
    folder.remove("2017.csv");
    folder.replace("survey.toml", "\"2017.csv\"", files);
    folder
}

/// The files of the latest year, in the order in which they are read.
fn read(folder: &Folder) -> Vec<String> {
    let ledgers = Counted::of(folder.path()).input.ledgers;
    ledgers.into_iter().filter(|ledger| ledger.wave == 1).map(|ledger| ledger.file).collect()
}

#[test]
fn all_files_that_fit_are_read_in_the_order_of_their_names() {
    let names = ["2017/part-10.csv", "2017/part-2.csv", "2017/PART-3.CSV", "2017/part-1.csv"];
    for files in ["\"2017/part-*.csv\"", "'2017\\part-*.csv'", "[\"20?7/part-*.csv\"]", "\"*/part-**.csv\""] {
        let folder = parts(&names, files);
        // None of these is meant.
        folder.write("2017/.part-4.csv", "x");
        folder.write("2017/~$part-5.csv", "x");
        folder.write("2017/late/part-6.csv", "x");
        folder.write("2017/part-7.csv.bak", "x");
        std::fs::create_dir(folder.path().join("2017/part-8.csv")).expect("a folder");
        let found = Counted::of(folder.path()).found;
        assert!(!found.has_errors(), "{found}");
        assert_eq!(
            read(&folder),
            ["2017/PART-3.CSV", "2017/part-1.csv", "2017/part-10.csv", "2017/part-2.csv"]
        );
        assert_eq!(Counted::of(folder.path()).csv, Counted::of(small::folder().path()).csv);
    }
}

/// A file with a name of its own in the definition is what it says there, and nothing else.
#[test]
fn a_file_is_taken_once() {
    let names = ["2017/a.csv", "2017/b.csv", "2017/paper.csv", "2017/c.csv"];
    let files =
        "[\"2017/?.csv\", { file = \"2017/paper.csv\", mode = \"paper\" }, \"2017/*.csv\", \"2017/a.csv\"]";
    let folder = parts(&names, files);
    folder.write("2017/population.csv", "audience,breakdown,group,count\nproviders,all,all,9\n");
    folder.replace("survey.toml", "[disclosure]", "population = \"2017/population.csv\"\n\n[disclosure]");
    assert_eq!(read(&folder), ["2017/b.csv", "2017/c.csv", "2017/paper.csv", "2017/a.csv"]);
}

#[test]
fn brackets_stand_for_themselves() {
    let names = ["export[1].csv", "export[2].csv", "export[10].csv", "export[3].csv"];
    let folder = parts(&names, "\"export[?].csv\"");
    assert_eq!(read(&folder), ["export[1].csv", "export[2].csv", "export[3].csv"]);
}

#[test]
fn a_pattern_that_nothing_fits_is_an_error_that_names_what_is_near() {
    let names = ["2017/Part_1.csv", "2017/Part_2.csv", "2017/notes.csv", "2017/Part_4.csv"];
    let said = |files: &str| {
        let folder = parts(&names, files);
        rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1).out
    };
    let expect = |files: &str, parts: &[&str]| {
        let said = said(files);
        assert!(parts.iter().all(|part| said.contains(part)), "{parts:?} in:\n{said}");
    };
    expect(
        "\"2017/part-*.csv\"",
        &[
            "there is no file in 2017/ whose name fits \"part-*.csv\"",
            "Part_1.csv, Part_2.csv, Part_4.csv and notes.csv",
            "Part_1.csv",
        ],
    );
    expect(
        "\"2071/part-*.csv\"",
        &["there is no folder beside survey.toml whose name fits \"2071\"", "2017"],
    );
    expect(
        "\"2017/more/*.csv\"",
        &["there is no folder in 2017/ whose name fits \"more\"", "no folder at all"],
    );
    expect(
        "[\"2017/notes.csv\", \"2017/not*.csv\"]",
        &["there is no file in 2017/ whose name fits \"not*.csv\""],
    );
}

/// Only the waves that are asked for have to be there.
#[test]
fn a_pattern_of_another_wave_may_fit_nothing() {
    let folder = parts(&["a.csv", "b.csv", "c.csv", "d.csv"], "\"2018/*.csv\"");
    let (survey, _) = ingest::definition(folder.path()).expect("a sound definition");
    for (wave, has_errors) in [(0, false), (1, true)] {
        let mut found = Diagnostics::default();
        ingest::read(&survey, folder.path(), &[wave], &mut found);
        assert_eq!(found.has_errors(), has_errors, "{found}");
    }
}
