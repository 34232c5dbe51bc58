//! Sentences of surveys small enough to work out by hand, and of surveys that lack something.

use super::{Finding, Topic, findings, markdown};
use crate::disclose::{Policy, release};
use crate::estimate::estimate;
use crate::small_survey::{Filled, Small};
use crate::view::View;

/// Providers of the groups a and b in turn, of which b scores lower, and one "no contact".
fn forms(count: usize) -> Vec<Filled> {
    let answers: [&[u8]; 4] = [&[3, 3, 2, 4], &[2, 1, 1, 2], &[3, 0, 2, 3], &[2, 2, 1, 1]];
    (0..count).map(|one| ("", Some(one % 2), answers[one % 4])).collect()
}

fn of(minimum: u64, waves: &[(&[Filled], &[Filled])], policy: Policy) -> Vec<Finding> {
    let small = Small::new(minimum, waves);
    let release = release(&small.survey, &estimate(&small.counted()), policy);
    let view = View { survey: &small.survey, release: &release, waves: &small.waves };
    let found = findings(&view);
    found.iter().for_each(reads_well);
    let page = markdown(&view, &found);
    assert_eq!(page.lines().filter(|line| line.starts_with("- ")).count(), found.len(), "{page}");
    found
}

/// A whole sentence with nothing left out of it.
fn reads_well(finding: &Finding) {
    let text = &finding.text;
    assert!(text.ends_with('.'), "{text}");
    assert!(text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit()), "{text}");
    for odd in [
        "  ",
        " ,",
        " .",
        "..",
        ";.",
        ": .",
        "()",
        "NaN",
        "inf",
        " and .",
        ", and,",
        "no change",
        "satisfied",
    ] {
        assert!(!text.contains(odd), "{odd:?} in {text}");
    }
    assert!(!finding.is_headline || !finding.is_detail, "{text}");
}

fn texts(found: &[Finding], topic: Topic) -> Vec<&str> {
    found.iter().filter(|it| it.topic == topic).map(|it| it.text.as_str()).collect()
}

/// By hand, over 8 providers: the council on Trust 3, 2, 3, 2 and on Share 2, 1, 2, 1 count as the whole;
/// the one department on Trust 3, 1, -, 2 and on Share 4, 2, 3, 1. Trust is 12/6 = 2.00, Share 20/8 = 2.50;
/// a scores 26/8 = (3+4+3) * 2 / 6 = 3.33 and b (1+2+2+1) * 2 / 8 = 1.50.
#[test]
fn one_year_of_one_audience() {
    let found = of(2, &[(&forms(8), &[])], Policy::Public);
    assert_eq!(
        texts(&found, Topic::Scores)[1..],
        [
            "In 2016 care providers' averages for the two questions lay between 2.00 and 2.50. They are low to middling: none lies above 2.50, the middle of the scale, though both their likely ranges reach above it.",
            "Care providers scored Share? (2.50) highest in 2016; the order of questions is not tested and could be chance.",
            "Care providers scored Trust? (2.00) lowest in 2016; the order of questions is not tested and could be chance.",
        ]
    );
    assert_eq!(texts(&found, Topic::Change), Vec::<&str>::new());
    assert_eq!(texts(&found, Topic::BothSides), Vec::<&str>::new());
    let headlines: Vec<Topic> = found.iter().filter(|it| it.is_headline).map(|it| it.topic).collect();
    assert_eq!(headlines, [Topic::Response, Topic::Scores, Topic::Attention]);
    let private = of(2, &[(&forms(8), &[])], Policy::Private);
    let groups = texts(&private, Topic::Groups);
    assert!(groups[0].starts_with("Care providers by side, 2016: A (3.33, 4 answered) gave "), "{groups:?}");
    assert!(groups[0].contains("B (1.50, 4 answered)"), "{groups:?}");
}

/// Officers alone score no department, and nothing is said of any.
#[test]
fn a_survey_without_departments() {
    let found = of(2, &[(&[], &forms(8)), (&[], &forms(10))], Policy::Public);
    assert_eq!(texts(&found, Topic::Departments), Vec::<&str>::new());
    assert_eq!(texts(&found, Topic::Contact), Vec::<&str>::new());
    assert!(
        texts(&found, Topic::Change)[0].starts_with("Council officers' average for C as one organisation")
    );
}

/// Four forms where five are asked for: one sentence per audience and year, and no number in any.
#[test]
fn everything_withheld() {
    let few = forms(4);
    let found = of(5, &[(&few, &few), (&few, &few)], Policy::Public);
    let said: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
    let hidden = |who: &str, year: u32| {
        format!("How {who} answered in {year} is not shown: too few answered to protect people.")
    };
    let expected = [
        ("care providers", 2016),
        ("care providers", 2017),
        ("council officers", 2016),
        ("council officers", 2017),
    ];
    assert_eq!(said, expected.map(|(who, year)| hidden(who, year)));
}

/// Groups a and b have eight each, c has three and so have those who stated none: six people, of whom
/// nothing is shown apart.
#[test]
fn a_breakdown_of_which_a_part_is_shown() {
    let answers: &'static [[u8; 4]] = (0..22_u8)
        .map(|one| [0, 1, 2, 3].map(|item| 1 + (one / 2 + item * (one % 3)) % 4))
        .collect::<Vec<_>>()
        .leak();
    let group = |one: usize| match one {
        0..16 => Some(one % 2),
        16..19 => Some(2),
        _ => None,
    };
    let providers: Vec<Filled> =
        answers.iter().enumerate().map(|(one, it)| ("", group(one), it.as_slice())).collect();
    let found = of(5, &[(&providers, &[])], Policy::Public);
    let groups = texts(&found, Topic::Groups);
    assert!(
        groups
            .iter()
            .any(|text| text.starts_with("Not every group of care providers by side is shown for 2016")),
        "{groups:?}"
    );
    assert!(
        groups.iter().all(|text| !text.contains("gave the highest") || text.contains("of the groups shown"))
    );
}

/// The analyst reads of one who answered alone.
#[test]
fn a_group_of_one_in_private() {
    let mut providers = forms(12);
    providers.push(("", Some(2), &[4, 4, 4, 3]));
    let private = of(5, &[(&providers, &[])], Policy::Private);
    let highest = "Care providers by side, 2016: C (3.50, 1 answered) gave the highest scores, but too few answered to test the gap to the next";
    assert!(texts(&private, Topic::Groups)[0].starts_with(highest), "{:?}", texts(&private, Topic::Groups));
}

/// Equal averages have no highest and no lowest.
#[test]
fn all_alike() {
    let alike: Vec<Filled> = (0..8).map(|one| ("", Some(one % 3), [2_u8, 2].as_slice())).collect();
    let found = of(2, &[(&alike, &[]), (&alike, &[])], Policy::Private);
    for finding in &found {
        let text = &finding.text;
        assert!(
            !text.contains("highest") && !text.contains("lowest") || text.contains("the same as"),
            "{text}"
        );
    }
}

#[test]
fn every_lack_reads_well() {
    let (none, few, some, many): (Vec<Filled>, _, _, _) = (Vec::new(), forms(3), forms(6), forms(14));
    let sizes = [&none, &few, &some, &many];
    for providers in sizes {
        for officers in sizes.into_iter().filter(|it| !providers.is_empty() || !it.is_empty()) {
            for later in sizes.into_iter().filter(|it| !it.is_empty()) {
                for policy in [Policy::Public, Policy::Private] {
                    of(5, &[(providers, officers), (later, officers)], policy);
                    of(5, &[(later, officers), (providers, later)], policy);
                }
            }
        }
    }
}
