//! What the council concluded from its survey (`tests/expected/published.toml`), as the findings have to
//! say it: names, figures from the exports, and the tests that the wording has to agree with.

use crate::support::{At, sample};

/// What stands behind a sentence: the tests that it has to agree with.
pub enum Evidence {
    /// Nothing is compared.
    Plain,
    /// No test holds these figures against each other, and the sentence says so.
    Order,
    /// Rows of `gaps.csv`: wave, kind, audience, department, question, breakdown, left and right.
    Gaps(Vec<[&'static str; 8]>),
    /// A row of `changes.csv`: audience, department.
    Change([&'static str; 2]),
}

/// One sentence: where its address begins, and what it has to hold.
pub struct Sentence {
    pub id: &'static str,
    pub address: &'static str,
    pub parts: Vec<String>,
    pub evidence: Evidence,
}

pub fn question(id: &str) -> String {
    let question = sample().survey.questions.iter().find(|one| one.id == id).expect("a question");
    format!("{id} {}", question.short)
}

/// "Q1 Sharing information (1.91)", from the exports.
fn scored(at: At<'_>, id: &str) -> String {
    format!("{} ({})", question(id), mean(at.question(id)))
}

fn all_scored(at: At<'_>, ids: &[&str]) -> String {
    let all: Vec<String> = ids.iter().map(|id| scored(at, id)).collect();
    let (last, first) = all.split_last().expect("questions");
    format!("{} and {last}", first.join(", "))
}

fn mean(at: At<'_>) -> String {
    sample().mean(at).rounded(2)
}

/// "North (2.73, 7 answered)".
fn group(at: At<'_>, label: &str) -> String {
    format!("{label} ({}, {} answered)", mean(at), sample().counts(at).respondents)
}

fn named(at: At<'_>, label: &str) -> String {
    format!("{label} ({})", mean(at))
}

fn of_groups(
    audience: &'static str,
    department: &'static str,
    breakdown: &'static str,
    left: &'static str,
    right: &'static str,
) -> [&'static str; 8] {
    ["2016", "groups", audience, department, "all", breakdown, left, right]
}

fn of_providers(breakdown: &'static str, left: &'static str, right: &'static str) -> [&'static str; 8] {
    of_groups("providers", "all", breakdown, left, right)
}

fn of_officers(breakdown: &'static str, left: &'static str, right: &'static str) -> [&'static str; 8] {
    of_groups("officers", "whole", breakdown, left, right)
}

fn of_departments(left: &'static str, right: &'static str) -> [&'static str; 8] {
    ["2016", "departments", "providers", "", "all", "all", left, right]
}

fn of_sides(question: &'static str) -> [&'static str; 8] {
    ["2016", "audiences", "", "all", question, "all", "providers", "officers"]
}

/// Every published statement, some in more than one sentence.
pub fn sentences() -> Vec<Sentence> {
    use Evidence::{Change, Gaps, Order, Plain};
    let all = At::providers("2016");
    let whole = At::officers("2016");
    let by = |breakdown, group| all.group(breakdown, group);
    let of = |breakdown, group| whole.group(breakdown, group);
    let mut sentences = Vec::new();
    let mut say = |id, address, parts: Vec<String>, evidence| {
        sentences.push(Sentence { id, address, parts, evidence });
    };
    let highest = |at, label: &str| format!("{} gave the highest scores", group(at, label));
    let lowest = |at, label: &str| format!("{} gave the lowest scores", group(at, label));

    let ends = [mean(all.question("Q1")), mean(all.question("Q5"))];
    let range = format!("lay between {} and {}", ends[0], ends[1]);
    say("P0", "2016/providers/all/all/all/all", vec![range, "low to middling".into()], Plain);
    let top = format!("scored {} highest", all_scored(all, &["Q5", "Q6", "Q8"]));
    say("P1", "2016/providers/all/Q5/all/all", vec![top], Order);
    let bottom = format!("scored {}, {}", scored(all, "Q1"), scored(all, "Q3"));
    say("P2", "2016/providers/all/Q1/all/all", vec![bottom, "lowest in 2016".into()], Order);
    let at = all.department("safeguarding");
    say(
        "P3",
        "2016/providers/safeguarding/all/all/all",
        vec![
            format!("{} highest", named(at, "Safeguarding")),
            format!("highest question of Safeguarding was {}", scored(at, "Q6")),
        ],
        Gaps(vec![of_departments("quality-improvement", "safeguarding")]),
    );
    say(
        "P4",
        "2016/providers/finance/all/all/all",
        vec![format!("{} lowest", named(all.department("finance"), "Finance"))],
        Gaps(vec![of_departments("commissioning-officers", "finance")]),
    );
    let north = by("quadrant", "north");
    say(
        "P5",
        "2016/providers/all/all/quadrant/north",
        vec![
            highest(north, "North"),
            format!("highest questions of North were {}", all_scored(north, &["Q6", "Q8", "Q7"])),
        ],
        Gaps(vec![
            of_providers("quadrant", "north", "county-wide"),
            of_providers("quadrant", "north", "rest"),
        ]),
    );
    let places = [("north", "North"), ("county-wide", "County wide"), ("south", "South"), ("mid", "Mid")];
    let places = places.map(|(id, label)| named(by("quadrant", id), label)).join(", ");
    let order = format!("the order, from the highest, is {places} and ");
    say(
        "P6",
        "2016/providers/all/all/quadrant/",
        vec![order.clone()],
        Gaps(vec![of_providers("quadrant", "county-wide", "rest")]),
    );
    let west = by("quadrant", "west");
    say(
        "P7",
        "2016/providers/all/all/quadrant/west",
        vec![
            lowest(west, "West"),
            format!("closely followed by {}", named(by("quadrant", "mid"), "Mid")),
            format!("lowest questions of West were {}", scored(west, "Q1")),
        ],
        Gaps(vec![of_providers("quadrant", "mid", "west")]),
    );
    say(
        "P8",
        "2016/providers/all/all/quadrant/",
        vec![order],
        Gaps(vec![of_providers("quadrant", "south", "rest")]),
    );
    let worst = format!("South: {}", scored(by("quadrant", "south"), "Q3"));
    say("P8", "2016/providers/all/all/quadrant/", vec![worst], Order);
    let [homecare, residential] = ["homecare", "residential"].map(|it| by("service-type", it));
    let sides = [group(homecare, "Homecare"), group(residential, "Residential")];
    say(
        "P9",
        "2016/providers/all/all/service-type/homecare",
        vec![format!("{} gave marginally higher scores than {}", sides[0], sides[1])],
        Gaps(vec![of_providers("service-type", "homecare", "residential")]),
    );
    let small = by("size", "small");
    say(
        "P10",
        "2016/providers/all/all/size/small",
        vec![
            highest(small, "Small"),
            format!("highest questions of Small were {}, {}", scored(small, "Q8"), scored(small, "Q6")),
        ],
        Gaps(vec![of_providers("size", "small", "large"), of_providers("size", "small", "rest")]),
    );
    say(
        "P11",
        "2016/providers/all/all/role/director",
        vec![highest(by("role", "director"), "Director / senior manager")],
        Gaps(vec![of_providers("role", "director", "care-manager")]),
    );
    let least = by("ecc-share", "0-25");
    say(
        "P12",
        "2016/providers/all/all/ecc-share/0-25",
        vec![
            highest(least, "0-25%"),
            format!("highest questions of 0-25% were {}", all_scored(least, &["Q6", "Q5", "Q8"])),
        ],
        Gaps(vec![of_providers("ecc-share", "0-25", "50-75")]),
    );
    let half = by("ecc-share", "25-50");
    say(
        "P13",
        "2016/providers/all/all/ecc-share/25-50",
        vec![
            lowest(half, "25-50%"),
            format!("lowest questions of 25-50% were {}, {}", scored(half, "Q1"), scored(half, "Q3")),
        ],
        Gaps(vec![of_providers("ecc-share", "25-50", "75-100"), of_providers("ecc-share", "25-50", "rest")]),
    );
    // 12, 11 and 10 a question of 25 are 48%, 44% and 40%; 2 are 8%.
    say(
        "P14",
        "2016/providers/community-agents/all/all/all",
        vec![
            "\u{201c}no contact\u{201d} most often about Community Agents (48%, 12 a question on average), Procurement (48%, 12)".into(),
            "Commissioning Officers (44%, 11) and Adult Operations - Senior Managers (40%, 10)".into(),
        ],
        Order,
    );
    say(
        "P15",
        "2016/providers/",
        vec![
            "least often about".into(),
            "Safeguarding (8%, 2".into(),
            "Service Teams (8%, 2".into(),
            "Service Placement Team (8%, 2".into(),
        ],
        Order,
    );
    let most = ["Q2", "Q3", "Q4"].map(|id| format!("{} (30%)", question(id)));
    let most = format!("most often on {}, {} and {}", most[0], most[1], most[2]);
    say("P16", "2016/providers/all/Q2/all/all", vec![most], Order);

    let grades = [("director", "Director"), ("head-of-service", "Head of service"), ("manager", "Manager")];
    let grades = grades.map(|(id, label)| named(of("grade", id), label)).join(", ");
    let officer = named(of("grade", "officer"), "Officer");
    say(
        "O1",
        "2016/officers/whole/all/grade/",
        vec!["averages rise at every step".into(), format!("{grades} and {officer}")],
        Gaps(vec![of_officers("grade", "director", "officer")]),
    );
    let worst =
        |id: &str, label: &str, question| format!("{label}: {}", scored(whole.group("grade", id), question));
    say("O2", "2016/officers/whole/all/grade/", vec![worst("officer", "Officer", "Q7")], Order);
    let [heads, managers] =
        [worst("head-of-service", "Head of service", "Q2"), worst("manager", "Manager", "Q2")];
    say("O3", "2016/officers/whole/all/grade/", vec![heads.clone(), managers], Order);
    say("O4", "2016/officers/whole/all/grade/", vec![heads + ", then Q6 and Q8."], Order);
    let next = named(of("directorate", "adult-operations"), "Adult Operations");
    say(
        "O5",
        "2016/officers/whole/all/directorate/commercial",
        vec![highest(of("directorate", "commercial"), "Commercial"), format!("the next, {next}")],
        Gaps(vec![of_officers("directorate", "commercial", "adult-operations")]),
    );
    say(
        "O5",
        "2016/officers/whole/all/directorate/commissioning",
        vec![lowest(of("directorate", "commissioning"), "Commissioning"), format!("the next, {next}")],
        Gaps(vec![of_officers("directorate", "adult-operations", "commissioning")]),
    );
    let bottom = format!("scored {} lowest", all_scored(whole, &["Q2", "Q3", "Q7"]));
    say("O6", "2016/officers/whole/Q2/all/all", vec![bottom], Order);

    let alike = ["Q3", "Q4", "Q5", "Q6"].map(question);
    let alike = format!("scored {} and {} similarly in 2016", alike[..3].join(", "), alike[3]);
    say("X1", "2016/providers/all/Q3/all/all", vec![alike], Gaps(vec![of_sides("Q3"), of_sides("Q6")]));
    let lower = format!("and {} (\u{2212}0.49 points) clearly lower", question("Q1"));
    say("X2", "2016/providers/all/Q2/all/all", vec![lower], Gaps(vec![of_sides("Q1")]));
    let higher = format!("scored {} (+0.52 points) clearly higher", question("Q2"));
    say("X3", "2016/providers/all/Q2/all/all", vec![higher], Gaps(vec![of_sides("Q2")]));
    let unclear = format!(
        "higher than council officers on {} (+0.29 points) and {} (+0.27)",
        question("Q7"),
        question("Q8")
    );
    say("X3", "2016/providers/all/Q7/all/all", vec![unclear], Gaps(vec![of_sides("Q7"), of_sides("Q8")]));
    let theirs = of("quadrant", "north");
    say(
        "X4",
        "2016/providers/all/all/quadrant/north",
        vec![format!(
            "North gave the highest scores among care providers ({}) and the lowest among council officers ({}), lowest of all on {}",
            mean(north),
            mean(theirs),
            scored(theirs, "Q3")
        )],
        // Of officers too few answered to test; the sentence says that it could be chance.
        Gaps(vec![of_providers("quadrant", "north", "rest")]),
    );
    say(
        "X5",
        "2016/officers/whole/all/quadrant/south",
        vec![
            format!("{} gave the highest scores", group(of("quadrant", "south"), "South")),
            format!("the next, {}", named(of("quadrant", "mid"), "Mid")),
        ],
        Gaps(vec![of_officers("quadrant", "mid", "south")]),
    );
    let county = of("quadrant", "county-wide");
    say(
        "X6",
        "2016/officers/whole/all/quadrant/county-wide",
        vec!["26 of the 40 who answered are in County wide".into()],
        Plain,
    );
    say(
        "X6",
        "2016/officers/whole/all/quadrant/",
        vec![format!("County wide: {}", scored(county, "Q2"))],
        Order,
    );
    say(
        "Y1",
        "2017/providers/all/all/all/all",
        vec![
            "77 care providers answered in 2017".into(),
            "25 did in 2016, so more than three times as many".into(),
        ],
        Plain,
    );
    let [before, after] = ["2016", "2017"].map(|wave| mean(At::providers(wave)));
    say(
        "Y2",
        "2017/providers/all/all/all/all",
        vec![format!("from {before} in 2016 to {after} in 2017 (+0.22 points, +10%)")],
        Change(["providers", "all"]),
    );
    sentences
}
