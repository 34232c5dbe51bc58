//! Random numbers that are the same on every computer and in every year.

use std::f64::consts::TAU;

/// SplitMix64 (Steele, Lea and Flood, 2014). Written out, because what a seed gives must not change
/// with the version of a dependency.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The sequence that belongs to a seed.
    pub fn seeded(seed: u64) -> Random {
        Random { state: seed }
    }

    /// 64 even bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// Even between 0 (included) and 1 (excluded).
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this probability happens.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number from 0 to `end` - 1.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// Normal around 0, by Box and Muller.
    pub fn normal(&mut self, standard_deviation: f64) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        standard_deviation * radius * (TAU * self.uniform()).cos()
    }

    /// Brings `count` of the items to the front, every choice and every order equally likely. What
    /// order they were in before does not matter.
    pub fn draw<'i, T>(&mut self, items: &'i mut [T], count: usize) -> &'i [T] {
        for position in 0..count {
            let other = position + self.below(items.len() - position);
            items.swap(position, other);
        }
        &items[..count]
    }
}
