//! A survey small enough to work out by hand, with references and without, in two waves and in one.

use super::*;
use crate::diagnostics::Diagnostics;
use crate::disclose::{Policy, release};
use crate::findings::{Topic, findings};
use crate::publish::contents::{Placed, paper};
use crate::{estimate, ingest, tally};

/// Four forms, then five: A and B answer twice, C and D leave, E, F and G join.
const EARLIER: &str = "ID,Reference,Trust?,Clear?\n1,A,1,2\n2,B,2,2\n3,C,2,3\n4,D,3,3\n";
const LATER: &str = "ID,Reference,Trust?,Clear?\n1,A,2,2\n2,B,3,3\n3,E,2,3\n4,F,4,4\n5,G,4,2\n";

struct Small {
    has_links: bool,
    minimum: u64,
    waves: &'static [usize],
    has_levels: bool,
}

const LINKED: Small = Small { has_links: true, minimum: 2, waves: &[0, 1], has_levels: true };

impl Small {
    fn definition(&self) -> String {
        let Small { has_links, minimum, has_levels, .. } = self;
        let link = if *has_links { "link = [\"Reference\"]" } else { "" };
        let ignore = if *has_links { "" } else { "\"Reference\"" };
        let levels =
            if *has_levels { "levels = [\"told\", \"asked\", \"involved\", \"together\"]" } else { "" };
        format!(
            "format = 1\ntitle = \"Small\"\nignore = [{ignore}]\n\
             [organisation]\nname = \"Council\"\n[scale]\nlow = 1\nhigh = 4\n\
             [[question]]\nid = \"Q1\"\ntext = \"Trust?\"\n{levels}\n\
             [[question]]\nid = \"Q2\"\ntext = \"Clear?\"\n\
             [audience.providers]\nlabel = \"Care providers\"\nrespondent = [\"ID\"]\n{link}\n\
             [[wave]]\nlabel = \"2016\"\nfiles = {{ providers = \"a.csv\" }}\n\
             [[wave]]\nlabel = \"2017\"\nfiles = {{ providers = \"b.csv\" }}\n\
             [disclosure]\nminimum-respondents = {minimum}\n"
        )
    }

    /// The whole road to a view, for `look` to look at.
    fn publish(&self, look: impl Fn(&View<'_>)) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("survey.toml", &self.definition());
        write("a.csv", EARLIER);
        write("b.csv", LATER);
        let (survey, _) = ingest::definition(folder.path()).unwrap();
        let mut found = Diagnostics::default();
        let input = ingest::read(&survey, folder.path(), self.waves, &mut found);
        assert!(!found.has_errors(), "{found}");
        let counted = tally::count(&survey, self.waves, &input);
        let figures = estimate::estimate(&counted);
        let public = release(&survey, &figures, Policy::Public);
        look(&View { survey: &survey, release: &public, waves: self.waves });
    }
}

fn table(view: &View<'_>, name: &str) -> Option<Vec<Vec<String>>> {
    let table = exhibits(view, &[]).into_iter().find(|exhibit| exhibit.table.name == name)?.table;
    let printed = |row: &Vec<Value>| row.iter().map(|value| value.printed().to_owned()).collect();
    Some(table.rows.iter().map(printed).collect())
}

fn parts(view: &View<'_>) -> Vec<Part> {
    exhibits(view, &[]).iter().map(|exhibit| exhibit.part).collect()
}

fn said(view: &View<'_>, topic: Topic) -> Vec<String> {
    findings(view).into_iter().filter(|finding| finding.topic == topic).map(|finding| finding.text).collect()
}

fn sections(view: &View<'_>) -> Vec<String> {
    let placed = exhibits(view, &[]).into_iter().map(Placed::new);
    let paper = paper(view, &findings(view), &placed.collect::<Vec<_>>(), &ingest::Input::default());
    paper.sections.into_iter().map(|section| section.id).collect()
}

/// By hand: stayers A and B, leavers C and D, joiners E, F and G. Trust? 8/4 = 2.00, then 15/5 = 3.00;
/// A and B rise from 3/2 to 5/2, both by exactly one point, which no test can weigh.
#[test]
fn who_stayed_and_how_they_changed() {
    LINKED.publish(|view| {
        let moved = table(view, "who-answered-again-providers").unwrap();
        let numbers: Vec<&[String]> = moved.iter().map(|row| &row[1..]).collect();
        assert_eq!(numbers, [["2", "2"], ["2", "0"], ["0", "3"], ["4", "5"]]);
        let same = table(view, "same-people-providers").unwrap();
        assert_eq!(same[0][0], "Trust?");
        assert_eq!(
            (same[0][1].as_str(), &same[0][7], &same[0][8]),
            ("+1.00", &"4".to_owned(), &"5".to_owned())
        );
        assert_eq!(same[0][9..], ["+1.00", "+1.00", "+1.00", "not tested", "2"]);
        let said = said(view, Topic::Reality).join(" ");
        assert!(said.contains("2 care providers answered in both years"), "{said}");
        assert!(said.contains("2 had returned one in 2016 and 3 had not"), "{said}");
    });
}

/// Two stayers are fewer than three: nothing tells how many stayed, joined or left.
#[test]
fn few_stayers_are_withheld_with_everything_that_gives_them_away() {
    Small { minimum: 3, ..LINKED }.publish(|view| {
        let moved = table(view, "who-answered-again-providers").unwrap();
        assert!(moved.iter().all(|row| row[1..].iter().all(|cell| cell == "[c]")), "{moved:?}");
        for row in table(view, "same-people-providers").unwrap() {
            assert!(row[9..].iter().all(|cell| cell == "[c]"), "{row:?}");
            assert_ne!(row[1], "[c]");
        }
        let said = said(view, Topic::Reality);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("is not shown, to protect people"), "{said:?}");
    });
}

/// By hand: 2.00 and 3.00 lie where a level is described; the question without levels has no place.
#[test]
fn the_ladder_holds_questions_with_levels_only() {
    LINKED.publish(|view| {
        let ladder = table(view, "ladder-providers").unwrap();
        let places: Vec<&str> = ladder.iter().map(|row| row[5].as_str()).collect();
        assert_eq!(
            places,
            [
                "between level 2 \u{2018}asked\u{2019} and level 3 \u{2018}involved\u{2019}, at the lower end",
                "between level 3 \u{2018}involved\u{2019} and level 4 \u{2018}together\u{2019}, at the lower end",
            ]
        );
    });
    Small { has_levels: false, ..LINKED }.publish(|view| {
        assert!(!parts(view).contains(&Part::Ladder));
        assert!(!sections(view).contains(&"ladder".to_owned()));
    });
}

/// Five answered in 2017 where two are enough to be shown: 25 more to 30, 45 more to 50.
#[test]
fn the_plan_is_for_the_latest_year() {
    LINKED.publish(|view| {
        let plan = table(view, "more-forms-providers").unwrap();
        assert_eq!(plan.len(), 1);
        assert_eq!(plan[0][2..7], ["[x]", "5", "0", "25", "45"]);
    });
    Small { minimum: 6, ..LINKED }.publish(|view| {
        let plan = table(view, "more-forms-providers").unwrap();
        assert!(plan[0][2..].iter().all(|cell| cell == "[c]"), "{plan:?}");
    });
}

/// Long enough to say something, short enough to be read across a room.
#[test]
fn headlines_have_at_most_ten_words() {
    LINKED.publish(|view| {
        let charts: Vec<_> = exhibits(view, &[]).into_iter().filter_map(|exhibit| exhibit.chart).collect();
        assert!(charts.len() > 5, "{}", charts.len());
        for chart in charts {
            assert!(chart.headline.split_whitespace().count() <= 10, "{}", chart.headline);
        }
    });
}

/// By hand: 8 and 10 in four forms, then 15 and 14 in five: 18/8 and 29/10.
#[test]
fn the_trend_holds_every_year_of_the_run() {
    LINKED.publish(|view| {
        let trend = table(view, "trend").unwrap();
        let ends: Vec<[&str; 3]> = trend.iter().map(|row| [&row[1][..], &row[2][..], &row[5][..]]).collect();
        assert_eq!(ends, [["2016", "2.25", "4"], ["2017", "2.90", "5"]]);
    });
    Small { minimum: 5, ..LINKED }.publish(|view| {
        let trend = table(view, "trend").unwrap();
        assert!(trend[0][2..].iter().all(|cell| cell == "[c]"), "{trend:?}");
    });
    let one_wave: &[usize] = &[1];
    Small { waves: one_wave, ..LINKED }.publish(|view| assert!(table(view, "trend").is_none()));
}

#[test]
fn anonymous_and_one_wave_surveys_read_complete() {
    let one_wave: &[usize] = &[1];
    for small in [Small { has_links: false, ..LINKED }, Small { waves: one_wave, ..LINKED }] {
        small.publish(|view| {
            assert!(!parts(view).contains(&Part::Reality));
            assert_eq!(said(view, Topic::Reality), Vec::<String>::new());
            assert!(!sections(view).contains(&"reality".to_owned()));
            for exhibit in exhibits(view, &[]) {
                assert!(!exhibit.table.rows.is_empty(), "{}", exhibit.table.name);
            }
        });
    }
}
