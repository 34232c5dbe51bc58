//! What changes in the survey itself from one year to the next: merged and split departments and
//! groups, other words, another scale. What can be compared is, and the rest is a break.

use std::collections::BTreeMap;

use rmsurvey::ratio::Ratio;

use crate::support::{Folder, Table, rmsurvey, sample_output};
use crate::written::Written;

fn appended(folder: &Folder, text: &str) {
    let definition = folder.text("survey.toml");
    folder.write("survey.toml", format!("{definition}\n{text}\n"));
}

/// Rows of a data file by some of their columns, each with the others by name.
fn rows<'r>(table: &'r Table, wanted: &[(&str, &str)]) -> Vec<BTreeMap<&'r str, &'r str>> {
    let is_it = |row: &&Vec<String>| wanted.iter().all(|(column, text)| row[table.column(column)] == *text);
    let named = |row: &'r Vec<String>| {
        table.header.iter().map(String::as_str).zip(row.iter().map(String::as_str)).collect()
    };
    table.rows.iter().filter(is_it).map(named).collect()
}

#[track_caller]
fn row<'r>(table: &'r Table, wanted: &[(&str, &str)]) -> BTreeMap<&'r str, &'r str> {
    let mut rows = rows(table, wanted);
    assert_eq!(rows.len(), 1, "{wanted:?}");
    rows.remove(0)
}

/// Every number of a change that a break must leave empty.
const NUMBERS: [&str; 18] = [
    "mean_from",
    "mean_to",
    "change",
    "percent_change",
    "se",
    "df",
    "ci_low",
    "ci_high",
    "p",
    "p_adjusted",
    "family",
    "detectable_change",
    "independent_se",
    "matched_respondents",
    "matched_change",
    "matched_se",
    "matched_ci_low",
    "matched_ci_high",
];

#[track_caller]
fn assert_broken(row: &BTreeMap<&str, &str>) {
    assert_eq!((row["status"], row["verdict"]), ("break", "not-tested"), "{row:?}");
    for number in NUMBERS {
        assert_eq!(row[number], "", "{number}: {row:?}");
    }
}

const MERGED: &str = "[[succession]]\nwave = \"2017\"\naudience = \"providers\"\nbreakdown = \"quadrant\"\n\
                      from = [\"north\", \"south\"]\nto = [\"north-and-south\"]";

/// The sample with North and South of the providers merged in 2017. By hand: 228 + 161 = 389 invited,
/// 16 + 10 = 26 forms in 2017, 7 and 2 of 24 in 2016.
fn merged_groups() -> Folder {
    let folder = Folder::sample();
    let county = "  { id = \"county-wide\", label = \"County wide\" },\n";
    let merged = "  { id = \"north-and-south\", label = \"North and South\" },\n";
    folder.replace("survey.toml", county, &format!("{county}{merged}"));
    appended(&folder, MERGED);
    folder.edit("2017/providers.csv", |export| {
        for cells in export.rows.iter_mut().skip(1).filter(|cells| ["North", "South"].contains(&&*cells[3])) {
            cells[3] = "North and South".to_owned();
        }
    });
    let invited = "providers,quadrant,North,228\n";
    folder.replace("2017/population.csv", invited, "providers,quadrant,North and South,389\n");
    folder.replace("2017/population.csv", "providers,quadrant,South,161\n", "");
    folder
}

#[test]
fn merged_groups_are_a_break_and_everyone_is_not() {
    let written = Written::of(&merged_groups());
    for place in ["publish", "private"] {
        let results = written.data(&format!("{place}/results.csv").replace("publish/", "publish/data/"));
        let of = |wave: &str, group: &str| {
            let headline = [("audience", "providers"), ("department", "all"), ("question", "all")];
            let found: Vec<_> = rows(&results, &headline)
                .into_iter()
                .filter(|row| (row["wave"], row["breakdown"], row["group"]) == (wave, "quadrant", group))
                .map(|row| (row["status"].to_owned(), row["respondents"].to_owned()))
                .collect();
            found[0].clone()
        };
        let not_asked = ("not-asked".to_owned(), "0".to_owned());
        assert_eq!([of("2017", "north"), of("2017", "south")], [not_asked.clone(), not_asked.clone()]);
        assert_eq!(of("2016", "north-and-south"), not_asked);
        assert_eq!(of("2017", "north-and-south"), ("ok".to_owned(), "26".to_owned()));

        let changes = written.data(&format!("{place}/changes.csv").replace("publish/", "publish/data/"));
        let quadrants = rows(&changes, &[("audience", "providers"), ("breakdown", "quadrant")]);
        for row in &quadrants {
            if ["north", "south", "north-and-south"].contains(&row["group"]) {
                assert_broken(row);
            } else {
                assert_ne!(row["status"], "break", "{row:?}");
            }
        }
        assert!(quadrants.iter().any(|row| row["status"] == "break"));
        // The same people answered, whatever their groups are called.
        let sample = sample_output();
        let unmerged =
            Table::of(&sample[&format!("{place}/changes.csv").replace("publish/", "publish/data/")]);
        for audience in ["providers", "officers"] {
            let everyone = [("audience", audience), ("breakdown", "all")];
            assert_eq!(rows(&changes, &everyone), rows(&unmerged, &everyone));
        }

        let mix = written.data(&format!("{place}/mix.csv").replace("publish/", "publish/data/"));
        let by = |breakdown| rows(&mix, &[("audience", "providers"), ("breakdown", breakdown)]);
        assert!(!by("quadrant").is_empty());
        for row in by("quadrant") {
            let numbers = ["change", "within_effect", "mix_effect", "mix_centred", "within_se", "mix_se"];
            assert_eq!((row["status"], numbers.map(|it| row[it])), ("break", [""; 6]), "{row:?}");
        }
        assert!(by("service-type").iter().any(|row| row["status"] == "ok"));
    }
    let table = written.table("change-by-quadrant-providers");
    let of = |label: &str| table.rows.iter().find(|row| row[0] == label).expect(label);
    // Figures on both sides stand, and between them the mark of a break.
    assert_eq!([&of("North and South")[1], &of("North and South")[3]], ["[z]", "[b]"]);
    assert!(of("North and South")[2].parse::<f64>().is_ok(), "{:?}", of("North and South"));
    assert_eq!([&of("North")[2], &of("North")[3], &of("North")[6]], ["[z]", "[b]", "[b]"]);
    let report = written.text("publish/report.html");
    assert!(report.contains("From 2017 on North and South stands in place of North and South: a break"));
    let latest = written.table("providers-by-quadrant-2017");
    let labels: Vec<&str> = latest.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(labels, ["Mid", "West", "County wide", "North and South", "Everyone"]);
}

/// Published as one group over both years, those who were merged are the same people throughout.
#[test]
fn published_as_one_group_over_all_years_they_are_compared() {
    let folder = merged_groups();
    let key = "label = \"Quadrant\"\ncolumns = [\"Which quadrant of Essex";
    let one = "label = \"Quadrant\"\ncombine = [[\"north\", \"south\", \"north-and-south\"]]\ncolumns = [\"Which quadrant of Essex";
    folder.replace("survey.toml", key, one);
    let written = Written::of(&folder);
    let changes = written.data("publish/data/changes.csv");
    let quadrants =
        rows(&changes, &[("audience", "providers"), ("breakdown", "quadrant"), ("question", "all")]);
    assert!(quadrants.iter().all(|row| row["status"] != "break"), "{quadrants:?}");
    let combined: Vec<_> = quadrants
        .iter()
        .filter(|row| row["department"] == "all" && row["group"] == "north-and-south")
        .collect();
    assert_eq!(combined.len(), 1, "{quadrants:?}");
    assert_ne!(combined[0]["change"], "", "{:?}", combined[0]);
    // The analyst has the groups apart, and there they are still a break.
    let private = written.data("private/changes.csv");
    let north = [("audience", "providers"), ("group", "north"), ("department", "all"), ("question", "all")];
    assert_broken(&row(&private, &north));
}

/// Finance and Procurement of 2016 are one department in 2017: eleven things scored become ten.
#[test]
fn merged_departments_are_a_break_and_the_others_together_are_compared() {
    let folder = Folder::sample();
    let finance = "[[department]]\nid = \"finance\"\n";
    let merged = "[[department]]\nid = \"money\"\nlabel = \"Finance and Procurement\"\n\n";
    folder.replace("survey.toml", finance, &format!("{merged}{finance}"));
    appended(
        &folder,
        "[[succession]]\nwave = \"2017\"\nfrom = [\"finance\", \"procurement\"]\nto = [\"money\"]",
    );
    folder.edit("2017/providers.csv", |export| {
        export.keep(|header| !header.ends_with("- Procurement"));
        for header in export.rows[0].iter_mut().filter(|header| header.ends_with("- Finance")) {
            *header = header.replace("- Finance", "- Finance and Procurement");
        }
    });
    let written = Written::of(&folder);
    for place in ["publish/data", "private"] {
        let changes = written.data(&format!("{place}/changes.csv"));
        for row in rows(&changes, &[("audience", "providers")]) {
            if ["finance", "procurement", "money"].contains(&row["department"]) {
                assert_broken(&row);
            } else {
                assert_ne!(row["status"], "break", "{row:?}");
            }
        }
    }
    // By hand, from the exports: all departments but the two, over both years.
    let headline = |department, question| {
        let all = [("breakdown", "all"), ("audience", "providers")];
        [all[0], all[1], ("department", department), ("question", question)]
    };
    let changes = written.data("private/changes.csv");
    let pooled = row(&changes, &headline("all", "all"));
    let tally = Table::of(&sample_output()["private/tally.csv"]);
    for (wave, column) in [("2016", "mean_from"), ("2017", "mean_to")] {
        let of_wave = [("wave", wave), ("audience", "providers"), ("question", "all"), ("breakdown", "all")];
        let kept = rows(&tally, &of_wave)
            .into_iter()
            .filter(|row| !["all", "whole", "finance", "procurement"].contains(&row["department"]));
        let number = |text: &str| text.parse::<u64>().expect("a count");
        let (sum, answers) = kept.fold((0, 0), |(sum, answers), row| {
            let scores = ["score_1", "score_2", "score_3", "score_4"].map(|score| number(row[score]));
            (sum + number(row["sum"]), answers + scores.iter().sum::<u64>())
        });
        let mean = Ratio::new(sum, answers).expect("answers").value();
        assert_eq!(pooled[column].parse::<f64>().expect("a mean"), mean, "{wave}");
    }
    let report = written.text("publish/report.html");
    assert!(report.contains("Departments together are compared over those that were scored in both years"));
    assert!(report.contains("all departments together") && !report.contains("all ten departments together"));
}

#[test]
fn another_wording_is_a_break_unless_it_asks_the_same() {
    let old = "How well do care providers and ECC share information?";
    let new = "text = \"How openly do you and ECC share information?\"";
    let folder = |comparable: &str| {
        let folder = Folder::sample();
        let wordings = format!("{new}\nwordings = [{{ until = \"2016\", text = \"{old}\"{comparable} }}]");
        folder.replace("survey.toml", &format!("text = \"{old}\""), &wordings);
        for file in ["2017/providers.csv", "2017/officers.csv"] {
            folder.edit(file, |export| {
                for header in export.rows[0].iter_mut().filter(|header| header.contains(old)) {
                    *header = header.replace(old, "How openly do you and ECC share information?");
                }
            });
        }
        folder
    };
    let broken = Written::of(&folder(""));
    for place in ["publish/data", "private"] {
        let changes = broken.data(&format!("{place}/changes.csv"));
        for row in rows(&changes, &[("question", "Q1")]) {
            assert_broken(&row);
        }
        assert!(rows(&changes, &[("status", "break")]).iter().all(|row| row["question"] == "Q1"));
        let mix = broken.data(&format!("{place}/mix.csv"));
        assert!(rows(&mix, &[("question", "Q1")]).iter().all(|row| row["status"] == "break"));
    }
    // All questions together without Q1: exactly the seven others.
    let officers = [("audience", "officers"), ("question", "all"), ("breakdown", "all")];
    let pooled = row(&broken.data("private/changes.csv"), &officers)["mean_to"].to_owned();
    let tally = Table::of(&sample_output()["private/tally.csv"]);
    let of_2017 = [("wave", "2017"), ("audience", "officers"), ("breakdown", "all"), ("department", "whole")];
    let number = |text: &str| text.parse::<u64>().expect("a count");
    let (mut sum, mut answers) = (0, 0);
    for row in rows(&tally, &of_2017).into_iter().filter(|row| !["all", "Q1"].contains(&row["question"])) {
        sum += number(row["sum"]);
        answers += ["score_1", "score_2", "score_3", "score_4"].iter().map(|it| number(row[it])).sum::<u64>();
    }
    assert_eq!(pooled.parse::<f64>().expect("a mean"), Ratio::new(sum, answers).expect("answers").value());
    let report = broken.text("publish/report.html");
    assert!(report.contains("Q1 was asked in other words until 2016"), "no note");
    assert!(report.contains("taken over those that asked the same in both years"), "no note");

    let compared = Written::of(&folder(", comparable = true"));
    let sample = sample_output();
    assert_eq!(compared.files["private/changes.csv"], sample["private/changes.csv"]);
    let report = compared.text("publish/report.html");
    assert!(report.contains("its answers are compared all the same"), "no note");
}

/// A file of a year is found by the words of that year, and by no others.
#[test]
fn the_words_of_another_year_are_not_taken_for_those_of_this_one() {
    let folder = Folder::sample();
    let old = "How well do care providers and ECC share information?";
    let wordings =
        format!("text = \"How openly do we talk?\"\nwordings = [{{ until = \"2016\", text = \"{old}\" }}]");
    folder.replace("survey.toml", &format!("text = \"{old}\""), &wordings);
    folder.edit("2017/officers.csv", |export| {
        for header in &mut export.rows[0] {
            *header = header.replace("Q1 ", "").replace("Q1. ", "");
        }
    });
    let checked = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1);
    assert!(checked.out.contains("How openly do we talk?"), "{}", checked.out);
}

/// 2016 on a scale from 1 to 5: every answer of the sample is on it, and means something else.
#[test]
fn another_scale_is_a_break_of_everything() {
    let folder = Folder::sample();
    let label = "label = \"2016\"\nfieldwork";
    let scale = "label = \"2016\"\nscale = { low = 1, high = 5, no-contact = 0, low-label = \"never\", high-label = \"always\", labels = { 0 = [\"No contact\"] } }\nfieldwork";
    folder.replace("survey.toml", label, scale);
    folder.edit("2016/officers.csv", |export| {
        let column =
            export.rows[0].iter().position(|header| header.contains("share information")).expect("Q1");
        export.rows[1][column] = "5".to_owned();
    });
    let written = Written::of(&folder);
    for place in ["publish/data", "private"] {
        let changes = written.data(&format!("{place}/changes.csv"));
        assert!(!changes.rows.is_empty());
        for row in rows(&changes, &[]) {
            assert_broken(&row);
        }
        assert!(
            rows(&written.data(&format!("{place}/mix.csv")), &[]).iter().all(|row| row["status"] == "break")
        );
        // What was asked in 2017 is what it was.
        let results = written.data(&format!("{place}/results.csv"));
        let unscaled = Table::of(&sample_output()[&format!("{place}/results.csv")]);
        let of_2017 = [("wave", "2017"), ("breakdown", "all"), ("audience", "officers")];
        assert_eq!(rows(&results, &of_2017), rows(&unscaled, &of_2017));
    }
    let tally = written.data("private/tally.csv");
    let five = [("wave", "2016"), ("audience", "officers"), ("question", "Q1"), ("breakdown", "all")];
    assert_eq!(row(&tally, &five)["score_5"], "1");
    assert_eq!(row(&tally, &[("wave", "2017"), five[1], five[2], five[3]])["score_5"], "0");
    let distribution = written.table("distribution-officers-2016");
    assert!(distribution.header.contains(&"Scored 5 always (% of scores)".to_owned()), "{distribution:?}");
    assert!(written.table("distribution-officers-2017").header.iter().all(|it| !it.contains('5')));
    let about: serde_json::Value = serde_json::from_str(written.text("publish/about.json")).expect("JSON");
    assert_eq!((&about["scale"]["high"], &about["scales"]["2016"]["high"]), (&4.into(), &5.into()));
    let report = written.text("publish/report.html");
    assert!(report.contains("Scores ran from 1 to 5 in 2016 and 1 to 4 in 2017: a break"), "no note");
    let table = written.table("change-by-question-officers");
    assert!(table.rows.iter().all(|row| row[3] == "[b]" && row[6] == "[b]"), "{table:?}");
    assert!(table.rows.iter().all(|row| row[1].parse::<f64>().is_ok() && row[2].parse::<f64>().is_ok()));

    // 5 is no answer of 2017.
    folder.edit("2017/officers.csv", |export| {
        let column =
            export.rows[0].iter().position(|header| header.contains("share information")).expect("Q1");
        export.rows[1][column] = "5".to_owned();
    });
    let checked = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1);
    assert!(checked.out.contains("a score from 1 to 4"), "{}", checked.out);
}

/// Three years of a small survey: in 2017 another scale, a new question and other words, in 2018 two
/// areas merged, a department split and a name of a group that is an alias.
pub fn changed() -> Folder {
    let folder = Folder::empty();
    folder.write(
        "survey.toml",
        r#"format = 1
title = "Small survey"

[organisation]
name = "Example Council"

[scale]
low = 1
high = 4
no-contact = 0

[[question]]
id = "Q1"
text = "How openly do we talk?"
wordings = [{ until = "2016", text = "Do we talk?" }, { until = "2017", text = "How well do we talk?", comparable = true }]

[[question]]
id = "Q2"
text = "How well do we trust each other?"
waves = ["2017", "2018"]

[[department]]
id = "care"
label = "Care"

[[department]]
id = "money"
label = "Money"

[[department]]
id = "finance"
label = "Finance"

[[department]]
id = "payments"
label = "Payments"

[[succession]]
wave = "2018"
from = ["money"]
to = ["finance", "payments"]

[[succession]]
wave = "2018"
audience = "providers"
breakdown = "area"
from = ["north", "south"]
to = ["coast"]

[audience.providers]
label = "Care providers"
departments = true

[[audience.providers.breakdown]]
id = "area"
label = "Area"
columns = ["Area"]
groups = [
  { id = "north", label = "North" },
  { id = "south", label = "South" },
  { id = "west", label = "West", aliases = ["Far West"] },
  { id = "coast", label = "Coast" },
]

[[wave]]
label = "2016"
scale = { low = 1, high = 5 }
files = { providers = "2016.csv" }

[[wave]]
label = "2017"
files = { providers = "2017.csv" }

[[wave]]
label = "2018"
files = { providers = "2018.csv" }

[disclosure]
minimum-respondents = 2
"#,
    );
    folder.write("2016.csv", "Area,Do we talk? [Care],Do we talk? [Money]\nNorth,5,1\nSouth,2,3\nWest,4,4\n");
    folder.write(
        "2017.csv",
        "Area,How well do we talk? [Care],How well do we talk? [Money],Q2 Care,Q2 Money\nNorth,4,1,2,2\nSouth,2,3,0,3\nWest,4,4,4,1\n",
    );
    folder.write(
        "2018.csv",
        "Area,Car,How openly do we talk? [Care],Q1 Finance,Q1 Payments,Q2 Care,Q2 Finance,Q2 Payments\nCoast,x,4,1,2,2,1,1\nCoast,y,2,3,0,3,2,2\nFar West,z,4,4,4,1,3,3\n",
    );
    folder
}

#[test]
fn check_says_what_changed_from_year_to_year() {
    let folder = changed();
    let checked = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(0);
    let said = checked.out.split("From year to year").nth(1).expect("the table");
    let said = said.split("More forms").next().expect("the table");
    assert_eq!(
        said.trim(),
        r#"([b] marks a break: nothing is compared across it):
  2016
    scale        1 to 5
    questions    1
    departments  2
    providers    2016.csv
                 area: 3 groups
  2017
    scale        1 to 4, 0 for no contact [b] another scale than the year before
    questions    2; new: Q2
                 Q1 asked in other words, [b] not compared
    departments  2
    providers    2017.csv
  2018
    questions    2
                 Q1 asked in other words, compared all the same
    departments  3; new: finance, payments; gone: money
                   [b] split: money -> finance + payments
    providers    2018.csv; 1 column not used
                 area: 2 groups; new: coast; gone: north, south
                   [b] merged: north + south -> coast
                       if they are the same people before and after, one group over all years can be compared:  combine = [["coast", "north", "south"]]
                   "Far West" in the file is west"#,
    );
    Written::of(&folder);
    // Published as one, the group has the name that it has now, and there is nothing more to say.
    let one = "columns = [\"Area\"]\ncombine = [[\"coast\", \"north\", \"south\"]]\n";
    folder.replace("survey.toml", "columns = [\"Area\"]\n", one);
    let checked = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(0);
    assert!(!checked.out.contains("if they are the same people"), "{}", checked.out);
    let written = Written::of(&folder);
    let coast = [("group", "coast"), ("department", "all"), ("question", "all")];
    let results = written.data("publish/data/results.csv");
    let statuses: Vec<&str> = rows(&results, &coast).iter().map(|row| row["status"]).collect();
    assert_eq!(statuses, ["withheld"; 3], "one West beside them is too few, and would follow");
    let changes = written.data("publish/data/changes.csv");
    let since_2017 = [coast[0], coast[1], coast[2], ("from_wave", "2017")];
    assert_eq!(row(&changes, &since_2017)["status"], "withheld");
    let about: serde_json::Value = serde_json::from_str(written.text("publish/about.json")).expect("JSON");
    let combined = &about["audiences"][0]["combined"]["area"]["coast"];
    assert_eq!(*combined, serde_json::json!(["north", "south", "coast"]));
}

#[test]
fn a_group_that_was_merged_is_no_answer_any_more() {
    let folder = merged_groups();
    folder.edit("2017/providers.csv", |export| export.rows[1][3] = "North".to_owned());
    folder.replace("2017/population.csv", "providers,quadrant,Mid,236\n", "providers,quadrant,South,236\n");
    let checked = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1);
    let why = "from 2017 on North and South stood in place of North and South";
    assert_eq!(checked.out.matches(why).count(), 2, "{}", checked.out);
    assert!(checked.out.contains("Mid, West, County wide, North and South"), "{}", checked.out);
}
