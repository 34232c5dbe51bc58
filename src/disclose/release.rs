//! From everything that was estimated to what one readership is given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::as_published::{self, ReleasedAverage};
use super::benchmarks::{self, CouncilName, ReleasedBenchmark};
use super::consistency::{self, ConsistencyKey};
use super::patterns::{self, ReleasedPatterns};
use super::readership::Readership;
use super::sheet::PUBLIC_CROSSINGS;
use super::themes::{self, ReleasedThemes};
use super::weightings::{self, StandardisedKey, WeightingKey};
use super::{Decisions, Policy, Shown, Status, contact, decide, distribution_test, effect, mixes, movement};
use crate::estimate::{
    Change, Consistency, ContactChange, DistributionKey, DistributionTest, Figure, Figures, Gap, GapKey,
    MixFigure, MixKey, Movement, Plan, Side, Standardised, Weighting,
};
use crate::survey::{Publication, Survey};
use crate::tally::{Cell, Cells, Department, Group, Question};

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
    results: Cells<Released<Figure>>,
    changes: BTreeMap<ChangeKey, Released<Change>>,
    gaps: BTreeMap<GapKey, Released<Gap>>,
    mixes: BTreeMap<MixKey, Released<MixFigure>>,
    weightings: BTreeMap<WeightingKey, Released<Weighting>>,
    standardised: BTreeMap<StandardisedKey, Released<Standardised>>,
    movements: BTreeMap<MovementKey, Released<Movement>>,
    plans: Cells<Released<Plan>>,
    contact_changes: BTreeMap<ChangeKey, Released<ContactChange>>,
    distribution_tests: BTreeMap<DistributionKey, Released<DistributionTest>>,
    consistency: BTreeMap<ConsistencyKey, Released<Consistency>>,
    patterns: Vec<ReleasedPatterns>,
    themes: Vec<ReleasedThemes>,
    as_published: Vec<ReleasedAverage>,
    benchmarks: Cells<ReleasedBenchmark>,
    councils: Vec<CouncilName>,
    /// Waves whose forms were added up and are not known one by one.
    summed: BTreeSet<usize>,
    /// Waves of which figures stay shown, since they are out, that today's rules would not show.
    overruled: BTreeSet<usize>,
    /// Which rule withheld what is for the analyst only: it tells small groups from the others.
    decisions: Option<Arc<Decisions>>,
}

/// Decides for every figure, and lets go of those that the readership may not see.
pub fn release(survey: &Survey, figures: &Figures, policy: Policy) -> Release {
    release_decided(survey, figures, &Arc::new(decide(survey, figures)), policy)
}

/// Lets go of what was decided on: one decision for both readerships.
pub fn release_decided(
    survey: &Survey,
    figures: &Figures,
    decisions: &Arc<Decisions>,
    policy: Policy,
) -> Release {
    let decided = |cell: &Cell| decisions.cell(cell);
    let by = Readership { survey, policy, decisions };
    let hand_over = |status: Status| status == Status::Ok || policy == Policy::Private;
    let in_scope = |crossings: usize, audience: Option<usize>, breakdown: Option<usize>| {
        let publishes =
            |(audience, breakdown): (usize, usize)| survey.audiences[audience].breakdowns[breakdown].publish;
        policy == Policy::Private
            || (crossings <= PUBLIC_CROSSINGS && audience.zip(breakdown).is_none_or(publishes))
    };
    let has_cell = |cell: &Cell| in_scope(cell.crossings(), Some(cell.audience), cell.group.breakdown());

    let results = figures.results.iter().filter(|(cell, _)| has_cell(cell)).map(|(cell, figure)| {
        let status = decisions.cell(cell);
        (*cell, Released { status, figure: shared(hand_over(status) || keeps_counts(status), figure) })
    });
    let changes = figures.changes.iter().filter(|change| has_cell(&change.cell)).map(|change| {
        let status = decisions.change(change);
        let matched = decisions.shows_matched(change) || policy == Policy::Private;
        // Of what was broken there is nothing to hand over.
        let is_shown = hand_over(status) && status != Status::Break;
        let figure = match is_shown && !matched && change.matched.is_some() {
            true => Shown::released(Change { matched: None, ..Change::clone(change) }),
            false => shared(is_shown, change),
        };
        ((change.cell, change.from_wave), Released { status, figure })
    });
    let has_gap = |key: &GapKey| in_scope(crossings(key), key.audience, key.breakdown);
    let gaps = figures.gaps.iter().filter(|gap| has_gap(&gap.key)).map(|gap| {
        let status = decisions.gap(survey, gap);
        let figure =
            match hand_over(status) && gap.effect.is_some() && effect::tells_of_few(&by, figures, gap) {
                true => Shown::released(Gap { effect: None, ..Gap::clone(gap) }),
                false => shared(hand_over(status), gap),
            };
        (gap.key, Released { status, figure })
    });
    // What a group lacks tells what it has.
    let plans = figures.plans.iter().map(|plan| {
        let status = decided(&plan.cell);
        (plan.cell, Released { status, figure: shown(hand_over(status), plan) })
    });
    let ((results, changes, contact_changes), (gaps, (mixes, (weightings, standardised)))) = rayon::join(
        || (results.collect(), changes.collect(), contact::released(&by, figures)),
        || {
            let weighted = || {
                (
                    weightings::release(survey, &figures.weightings, &decided, policy),
                    weightings::standardised(survey, figures, &decided, policy),
                )
            };
            let split = || mixes::release(survey, &figures.mixes, &decided, policy);
            rayon::join(|| gaps.collect(), || rayon::join(split, weighted))
        },
    );
    Release {
        policy,
        results,
        changes,
        gaps,
        mixes,
        weightings,
        standardised,
        movements: movement::released(&by, figures),
        plans: plans.collect(),
        contact_changes,
        distribution_tests: distribution_test::released(&by, figures),
        consistency: consistency::released(&by, figures),
        patterns: patterns::released(&by, figures),
        themes: themes::released(&by, figures),
        as_published: as_published::released(&by, figures),
        benchmarks: benchmarks::released(&by, figures),
        councils: benchmarks::named(figures),
        summed: figures.sums.iter().map(|sums| sums.wave).collect(),
        overruled: decisions.overruled().clone(),
        decisions: (policy == Policy::Private).then(|| Arc::clone(decisions)),
    }
}

/// Lets go of everything to the analyst, on the definition as it was typed; what was decided on is
/// what is published.
pub fn release_to_analyst(
    survey: &Survey,
    figures: &Figures,
    publication: &Publication,
    published: &Arc<Decisions>,
) -> Release {
    let decisions = Arc::new(published.for_analyst(survey, figures, publication));
    let release = release_decided(survey, figures, &decisions, Policy::Private);
    Release { decisions: Some(Arc::clone(published)), ..release }
}

fn shown<T: Clone>(is_shown: bool, figure: &T) -> Shown<T> {
    if is_shown { Shown::released(figure.clone()) } else { Shown::withheld() }
}

/// The same for what both readerships may be handed: a figure is large, and there are thousands.
fn shared<T>(is_shown: bool, figure: &Arc<T>) -> Shown<T> {
    if is_shown { Shown::shared(figure) } else { Shown::withheld() }
}

/// A figure that enough people were asked for and nobody scored has counts, and no value.
fn keeps_counts(status: Status) -> bool {
    matches!(status, Status::NobodyScored | Status::NotAsked | Status::NoWave)
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

    /// What people named, per wave and audience.
    pub fn themes(&self) -> &[ReleasedThemes] {
        &self.themes
    }

    /// Averages as they were printed before.
    pub fn as_published(&self) -> &[ReleasedAverage] {
        &self.as_published
    }

    /// What other councils have, beside ours.
    pub fn benchmarks(&self) -> impl Iterator<Item = (&Cell, &ReleasedBenchmark)> {
        self.benchmarks.iter()
    }

    /// One figure beside those of other councils; `None` where none of them has it.
    pub fn benchmark(&self, cell: &Cell) -> Option<&ReleasedBenchmark> {
        self.benchmarks.get(cell)
    }

    /// The other councils.
    pub fn councils(&self) -> &[CouncilName] {
        &self.councils
    }

    /// Waves of which some forms were added up and are not known one by one.
    pub fn summed(&self) -> impl Iterator<Item = usize> + '_ {
        self.summed.iter().copied()
    }

    /// Waves of which more is shown than the rules allow, because it was published before.
    pub fn overruled(&self) -> impl Iterator<Item = usize> {
        self.overruled.iter().copied()
    }

    /// Why figures are withheld from the public, by the addresses that are published; `None` in a
    /// public release.
    pub fn decisions(&self) -> Option<&Decisions> {
        self.decisions.as_deref()
    }

    /// Whether anyone who answered is a group of those who left an attribute blank.
    pub fn has_not_stated(&self, audience: usize, breakdown: usize) -> bool {
        let group = Group::NotStated { breakdown };
        self.results.keys().any(|cell| cell.audience == audience && cell.group == group)
    }
}
