//! One draw: who answers, and what is estimated from it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use rmsurvey::estimate::{
    Comparison, Estimate, InWave, SMALLEST_BASE, Sample, change, change_of_strangers, independent,
    matched_change, mean,
};
use rmsurvey::tally::{Answered, LinkedMoments, Moments};

use crate::population::{Form, GROUPS, OFFICERS, PROVIDERS, Population, Provider};
use crate::table::Figure;
use rmsurvey::random::Random;

/// Forms of the earlier wave per form of the later one.
const EARLIER: f64 = 0.8;
/// Share of the earlier sample that is in the later one as well, where samples overlap.
const OVERLAP: f64 = 0.8;
/// Officers who answer: one of these numbers, each as likely.
const FEWEST_OFFICERS: usize = 40;
const MOST_OFFICERS: usize = 44;

/// Those who answer. Who does is drawn evenly, for that is what every interval takes for granted.
#[derive(Clone, Debug)]
pub struct Draw<'p> {
    population: &'p Population,
    later: Vec<&'p Provider>,
    /// An earlier sample, and those of it who are also in the later one.
    earlier: Vec<&'p Provider>,
    both: Vec<&'p Provider>,
    /// An earlier sample of which nobody is in the later one.
    strangers: Vec<&'p Provider>,
    officers: Vec<Answered>,
}

/// Every estimate that is checked; some figures have several. `None` is one that cannot be given, or
/// rests on too few people.
pub type Estimates = BTreeMap<Figure, Vec<Option<Estimate>>>;

impl<'p> Draw<'p> {
    /// The later sample has `forms` forms.
    pub fn new(population: &'p Population, forms: usize, random: &mut Random) -> Draw<'p> {
        let earlier = (EARLIER * forms as f64).round() as usize;
        let shared = (OVERLAP * earlier as f64).round() as usize;
        // In random order any stretch is a fair sample, and what the stretches share is known.
        let mut providers: Vec<&Provider> = population.providers.iter().collect();
        let providers = random.draw(&mut providers, forms + earlier);
        let answering = FEWEST_OFFICERS + random.below(MOST_OFFICERS - FEWEST_OFFICERS + 1);
        Draw {
            population,
            later: providers[..forms].to_vec(),
            earlier: providers[forms - shared..forms - shared + earlier].to_vec(),
            both: providers[forms - shared..forms].to_vec(),
            strangers: providers[forms..].to_vec(),
            officers: random.draw(&mut population.officers.clone(), answering).to_vec(),
        }
    }

    /// Everyone answers, in both waves: what is estimated from it is the truth.
    pub fn of_everyone(population: &'p Population) -> Draw<'p> {
        let everyone: Vec<&Provider> = population.providers.iter().collect();
        Draw {
            population,
            later: everyone.clone(),
            earlier: everyone.clone(),
            both: everyone.clone(),
            strangers: everyone,
            officers: population.officers.clone(),
        }
    }

    /// Everything that is estimated from the draw.
    pub fn estimates(&self) -> Result<Estimates> {
        let (least, best) = (self.population.least_known, self.population.best_known);
        let overall = |form: &Form| form.overall;
        let about_least = |form: &Form| form.about(least);
        let later = in_wave(self.later.iter().map(|it| overall(&it.later)))?;
        let later_least = in_wave(self.later.iter().map(|it| about_least(&it.later)))?;
        let later_best = in_wave(self.later.iter().map(|it| it.later.about(best)))?;
        let earlier = in_wave(self.earlier.iter().map(|it| overall(&it.earlier)))?;
        let earlier_least = in_wave(self.earlier.iter().map(|it| about_least(&it.earlier)))?;
        let strangers = in_wave(self.strangers.iter().map(|it| overall(&it.earlier)))?;
        let linked = self.linked(overall);
        let officers =
            InWave { moments: Moments::of(&self.officers), sample: sample(self.officers.len(), OFFICERS)? };
        let gaps = self.group_gaps(later.sample);
        let one = |comparison: Comparison| vec![tested(&comparison)];
        Ok(BTreeMap::from([
            (Figure::OverallMean, vec![shown(later.mean())]),
            (Figure::BestKnownDepartment, vec![shown(later_best.mean())]),
            (Figure::LeastKnownDepartment, vec![shown(later_least.mean())]),
            (Figure::OfficersMean, vec![shown(officers.mean())]),
            (Figure::AudienceGap, one(independent(later.mean(), officers.mean()))),
            (Figure::SmallestGroupGap, gaps.last().copied().into_iter().collect()),
            (Figure::EveryGroupGap, gaps),
            (Figure::CombinedChange, one(change(&earlier, &later, &linked))),
            (
                Figure::CombinedChangeOfDepartment,
                one(change(&earlier_least, &later_least, &self.linked(about_least))),
            ),
            (Figure::MatchedChange, one(matched_change(earlier.sample, later.sample, &linked))),
            (Figure::SeparateChangeOfStrangers, one(change_of_strangers(&strangers, &later))),
            (Figure::SeparateChangeOfTheSame, one(change_of_strangers(&earlier, &later))),
            (Figure::AnswersAsPeople, vec![self.answers_as_people(later.sample)]),
        ]))
    }

    /// The matched change with fresh answers of the same people about the same departments, and what
    /// it would be on average over such answers: the change of exactly this set.
    pub fn change_of_the_set(&self, random: &mut Random) -> Result<(f64, Option<Estimate>)> {
        let set = self.both.iter().filter(|it| it.earlier.overall.0 > 0 && it.later.overall.0 > 0);
        let mut linked = LinkedMoments::default();
        let (mut expected_from, mut expected_to) = (0.0, 0.0);
        for provider in set {
            linked.add(provider.earlier.once_more(random), provider.later.once_more(random));
            expected_from += provider.earlier.expected;
            expected_to += provider.later.expected;
        }
        let truth = expected_to / linked.to.k as f64 - expected_from / linked.from.k as f64;
        let (from, to) = (sample(self.earlier.len(), PROVIDERS)?, sample(self.later.len(), PROVIDERS)?);
        Ok((truth, tested(&matched_change(from, to, &linked))))
    }

    /// As many officers as answered, but others each time: the mean of officers in general that they
    /// give with the frame switched off, and with the frame left on as if they were these 52.
    pub fn officers_in_general(&self, random: &mut Random) -> Result<[Option<Estimate>; 2]> {
        let others = Moments::of(&self.population.other_officers(self.officers.len(), random));
        let samples =
            [Sample::without_frame(self.officers.len() as u64), sample(self.officers.len(), OFFICERS)?];
        Ok(samples.map(|sample| shown(mean(&others, sample))))
    }

    /// Every group against every larger one; last the smallest against the largest.
    fn group_gaps(&self, sample: Sample) -> Vec<Option<Estimate>> {
        let answers =
            |group: usize| self.later.iter().filter(move |it| it.group == group).map(|it| it.later.overall);
        let means: [Option<Estimate>; GROUPS.len()] =
            std::array::from_fn(|group| mean(&sums(answers(group)), sample));
        let pairs =
            (0..means.len()).rev().flat_map(|larger| (larger + 1..means.len()).map(move |it| (it, larger)));
        pairs.map(|(smaller, larger)| tested(&independent(means[smaller], means[larger]))).collect()
    }

    /// Answers of those who answer in both waves.
    fn linked(&self, answered: impl Fn(&Form) -> Answered) -> LinkedMoments {
        let mut linked = LinkedMoments::default();
        self.both.iter().for_each(|it| linked.add(answered(&it.earlier), answered(&it.later)));
        linked
    }

    /// The mistake that the crate exists to avoid: each answer as if another person had given it.
    fn answers_as_people(&self, sample: Sample) -> Option<Estimate> {
        let answers = self.later.iter().flat_map(|provider| provider.later.scores());
        mean(&sums(answers.map(|score| (1, score))), sample)
    }
}

fn sums(answered: impl Iterator<Item = Answered>) -> Moments {
    Moments::of(&answered.collect::<Vec<Answered>>())
}

/// One answered form per provider, out of all providers.
fn in_wave(answered: impl ExactSizeIterator<Item = Answered>) -> Result<InWave> {
    let sample = sample(answered.len(), PROVIDERS)?;
    Ok(InWave { moments: sums(answered), sample })
}

fn sample(forms: usize, frame: usize) -> Result<Sample> {
    Sample::new(forms as u64, Some(frame as u64)).context("more forms than people")
}

/// A mean, if enough people stand behind it.
fn shown(mean: Option<Estimate>) -> Option<Estimate> {
    mean.filter(|mean| mean.respondents >= SMALLEST_BASE)
}

/// A difference, if enough people stand behind both sides.
fn tested(comparison: &Comparison) -> Option<Estimate> {
    comparison.difference.filter(|_| comparison.smaller_base() >= SMALLEST_BASE)
}
