//! The public decision on one figure.

use crate::estimate::{Figure, InvitedAgain, Movement};
use crate::survey::Survey;
use crate::tally::Cell;

/// Why a figure is shown or not. The same in the public and in the private folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Ok,
    /// It rests on too few respondents, or would give such a figure away.
    Withheld,
    /// The definition did not ask it in this wave.
    NotAsked,
    /// Asked of enough people, and none of them gave a score.
    NobodyScored,
    /// The audience has no answers in this wave.
    NoWave,
    /// Asked in both waves, and not comparable between them.
    Break,
}

impl Status {
    /// As the data files write it.
    pub fn id(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Withheld => "withheld",
            Status::NotAsked => "not-asked",
            Status::NobodyScored => "nobody-scored",
            Status::NoWave => "no-wave",
            Status::Break => "break",
        }
    }
}

/// The primary rule: a figure rests on at least the minimum of respondents. A cell that nobody
/// scored is withheld too unless the forms in it reach the minimum: "all had no contact" discloses
/// as well.
pub(super) fn primary(survey: &Survey, cell: &Cell, figure: &Figure) -> Status {
    let minimum = survey.audiences[cell.audience].minimum_respondents;
    let counts = &figure.counts;
    if survey.waves[cell.wave].files[cell.audience].is_empty() {
        Status::NoWave
    } else if !survey.is_asked(cell) {
        Status::NotAsked
    } else if counts.respondents == 0 && counts.forms >= minimum {
        Status::NobodyScored
    } else if counts.respondents < minimum {
        Status::Withheld
    } else {
        Status::Ok
    }
}

/// The status of a figure that is out already, whatever today's rules would say.
pub(super) fn of_shown(figure: &Figure) -> Status {
    if figure.counts.respondents == 0 { Status::NobodyScored } else { Status::Ok }
}

/// The status of a change that the definition itself rules out, whatever was answered: it says nothing
/// of any answer, so that it may be said of figures that are withheld.
pub(super) fn of_broken(sides: [Status; 2]) -> Status {
    if sides.contains(&Status::NoWave) { Status::NoWave } else { Status::Break }
}

/// Stayers, joiners and leavers are differences of sets that are published elsewhere: if one of the
/// counts is too small, all are withheld, since any of them follows from the others.
pub(super) fn movement(survey: &Survey, movement: &Movement) -> Status {
    let minimum = survey.audiences[movement.audience].minimum_respondents;
    let any_few = movement.counts().iter().any(|&count| is_few(count, minimum));
    if any_few { Status::Withheld } else { Status::Ok }
}

/// Leavers who were asked again, and those who were not, are sets of people as well; nothing else
/// follows from their number, so they are withheld alone.
pub(super) fn invited_again(survey: &Survey, movement: &Movement) -> InvitedAgain {
    let minimum = survey.audiences[movement.audience].minimum_respondents;
    match movement.invited_again {
        InvitedAgain::Of(again) if is_few(again, minimum) || is_few(movement.leavers - again, minimum) => {
            InvitedAgain::NotTold
        }
        told => told,
    }
}

/// Whether a set has members, and too few to be told apart from others.
pub(super) fn is_few(count: u64, minimum: u64) -> bool {
    (1..minimum).contains(&count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample shows nothing of fewer than 5 providers: 4 stayers would stand alone, 4 leavers are
    /// everyone of the earlier wave without the stayers.
    #[test]
    fn one_small_count_withholds_all_of_a_movement() {
        let sample = include_bytes!("../../input/survey.toml");
        let survey = crate::survey::read(sample).unwrap();
        let decide = |[stayers, joiners, leavers]: [u64; 3], without_reference| {
            let of = Movement {
                audience: 0,
                from_wave: 0,
                to_wave: 1,
                stayers,
                joiners,
                leavers,
                invited_again: InvitedAgain::NotKnown,
                without_reference,
            };
            movement(&survey, &of)
        };
        assert_eq!(decide([20, 57, 5], [0, 0]), Status::Ok);
        assert_eq!(decide([20, 0, 0], [0, 57]), Status::Ok);
        assert_eq!(decide([4, 73, 21], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 4, 5], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 57, 4], [0, 0]), Status::Withheld);
        assert_eq!(decide([20, 57, 5], [3, 0]), Status::Withheld);
    }

    /// Of 11 leavers 6 and 5 may be told of, and all or none; 7 would leave 4.
    #[test]
    fn leavers_are_split_where_neither_part_is_small() {
        let survey = crate::survey::read(include_bytes!("../../input/survey.toml")).unwrap();
        let told = |again: u64| {
            let invited_again = InvitedAgain::Of(again);
            let [stayers, joiners, leavers] = [14, 63, 11];
            let without_reference = [0, 0];
            let (audience, from_wave, to_wave) = (0, 0, 1);
            super::invited_again(
                &survey,
                &Movement {
                    audience,
                    from_wave,
                    to_wave,
                    stayers,
                    joiners,
                    leavers,
                    invited_again,
                    without_reference,
                },
            )
        };
        for again in [0, 5, 6, 11] {
            assert_eq!(told(again), InvitedAgain::Of(again));
        }
        for again in [1, 4, 7, 10] {
            assert_eq!(told(again), InvitedAgain::NotTold);
        }
    }
}
