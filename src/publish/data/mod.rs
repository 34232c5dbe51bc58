//! The tidy data files: everything that a readership may have, as ids and numbers.

mod benchmarks;
mod changes;
mod frame;
mod gaps;
mod mix;
mod results;

pub use benchmarks::benchmarks;
pub use changes::changes;
pub use frame::{Datum, Frame};
pub use gaps::gaps;
pub use mix::mix;
pub use results::results;

use crate::disclose::Policy;
use crate::estimate::Estimate;
use crate::ratio::round_decimal;
use crate::survey::Survey;
use crate::tally::Cell;

/// Decimals of errors, ranges, shares and p, and of degrees of freedom, in public.
pub(in crate::publish) const ERROR_DECIMALS: u32 = 3;
pub(in crate::publish) const DEGREES_DECIMALS: u32 = 0;

/// How precisely a readership is given what is not an exact mean: errors, ranges, shares and p.
/// Full precision in public would give sums of squares away.
#[derive(Clone, Copy, Debug)]
struct Precision(Policy);

impl Precision {
    /// An error, an end of a range, a share or a p.
    fn number(self, value: Option<f64>) -> Datum<'static> {
        Datum::Number(match self.0 {
            Policy::Public => value.map(|value| rounded(value, ERROR_DECIMALS)),
            Policy::Private => value,
        })
    }

    /// Degrees of freedom: whole in public.
    fn degrees(self, value: Option<f64>) -> Datum<'static> {
        Datum::Number(match self.0 {
            Policy::Public => value.map(|value| rounded(value, DEGREES_DECIMALS)),
            Policy::Private => value,
        })
    }

    /// Standard error and degrees of freedom of an estimate, and the two ends of its range.
    fn uncertainty(self, estimate: Option<&Estimate>) -> [Datum<'static>; 4] {
        let interval = estimate.and_then(|it| it.interval);
        [
            self.number(estimate.and_then(|it| it.standard_error)),
            self.degrees(estimate.and_then(|it| it.degrees_of_freedom)),
            self.number(interval.map(|it| it.lower)),
            self.number(interval.map(|it| it.upper)),
        ]
    }
}

/// Rounded as it is for people.
pub(in crate::publish) fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = [1.0, 10.0, 100.0, 1000.0].get(decimals as usize).copied();
    if let Some(scale) = scale
        && let scaled = value * scale
        && scaled.abs() < LARGEST_PLAIN
        && (scaled.abs().fract() - 0.5).abs() > NEAR_HALF
        && scaled.round() != 0.0
    {
        // A whole number over a power of ten is the double nearest to that decimal.
        return scaled.round() / scale;
    }
    if value.is_finite() { round_decimal(value, decimals).parse().unwrap_or(value) } else { value }
}

/// Up to here, and this far from a half, multiplying by a power of ten cannot change which whole number
/// is nearest.
const LARGEST_PLAIN: f64 = 1e9;
const NEAR_HALF: f64 = 1e-6;

/// The value of an estimate, exact as far as a double can be.
fn value(estimate: Option<&Estimate>) -> Datum<'static> {
    Datum::Number(estimate.map(|it| it.value))
}

pub(in crate::publish) const ADDRESS: [&str; 6] =
    ["wave", "audience", "department", "question", "breakdown", "group"];

/// The columns that name a figure.
pub(in crate::publish) fn address<'s>(survey: &'s Survey, cell: &Cell) -> [Datum<'s>; 6] {
    survey.ids(cell).map(Datum::text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_what_people_read() {
        let mut value: u64 = 0x9E37_79B9_7F4A_7C15;
        for decimals in 0..=5 {
            for step in 0..20_000_i32 {
                value = value.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let one = (value >> 11) as f64 / (1_u64 << 53) as f64;
                let halves = f64::from(step - 10_000) / 2000.0;
                for number in [one, -one, one * 1e4, halves, halves + 1e-12, one * 1e12, one * 1e-5] {
                    let expected: f64 = round_decimal(number, decimals).parse().unwrap();
                    assert_eq!(
                        rounded(number, decimals).to_bits(),
                        expected.to_bits(),
                        "{number} {decimals}"
                    );
                }
            }
        }
    }
}
