//! The rules on the sample, where every count is known.

use std::path::Path;

use super::*;
use crate::diagnostics::Diagnostics;
use crate::estimate::{Figures, estimate};
use crate::ingest;
use crate::survey::Survey;
use crate::tally::count;

fn sample() -> (Survey, Figures) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    let (survey, _) = ingest::definition(&folder).unwrap();
    let input = ingest::read(&survey, &folder, &[0, 1], &mut Diagnostics::default());
    let figures = estimate(&count(&survey, &[0, 1], &input));
    (survey, figures)
}

#[test]
fn look() {
    let (survey, figures) = sample();
    let start = std::time::Instant::now();
    let decisions = decide(&survey, &figures);
    println!("took {:?}", start.elapsed());
    for rule in [Rule::Primary, Rule::Unanimous, Rule::Complementary] {
        println!("{} {}", rule.id(), decisions.count(rule));
    }
    println!("shown {}", decisions.shown());
    for one in decisions.withheld() {
        let a = survey.address(&one.cell);
        println!(
            "{} {} {} {} {} {} {} {:.2} {:.2} base {}",
            a.wave,
            a.audience,
            a.breakdown,
            a.group,
            a.department,
            a.question,
            one.rule.id(),
            one.lower,
            one.upper,
            figures.results[&one.cell].counts.respondents
        );
    }
    let release = release(&survey, &figures, Policy::Public);
    let count = |it: Vec<Status>| it.iter().filter(|s| **s == Status::Withheld).count();
    println!(
        "changes {} gaps {}",
        count(release.changes().map(|(_, it)| it.status).collect()),
        count(release.gaps().map(|(_, it)| it.status).collect())
    );
    let m = release.changes().filter(|(_, it)| it.figure.value().is_some()).count();
    let mm =
        release.changes().filter(|(_, it)| it.figure.value().is_some_and(|it| it.matched.is_some())).count();
    println!("changes shown {m} with matched {mm}");
}
