//! Attacks the releases of many random surveys, on all cores, and says what could be recovered, and
//! what withholding cost. `cargo run --release --example attack -- 10000 [FIRST_SEED]`; ends with 1 if
//! anything was recovered.

#[path = "../tests/attack/in_memory.rs"]
mod in_memory;
#[path = "../tests/attack/price.rs"]
mod price;
#[path = "../tests/attack/random_survey.rs"]
mod random_survey;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::thread;

use rmsurvey::audit::{Method, attack};

use crate::in_memory::{median, published};
use crate::price::{Lost, Price};
use crate::random_survey::random_survey;

/// So many findings are written out.
const EXAMPLES: usize = 10;

/// What came out of some surveys.
#[derive(Debug, Default)]
struct Outcome {
    /// By seed: how much was recovered, and one example.
    leaking: BTreeMap<u64, (usize, String)>,
    /// Surveys and findings.
    by_method: BTreeMap<Method, (u64, usize)>,
    figures: usize,
    shown: usize,
    primary: usize,
    complementary: usize,
    ratios: Vec<f64>,
    price: Price,
    /// Surveys in which a safe figure of everyone is withheld.
    without_headline: usize,
}

impl Outcome {
    fn add(&mut self, seed: u64) -> Result<(), Box<dyn Error>> {
        let published = published(&random_survey(seed)?, None)?;
        let report = attack(&published.files)?;
        if let Some(first) = report.findings.first() {
            self.leaking.insert(seed, (report.findings.len(), first.to_string()));
        }
        for (method, count) in report.by_method() {
            let sum = self.by_method.entry(method).or_default();
            *sum = (sum.0 + 1, sum.1 + count);
        }
        self.figures += published.figures;
        self.shown += published.shown;
        self.primary += published.primary;
        self.complementary += published.withheld.saturating_sub(published.primary);
        self.ratios.extend(published.ratio());
        self.price += published.price;
        self.without_headline += usize::from(published.price.headline.lost > 0);
        Ok(())
    }

    fn merge(&mut self, other: Outcome) {
        self.leaking.extend(other.leaking);
        for (method, (surveys, count)) in other.by_method {
            let sum = self.by_method.entry(method).or_default();
            *sum = (sum.0 + surveys, sum.1 + count);
        }
        self.figures += other.figures;
        self.shown += other.shown;
        self.primary += other.primary;
        self.complementary += other.complementary;
        self.ratios.extend(other.ratios);
        self.price += other.price;
        self.without_headline += other.without_headline;
    }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let surveys: u64 = arguments.next().map_or(Ok(1000), |text| text.parse())?;
    let first: u64 = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let cores = thread::available_parallelism()?.get();
    let share = |core: usize| {
        let mut outcome = Outcome::default();
        for seed in (first..first + surveys).skip(core).step_by(cores) {
            outcome.add(seed).map_err(|error| format!("seed {seed}: {error}"))?;
        }
        Ok::<_, String>(outcome)
    };
    let mut outcome = Outcome::default();
    thread::scope(|scope| {
        let shares: Vec<_> = (0..cores).map(|core| scope.spawn(move || share(core))).collect();
        shares.into_iter().try_for_each(|share| {
            outcome.merge(share.join().map_err(|_| "a share of the surveys broke off".to_owned())??);
            Ok::<_, String>(())
        })
    })?;
    tell(surveys, first, &outcome);
    Ok(if outcome.leaking.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn tell(surveys: u64, first: u64, outcome: &Outcome) {
    for (seed, (count, example)) in outcome.leaking.iter().take(EXAMPLES) {
        println!("seed {seed}: {count} recovered, for example\n  {example}");
    }
    let leaking = outcome.leaking.len();
    println!("{surveys} surveys from seed {first}, {leaking} of them with something to recover");
    for method in Method::ALL {
        if let Some((surveys, count)) = outcome.by_method.get(&method) {
            println!("  by {}: {count} in {surveys} surveys", method.words());
        }
    }
    let Outcome { figures, shown, primary, complementary, price, .. } = outcome;
    let percent = 100.0 * *shown as f64 / *figures as f64;
    println!(
        "{figures} figures: {shown} shown ({percent:.1}%), {primary} withheld by the minimum, {complementary} beside them"
    );
    println!("median of those beside, for each by the minimum: {:.3}", median(outcome.ratios.clone()));
    let lost = |what: &str, Lost { of, lost, inevitable }: Lost| {
        println!("{what}: {lost} of {of}, {inevitable} of them inevitable");
    };
    lost("breakdowns of two or more safe groups that show fewer than two", price.breakdowns);
    lost("safe overall figures of everyone withheld", price.overall);
    lost("safe figures of everyone, overall and by question, withheld", price.headline);
    println!("surveys in which any of the last is withheld: {}", outcome.without_headline);
}
