//! Leaks through what adds up: groups, departments and questions, years, gaps and changes.

use super::*;

const AREAS: [&str; 5] = ["north", "mid", "south", "west", "county"];

#[test]
fn one_of_five_groups_is_everyone_less_the_four() {
    // Answers 50 - 10 - 12 - 14 - 11 = 3, sum 120 - 25 - 30 - 33 - 26 = 6.
    let files = folder(
        &AREAS,
        &[
            ("whole/Q1/all/all", Some((50, 50, 0, 0, 120))),
            ("whole/Q1/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q1/area/mid", Some((12, 12, 0, 0, 30))),
            ("whole/Q1/area/south", WITHHELD),
            ("whole/Q1/area/west", Some((14, 14, 0, 0, 33))),
            ("whole/Q1/area/county", Some((11, 11, 0, 0, 26))),
        ],
    );
    let expected = "2017/providers/whole/Q1/area/south  respondents 3, answers 3, sum 6, no contact 0, mean 2.00  \
                    (subtraction: everyone less the other groups)";
    assert_eq!(found(&files), [expected]);
}

#[test]
fn two_withheld_groups_of_twelve_stay_open() {
    // 12 answers with a sum of 30 between them: either may have any mean.
    assert_eq!(found(&two_withheld((22, 22, 0, 0, 55))), [""; 0]);
}

#[test]
fn two_withheld_groups_of_three_are_a_small_set() {
    let expected = "2017/providers/whole/Q1/area/south+west  3 respondents  \
                    (sets of people: everyone less the groups that are shown)";
    assert_eq!(found(&two_withheld((13, 13, 0, 0, 33))), [expected]);
}

#[test]
fn two_withheld_groups_that_nobody_belongs_to_are_known_to_be_empty() {
    let found = found(&two_withheld((10, 10, 0, 0, 25)));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|one| one.contains("respondents 0  (bounds: ")), "{found:?}");
}

#[test]
fn two_withheld_groups_close_to_the_lowest_score_are_confined() {
    // 12 answers with a sum of 13. While either may have one answer only, its mean may be 2; with
    // both bases known to be 6 it is 1 or 7 / 6.
    let mut files = two_withheld((22, 22, 0, 0, 38));
    assert_eq!(found(&files), [""; 0]);
    files.gaps = "wave,kind,audience,department,question,breakdown,left,right,left_respondents,right_respondents,left_mean,right_mean,gap,status\n\
                  2017,groups,providers,whole,Q1,area,north,south,10,6,,,,withheld\n"
        .to_owned();
    let found = found(&files);
    assert!(
        found.iter().any(|one| one.contains("/area/south") && one.contains("right_respondents 6")),
        "{found:?}"
    );
    for place in ["/area/south", "/area/west"] {
        let confined = format!("{place}  mean 1.00 to 1.17  (bounds: ");
        assert!(found.iter().any(|one| one.contains(&confined)), "{found:?}");
    }
}

#[test]
fn a_square_of_two_by_two_is_not_determined() {
    let square = |corner: Option<Counts>| {
        folder(
            &["north", "south"],
            &[
                ("all/Q1/all/all", Some((20, 40, 0, 0, 100))),
                ("finance/Q1/all/all", Some((20, 20, 0, 0, 48))),
                ("procurement/Q1/all/all", Some((20, 20, 0, 0, 52))),
                ("all/Q1/area/north", Some((10, 20, 0, 0, 50))),
                ("all/Q1/area/south", Some((10, 20, 0, 0, 50))),
                ("finance/Q1/area/north", corner),
                ("finance/Q1/area/south", WITHHELD),
                ("procurement/Q1/area/north", WITHHELD),
                ("procurement/Q1/area/south", WITHHELD),
            ],
        )
    };
    // Every form has one answer to each department, so the bases follow from the forms; the sums do
    // not: 24 + t, 24 - t, 26 - t, 26 + t.
    let open = found(&square(WITHHELD));
    assert!(open.iter().all(|one| !one.contains("sum")), "{open:?}");
    // One corner gives the other three: 23, 25, 27, 25.
    let closed = found(&square(Some((10, 10, 0, 0, 25))));
    for (place, sum) in
        [("finance/Q1/area/south", 23), ("procurement/Q1/area/north", 25), ("procurement/Q1/area/south", 27)]
    {
        assert!(
            closed.iter().any(|one| one.contains(place) && one.contains(&format!("sum {sum}"))),
            "{closed:?}"
        );
    }
}

#[test]
fn one_department_is_all_less_the_others() {
    // 30 - 18 = 12 answers, 70 - 40 = 30 points.
    let files = folder(
        &[],
        &[
            ("all/Q1/all/all", Some((20, 30, 10, 0, 70))),
            ("finance/Q1/all/all", Some((18, 18, 2, 0, 40))),
            ("procurement/Q1/all/all", WITHHELD),
        ],
    );
    let found = found(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("answers 12, sum 30, no contact 8, mean 2.50"), "{found:?}");
}

#[test]
fn one_question_is_all_less_the_others() {
    let files = folder(
        &[],
        &[
            ("whole/all/all/all", Some((20, 38, 0, 2, 90))),
            ("whole/Q1/all/all", Some((20, 20, 0, 0, 44))),
            ("whole/Q2/all/all", WITHHELD),
        ],
    );
    let found = found(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("/whole/Q2/all/all  respondents 18, answers 18, sum 46"), "{found:?}");
}

/// North shown, South and West withheld with 12 answers between them.
fn with_gap(places: &str) -> Vec<String> {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    files.gaps = format!(
        "wave,kind,audience,department,question,breakdown,left,right,left_respondents,right_respondents,left_mean,right_mean,gap,status\n2017,groups,providers,whole,Q1,area,{places},ok\n"
    );
    found(&files)
}

#[test]
fn a_gap_with_one_known_side_gives_the_other() {
    // North has 2.5; a gap of -0.25 leaves 2.75 for South.
    let found = with_gap("north,south,,,,,-0.25");
    assert!(
        found.iter().any(|one| one.contains("area/south  mean 2.75  (a mean of several groups")),
        "{found:?}"
    );
    // And the row itself stands where none should.
    assert!(found.iter().any(|one| one.contains("gap -0.25  (shown in a file: data/gaps.csv)")), "{found:?}");
}

#[test]
fn the_rest_with_its_base_is_a_sum() {
    // West against the rest, North and South, who are 18: South has 8 respondents, West 4.
    let found = with_gap("west,rest,,18,,,");
    assert!(found.iter().any(|one| one.contains("area/west  respondents 4")), "{found:?}");
}

#[test]
fn a_change_with_one_known_year_gives_the_other() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    files.changes =
        "audience,department,question,breakdown,group,from_wave,to_wave,mean_from,mean_to,change,status\n\
                     providers,whole,Q1,area,south,2016,2017,2,,0.5,ok\n"
            .to_owned();
    let found = found(&files);
    assert!(found.iter().any(|one| one.contains("area/south  mean 2.50  (a mean of several")), "{found:?}");
}

#[test]
fn few_leavers_are_a_small_set() {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    files.changes = "audience,department,question,breakdown,group,from_wave,to_wave,mean_from,mean_to,change,matched_respondents,status\n\
                     providers,whole,Q1,all,all,2016,2017,2,2.5,0.5,19,ok\n"
        .to_owned();
    let expected = "2017/providers/whole/Q1/all/all  3 respondents who joined in 2017  \
                    (those who answered twice: 22 respondents less the 19 who answered in both years)";
    assert_eq!(found(&files), [expected]);
}

#[test]
fn that_enough_people_stand_behind_a_withheld_cell_is_no_secret() {
    // Nobody said "no contact" and nothing is blank, so Q1 has as many answers as there are forms,
    // which Q2 tells: 10 and 12. What they scored stays open.
    let files = folder(
        &["north", "south"],
        &[
            ("whole/Q1/all/all", Some((22, 22, 0, 0, 55))),
            ("whole/Q1/area/north", WITHHELD),
            ("whole/Q1/area/south", WITHHELD),
            ("whole/Q2/all/all", Some((22, 22, 0, 0, 50))),
            ("whole/Q2/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q2/area/south", Some((12, 12, 0, 0, 25))),
        ],
    );
    assert_eq!(found(&files), [""; 0]);
}

#[test]
fn known_bases_and_a_total_near_the_end_of_the_scale_confine_a_mean() {
    // As above, but 22 answers add up to 26: at most four points above the lowest score, so the ten
    // of North have a mean from 1 to 1.4, and the twelve of South one from 1 to 1.33.
    let files = folder(
        &["north", "south"],
        &[
            ("whole/Q1/all/all", Some((22, 22, 0, 0, 26))),
            ("whole/Q1/area/north", WITHHELD),
            ("whole/Q1/area/south", WITHHELD),
            ("whole/Q2/all/all", Some((22, 22, 0, 0, 50))),
            ("whole/Q2/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q2/area/south", Some((12, 12, 0, 0, 25))),
        ],
    );
    let found = found(&files);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("area/north  mean 1.00 to 1.40  (bounds: no other mean is possible)"),
        "{found:?}"
    );
    assert!(found[1].contains("area/south  mean 1.00 to 1.33"), "{found:?}");
}

#[test]
fn a_split_change_over_groups_that_are_not_shown_gives_them_away() {
    // In 2016 South (30 answers, 61 points) and West (58, 120) are withheld: 88 answers and 181
    // points between them. In 2017 both are shown.
    let mut files = two_withheld((98, 98, 0, 0, 206));
    let earlier: String =
        files.results.lines().skip(1).map(|line| line.replace("2017,", "2016,") + "\n").collect();
    let later = folder(
        &[],
        &[
            ("whole/Q1/all/all", Some((90, 90, 0, 0, 210))),
            ("whole/Q1/area/north", Some((10, 10, 0, 0, 25))),
            ("whole/Q1/area/south", Some((40, 40, 0, 0, 90))),
            ("whole/Q1/area/west", Some((40, 40, 0, 0, 95))),
        ],
    );
    files.results = later.results + &earlier;
    let within = |from: (f64, f64), to: (f64, f64)| {
        (from.0 / 98.0 + to.0 / 90.0) / 2.0 * (to.1 / to.0 - from.1 / from.0)
    };
    let row = |within: f64| {
        format!(
            "audience,department,question,breakdown,group,from_wave,to_wave,change,within_effect,status\n\
             providers,whole,Q1,area,all,2016,2017,0.1,{within},ok\n"
        )
    };
    let north = within((10.0, 25.0), (10.0, 25.0));
    files.mix = row(north + within((30.0, 61.0), (40.0, 90.0)) + within((58.0, 120.0), (40.0, 95.0)));
    let expected = "2016/providers/whole/Q1/area/south  answers 30, sum 61, mean 2.03  (how a change splits: \
                    the only way to share 88 answers with west that fits data/mix.csv)";
    assert_eq!(found(&files), [expected]);
    // Merged before the split, they say nothing of each other.
    files.mix = row(north + within((88.0, 181.0), (80.0, 185.0)));
    assert_eq!(found(&files), [""; 0]);
}
