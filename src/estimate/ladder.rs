//! Where an average lies between two described levels.
//!
//! Respondents saw a statement at either end of the scale and nothing between, so an average is a
//! position on the way from one level to the next, never a level that was reached.

use super::Estimate;
use crate::ratio::Ratio;

/// The position of an average between two neighbouring levels of a ladder that begins at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The level below; the one above is the next. An average of exactly the top lies at the upper
    /// end of the last step.
    pub lower: u8,
    /// Which of the two it is nearer to.
    pub nearer: Side,
    /// Whether the whole likely range lies on that same side; `None` without a likely range.
    pub is_sure: Option<bool>,
    /// Whether the likely range reaches below the lower level.
    pub reaches_below: bool,
    /// Whether the likely range reaches above the upper level.
    pub reaches_above: bool,
}

/// A place on the step from one level to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Exactly where the lower level is described.
    AtLower,
    NearerLower,
    Halfway,
    NearerUpper,
    /// Exactly where the upper level is described.
    AtUpper,
}

impl Position {
    /// Places a mean on a ladder of levels from 1 to `top`, from its exact ratio where it has one.
    ///
    /// `None` for an average off the ladder, and for a ladder of fewer than two levels.
    pub fn of(mean: &Estimate, top: u8) -> Option<Position> {
        let below = |level: f64| match mean.ratio {
            Some(ratio) => Ratio::new(doubled(level), 2).is_some_and(|level| ratio < level),
            None => mean.value < level,
        };
        let above = |level: f64| match mean.ratio {
            Some(ratio) => Ratio::new(doubled(level), 2).is_some_and(|level| ratio > level),
            None => mean.value > level,
        };
        if top < 2 || below(1.0) || above(f64::from(top)) {
            return None;
        }
        let lower = (1..top).rev().find(|&level| !below(f64::from(level)))?;
        let (low, middle, high) = (f64::from(lower), f64::from(lower) + 0.5, f64::from(lower) + 1.0);
        let nearer = match (above(low), below(middle), above(middle), below(high)) {
            (false, ..) => Side::AtLower,
            (_, true, ..) => Side::NearerLower,
            (_, _, false, _) => Side::Halfway,
            (.., true) => Side::NearerUpper,
            (.., false) => Side::AtUpper,
        };
        let range = mean.interval;
        Some(Position {
            lower,
            nearer,
            is_sure: range.map(|range| match nearer {
                Side::AtLower | Side::NearerLower => range.upper < middle,
                Side::Halfway => false,
                Side::NearerUpper | Side::AtUpper => range.lower > middle,
            }),
            reaches_below: range.is_some_and(|range| range.lower < low && lower > 1),
            reaches_above: range.is_some_and(|range| range.upper > high && lower + 1 < top),
        })
    }
}

/// Levels and the middles between them are whole halves.
fn doubled(level: f64) -> i128 {
    (level * 2.0).round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Interval;

    fn mean(sum: u64, answers: u64, range: Option<(f64, f64)>) -> Estimate {
        let interval = range.map(|(lower, upper)| Interval { lower, upper, level: 0.95 });
        Estimate { interval, ..Estimate::exact(sum, answers, answers).unwrap() }
    }

    fn place(sum: u64, answers: u64) -> (u8, Side) {
        let position = Position::of(&mean(sum, answers, None), 4).unwrap();
        (position.lower, position.nearer)
    }

    /// By hand on four levels: 8/4 = 2.00 is where level 2 is described, on the step from 2 to 3; 10/4 =
    /// 2.50 is halfway; 16/4 = 4.00 is the end of the last step, from 3 to 4; 4/4 = 1.00 the beginning.
    #[test]
    fn exact_levels_and_middles_are_told_apart() {
        assert_eq!(place(8, 4), (2, Side::AtLower));
        assert_eq!(place(10, 4), (2, Side::Halfway));
        assert_eq!(place(16, 4), (3, Side::AtUpper));
        assert_eq!(place(4, 4), (1, Side::AtLower));
        assert_eq!(place(9, 4), (2, Side::NearerLower)); // 2.25
        assert_eq!(place(11, 4), (2, Side::NearerUpper)); // 2.75
        assert_eq!(place(2499, 1000), (2, Side::NearerLower)); // prints 2.50, and is below it
        assert_eq!(place(1999, 1000), (1, Side::NearerUpper)); // prints 2.00, and is below it
    }

    /// By hand: 2.25 lies between 2 and 3 with the middle at 2.5.
    #[test]
    fn the_likely_range_says_how_sure_the_place_is() {
        let position = |range| Position::of(&mean(9, 4, range), 4).unwrap();
        assert_eq!(position(None).is_sure, None);
        assert_eq!(position(Some((2.1, 2.4))).is_sure, Some(true));
        let wide = position(Some((1.9, 2.6)));
        assert_eq!((wide.is_sure, wide.reaches_below, wide.reaches_above), (Some(false), true, false));
        assert!(position(Some((1.4, 3.1))).reaches_above);
    }

    /// There is no level below the first or above the last for a likely range to reach.
    #[test]
    fn ends_of_the_ladder_have_nothing_beyond() {
        let low = Position::of(&mean(5, 4, Some((0.9, 1.6))), 4).unwrap();
        let high = Position::of(&mean(15, 4, Some((3.4, 4.1))), 4).unwrap();
        assert!(!low.reaches_below && !high.reaches_above);
        assert_eq!(Position::of(&mean(2, 4, None), 4), None);
        assert_eq!(Position::of(&mean(17, 4, None), 4), None);
        assert_eq!(Position::of(&mean(4, 4, None), 1), None);
    }
}
