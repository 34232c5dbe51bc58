//! Who answered again, and which counts of them may be shown.

use std::collections::BTreeMap;

use super::readership::Readership;
use super::release::MovementKey;
use super::status::is_few;
use super::{Policy, Released, Status};
use crate::estimate::{Figures, InvitedAgain, Movement};
use crate::tally::{Cell, Department, Group, Question};

pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> BTreeMap<MovementKey, Released<Movement>> {
    let one = |movement: &Movement| {
        let invited_again = match by.policy {
            Policy::Public => {
                invited_again(movement, by.minimum(movement.audience), silent(by, figures, movement))
            }
            Policy::Private => movement.invited_again,
        };
        let key = (movement.audience, movement.from_wave, movement.to_wave);
        (key, by.released(status(by, movement), &Movement { invited_again, ..*movement }))
    };
    figures.movements.iter().map(one).collect()
}

/// Who answered again tells how many forms there are in either wave, which is not told where an
/// overall figure is withheld: forms without a score tell how many people are behind it.
fn status(by: &Readership<'_>, movement: &Movement) -> Status {
    let Movement { audience, from_wave, to_wave, .. } = *movement;
    let mut overall = [from_wave, to_wave].into_iter().flat_map(|wave| {
        [Department::All, Department::Whole].map(|department| Cell {
            wave,
            audience,
            department,
            question: Question::All,
            group: Group::Everyone,
        })
    });
    if overall.any(|cell| by.status(&cell) == Status::Withheld) {
        return Status::Withheld;
    }
    of_counts(movement, by.minimum(audience))
}

/// Stayers, joiners and leavers are differences of sets that are published elsewhere: if one of the
/// counts is too small, all are withheld, since any of them follows from the others.
fn of_counts(movement: &Movement, minimum: u64) -> Status {
    let any_few = movement.counts().iter().any(|&count| is_few(count, minimum));
    if any_few { Status::Withheld } else { Status::Ok }
}

/// How many of those invited to the later wave were silent, as the paper tells it: the invited less
/// the forms, and less those who returned them. `None` where there are none to count.
fn silent(by: &Readership<'_>, figures: &Figures, movement: &Movement) -> Option<[u64; 2]> {
    let Movement { audience, to_wave: wave, .. } = *movement;
    let department = by.survey.headline_department(audience);
    let headline = Cell { wave, audience, department, question: Question::All, group: Group::Everyone };
    let figure = figures.results.get(&headline)?;
    let [_, respondents] = movement.everyone();
    let silent = |answered: u64| figure.invited?.checked_sub(answered);
    Some([silent(figure.counts.forms)?, silent(respondents)?])
}

/// Leavers who were asked again, and those who were not, are sets of people. So are those who were
/// asked and stayed silent: without the leavers among them they are those who answered in neither
/// wave. Where some who answered are not on the list, more leavers may have been asked again than
/// seem to be silent; the difference is then of those who are not on it. If one of these counts is too
/// small, leavers are not told apart by whether they were asked.
fn invited_again(movement: &Movement, minimum: u64, silent: Option<[u64; 2]>) -> InvitedAgain {
    let InvitedAgain::Of(again) = movement.invited_again else { return movement.invited_again };
    let Some(silent) = silent else { return InvitedAgain::NotTold };
    let of_leavers = [again, movement.leavers.saturating_sub(again)];
    let of_silent = silent.into_iter().flat_map(|silent| [silent, silent.abs_diff(again)]);
    match of_leavers.into_iter().chain(of_silent).any(|count| is_few(count, minimum)) {
        true => InvitedAgain::NotTold,
        false => InvitedAgain::Of(again),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMUM: u64 = 5;

    fn movement([stayers, joiners, leavers]: [u64; 3], invited_again: InvitedAgain) -> Movement {
        let (audience, from_wave, to_wave, without_reference) = (0, 0, 1, [0, 0]);
        Movement { audience, from_wave, to_wave, stayers, joiners, leavers, invited_again, without_reference }
    }

    /// 4 stayers would stand alone, 4 leavers are everyone of the earlier wave without the stayers.
    #[test]
    fn one_small_count_withholds_all_of_a_movement() {
        let decide = |counts: [u64; 3], without_reference| {
            let of = Movement { without_reference, ..movement(counts, InvitedAgain::NotKnown) };
            of_counts(&of, MINIMUM)
        };
        assert_eq!(decide([20, 57, 5], [0, 0]), Status::Ok);
        assert_eq!(decide([20, 0, 0], [0, 57]), Status::Ok);
        assert_eq!(decide([4, 73, 21], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 4, 5], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 57, 4], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 57, 5], [3, 0]), Status::Withheld);
    }

    /// What is told of 11 leavers of whom some were invited again, where so many invited were silent.
    fn told(again: u64, silent: Option<[u64; 2]>) -> InvitedAgain {
        invited_again(&movement([14, 63, 11], InvitedAgain::Of(again)), MINIMUM, silent)
    }

    /// Of 11 leavers 6 and 5 may be told of, and all or none; 7 would leave 4.
    #[test]
    fn leavers_are_split_where_neither_part_is_small() {
        for again in [0, 5, 6, 11] {
            assert_eq!(told(again, Some([100; 2])), InvitedAgain::Of(again));
        }
        for again in [1, 4, 7, 10] {
            assert_eq!(told(again, Some([100; 2])), InvitedAgain::NotTold);
        }
    }

    /// 85 invited and 77 forms are 8 who were silent: 6 of them leavers are 2 who never answered. Of 4
    /// who were silent and not one a leaver, all are new. Forms and those who returned them may differ.
    #[test]
    fn leavers_are_not_split_where_that_tells_of_few_who_were_silent() {
        for silent in [6, 11, 837] {
            assert_eq!(told(6, Some([silent; 2])), InvitedAgain::Of(6), "{silent}");
        }
        for silent in [2, 4, 7, 8, 10] {
            assert_eq!(told(6, Some([silent; 2])), InvitedAgain::NotTold, "{silent}");
        }
        assert_eq!(told(0, Some([0; 2])), InvitedAgain::Of(0));
        assert_eq!(told(0, Some([4; 2])), InvitedAgain::NotTold);
        assert_eq!(told(6, Some([11, 8])), InvitedAgain::NotTold);
        assert_eq!(told(6, Some([8, 11])), InvitedAgain::NotTold);
        assert_eq!(told(6, None), InvitedAgain::NotTold);
    }
}
