//! The tidy data files: everything that a readership may have, as ids and numbers.

mod benchmarks;
mod changes;
mod gaps;
mod mix;
mod results;
mod rows;

pub use benchmarks::benchmarks;
pub use changes::changes;
pub use gaps::gaps;
pub use mix::mix;
pub use results::results;
pub use rows::{Datum, Key, csv};

use crate::disclose::Policy;
use crate::estimate::Estimate;
use crate::ratio::rounded;
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

/// The value of an estimate, exact as far as a double can be.
fn value(estimate: Option<&Estimate>) -> Datum<'static> {
    Datum::Number(estimate.map(|it| it.value))
}

/// The columns that name a figure.
pub(in crate::publish) const ADDRESS: [&str; 6] =
    ["wave", "audience", "department", "question", "breakdown", "group"];

/// What stands in those columns.
pub(in crate::publish) fn address<'s>(survey: &'s Survey, cell: &Cell) -> [Key<'s>; 6] {
    survey.ids(cell).map(Key::Id)
}
