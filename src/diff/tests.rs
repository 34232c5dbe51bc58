//! The note on two small outputs, to the letter.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::diff;
use crate::publish::folder::{Command, Input, MANIFEST, Manifest};

const RESULTS: &str = "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,mean,ci_low,ci_high,status\n";
const CHANGES: &str =
    "audience,department,question,breakdown,group,from_wave,to_wave,change,ci_low,ci_high,verdict,status\n";
const GAPS: &str = "wave,kind,audience,department,question,breakdown,left,right,left_respondents,right_respondents,gap,verdict,status\n";
const MIX: &str = "audience,department,question,breakdown,group,from_wave,to_wave,within_effect,status\n";

fn output(minimum: u64, rows: u64, results: &str, changes: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("publish").join("data");
    fs::create_dir_all(&data).unwrap();
    let write = |path: &Path, text: &str| fs::write(path, text).unwrap();
    let input = Input { name: "2017/staff.csv".to_owned(), sha256: rows.to_string(), rows: Some(rows) };
    let definition = Input { name: "survey.toml".to_owned(), sha256: "same".to_owned(), rows: None };
    let command = Command { name: "run".to_owned(), waves: Vec::new(), draft: false };
    let manifest = Manifest::new(command, vec![input, definition], Vec::new());
    write(&folder.path().join(MANIFEST), &manifest.to_json().unwrap());
    let about = serde_json::json!({
        "title": "A <b>survey</b>",
        "audiences": [{ "id": "staff", "label": "Staff", "minimum-respondents": minimum }],
        "labels": {
            "departments": { "whole": "Council as one organisation", "d": "D|D" },
            "questions": { "all": ["All questions", "All questions"], "Q1": ["Q1 Trust", "Q1 Trust?"] },
            "breakdowns": { "staff": { "side": { "label": "Side", "groups": { "a": "A", "b": "B" } } } },
        },
    });
    write(&folder.path().join("publish").join("about.json"), &about.to_string());
    write(&data.join("results.csv"), &format!("{RESULTS}{results}"));
    write(&data.join("changes.csv"), &format!("{CHANGES}{changes}"));
    write(&data.join("gaps.csv"), GAPS);
    write(&data.join("mix.csv"), MIX);
    folder
}

/// 91/40 = 2.275 prints 2.28, 182/80 is the same; 91/40 to 105/46 = 2.2826 prints 2.28 too;
/// 50/20 = 2.50 to 66/26 = 2.54, 20/10 = 2.00 to 21/10 = 2.10, 30/10 = 3.00 to 38/12 = 3.17.
#[test]
fn the_largest_of_the_most_important_come_first() {
    let old = output(
        5,
        40,
        "2017,staff,whole,all,all,all,20,20,0,0,2.5,2.0,3.0,ok\n\
         2017,staff,whole,Q1,all,all,40,40,0,0,2.275,2.1,2.4,ok\n\
         2017,staff,d,all,all,all,10,10,0,0,2.0,1.0,3.0,ok\n\
         2017,staff,whole,all,side,a,10,10,0,0,3.0,1.0,3.0,ok\n\
         2017,staff,whole,all,side,b,,,,,,,,withheld\n",
        "staff,whole,all,all,all,2016,2017,0.104,0.0,0.2,no-clear-change,ok\n",
    );
    let new = output(
        5,
        46,
        "2017,staff,whole,all,all,all,26,26,0,0,2.5384615384615383,2.0,3.0,ok\n\
         2017,staff,whole,Q1,all,all,46,46,0,0,2.282608695652174,2.1,2.4,ok\n\
         2017,staff,d,all,all,all,10,10,0,0,2.1,1.0,3.0,ok\n\
         2017,staff,whole,all,side,a,12,12,0,0,3.1666666666666665,1.0,3.0,ok\n\
         2017,staff,whole,all,side,b,6,6,0,0,2.0,1.0,3.0,ok\n",
        "staff,whole,all,all,all,2016,2017,0.142,0.01,0.27,rose,ok\n",
    );
    let expected = "\
# What changed between two outputs

A &lt;b&gt;survey&lt;/b&gt;

> **Do not publish both, nor this note.** Whoever holds the two can subtract one from the other:
>
> - 2017, Staff: 2 averages differ by the answers of fewer than 5 people, who would be told.
> - 1 averages are withheld in one and shown in the other.
>
> If the earlier one is out, name its `publish` folder as `released` of that year in survey.toml and run again: the program then holds to it.

## In short

| | shown in both | moved | only underneath | say something else | no longer shown | now shown | new | gone |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| Averages | 4 | 3 | 1 | 0 | 0 | 1 | 0 | 0 |
| Changes between years | 1 | 1 | 0 | 1 | 0 | 0 | 0 | 0 |
| Gaps | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| Changes by the same kinds of people | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

Moved: printed otherwise. Only underneath: printed the same, on other counts or with another likely range. Points moved are those of the unrounded figures.

- 2017, Staff, Council as one organisation, All questions: 2.50, now 2.54

## What was read

Files that changed: 1; that are the same: 1.

- 2017/staff.csv: 40 rows, now 46 rows

## What can be said is another (1)

- Changes between years: 2016 to 2017, Staff, Council as one organisation, All questions: was \"no clear change\", now \"rose\"

## Averages that moved (3)

### Overall (1)

| figure | before | now | moved by (points) | who answered |
| --- | ---: | ---: | ---: | --- |
| 2017, Staff, Council as one organisation, All questions | 2.50 | 2.54 | +0.04 | 20, now 26 |

### By department (1)

| figure | before | now | moved by (points) | who answered |
| --- | ---: | ---: | ---: | --- |
| 2017, Staff, D\\|D, All questions | 2.00 | 2.10 | +0.10 | 10 |

### By group (1)

| figure | before | now | moved by (points) | who answered |
| --- | ---: | ---: | ---: | --- |
| 2017, Staff, Council as one organisation, All questions, Side: A | 3.00 | 3.17 | +0.17 | 10, now 12 |

## Changes between years that moved (1)

### Overall (1)

| figure | before | now | moved by (points) |
| --- | ---: | ---: | ---: |
| 2016 to 2017, Staff, Council as one organisation, All questions | 0.10 | 0.14 | +0.04 |

## Averages: now shown (1)

- 2017, Staff, Council as one organisation, All questions, Side: B

";
    assert_eq!(diff(old.path(), new.path()).unwrap(), expected);
}

/// A file of few rows is a count of few people; a group that only one output has can be subtracted.
#[test]
fn few_rows_stay_unsaid_and_other_groups_are_a_danger() {
    let row = |group: &str| format!("2017,staff,whole,all,side,{group},20,20,0,0,2.5,2.0,3.0,ok\n");
    let old = output(5, 4, &row("a"), "");
    let new = output(10, 8, &(row("a") + &row("b")), "");
    let note = diff(old.path(), new.path()).unwrap();
    assert!(note.contains("- 2017/staff.csv: fewer than 10 rows, now fewer than 10 rows\n"), "{note}");
    assert!(note.contains("> - 1 averages stand in one only"), "{note}");
    assert!(note.contains("- audiences, staff, minimum-respondents: 5, now 10\n"), "{note}");
    assert!(
        note.contains(
            "## Averages: new (1)\n\n- 2017, Staff, Council as one organisation, All questions, Side: B\n"
        ),
        "{note}"
    );
}

/// The note on 20 who answered, of whom the minimum was `then`, and some late forms more under `now`.
fn late_forms([then, now]: [u64; 2], late: u64) -> String {
    let results = |people: u64, mean: &str| {
        format!(
            "2017,staff,whole,all,all,all,{people},{people},0,0,{mean},2.0,3.0,ok\n2017,staff,d,all,all,all,,,,,,,,withheld\n"
        )
    };
    let old = output(then, 20, &results(20, "2.5"), "");
    let new = output(now, 20 + late, &results(20 + late, "2.6"), "");
    diff(old.path(), new.path()).unwrap()
}

/// Seven people are few by the rule under which one of the two went out, and the other does not undo it.
#[test]
fn what_is_few_in_either_output_is_few_between_them() {
    for minimums in [[10, 5], [5, 10], [10, 10]] {
        let note = late_forms(minimums, 7);
        let warning =
            "> - 2017, Staff: 1 averages differ by the answers of fewer than 10 people, who would be told.\n";
        assert!(note.contains("> **Do not publish both, nor this note.**"), "{minimums:?}: {note}");
        assert!(note.contains(warning), "{minimums:?}: {note}");
        assert!(note.contains("- 2017/staff.csv: 20 rows, now 27 rows\n"), "{minimums:?}: {note}");
    }
}

/// Seven are enough where the minimum was five throughout, and ten where it once was ten. What both
/// withhold is no danger.
#[test]
fn enough_late_forms_are_no_danger() {
    for (minimums, late) in [([5, 5], 7), ([10, 5], 10), ([5, 10], 10), ([5, 5], 5)] {
        let note = late_forms(minimums, late);
        assert!(!note.contains("Do not publish"), "{minimums:?}, {late}: {note}");
        assert!(
            note.contains("| Averages | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |"),
            "{minimums:?}, {late}: {note}"
        );
    }
    assert!(late_forms([5, 5], 4).contains("Do not publish"));
}

#[test]
fn the_same_output_twice_is_no_danger() {
    let results = "2017,staff,whole,all,all,all,20,20,0,0,2.5,2.0,3.0,ok\n";
    let old = output(5, 40, results, "");
    let note = diff(old.path(), old.path()).unwrap();
    assert!(!note.contains("Do not publish"), "{note}");
    assert!(note.contains("| Averages | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"), "{note}");
    assert!(note.ends_with("Files that changed: 0; that are the same: 2.\n\n"), "{note}");
    assert!(diff(old.path(), Path::new("no-such-folder")).is_err());
}
