//! The whole road, from exports to data files, against the reference values of R's `survey` package
//! (`tests/golden`, whose README names versions and formulas): not only is each statistic right on
//! its own, the right one stands in each row.

use std::collections::BTreeMap;
use std::fs;

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::disclose::{Policy, Release, WeightingKey, release};
use rmsurvey::estimate::By;
use rmsurvey::publish::data;
use rmsurvey::tally::Question;
use rmsurvey::{estimate, ingest, tally};
use tempfile::TempDir;

use crate::support::repository;

const BREAKDOWNS: [(&str, &[&str]); 5] = [
    ("quadrant", &["Mid", "North East", "South", "West"]),
    ("size", &["Small", "Medium", "Large"]),
    ("service_type", &["Residential", "Nursing", "Home care", "Supported living", "Day care"]),
    ("role", &["Owner", "Registered manager", "Finance", "Other"]),
    ("ecc_share", &["0-25%", "26-50%", "51-75%", "76-100%"]),
];
const TEAMS: [&str; 5] = ["Brokerage", "Contracts", "Finance", "Procurement", "Quality"];

/// A definition that reads the reference data as they lie there.
fn definition() -> String {
    let mut text = String::from(
        "format = 1\ntitle = \"Reference\"\nignore = [\"year\", \"audience\"]\n[organisation]\nname = \"Council\"\n\
         [scale]\nlow = 1\nhigh = 4\nno-contact = 0\n[whole]\nlabel = \"whole\"\n",
    );
    for question in 1..=8 {
        text += &format!("[[question]]\nid = \"q{question}\"\ntext = \"Question number {question}\"\n");
    }
    for department in 1..=10 {
        text +=
            &format!("[[department]]\nid = \"d{department:02}\"\nlabel = \"Department {department:02}\"\n");
    }
    let breakdown = |audience: &str, id: &str, groups: &[&str]| {
        let groups =
            groups.iter().map(|group| format!("{{ id = \"{}\", label = \"{group}\" }}", slug(group)));
        let groups: Vec<String> = groups.collect();
        format!(
            "[[audience.{audience}.breakdown]]\nid = \"{id}\"\nlabel = \"{id}\"\ncolumns = [\"{id}\"]\ngroups = [{}]\n",
            groups.join(", ")
        )
    };
    text += "[audience.provider]\nlabel = \"Providers\"\nrespondent = [\"respondent_id\"]\n\
             link = [\"reference\"]\ndepartments = true\n";
    for (id, groups) in BREAKDOWNS {
        text += &breakdown("provider", id, groups);
    }
    text += "[audience.officer]\nlabel = \"Officers\"\nrespondent = [\"respondent_id\"]\n";
    text += &breakdown("officer", "team", &TEAMS);
    for year in ["2025", "2026"] {
        text += &format!(
            "[[wave]]\nlabel = \"{year}\"\nfiles = {{ provider = \"providers_{year}.csv\", officer = \"officers_{year}.csv\" }}\n\
             population = \"population_{year}.csv\"\n"
        );
    }
    text + "[disclosure]\nminimum-respondents = 2\n"
}

fn slug(label: &str) -> String {
    label.to_lowercase().replace('%', "").replace([' ', '_'], "-")
}

/// The reference data as an input folder. The reference of a provider is its id, so the id stands
/// in a second column; population margins are split by year.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let golden = repository().join("tests/golden/data");
    fs::write(folder.path().join("survey.toml"), definition()).unwrap();
    for year in ["2025", "2026"] {
        let providers = fs::read_to_string(golden.join(format!("providers_{year}.csv"))).unwrap();
        let doubled = providers.lines().enumerate().map(|(line, row)| {
            let id = if line == 0 { "reference" } else { row.split(',').nth(2).unwrap() };
            format!("{row},{id}\n")
        });
        fs::write(folder.path().join(format!("providers_{year}.csv")), doubled.collect::<String>()).unwrap();
        let name = format!("officers_{year}.csv");
        fs::copy(golden.join(&name), folder.path().join(&name)).unwrap();
        let margins = fs::read_to_string(golden.join("population_margins.csv")).unwrap();
        let rows = margins.lines().filter_map(|row| row.strip_prefix(&format!("{year},")));
        let rows: String = rows.map(|row| format!("{row}\n")).collect();
        let population = format!("audience,breakdown,group,count\n{rows}");
        fs::write(folder.path().join(format!("population_{year}.csv")), population).unwrap();
    }
    folder
}

type Row = BTreeMap<String, String>;

/// Rows of a data file by their address, every place as text.
fn by_address(file: csv::Result<Vec<u8>>, address: &[&str]) -> BTreeMap<Vec<String>, Row> {
    let file = file.unwrap();
    let mut csv = csv::Reader::from_reader(file.as_slice());
    let rows = csv.deserialize::<Row>().map(|row| {
        let row = row.unwrap();
        (address.iter().map(|name| row[*name].clone()).collect(), row)
    });
    rows.collect()
}

struct Files {
    results: BTreeMap<Vec<String>, Row>,
    changes: BTreeMap<Vec<String>, Row>,
    gaps: BTreeMap<Vec<String>, Row>,
    mixes: BTreeMap<Vec<String>, Row>,
    release: Release,
}

fn files() -> &'static Files {
    static FILES: std::sync::OnceLock<Files> = std::sync::OnceLock::new();
    FILES.get_or_init(|| {
        let folder = folder();
        let mut found = Diagnostics::default();
        let (survey, _) = ingest::definition(folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
        let input = ingest::read(&survey, folder.path(), &[0, 1], &mut found);
        assert!(!found.has_errors(), "{found}");
        let counted = tally::count(&survey, &[0, 1], &input);
        let figures = estimate::estimate(&counted);
        let release = release(&survey, &figures, Policy::Private);
        let address = ["wave", "audience", "department", "question", "breakdown", "group"];
        let change = ["audience", "department", "question", "breakdown", "group"];
        let gap = ["wave", "kind", "audience", "department", "question", "breakdown", "left", "right"];
        Files {
            results: by_address(data::results(&survey, &release), &address),
            changes: by_address(data::changes(&survey, &release), &change),
            gaps: by_address(data::gaps(&survey, &release), &gap),
            mixes: by_address(data::mix(&survey, &release), &change),
            release,
        }
    })
}

fn reference(file: &str) -> Vec<Row> {
    let path = repository().join("tests/golden/expected").join(file);
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect::<Row>()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The tolerance of the reference: 1e-9 of the larger of 1 and the value.
fn agree(ours: &Row, theirs: &Row, columns: &[(&str, &str)]) {
    for (our, their) in columns {
        let (left, right) = (&ours[*our], &theirs[*their]);
        if left.is_empty() && right.is_empty() {
            continue;
        }
        let (a, b): (f64, f64) = match (left.parse(), right.parse()) {
            (Ok(a), Ok(b)) => (a, b),
            _ => panic!("{our} is \"{left}\", {their} is \"{right}\" in\n{ours:?}\n{theirs:?}"),
        };
        assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{our} {a}, {their} {b} in\n{ours:?}\n{theirs:?}");
    }
}

fn department(name: &str) -> String {
    match name {
        "pooled10" => "all".to_owned(),
        "council" => "whole".to_owned(),
        other => other.to_owned(),
    }
}

fn question(name: &str) -> String {
    if name == "ALL" { "all".to_owned() } else { name.to_owned() }
}

fn breakdown(name: &str) -> String {
    if name == "overall" { "all".to_owned() } else { name.to_owned() }
}

fn cell(row: &Row) -> Vec<String> {
    let parts = [department(&row["department"]), question(&row["question"]), breakdown(&row["breakdown"])];
    parts.into_iter().chain([slug(&row["group"])]).collect()
}

#[test]
fn means_stand_in_their_rows() {
    let mut compared = 0;
    for theirs in reference("means.csv").iter().filter(|row| row["department"] != "pooled11") {
        let address = [vec![theirs["year"].clone(), theirs["audience"].clone()], cell(theirs)].concat();
        let ours = files().results.get(&address).unwrap_or_else(|| panic!("no row {address:?}"));
        let mut columns =
            vec![("mean", "estimate"), ("respondents", "n_respondents"), ("answers", "n_answers")];
        columns.extend([("no_contact", "n_zero"), ("blank", "n_blank"), ("df", "df"), ("se", "se_m")]);
        columns.extend([("ci_low", "ci_low_m"), ("ci_high", "ci_high_m")]);
        agree(ours, theirs, &columns);
        compared += 1;
    }
    // 4,905 rows of means.csv less the 369 of the eleven pooled, which no file publishes.
    assert_eq!(compared, 4536);
}

#[test]
fn top_shares_stand_in_their_rows() {
    let wanted = |row: &&Row| row["cut"] == "3" && row["department"] != "pooled11";
    let mut compared = 0;
    for theirs in reference("topbox.csv").iter().filter(wanted) {
        let address = [vec![theirs["year"].clone(), theirs["audience"].clone()], cell(theirs)].concat();
        let ours = files().results.get(&address).unwrap_or_else(|| panic!("no row {address:?}"));
        agree(ours, theirs, &[("top_share", "estimate")]);
        // In a group of one the reference gives no interval either.
        agree(ours, theirs, &[("top_ci_low", "wilson_low"), ("top_ci_high", "wilson_high")]);
        compared += 1;
    }
    assert!(compared > 400, "{compared}");
}

#[test]
fn gaps_stand_in_their_rows() {
    let mut compared = BTreeMap::new();
    for theirs in &reference("differences.csv") {
        let (year, asked) = (theirs["year"].clone(), question(&theirs["question"]));
        let (a, b) = (theirs["group_a"].as_str(), theirs["group_b"].as_str());
        let words = |parts: [&str; 8]| parts.map(str::to_owned).to_vec();
        let kind = theirs["statistic"].as_str();
        let provider = "provider";
        let at = department(&theirs["department"]);
        let (left, right) = (slug(a), slug(b));
        let (address, small_sample) = match kind {
            "diff_provider_officer" => {
                (words([&year, "audiences", "", &at, &asked, "all", "provider", "officer"]), true)
            }
            "diff_dept_dept" => (words([&year, "departments", provider, "", &asked, "all", a, b]), false),
            "diff_dept_rest" => {
                (words([&year, "departments", provider, "", &asked, "all", a, "rest"]), false)
            }
            "diff_whole_pooled" => {
                (words([&year, "departments", provider, "", &asked, "all", "whole", "all"]), false)
            }
            "diff_group_rest" => {
                (words([&year, "groups", provider, &at, &asked, &theirs["breakdown"], &left, "rest"]), true)
            }
            "diff_group_group" => {
                (words([&year, "groups", provider, &at, &asked, &theirs["breakdown"], &left, &right]), true)
            }
            _ => continue,
        };
        let swapped: Vec<String> = [&address[..6], &[address[7].clone(), address[6].clone()]].concat();
        if at == "pooled11" || (!files().gaps.contains_key(&address) && files().gaps.contains_key(&swapped)) {
            continue; // a pair that stands the other way round in ours
        }
        let ours = files().gaps.get(&address).unwrap_or_else(|| panic!("no row {address:?}"));
        let mut columns = vec![("gap", "estimate"), ("left_mean", "est_a"), ("right_mean", "est_b")];
        columns.extend([("left_respondents", "n_resp_a"), ("right_respondents", "n_resp_b")]);
        let (error, degrees, p) = if small_sample { ("se_m", "df_m", "p_m") } else { ("se", "df", "p") };
        columns.extend([("se", error), ("df", degrees)]);
        if !ours["p"].is_empty() {
            columns.push(("p", p)); // empty where a base is too small to test
        }
        agree(ours, theirs, &columns);
        *compared.entry(kind.to_owned()).or_insert(0) += 1;
    }
    for (kind, least) in [
        ("diff_provider_officer", 36),
        ("diff_dept_dept", 810),
        ("diff_dept_rest", 180),
        ("diff_whole_pooled", 18),
        ("diff_group_rest", 400),
        ("diff_group_group", 300),
    ] {
        assert!(compared.get(kind).copied().unwrap_or_default() >= least, "{kind}: {compared:?}");
    }
}

#[test]
fn changes_stand_in_their_rows() {
    let mut compared = BTreeMap::new();
    for theirs in reference("yoy.csv").iter().filter(|row| row["department"] != "pooled11") {
        let kind = theirs["statistic"].as_str();
        let address = [vec![theirs["audience"].clone()], cell(theirs)].concat();
        let Some(ours) = files().changes.get(&address) else { continue };
        let columns: &[(&str, &str)] = match (kind, theirs["audience"].as_str()) {
            ("yoy_overlap", _) => &[
                ("change", "estimate"),
                ("mean_from", "est_from"),
                ("mean_to", "est_to"),
                ("se", "se"),
                ("df", "df"),
                ("ci_low", "ci_low"),
                ("ci_high", "ci_high"),
            ],
            ("yoy_independent", "provider") => &[("change", "estimate"), ("independent_se", "se_m")],
            ("yoy_independent", _) => &[("change", "estimate"), ("mean_from", "est_from")],
            ("yoy_panel", _) => &[
                ("matched_change", "estimate"),
                ("matched_se", "se"),
                ("matched_ci_low", "ci_low"),
                ("matched_ci_high", "ci_high"),
                ("matched_respondents", "n_matched"),
            ],
            _ => continue,
        };
        agree(ours, theirs, columns);
        *compared.entry(kind.to_owned()).or_insert(0) += 1;
    }
    for (kind, least) in [("yoy_overlap", 200), ("yoy_independent", 200), ("yoy_panel", 200)] {
        assert!(compared.get(kind).copied().unwrap_or_default() >= least, "{kind}: {compared:?}");
    }
}

#[test]
fn split_changes_stand_in_their_rows() {
    let mut compared = 0;
    for theirs in &reference("kitagawa.csv") {
        let group = match theirs["group"].as_str() {
            "(total)" => "all".to_owned(),
            "(not stated)" => "not-stated".to_owned(),
            group => slug(group),
        };
        let [at, asked] = [department(&theirs["department"]), question(&theirs["question"])];
        let address = ["provider", &at, &asked, &theirs["breakdown"], &group].map(str::to_owned).to_vec();
        // The reference also splits by department and by question, and single questions of departments.
        let Some(ours) = files().mixes.get(&address) else { continue };
        let columns = [("change", "total"), ("within_effect", "rate"), ("mix_effect", "mix")];
        agree(ours, theirs, &columns);
        agree(ours, theirs, &[("mix_centred", "mix_centred")]);
        compared += 1;
    }
    assert!(compared > 250, "{compared}");
}

#[test]
fn weighted_averages_are_those_of_the_reference() {
    let mut compared = 0;
    let headline = |row: &&Row| row["department"] == "pooled10" && row["breakdown"] == "overall";
    for theirs in reference("weighted_means.csv").iter().filter(headline) {
        let by = match theirs["method"].as_str() {
            "poststrat_quadrant" => By::Breakdown(0),
            "calibrate_raking" => By::Joint,
            _ => continue,
        };
        let wave = usize::from(theirs["year"] == "2026");
        let released = files().release.weighting(&WeightingKey { wave, audience: 0, by }).unwrap();
        let weighted = released.figure.value().unwrap().outcome.as_ref().unwrap();
        let asked = match theirs["question"].strip_prefix('q') {
            Some(number) => Question::One(number.parse::<usize>().unwrap() - 1),
            None => Question::All,
        };
        let mean = weighted.means[&asked];
        let ours = [("estimate", Some(mean.value)), ("se", mean.standard_error)];
        let ours: Row = ours
            .map(|(name, value)| (name.to_owned(), value.map_or_else(String::new, |it| it.to_string())))
            .into();
        agree(&ours, theirs, &[("estimate", "estimate"), ("se", "se")]);
        compared += 1;
    }
    assert_eq!(compared, 2 * 2 * 9); // years x methods x questions and all of them
}
