//! Arithmetic in the field of 2^61 - 1 elements, each kept as a number below that.

/// 2^61 - 1.
const PRIME: u64 = (1 << 61) - 1;
/// No count or sum of a survey is larger.
const LARGEST: u64 = 1 << 40;

pub fn residue(value: i128) -> u64 {
    value.rem_euclid(i128::from(PRIME)) as u64
}

pub fn plus(left: u64, right: u64) -> u64 {
    let sum = left + right;
    if sum >= PRIME { sum - PRIME } else { sum }
}

pub fn negative(value: u64) -> u64 {
    if value == 0 { 0 } else { PRIME - value }
}

pub fn times(left: u64, right: u64) -> u64 {
    (u128::from(left) * u128::from(right) % u128::from(PRIME)) as u64
}

/// By Fermat: value^(PRIME - 2).
pub fn inverse(value: u64) -> u64 {
    let (mut base, mut power, mut result) = (value, PRIME - 2, 1);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

/// A residue as the small whole number that it stands for; negative ones too.
pub fn small(value: u64) -> Option<i128> {
    if value < LARGEST {
        Some(i128::from(value))
    } else if PRIME - value < LARGEST {
        Some(-i128::from(PRIME - value))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_divided_can_be_multiplied_back() {
        for value in [1, 2, 3, 4703, PRIME - 1] {
            assert_eq!(times(value, inverse(value)), 1);
        }
        assert_eq!(small(plus(residue(-7), residue(5))), Some(-2));
        assert_eq!(small(times(residue(1), inverse(2))), None, "a half is no whole number");
    }
}
