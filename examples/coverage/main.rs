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
mod random;
mod sample;
mod table;

use anyhow::{Context, Result};

use population::{DEPARTMENTS, OFFICERS, PROVIDERS, Population};
use random::Random;
use sample::Draw;
use table::{Figure, Table};

/// Forms returned by providers in the later wave.
const FORMS: [usize; 4] = [25, 40, 60, 77];
const DRAWS: usize = 20_000;
const SEED: u64 = 7;

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
    table.print_all(&FORMS);
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
    for _ in 0..draws {
        let draw = Draw::new(population, forms, random);
        for (figure, estimates) in draw.estimates()? {
            let truths = truths.get(&figure).into_iter().flatten();
            let truths = truths.map(|truth| truth.map_or(f64::NAN, |truth| truth.value));
            table.add((figure, forms), truths.zip(estimates));
        }
        table.add((Figure::MatchedChangeOfTheSet, forms), [draw.change_of_the_set(random)?]);
    }
    Ok(())
}
