//! Exact ratios of integers, and rounding from them.

use std::cmp::Ordering;
use std::num::NonZero;

/// An exact ratio of two integers with a positive denominator: a mean before anyone rounds it.
///
/// 2.275 as a double is already below 2.275, so what people read is rounded from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i64,
    denominator: NonZero<i64>,
}

impl Ratio {
    /// `numerator / denominator`; `None` when the denominator is not positive, or when one of the two
    /// does not fit into 64 bits in lowest terms.
    pub fn new(numerator: impl Into<i128>, denominator: impl Into<i128>) -> Option<Ratio> {
        let (numerator, denominator) = (numerator.into(), denominator.into());
        // In lowest terms, so that equal values are equal.
        let common = common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let common = i128::try_from(common).ok().filter(|common| *common > 0)?;
        let lowest = |term: i128| i64::try_from(if common == 1 { term } else { term / common }).ok();
        let (numerator, denominator) = (lowest(numerator)?, lowest(denominator)?);
        let denominator = NonZero::new(denominator).filter(|it| it.get() > 0)?;
        Some(Ratio { numerator, denominator })
    }

    fn terms(self) -> (i128, i128) {
        (self.numerator.into(), self.denominator.get().into())
    }

    /// The nearest double.
    pub fn value(self) -> f64 {
        self.numerator as f64 / self.denominator.get() as f64
    }

    /// The exact difference `self - other`; `None` should it not fit.
    pub fn minus(self, other: Ratio) -> Option<Ratio> {
        let ((left, own), (right, theirs)) = (self.terms(), other.terms());
        Ratio::new(left * theirs - right * own, own * theirs)
    }

    /// The exact product; `None` should it not fit.
    pub fn times(self, other: Ratio) -> Option<Ratio> {
        let ((left, own), (right, theirs)) = (self.terms(), other.terms());
        Ratio::new(left * right, own * theirs)
    }

    /// The exact quotient `self / other`; `None` unless `other` is positive, or should it not fit.
    pub fn over(self, other: Ratio) -> Option<Ratio> {
        let ((left, own), (right, theirs)) = (self.terms(), other.terms());
        Ratio::new(left * theirs, own * right)
    }

    /// Rounded to `decimals`, half away from zero, on the exact value: 91/40 = 2.275 gives "2.28".
    pub fn rounded(self, decimals: u32) -> String {
        let (numerator, denominator) = self.terms();
        let scale = 10_i128.pow(decimals);
        let (whole, rest) = (numerator.abs() / denominator, numerator.abs() % denominator);
        // rest < denominator, so neither product comes near 128 bits.
        let fraction = (rest * scale * 2 + denominator) / (denominator * 2);
        let magnitude = whole * scale + fraction;
        written(numerator < 0, magnitude, decimals)
    }
}

/// Euclid's algorithm, in 64 bits as soon as both fit.
fn common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        if let (Ok(mut one), Ok(mut other)) = (u64::try_from(one), u64::try_from(other)) {
            while other != 0 {
                (one, other) = (other, one % other);
            }
            return one.into();
        }
        (one, other) = (other, one % other);
    }
    one
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let ((left, own), (right, theirs)) = (self.terms(), other.terms());
        Some((left * theirs).cmp(&(right * own)))
    }
}

/// As [`round_decimal`], as the double nearest to what is written.
pub fn rounded(value: f64, decimals: u32) -> f64 {
    match scaled(value, decimals) {
        // A whole number over a power of ten is the double nearest to that decimal.
        Some((whole, scale)) if whole != 0.0 => whole / scale,
        _ if value.is_finite() => round_decimal(value, decimals).parse().unwrap_or(value),
        _ => value,
    }
}

/// A value as a whole number of units in its last decimal, and how many of these are one; `None` where
/// multiplying could change which whole number is nearest: too large, or too near to a half.
fn scaled(value: f64, decimals: u32) -> Option<(f64, f64)> {
    const LARGEST_PLAIN: f64 = 1e9;
    const NEAR_HALF: f64 = 1e-6;
    let scale = [1.0, 10.0, 100.0, 1000.0].get(decimals as usize).copied()?;
    let scaled: f64 = value * scale;
    let is_plain = scaled.abs() < LARGEST_PLAIN && (scaled.abs().fract() - 0.5).abs() > NEAR_HALF;
    is_plain.then(|| (scaled.round(), scale))
}

/// A figure without an exact ratio, rounded half away from zero on its shortest decimal form.
pub fn round_decimal(value: f64, decimals: u32) -> String {
    match scaled(value, decimals) {
        Some((whole, _)) => written(value < 0.0, whole.abs() as i128, decimals),
        None => round_digits(value, decimals),
    }
}

/// As [`round_decimal`], digit by digit.
fn round_digits(value: f64, decimals: u32) -> String {
    // The shortest decimal that reads back is what anyone holding the data file would round.
    let shortest = format!("{}", value.abs());
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    let keep = decimals as usize;
    let digits: String = fraction.chars().chain(std::iter::repeat('0')).take(keep).collect();
    let up = fraction.as_bytes().get(keep).is_some_and(|digit| *digit >= b'5');
    let magnitude = format!("{whole}{digits}").parse::<i128>().unwrap_or(i128::MAX - 1) + i128::from(up);
    written(value < 0.0, magnitude, decimals)
}

fn written(negative: bool, magnitude: i128, decimals: u32) -> String {
    let mut digits = magnitude.to_string();
    let decimals = decimals as usize;
    if decimals > 0 {
        let missing = (decimals + 1).saturating_sub(digits.len());
        digits.insert_str(0, &"0".repeat(missing));
        digits.insert(digits.len() - decimals, '.');
    }
    if negative && magnitude != 0 {
        digits.insert(0, '-');
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two(sum: i128, count: i128) -> String {
        Ratio::new(sum, count).map(|r| r.rounded(2)).unwrap_or_default()
    }

    /// Hand values: 91/40 = 2.275, 97/40 = 2.425, 79/40 = 1.975, 83/40 = 2.075, 689/320 = 2.153125.
    #[test]
    fn halves_round_up_on_the_exact_value() {
        assert_eq!(two(91, 40), "2.28");
        assert_eq!(two(97, 40), "2.43");
        assert_eq!(two(79, 40), "1.98");
        assert_eq!(two(83, 40), "2.08");
        assert_eq!(two(689, 320), "2.15");
        assert_eq!(two(93, 40), "2.33"); // 2.325
        assert_eq!(two(-1, 8), "-0.13"); // -0.125, away from zero as its mirror image
        assert_eq!(two(-1, 1000), "0.00"); // never "-0.00"
        assert_eq!(two(1999, 1000), "2.00"); // 1.999 carries into the whole part
    }

    #[test]
    fn decimals_without_a_ratio_round_on_what_a_reader_sees() {
        assert_eq!(round_decimal(2.275, 2), "2.28");
        assert_eq!(round_decimal(0.0005, 3), "0.001");
        assert_eq!(round_decimal(9.9996, 3), "10.000");
        assert_eq!(round_decimal(1e-9, 3), "0.000");
        assert_eq!(round_decimal(-0.2, 0), "0");
        assert_eq!(round_decimal(1234.5, 0), "1235");
    }

    #[test]
    fn the_quick_way_rounds_as_digits_do() {
        let mut value: u64 = 0x9E37_79B9_7F4A_7C15;
        for decimals in 0..=5 {
            for step in 0..20_000_i32 {
                value = value.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let one = (value >> 11) as f64 / (1_u64 << 53) as f64;
                let halves = f64::from(step - 10_000) / 2000.0;
                for number in [one, -one, one * 1e4, halves, halves + 1e-12, one * 1e12, one * 1e-5] {
                    let digits = round_digits(number, decimals);
                    assert_eq!(round_decimal(number, decimals), digits, "{number} {decimals}");
                    let expected: f64 = digits.parse().unwrap();
                    assert_eq!(
                        rounded(number, decimals).to_bits(),
                        expected.to_bits(),
                        "{number} {decimals}"
                    );
                }
            }
        }
    }

    #[test]
    fn differences_are_exact() {
        let difference = Ratio::new(91, 40).zip(Ratio::new(83, 40)).and_then(|(a, b)| a.minus(b));
        assert_eq!(difference.map(|d| d.rounded(2)), Some("0.20".to_owned())); // 8/40
        assert_eq!(difference, Ratio::new(1, 5));
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::new(1, -2), None);
    }
}
