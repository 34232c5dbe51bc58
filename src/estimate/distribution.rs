//! Student's t, F and chi-squared, accurate in the tails and at fractional degrees of freedom.
//!
//! A thin layer over the special functions of statrs. Every tail is a survival function, never
//! 1 - cdf, and the complement of a small argument is passed on as computed, never as 1 - x.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::{checked_gamma_ur, ln_gamma};

/// Probability beyond ±`t` under Student's t: the two-sided p of a test.
///
/// Formula: I(ν/(ν+t²); ν/2, 1/2). `None` unless `degrees_of_freedom` is positive.
///
/// ```
/// use rmsurvey::estimate::two_sided_p;
/// // Closed form at one degree of freedom: 1 - 2 atan(1)/π = 1/2
/// assert!((two_sided_p(1.0, 1.0).unwrap() - 0.5).abs() < 1e-12);
/// ```
pub fn two_sided_p(t: f64, degrees_of_freedom: f64) -> Option<f64> {
    if !t.is_finite() || !positive(degrees_of_freedom) {
        return None;
    }
    let square = t * t;
    let whole = degrees_of_freedom + square;
    regularised_beta(degrees_of_freedom / 2.0, 0.5, degrees_of_freedom / whole, square / whole)
}

/// The value that Student's t stays below with probability `probability`.
///
/// Halley steps on the survival function from the expansion of Cornish and Fisher, to about 1e-13
/// relative up to thousands of degrees of freedom and 1e-10 up to a million. (The inverse in statrs 0.19
/// is 1e-5 off at a hundred thousand, and from some tens of millions it does not return.) `None` unless
/// 0 < `probability` < 1 and `degrees_of_freedom` is positive.
///
/// ```
/// use rmsurvey::estimate::t_quantile;
/// // Closed form at two degrees of freedom: 0.95 * sqrt(2 / (1 - 0.95²))
/// assert!((t_quantile(0.975, 2.0).unwrap() - 4.302652729749463).abs() < 1e-12);
/// ```
pub fn t_quantile(probability: f64, degrees_of_freedom: f64) -> Option<f64> {
    if !(probability > 0.0 && probability < 1.0 && positive(degrees_of_freedom)) {
        return None;
    }
    if probability < 0.5 {
        return t_quantile(1.0 - probability, degrees_of_freedom).map(|t| -t);
    }
    let key = (probability.to_bits(), degrees_of_freedom.to_bits());
    if LAST.get().0 == key {
        return Some(LAST.get().1);
    }
    let is_whole = degrees_of_freedom.fract() == 0.0;
    let known = is_whole.then(|| QUANTILES.with_borrow(|known| known.get(&key).copied())).flatten();
    let t = known.or_else(|| climb(probability, degrees_of_freedom))?;
    if is_whole && known.is_none() {
        QUANTILES.with_borrow_mut(|known| known.insert(key, t));
    }
    LAST.set((key, t));
    Some(t)
}

/// Probability and degrees of freedom to the bit.
type Asked = (u64, u64);

thread_local! {
    /// Quantiles by probability and degrees of freedom. A survey asks for thousands of likely ranges
    /// and, but for those of two samples, for few different degrees of freedom, which are whole.
    static QUANTILES: RefCell<HashMap<Asked, f64>> = RefCell::default();
    /// The last of them: a range and what could have been told apart ask for the same.
    static LAST: Cell<(Asked, f64)> = Cell::default();
}

/// The quantile of a `probability` of at least one half.
fn climb(probability: f64, degrees_of_freedom: f64) -> Option<f64> {
    let tail = 2.0 * (1.0 - probability);
    let normal = Normal::standard().inverse_cdf(probability);
    // With few degrees of freedom the expansion overshoots; the tail is convex and t lies beyond the
    // normal value, so from there the steps climb.
    let is_near = normal * normal < degrees_of_freedom;
    let mut t = if is_near { expansion(normal, degrees_of_freedom) } else { normal };
    let half = (degrees_of_freedom + 1.0) / 2.0;
    let constant = ln_gamma(half)
        - ln_gamma(degrees_of_freedom / 2.0)
        - 0.5 * (degrees_of_freedom * std::f64::consts::PI).ln();
    for _ in 0..100 {
        let density = (constant - half * (t * t / degrees_of_freedom).ln_1p()).exp();
        let newton = (two_sided_p(t, degrees_of_freedom)? - tail) / (2.0 * density);
        let curvature = (degrees_of_freedom + 1.0) * t / (degrees_of_freedom + t * t);
        // Halley's step, unless it is far from home: there it would turn back.
        let bend = 1.0 - 0.5 * newton * curvature;
        let step = if bend > 0.5 { newton / bend } else { newton };
        t += step;
        if !t.is_finite() {
            return None;
        }
        // Steps cube their error: what follows one this small is rounding.
        if step.abs() <= 1e-5 * t.abs() {
            break;
        }
    }
    Some(t)
}

/// Student's quantile from the normal one in powers of 1/ν.
///
/// Source: Cornish and Fisher (1938); Abramowitz and Stegun 26.7.5.
fn expansion(z: f64, degrees_of_freedom: f64) -> f64 {
    let square = z * z;
    let terms = [
        (square + 1.0) / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0) / 92_160.0,
    ];
    z * terms.iter().rev().fold(0.0, |sum, term| (sum + term) / degrees_of_freedom) + z
}

/// Probability of exceeding `f` under F with the given degrees of freedom (both may be fractional).
///
/// Formula: I(d₂/(d₂+d₁f); d₂/2, d₁/2). `None` for a negative `f` or degrees that are not positive.
pub fn f_survival(f: f64, numerator_degrees: f64, denominator_degrees: f64) -> Option<f64> {
    if !(f >= 0.0 && f.is_finite() && positive(numerator_degrees) && positive(denominator_degrees)) {
        return None;
    }
    let scaled = numerator_degrees * f;
    let whole = denominator_degrees + scaled;
    let (inside, outside) = (denominator_degrees / whole, scaled / whole);
    regularised_beta(denominator_degrees / 2.0, numerator_degrees / 2.0, inside, outside)
}

/// Probability of exceeding `x` under chi-squared. Formula: Q(ν/2, x/2).
/// `None` for a negative `x` or degrees that are not positive.
pub fn chi_squared_survival(x: f64, degrees_of_freedom: f64) -> Option<f64> {
    if !(x >= 0.0 && x.is_finite() && positive(degrees_of_freedom)) {
        return None;
    }
    if x == 0.0 {
        return Some(1.0);
    }
    checked_gamma_ur(degrees_of_freedom / 2.0, x / 2.0).ok().filter(|p| p.is_finite())
}

/// I(x; a, b), given both `x` and its complement so that neither loses digits.
fn regularised_beta(a: f64, b: f64, x: f64, complement: f64) -> Option<f64> {
    let result = if x < (a + 1.0) / (a + b + 2.0) {
        checked_beta_reg(a, b, x).ok()?
    } else {
        1.0 - checked_beta_reg(b, a, complement).ok()?
    };
    result.is_finite().then(|| result.clamp(0.0, 1.0))
}

fn positive(degrees_of_freedom: f64) -> bool {
    degrees_of_freedom > 0.0 && degrees_of_freedom.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn close(a: Option<f64>, b: f64) {
        let a = a.unwrap();
        assert!((a - b).abs() <= 1e-12 * b.abs().max(1e-300), "{a} against {b}");
    }

    /// Closed forms: one degree of freedom tan(π(p - 1/2)); two (2p-1) sqrt(2/(1-(2p-1)²)).
    #[test]
    fn quantiles_meet_their_closed_forms() {
        for p in [0.6, 0.8, 0.9, 0.975, 0.995] {
            close(t_quantile(p, 1.0), (PI * (p - 0.5)).tan());
            let centred = 2.0 * p - 1.0;
            close(t_quantile(p, 2.0), centred * (2.0 / (1.0 - centred * centred)).sqrt());
            close(t_quantile(1.0 - p, 2.0), -centred * (2.0 / (1.0 - centred * centred)).sqrt());
        }
        assert!(t_quantile(0.5, 7.5).unwrap().abs() < 1e-15);
    }

    /// R 4.2.2: qt(.975, 3) = 3.18244630528371, as printed in tables: 4.30 for m = 3 is df = 2.
    #[test]
    fn quantiles_are_the_tables() {
        assert!((t_quantile(0.975, 3.0).unwrap() - 3.182_446_305_283_71).abs() < 1e-12);
        // The normal value 1.959964 plus (z³ + z)/(4 df), the first term of Cornish and Fisher.
        let normal: f64 = 1.959_963_984_540_054;
        let expected = normal + (normal.powi(3) + normal) / 4e6;
        assert!((t_quantile(0.975, 1e6).unwrap() - expected).abs() < 1e-9);
        assert!((t_quantile(0.975, 1e9).unwrap() - normal).abs() < 1e-6);
    }

    /// What the quantile was asked for is what lies beyond it, wherever the search began.
    #[test]
    fn quantiles_are_undone_by_their_tails() {
        for p in [0.5001, 0.8, 0.975, 0.995, 1.0 - 1e-6, 1.0 - 1e-9] {
            for degrees in [0.3, 1.0, 2.7, 3.84, 3.85, 5.5, 11.0, 38.4, 76.3, 5000.0] {
                let t = t_quantile(p, degrees).unwrap();
                let tail = 2.0 * (1.0 - p);
                let found = two_sided_p(t, degrees).unwrap();
                assert!((found - tail).abs() <= 2e-12 * tail, "{p} {degrees}: {found} against {tail}");
            }
        }
    }

    /// Closed form at two degrees of freedom: 1 - t/sqrt(2+t²), written without cancellation.
    #[test]
    fn far_tails_keep_their_digits() {
        for t in [1e-6, 0.5, 3.0, 40.0, 1e6] {
            let root: f64 = f64::sqrt(2.0 + t * t);
            close(two_sided_p(t, 2.0), 2.0 / (root * (root + t)));
            close(two_sided_p(-t, 2.0), 2.0 / (root * (root + t)));
        }
    }

    /// Closed forms: F with two numerator degrees (1 + 2f/d)^(-d/2); chi-squared with two exp(-x/2).
    #[test]
    fn f_and_chi_squared_meet_their_closed_forms() {
        for x in [0.0, 0.3, 2.5, 30.0] {
            close(f_survival(x, 2.0, 7.5), (1.0 + 2.0 * x / 7.5_f64).powf(-3.75));
            close(chi_squared_survival(x, 2.0), (-x / 2.0_f64).exp());
        }
    }

    #[test]
    fn nothing_undefined_becomes_a_number() {
        assert_eq!(t_quantile(1.0, 3.0), None);
        assert_eq!(t_quantile(f64::NAN, 3.0), None);
        assert_eq!(t_quantile(0.975, 0.0), None);
        assert_eq!(two_sided_p(f64::INFINITY, 3.0), None);
        assert_eq!(f_survival(-1.0, 2.0, 3.0), None);
        assert_eq!(chi_squared_survival(1.0, f64::NAN), None);
    }
}
