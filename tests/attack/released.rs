//! A year that is out already, and the year after published beside it: who has both folders.

use std::collections::{BTreeMap, BTreeSet};

use rmsurvey::audit::{Finding, TextFile, attack};
use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::disclose::Step;
use rmsurvey::ingest::{EarlierRelease, Input, RESULTS};

use super::in_memory::{Published, published, published_of};
use super::random_survey::{RandomSurvey, random_survey};

/// As many as take some ten seconds without optimisation.
const SURVEYS: u64 = 14;

/// What went out after the first wave, and what goes out after the second.
struct Both {
    before: Published,
    after: Published,
}

/// The survey of a seed, published twice. Of every other, one breakdown was kept back at first; of
/// the others the minimum was higher by two.
fn both(seed: u64, left_out: Option<Step>) -> Both {
    let RandomSurvey { survey, mut input } = random_survey(seed).expect("a survey");
    let mut then = survey.clone();
    for audience in &mut then.audiences {
        match audience.breakdowns.last_mut() {
            Some(last) if seed.is_multiple_of(2) => last.publish = false,
            _ => audience.minimum_respondents += 2,
        }
    }
    let first = input.responses.iter().filter(|one| one.wave == 0).cloned().collect();
    let first = Input { responses: first, populations: input.populations.clone(), ..Input::default() };
    let publication = then.for_publication();
    let first = first.for_publication(&then, &publication);
    let before = RandomSurvey { survey: publication.survey, input: first };
    let before = published_of(&before, &[0], None).expect("published");

    let mut found = Diagnostics::default();
    let out = EarlierRelease::read(&survey, 0, (RESULTS, before.files.results.as_bytes()), &mut found);
    assert!(!found.has_errors(), "seed {seed}: {found}");
    input.released.push(out);
    let after = published(&RandomSurvey { survey, input }, left_out).expect("published");
    Both { before, after }
}

/// Rows by their address: the first columns, as many as a file has of them.
fn rows(text: &str, columns: usize) -> BTreeMap<Vec<&str>, &str> {
    text.lines().skip(1).map(|line| (line.split(',').take(columns).collect(), line)).collect()
}

/// One file made of two: of each figure the row that shows it, if either does.
fn together(before: &str, after: &str, columns: usize) -> String {
    let mut lines: Vec<&str> = after.lines().take(1).collect();
    let (before, after) = (rows(before, columns), rows(after, columns));
    let addresses: BTreeSet<&Vec<&str>> = before.keys().chain(after.keys()).collect();
    for address in addresses {
        let is_hidden = |line: &str| line.contains(",withheld");
        let [first, last] = [before.get(address), after.get(address)];
        let shown = last.filter(|line| !is_hidden(line)).or(first.filter(|line| !is_hidden(line)));
        lines.extend(shown.or(last).or(first));
    }
    lines.join("\n") + "\n"
}

/// What is recovered from both folders together.
fn recovered(Both { before, after }: &Both) -> Vec<Finding> {
    let mut files = after.files.clone();
    files.results = together(&before.files.results, &after.files.results, 6);
    files.gaps = together(&before.files.gaps, &after.files.gaps, 8);
    let tables = before.files.tables.iter().cloned();
    files.tables.extend(tables.map(|table| TextFile { name: format!("before/{}", table.name), ..table }));
    attack(&files).expect("attacked").findings
}

#[test]
fn what_is_out_stays_as_it_was_and_gives_nothing_away() {
    let mut fixed = 0;
    for seed in 0..SURVEYS {
        let both = both(seed, None);
        let [before, after] = [&both.before, &both.after].map(|one| rows(&one.files.results, 6));
        for (address, row) in before {
            assert_eq!(after.get(&address), Some(&row), "seed {seed}");
            fixed += 1;
        }
        let found = recovered(&both);
        let first = found.first().map(ToString::to_string).unwrap_or_default();
        assert!(found.is_empty(), "seed {seed}: {} recovered, for example {first}", found.len());
    }
    assert!(fixed > 1000, "{fixed}");
}

/// The check can fail: decided anew, the earlier year gives something away beside what is out of it.
#[test]
fn without_regard_to_what_is_out_figures_are_recovered() {
    let is_caught = |seed| !recovered(&both(seed, Some(Step::Released))).is_empty();
    assert!((20..60).any(is_caught));
}
