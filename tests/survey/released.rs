//! A wave of which a public folder is already out, through the binary.

use crate::support::{Answer, Folder, files, rmsurvey, run, sample_output, small};

const WAVE: &str = "population = \"2016/population.csv\"\n";
const RESULTS: &str = "2016/released/data/results.csv";

/// A run's public folder, copied into the input as what is out of the first wave.
fn release(input: &Folder, output: &Folder) {
    for (name, bytes) in files(output.path()) {
        if let Some(name) = name.strip_prefix("publish/") {
            input.write(&format!("2016/released/{name}"), bytes);
        }
    }
}

/// The sample, of which 2016 is out as a run on it publishes it.
fn sample() -> Folder {
    let folder = Folder::sample();
    for (name, bytes) in sample_output() {
        if let Some(name) = name.strip_prefix("publish/") {
            folder.write(&format!("2016/released/{name}"), bytes);
        }
    }
    folder.replace("survey.toml", WAVE, &format!("{WAVE}released = \"2016/released\"\n"));
    folder
}

/// The small survey, of which 2016 is out as a run on it alone publishes it.
fn small() -> Folder {
    let folder = small::folder();
    folder.write("2016.csv", FORMS);
    let output = Folder::empty();
    let [from, to] = [folder.path(), output.path()].map(|path| path.to_str().expect("UTF-8"));
    rmsurvey(["run", "--input", from, "--output", to, "--no-png", "--wave", "2016"]).expect_code(0);
    release(&folder, &output);
    folder.replace("survey.toml", "files = { providers = \"2016.csv\" }\n", SMALL_WAVE);
    folder
}

const FORMS: &str =
    "Reference,Area,Q1,Q2\n1,North,1,2\n2,North,2,3\n3,North,3,1\n4,South,3,2\n5,South,1,4\n6,South,4,1\n";
const SMALL_WAVE: &str = "files = { providers = \"2016.csv\" }\nreleased = '2016\\released\\'\n";

#[track_caller]
fn refused(input: &Folder, parts: &[&str]) -> Answer {
    let output = Folder::empty();
    let answer = run(input.path(), output.path()).expect_code(1).expect_said(parts);
    assert!(files(output.path()).is_empty());
    let checked = rmsurvey(["check", "--input", input.path().to_str().expect("UTF-8")]).expect_code(1);
    for part in parts {
        assert!(checked.out.contains(part), "{part:?} is not said in:\n{}", checked.out);
    }
    answer
}

#[test]
fn what_was_released_is_published_again_byte_for_byte() {
    let folder = sample();
    let output = Folder::empty();
    let said = run(folder.path(), output.path()).expect_code(0).err;
    assert!(!said.contains("warning"), "{said}");
    for (name, bytes) in files(output.path()) {
        if name.starts_with("publish/") {
            assert!(sample_output().get(&name) == Some(&bytes), "{name}");
        }
    }
    let manifest = output.text("manifest.json");
    let (_, entry) = manifest.split_once(&format!("\"name\": \"{RESULTS}\"")).expect("an input");
    let rows = folder.text(RESULTS).lines().count() - 1;
    assert!(entry.split('}').next().expect("an entry").contains(&format!("\"rows\": {rows}")), "{entry}");
    // What was withheld for the sake of others is so now because it is out as withheld.
    let reasons = output.text("private/disclosure.csv");
    assert!(reasons.lines().any(|line| line.starts_with("2016,") && line.contains(",released,")));
    assert!(!reasons.lines().any(|line| line.starts_with("2017,") && line.contains(",released,")));
}

/// Providers under a minimum of 8: more than half of 2016 would go, and is out.
#[test]
fn a_higher_minimum_takes_nothing_back() {
    let folder = sample();
    folder.replace("survey.toml", "providers = 5", "providers = 8");
    let output = Folder::empty();
    let said = run(folder.path(), output.path()).expect_code(0);
    let of_2016 = |text: &str| {
        text.lines().filter(|line| line.starts_with("2016,")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = of_2016(&folder.text(RESULTS));
    assert_eq!(of_2016(&output.text("publish/data/results.csv")), before);
    said.expect_said(&[
        "warning: figures of 2016 that are not shown can be worked out, alone or a few together, from what is already out",
        "where     2016/released/data/results.csv",
    ]);
    let page = output.text("publish/report.html");
    assert!(page.contains("What was published of 2016 before stays shown."));
    assert!(output.text("private/disclosure.md").contains("2016: what was published before stays as it was"));
}

#[test]
fn another_answer_in_a_year_that_is_out_is_an_error() {
    let folder = small();
    run(folder.path(), Folder::empty().path()).expect_code(0);
    // North's Q1 is 1, 2 and 3; the 3 becomes a 4. Of everyone and of North, Q1 and both questions.
    folder.write("2016.csv", FORMS.replace("3,North,3,1", "3,North,4,1"));
    refused(
        &folder,
        &[
            "error: 4 of the figures that are out for 2016 would be others today; beside those already out they would tell what the forms that came or went since then answered",
            "where     2016/released/data/results.csv, line 2",
            "providers / whole / Q1 / area / north: 3 respondents, 3 answers, 0 no contact, 0 blank, mean 2; today 3 respondents, 3 answers, 0 no contact, 0 blank, mean 2.3333333333333335",
            "put the files of 2016 back as they were; if that folder never left the building, delete the line `released`",
        ],
    );
}

#[test]
fn a_group_that_is_out_and_no_longer_defined_is_an_error() {
    let folder = small();
    folder.replace(
        "survey.toml",
        "id = \"south\", label = \"South\"",
        "id = \"the-south\", label = \"South\"",
    );
    let answer = refused(
        &folder,
        &[
            "error: a group that is out for 2016 would not be published now: what is out and what would be published now add up to what was withheld",
            "found     providers / area / south, in 3 rows",
            "expected  north, the-south",
            "groups put together (`combine`) that were one then",
        ],
    );
    assert_eq!(answer.err.matches("error: ").count(), 1, "{}", answer.err);
}

#[test]
fn a_breakdown_that_is_out_cannot_be_kept_back() {
    let folder = small();
    folder.replace("survey.toml", "label = \"Area\"\n", "label = \"Area\"\npublish = false\n");
    refused(
        &folder,
        &["a breakdown that is out for 2016 would not be published now", "providers / area, in 6 rows"],
    );
}

#[test]
fn a_release_that_cannot_be_read() {
    let folder = small();
    let sound = folder.text(RESULTS);
    let header = sound.lines().next().expect("a header").to_owned();
    for (from, to, said) in [
        (",status,", ",state,", &["the released figures lack a column: status", ", line 1"][..]),
        (",ok,", ",okay,", &["this says neither", "\"status\"", "found     \"okay\"", "nearest   ok"]),
        (
            "all,all,all,6,",
            "all,all,all,six,",
            &["cannot be read", "line 8, column G (7), \"respondents\"", "\"six\""],
        ),
        (
            ",2.25,",
            ",\"2,25\",",
            &["cannot be read", "line 8, column K (11), \"mean\"", "expected  a decimal number"],
        ),
    ] {
        assert!(sound.contains(from), "{from}: {sound}");
        folder.write(RESULTS, sound.replacen(from, to, 1));
        refused(&folder, said);
    }
    let twice = format!("{sound}{}\n", sound.lines().nth(1).expect("a row"));
    folder.write(RESULTS, twice);
    refused(&folder, &["this figure stands here a second time", "the first stands in line 2"]);
    folder.write(RESULTS, format!("{header}\n"));
    refused(&folder, &["this release has nothing of 2016", "found     no rows", "expected  2016"]);
    folder.write(RESULTS, sound.replace("\n2016,", "\n2015,"));
    refused(&folder, &["this release has nothing of 2016", "found     2015", "delete the line `released`"]);
    folder.remove(RESULTS);
    folder.write("2016/released/publish/data/results.csv", sound);
    refused(
        &folder,
        &[
            "there is no such file",
            "where     2016/released/data/results.csv",
            "nearest   2016/released/publish",
            "`released` of 2016 names the folder `publish` of the run that went out",
        ],
    );
}

#[test]
fn a_release_outside_the_input_folder_is_none() {
    let folder = small();
    folder.replace("survey.toml", "'2016\\released\\'", "\"../elsewhere\"");
    refused(&folder, &["\"../elsewhere\" is not a file under the input folder", "survey.toml, line"]);
}
