//! Integer sums over respondents, from which every ratio mean and its error follow.

use std::ops::AddAssign;

/// Sums over the respondents of one domain: respondent *i* gave `k` valid answers that add up to
/// `y`. With `R = Σy / Σk` and `u = (y - R k) / Σk`,
/// `(Σk)² Σu² = Σy² - 2 R Σky + R² Σk²`, so the variance of a mean needs nothing else, and neither
/// row order nor threads nor file splits can change a byte of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// Respondents with at least one valid answer in the domain.
    pub m: u64,
    /// Σ k, the number of valid answers.
    pub k: u64,
    /// Σ y, their sum.
    pub y: u64,
    /// Σ k².
    pub kk: u64,
    /// Σ k y.
    pub ky: u64,
    /// Σ y².
    pub yy: u64,
}

impl Moments {
    /// Sums over respondents, each with the number of valid answers and their sum.
    pub fn of<'a>(answered: impl IntoIterator<Item = &'a (u64, u64)>) -> Moments {
        let mut moments = Moments::default();
        answered.into_iter().for_each(|&(k, y)| moments.add(k, y));
        moments
    }

    /// Adds one respondent with `k` valid answers that add up to `y`. Without valid answers the
    /// respondent is outside the domain and adds nothing.
    pub fn add(&mut self, k: u64, y: u64) {
        if k > 0 {
            *self += Moments { m: 1, k, y, kk: k * k, ky: k * y, yy: y * y };
        }
    }
}

impl AddAssign for Moments {
    fn add_assign(&mut self, other: Moments) {
        self.m += other.m;
        self.k += other.k;
        self.y += other.y;
        self.kk += other.kk;
        self.ky += other.ky;
        self.yy += other.yy;
    }
}

/// Cross sums over the respondents of two domains *a* and *b* answered by the same people (or by
/// the same people in two waves): what their covariance needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CrossMoments {
    /// Respondents with a valid answer in both domains.
    pub both: u64,
    /// Respondents with a valid answer in either domain.
    pub either: u64,
    /// Σ kₐ k_b over all respondents.
    pub kk: u64,
    /// Σ kₐ y_b.
    pub ky: u64,
    /// Σ yₐ k_b.
    pub yk: u64,
    /// Σ yₐ y_b.
    pub yy: u64,
}

impl CrossMoments {
    /// Adds one respondent with (`ka`, `ya`) in the first domain and (`kb`, `yb`) in the second.
    pub fn add(&mut self, (ka, ya): (u64, u64), (kb, yb): (u64, u64)) {
        self.both += u64::from(ka > 0 && kb > 0);
        self.either += u64::from(ka > 0 || kb > 0);
        self.kk += ka * kb;
        self.ky += ka * yb;
        self.yk += ya * kb;
        self.yy += ya * yb;
    }

    /// The same sums with the two domains the other way round.
    #[must_use]
    pub fn reversed(&self) -> CrossMoments {
        CrossMoments { ky: self.yk, yk: self.ky, ..*self }
    }
}

impl AddAssign for CrossMoments {
    fn add_assign(&mut self, other: CrossMoments) {
        self.both += other.both;
        self.either += other.either;
        self.kk += other.kk;
        self.ky += other.ky;
        self.yk += other.yk;
        self.yy += other.yy;
    }
}

/// Sums over the respondents with a valid answer to one domain in both of two waves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkedMoments {
    /// Their answers in the earlier wave.
    pub from: Moments,
    /// Their answers in the later wave.
    pub to: Moments,
    /// Earlier wave times later wave; `both` is how many they are.
    pub cross: CrossMoments,
}

impl LinkedMoments {
    /// Adds one linked respondent; without a valid answer in both waves nothing is added.
    pub fn add(&mut self, from: (u64, u64), to: (u64, u64)) {
        if from.0 > 0 && to.0 > 0 {
            self.from.add(from.0, from.1);
            self.to.add(to.0, to.1);
            self.cross.add(from, to);
        }
    }
}
