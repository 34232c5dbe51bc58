//! Who is invited and who answers: the same people over the years, and others.

use std::fmt::Write as _;

use rayon::prelude::*;

use crate::random::Random;
use crate::survey::Survey;

/// One of everyone invited.
pub(super) struct Person {
    /// Per breakdown; `None` where it is not stated.
    pub groups: Vec<Option<usize>>,
    /// How high this person tends to score, from 0 to [`TENDENCIES`] - 1.
    pub tendency: usize,
}

pub(super) const TENDENCIES: usize = 4;

/// The people of an audience. Eight of thirteen invited answer; half of the forms come from the same
/// people in every year.
pub(super) struct People<'s> {
    survey: &'s Survey,
    audience: usize,
    pub forms: usize,
    pub seed: u64,
}

impl People<'_> {
    pub fn new(survey: &Survey, audience: usize, forms: usize, seed: u64) -> People<'_> {
        People { survey, audience, forms, seed: seed.wrapping_add(0x0A0D_1E4C_E000 * (audience as u64 + 1)) }
    }

    fn invited(&self) -> usize {
        (self.forms * 8).div_ceil(5)
    }

    /// Who hands in a form of a wave.
    pub fn who(&self, wave: usize, form: usize) -> usize {
        let always = self.forms / 2;
        if form < always {
            return form;
        }
        always + (form - always + wave * always.max(1)) % (self.invited() - always)
    }

    pub fn person(&self, who: usize) -> Person {
        let mut random = Random::seeded(self.seed ^ (who as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93));
        let breakdowns = &self.survey.audiences[self.audience].breakdowns;
        let groups = breakdowns.iter().map(|breakdown| {
            let groups = breakdown.groups.len();
            // The first groups are larger.
            let group = random.below(groups).min(random.below(groups + groups / 2));
            (!random.chance(0.02)).then_some(group)
        });
        Person { groups: groups.collect(), tendency: random.below(TENDENCIES) }
    }

    /// How many are invited, by group. A group that is not stated is known to nobody.
    pub fn write_invited(&self, out: &mut String) {
        let audience = &self.survey.audiences[self.audience];
        let none = || -> Vec<Vec<usize>> {
            audience.breakdowns.iter().map(|breakdown| vec![0; breakdown.groups.len()]).collect()
        };
        let count = |mut counts: Vec<Vec<usize>>, who: usize| {
            for (counts, group) in counts.iter_mut().zip(self.person(who).groups) {
                // Those who do not state it are in a group all the same.
                counts[group.unwrap_or(0)] += 1;
            }
            counts
        };
        let add = |mut sum: Vec<Vec<usize>>, other: Vec<Vec<usize>>| {
            for (sum, other) in sum.iter_mut().flatten().zip(other.into_iter().flatten()) {
                *sum += other;
            }
            sum
        };
        let counts = (0..self.invited()).into_par_iter().fold(none, count).reduce(none, add);
        // Writing to a text cannot fail.
        let _ = writeln!(out, "{},all,all,{}", audience.id, self.invited());
        for (breakdown, counts) in audience.breakdowns.iter().zip(counts) {
            for (group, count) in breakdown.groups.iter().zip(counts) {
                let _ = writeln!(out, "{},{},{},{count}", audience.id, breakdown.id, group.id);
            }
        }
    }
}
