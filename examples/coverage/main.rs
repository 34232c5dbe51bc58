//! Do the intervals of this crate hold the truth as often as they say?
//!
//! Builds a population in which every answer of everybody is known, draws samples from it again and
//! again, lets the crate estimate from each sample, and counts how often the nominal 95% intervals
//! hold the figure of the population. Prints Markdown; `docs/coverage.md` keeps and explains it.
//!
//! ```text
//! cargo run --release --no-default-features --example coverage -- [draws] [seed]
//! ```

mod population;
mod sample;
mod table;

use anyhow::{Context, Result};

use population::{DEPARTMENTS, OFFICERS, PROVIDERS, Population};
use rmsurvey::random::Random;
use rmsurvey::tally::{Answered, Moments};
use sample::Draw;
use table::{Figure, Table};

/// Forms returned by providers in the later wave.
const FORMS: [usize; 4] = [25, 40, 60, 77];
const DRAWS: usize = 20_000;
const SEED: u64 = 7;
/// Officers enough to know officers in general.
const MANY: usize = 500_000;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let draws =
        arguments.next().map_or(Ok(DRAWS), |it| it.parse()).context("draws must be a whole number")?;
    let seed =
        arguments.next().map_or(Ok(SEED), |it| it.parse()).context("the seed must be a whole number")?;

    let mut random = Random::seeded(seed);
    let population = Population::new(&mut random);
    let mut table = Table::default();
    for forms in FORMS {
        simulate(&population, forms, draws, &mut random, &mut table)?;
    }
    println!(
        "{draws} draws for each number of forms, seed {seed}; {PROVIDERS} providers, {DEPARTMENTS} departments, \
         {OFFICERS} officers.\n"
    );
    table.print(&FORMS);
    Ok(())
}

/// Draws, estimates and counts.
fn simulate(
    population: &Population,
    forms: usize,
    draws: usize,
    random: &mut Random,
    table: &mut Table,
) -> Result<()> {
    let truths = Draw::of_everyone(population).estimates()?;
    let officers_in_general = ratio(&population.other_officers(MANY, random));
    for _ in 0..draws {
        let draw = Draw::new(population, forms, random);
        for (figure, estimates) in draw.estimates()? {
            for (truth, estimate) in truths.get(&figure).into_iter().flatten().zip(estimates) {
                let truth = truth.context("the population itself has no such figure")?;
                table.add((figure, forms), truth.value, estimate);
            }
        }
        let (truth, estimate) = draw.change_of_the_set(random)?;
        table.add((Figure::MatchedChangeOfTheSet, forms), truth, estimate);
        let [in_general, by_frame] = draw.officers_in_general(random)?;
        table.add((Figure::OfficersInGeneral, forms), officers_in_general, in_general);
        table.add((Figure::OfficersInGeneralByFrame, forms), officers_in_general, by_frame);
        table.end_of_draw();
    }
    Ok(())
}

/// Sum of all answers over their number.
fn ratio(people: &[Answered]) -> f64 {
    let sums = Moments::of(people);
    sums.y as f64 / sums.k as f64
}
