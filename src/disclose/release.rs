//! From everything that was estimated to what one readership is given.

use std::collections::BTreeMap;

use super::consistency::{self, ConsistencyKey};
use super::decided::Decided;
use super::patterns::{self, ReleasedPatterns};
use super::weightings::{self, StandardisedKey, WeightingKey};
use super::{Policy, Shown, Status, contact, distribution_test, effect, mixes, status};
use crate::estimate::{
    Change, Comparison, Consistency, ContactChange, DistributionKey, DistributionTest, Figure, Figures, Gap,
    GapKey, MixFigure, MixKey, Movement, Plan, Side, Standardised, Weighting,
};
use crate::survey::Survey;
use crate::tally::{Cell, Department, Group, Question};

/// A figure as a readership is given it.
#[derive(Clone, Debug, PartialEq)]
pub struct Released<T> {
    /// The public decision, whoever reads.
    pub status: Status,
    pub figure: Shown<T>,
}

/// An address within `changes.csv`: the cell in the later wave, and the earlier wave.
pub type ChangeKey = (Cell, usize);

/// Audience, earlier wave and later wave.
pub type MovementKey = (usize, usize, usize);

/// All that publishers are ever handed.
#[derive(Clone, Debug)]
pub struct Release {
    pub policy: Policy,
    results: BTreeMap<Cell, Released<Figure>>,
    changes: BTreeMap<ChangeKey, Released<Change>>,
    gaps: BTreeMap<GapKey, Released<Gap>>,
    mixes: BTreeMap<MixKey, Released<MixFigure>>,
    weightings: BTreeMap<WeightingKey, Released<Weighting>>,
    standardised: BTreeMap<StandardisedKey, Released<Standardised>>,
    movements: BTreeMap<MovementKey, Released<Movement>>,
    plans: BTreeMap<Cell, Released<Plan>>,
    contact_changes: BTreeMap<ChangeKey, Released<ContactChange>>,
    distribution_tests: BTreeMap<DistributionKey, Released<DistributionTest>>,
    consistency: BTreeMap<ConsistencyKey, Released<Consistency>>,
    patterns: Vec<ReleasedPatterns>,
}

/// Decides for every figure, and lets go of those that the readership may not see.
pub fn release(survey: &Survey, figures: &Figures, policy: Policy) -> Release {
    let decisions: BTreeMap<Cell, Status> =
        figures.results.iter().map(|(cell, figure)| (*cell, status::primary(survey, cell, figure))).collect();
    let decided = |cell: &Cell| decisions.get(cell).copied().unwrap_or(Status::NotAsked);
    let by = Decided { survey, policy, statuses: &decisions };
    let hand_over = |status: Status| status == Status::Ok || policy == Policy::Private;
    let in_scope = |crossings: usize| policy == Policy::Private || crossings <= 2;

    let results =
        figures.results.iter().filter(|(cell, _)| in_scope(cell.crossings())).map(|(cell, figure)| {
            let status = decided(cell);
            (*cell, Released { status, figure: shown(hand_over(status) || keeps_counts(status), figure) })
        });
    let changes = figures.changes.iter().filter(|change| in_scope(change.cell.crossings())).map(|change| {
        let status = worst(change.cells().iter().map(decided));
        let figure = shown(hand_over(status), change);
        (
            (change.cell, change.from_wave),
            Released { status, figure: figure.map(|it| without_few(survey, it, policy)) },
        )
    });
    let gaps = figures.gaps.iter().filter(|gap| in_scope(crossings(&gap.key))).map(|gap| {
        let status = worst(gap.key.cells(survey).iter().map(decided).chain([rest(survey, gap)]));
        let figure = shown(hand_over(status), gap);
        (gap.key, Released { status, figure: figure.map(|it| effect::without_few(&by, figures, it)) })
    });
    let movements = figures.movements.iter().map(|movement| {
        let status = status::movement(survey, movement);
        let key = (movement.audience, movement.from_wave, movement.to_wave);
        (key, Released { status, figure: shown(hand_over(status), movement) })
    });
    // What a group lacks tells what it has.
    let plans = figures.plans.iter().map(|plan| {
        let status = decided(&plan.cell);
        (plan.cell, Released { status, figure: shown(hand_over(status), plan) })
    });
    Release {
        policy,
        results: results.collect(),
        changes: changes.collect(),
        gaps: gaps.collect(),
        mixes: mixes::release(survey, &figures.mixes, &decided, policy),
        weightings: weightings::release(survey, &figures.weightings, &decided, policy),
        standardised: weightings::standardised(survey, figures, &decided, policy),
        movements: movements.collect(),
        plans: plans.collect(),
        contact_changes: contact::released(&by, figures),
        distribution_tests: distribution_test::released(&by, figures),
        consistency: consistency::released(&by, figures),
        patterns: patterns::released(&by, figures),
    }
}

fn shown<T: Clone>(is_shown: bool, figure: &T) -> Shown<T> {
    if is_shown { Shown::released(figure.clone()) } else { Shown::withheld() }
}

/// A figure that enough people were asked for and nobody scored has counts, and no value.
fn keeps_counts(status: Status) -> bool {
    matches!(status, Status::NobodyScored | Status::NotAsked | Status::NoWave)
}

/// The first reason, in the order of [`Status`], why something that rests on several figures is not
/// shown; withheld goes before all others.
pub(super) fn worst(statuses: impl Iterator<Item = Status>) -> Status {
    let mut statuses: Vec<Status> = statuses.filter(|status| *status != Status::Ok).collect();
    statuses.sort();
    statuses.first().copied().unwrap_or(Status::Ok)
}

/// A rest is held to the minimum as any other figure.
fn rest(survey: &Survey, gap: &Gap) -> Status {
    let minimum = gap.key.audience.map_or(0, |audience| survey.audiences[audience].minimum_respondents);
    let respondents = gap.comparison.right.map_or(0, |right| right.respondents);
    let is_small = gap.key.right == Side::Rest && respondents < minimum;
    if is_small { Status::Withheld } else { Status::Ok }
}

/// A change without its matched part where too few answered in both waves, or where what is left of
/// either wave without them would be too few: everyone is published beside them.
fn without_few(survey: &Survey, change: &Change, policy: Policy) -> Change {
    let minimum = survey.audiences[change.cell.audience].minimum_respondents;
    let is_safe = |matched: &Comparison| {
        let both = matched.smaller_base();
        let rest = [change.comparison.left, change.comparison.right]
            .map(|everyone| everyone.map_or(0, |it| it.respondents.saturating_sub(both)));
        both >= minimum && rest.iter().all(|&rest| !status::is_few(rest, minimum))
    };
    let matched = change.matched.clone().filter(|it| policy == Policy::Private || is_safe(it));
    Change { matched, ..change.clone() }
}

fn crossings(gap: &GapKey) -> usize {
    let department = match (gap.department, gap.left, gap.right) {
        (Some(Department::One(_)), ..) | (_, Side::Department(Department::One(_)), _) => 1,
        _ => 0,
    };
    department + usize::from(gap.question != Question::All) + usize::from(gap.breakdown.is_some())
}

impl Release {
    /// Every figure that the readership may know the existence of.
    pub fn results(&self) -> impl Iterator<Item = (&Cell, &Released<Figure>)> {
        self.results.iter()
    }

    /// One figure; `None` where there is no such cell in this release.
    pub fn result(&self, cell: &Cell) -> Option<&Released<Figure>> {
        self.results.get(cell)
    }

    pub fn changes(&self) -> impl Iterator<Item = (&ChangeKey, &Released<Change>)> {
        self.changes.iter()
    }

    /// The change of a cell since an earlier wave.
    pub fn change(&self, cell: &Cell, from_wave: usize) -> Option<&Released<Change>> {
        self.changes.get(&(*cell, from_wave))
    }

    pub fn gaps(&self) -> impl Iterator<Item = (&GapKey, &Released<Gap>)> {
        self.gaps.iter()
    }

    /// The gap at an address.
    pub fn gap(&self, wanted: &GapKey) -> Option<&Released<Gap>> {
        self.gaps.get(wanted)
    }

    /// Every change split over groups.
    pub fn mixes(&self) -> impl Iterator<Item = (&MixKey, &Released<MixFigure>)> {
        self.mixes.iter()
    }

    /// What a group, or all of them, contributed to a change.
    pub fn mix(&self, key: &MixKey) -> Option<&Released<MixFigure>> {
        self.mixes.get(key)
    }

    /// Every weighting to what is known of everyone invited.
    pub fn weightings(&self) -> impl Iterator<Item = (&WeightingKey, &Released<Weighting>)> {
        self.weightings.iter()
    }

    /// One weighting; `None` where nothing is known to weight to.
    pub fn weighting(&self, key: &WeightingKey) -> Option<&Released<Weighting>> {
        self.weightings.get(key)
    }

    /// The changes of an audience had it been everyone invited in both waves.
    pub fn standardised(&self, key: &StandardisedKey) -> Option<&Released<Standardised>> {
        self.standardised.get(key)
    }

    /// Who answered again between two waves; `None` without references in both.
    pub fn movement(&self, audience: usize, from_wave: usize, to_wave: usize) -> Option<&Released<Movement>> {
        self.movements.get(&(audience, from_wave, to_wave))
    }

    /// What a group lacks; `None` but for the groups of an audience's latest wave.
    pub fn plan(&self, cell: &Cell) -> Option<&Released<Plan>> {
        self.plans.get(cell)
    }

    pub fn contact_changes(&self) -> impl Iterator<Item = (&ChangeKey, &Released<ContactChange>)> {
        self.contact_changes.iter()
    }

    /// The change of a cell's share of "no contact" since an earlier wave.
    pub fn contact_change(&self, cell: &Cell, from_wave: usize) -> Option<&Released<ContactChange>> {
        self.contact_changes.get(&(*cell, from_wave))
    }

    /// Tests whether answers are spread alike, by wave, by what is compared, by question.
    pub fn distribution_tests(
        &self,
    ) -> impl Iterator<Item = (&DistributionKey, &Released<DistributionTest>)> {
        self.distribution_tests.iter()
    }

    /// Reliability of the question scale, by wave, audience and subject.
    pub fn consistency(&self) -> impl Iterator<Item = (&ConsistencyKey, &Released<Consistency>)> {
        self.consistency.iter()
    }

    /// How forms were filled in, per audience and wave.
    pub fn patterns(&self) -> &[ReleasedPatterns] {
        &self.patterns
    }

    /// Whether anyone who answered is a group of those who left an attribute blank.
    pub fn has_not_stated(&self, audience: usize, breakdown: usize) -> bool {
        let group = Group::NotStated { breakdown };
        self.results.keys().any(|cell| cell.audience == audience && cell.group == group)
    }
}
