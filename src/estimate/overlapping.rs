//! Comparisons of the same people.

use super::{Comparison, Sample, mean, variance};
use crate::tally::{CrossMoments, Moments};

/// `left` minus `right` where the same forms answer both: two departments, two questions, the whole
/// council against its departments, a group against everyone.
///
/// Formula: influence u_left - u_right per respondent, V = (1 - n/N) · n/(n-1) · Σ(u_left - u_right)²;
/// degrees of freedom = respondents on either side - 1. The covariance, which is nearly always
/// positive, is in it: two means of the same people differ more surely than two of strangers.
///
/// No standard error unless both sides have two respondents. The sides carry their own standard
/// errors as [`mean()`] gives them.
///
/// Source: contrast of `svyratio(covmat = TRUE)` in R's `survey`.
pub fn overlapping(left: &Moments, right: &Moments, cross: &CrossMoments, sample: Sample) -> Comparison {
    let enough = left.m >= 2 && right.m >= 2 && cross.either >= 2;
    let variance = if enough { variance::of_difference(left, right, cross, sample) } else { None };
    let degrees_of_freedom = enough.then(|| (cross.either - 1) as f64);
    Comparison::new(mean(left, sample), mean(right, sample), cross.either, variance, degrees_of_freedom)
}

/// Covariance of two means of the same people, with n/(n-1); `None` unless both sides have two
/// respondents.
pub fn covariance_of_means(
    left: &Moments,
    right: &Moments,
    cross: &CrossMoments,
    sample: Sample,
) -> Option<f64> {
    if left.m < 2 || right.m < 2 {
        return None;
    }
    variance::between(left, right, cross, sample)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, three forms, two questions, one answer each: (1,2), (2,3), (3,5). The influences are
    /// (-1,0,1)/3 and (-4/3,-1/3,5/3)/3, their differences (1,1,-2)/9 with squares 6/81; V = 3/2 of it = 1/9.
    #[test]
    fn covariance_is_in_the_difference() {
        let (mut left, mut right, mut cross) =
            (Moments::default(), Moments::default(), CrossMoments::default());
        for (a, b) in [(1, 2), (2, 3), (3, 5)] {
            left.add(1, a);
            right.add(1, b);
            cross.add((1, a), (1, b));
        }
        let difference = overlapping(&left, &right, &cross, Sample::without_frame(3)).difference.unwrap();
        assert!((difference.standard_error.unwrap() - 1.0 / 3.0).abs() < 1e-15);
        assert_eq!(difference.degrees_of_freedom, Some(2.0));
        assert_eq!(difference.respondents, 3);
    }
}
