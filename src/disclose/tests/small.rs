//! Small exact cases, each worked by hand.

use super::*;

pub(super) const ALL: (Department, Question) = (Department::Whole, Question::All);

/// Officers with one question each, by group of the first breakdown: so many people each, scores
/// 1, 2, 3, 4 in turn so that no group is of one voice.
pub(super) fn by_group(sizes: &[usize]) -> Vec<Person> {
    sizes
        .iter()
        .enumerate()
        .flat_map(|(group, size)| (0..*size).map(move |one| Person::of(&[group], &[one as u8 % 4 + 1])))
        .collect()
}

fn statuses(survey: &Survey, figures: &Figures, breakdown: usize) -> Vec<bool> {
    let decisions = decide(survey, figures);
    let groups = 0..survey.audiences[0].breakdowns[breakdown].groups.len();
    groups.map(|one| decisions.cell(&cell(ALL.0, ALL.1, group(breakdown, one))) == Status::Ok).collect()
}

#[test]
fn one_of_five_groups_withheld_with_the_total_shown() {
    // 60 - (20 + 18 + 12 + 7) = 3: the group of 3 needs company. 3 + 7 = 10 reaches the minimum 5,
    // and 7 is the smallest that can go.
    let survey = definition(1, 0, &[5], 5);
    let figures = figures(&survey, &[by_group(&[20, 18, 12, 3, 7])]);
    assert_eq!(statuses(&survey, &figures, 0), [true, true, true, false, false]);
    assert_eq!(decide(&survey, &figures).cell(&cell(ALL.0, ALL.1, Group::Everyone)), Status::Ok);
}

#[test]
fn two_withheld_whose_sum_is_three() {
    // 1 + 2 = 3 < 5: everyone minus the three shown groups would be three people. 3 + 12 = 15.
    let survey = definition(1, 0, &[5], 5);
    let figures = figures(&survey, &[by_group(&[20, 18, 12, 1, 2])]);
    assert_eq!(statuses(&survey, &figures, 0), [true, true, false, false, false]);
}

#[test]
fn a_residual_of_nobody_is_a_residual() {
    // The empty group would be told by 38 - 20 - 18 = 0.
    let survey = definition(1, 0, &[3], 5);
    let figures = figures(&survey, &[by_group(&[20, 18, 0])]);
    assert_eq!(statuses(&survey, &figures, 0), [true, false, false]);
}

#[test]
fn those_who_stated_no_group_are_one_of_the_withheld() {
    // 3 stated nothing: everyone minus both groups would be theirs, so a group goes with them.
    let survey = definition(1, 0, &[2], 5);
    let mut people = by_group(&[20, 12]);
    let blank = |score| Person { groups: vec![None], ..Person::of(&[], &[score]) };
    people.extend([1, 3, 4].map(blank));
    let figures = figures(&survey, &[people]);
    assert_eq!(statuses(&survey, &figures, 0), [true, false]);
}

#[test]
fn a_withheld_cell_makes_a_block_of_two_by_two() {
    // Four groups x three questions, 8 people each; group 0 leaves Q0 blank but for three. Rows give
    // the cell by the group's total, columns by the question's, so a second group and a second
    // question go as well: four cells in all, one under the minimum.
    let decisions = three_answer_a_question(true);
    assert_eq!(
        [Rule::Primary, Rule::Unanimous, Rule::Complementary].map(|rule| decisions.count(rule)),
        [1, 0, 3]
    );
    let rows: std::collections::BTreeSet<_> = decisions.withheld().iter().map(|it| it.cell.group).collect();
    let columns: std::collections::BTreeSet<_> =
        decisions.withheld().iter().map(|it| it.cell.question).collect();
    assert_eq!((rows.len(), columns.len()), (2, 2));
}

#[test]
fn a_base_that_only_one_number_fits_is_no_secret() {
    // The same, but all others answered everything. In a block with group 1 it would have 16 answers
    // of 8 people to two questions, so 8 to Q0, and group 0 had 11 - 8 = 3. Two groups go altogether:
    // 2 x 4 figures, since then nobody knows how many forms each has.
    let decisions = three_answer_a_question(false);
    assert_eq!([Rule::Primary, Rule::Complementary].map(|rule| decisions.count(rule)), [1, 7]);
}

/// 32 people in four groups; in the first, three answer Q0. If `other_blank`, of each other
/// group one leaves out each question.
fn three_answer_a_question(other_blank: bool) -> Decisions {
    let survey = definition(3, 0, &[4], 5);
    let mut people = Vec::new();
    for one in 0..32_usize {
        let mut answers = [(one % 4) as u8 + 1, (one / 2 % 4) as u8 + 1, (one / 3 % 4) as u8 + 1];
        let group = one / 8;
        if group == 0 && one % 8 > 2 {
            answers[0] = 9;
        }
        if group > 0 && other_blank && one % 8 < 3 {
            answers[one % 8] = 9;
        }
        people.push(Person::of(&[group], &answers));
    }
    let figures = figures(&survey, &[people]);
    decide(&survey, &figures)
}

#[test]
fn nested_groups_across_breakdowns() {
    // All 12 of group 0 of the first breakdown (Commercial) are in group 0 of the second (county
    // wide, 15): the other 3 of county wide would be told by 15 - 12. With 24 in county wide they
    // are 12, and both stand.
    let survey = definition(1, 0, &[3, 2], 10);
    let people = |wide: usize| {
        (0..60_usize)
            .map(|one| {
                let first = if one < 12 { 0 } else { 1 + one % 2 };
                Person::of(&[first, usize::from(one >= wide)], &[(one / 3 % 4) as u8 + 1])
            })
            .collect::<Vec<_>>()
    };
    let narrow = figures(&survey, &[people(15)]);
    let shown = [statuses(&survey, &narrow, 0)[0], statuses(&survey, &narrow, 1)[0]];
    assert!(!(shown[0] && shown[1]), "{shown:?}");
    let wide = figures(&survey, &[people(24)]);
    assert_eq!([statuses(&survey, &wide, 0), statuses(&survey, &wide, 1)].concat(), [true; 5]);
}

#[test]
fn departments_told_by_all_minus_the_others() {
    // Three departments; 2 of 20 people know the last. All - d0 - d1 would be theirs: d2 needs company.
    let survey = definition(1, 3, &[], 5);
    let people = (0..20_usize).map(|one| {
        let score = (one % 4) as u8 + 1;
        Person::of(&[], &[score, score, 5 - score, if one < 2 { score } else { 0 }])
    });
    let figures = figures(&survey, &[people.collect()]);
    let decisions = decide(&survey, &figures);
    let shown = |department| decisions.cell(&cell(department, Question::All, Group::Everyone)) == Status::Ok;
    assert!(!shown(Department::One(2)));
    assert_eq!([0, 1].iter().filter(|one| shown(Department::One(**one))).count(), 1);
    assert!(shown(Department::All) && shown(Department::Whole));
}

#[test]
fn a_base_known_from_the_no_contact_table_does_not_give_the_mean() {
    // The same people: 18 of 20 have no contact with d2, so its 2 answers are known to be 2. Their
    // mean stays open, as d2 is withheld with another department.
    let survey = definition(1, 3, &[], 5);
    let people = (0..20_usize).map(|one| {
        let score = (one % 4) as u8 + 1;
        Person::of(&[], &[score, score, 5 - score, if one < 2 { score } else { 0 }])
    });
    let figures = figures(&survey, &[people.collect()]);
    let decisions = decide(&survey, &figures);
    assert!(!decisions.withheld().is_empty());
    for withheld in decisions.withheld() {
        assert!(withheld.upper - withheld.lower >= 0.5, "{withheld:?}");
    }
}

#[test]
fn this_year_minus_last_year() {
    // 20 answered in both years and 3 joined: this year's sum minus last year's minus the change of
    // those in both is that of the 3. With 8 who joined, or none, it may stand.
    let survey = definition(1, 0, &[], 5);
    let people = |count: usize, shift: usize| -> Vec<Person> {
        (0..count)
            .map(|one| Person { link: Some(one), ..Person::of(&[], &[((one + shift) % 4) as u8 + 1]) })
            .collect()
    };
    for (now, stands) in [(23, false), (28, true), (20, true)] {
        let figures = figures(&survey, &[people(20, 0), people(now, 1)]);
        let release = release(&survey, &figures, Policy::Public);
        let change = release.change(&cell(ALL.0, ALL.1, Group::Everyone).in_wave(1), 0).unwrap();
        assert_eq!(change.figure.value().unwrap().matched.is_some(), stands, "{now}");
    }
}

#[test]
fn who_answered_again_does_not_count_the_forms_behind_a_withheld_figure() {
    // The same 12 in both years. Of the earlier year's forms three are blank: 9 < 10 scored, so its
    // overall figure is withheld, and that there were 12 forms with it. With two blank 10 scored.
    let survey = definition(1, 0, &[], 10);
    let people = |blank: usize| -> Vec<Person> {
        let answer = |one: usize| if one < blank { 9 } else { (one % 4) as u8 + 1 };
        (0..12).map(|one| Person { link: Some(one), ..Person::of(&[], &[answer(one)]) }).collect()
    };
    for (blank, status) in [(3, Status::Withheld), (2, Status::Ok)] {
        let figures = figures(&survey, &[people(blank), people(0)]);
        let release = release(&survey, &figures, Policy::Public);
        assert_eq!(release.movement(0, 0, 1).unwrap().status, status, "{blank}");
    }
}

#[test]
fn two_groups_of_a_breakdown_stay() {
    // 3 stated no group, so a group goes with them: the smallest, and two of three are left.
    let survey = definition(1, 0, &[3], 5);
    let mut people = by_group(&[20, 15, 12]);
    let blank = |score| Person { groups: vec![None], ..Person::of(&[], &[score]) };
    people.extend([1, 3, 4].map(blank));
    let figures = figures(&survey, &[people]);
    assert_eq!(statuses(&survey, &figures, 0), [true, true, false]);
}

#[test]
fn a_group_of_one_voice_is_withheld_at_any_size() {
    // 15 people who all say 2, and 15 + 15 others; one dissenter among 15 changes nothing.
    let survey = definition(1, 0, &[3], 5);
    for dissenters in [0, 1] {
        let mut people = by_group(&[15, 15]);
        people.extend((0..15).map(|one| Person::of(&[2], &[if one < dissenters { 3 } else { 2 }])));
        let figures = figures(&survey, &[people]);
        let decisions = decide(&survey, &figures);
        // Twice: the only question, and all questions together.
        assert_eq!(decisions.count(Rule::Unanimous), 2);
        assert_eq!(decisions.cell(&cell(ALL.0, ALL.1, group(0, 2))), Status::Withheld);
    }
}

#[test]
fn a_rest_does_not_tell_who_stated_no_group() {
    // Everyone minus group 0 minus "the others" would be the three who stated nothing.
    let survey = definition(1, 0, &[4], 5);
    let mut people = by_group(&[20, 15, 12, 9]);
    let blank = |score| Person { groups: vec![None], ..Person::of(&[], &[score]) };
    people.extend([1, 3, 4].map(blank));
    let figures = figures(&survey, &[people]);
    let release = release(&survey, &figures, Policy::Public);
    let rests = release.gaps().filter(|(key, _)| key.right == crate::estimate::Side::Rest);
    assert!(rests.into_iter().all(|(_, gap)| gap.figure.is_withheld()));
}
