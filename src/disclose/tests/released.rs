//! What is already out, on small cases worked by hand.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::small::{ALL, by_group};
use super::*;
use crate::diagnostics::Diagnostics;
use crate::ingest::{EarlierRelease, RESULTS};
use crate::survey::Asked;

/// `results.csv` as a run on these figures writes it, as far as it is read again.
fn results(survey: &Survey, figures: &Figures) -> String {
    let release = release(survey, figures, Policy::Public);
    let mut text = String::from(
        "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,mean,status\n",
    );
    for (cell, released) in release.results() {
        let it = survey.address(cell);
        let counts = released.figure.value().map_or_else(String::new, |figure| {
            let counts = &figure.counts;
            let mean = figure.mean.as_ref().map_or_else(String::new, |mean| mean.value.to_string());
            let (people, answers) = (counts.respondents, counts.answers());
            format!("{people},{answers},{},{},{mean}", counts.no_contact, counts.blank)
        });
        let numbers = if counts.is_empty() { ",,,," } else { &counts };
        writeln!(
            text,
            "{},{},{},{},{},{},{numbers},{}",
            it.wave,
            it.audience,
            it.department,
            it.question,
            it.breakdown,
            it.group,
            released.status.id()
        )
        .unwrap();
    }
    text
}

/// The first wave as it is out.
fn earlier(survey: &Survey, text: &str) -> EarlierRelease {
    let mut found = Diagnostics::default();
    let published = survey.for_publication().survey;
    let release = EarlierRelease::read(&published, 0, (RESULTS, text.as_bytes()), &mut found);
    assert!(!found.has_errors(), "{found}");
    release
}

/// The figures of these waves, the first of which went out under another minimum.
fn after_release(minimum: u64, survey: &Survey, waves: &[Vec<Person>]) -> Figures {
    let mut then = survey.clone();
    then.audiences[0].minimum_respondents = minimum;
    let out = results(&then, &figures(&then, &waves[..1]));
    Figures { released: vec![earlier(survey, &out)], ..figures(survey, waves) }
}

fn shown(survey: &Survey, decisions: &Decisions, breakdown: usize) -> Vec<bool> {
    let groups = 0..survey.audiences[0].breakdowns[breakdown].groups.len();
    groups.map(|one| decisions.cell(&cell(ALL.0, ALL.1, group(breakdown, one))) == Status::Ok).collect()
}

#[test]
fn what_is_out_stays_shown_under_a_higher_minimum() {
    // At 5 the group of 3 needs company, and 7 is the smallest: 20, 18 and 9 went out. At 10 the 9
    // would be withheld, but everybody has them. 3 + 7 = 10 stay withheld, each under the minimum.
    let survey = definition(1, 0, &[5], 10);
    let people = [by_group(&[20, 18, 9, 3, 7])];
    let figures = after_release(5, &survey, &people);
    let decisions = decide(&survey, &figures);
    assert_eq!(shown(&survey, &decisions, 0), [true, true, true, false, false]);
    // Twice: the only question, and all questions together.
    assert_eq!([Rule::Primary, Rule::Released].map(|rule| decisions.count(rule)), [4, 0]);
    assert_eq!(decisions.withheld().len(), 4);
    assert_eq!(decisions.overruled().iter().copied().collect::<Vec<_>>(), [0]);
    let ignored = decide_without(&survey, &figures, Some(Step::Released));
    assert_eq!(shown(&survey, &ignored, 0), [true, true, false, false, false]);
    assert!(ignored.overruled().is_empty());
}

#[test]
fn what_was_withheld_stays_withheld_under_a_lower_minimum() {
    // At 10 the groups of 6 and 7 were withheld. At 5 both could be shown.
    let survey = definition(1, 0, &[5], 5);
    let figures = after_release(10, &survey, &[by_group(&[20, 18, 12, 6, 7])]);
    let decisions = decide(&survey, &figures);
    assert_eq!(shown(&survey, &decisions, 0), [true, true, true, false, false]);
    assert_eq!([Rule::Primary, Rule::Released].map(|rule| decisions.count(rule)), [0, 4]);
    assert_eq!(decisions.withheld().len(), 4);
    let ignored = decide_without(&survey, &figures, Some(Step::Released));
    assert_eq!(shown(&survey, &ignored, 0), [true; 5]);
}

#[test]
fn this_year_minus_what_is_out_of_last_year() {
    // The group of 9 went out at 5, so under a minimum of 10 its change to 15 may stand.
    let raised = definition(1, 0, &[5], 10);
    let linked = |mut people: Vec<Person>| {
        people.iter_mut().enumerate().for_each(|(one, person)| person.link = Some(one));
        people
    };
    let people = [linked(by_group(&[20, 18, 9, 3, 7])), linked(by_group(&[20, 18, 15, 13, 17]))];
    let change = |survey: &Survey, figures: &Figures, one| {
        let release = release(survey, figures, Policy::Public);
        release.change(&cell(ALL.0, ALL.1, group(0, one)).in_wave(1), 0).unwrap().clone()
    };
    let with = after_release(5, &raised, &people);
    let without = Figures { released: Vec::new(), ..with.clone() };
    assert_eq!(change(&raised, &without, 2).status, Status::Withheld);
    let stands = change(&raised, &with, 2);
    assert_eq!(stands.status, Status::Ok);
    // Not that of those who answered in both years, of whom there are 9 at most.
    assert!(stands.figure.value().unwrap().matched.is_none());
    // The group of 6 was withheld at 10: under 5 its change to 13 could stand.
    let lowered = definition(1, 0, &[5], 5);
    let people = [by_group(&[20, 18, 12, 6, 7]), by_group(&[20, 18, 15, 13, 17])];
    let with = after_release(10, &lowered, &people);
    let without = Figures { released: Vec::new(), ..with.clone() };
    assert_eq!(change(&lowered, &without, 3).status, Status::Ok);
    assert_eq!(change(&lowered, &with, 3).status, Status::Withheld);
}

#[test]
fn what_both_years_asked_yields_to_what_is_out() {
    // 20 people; Q2 was asked in the first wave only, and 3 answered it. All questions together are
    // out. All less the two that both waves asked would be Q2, so these two together, and with them
    // the change of all questions, are not shown.
    let mut survey = definition(3, 0, &[], 5);
    survey.questions[2].asked = Asked::In(BTreeSet::from([0]));
    let score = |one: usize, shift: usize| ((one + shift) % 4) as u8 + 1;
    let first = (0..20).map(|one| {
        Person::of(&[], &[score(one, 0), score(one / 2, 1), if one < 3 { score(one, 0) } else { 9 }])
    });
    let second = (0..20).map(|one| Person::of(&[], &[score(one, 1), score(one / 2, 0)]));
    let figures = after_release(5, &survey, &[first.collect(), second.collect()]);
    let release = release(&survey, &figures, Policy::Public);
    let all = cell(ALL.0, ALL.1, Group::Everyone);
    assert_eq!(release.result(&all).unwrap().status, Status::Ok);
    assert_eq!(release.result(&all.in_wave(1)).unwrap().status, Status::Ok);
    assert_eq!(release.change(&all.in_wave(1), 0).unwrap().status, Status::Withheld);
}

#[test]
fn a_new_breakdown_yields_to_what_is_out() {
    // All 12 of group 0 of the first breakdown are among the 15 of group 0 of the second: 15 - 12 = 3.
    // The first is out, so the second cannot be.
    let survey = definition(1, 0, &[3, 2], 10);
    let people = (0..60_usize).map(|one| {
        let first = if one < 12 { 0 } else { 1 + one % 2 };
        Person::of(&[first, usize::from(one >= 15)], &[(one / 3 % 4) as u8 + 1])
    });
    let people = [people.collect::<Vec<Person>>()];
    let mut then = survey.clone();
    then.audiences[0].breakdowns[1].publish = false;
    let out = results(&then, &figures(&then, &people));
    assert!(!out.contains("b1") && !out.contains("withheld"));
    let figures = Figures { released: vec![earlier(&survey, &out)], ..figures(&survey, &people) };
    let decisions = decide(&survey, &figures);
    assert_eq!(
        [0, 1].map(|breakdown| shown(&survey, &decisions, breakdown)).concat(),
        [true, true, true, false, false]
    );
    assert_eq!(warn_of_released(&survey, &figures, &decisions).iter().count(), 0);
}

#[test]
fn what_is_out_and_gives_itself_away_ends_with_a_warning() {
    // Everyone and all groups but that of 3 are out: 60 - 20 - 18 - 12 - 7 = 3 cannot be undone, and
    // withholding anything else would help nobody.
    let survey = definition(1, 0, &[5], 5);
    let people = [by_group(&[20, 18, 12, 3, 7])];
    let mut then = survey.clone();
    then.audiences[0].minimum_respondents = 2;
    let complete = results(&then, &figures(&then, &people));
    let withheld = complete.lines().map(|line| match line.contains(",g3,") {
        true => line.split(',').take(6).chain(["", "", "", "", "", "withheld"]).collect::<Vec<_>>().join(","),
        false => line.to_owned(),
    });
    let out = withheld.collect::<Vec<_>>().join("\n");
    let figures = Figures { released: vec![earlier(&survey, &out)], ..figures(&survey, &people) };
    let decisions = decide(&survey, &figures);
    assert_eq!(shown(&survey, &decisions, 0), [true, true, true, false, true]);
    let said = warn_of_released(&survey, &figures, &decisions).to_string();
    assert!(said.contains("figures of one that are not shown can be worked out"), "{said}");
    assert!(said.contains("from what is already out: 1\n"), "{said}");
}

#[test]
fn a_figure_that_is_out_cannot_be_another() {
    // One of the 20 of group 0 answers 2 instead of 1: of 20 + 18 + 12 = 50, everyone and group 0
    // change, each for the only question and for all. One more in group 2 changes it and everyone.
    let survey = definition(1, 0, &[3], 5);
    let people = by_group(&[20, 18, 12]);
    let figures_now = |people: Vec<Person>| {
        let out = results(&survey, &figures(&survey, &[by_group(&[20, 18, 12])]));
        Figures { released: vec![earlier(&survey, &out)], ..figures(&survey, &[people]) }
    };
    let said = |people| compare_released(&survey, &figures_now(people)).to_string();
    assert_eq!(said(people.clone()), "");
    let mut changed = people.clone();
    changed[0].answers[0] = 2;
    let text = said(changed);
    assert!(text.contains("error: 4 of the figures that are out for one would be others today"), "{text}");
    // Sums: 1 + 2 + 3 + 4 five times is 50 of 20 answers, 2.5; then 51, 2.55.
    let group = "line 4: people / whole / all / b0 / g0: 20 respondents, 20 answers, 0 no contact, 0 blank, mean 2.5; today 20 respondents, 20 answers, 0 no contact, 0 blank, mean 2.55";
    assert!(text.contains(group), "{text}");
    assert!(text.contains("delete the line `released`"), "{text}");
    let mut more = people.clone();
    more.push(Person::of(&[2], &[0]));
    let text = said(more);
    assert!(text.contains("error: 4 of the figures"), "{text}"); // "no contact" is a count as well
    assert!(
        text.contains("0 no contact, 0 blank, mean 2.5; today 12 respondents, 12 answers, 1 no contact"),
        "{text}"
    );
    let text = said(people[..38].to_vec());
    assert!(text.contains("today 0 respondents, 0 answers, 0 no contact, 0 blank, no mean"), "{text}");
}

#[test]
fn who_answered_again_does_not_tell_how_many_answered() {
    // 8 people in both years, and 5 who joined. Under a minimum of 5 all of these may be told, but
    // everyone of the first year is out as withheld under 10: 8 again and nobody who left are they.
    let survey = definition(1, 0, &[], 5);
    let people = |count: usize| -> Vec<Person> {
        let one = |one: usize| Person { link: Some(one), ..Person::of(&[], &[(one % 4) as u8 + 1]) };
        (0..count).map(one).collect()
    };
    let with = after_release(10, &survey, &[people(8), people(13)]);
    let without = Figures { released: Vec::new(), ..with.clone() };
    let status =
        |figures: &Figures| release(&survey, figures, Policy::Public).movement(0, 0, 1).unwrap().status;
    assert_eq!([status(&without), status(&with)], [Status::Ok, Status::Withheld]);
}
