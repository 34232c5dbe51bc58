//! Which tests of distributions may be shown.

use std::collections::BTreeMap;

use super::Released;
use super::readership::Readership;
use crate::estimate::{DistributionKey, DistributionTest, Figures};

/// Every cell that takes part must be shown: a group that is withheld, for whatever reason, must not
/// show through a test.
pub(super) fn released(
    by: &Readership<'_>,
    figures: &Figures,
) -> BTreeMap<DistributionKey, Released<DistributionTest>> {
    let tests = figures.distribution_tests.iter();
    tests.map(|it| (it.key, by.released(by.status_of(&it.cells), it))).collect()
}
