//! Leaks through what figures say beyond their sums: errors, forms, tests, weights, counts, order.

use super::*;

/// A folder whose results are the given lines, after wave and audience.
fn with_results(groups: &[&str], lines: &[&str]) -> PublicFiles {
    let mut files = folder(groups, &[]);
    files.results = String::from(
        "wave,audience,department,question,breakdown,group,respondents,answers,no_contact,blank,mean,se,top_share,status\n",
    );
    for line in lines {
        files.results += &format!("2017,providers,{line}\n");
    }
    files
}

fn table(name: &str, title: &str, text: &str) -> Vec<TextFile> {
    let title = serde_json::json!({ "dc:title": title }).to_string();
    vec![
        TextFile { name: format!("tables/01-{name}.csv"), text: text.to_owned() },
        TextFile { name: format!("tables/01-{name}.csv-metadata.json"), text: title },
    ]
}

/// Everyone gave 2 ones, 5 twos, 14 threes and 2 fours: 62 points, squares 180, less 62² / 23 =
/// 12.87, error sqrt(12.87 / 506) = 0.159. North gave 2, 3, 3 and 2 of them: squares 73 less 62.5,
/// error sqrt(10.5 / 90) = 0.342. So South and West gave 2 twos and 11 threes, and Q2 tells that South
/// are 6 of the 13: its mean is 16 / 6 at least, and 3 at most.
#[test]
fn errors_tell_how_often_each_score_was_given() {
    let lines = |errors: [&str; 2]| {
        [
            format!("whole,Q1,all,all,23,23,0,0,{},{},0.696,ok", 62.0 / 23.0, errors[0]),
            format!("whole,Q1,area,north,10,10,0,0,2.5,{},0.5,ok", errors[1]),
            "whole,Q1,area,south,,,,,,,,withheld".to_owned(),
            "whole,Q1,area,west,,,,,,,,withheld".to_owned(),
            "whole,Q2,all,all,23,23,0,0,2,,,ok".to_owned(),
            "whole,Q2,area,north,10,10,0,0,2,,,ok".to_owned(),
            "whole,Q2,area,south,6,6,0,0,2,,,ok".to_owned(),
            "whole,Q2,area,west,7,7,0,0,2,,,ok".to_owned(),
        ]
    };
    let found_with = |errors: [&str; 2]| {
        let lines = lines(errors);
        found(&with_results(&["north", "south", "west"], &lines.each_ref().map(String::as_str)))
    };
    assert_eq!(found_with(["", ""]), [""; 0]);
    let found_there = found_with(["0.159", "0.342"]);
    assert_eq!(found_there.len(), 2, "{found_there:?}");
    assert!(found_there[0].contains("Q1/area/south  mean 2.67 to 3.00"), "{found_there:?}");
    assert!(found_there[1].contains("Q1/area/west  mean 2.71 to 3.00"), "{found_there:?}");
    // An error that no answers have says that errors are made in another way: then they say nothing.
    assert_eq!(found_with(["0.159", "0.999"]), [""; 0]);
}

#[test]
fn forms_of_one_group_give_those_of_the_other() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let title = "Forms returned and response rate by group, care providers, 2017";
    files.tables = table(
        "responses-providers",
        title,
        "Breakdown,Group,2017 invited (number),2017 forms returned (number)\n\
         Everyone,Everyone,100,22\nArea,North,50,10\nArea,South,[c],9\n",
    );
    let found = found(&files);
    // West is what is left: 22 - 10 - 9 = 3, and all of them answered the one question.
    assert!(found.iter().any(|one| one.contains("area/west  respondents 3")), "{found:?}");
}

/// 40 invited and 22 forms are 18 who were silent; 16 of them answered in 2016, two in neither year.
#[test]
fn leavers_who_were_invited_again_tell_of_the_others_who_were_silent() {
    let with = |invited: u32, again: &str| {
        let mut files = two_withheld((22, 22, 0, 0, 55));
        files.tables = table(
            "responses-providers",
            "Forms returned and response rate by group, care providers, 2017",
            &format!(
                "Breakdown,Group,2017 invited (number),2017 forms returned (number)\nEveryone,Everyone,{invited},22\n"
            ),
        );
        let rows = format!(
            "Who,2016 (number),2017 (number)\nReturned a form in 2016 only,21,0\n{again}Everyone who returned a form,33,22\n"
        );
        let again =
            table("who-answered-again-providers", "Who answered again, care providers, 2016 and 2017", &rows);
        files.tables.extend(again);
        found(&files)
    };
    let split = "\"of these, invited in 2017 too\",16,0\n\"of these, not invited in 2017\",5,0\n";
    let expected = "2017/providers/who-answered-again-providers///  of 18 who were silent, 16 had answered before  \
                    (sets of people: 40 invited less the 22 who answered)";
    assert_eq!(with(40, split), [expected]);
    assert_eq!(with(40, ""), [""; 0]);
    for invited in [38, 43, 100] {
        assert_eq!(with(invited, split), [""; 0], "{invited}");
    }
}

#[test]
fn a_test_may_not_rest_on_groups_that_are_not_shown() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let with = |row: &str| {
        let text = format!(
            "Compared,Question,p,F,Numerator degrees of freedom,Denominator degrees of freedom,Sides (number),Who answered (number)\n{row}\n"
        );
        table(
            "distribution-tests-groups-2017",
            "Tests whether groups spread their answers alike, 2017",
            &text,
        )
    };
    // The audience here scores departments: its tests are about all of them.
    files.results = files.results.replace("whole/", "all/").replace(",whole,", ",all,");
    files.tables = with("Care providers by area,Q1 Trust,0.345,1.11,2.0,18.0,1,10");
    assert_eq!(found(&files), [""; 0]);
    files.tables = with("Care providers by area,Q1 Trust,0.345,1.11,2.0,42.0,3,22");
    let found_there = found(&files);
    assert_eq!(found_there.len(), 1, "{found_there:?}");
    assert!(
        found_there[0].contains("area/south  a test over 3 groups, of which 1 are shown"),
        "{found_there:?}"
    );
    // Merged or not: 14 people are four more than those of North. The degrees say it too.
    for row in ["0.345,1.11,2.0,26.0,1,14", "0.345,1.11,10.0,130.0,1,[c]"] {
        files.tables = with(&format!("Care providers by area,Q1 Trust,{row}"));
        let found = found(&files);
        assert!(
            found.iter().any(|one| one.contains("respondents beyond those of the groups shown")),
            "{found:?}"
        );
    }
}

/// 100 invited, 50 of the North, 20 and 30 of South and West; forms 10, 3 and 9. A form of the South
/// weighs 0.2 / (3 / 22) = 1.47, one of the West 0.3 / (9 / 22) = 0.73, one of the North 1.1: the mean
/// weight is 1 and the squares add up to 10 × 1.21 + 3 × 2.151 + 9 × 0.538 = 23.39, a cost of 1.06.
/// Matched as one they weigh 0.5 / (12 / 22) = 0.92.
#[test]
fn weights_tell_how_many_forms_a_group_returned() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let all: String =
        files.results.lines().skip(1).map(|line| line.replace("whole,Q1", "all,all") + "\n").collect();
    files.results += &all;
    files.about = files.about.replace("\"south\":\"South\"", "\"south\":\"South\",\"west\":\"West\"");
    let responses = "Breakdown,Group,2017 invited (number),2017 forms returned (number)\n\
         Everyone,Everyone,100,22\nArea,North,50,10\nArea,South,20,[c]\nArea,West,30,[c]\n";
    let weightings = |row: &str| {
        let text = format!(
            "Weighted by,Year,\"Weighted average, all questions (score 1 to 4)\",Forms returned (number),Effective number of forms (number),Design effect (ratio),Smallest weight (times the average weight),Largest weight (times the average weight)\nArea,2017,{row}\n"
        );
        let title = "How answers were weighted to the number invited, care providers";
        let responses = table("responses-providers", "Forms returned, care providers, 2017", responses);
        [responses, table("weightings-providers", title, &text)].concat()
    };
    // Matched as one: (1.1 × 25 + 0.917 × 30) / 22 = 2.50, cost (10 × 1.21 + 12 × 0.840) / 22 = 1.01.
    files.tables = weightings("2.50,22,22,1.01,0.92,1.10");
    assert_eq!(found(&files), [""; 0]);
    files.tables = weightings("2.60,22,21,1.06,0.73,1.47");
    let found = found(&files);
    assert!(
        found
            .iter()
            .any(|one| one.contains("all/all/area/south  3 forms") && one.contains("how a change splits")),
        "{found:?}"
    );
}

/// South 3 forms and West 9 as above. The weighted average, 2.27, is one more sum: 22 × 2.27 = 49.9
/// less North's 1.1 × 25 leaves 22.4 = 1.467 s + 0.733 (30 - s), so s is about 0.6, below any three
/// answers: with three points the mean is 1.
#[test]
fn a_weighted_average_is_one_more_sum() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let all: String =
        files.results.lines().skip(1).map(|line| line.replace("whole,Q1", "all,all") + "\n").collect();
    files.results += &all;
    files.about = files.about.replace("\"south\":\"South\"", "\"south\":\"South\",\"west\":\"West\"");
    let responses = "Breakdown,Group,2017 invited (number),2017 forms returned (number)\n\
         Everyone,Everyone,100,22\nArea,North,50,10\nArea,South,20,[c]\nArea,West,30,[c]\n";
    let rows = "Weighted by,Year,\"Weighted average, all questions (score 1 to 4)\",Effective number of forms (number),Design effect (ratio),Smallest weight,Largest weight\n\
                Area,2017,2.75,21,1.06,0.73,1.47\n";
    files.tables = [
        table("responses-providers", "Forms returned, care providers, 2017", responses),
        table("weightings-providers", "How answers were weighted, care providers", rows),
    ]
    .concat();
    // 22 × 2.75 = 60.5 = 27.5 + 0.733 × 30 + 0.733 s: s = 15 of some number of answers from 4 to 11.
    let found = found(&files);
    assert!(found.iter().any(|one| one.contains("area/south  3 forms")), "{found:?}");
}

#[test]
fn few_people_may_not_stand_in_a_count_of_their_own() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let with = |row: &str| {
        let text = format!(
            "Audience,Year,Forms (number),Same score everywhere (number),Only no contact (number)\nCare providers,2017,{row}\n"
        );
        table("response-patterns", "Forms by the pattern of their answers, 2017", &text)
    };
    for (row, is_clean) in
        [("22,[c],0", true), ("22,5,17", true), ("22,4,0", false), ("22,19,0", false), ("3,0,0", false)]
    {
        files.tables = with(row);
        let found = found(&files);
        assert_eq!(found.is_empty(), is_clean, "{row}: {found:?}");
    }
    let again = |left: i64| {
        let text = format!("Who,2016 (number),2017 (number)\nReturned a form in 2017 only,0,{left}\n");
        table("who-answered-again-providers", "Who answered again, care providers, 2016 and 2017", &text)
    };
    files.tables = again(5);
    assert_eq!(found(&files), [""; 0]);
    files.tables = again(4);
    assert_eq!(found(&files).len(), 1);
}

#[test]
fn a_place_in_the_order_of_values_is_a_value() {
    let areas = ["north", "mid", "south", "west", "county"];
    let mut files = folder(
        &areas,
        &[
            ("whole/Q1/all/all", Some((60, 60, 0, 0, 150))),
            ("whole/Q1/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q1/area/mid", Some((12, 12, 0, 0, 30))),
            ("whole/Q1/area/south", WITHHELD),
            ("whole/Q1/area/west", WITHHELD),
            ("whole/Q1/area/county", Some((11, 11, 0, 0, 30))),
        ],
    );
    files.about = files.about.replace(
        "\"south\":\"South\"",
        "\"south\":\"South\",\"mid\":\"Mid\",\"west\":\"West\",\"county\":\"County\"",
    );
    let with = |rows: &str| {
        let text = format!("Area,Q1 Trust (score)\n{rows}\n");
        table("by-area", "Average score by area, care providers, The council, 2017", &text)
    };
    files.tables = with("North,2.50\nMid,2.50\nSouth,[c]\nWest,[c]\nCounty,2.73");
    assert_eq!(found(&files), [""; 0], "the order of the definition");
    files.tables = with("County,2.73\nSouth,[c]\nMid,2.60\nNorth,2.50\nWest,[c]");
    let found_there = found(&files);
    assert_eq!(found_there.len(), 1, "{found_there:?}");
    assert!(
        found_there[0].contains("South stands between others in the order of Q1 Trust (score)"),
        "{found_there:?}"
    );
    files.tables = with("County,2.73\nMid,2.60\nNorth,2.50\nSouth,[c]\nWest,[c]");
    assert_eq!(found(&files), [""; 0], "those not shown stand last");
}
