//! Everything that the council concluded from its survey, looked for among the findings: the private
//! list says all of it, with what the tests say of it, the public one what may be shown.

use std::collections::BTreeSet;

use crate::statements::{Evidence, Sentence, question, sentences};
use crate::support::{QUESTIONS, Table, data, expected, sample, sample_output};

const PRIVATE: &str = "private/findings.md";
const PUBLIC: &str = "publish/findings.md";

/// What disclosure keeps from the public list. Of the sample's quadrants and grades not all are shown,
/// so nobody is said to be highest or lowest of all of them.
const WITHHELD: [&str; 9] = ["O1", "O3", "O4", "P5", "P6", "P7", "P8", "X4", "X5"];

struct Line {
    text: String,
    address: String,
}

fn lines(name: &str) -> Vec<Line> {
    let page = String::from_utf8(sample_output()[name].clone()).expect("UTF-8");
    let line = |line: &str| {
        let (text, address) = line.strip_prefix("- ")?.rsplit_once(" `")?;
        Some(Line { text: text.to_owned(), address: address.trim_end_matches('`').to_owned() })
    };
    page.lines().filter_map(line).collect()
}

/// The line that says a sentence, of all that there are and not of those shown only.
fn line<'l>(lines: &'l [Line], sentence: &Sentence) -> Option<&'l Line> {
    lines.iter().find(|line| {
        line.address.starts_with(sentence.address)
            && !line.text.contains(" shown")
            && sentence.parts.iter().all(|part| line.text.contains(part))
    })
}

fn ids(wanted: impl Fn(&Sentence) -> bool) -> BTreeSet<&'static str> {
    sentences().iter().filter(|sentence| wanted(sentence)).map(|sentence| sentence.id).collect()
}

#[test]
fn every_statement_is_looked_for() {
    let published: toml::Table = expected("published.toml").parse().expect("a table");
    let statements = published["statement"].as_array().expect("statements");
    let published: BTreeSet<&str> = statements.iter().map(|one| one["id"].as_str().expect("an id")).collect();
    assert_eq!(ids(|_| true), published);
}

#[test]
fn the_private_findings_say_every_statement() {
    let lines = lines(PRIVATE);
    let missing: Vec<String> = sentences()
        .iter()
        .filter(|sentence| line(&lines, sentence).is_none())
        .map(|sentence| format!("{} at {}: {:?}", sentence.id, sentence.address, sentence.parts))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The verdict of a row found by some of its columns; which side of a gap is left does not matter.
fn verdict(name: &str, wanted: &[(&str, &str)]) -> String {
    let table = data(name);
    let other_side = |column: &str| match column {
        "left" => "right".to_owned(),
        "right" => "left".to_owned(),
        other => other.to_owned(),
    };
    let holds = |row: &Vec<String>, column: &str, value: &str| row[table.column(column)] == value;
    let is_it = |row: &&Vec<String>| {
        wanted.iter().all(|(column, value)| holds(row, column, value))
            || wanted.iter().all(|(column, value)| holds(row, &other_side(column), value))
    };
    let found: Vec<&Vec<String>> = table.rows.iter().filter(is_it).collect();
    assert_eq!(found.len(), 1, "{wanted:?} in {name}");
    found[0][table.column("verdict")].clone()
}

#[test]
fn every_statement_is_said_as_strongly_as_its_test_allows() {
    const COLUMNS: [&str; 8] =
        ["wave", "kind", "audience", "department", "question", "breakdown", "left", "right"];
    let lines = lines(PRIVATE);
    for sentence in sentences() {
        let text = &line(&lines, &sentence).expect("said").text;
        let verdicts = match &sentence.evidence {
            Evidence::Plain => Vec::new(),
            Evidence::Order => {
                assert!(text.contains("is not tested and could be chance"), "{}: {text}", sentence.id);
                Vec::new()
            }
            Evidence::Gaps(gaps) => gaps
                .iter()
                .map(|gap| verdict("private/gaps.csv", &COLUMNS.into_iter().zip(*gap).collect::<Vec<_>>()))
                .collect(),
            Evidence::Change([audience, department]) => {
                let everyone = [("question", "all"), ("breakdown", "all")];
                let wanted = [("audience", *audience), ("department", *department)];
                vec![verdict("private/changes.csv", &[everyone, wanted].concat())]
            }
        };
        for verdict in verdicts {
            let words: &[&str] = match verdict.as_str() {
                "higher" | "lower" | "rose" | "fell" => &["clearly", "unlikely to be chance"],
                "no-clear-gap" => &["could be chance", "cannot tell"],
                "not-tested" => &["too few answered", "Too few answered"],
                other => panic!("{other}"),
            };
            assert!(words.iter().any(|word| text.contains(word)), "{} is {verdict}: {text}", sentence.id);
        }
    }
}

#[test]
fn the_public_findings_leave_out_what_is_withheld_and_say_so() {
    let lines = lines(PUBLIC);
    assert_eq!(ids(|sentence| line(&lines, sentence).is_none()), WITHHELD.into_iter().collect());
    for (who, year) in [
        ("care providers by quadrant", "2016"),
        ("council officers by grade", "2016"),
        ("council officers by quadrant", "2016"),
        ("council officers by grade", "2017"),
        ("council officers by quadrant", "2017"),
    ] {
        let said =
            format!("Not every group of {who} is shown for {year}: too few answered to protect people.");
        assert_eq!(lines.iter().filter(|line| line.text.starts_with(&said)).count(), 1, "{said}");
    }
}

/// Whether a name stands in a text as words of its own.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(start, _)| {
        let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        !is_part(text[..start].chars().next_back()) && !is_part(text[start + name.len()..].chars().next())
    })
}

/// Every group that the data file withholds: no sentence about its year, audience and breakdown names it.
#[test]
fn no_public_sentence_names_a_withheld_group() {
    let results = data("publish/data/results.csv");
    let lines = lines(PUBLIC);
    let mut looked_at = 0;
    for row in withheld(&results, |question| question == "all") {
        let [wave, audience, breakdown, group] =
            ["wave", "audience", "breakdown", "group"].map(|it| at(&results, row, it));
        let definition =
            sample().survey.audiences.iter().find(|one| one.id == audience).expect("an audience");
        let by = definition.breakdowns.iter().find(|one| one.id == breakdown).expect("a breakdown");
        let label = label(audience, breakdown, group);
        let who = definition.label.to_lowercase();
        for line in &lines {
            let text = line.text.to_lowercase();
            let is_about = text.contains(&who)
                && text.contains(&by.label.to_lowercase())
                && (text.contains(wave) || line.address.starts_with(wave));
            looked_at += usize::from(is_about);
            assert!(!is_about || !names(&line.text, &label), "{label}: {}", line.text);
        }
    }
    assert!(looked_at > 0);
}

/// Every question of a group that the data file withholds has no score in a sentence about the group.
#[test]
fn no_public_sentence_scores_a_withheld_question_of_a_group() {
    let results = data("publish/data/results.csv");
    let lines = lines(PUBLIC);
    for row in withheld(&results, |question| QUESTIONS.contains(&question)) {
        let [wave, audience, department, id, breakdown, group] =
            ["wave", "audience", "department", "question", "breakdown", "group"]
                .map(|it| at(&results, row, it));
        let of_breakdown = format!("{wave}/{audience}/{department}/all/{breakdown}/");
        let label = label(audience, breakdown, group);
        let scored = format!("{} (", question(id));
        for line in lines.iter().filter(|line| line.address.starts_with(&of_breakdown)) {
            let of_each = format!("{label}: {scored}");
            assert!(!line.text.contains(&of_each), "{}", line.text);
            let is_its_own = line.address.ends_with(&format!("/{group}")) && !line.text.contains("of each.");
            assert!(!is_its_own || !line.text.contains(&scored), "{}", line.text);
        }
    }
}

fn label(audience: &str, breakdown: &str, group: &str) -> String {
    let audience = sample().survey.audiences.iter().find(|one| one.id == audience).expect("an audience");
    let by = audience.breakdowns.iter().find(|one| one.id == breakdown).expect("a breakdown");
    by.groups.iter().find(|one| one.id == group).expect("a group").label.clone()
}

fn at<'r>(table: &Table, row: &'r [String], column: &str) -> &'r str {
    &row[table.column(column)]
}

/// Withheld rows of groups under an audience's headline.
fn withheld(results: &Table, is_wanted: impl Fn(&str) -> bool) -> Vec<&Vec<String>> {
    let is_headline = |row: &&Vec<String>| {
        let headline = if at(results, row, "audience") == "providers" { "all" } else { "whole" };
        at(results, row, "department") == headline && at(results, row, "breakdown") != "all"
    };
    let is_withheld = |row: &&Vec<String>| {
        at(results, row, "status") == "withheld" && is_wanted(at(results, row, "question"))
    };
    results.rows.iter().filter(is_headline).filter(is_withheld).collect()
}

/// As the house style has it: no sentence longer than it can be read aloud, and none of the words that
/// claim more than a survey can.
#[test]
fn sentences_are_plain() {
    for line in lines(PUBLIC).iter().chain(&lines(PRIVATE)) {
        for sentence in line.text.split_inclusive(". ") {
            assert!(sentence.split_whitespace().count() <= 50, "{sentence}");
        }
        for word in ["no change", "satisfied", "significant", "p <", "withheld", "suppressed"] {
            assert!(!line.text.to_lowercase().contains(word), "{word}: {}", line.text);
        }
    }
}
