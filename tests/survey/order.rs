//! The order of rows and columns in an export is nobody's statement: it changes no figure.

use std::collections::BTreeMap;

use crate::support::{Export, Folder, files, rmsurvey, run, sample_output, small};

const EXPORTS: [&str; 6] = [
    "2016/providers.csv",
    "2016/officers.csv",
    "2016/population.csv",
    "2017/providers.csv",
    "2017/officers.csv",
    "2017/population.csv",
];

/// Everything that a run on the sample with every export edited writes.
fn written(edit: fn(&mut Export)) -> BTreeMap<String, Vec<u8>> {
    let input = Folder::sample();
    for export in EXPORTS {
        let before = input.read(export);
        input.edit(export, edit);
        assert_ne!(input.read(export), before, "{export} was not changed");
    }
    let output = Folder::empty();
    run(input.path(), output.path()).expect_code(0);
    files(output.path())
}

/// The same files with the same bytes, but for the hashes of the input in the manifest.
#[track_caller]
fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, bytes) in expected.iter().filter(|(name, _)| *name != "manifest.json") {
        assert!(found[name] == *bytes, "{name} differs");
    }
    let manifests = [found, expected].map(|files| {
        let mut manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
        for input in manifest["inputs"].as_array_mut().expect("inputs") {
            input["sha256"].take();
        }
        manifest
    });
    assert_eq!(manifests[0], manifests[1]);
}

#[test]
fn reversed_rows_change_no_byte() {
    assert_same(&written(|export| export.rows[1..].reverse()), sample_output());
}

#[test]
fn reversed_columns_change_no_byte() {
    assert_same(&written(|export| export.rows.iter_mut().for_each(|row| row.reverse())), sample_output());
}

/// Rows and columns by a generator with a fixed start.
#[test]
fn shuffled_rows_and_columns_change_no_byte() {
    fn order(length: usize) -> Vec<usize> {
        let mut state = 2017_u64;
        let mut order: Vec<usize> = (0..length).collect();
        for last in (1..length).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(last, (state >> 33) as usize % (last + 1));
        }
        order
    }
    let shuffled = written(|export| {
        let rows = order(export.rows.len() - 1).into_iter().map(|row| export.rows[row + 1].clone());
        let rows: Vec<Vec<String>> = std::iter::once(export.rows[0].clone()).chain(rows).collect();
        let columns = order(rows[0].len());
        let row = |row: &Vec<String>| columns.iter().map(|column| row[*column].clone()).collect();
        export.rows = rows.iter().map(row).collect();
    });
    assert_same(&shuffled, sample_output());
}

/// Pictures included, on a survey small enough for it: the second run replaces the first.
#[test]
fn two_runs_are_byte_identical() {
    let (input, first, second) = (small::folder(), Folder::empty(), Folder::empty());
    let run = |output: &Folder| {
        let [from, to] = [input.path(), output.path()].map(|path| path.to_str().unwrap().to_owned());
        rmsurvey(["run", "--input", &from, "--output", &to]).expect_code(0);
        files(output.path())
    };
    let written = run(&first);
    assert!(written.keys().any(|name| name.ends_with(".png")), "no picture: {:?}", written.keys());
    assert!(run(&second) == written, "two folders differ");
    assert!(run(&first) == written, "the second run over the first differs");
}

/// The sample without pictures; another folder name must leave no trace either.
#[test]
fn two_runs_of_the_sample_are_byte_identical() {
    let (input, output) = (Folder::sample(), Folder::empty());
    run(input.path(), output.path()).expect_code(0);
    let found = files(output.path());
    assert!(found == *sample_output(), "two runs differ");
    for (name, bytes) in &found {
        for trace in [input.path(), output.path()] {
            let trace = trace.to_str().unwrap().as_bytes();
            assert!(!bytes.windows(trace.len()).any(|part| part == trace), "{name} holds a path");
        }
    }
}
