//! Change of the share of "no contact" between any two waves, for every cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::families;
use super::results::sample;
use super::{Comparison, InWave, NotTested, Verdict, change, change_of_strangers};
use crate::survey::Item;
use crate::tally::{Answered, Cell, Counted, Department, Group, LinkedMoments, Question, Tally, Unit, Units};

/// The change of one cell's share of "no contact" from an earlier wave to its own.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactChange {
    /// The cell in the later wave.
    pub cell: Cell,
    pub from_wave: usize,
    /// Later share minus earlier share, 0 to 1, over the items asked in both waves. A side's
    /// respondents are those who gave a score or said "no contact". Undefined without such an answer
    /// in either wave.
    pub comparison: Comparison,
    /// Whether respondents are linked, so that `comparison` knows the overlap.
    pub linked: bool,
}

impl ContactChange {
    /// Both waves' cells, earlier first.
    pub fn cells(&self) -> [Cell; 2] {
        [self.cell.in_wave(self.from_wave), self.cell]
    }
}

/// Whether a rise of a score may be the rise of those who are still in contact: the score rose, "no
/// contact" rose too, and at least one of the two clearly. It is a warning, not a correction: nobody
/// knows how those without contact would have scored.
pub fn may_be_survivors(score: &Comparison, no_contact: &Comparison) -> bool {
    let rose = |it: &Comparison| it.difference.is_some_and(|difference| difference.value > 0.0);
    let clearly = |it: &Comparison| it.verdict == Verdict::Higher;
    rose(score) && rose(no_contact) && (clearly(score) || clearly(no_contact))
}

/// Every change of a share of "no contact" between two of the run's waves, judged in its family.
/// Nothing where the scale has no such answer.
///
/// Formula: the share is Σ no contact / Σ (scores + no contact) over respondents; its change is
/// treated as the change of a mean ([`change`], [`change_of_strangers`]).
pub(super) fn contact_changes(counted: &Counted<'_>) -> Vec<ContactChange> {
    let survey = counted.survey;
    let mut changes = Vec::new();
    if survey.scale.no_contact.is_none() {
        return changes;
    }
    for audience in 0..survey.audiences.len() {
        for (position, &from) in counted.waves.iter().enumerate() {
            for &to in &counted.waves[position + 1..] {
                changes.extend(between(counted, audience, from, to));
            }
        }
    }
    for change in &mut changes {
        let minimum = survey.audiences[change.cell.audience].minimum_respondents;
        let reason = match change.cell.group {
            Group::NotStated { .. } => NotTested::NotAGroup,
            _ if change.comparison.smaller_base() < minimum => NotTested::SmallBase,
            _ => continue,
        };
        if change.comparison.difference.is_some() {
            change.comparison = change.comparison.clone().without_test(reason);
        }
    }
    let family = |change: &ContactChange| families::of_contact_change(survey, &change.cell, change.from_wave);
    families::judge(&mut changes, family, |change| &mut change.comparison);
    changes
}

fn between(counted: &Counted<'_>, audience: usize, from: usize, to: usize) -> Vec<ContactChange> {
    let survey = counted.survey;
    let waves = [from, to];
    let items = waves.map(|wave| survey.items(wave, audience));
    let is_same = items[0] == items[1];
    let in_both = |item: Item| items.iter().all(|items| items.contains(&item));
    // What was counted already serves unless something was asked in one wave only.
    let units = waves.map(|wave| match is_same {
        true => counted.units(wave, audience).map(Cow::Borrowed),
        false => counted
            .responses(wave, audience)
            .map(|responses| Cow::Owned(Units::of(survey, responses, in_both))),
    });
    let tally = match is_same {
        true => Cow::Borrowed(&counted.tally),
        false => Cow::Owned(Tally::of(survey, &waves, units.iter().flatten().map(|units| &**units))),
    };
    let overlap = match &units {
        [Some(earlier), Some(later)] => Overlap::new(earlier, later),
        _ => None,
    };
    let samples = waves.map(|wave| sample(counted, wave, audience));
    let is_wanted = |cell: &&Cell| cell.audience == audience && waves.contains(&cell.wave);
    let cells: BTreeSet<Cell> =
        tally.iter().map(|(cell, _)| cell).filter(is_wanted).map(|cell| cell.in_wave(to)).collect();
    let one = |cell: Cell| {
        let moments = |wave| tally.get(&cell.in_wave(wave)).map(|entry| entry.no_contact).unwrap_or_default();
        let [earlier, later] = [(from, samples[0]), (to, samples[1])]
            .map(|(wave, sample)| InWave { moments: moments(wave), sample });
        let comparison = match &overlap {
            Some(overlap) => change(&earlier, &later, &overlap.linked(&cell)),
            None => change_of_strangers(&earlier, &later),
        };
        ContactChange { cell, from_wave: from, comparison, linked: overlap.is_some() }
    };
    cells.into_iter().map(one).collect()
}

/// The units that are in both waves, found once for all cells.
struct Overlap<'u> {
    domains: [BTreeMap<(Department, Question), usize>; 2],
    pairs: Vec<[&'u Unit; 2]>,
}

impl<'u> Overlap<'u> {
    /// `None` where either wave has no links.
    fn new(earlier: &'u Units, later: &'u Units) -> Option<Overlap<'u>> {
        if !(earlier.has_links() && later.has_links()) {
            return None;
        }
        let links: BTreeMap<&str, &Unit> =
            later.units.iter().filter_map(|unit| Some((unit.link.as_deref()?, unit))).collect();
        let again = |unit: &'u Unit| Some([unit, *links.get(unit.link.as_deref()?)?]);
        let domains = [earlier, later].map(|units| {
            units.domains.iter().enumerate().map(|(position, domain)| (*domain, position)).collect()
        });
        Some(Overlap { domains, pairs: earlier.units.iter().filter_map(again).collect() })
    }

    /// Sums over those who gave a score or said "no contact" in the cell in both waves.
    fn linked(&self, cell: &Cell) -> LinkedMoments {
        let domain = |wave: usize| self.domains[wave].get(&(cell.department, cell.question)).copied();
        let mut linked = LinkedMoments::default();
        let (Some(from), Some(to)) = (domain(0), domain(1)) else { return linked };
        for [earlier, later] in &self.pairs {
            linked.add(no_contact(earlier, from, cell.group), no_contact(later, to, cell.group));
        }
        linked
    }
}

/// Scores and "no contact" of one unit, and how many of them are "no contact".
fn no_contact(unit: &Unit, domain: usize, group: Group) -> Answered {
    let counts = unit.answered.get(&group).and_then(|counts| counts.get(domain));
    counts.map_or((0, 0), |counts| (counts.answers() + counts.no_contact, counts.no_contact))
}
