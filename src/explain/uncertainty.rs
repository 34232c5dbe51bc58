//! How sure the average is: the formula in words, with the numbers put in.

use std::fmt::Write;

use super::{Behind, section};
use crate::estimate::{sample, t_quantile};
use crate::ratio::round_decimal;
use crate::tally::Moments;
use crate::view::MEAN_DECIMALS;

pub(super) fn write(behind: &Behind<'_>, page: &mut String) {
    let Some(mean) = behind.figure().and_then(|figure| figure.mean) else { return };
    section(page, "How sure it is");
    // Writing to a string cannot fail.
    match (mean.standard_error, mean.interval) {
        (None, _) => {
            page.push_str("  One respondent alone: no standard error and no likely range can be had.\n");
        }
        (Some(_), None) => page.push_str("  No likely range can be had.\n"),
        (Some(error), Some(interval)) => {
            formula(behind, error, page);
            let ends = [interval.lower, interval.upper].map(|end| round_decimal(end, MEAN_DECIMALS));
            let degrees = mean.degrees_of_freedom.unwrap_or_default();
            let t = t_quantile(0.5 + interval.level / 2.0, degrees);
            let t = t.map_or_else(String::new, |t| round_decimal(t, 4));
            let _ = writeln!(
                page,
                "  Likely range ({}%) = average - and + t x standard error\n    t for {degrees} degrees of freedom (respondents - 1) is {t}  [Excel: =T.INV.2T({}, {degrees})]\n    = {} - and + {t} x {} = {} to {}",
                round_decimal(interval.level * 100.0, 0),
                round_decimal(1.0 - interval.level, 2),
                round_decimal(mean.value, 6),
                round_decimal(error, 6),
                ends[0],
                ends[1]
            );
        }
    }
}

/// The standard error: what is sampled is the respondent, not the answer.
fn formula(behind: &Behind<'_>, error: f64, page: &mut String) {
    let Some(entry) = behind.counted.tally.get(&behind.cell) else { return };
    let Moments { m, k, y, kk, ky, yy } = entry.scores;
    let sample = sample(behind.counted, behind.cell.wave, behind.cell.audience);
    let (forms, correction) = (sample.forms(), sample.finite_population_correction());
    let small = m as f64 / (m - 1) as f64;
    // The sums are exact; what cancels of them may leave a trace below nothing.
    let average = y as f64 / k as f64;
    let deviations = (yy as f64 - 2.0 * average * ky as f64 + average * average * kk as f64).max(0.0);
    page.push_str(
        "  A respondent's deviation = the sum of their scores - average x how many scores they gave\n  \
           Standard error = square root of ( A x B x sum of squared deviations ) / number of all scores\n",
    );
    // Writing to a string cannot fail.
    let _ = match sample.frame() {
        Some(frame) => writeln!(
            page,
            "    A = share of those invited who sent no form = 1 - {forms} / {frame} = {}",
            round_decimal(correction, 6)
        ),
        None => writeln!(page, "    A = 1, as the number invited is not known or not used"),
    };
    let _ = writeln!(
        page,
        "    B = respondents / (respondents - 1) = {m} / {} = {}",
        m - 1,
        round_decimal(small, 6)
    );
    let _ = writeln!(
        page,
        "    Per respondent, k scores that add up to y: sum of y x y = {yy}, of k x y = {ky}, of k x k = {kk}"
    );
    let _ = writeln!(
        page,
        "    sum of squared deviations = {yy} - 2 x {y}/{k} x {ky} + ({y}/{k}) x ({y}/{k}) x {kk} = {}",
        round_decimal(deviations, 6)
    );
    let _ = writeln!(
        page,
        "    = square root of ( {} x {} x {} ) / {k} = {}",
        round_decimal(correction, 6),
        round_decimal(small, 6),
        round_decimal(deviations, 6),
        round_decimal(error, 6)
    );
}
