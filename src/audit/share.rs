//! A file that a council is about to hand to others, read back from its bytes and held against what
//! the public files show.
//!
//! It may hold what `results.csv` shows of everyone in one wave and nothing else: no other figure, no
//! base under the minimum, no number with more decimals, no member that nobody knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::rows::{self, Row};
use super::world::Address;
use super::{AuditError, markup};

/// Members of the file and of what stands in it.
const MEMBERS: [&str; 11] = [
    "format",
    "version",
    "organisation",
    "title",
    "wave",
    "synthetic",
    "scale",
    "audiences",
    "questions",
    "departments",
    "figures",
];
const OF_SCALE: [&str; 3] = ["lowest", "highest", "no-contact"];
const OF_AUDIENCE: [&str; 3] = ["id", "label", "minimum-respondents"];
const OF_QUESTION: [&str; 2] = ["id", "text"];
const OF_DEPARTMENT: [&str; 2] = ["id", "label"];
const OF_FIGURE: [&str; 7] = ["audience", "department", "question", "respondents", "mean", "se", "df"];
/// Decimals of a standard error; degrees of freedom and people have none.
const ERROR_DECIMALS: usize = 3;

/// The public files that a shared file was taken from.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    /// `about.json`
    pub about: &'a str,
    /// `data/results.csv`
    pub results: &'a str,
}

/// Looks at a shared file; without public files, at what it says of itself alone.
///
/// # Errors
/// When it is no JSON object that calls itself a shared file, or when the public files are not what a
/// run writes.
pub fn audit_share(name: &str, bytes: &[u8], published: Option<Published<'_>>) -> Result<Report, AuditError> {
    let malformed = |message: String| AuditError::malformed(name, message);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| malformed(error.to_string()))?;
    let file = value.as_object().filter(|file| file.get("format") == Some(&"rmsurvey-share".into()));
    let file = file.ok_or_else(|| malformed("it is no file that a council shares".to_owned()))?;
    let known = match published {
        None => None,
        Some(Published { about, results }) => {
            Some((About::read(about)?, rows::rows("data/results.csv", results)?))
        }
    };
    let mut look = Look {
        file: name,
        wave: text(file, "wave"),
        minimums: minimums(file),
        known: known.as_ref().map(|(about, results)| Known::of(about, results)),
        report: Report::default(),
    };
    look.members(file);
    let mut seen = BTreeSet::new();
    for figure in list(file, "figures") {
        look.figure(figure);
        let key = ["audience", "department", "question"].map(|part| text(figure, part));
        if !seen.insert(key) {
            look.found(look.address(figure), "it stands there twice".to_owned());
        }
    }
    let mut report = look.report;
    report.findings.sort();
    report.findings.dedup();
    Ok(report)
}

/// Looks at a shared file on the disk, and holds it against the public folder that it was taken from
/// where that is named.
///
/// # Errors
/// When a file cannot be read, or is not what a run or `share` writes.
pub fn audit_share_file(file: &Path, output: Option<&Path>) -> Result<Report, AuditError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| AuditError::Unreadable { path, source }
    };
    let bytes = fs::read(file).map_err(unreadable(file))?;
    let name = file.display().to_string();
    let Some(output) = output else { return audit_share(&name, &bytes, None) };
    let public = |name: &str| {
        let path = output.join("publish").join(name);
        fs::read_to_string(&path).map_err(unreadable(&path))
    };
    let (about, results) = (public("about.json")?, public("data/results.csv")?);
    audit_share(&name, &bytes, Some(Published { about: &about, results: &results }))
}

fn text(object: &Map<String, Value>, member: &str) -> String {
    object.get(member).and_then(Value::as_str).map_or_else(String::new, markup::spaced)
}

/// The objects of a list.
fn list<'v>(file: &'v Map<String, Value>, member: &str) -> impl Iterator<Item = &'v Map<String, Value>> {
    file.get(member).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn minimums(file: &Map<String, Value>) -> BTreeMap<String, i64> {
    let minimum = |it: &Map<String, Value>| it.get("minimum-respondents").and_then(Value::as_i64);
    list(file, "audiences").filter_map(|it| Some((text(it, "id"), minimum(it)?))).collect()
}

/// What the public files say.
struct Known<'a> {
    about: &'a About,
    /// Rows of everyone by wave, audience, department and question.
    rows: BTreeMap<[&'a str; 4], &'a Row>,
}

impl<'a> Known<'a> {
    fn of(about: &'a About, results: &'a [Row]) -> Known<'a> {
        let of_everyone = |row: &&Row| row.text("breakdown") == "all" && row.text("group") == "all";
        let key = |row: &'a Row| ["wave", "audience", "department", "question"].map(|name| row.text(name));
        Known { about, rows: results.iter().filter(of_everyone).map(|row| (key(row), row)).collect() }
    }

    fn minimum(&self, audience: &str) -> Option<i64> {
        let audience = self.about.audiences.iter().find(|one| one.id == audience);
        audience.map(|one| one.minimum_respondents)
    }
}

struct Look<'a> {
    file: &'a str,
    wave: String,
    /// As the file itself states them.
    minimums: BTreeMap<String, i64>,
    known: Option<Known<'a>>,
    report: Report,
}

impl Look<'_> {
    fn found(&mut self, address: Address, value: String) {
        self.report.findings.push(Finding {
            method: Method::Shown,
            address,
            value,
            from: self.file.to_owned(),
        });
    }

    fn address(&self, figure: &Map<String, Value>) -> Address {
        Address {
            wave: self.wave.clone(),
            audience: text(figure, "audience"),
            department: text(figure, "department"),
            question: text(figure, "question"),
            breakdown: "all".to_owned(),
            group: "all".to_owned(),
        }
    }

    /// Whatever has no place in such a file.
    fn members(&mut self, file: &Map<String, Value>) {
        let mut strange: Vec<String> = others(file, &MEMBERS);
        strange.extend(
            file.get("scale").and_then(Value::as_object).into_iter().flat_map(|it| others(it, &OF_SCALE)),
        );
        for (member, known) in [
            ("audiences", &OF_AUDIENCE[..]),
            ("questions", &OF_QUESTION),
            ("departments", &OF_DEPARTMENT),
            ("figures", &OF_FIGURE),
        ] {
            strange.extend(list(file, member).flat_map(|it| others(it, known)));
            let entries = file.get(member).and_then(Value::as_array);
            if entries.is_none_or(|all| !all.iter().all(Value::is_object)) {
                strange.push(member.to_owned());
            }
        }
        let nested = ["format", "organisation", "title", "wave"]
            .into_iter()
            .filter(|member| !file.get(*member).is_some_and(Value::is_string));
        strange.extend(nested.map(str::to_owned));
        for member in strange {
            self.found(Address::default(), format!("the member {member} has no place there"));
        }
    }

    fn figure(&mut self, figure: &Map<String, Value>) {
        self.report.count("figures to be shared", 1);
        self.report.cells += 1;
        let address = self.address(figure);
        let number = |member: &str| figure.get(member).filter(|value| !value.is_null()).map(Value::to_string);
        let people = figure.get("respondents").and_then(Value::as_i64);
        let own = self.minimums.get(&address.audience).copied();
        let public = self.known.as_ref().and_then(|known| known.minimum(&address.audience));
        let minimum = own.max(public);
        match (people, minimum) {
            (Some(people), Some(minimum)) if people >= minimum.max(1) => {}
            _ => self.found(
                address.clone(),
                format!("respondents {}, under the minimum", number("respondents").unwrap_or_default()),
            ),
        }
        for (member, decimals) in [("respondents", 0), ("se", ERROR_DECIMALS), ("df", 0)] {
            if number(member).is_some_and(|text| is_finer(&text, decimals)) {
                let said = number(member).unwrap_or_default();
                self.found(address.clone(), format!("{member} {said}, finer than is published"));
            }
        }
        let Some(known) = &self.known else { return };
        let key = [&self.wave, &address.audience, &address.department, &address.question].map(String::as_str);
        let row = known.rows.get(&key).filter(|row| row.text("status") == "ok");
        let said = |(member, column): (&str, &str)| {
            let (here, there) = (number(member), row.map_or("", |row| row.text(column)));
            let is_there = match &here {
                None => true,
                Some(here) => is_same(here, there),
            };
            (!is_there).then(|| format!("{member} {}", here.unwrap_or_default()))
        };
        let columns = [("respondents", "respondents"), ("mean", "mean"), ("se", "se"), ("df", "df")];
        let more: Vec<String> = columns.into_iter().filter_map(said).collect();
        if !more.is_empty() {
            self.found(address, format!("{}, which the public release does not show", more.join(", ")));
        }
    }
}

fn others(object: &Map<String, Value>, known: &[&str]) -> Vec<String> {
    object.keys().filter(|member| !known.contains(&member.as_str())).cloned().collect()
}

/// Whether two numbers are the same, whatever the last bit of a reader of JSON.
fn is_same(one: &str, other: &str) -> bool {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => (one - other).abs() < 1e-9,
        _ => false,
    }
}

/// Whether a number as it is written has more decimals than that.
fn is_finer(written: &str, decimals: usize) -> bool {
    let (number, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction).trim_end_matches('0');
    exponent
        .trim_start_matches('+')
        .parse::<i64>()
        .map_or(true, |power| fraction.len() as i64 - power > decimals as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &str = r#"{"scale": {"high": 4}, "waves": ["2017"], "questions": ["Q1"], "departments": ["d"],
        "audiences": [{"id": "providers", "label": "Care providers", "scores-departments": true,
        "minimum-respondents": 5, "breakdowns": {}}]}"#;
    const RESULTS: &str = "wave,audience,department,question,breakdown,group,respondents,mean,se,df,status\n\
        2017,providers,all,all,all,all,20,2.45,0.051,19,ok\n\
        2017,providers,d,all,all,all,,,,,withheld\n\
        2017,providers,all,Q1,all,all,4,2.25,0.1,3,ok\n\
        2017,providers,all,Q1,area,north,9,2.75,0.1,8,ok\n";

    fn file(figures: &[&str]) -> String {
        format!(
            r#"{{"format": "rmsurvey-share", "version": 1, "organisation": "A", "title": "T", "wave": "2017",
            "synthetic": true, "scale": {{"lowest": 1, "highest": 4, "no-contact": true}},
            "audiences": [{{"id": "providers", "label": "Care providers", "minimum-respondents": 5}}],
            "questions": [], "departments": [], "figures": [{}]}}"#,
            figures.join(", ")
        )
    }

    fn figure(department: &str, question: &str, numbers: &str) -> String {
        format!(
            r#"{{"audience": "providers", "department": "{department}", "question": "{question}", {numbers}}}"#
        )
    }

    fn found(text: &str) -> Vec<String> {
        let published = Published { about: ABOUT, results: RESULTS };
        let report = audit_share("a.json", text.as_bytes(), Some(published)).unwrap();
        report.findings.iter().map(|finding| format!("{} {}", finding.address, finding.value)).collect()
    }

    const GOOD: &str = r#""respondents": 20, "mean": 2.45, "se": 0.051, "df": 19"#;

    #[test]
    fn what_is_public_passes() {
        let good = figure("all", "all", GOOD);
        assert_eq!(found(&file(&[&good])), Vec::<String>::new());
        let alone = audit_share("a.json", file(&[&good]).as_bytes(), None).unwrap();
        assert!(alone.is_clean() && alone.cells == 1);
        let unknown = figure("all", "all", r#""respondents": 20, "mean": 2.45, "se": null, "df": null"#);
        assert!(found(&file(&[&unknown])).is_empty());
    }

    #[test]
    fn a_planted_figure_is_found() {
        let withheld = figure("d", "all", r#""respondents": 6, "mean": 2.5, "se": 0.2, "df": 5"#);
        assert_eq!(
            found(&file(&[&withheld])),
            [
                "2017/providers/d/all/all/all respondents 6, mean 2.5, se 0.2, df 5, which the public release does not show"
            ]
        );
        // A group in place of everyone, another year, a mean that is not the one shown.
        let group = figure("all", "Q1", r#""respondents": 9, "mean": 2.75, "se": 0.1, "df": 8"#);
        assert_eq!(found(&file(&[&group])).len(), 1);
        let other_year = file(&[&figure("all", "all", GOOD)]).replace("2017", "2016");
        assert_eq!(found(&other_year).len(), 1);
        let other_mean = figure("all", "all", &GOOD.replace("2.45", "2.46"));
        assert!(found(&file(&[&other_mean]))[0].contains("mean 2.46, which"));
    }

    #[test]
    fn few_people_fine_numbers_and_strange_members_are_found() {
        // 4 are shown in public because they were out before; they are not shared.
        let few = figure("all", "Q1", r#""respondents": 4, "mean": 2.25, "se": 0.1, "df": 3"#);
        assert!(found(&file(&[&few]))[0].ends_with("respondents 4, under the minimum"));
        // A file cannot lower the minimum for itself.
        assert_eq!(
            found(&file(&[&few]).replace("\"minimum-respondents\": 5", "\"minimum-respondents\": 1")).len(),
            1
        );
        let fine = figure("all", "all", &GOOD.replace("0.051", "0.0512"));
        let said = found(&file(&[&fine]));
        assert!(said.iter().any(|one| one.contains("se 0.0512, finer than is published")), "{said:?}");
        let alone = audit_share("a.json", file(&[&fine]).as_bytes(), None).unwrap();
        assert_eq!(alone.findings.len(), 1);
        let squares = figure("all", "all", &format!("{GOOD}, \"sum-of-squares\": 130"));
        assert!(found(&file(&[&squares]))[0].contains("the member sum-of-squares has no place there"));
        let answers = file(&[]).replace("\"synthetic\"", "\"rows\": [[1, 2]], \"synthetic\"");
        assert!(found(&answers)[0].contains("the member rows"));
        let twice = figure("all", "all", GOOD);
        assert!(found(&file(&[&twice, &twice]))[0].contains("twice"));
        assert!(audit_share("a.json", b"{}", None).is_err() && audit_share("a.json", b"[", None).is_err());
    }

    #[test]
    fn decimals_are_counted_as_they_are_written() {
        for (written, decimals) in
            [("0.05", 2), ("0.0500", 2), ("19", 0), ("19.0", 0), ("5e-3", 3), ("1e2", 0)]
        {
            assert!(!is_finer(written, decimals), "{written}");
        }
        for (written, decimals) in [("0.0512", 3), ("19.5", 0), ("5e-4", 3), ("1.25e1", 0)] {
            assert!(is_finer(written, decimals), "{written}");
        }
    }
}
