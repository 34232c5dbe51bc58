//! What holds for every survey, checked on random small ones.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::tally::{CrossMoments, LinkedMoments, Moments};

/// Two domains answered by the same forms: (k, y) each, y between k and 4k.
fn forms() -> impl Strategy<Value = Vec<[(u64, u64); 2]>> {
    let pair = || (0_u64..4).prop_flat_map(|k| (Just(k), k..=4 * k));
    vec((pair(), pair()).prop_map(|(left, right)| [left, right]), 0..9)
}

fn moments(forms: &[[(u64, u64); 2]], side: usize) -> Moments {
    let mut moments = Moments::default();
    forms.iter().for_each(|form| moments.add(form[side].0, form[side].1));
    moments
}

/// Σ (u_left - u_right)² with a mean per side, the plain way.
fn plainly(forms: &[[(u64, u64); 2]]) -> f64 {
    let influence = |form: &[(u64, u64); 2], side: usize| {
        let of = moments(forms, side);
        (form[side].1 as f64 - of.y as f64 / of.k as f64 * form[side].0 as f64) / of.k as f64
    };
    forms.iter().map(|form| (influence(form, 0) - influence(form, 1)).powi(2)).sum()
}

fn sound(estimate: &Estimate) -> bool {
    let finite = |value: Option<f64>| value.is_none_or(f64::is_finite);
    let ordered = |it: Interval| it.lower <= it.upper && it.lower.is_finite() && it.upper.is_finite();
    estimate.value.is_finite()
        && finite(estimate.standard_error)
        && estimate.standard_error.is_none_or(|error| error >= 0.0)
        && estimate.degrees_of_freedom.is_none_or(|degrees| degrees.is_finite() && degrees > 0.0)
        && estimate.interval.is_none_or(ordered)
}

fn sound_comparison(comparison: &Comparison) -> bool {
    [comparison.left, comparison.right, comparison.difference].iter().flatten().all(sound)
        && comparison.p.is_none_or(|p| (0.0..=1.0).contains(&p))
        && comparison.detectable.is_none_or(|it| it.is_finite() && it > 0.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_is_ever_not_a_number(
        earlier in forms(), later in forms(), missing in proptest::option::of(0_u64..30)
    ) {
        let sample = |forms: &Vec<_>| {
            Sample::new(forms.len() as u64, missing.map(|missing| missing + forms.len() as u64)).unwrap()
        };
        let (from_sample, to_sample) = (sample(&earlier), sample(&later));
        let mut cross = CrossMoments::default();
        earlier.iter().for_each(|form| cross.add(form[0], form[1]));
        let (left, right) = (moments(&earlier, 0), moments(&earlier, 1));
        for estimate in [mean(&left, from_sample), share(&moments(&earlier, 0), from_sample)].iter().flatten() {
            // A share has y up to k only; anything else must still be a number.
            prop_assert!(estimate.value > 1.0 || sound(estimate));
        }
        prop_assert!(sound_comparison(&overlapping(&left, &right, &cross, from_sample)));
        let mut linked = LinkedMoments::default();
        earlier.iter().zip(&later).for_each(|(from, to)| linked.add(from[0], to[0]));
        let from = InWave { moments: left, sample: from_sample };
        let to = InWave { moments: moments(&later, 0), sample: to_sample };
        for comparison in [
            change(&from, &to, &linked),
            change_of_strangers(&from, &to),
            matched_change(from_sample, to_sample, &linked),
        ] {
            prop_assert!(sound_comparison(&comparison));
        }
        let side = |forms: &[[(u64, u64); 2]]| forms.iter().map(|form| form[0]).collect::<Vec<_>>();
        prop_assert!(cliffs_delta(&side(&earlier), &side(&later)).as_ref().is_none_or(sound));
    }

    #[test]
    fn integers_give_what_doubles_give(forms in forms()) {
        let (left, right) = (moments(&forms, 0), moments(&forms, 1));
        prop_assume!(left.m >= 2 && right.m >= 2);
        let mut cross = CrossMoments::default();
        forms.iter().for_each(|form| cross.add(form[0], form[1]));
        let count = forms.len() as f64;
        let sample = Sample::without_frame(forms.len() as u64);
        let difference = overlapping(&left, &right, &cross, sample).difference.unwrap();
        let expected = (count / (count - 1.0) * plainly(&forms)).sqrt();
        prop_assert!((difference.standard_error.unwrap() - expected).abs() < 1e-7);
    }
}
