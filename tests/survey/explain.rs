//! `explain`: one figure from the cells of the export to whether it may be shown.

use rmsurvey::explain::figure_at;

use crate::support::{Folder, rmsurvey, sample, sample_input, sample_output};

const DEFINITION: &str = r#"format = 1
title = "Small survey"

[organisation]
name = "Council"

[scale]
low = 1
high = 4
no-contact = 0
low-label = "low"
high-label = "high"

[[question]]
id = "Q1"
text = "Trust?"

[[question]]
id = "Q2"
text = "Share?"

[audience.staff]
label = "Staff"
respondent = ["ID"]

[[audience.staff.breakdown]]
id = "side"
label = "Side"
columns = ["Side"]
groups = [{ id = "a", label = "A" }, { id = "b", label = "B" }]

[[wave]]
label = "2017/18"
files = { staff = "2017/staff.csv" }
population = "2017/population.csv"

[disclosure]
minimum-respondents = 2
"#;

fn small() -> Folder {
    let folder = Folder::empty();
    folder.write("survey.toml", DEFINITION);
    folder.write("2017/staff.csv", "ID,Side,Trust?,Share?\n1,A,3,4\n2,A,1,0\n3,B,4,\n4,B,2,2\n5,B,3,1\n");
    folder.write("2017/population.csv", "audience,breakdown,group,count\nstaff,all,all,10\n");
    folder
}

fn explain(folder: &Folder, address: &str) -> crate::support::Answer {
    let path = folder.path().to_str().expect("UTF-8");
    rmsurvey(["explain", address, "--input", path])
}

/// By hand. Group A: form 1 gave 3 and 4, form 2 gave 1 and no contact. Sum 8 over 3 scores.
/// Per respondent (k, y) = (2, 7) and (1, 1): yy = 49 + 1, ky = 14 + 1, kk = 4 + 1;
/// 50 - 2 x 8/3 x 15 + 64/9 x 5 = 50/9 = 5.555556; 5 of 10 sent a form, so A = 0.5;
/// sqrt(0.5 x 2 x 50/9) / 3 = 0.785674; t at one degree of freedom tan(0.475 pi) = 12.7062.
#[test]
fn a_figure_is_taken_apart() {
    let folder = small();
    let answer = explain(&folder, "2017/18/staff/whole/all/side/a").expect_code(0);
    let expected = "\
2017/18/staff/whole/all/side/a
Staff in 2017/18, about Council, on all questions together, Side: A
Not for publication

The answers
  score 1               1
  score 2               0
  score 3               1
  score 4               1
  no contact            1 (not in the average)
  not answered          0 (not in the average)
  who answered          2 gave at least one score, of 2 forms

The average
  sum of the scores     1 x 1 + 3 x 1 + 4 x 1 = 8
  number of scores      3
  average               8 / 3 = 2.666667, printed 2.67 (half up, from the exact fraction)

How sure it is
  A respondent's deviation = the sum of their scores - average x how many scores they gave
  Standard error = square root of ( A x B x sum of squared deviations ) / number of all scores
    A = share of those invited who sent no form = 1 - 5 / 10 = 0.500000
    B = respondents / (respondents - 1) = 2 / 1 = 2.000000
    Per respondent, k scores that add up to y: sum of y x y = 50, of k x y = 15, of k x k = 5
    sum of squared deviations = 50 - 2 x 8/3 x 15 + (8/3) x (8/3) x 5 = 5.555556
    = square root of ( 0.500000 x 2.000000 x 5.555556 ) / 3 = 0.785674
  Likely range (95%) = average - and + t x standard error
    t for 1 degrees of freedom (respondents - 1) is 12.7062  [Excel: =T.INV.2T(0.05, 1)]
    = 2.666667 - and + 12.7062 x 0.785674 = -7.32 to 12.65
";
    assert_eq!(answer.out.split("\nMay it be shown?").next(), Some(expected));
    let origin = "
Where it comes from
  2017/staff.csv: 5 of 5 rows used (0 second forms, 0 not used)
  2 rows belong to the group \"A\", which is told by
    2017/staff.csv, column B, \"Side\"
  2 x 2 cells in these columns:
    2017/staff.csv, column C, \"Trust?\"
      scores: 2, adding up to 4; no contact: 0; empty: 0
    2017/staff.csv, column D, \"Share?\"
      scores: 1, adding up to 4; no contact: 1; empty: 0
";
    assert!(answer.out.ends_with(origin), "{}", answer.out);
}

/// Left-out parts mean all; everyone's figure needs no breakdown column.
#[test]
fn the_last_parts_may_be_left_out() {
    let folder = small();
    let full = explain(&folder, "2017/18/staff/whole/all/all/all").expect_code(0).out;
    for short in
        ["2017/18/staff", "2017/18/staff/", "`2017/18/STAFF/whole/All`", "2017/18/staff/whole/all/all"]
    {
        assert_eq!(explain(&folder, short).expect_code(0).out, full);
    }
    // Trust 3 1 4 2 3 and Share 4 2 1: 20 over 8.
    assert!(full.contains("20 / 8 = 2.500000, printed 2.50"), "{full}");
    assert!(!full.contains("column B"), "{full}");
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let folder = small();
    for (address, said) in [
        ("2018/staff", "there is no wave \"2018\" here"),
        ("2017/18", "the address names no audience"),
        ("2017/18/stuff", "there is no audience \"stuff\" here\n  nearest   staff\n  possible  staff"),
        ("2017/18/staff/hole", "nearest   whole\n  possible  whole"),
        ("2017/18/staff/whole/Q3", "possible  all, Q1, Q2"),
        ("2017/18/staff/whole/Q1/sides", "nearest   side\n  possible  all, side"),
        ("2017/18/staff/whole/Q1/side", "the address names no group\n  possible  a, b, not-stated"),
        ("2017/18/staff/whole/Q1/side/not-stated", "there is no group \"not-stated\" here"),
        ("2017/18/staff/whole/Q1/all/a", "possible  all"),
        ("2017/18/staff/whole/Q1/side/a/1", "there is no seventh part \"1\" here"),
    ] {
        let answer = explain(&folder, address).expect_code(2).expect_said(&[said]);
        assert_eq!(answer.out, "");
    }
}

/// The sample: two providers of the South in 2016, fewer than five; owners would give others away.
#[test]
fn a_withheld_figure_says_why() {
    let input = sample_input();
    let explain = |address: &str| {
        rmsurvey(["explain", address, "--input", input.to_str().expect("UTF-8")]).expect_code(0).out
    };
    let few = explain("2016/providers/all/Q1/quadrant/south");
    assert!(few.contains("\nNot for publication\n"), "{few}");
    assert!(
        few.contains("  No. Rule `primary`: it rests on 2 care providers, and the minimum is 5.\n"),
        "{few}"
    );
    let beside = explain("2016/providers/commissioning-officers/all/role/owner");
    assert!(beside.contains("  No. Rule `complementary`: it would give other figures away.\n"), "{beside}");
    assert!(beside.contains("could be worked out, alone or together:\n    2016/providers/"), "{beside}");
    assert!(beside.contains("place the average between 1.00 and 4.00, no closer"), "{beside}");
    let crossed = explain("2016/providers/finance/Q3/quadrant/north");
    assert!(crossed.contains("crossings of all three are never published"), "{crossed}");
    // 2.05 in 2017 less 1.80 in 2016, as published.
    let shown = explain("2017/officers/whole/Q2");
    assert!(!shown.contains("Not for publication"), "{shown}");
    assert!(shown.contains("  since 2016: 2.05 less 1.80 = +0.25 points"), "{shown}");
    assert!(
        shown.contains("  care providers on all ten departments together against it: 2.48 less 2.05"),
        "{shown}"
    );
}

/// Whatever the findings print can be asked for, and means itself.
#[test]
fn every_address_of_the_findings_is_understood() {
    let survey = &sample().survey;
    let page = String::from_utf8(sample_output()["private/findings.md"].clone()).expect("UTF-8");
    let addresses: Vec<&str> = page
        .lines()
        .filter_map(|line| Some(line.strip_prefix("- ")?.rsplit_once(" `")?.1.trim_end_matches('`')))
        .collect();
    assert!(addresses.len() > 20, "{page}");
    for address in addresses {
        let cell = figure_at(survey, address).unwrap_or_else(|unknown| panic!("{address}: {unknown}"));
        let ids = survey.address(&cell);
        let written =
            [ids.wave, ids.audience, ids.department, ids.question, ids.breakdown, ids.group].join("/");
        assert_eq!(written, address);
    }
}
