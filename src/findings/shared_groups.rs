//! Groups that two audiences have in common, where one side scores highest and the other lowest.

use super::groups::Grouped;
use super::ranking::{End, Entry, Ranking, scored};
use super::{Finding, Topic};
use crate::estimate::Verdict;
use crate::tally::Cell;
use crate::view::View;
use crate::words::within;

/// For every pair of audiences, breakdown that both have (by its id) and year; all groups have to be
/// shown, since either end is said of all. The years before the latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = view.survey.audiences.len();
    let pairs = (0..audiences).flat_map(|one| (0..audiences).map(move |other| (one, other)));
    let mut found = Vec::new();
    for (one, other) in pairs.filter(|(one, other)| one != other) {
        let shared = shared(view, one, other);
        for &wave in view.waves.iter().rev() {
            let is_current = Some(&wave) == view.waves.last();
            let of = shared.iter().filter_map(|by| at_both_ends(view, wave, (one, by[0]), (other, by[1])));
            found.extend(of.map(|finding| finding.detail_unless(is_current)));
        }
    }
    found
}

/// The positions of breakdowns that both audiences have.
fn shared(view: &View<'_>, one: usize, other: usize) -> Vec<[usize; 2]> {
    let [ours, theirs] = [one, other].map(|audience| &view.audience(audience).breakdowns);
    let same = ours
        .iter()
        .enumerate()
        .filter_map(|(position, by)| Some([position, theirs.iter().position(|other| other.id == by.id)?]));
    same.collect()
}

fn at_both_ends(
    view: &View<'_>,
    wave: usize,
    (one, ours): (usize, usize),
    (other, theirs): (usize, usize),
) -> Option<Finding> {
    let ours = Grouped::new(view, wave, one, ours);
    let theirs = Grouped::new(view, wave, other, theirs);
    let (top, bottom) = (alone_at(&ours.ranking, End::Highest)?, alone_at(&theirs.ranking, End::Lowest)?);
    let id = |cell: &Cell| view.survey.group_id(cell.audience, cell.group);
    if id(&top.cell) != id(&bottom.cell) {
        return None;
    }
    let labels = [one, other].map(|audience| within(&view.audience(audience).label));
    let questions = Ranking::of_questions(view, bottom.cell);
    let worst = questions.at(End::Lowest);
    let worst = if worst.is_empty() || !questions.is_complete {
        String::new()
    } else {
        format!(", lowest of all on {}", scored(&worst))
    };
    let text = format!(
        "In {}, of all groups by {}, {} gave the highest scores among {} ({}) and the lowest among {} ({}){worst}.{}",
        view.wave_label(wave),
        within(&view.audience(one).breakdowns[ours.breakdown].label),
        top.label,
        labels[0],
        top.mean.rounded(crate::view::MEAN_DECIMALS),
        labels[1],
        bottom.mean.rounded(crate::view::MEAN_DECIMALS),
        evidence([ours.against_rest(&top.cell), theirs.against_rest(&bottom.cell)], &labels),
    );
    Some(Finding::new(view, Topic::BothSides, &top.cell, text))
}

/// The one group at an end where all are shown.
fn alone_at(ranking: &Ranking, end: End) -> Option<&Entry> {
    match ranking.at(end)[..] {
        [entry] if ranking.is_complete => Some(entry),
        _ => None,
    }
}

/// What the tests of the two ends against all other groups of their side say.
fn evidence(verdicts: [Option<Verdict>; 2], labels: &[String; 2]) -> String {
    let is_clear = verdicts.map(|verdict| matches!(verdict, Some(Verdict::Higher | Verdict::Lower)));
    match is_clear {
        [true, true] => " Both are unlikely to be chance.".to_owned(),
        [true, false] => {
            format!(" Among {} that is unlikely to be chance; among {} it could be.", labels[0], labels[1])
        }
        [false, true] => {
            format!(" Among {} that is unlikely to be chance; among {} it could be.", labels[1], labels[0])
        }
        [false, false] => " Both could be chance.".to_owned(),
    }
}
