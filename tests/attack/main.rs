//! The attacker against real folders, through the program, and against random surveys.
#![cfg(feature = "publish")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // what tests call is part of them

mod in_memory;
mod price;
mod random_survey;
mod released;
mod search;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rmsurvey::audit::{Finding, Method, attack, audit};
use rmsurvey::disclose::Step;
use rmsurvey::publish::Options;

use in_memory::{median, published};
use random_survey::random_survey;

/// As many as half a minute allows without optimisation.
const RANDOM_SURVEYS: u64 = 80;

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rmsurvey")).args(arguments).output().expect("the program starts")
}

fn sample(output: &Path) {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let options = Options { output, waves: &[], pictures: false, draft: false, ends: false };
    rmsurvey::run(&input, &options).expect("the sample runs");
}

/// The sample as it would be published if figures under the minimum were withheld and nothing else:
/// made from the private results, so that no later rule can change this test.
fn with_the_minimum_alone(output: &Path) -> BTreeMap<String, Row> {
    let private = fs::read_to_string(output.join("private/results.csv")).expect("there");
    let mut public = String::new();
    for (number, line) in private.lines().enumerate() {
        let mut places: Vec<&str> = line.split(',').collect();
        let minimum = if places[1] == "providers" { 5 } else { 10 };
        let status = places.len() - 2;
        let is_few = number > 0 && places[6].parse::<u64>().is_ok_and(|people| people < minimum);
        if is_few && places[status] != "nobody-scored" {
            places[6..].fill("");
            places[status] = "withheld";
        } else if number > 0 && places[status] == "withheld" {
            places[status] = "ok";
        }
        public += &(places.join(",") + "\n");
    }
    fs::write(output.join("publish/data/results.csv"), public).expect("written");
    for name in ["gaps.csv", "changes.csv"] {
        fs::remove_file(output.join("publish/data").join(name)).expect("removed");
    }
    for name in ["tables", "charts"] {
        fs::remove_dir_all(output.join("publish").join(name)).expect("removed");
    }
    // Nothing private is read.
    fs::remove_dir_all(output.join("private")).expect("removed");
    truth(&private)
}

/// The minimum alone leaves much to recover. Three of those, from the public rows of 2016:
///
/// - Commissioning Officers by large providers: everyone's 112 answers less 40 of small and 40 of
///   medium ones leave 32; 234 points less 95 and 73 leave 66; 66 / 32 = 2.06.
/// - Community Agents by owners: 104 - 51 (care managers) - 40 (directors) = 13 answers,
///   229 - 110 - 95 = 24 points; 24 / 13 = 1.85.
/// - Finance by large providers: 152 - 56 (small) - 72 (medium) = 24 answers,
///   310 - 145 - 118 = 47 points; 47 / 24 = 1.96.
///
/// Each agrees with the private results: 2.0625, 1.846 and 1.958. With department, question and
/// group crossed, 142 withheld figures are exactly recoverable, which is what a separate calculation
/// had found before there was this one.
#[test]
fn the_minimum_alone_does_not_protect_the_sample() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    sample(&output);
    let truth = with_the_minimum_alone(&output);
    let report = audit(&output).expect("a folder of ours");
    let of = |place: &str| {
        let address = format!("2016/providers/{place}");
        report.findings.iter().find(|one| one.address.to_string() == address).expect(place)
    };
    for (place, answers, sum) in [
        ("commissioning-officers/all/size/large", 32, 66),
        ("community-agents/all/role/owner", 13, 24),
        ("finance/all/size/large", 24, 47),
    ] {
        let finding = of(place);
        assert_eq!(finding.method, Method::Subtraction);
        assert!(finding.value.contains(&format!("answers {answers}, sum {sum}")), "{finding}");
        let row = &truth[&finding.address.to_string()];
        assert_eq!(row["answers"], answers.to_string());
        let mean = f64::from(sum) / f64::from(answers);
        assert!((row["mean"].parse::<f64>().expect("a mean") - mean).abs() < 1e-12);
    }
    for finding in &report.findings {
        assert_true(finding, &truth);
    }
    let exact =
        |method: &Method| matches!(method, Method::Subtraction | Method::Elimination | Method::Counts);
    let counted = report.by_method();
    assert_eq!(
        counted.iter().filter(|(method, _)| exact(method)).map(|(_, count)| count).sum::<usize>(),
        142
    );

    let ended = program(&["audit", output.to_str().expect("a path")]);
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stdout).expect("text");
    assert!(
        said.contains("2016/providers/finance/all/size/large  respondents 3, answers 24, sum 47"),
        "{said}"
    );
    assert!(said.contains("Do not publish this folder"), "{said}");
}

#[test]
fn the_sample_gives_nothing_away() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    sample(&output);
    let report = audit(&output).expect("a folder of ours");
    let found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, [""; 0]);
    assert_eq!(report.notes, [""; 0]);
}

/// Beside the attacks, a plain search of every file for every true value.
/// The name of a file whose number is left out.
fn numbered(publish: &Path, name: &str) -> String {
    let Some((folder, ending)) = name.split_once('/') else { return name.to_owned() };
    let files = fs::read_dir(publish.join(folder)).expect("there");
    let mut names = files.map(|file| file.expect("read").file_name().to_string_lossy().into_owned());
    format!("{folder}/{}", names.find(|file| file.ends_with(ending)).expect("a table or chart of that name"))
}

#[test]
fn no_withheld_value_stands_in_its_context_in_any_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    sample(&output);
    assert_eq!(search::found(&output), [""; 0]);
    for (name, from, to) in SPOILT {
        let name = &numbered(&output.join("publish"), name);
        let path = output.join("publish").join(name);
        let text = fs::read_to_string(&path).expect("there");
        assert!(text.contains(from), "{name} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).expect("written");
        let found = search::found(&output);
        assert!(found.iter().any(|one| one.starts_with(name)), "{name}: {found:?}");
        // The attacker finds it as well.
        let report = audit(&output).expect("a folder of ours");
        assert!(
            report.findings.iter().any(|one| one.from.starts_with(name)),
            "{name}: {:?}",
            report.findings
        );
        fs::write(&path, text).expect("written");
    }
    fs::write(output.join("publish/figures.ods"), "").expect("written");
    assert_eq!(audit(&output).expect("ours").notes, ["figures.ods is of a kind that no attack reads"]);
}

/// The four directors among the council officers gave Q1 1.75: seven points. Each file says so in its
/// own way, once this is put into it.
/// Tables and charts without their numbers, what is replaced, and by what.
const SPOILT: [(&str, &str, &str); 5] = [
    ("tables/-officers-by-grade-2017.csv", "Director,[c],", "Director,1.75,"),
    (
        "tables/-officers-by-grade-2017.csv-metadata.json",
        "Source:",
        "Council officers, Director: 1.75 for Q1 Sharing information in 2017. Source:",
    ),
    (
        "findings.md",
        "# Rel",
        "- Council officers, Director: 1.75 for Q1 Sharing information in 2017. `2017/officers/whole/Q1/grade/director`\n\n# Rel",
    ),
    ("charts/-officers-by-grade-2017.svg", ">[c]</text>", ">1.75</text>"),
    ("report.html", "<h2", "<p>Council officers, Director: 1.75 for Q1 Sharing information in 2017.</p><h2"),
];

#[test]
fn a_folder_that_is_none_of_ours_ends_with_three() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ended = program(&["audit", folder.path().to_str().expect("a path")]);
    assert_eq!(ended.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("about.json"));
}

#[test]
fn a_folder_that_gives_nothing_away_ends_with_zero() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("publish").join("data");
    fs::create_dir_all(&data).expect("created");
    let about = r#"{"scale": {"high": 4}, "waves": ["2017"], "questions": ["Q1"], "departments": [],
        "audiences": [{"id": "officers", "label": "Officers", "scores-departments": false,
        "minimum-respondents": 10, "breakdowns": {"grade": ["head", "manager", "officer"]}}]}"#;
    fs::write(folder.path().join("publish").join("about.json"), about).expect("written");
    let results = "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,mean,status\n\
                   2017,officers,whole,Q1,all,all,60,60,0,0,2.5,ok\n\
                   2017,officers,whole,Q1,grade,head,,,,,,withheld\n\
                   2017,officers,whole,Q1,grade,manager,,,,,,withheld\n\
                   2017,officers,whole,Q1,grade,officer,40,40,0,0,2.4,ok\n";
    fs::write(data.join("results.csv"), results).expect("written");
    let ended = program(&["audit", folder.path().to_str().expect("a path")]);
    let said = String::from_utf8(ended.stdout).expect("text");
    assert_eq!(ended.status.code(), Some(0), "{said}");
    assert!(said.contains("4 figures, 2 of them withheld."), "{said}");
    assert!(said.ends_with("Nothing that was withheld can be recovered.\n"), "{said}");
}

/// Whatever the attacker says of a figure is so. With complementary withholding there would be
/// nothing to check.
#[test]
fn what_the_attacker_recovers_is_true() {
    let mut checked = 0;
    for seed in 0..20 {
        let survey = random_survey(seed).expect("a survey");
        let published = published(&survey, Some(Step::Complementary)).expect("published");
        let truth = truth(&published.truth);
        for finding in attack(&published.files).expect("attacked").findings {
            checked += usize::from(assert_true(&finding, &truth));
        }
    }
    assert!(checked > 0);
}

/// What is recovered of a survey.
fn recovered(seed: u64, left_out: Option<Step>) -> Vec<Finding> {
    let published = published(&random_survey(seed).expect("a survey"), left_out).expect("published");
    attack(&published.files).expect("attacked").findings
}

/// Two halves, for as many cores. `cargo run --release --example attack -- 10000` asks more.
///
/// Nor does any cost more than it must: of the headline and of breakdowns with two safe groups
/// nothing is withheld that could be shown, and the median price of the half is at most what it was.
fn nothing_is_recovered(seeds: Range<u64>, recorded_median: f64) {
    let mut ratios = Vec::new();
    for seed in seeds {
        let published = published(&random_survey(seed).expect("a survey"), None).expect("published");
        let found = attack(&published.files).expect("attacked").findings;
        let first = found.first().map(ToString::to_string).unwrap_or_default();
        assert!(found.is_empty(), "seed {seed}: {} recovered, for example {first}", found.len());
        let price = published.price;
        for lost in [price.headline, price.overall, price.breakdowns] {
            assert_eq!(lost.lost, lost.inevitable, "seed {seed}: {price:?}");
        }
        ratios.extend(published.ratio());
    }
    let median = median(ratios);
    assert!(median <= recorded_median, "{median}");
}

#[test]
fn no_random_survey_gives_anything_away() {
    nothing_is_recovered(0..RANDOM_SURVEYS / 2, 0.175);
}

#[test]
fn nor_does_any_other() {
    nothing_is_recovered(RANDOM_SURVEYS / 2..RANDOM_SURVEYS, 0.2135);
}

/// The check can fail: with a step left out, something is recovered.
fn is_caught(left_out: Step, methods: &[Method]) {
    let mut found = (0..40).flat_map(|seed| recovered(seed, Some(left_out)));
    let is_found = found.any(|finding| methods.contains(&finding.method));
    assert!(is_found, "{left_out:?} left out, and nothing recovered");
}

#[test]
fn without_the_complementary_step_sums_are_recovered() {
    is_caught(Step::Complementary, &[Method::Subtraction, Method::Elimination]);
}

#[test]
fn without_the_audit_figures_are_recovered() {
    is_caught(Step::Audit, &[Method::Subtraction, Method::Elimination, Method::Counts, Method::Bounds]);
}

#[test]
fn without_the_earlier_wave_those_who_left_stand_alone() {
    is_caught(Step::EarlierWave, &[Method::Sets, Method::Shown]);
}

type Row = BTreeMap<String, String>;

/// The rows of a results file by their address.
fn truth(text: &str) -> BTreeMap<String, Row> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let rows = lines.map(|line| {
        let places: Vec<&str> = line.split(',').collect();
        let row = header.iter().zip(&places).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        (places[..6].join("/"), row.collect())
    });
    rows.collect()
}

/// Compares every number of a finding with the truth; whether there was one.
fn assert_true(finding: &Finding, truth: &BTreeMap<String, Row>) -> bool {
    let address = finding.address.to_string();
    let (Some(row), false) = (truth.get(&address), finding.method == Method::Shown) else { return false };
    let number = |name: &str| row[name].parse::<f64>().unwrap_or(0.0);
    let mut compared = false;
    for part in finding.value.split(", ") {
        let words: Vec<&str> = part.split(' ').collect();
        let value = |position: usize| words[position].parse::<f64>().expect("a number");
        let is_true = match words[..] {
            ["respondents", _] => number("respondents") == value(1),
            ["answers", _] => number("answers") == value(1),
            ["no", "contact", _] => number("no_contact") == value(2),
            ["sum", _] => (number("mean") * number("answers")).round() == value(1),
            ["mean", _] => (number("mean") - value(1)).abs() < 0.005_1,
            ["mean", _, "to", _] => {
                row["mean"].is_empty() || (value(1) - 0.005_1..value(3) + 0.005_1).contains(&number("mean"))
            }
            ["all", "answers", "are", _] => (number("mean") - value(3)).abs() < 1e-12,
            _ => continue,
        };
        assert!(is_true, "{finding}\n{row:?}");
        compared = true;
    }
    compared
}

/// Titles and descriptions of charts say no score that the table of the chart does not have, and
/// pictures carry no words with scores in them. Everything else that a run publishes is read by
/// the attacker, who finds nothing withheld in it.
#[test]
fn no_published_file_says_a_withheld_value() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("output");
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    rmsurvey::run(
        &input,
        &Options { output: &output, waves: &[], pictures: true, draft: false, ends: false },
    )
    .expect("the sample runs");
    let report = audit(&output).expect("a folder of ours");
    let looked_at = |what: &str| report.tried.iter().any(|(name, count)| *name == what && *count > 0);
    assert!(["places of tables", "charts", "sentences"].into_iter().all(looked_at), "{:?}", report.tried);
    let shown = report.findings.iter().find(|finding| finding.method == Method::Shown);
    assert!(shown.is_none(), "{shown:?}");

    let tables = files(&output.join("publish/tables"));
    let (mut charts, mut pictures) = (0, 0);
    for path in files(&output.join("publish/charts")) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let bytes = fs::read(&path).expect("read");
        if path.extension().is_some_and(|ending| ending == "png") {
            pictures += 1;
            assert_eq!(scores(&text_chunks(&bytes)), [""; 0], "{stem}");
        } else {
            charts += 1;
            let chart = String::from_utf8(bytes).expect("text");
            let words = chart.split("aria-hidden").next().expect("a beginning");
            let own = tables.iter().find(|table| table.ends_with(format!("{stem}.csv")));
            let table = own.map(|path| fs::read_to_string(path).expect("read")).unwrap_or_default();
            let untold: Vec<&str> =
                scores(words).into_iter().filter(|score| !table.contains(score)).collect();
            assert_eq!(untold, [""; 0], "{stem}");
        }
    }
    assert!(charts > 0 && pictures > 0, "{charts} charts, {pictures} pictures");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// Numbers with two decimals, between quotation marks, spaces and tags.
fn scores(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let words = words.map(|word| word.trim_matches('.'));
    words.filter(|word| word.len() == 4 && word.as_bytes()[1] == b'.').collect()
}

/// The text chunks of a PNG: each chunk has a length, a name, that many bytes and a checksum.
fn text_chunks(picture: &[u8]) -> String {
    let mut text = String::new();
    let mut at = 8;
    while at + 8 <= picture.len() {
        let length = u32::from_be_bytes(picture[at..at + 4].try_into().expect("four bytes")) as usize;
        let (name, data) = (&picture[at + 4..at + 8], &picture[at + 8..at + 8 + length]);
        assert_ne!(name, b"zTXt", "a compressed text cannot be read here");
        if name == b"tEXt" || name == b"iTXt" {
            text += &String::from_utf8_lossy(data);
        }
        at += length + 12;
    }
    text
}
