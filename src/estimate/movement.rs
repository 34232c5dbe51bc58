//! Who answered again: stayers, joiners and leavers between two waves. A rise may be the survivors
//! answering, so how many they are stands beside every change.

use std::collections::BTreeSet;

use crate::tally::{Counted, Units};

/// How many of those who did not answer again had been asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitedAgain {
    /// There is no list of who was invited.
    NotKnown,
    /// They, or the others, are too few to be told of.
    NotTold,
    Of(u64),
}

/// How one audience moved from an earlier wave to a later one, counted in respondents (a party with
/// several forms in a wave counts once).
///
/// Stayers + leavers + those without a reference are everyone of the earlier wave; stayers + joiners
/// + those without a reference everyone of the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    pub audience: usize,
    pub from_wave: usize,
    pub to_wave: usize,
    /// Returned a form in both waves.
    pub stayers: u64,
    /// Returned a form in the later wave only.
    pub joiners: u64,
    /// Returned a form in the earlier wave only.
    pub leavers: u64,
    /// Leavers who were invited in the later wave.
    pub invited_again: InvitedAgain,
    /// Forms that carry no reference and cannot be found in the other wave, the earlier wave first.
    pub without_reference: [u64; 2],
}

impl Movement {
    /// Everyone who returned a form, the earlier wave first.
    pub fn everyone(&self) -> [u64; 2] {
        let [before, after] = self.without_reference;
        [self.stayers + self.leavers + before, self.stayers + self.joiners + after]
    }

    /// Every count that names a set of people.
    pub fn counts(&self) -> [u64; 5] {
        let [before, after] = self.without_reference;
        [self.stayers, self.joiners, self.leavers, before, after]
    }
}

/// Every audience between any two waves of the run, where both waves carry references.
pub(super) fn movements(counted: &Counted<'_>) -> Vec<Movement> {
    let mut movements = Vec::new();
    for audience in 0..counted.survey.audiences.len() {
        for (position, &from) in counted.waves.iter().enumerate() {
            for &to in &counted.waves[position + 1..] {
                let waves = counted.units(from, audience).zip(counted.units(to, audience));
                let invited = counted.populations.get(to).and_then(|it| it.references(audience));
                movements.extend(waves.and_then(|(earlier, later)| between(earlier, later, invited)));
            }
        }
    }
    movements
}

/// `None` unless both waves have references. `invited` are the references of the later wave's list.
fn between(earlier: &Units, later: &Units, invited: Option<&BTreeSet<String>>) -> Option<Movement> {
    if !(earlier.has_links() && later.has_links()) {
        return None;
    }
    let links = |units| -> BTreeSet<&str> { linked(units).collect() };
    let (before, after) = (links(earlier), links(later));
    let without = |units: &Units| (units.units.len() - linked(units).count()) as u64;
    Some(Movement {
        audience: later.audience,
        from_wave: earlier.wave,
        to_wave: later.wave,
        stayers: before.intersection(&after).count() as u64,
        joiners: after.difference(&before).count() as u64,
        leavers: before.difference(&after).count() as u64,
        invited_again: invited.map_or(InvitedAgain::NotKnown, |invited| {
            let again = before.difference(&after).filter(|reference| invited.contains(**reference));
            InvitedAgain::Of(again.count() as u64)
        }),
        without_reference: [without(earlier), without(later)],
    })
}

fn linked(units: &Units) -> impl Iterator<Item = &str> {
    units.units.iter().filter_map(|unit| unit.link.as_deref())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::tally::Unit;

    fn wave(wave: usize, links: &[Option<&str>]) -> Units {
        let unit = |link: &Option<&str>| Unit { link: link.map(str::to_owned), answered: BTreeMap::new() };
        Units { wave, audience: 0, domains: Vec::new(), units: links.iter().map(unit).collect() }
    }

    /// By hand: A, B and C answer first; B, C, D and one without a reference answer next. Stayers B
    /// and C, leaver A, joiner D; 2 + 1 + 0 = 3 before and 2 + 1 + 1 = 4 after.
    #[test]
    fn three_and_four_respondents_are_sorted_by_reference() {
        let earlier = wave(0, &[Some("A"), Some("B"), Some("C")]);
        let later = wave(1, &[Some("D"), Some("C"), None, Some("B")]);
        let movement = between(&earlier, &later, None).unwrap();
        assert_eq!((movement.stayers, movement.joiners, movement.leavers), (2, 1, 1));
        assert_eq!(movement.without_reference, [0, 1]);
        assert_eq!(movement.everyone(), [3, 4]);
        assert_eq!(movement.counts(), [2, 1, 1, 0, 1]);
        assert_eq!(movement.invited_again, InvitedAgain::NotKnown);
        for (invited, again) in [("A", 1), ("B", 0)] {
            let invited = BTreeSet::from([invited.to_owned()]);
            let movement = between(&earlier, &later, Some(&invited)).unwrap();
            assert_eq!(movement.invited_again, InvitedAgain::Of(again));
        }
    }

    #[test]
    fn without_references_in_both_waves_nobody_is_counted() {
        let named = wave(0, &[Some("A"), None]);
        let anonymous = wave(1, &[None, None]);
        assert_eq!(between(&named, &anonymous, None), None);
        assert_eq!(between(&anonymous, &named, None), None);
        let strangers = between(&named, &wave(1, &[Some("B")]), None).unwrap();
        assert_eq!((strangers.stayers, strangers.joiners, strangers.leavers), (0, 1, 1));
    }
}
