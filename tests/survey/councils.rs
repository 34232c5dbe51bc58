//! Councils that compare themselves: files that `share` writes from simulated surveys, read by another
//! simulated survey, from the exchange to the paper.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::{Answer, Folder, Table, files, rmsurvey, run};

/// A survey held against three others, what they shared, and what a run of it wrote.
pub struct Shared {
    pub input: Folder,
    pub run: Folder,
    pub output: BTreeMap<String, Vec<u8>>,
}

/// A text of a definition, and what stands there instead.
type Edit = (&'static str, &'static str);

/// The names of the others, how many providers answer there, and the edits of their definitions. The second
/// calls a department by another id, the third calls one otherwise and has one that is not the same.
const OTHERS: [(&str, usize, &[Edit]); 3] = [
    ("first", 60, &[]),
    ("second", 90, &[("id = \"finance\"", "id = \"money\"")]),
    (
        "third",
        45,
        &[(
            "id = \"quality\"\nlabel = \"Quality\"",
            "id = \"better\"\nlabel = \"Improvement\"\naliases = [\"Quality\"]",
        )],
    ),
];

const BENCHMARKS: &str = r#"
[[benchmark]]
file = "councils/first.json"

[[benchmark]]
file = "councils/second.json"
name = "Homecare Homes"

[[benchmark]]
file = "councils/third.json"
departments = { "better" = "quality", "brokerage" = "" }
"#;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// A simulated survey with one breakdown for each audience, so that it is quickly looked at.
fn simulated(providers: usize, seed: usize) -> Folder {
    let folder = Folder::empty();
    let numbers = [providers, seed].map(|number| number.to_string());
    let arguments =
        ["simulate", "--providers", &numbers[0], "--officers", "24", "--seed", &numbers[1], "--output"];
    rmsurvey(arguments.into_iter().chain([text(folder.path())])).expect_code(0);
    let definition = folder.text("survey.toml");
    let is_kept = |block: &&str| {
        !block.contains(".breakdown]]")
            || ["id = \"service\"", "id = \"grade\""].iter().any(|id| block.contains(id))
    };
    let kept: Vec<&str> = definition.split("\n\n").filter(is_kept).collect();
    let kept = kept.join("\n\n");
    // The numbers invited are counted by all breakdowns.
    let lines =
        kept.lines().filter(|line| !line.starts_with("population = ")).map(|line| format!("{line}\n"));
    folder.write("survey.toml", lines.collect::<String>());
    folder
}

fn share(input: &Folder, output: &Path) -> Answer {
    rmsurvey(["share", "--input", text(input.path()), "--output", text(output)])
}

/// Few providers answer, so that some of their figures are not shown. One of the others has the label of a
/// group in its name.
pub fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let input = simulated(13, 1);
        input.write("councils/README", "files of other councils");
        for (number, (name, providers, edits)) in OTHERS.into_iter().enumerate() {
            let other = simulated(providers, number + 2);
            other.replace(
                "survey.toml",
                "name = \"Simulated Council\"",
                &format!("name = \"The {name} council\""),
            );
            for (from, to) in edits {
                other.replace("survey.toml", from, to);
            }
            let file = input.path().join(format!("councils/{name}.json"));
            share(&other, &file)
                .expect_code(0)
                .expect_said(&["averages of 2017, all of them in the public release"]);
        }
        let definition = input.text("survey.toml");
        input.write("survey.toml", format!("{definition}{BENCHMARKS}"));
        input.replace("survey.toml", "minimum-respondents = 5", "minimum-respondents = 10");
        let run_folder = Folder::empty();
        run(input.path(), &run_folder.path().join("o")).expect_code(0);
        let output = files(&run_folder.path().join("o"));
        Shared { input, run: run_folder, output }
    })
}

fn rows(table: &Table) -> Vec<BTreeMap<&str, &str>> {
    let mut rows = Vec::new();
    for cells in &table.rows {
        rows.push(table.header.iter().map(String::as_str).zip(cells.iter().map(String::as_str)).collect());
    }
    rows
}

fn number(row: &BTreeMap<&str, &str>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// Every figure of `benchmarks.csv` worked out again from the shared files and `results.csv`.
#[test]
fn figures_are_those_of_the_shared_files() {
    let shared = shared();
    let results = Table::of(&shared.output["publish/data/results.csv"]);
    let results = rows(&results);
    let councils: Vec<Value> = OTHERS
        .iter()
        .map(|(name, ..)| {
            serde_json::from_slice(&shared.input.read(&format!("councils/{name}.json"))).expect("JSON")
        })
        .collect();
    let theirs = |council: usize, department: &str| {
        match (council, department) {
            (1, "finance") => "money",
            (2, "quality") => "better",
            (2, "brokerage") => "not compared",
            (_, same) => same,
        }
        .to_owned()
    };
    let table = Table::of(&shared.output["publish/data/benchmarks.csv"]);
    let (mut shown, mut withheld) = (0, 0);
    for row in rows(&table) {
        let means: Vec<[f64; 2]> = (0..3)
            .filter_map(|council| {
                let department = theirs(council, row["department"]);
                let figures = councils[council]["figures"].as_array().expect("figures").iter();
                let mut figures = figures.filter(|figure| {
                    figure["audience"] == row["audience"]
                        && figure["department"] == *department
                        && figure["question"] == row["question"]
                });
                let figure = figures.next()?;
                Some(["mean", "se"].map(|name| figure[name].as_f64().expect("a number")))
            })
            .collect();
        let count = means.len() as f64;
        assert_eq!(number(&row, "councils"), count, "{row:?}");
        let pooled = means.iter().map(|[mean, _]| mean).sum::<f64>() / count;
        assert!((number(&row, "others_mean") - pooled).abs() < 1e-9, "{row:?}");
        if count > 1.0 {
            let lowest = means.iter().map(|[mean, _]| *mean).fold(5.0, f64::min);
            assert!((number(&row, "others_lowest") - lowest).abs() < 1e-9, "{row:?}");
        } else {
            assert_eq!(
                [row["others_lowest"], row["others_median"], row["others_highest"]],
                [""; 3],
                "{row:?}"
            );
        }
        let address = ["wave", "audience", "department", "question", "breakdown", "group"];
        let own =
            results.iter().find(|own| address.iter().all(|name| own[name] == row[name])).expect("a result");
        assert_eq!(own["status"], row["status"]);
        if row["status"] == "ok" {
            shown += 1;
            assert_eq!([own["mean"], own["respondents"]], [row["mean"], row["respondents"]]);
            assert!((number(&row, "difference") - (number(own, "mean") - pooled)).abs() < 1e-9, "{row:?}");
            // Our own error is published to three decimals.
            let variance = means.iter().map(|[_, se]| se * se).sum::<f64>() / (count * count);
            let expected = (number(own, "se").powi(2) + variance).sqrt();
            assert!((number(&row, "se") - expected).abs() < 0.0011, "{row:?}");
        } else {
            withheld += 1;
            for column in ["respondents", "mean", "difference", "se", "ci_low", "ci_high", "p", "verdict"] {
                assert_eq!(row[column], "", "{row:?}");
            }
        }
    }
    assert!(shown > 40 && withheld > 10, "{shown} shown, {withheld} withheld");
    let private = Table::of(&shared.output["private/benchmarks.csv"]);
    assert!(rows(&private).iter().all(|row| row["status"] == "nobody-scored" || !row["mean"].is_empty()));
    assert_eq!(private.rows.len(), table.rows.len());
}

#[test]
fn the_public_folder_is_audited_clean_and_what_is_planted_in_it_is_found() {
    let shared = shared();
    let audit = |output: &Path| rmsurvey(["audit", text(output)]);
    let answer = audit(&shared.run.path().join("o")).expect_code(0);
    assert!(answer.out.contains("places of other councils"), "{}", answer.out);
    assert!(!answer.out.contains("Note:"), "{}", answer.out);
    let table = Table::of(&shared.output["publish/data/benchmarks.csv"]);
    let withheld = table.rows.iter().position(|row| row.contains(&"withheld".to_owned())).expect("one");
    let is_questions = |name: &&String| name.contains("-other-councils-") && name.ends_with("-providers.csv");
    let tables: Vec<&String> = shared.output.keys().filter(is_questions).collect();
    assert_eq!(tables.len(), 2, "{tables:?}");
    // Our own difference beside a withheld cell, and our own average in a column of the others.
    let csv = String::from_utf8(shared.output["publish/data/benchmarks.csv"].clone()).expect("UTF-8");
    let line = csv.lines().nth(withheld + 1).expect("a row");
    let mut cells: Vec<&str> = line.split(',').collect();
    cells[table.column("difference")] = "0.25";
    let planted = csv.replace(line, &cells.join(","));
    let copy = Folder::copy_of(&shared.run.path().join("o"));
    copy.write("publish/data/benchmarks.csv", planted);
    assert!(audit(copy.path()).expect_code(1).out.contains("difference 0.25"));
    copy.write("publish/data/benchmarks.csv", csv);
    let of = Table::of(&shared.output[tables[0]]);
    let column = of.column("Other councils, average (score 1 to 4)");
    let text = String::from_utf8(shared.output[tables[0]].clone()).expect("UTF-8");
    let line = text.lines().nth(1).expect("a row");
    let changed = line.replacen(&format!(",{},", of.rows[0][column]), ",3.99,", 1);
    assert_ne!(line, changed);
    copy.write(tables[0], text.replace(line, &changed));
    assert!(audit(copy.path()).expect_code(1).out.contains("3.99, which data/benchmarks.csv does not have"));
}

#[test]
fn a_shared_file_is_held_against_the_public_folder() {
    let shared = shared();
    let folder = Folder::empty();
    let file = folder.path().join("ours.json");
    share(&shared.input, &file).expect_code(0);
    let output = shared.run.path().join("o");
    let audit = |file: &Path| rmsurvey(["audit", text(&output), "--share", text(file)]);
    audit(&file).expect_code(0);
    rmsurvey(["audit", text(&file)]).expect_code(0);
    // A figure that the public release withholds, on a base that would do.
    let whole = folder.text("ours.json");
    let results = Table::of(&shared.output["private/results.csv"]);
    let withheld = rows(&results)
        .into_iter()
        .find(|row| {
            row["status"] == "withheld"
                && row["breakdown"] == "all"
                && row["wave"] == "2017"
                && !row["mean"].is_empty()
        })
        .map(|row| {
            format!(
                "\"audience\":\"{}\",\"department\":\"{}\",\"question\":\"{}\"",
                row["audience"], row["department"], row["question"]
            )
        })
        .expect("a withheld figure");
    assert!(!whole.contains(&withheld));
    let planted = format!("    {{{withheld},\"respondents\":9,\"mean\":2.5,\"se\":0.2,\"df\":8}}\n  ]\n}}");
    folder.write("planted.json", whole.replace("\n  ]\n}", &format!(",\n{planted}")));
    let answer = audit(&folder.path().join("planted.json")).expect_code(1);
    assert!(answer.out.contains("which the public release does not show"), "{}", answer.out);
    // Another council's public folder does not show ours.
    assert!(
        audit(&shared.input.path().join("councils/first.json")).expect_code(1).out.contains("does not show")
    );
    // The same file again is the same to the byte, and no other file is replaced.
    share(&shared.input, &file).expect_code(0);
    assert_eq!(folder.text("ours.json"), whole);
    for (name, content) in [
        ("thesis.json", "years of work".to_owned()),
        ("first.json", shared.input.text("councils/first.json")),
    ] {
        folder.write(name, &content);
        share(&shared.input, &folder.path().join(name))
            .expect_code(3)
            .expect_said(&["name another with --output"]);
        assert_eq!(folder.text(name), content);
    }
    assert_eq!(files(folder.path()).len(), 4, "nothing is left beside them");
}

#[test]
fn the_paper_names_the_councils_and_says_how_they_are_taken_together() {
    let shared = shared();
    let report = String::from_utf8(shared.output["publish/report.html"].clone()).expect("UTF-8");
    assert!(report.contains(">Other councils<"), "no section");
    let named = "Three other councils shared the averages of the same survey: The first council (2017), Homecare Homes (2017) and The third council (2017).";
    assert!(report.contains(named), "the councils are not named");
    let findings = String::from_utf8(shared.output["publish/findings.md"].clone()).expect("UTF-8");
    assert!(findings.contains("the average of the three other councils"), "{findings}");
    let about: Value = serde_json::from_slice(&shared.output["publish/about.json"]).expect("JSON");
    assert_eq!(about["other-councils"][1], "Homecare Homes");
    let manifest = String::from_utf8(shared.output["manifest.json"].clone()).expect("UTF-8");
    assert!(manifest.contains("councils/second.json"), "not in the manifest");
    let explained =
        rmsurvey(["explain", "2017/providers/all", "--input", text(shared.input.path())]).expect_code(0);
    assert!(explained.out.contains("3 other councils, from "), "{}", explained.out);
}

/// With nothing withheld, of which much would be said.
pub fn quick() -> Folder {
    let folder = Folder::copy_of(shared().input.path());
    folder.replace("survey.toml", "minimum-respondents = 10", "minimum-respondents = 2");
    folder
}

/// As in [`quick`].
fn check(folder: &Folder) -> Answer {
    folder.replace("survey.toml", "minimum-respondents = 10", "minimum-respondents = 2");
    rmsurvey(["check", "--input", text(folder.path())])
}

#[test]
fn check_says_what_is_the_same() {
    let shared = shared();
    let folder = Folder::copy_of(shared.input.path());
    let out = check(&folder).expect_code(0).out;
    for part in [
        "councils/second.json: Homecare Homes, 2017; ",
        "community-teams, contracts, money as finance, ",
        "better as quality, safeguarding; only there: brokerage; only here: brokerage\n",
    ] {
        assert!(out.contains(part), "{part:?} is not said in:\n{out}");
    }
    let answer = rmsurvey(["check", "--format", "json", "--input", text(folder.path())]).expect_code(0);
    let document: Value = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!(document["councils"][1]["same"]["departments"]["pairs"][5][0], "money");
    assert_eq!(document["councils"][2]["same"]["all-questions"], true);
}

/// What a definition or a file does wrong, and what is said of it.
#[test]
fn what_cannot_be_compared_is_refused_with_its_place() {
    let shared = shared();
    let refused = |edits: &[(&str, &str, &str)], said: &[&str]| {
        let folder = Folder::copy_of(shared.input.path());
        for (file, from, to) in edits {
            folder.replace(file, from, to);
        }
        let answer = check(&folder).expect_code(1);
        for part in said {
            assert!(answer.out.contains(part), "{part:?} is not said in:\n{}", answer.out);
        }
    };
    let first = "councils/first.json";
    refused(
        &[(first, "\"highest\":4", "\"highest\":5")],
        &[
            "the scale of this file is another one",
            "where     councils/first.json",
            "1 to 5, with \"no contact\"",
        ],
    );
    refused(
        &[(first, "\"version\": 1", "\"version\": 2")],
        &["of a version that is not known here", "version 2"],
    );
    refused(&[(first, "rmsurvey-share", "another")], &["this is no file that a council shared"]);
    refused(
        &[(first, "\"wave\"", "\"year\"")],
        &["this is not as a shared file is: unknown field `year`", "first.json, line 6"],
    );
    refused(
        &[(first, "The first council", "the SECOND council")],
        &["this council is here a second time", "second.json"],
    );
    refused(
        &[(first, "The first council", "Simulated  council")],
        &["of the very council that the survey is of"],
    );
    refused(
        &[(first, "\"respondents\":60", "\"respondents\":4")],
        &["fewer people than the minimum of this file"],
    );
    refused(
        &[("survey.toml", "synthetic = true", "synthetic = false")],
        &["the answers behind this file were invented"],
    );
    refused(
        &[("survey.toml", "\"better\" = \"quality\"", "\"beter\" = \"quality\"")],
        &["councils/third.json has no department \"beter\"", "survey.toml, line ", "nearest   better"],
    );
    refused(
        &[("survey.toml", "\"better\" = \"quality\"", "\"better\" = \"qality\"")],
        &["there is no department \"qality\" in this definition", "nearest   quality"],
    );
    refused(
        &[("survey.toml", "councils/first.json", "councils/frst.json")],
        &["there is no such file", "nearest   first.json"],
    );
}

/// Another question under the same id is compared with a warning; the one in the same words under another id
/// is the same; and a question more means that averages over all questions are not compared.
#[test]
fn questions_are_the_same_by_id_or_wording_and_never_by_their_place() {
    let shared = shared();
    let folder = Folder::copy_of(shared.input.path());
    let first = "councils/first.json";
    folder.replace(first, "How well do we trust each other?", "Do we like each other?");
    let answer = check(&folder).expect_code(0);
    assert!(
        answer.out.contains("the question `Q2` is called otherwise here, and is compared"),
        "{}",
        answer.out
    );
    folder.replace("survey.toml", "minimum-respondents = 2", "minimum-respondents = 10");
    folder.replace(
        "survey.toml",
        "file = \"councils/first.json\"",
        "file = \"councils/first.json\"\nquestions = { \"Q2\" = \"\" }",
    );
    let out = check(&folder).expect_code(0).out;
    assert!(!out.contains("called otherwise"), "{out}");
    assert!(out.contains("Q1, Q3, Q4, Q5, Q6, Q7, Q8; only there: Q2; only here: Q2"), "{out}");
    assert!(out.contains("averages over all questions are not compared"), "{out}");
    // The numbers of two questions are exchanged there, with their wordings.
    let text = shared.input.text(first);
    let (q1, q2) =
        ("How well do care providers and the council share information?", "How well do we trust each other?");
    let exchanged = text.replacen(q1, "1", 1).replacen(q2, q1, 1).replacen("\"1\"", &format!("\"{q2}\""), 1);
    let folder = Folder::copy_of(shared.input.path());
    folder.write(first, exchanged);
    let out = check(&folder).expect_code(0).out;
    assert!(out.contains("questions   Q1 as Q2, Q2 as Q1, Q3"), "{out}");
}

#[test]
fn an_earlier_year_can_be_shared_and_one_that_is_not_there_cannot() {
    let shared = shared();
    let folder = Folder::empty();
    let file = folder.path().join("a.json");
    let of = |wave: &str| {
        rmsurvey(["share", "--input", text(shared.input.path()), "--wave", wave, "--output", text(&file)])
    };
    of("2016").expect_code(0).expect_said(&["averages of 2016"]);
    assert!(folder.text("a.json").contains("\"wave\": \"2016\""));
    of("2015").expect_code(1).expect_said(&["there is no wave \"2015\"", "Nothing was written"]);
    // A draft leaves answers out; `share` does not.
    rmsurvey(["share", "--draft", "--input", text(shared.input.path())]).expect_code(2);
}
