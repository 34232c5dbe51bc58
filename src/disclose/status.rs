//! The public decision on one figure.

use crate::estimate::Figure;
use crate::survey::Survey;
use crate::tally::Cell;

/// Why a figure is shown or not. The same in the public and in the private folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Ok,
    /// It rests on too few respondents, or would give such a figure away.
    Withheld,
    /// By the definition there is nothing of it in this wave: the question, department or breakdown was
    /// not asked, or the department or group was not there, being merged or split in another wave.
    NotAsked,
    /// Asked of enough people, and none of them gave a score.
    NobodyScored,
    /// The audience has no answers in this wave.
    NoWave,
    /// A change, or what rests on one, that the definition rules out: everything it covers was asked in
    /// other words or on another scale, or what it is about was merged or split between the waves, so
    /// that one of them may have nothing of it at all.
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
    if !survey.waves[cell.wave].has_answers(cell.audience) {
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

/// Whether a set has members, and too few to be told apart from others.
pub(super) fn is_few(count: u64, minimum: u64) -> bool {
    (1..minimum).contains(&count)
}
