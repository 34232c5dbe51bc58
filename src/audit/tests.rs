//! Small public folders made by hand, each with a leak that can be worked out on paper, or none.

mod charts;
mod figures;
mod papers;
mod standing;
mod sums;

use super::*;

/// Respondents, answers, no contact, blank, sum.
type Counts = (i64, i64, i64, i64, i64);

const WITHHELD: Option<Counts> = None;

/// A folder with two departments, two questions and one breakdown of the given groups; the minimum
/// is 5.
fn folder(groups: &[&str], rows: &[(&str, Option<Counts>)]) -> PublicFiles {
    let about = serde_json::json!({
        "scale": { "high": 4 },
        "waves": ["2016", "2017"],
        "questions": ["Q1", "Q2"],
        "departments": ["finance", "procurement"],
        "audiences": [{
            "id": "providers", "label": "Care providers", "scores-departments": true,
            "minimum-respondents": 5, "breakdowns": { "area": groups }
        }],
        "labels": {
            "departments": { "all": "Both departments together", "finance": "Finance", "procurement": "Procurement", "whole": "The council" },
            "questions": { "Q1": ["Q1 Trust"], "Q2": ["Q2 Contact"], "all": ["All questions"] },
            "breakdowns": { "providers": { "area": { "label": "Area", "groups": { "north": "North", "south": "South" } } } }
        }
    });
    let mut results = String::from(
        "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,mean,top_share,status\n",
    );
    for (place, counts) in rows {
        let place = place.replace('/', ",");
        match counts {
            Some((people, answers, no_contact, blank, sum)) => {
                let mean =
                    if *answers == 0 { String::new() } else { (*sum as f64 / *answers as f64).to_string() };
                results +=
                    &format!("2017,providers,{place},{people},{answers},{no_contact},{blank},{mean},,ok\n");
            }
            None => results += &format!("2017,providers,{place},,,,,,,withheld\n"),
        }
    }
    PublicFiles { about: about.to_string(), results, ..PublicFiles::default() }
}

fn found(files: &PublicFiles) -> Vec<String> {
    attack(files).unwrap().findings.iter().map(ToString::to_string).collect()
}

/// South and West withheld; together they hold what everyone has beyond North's ten answers.
fn two_withheld(everyone: Counts) -> PublicFiles {
    folder(
        &["north", "south", "west"],
        &[
            ("whole/Q1/all/all", Some(everyone)),
            ("whole/Q1/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q1/area/south", WITHHELD),
            ("whole/Q1/area/west", WITHHELD),
        ],
    )
}

#[test]
fn what_is_no_output_is_an_error() {
    let broken = PublicFiles { about: "{}".to_owned(), ..PublicFiles::default() };
    assert!(attack(&broken).unwrap_err().to_string().starts_with("about.json: missing field"));
}
