//! Which groups, published as one, would save most of what is withheld: found by trying all pairs.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Decisions, decide};
use crate::estimate::results_alone;
use crate::ingest::Input;
use crate::survey::{Combination, Names, Survey};
use crate::tally::count;

/// Pairs that are named per breakdown.
const NAMED: usize = 3;

/// What it would do to publish two groups as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    pub audience: usize,
    pub breakdown: usize,
    /// The label and the id that they would have.
    pub names: Names,
    /// How many fewer figures of the audience would be withheld.
    pub saved: usize,
    /// How many figures of the audience would be shown, and how many are.
    pub shown: usize,
    pub shown_now: usize,
}

/// The pairs of groups that would save most, at most three per breakdown of which something is
/// withheld, best first. Each is tried with the rules in full, complementary ones and audit included.
pub fn savings(survey: &Survey, waves: &[usize], input: &Input) -> Vec<Saving> {
    let mut savings = Vec::new();
    for (audience, definition) in survey.audiences.iter().enumerate() {
        let own = Input {
            responses: input.responses.iter().filter(|one| one.audience == audience).cloned().collect(),
            populations: input.populations.clone(),
            released: input.released.clone(),
            ..Input::default()
        };
        let now = decisions(survey, waves, &own);
        let withholds = |breakdown: usize| {
            now.withheld().iter().any(|withheld| withheld.cell.group.breakdown() == Some(breakdown))
        };
        // What is out by its groups cannot be published by others.
        let is_out = |breakdown: usize| {
            let by = &definition.breakdowns[breakdown].id;
            let addresses = input.released.iter().flat_map(|release| release.figures());
            addresses
                .map(|(address, _)| address)
                .any(|it| it.audience == definition.id && it.breakdown == *by)
        };
        for breakdown in (0..definition.breakdowns.len()).filter(|&one| withholds(one) && !is_out(one)) {
            let groups = &definition.breakdowns[breakdown].groups;
            // Two groups as one would be everyone.
            let pairs = (0..groups.len()).filter(|_| groups.len() > 2);
            let pairs = pairs.flat_map(|one| (one + 1..groups.len()).map(move |other| [one, other]));
            let pairs: Vec<[usize; 2]> = pairs.collect();
            let tried = pairs.into_par_iter().filter_map(|pair| {
                let combination = Combination::of(groups, BTreeSet::from(pair));
                let names = combination.names.clone();
                let mut combined = survey.clone();
                combined.audiences[audience].breakdowns[breakdown].combine = vec![combination];
                let publication = combined.for_publication();
                let recoded = own.for_publication(&combined, &publication);
                let then = decisions(&publication.survey, waves, &recoded);
                let saved = now.withheld().len().checked_sub(then.withheld().len()).filter(|it| *it > 0)?;
                let (shown, shown_now) = (then.shown(), now.shown());
                Some(Saving { audience, breakdown, names, saved, shown, shown_now })
            });
            let mut tried: Vec<Saving> = tried.collect();
            tried.sort_by_key(|saving| std::cmp::Reverse((saving.saved, saving.shown)));
            savings.extend(tried.into_iter().take(NAMED));
        }
    }
    savings
}

fn decisions(survey: &Survey, waves: &[usize], input: &Input) -> Decisions {
    decide(survey, &results_alone(&count(survey, waves, input)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small_survey::{Filled, Small};

    /// Four of a, two each of b and c where three are needed: b and c are four together, all shown;
    /// with a and b as one, c is withheld still.
    #[test]
    fn the_pair_that_shows_all_comes_first() {
        let forms: [Filled; 8] = [
            ("", Some(0), &[1, 4]),
            ("", Some(0), &[2, 3]),
            ("", Some(0), &[3, 2]),
            ("", Some(0), &[4, 1]),
            ("", Some(1), &[1, 2]),
            ("", Some(1), &[2, 1]),
            ("", Some(2), &[3, 4]),
            ("", Some(2), &[4, 3]),
        ];
        let small = Small::new(3, &[(&forms, &[])]);
        let found = savings(&small.survey, &small.waves, &small.input);
        let [first, ..] = &found[..] else { panic!("nothing saves") };
        assert_eq!((first.audience, first.breakdown, first.names.id.as_str()), (0, 0, "b-and-c"));
        let publication = {
            let mut combined = small.survey.clone();
            let by = &mut combined.audiences[0].breakdowns[0];
            by.combine = vec![Combination::of(&by.groups, BTreeSet::from([1, 2]))];
            combined.for_publication()
        };
        let then = decisions(
            &publication.survey,
            &small.waves,
            &small.input.for_publication(&small.survey, &publication),
        );
        assert!(then.withheld().is_empty());
        assert_eq!(first.saved, decisions(&small.survey, &small.waves, &small.input).withheld().len());
        assert!(first.shown > first.shown_now);
        assert!(found.windows(2).all(|pair| pair[0].saved >= pair[1].saved));
        assert!(found.len() <= NAMED);
    }
}
