//! What the public folder must not hold. The columns and the rules are those of the contract for the
//! data files: a withheld row keeps its address and its status, and every number in it is empty.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, Table, data, files, rmsurvey, run, sample_output, small};

const PUBLIC: [&str; 3] = ["publish/data/results.csv", "publish/data/changes.csv", "publish/data/gaps.csv"];

/// The minimum of respondents per audience, as survey.toml of the sample has it.
fn minimum(audience: &str) -> u64 {
    match audience {
        "providers" => 5,
        "officers" => 10,
        other => panic!("no audience {other}"),
    }
}

/// Rows by their address: the first columns, as many as a file has of them.
fn by_address(table: &Table, columns: usize) -> BTreeMap<&[String], &[String]> {
    table.rows.iter().map(|row| row.split_at(columns)).collect()
}

#[test]
fn withheld_rows_hold_no_number() {
    let results = data("publish/data/results.csv");
    let (first, status) = (results.column("respondents"), results.column("status"));
    let mut withheld = 0;
    for row in &results.rows {
        match row[status].as_str() {
            "ok" | "nobody-scored" | "not-asked" | "no-wave" => {}
            "withheld" => {
                withheld += 1;
                assert!(row[first..status].iter().all(String::is_empty), "{row:?}");
                assert!(row[status + 1].is_empty(), "{row:?}"); // how reliable it is says how many answered
            }
            other => panic!("{other} is no status of a result: {row:?}"),
        }
    }
    assert!(withheld > 100, "only {withheld} rows are withheld: the sample has small groups");
}

#[test]
fn withheld_changes_and_gaps_hold_no_number() {
    for (name, first) in
        [("publish/data/changes.csv", "mean_from"), ("publish/data/gaps.csv", "left_respondents")]
    {
        let table = data(name);
        let (first, status) = (table.column(first), table.column("status"));
        let withheld = table.rows.iter().filter(|row| row[status] == "withheld");
        assert!(withheld.clone().count() > 10, "{name}");
        for row in withheld {
            assert!(row[first..status].iter().all(String::is_empty), "{name}: {row:?}");
        }
    }
}

/// Whoever reads the private file knows the number behind every public row.
#[test]
fn figures_below_the_minimum_are_withheld() {
    let (private, public) = (data("private/results.csv"), data("publish/data/results.csv"));
    let (respondents, status) = (private.column("respondents") - 6, public.column("status") - 6);
    let private = by_address(&private, 6);
    let mut few = 0;
    for (address, row) in by_address(&public, 6) {
        let behind: u64 = private[address][respondents].parse().expect("a count");
        if behind < minimum(&address[1]) {
            few += 1;
            assert!(["withheld", "nobody-scored"].contains(&row[status].as_str()), "{address:?}: {row:?}");
            assert!(row[status] == "withheld" || behind == 0, "{address:?}: {row:?}");
        }
    }
    assert!(few > 100, "only {few} rows rest on few");
}

#[test]
fn changes_and_gaps_that_rest_on_few_are_withheld() {
    let changes = (data("private/changes.csv"), data("publish/data/changes.csv"), 7);
    let gaps = (data("private/gaps.csv"), data("publish/data/gaps.csv"), 8);
    let results = data("private/results.csv");
    let respondents = results.column("respondents") - 6;
    let results = by_address(&results, 6);
    let status = changes.1.column("status") - 7;
    for (address, row) in by_address(&changes.1, 7) {
        let [audience, department, question, breakdown, group, from, to] = address else {
            panic!("{address:?}")
        };
        for wave in [from, to] {
            let cell = [wave, audience, department, question, breakdown, group].map(String::clone);
            let behind: u64 = results[&cell[..]][respondents].parse().expect("a count");
            assert!(behind >= minimum(audience) || row[status] != "ok", "{address:?}");
        }
    }
    let (left, right) = (gaps.0.column("left_respondents") - 8, gaps.0.column("right_respondents") - 8);
    let status = gaps.1.column("status") - 8;
    let private = by_address(&gaps.0, 8);
    for (address, row) in by_address(&gaps.1, 8) {
        let [_, kind, audience, .., left_id, right_id] = address else { panic!("{address:?}") };
        let of = |side: &String| minimum(if kind == "audiences" { side } else { audience });
        for (side, column) in [(left_id, left), (right_id, right)] {
            let behind = private[address][column].parse().unwrap_or(0_u64);
            assert!(behind >= of(side) || row[status] != "ok", "{address:?}: {side} rests on {behind}");
        }
    }
}

fn is_three_way(department: &str, question: &str, is_group: bool) -> bool {
    !["all", "whole", ""].contains(&department) && question != "all" && is_group
}

#[test]
fn three_way_rows_are_private() {
    let three_way = |name: &str| {
        let table = data(name);
        let [department, question, breakdown] =
            ["department", "question", "breakdown"].map(|it| table.column(it));
        let rows = table.rows.iter();
        let is_one =
            |row: &&Vec<String>| is_three_way(&row[department], &row[question], row[breakdown] != "all");
        rows.filter(is_one).count()
    };
    for name in PUBLIC {
        assert_eq!(three_way(name), 0, "{name}");
    }
    // 2 waves x 10 departments x 8 questions x 17 groups of providers; officers score no departments.
    assert_eq!(three_way("private/results.csv"), 2 * 10 * 8 * 17);
    assert_eq!(three_way("private/changes.csv"), 10 * 8 * 17);
    assert!(three_way("private/gaps.csv") > 0);
}

/// The status is the public decision in both folders, and nothing but three-way rows is private only.
#[test]
fn both_folders_have_the_same_status() {
    for (file, columns) in [("results.csv", 6), ("changes.csv", 7), ("gaps.csv", 8)] {
        let (private, public) = (data(&format!("private/{file}")), data(&format!("publish/data/{file}")));
        assert_eq!(private.header, public.header, "{file}");
        let status = public.column("status") - columns;
        let (private, public) = (by_address(&private, columns), by_address(&public, columns));
        for (address, row) in &public {
            assert_eq!(private[address][status], row[status], "{file}: {address:?}");
        }
    }
}

#[test]
fn private_figures_are_whole_where_public_ones_are_withheld() {
    let private = data("private/results.csv");
    let (status, respondents, mean) =
        (private.column("status"), private.column("respondents"), private.column("mean"));
    let withheld: Vec<&Vec<String>> = private.rows.iter().filter(|row| row[status] == "withheld").collect();
    assert!(!withheld.is_empty());
    for row in withheld {
        assert!(!row[respondents].is_empty(), "{row:?}");
        assert_eq!(row[mean].is_empty(), row[respondents] == "0", "{row:?}");
    }
}

/// Errors, ends of likely ranges, shares and p at three decimals, degrees of freedom whole: more
/// would give sums of squares away.
#[test]
fn public_precision_gives_nothing_away() {
    let rounded = [
        "se",
        "ci_low",
        "ci_high",
        "top_share",
        "top_ci_low",
        "top_ci_high",
        "no_contact_share",
        "p",
        "p_adjusted",
        "detectable_change",
        "detectable_gap",
        "independent_se",
        "matched_se",
        "matched_ci_low",
        "matched_ci_high",
    ];
    for name in PUBLIC {
        let table = data(name);
        for (position, header) in table.header.iter().enumerate() {
            let decimals = match header.as_str() {
                "df" => 0,
                header if rounded.contains(&header) => 3,
                _ => continue,
            };
            for row in table.rows.iter().filter(|row| !row[position].is_empty()) {
                let cell = &row[position];
                let value: f64 = cell.parse().unwrap_or_else(|_| panic!("{header}: {cell}"));
                assert!(value.is_finite(), "{header}: {cell}");
                let found = cell.split_once('.').map_or(0, |(_, found)| found.trim_end_matches('0').len());
                assert!(found <= decimals, "{name}, {header}: {cell}");
            }
        }
    }
}

/// Files for the analyst are not in the folder that is handed out.
#[test]
fn no_private_file_is_published() {
    for name in ["tally.csv", "rejects.csv", "quality.md"] {
        let places: Vec<&String> = sample_output().keys().filter(|path| path.ends_with(name)).collect();
        assert_eq!(places, [&format!("private/{name}")]);
    }
}

/// A run of the edited sample, by file.
fn written(edit: impl FnOnce(&Folder)) -> BTreeMap<String, Vec<u8>> {
    let (input, output) = (Folder::sample(), Folder::empty());
    edit(&input);
    run(input.path(), output.path()).expect_code(0);
    files(output.path())
}

/// 25 providers answered in 2016 and 77 in 2017.
#[test]
fn bands_of_reliability_are_those_of_the_definition() {
    let written = written(|input| {
        input.replace("survey.toml", "# reliability = [30, 50]", "reliability = [26, 78]");
    });
    for name in ["publish/data/results.csv", "private/results.csv"] {
        let results = Table::of(&written[name]);
        let [first, last] = ["respondents", "reliability"].map(|header| results.column(header));
        let of = |respondents: &str| {
            let mut rows =
                results.rows.iter().filter(|row| row[first] == respondents && !row[last].is_empty());
            rows.next().map(|row| row[last].clone())
        };
        assert_eq!([of("25"), of("77")], ["very-low", "low"].map(|band| Some(band.to_owned())), "{name}");
    }
    let (_, plan) =
        written.iter().find(|(name, _)| name.ends_with("-more-forms-providers.csv")).expect("a table");
    let plan = Table::of(plan);
    let [low, ok] =
        ["to reach 26", "to reach 78"].map(|what| plan.column(&format!("More forms {what} (number)")));
    assert_eq!([plan.rows[0][low].as_str(), plan.rows[0][ok].as_str()], ["0", "1"]);
    let report = String::from_utf8_lossy(&written["publish/report.html"]);
    assert!(report.contains("fewer than 26, or fewer than 78, is to be treated with caution"));
}

/// The texts of the public folder, with what stands between tags and in the names of files.
fn public_texts(written: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, String)> {
    let public = written.iter().filter(|(name, _)| name.starts_with("publish/"));
    public.map(|(name, bytes)| (name, String::from_utf8_lossy(bytes).into_owned()))
}

/// A column of a file, each text once.
fn texts(table: &Table, header: &str) -> BTreeSet<String> {
    let column = table.column(header);
    table.rows.iter().map(|row| row[column].clone()).collect()
}

fn parsed(written: &BTreeMap<String, Vec<u8>>, name: &str) -> Table {
    Table::of(written.get(name).unwrap_or_else(|| panic!("no {name}")))
}

/// What was written passes the attack on its public files alone.
#[track_caller]
fn withstands_the_audit(written: &BTreeMap<String, Vec<u8>>) {
    let output = Folder::empty();
    written.iter().for_each(|(name, bytes)| output.write(name, bytes));
    rmsurvey(["audit", output.path().to_str().expect("UTF-8")]).expect_code(0);
}

/// The labels of the breakdown by size stand nowhere else in the sample.
#[test]
fn a_breakdown_that_is_kept_back_is_nowhere_in_the_public_folder() {
    let written = written(|input| {
        input.replace("survey.toml", "label = \"Size\"\n", "label = \"Size\"\npublish = false\n");
    });
    for (name, text) in public_texts(&written) {
        for word in ["Medium", "\"medium\"", ",medium,", "Size", "\"size\"", ",size,", "by-size", "by size"] {
            assert!(!text.contains(word), "{name} has {word:?}");
        }
    }
    for name in ["results.csv", "changes.csv", "mix.csv"] {
        let [private, public] =
            ["private", "publish/data"].map(|folder| parsed(&written, &format!("{folder}/{name}")));
        assert!(texts(&private, "breakdown").contains("size"), "{name}");
        assert!(!texts(&public, "breakdown").contains("size"), "{name}");
        assert!(texts(&public, "breakdown").contains("quadrant"), "{name}");
    }
    let results = parsed(&written, "private/results.csv");
    let [breakdown, status, mean] = ["breakdown", "status", "mean"].map(|it| results.column(it));
    let mut sizes = results.rows.iter().filter(|row| row[breakdown] == "size");
    assert!(sizes.clone().all(|row| row[status] == "withheld"));
    assert!(sizes.any(|row| !row[mean].is_empty()));
    assert!(String::from_utf8_lossy(&written["private/report.html"]).contains("Medium"));
    withstands_the_audit(&written);
}

/// All three from the north gave the same answer to Q1.
#[test]
fn the_rule_of_unanimity_can_be_switched_off() {
    let folder = small::folder();
    let forms = "Reference,Area,Q1,Q2\n1,North,3,2\n2,North,3,4\n3,North,3,1\n4,South,2,4\n5,South,4,1\n6,South,1,2\n";
    folder.write("2016.csv", forms);
    folder.write("2017.csv", forms);
    let status = |folder: &Folder| {
        let output = Folder::empty();
        run(folder.path(), output.path()).expect_code(0);
        let results = Table::of(&output.read("publish/data/results.csv"));
        let address = ["2016", "providers", "whole", "Q1", "area", "north"];
        let row = results.rows.iter().find(|row| row[..6] == address).expect("a row").clone();
        row[results.column("status")].clone()
    };
    assert_eq!(status(&folder), "withheld");
    folder.replace("survey.toml", "[disclosure]\n", "[disclosure]\nunanimity = false\n");
    assert_eq!(status(&folder), "ok");
}

/// South and West of the sample's providers as one: shown so, and apart for the analyst only.
#[test]
fn combined_groups_are_published_as_one() {
    let key = "# combine = [[\"south\", \"west\"]]";
    let written = written(|input| input.replace("survey.toml", key, &key[2..]));
    let sample = data("private/results.csv");
    let [private, public] =
        ["private", "publish/data"].map(|folder| parsed(&written, &format!("{folder}/results.csv")));
    let groups = |table: &Table, audience: &str| -> BTreeSet<String> {
        let rows = table.rows.iter().filter(|row| row[1] == audience && row[4] == "quadrant");
        rows.map(|row| row[5].clone()).collect()
    };
    let named = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    let [north, south_and_west] = ["north", "south-and-west"];
    assert_eq!(groups(&public, "providers"), named(&[north, "mid", south_and_west, "county-wide"]));
    assert_eq!(groups(&private, "providers"), groups(&sample, "providers"));
    assert_eq!(groups(&public, "officers"), groups(&sample, "officers"));
    // The one is shown, and its counts are those of both together.
    let [status, answers, mean] = ["status", "answers", "mean"].map(|it| public.column(it));
    let row = |table: &Table, group: &str| {
        let address = ["2017", "providers", "all", "all", "quadrant", group];
        table.rows.iter().find(|row| row[..6] == address).expect("a row").clone()
    };
    let one = row(&public, south_and_west);
    let parts = ["south", "west"].map(|group| row(&private, group));
    assert_eq!(one[status], "ok");
    let number = |text: &String| text.parse::<f64>().expect("a number");
    assert_eq!(number(&one[answers]), parts.iter().map(|row| number(&row[answers])).sum::<f64>());
    let sum: f64 = parts.iter().map(|row| number(&row[answers]) * number(&row[mean])).sum();
    assert!((number(&one[answers]) * number(&one[mean]) - sum).abs() < 1e-6);
    // The analyst has the single groups, marked as what they are to the public.
    for (row, before) in private.rows.iter().zip(&sample.rows) {
        assert_eq!(row[..status], before[..status]);
        if row[1] == "providers" && ["south", "west"].contains(&row[5].as_str()) {
            assert_eq!(row[status], "withheld", "{row:?}");
        }
    }
    // Every public file tells the one only. Officers have a South of their own.
    for (name, text) in public_texts(&written) {
        if name.contains("providers") && !name.contains("officers") {
            for word in [">South<", ">West<", ",South,", ",West,", "\nSouth,", "\nWest,"] {
                assert!(!text.contains(word), "{name} has {word:?}");
            }
        }
    }
    for name in ["changes.csv", "mix.csv", "gaps.csv"] {
        let table = parsed(&written, &format!("publish/data/{name}"));
        let audience = table.column("audience");
        for row in table.rows.iter().filter(|row| row[audience] == "providers") {
            assert!(!row.iter().any(|cell| cell == "south" || cell == "west"), "{name}: {row:?}");
        }
    }
    let about: serde_json::Value = serde_json::from_slice(&written["publish/about.json"]).expect("JSON");
    let combined = &about["audiences"][0]["combined"]["quadrant"][south_and_west];
    assert_eq!(combined, &serde_json::json!(["south", "west"]));
    assert!(String::from_utf8_lossy(&written["publish/report.html"]).contains("South and West"));
    assert!(!String::from_utf8_lossy(&written["private/tally.csv"]).contains(south_and_west));
    withstands_the_audit(&written);
}

/// South and Mid are one each where two are needed; together they are shown, and nothing is withheld.
#[test]
fn check_names_the_groups_to_publish_as_one() {
    let folder = small::folder();
    let south = "{ id = \"south\", label = \"South\" }";
    folder.replace("survey.toml", south, &format!("{south}, {{ id = \"mid\", label = \"Mid\" }}"));
    folder.replace("survey.toml", "[disclosure]\n", "[disclosure]\nunanimity = false\n");
    let forms = "Reference,Area,Q1,Q2\n1,North,3,2\n2,North,2,4\n3,North,1,1\n4,South,2,4\n5,Mid,4,1\n";
    folder.write("2016.csv", forms);
    folder.write("2017.csv", forms);
    let check = |folder: &Folder| {
        rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(0).out
    };
    let said = check(&folder);
    let lines: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("Two groups")).collect();
    assert_eq!(lines[1], "  Care providers, Area", "{said}");
    // Two waves, three questions with the pooled one.
    assert!(
        lines[2].contains("South and Mid") && lines[2].contains("12 fewer withheld, 6 more shown"),
        "{said}"
    );
    folder.replace(
        "survey.toml",
        "label = \"Area\"\n",
        "label = \"Area\"\ncombine = [[\"south\", \"mid\"]]\n",
    );
    let said = check(&folder);
    assert!(!said.contains("Two groups"), "{said}");
    assert!(said.contains("as configured 0 figures of "), "{said}");
}

/// What a file held is a count of people: 40 and 44 officers are fewer than 45, and a batch of two
/// providers would follow from the other file of its year.
#[test]
fn the_ledger_does_not_tell_of_a_few() {
    let folder = Folder::sample();
    folder.replace("survey.toml", "officers = 10", "officers = 45");
    let forms = folder.text("2016/providers.csv");
    let mut lines: Vec<&str> = forms.lines().collect();
    let batch = lines.split_off(lines.len() - 2);
    folder.write("2016/providers.csv", lines.join("\n") + "\n");
    folder.write("2016/paper.csv", format!("{}\n{}\n", lines[0], batch.join("\n")));
    let files = "providers = [\"2016/providers.csv\", \"2016/paper.csv\"]";
    folder.replace("survey.toml", "providers = \"2016/providers.csv\"", files);
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let row = |report: &str, file: &str| {
        let page = output.text(report);
        let (_, after) = page.split_once("id=\"quality\"").expect("the section on quality");
        let (_, row) = after.split_once(file).expect("a row of the file");
        row.split("</tr>").next().expect("a row").to_owned()
    };
    for file in ["2016/officers.csv", "2017/officers.csv", "2016/providers.csv", "2016/paper.csv"] {
        assert_eq!(row("publish/report.html", file).matches("[c]").count(), 8, "{file}");
        assert!(!row("private/report.html", file).contains("[c]"), "{file}");
    }
    assert!(!row("publish/report.html", "2017/providers.csv").contains("[c]"));
}
