//! Nothing that rests on fewer than the minimum leaves, whatever kind of figure it is.

use super::{Policy, Release, Status, release};
use crate::estimate::{Compared, Kind, Side, estimate};
use crate::small_survey::{Filled, Small};
use crate::tally::{Department, Question};

/// So many forms of group a and of group b, with some "no contact".
fn forms(a: usize, b: usize) -> Vec<Filled> {
    let answers: [&[u8]; 4] = [&[2, 3, 2, 0], &[2, 2, 1, 2], &[3, 0, 2, 1], &[2, 4, 2, 1]];
    (0..a + b).map(|one| ("", Some(usize::from(one >= a)), answers[one % 4])).collect()
}

fn released(waves: &[(&[Filled], &[Filled])], policy: Policy) -> Release {
    let small = Small::new(6, waves);
    release(&small.survey, &estimate(&small.counted()), policy)
}

#[test]
fn a_change_of_contact_needs_the_minimum_in_both_waves() {
    let (few, many) = (forms(3, 2), forms(6, 6));
    for (before, expected) in [(&few, Status::Withheld), (&many, Status::Ok)] {
        let waves: [(&[Filled], &[Filled]); 2] = [(before, &[]), (&many, &[])];
        let public = released(&waves, Policy::Public);
        let of_all = public.contact_changes().filter(|((cell, _), _)| {
            cell.audience == 0 && cell.crossings() == 0 && cell.department == Department::All
        });
        let found: Vec<_> = of_all.map(|(_, it)| (it.status, it.figure.is_withheld())).collect();
        assert_eq!(found, [(expected, expected == Status::Withheld)]);
        let private = released(&waves, Policy::Private);
        assert!(private.contact_changes().all(|(_, it)| !it.figure.is_withheld()));
    }
}

#[test]
fn a_department_that_nobody_scored_may_be_shown_to_have_no_contact() {
    // The council itself is scored in more than one voice, which would be withheld for its own sake.
    let voices: [&[u8]; 4] = [&[2, 0, 3, 0], &[1, 0, 2, 0], &[3, 0, 4, 0], &[2, 0, 1, 0]];
    let nobody: Vec<Filled> = (0..24).map(|one| ("", Some(one % 3), voices[one / 3 % 4])).collect();
    let some: Vec<Filled> = forms(24, 0).iter().zip(&nobody).map(|(it, of)| (it.0, of.1, it.2)).collect();
    let public = released(&[(&some, &[]), (&nobody, &[])], Policy::Public);
    let (_, found) = public
        .contact_changes()
        .find(|((cell, _), _)| cell.crossings() == 0 && cell.department == Department::All)
        .unwrap();
    assert_eq!(found.status, Status::Ok);
    assert_eq!(found.figure.value().unwrap().comparison.left.unwrap().rounded(0), "1");
}

#[test]
fn reliability_needs_as_many_complete_forms() {
    // Four of eight forms leave the second question about the council out.
    let half: Vec<Filled> = (0..8)
        .map(|one| ("", Some(0), if one < 4 { &[1, 2, 2, 3][..] } else { &[2, 2, 9, 3][..] }))
        .collect();
    let statuses = |policy| -> Vec<(Department, Status, bool)> {
        let release = released(&[(&half, &[])], policy);
        release.consistency().map(|(key, it)| (key.2, it.status, it.figure.is_withheld())).collect()
    };
    assert_eq!(
        statuses(Policy::Public),
        [(Department::Whole, Status::Withheld, true), (Department::All, Status::Ok, false)]
    );
    assert_eq!(statuses(Policy::Private)[0], (Department::Whole, Status::Withheld, false));
}

#[test]
fn counts_of_forms_are_nobody_or_many() {
    // Two lines straight, eight that say only "no contact", and none without an answer.
    let mut forms = forms(6, 0);
    forms.extend((0..2).map(|_| ("", Some(0), &[3][..])));
    forms.extend((0..8).map(|_| ("", Some(0), &[0][..])));
    let public = released(&[(&forms, &[])], Policy::Public);
    let found = &public.patterns()[0];
    assert_eq!(found.forms.value(), Some(&16));
    assert_eq!(found.straight_lined.value(), None);
    assert_eq!(found.only_no_contact.value(), Some(&8));
    assert_eq!(found.no_answer.value(), Some(&0));
    // Two straight lines alike, and six forms of four patterns: two pairs. 6 of 16.
    assert_eq!(found.identical.value(), Some(&6));
    let private = released(&[(&forms, &[])], Policy::Private);
    assert_eq!(private.patterns()[0].straight_lined.value(), Some(&2));
    let few = released(&[(&forms[..5], &[])], Policy::Public);
    assert!(few.patterns()[0].forms.is_withheld() && few.patterns()[0].no_answer.is_withheld());
    assert!(few.patterns()[0].blanks.values().all(crate::disclose::Shown::is_withheld));
}

#[test]
fn a_group_that_is_not_shown_has_no_part_in_a_test() {
    let forms = forms(8, 3);
    let public = released(&[(&forms, &forms)], Policy::Public);
    for (key, test) in public.distribution_tests() {
        // b is too small, and a would give it away: no test of the breakdown is left.
        let is_between_groups = matches!(key.compared, Compared::Groups { .. });
        let found = test.figure.value();
        assert_eq!(found.is_none_or(|it| it.test.is_none()), is_between_groups, "{key:?}");
        let cells = found.map_or(&[][..], |it| &it.cells[..]);
        assert!(cells.iter().all(|cell| public.result(cell).is_some_and(|it| it.status == Status::Ok)));
    }
}

#[test]
fn effect_sizes_go_with_their_gaps() {
    let forms = forms(8, 3);
    let public = released(&[(&forms, &forms)], Policy::Public);
    for (key, gap) in public.gaps().filter(|(key, _)| key.kind == Kind::Groups) {
        assert!(gap.figure.is_withheld(), "{key:?}"); // b is on either side
    }
    let audiences = public
        .gaps()
        .find(|(key, _)| key.kind == Kind::Audiences && key.question == Question::All)
        .map(|(_, gap)| gap.figure.value().unwrap().effect);
    assert!(audiences.flatten().is_some());
    let private = released(&[(&forms, &forms)], Policy::Private);
    let rest = private.gaps().find(|(key, _)| key.right == Side::Rest && key.kind == Kind::Groups).unwrap();
    assert!(rest.1.figure.value().unwrap().effect.is_some());
}

/// The rest of a is b and c. With nobody or three people in c another group goes with it, and the
/// rest is not shown.
#[test]
fn an_effect_size_does_not_tell_the_order_of_a_few() {
    let with_c = |count: usize| {
        let mut forms = forms(8, 8);
        // In more than one voice, which would be withheld for its own sake.
        let voices: [&[u8]; 3] = [&[4, 4, 1, 2], &[3, 4, 2, 1], &[4, 2, 3, 3]];
        forms.extend((0..count).map(|one| ("", Some(2), voices[one % 3])));
        forms
    };
    let effect = |count: usize, policy| {
        let release = released(&[(&with_c(count), &[])], policy);
        let is_it = |key: &crate::estimate::GapKey| {
            (key.kind, key.left, key.right, key.question, key.department)
                == (Kind::Groups, Side::Group(0), Side::Rest, Question::All, Some(Department::All))
        };
        let found = release.gaps().find(|(key, _)| is_it(key)).map(|(_, gap)| gap.figure.clone());
        found.and_then(|figure| figure.value().and_then(|gap| gap.effect)).is_some()
    };
    assert!(!effect(3, Policy::Public));
    assert!(effect(3, Policy::Private));
    assert!(effect(6, Policy::Public)); // c is shown itself
}
