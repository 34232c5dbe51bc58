//! Attacks the releases of many random surveys and says what could be recovered, and what
//! withholding cost. `cargo run --release --example attack -- 10000 [FIRST_SEED]`; ends with 1 if
//! anything was recovered.

#[path = "../tests/attack/in_memory.rs"]
mod in_memory;
#[path = "../tests/attack/random_survey.rs"]
mod random_survey;

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;

use rmsurvey::audit::{Method, attack};

use crate::in_memory::published;
use crate::random_survey::random_survey;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let surveys: u64 = arguments.next().map_or(Ok(1000), |text| text.parse())?;
    let first: u64 = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let mut by_method: BTreeMap<Method, (u64, usize)> = BTreeMap::new();
    let mut leaking = 0;
    let (mut primary, mut complementary, mut shown, mut figures) = (0, 0, 0, 0);
    let mut ratios = Vec::new();
    for seed in first..first + surveys {
        let published = published(&random_survey(seed)?, None)?;
        let report = attack(&published.files)?;
        if !report.is_clean() {
            leaking += 1;
            if leaking <= 10 {
                println!("seed {seed}: {} recovered, for example", report.findings.len());
                println!("  {}", report.findings[0]);
            }
        }
        for (method, count) in report.by_method() {
            let sum = by_method.entry(method).or_default();
            *sum = (sum.0 + 1, sum.1 + count);
        }
        let extra = published.withheld.saturating_sub(published.primary);
        primary += published.primary;
        complementary += extra;
        shown += published.shown;
        figures += published.figures;
        if published.primary > 0 {
            ratios.push(extra as f64 / published.primary as f64);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("{surveys} surveys from seed {first}, {leaking} of them with something to recover");
    for method in Method::ALL {
        if let Some((surveys, count)) = by_method.get(&method) {
            println!("  by {}: {count} in {surveys} surveys", method.words());
        }
    }
    println!(
        "{figures} figures: {shown} shown, {primary} withheld by the minimum, {complementary} beside them"
    );
    if let Some(median) = ratios.get(ratios.len() / 2) {
        println!("median of those beside, for each by the minimum: {median:.3}");
    }
    Ok(if leaking == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
