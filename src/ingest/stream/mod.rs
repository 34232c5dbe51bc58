//! Files of any size in one pass: blocks of whole rows go to all cores, rows that are plain are
//! counted as they stand, and every other row is read with the same care as in a small file.
//! Nothing is kept of a row but 16 bytes, by which two forms of one respondent are found.

mod audience;
mod blocks;
mod cut;
mod digits;
mod ends;
mod file;
mod lane;
mod order;
mod places;
mod plan;
mod texts;

use blocks::BLOCK;

use super::corrections::Correction;
use super::responses::Code;
use super::{Input, read_with};
use crate::diagnostics::Diagnostics;
use crate::progress::Watched;
use crate::survey::Survey;

/// Counts forms of one audience in one wave. Counting is additive: neither the order of forms nor who
/// counts them makes a difference.
pub trait Consumer: Send {
    /// Counts a form: per breakdown its group, per item its answer.
    fn count(&mut self, groups: &[Option<usize>], codes: &[Code]);
    /// Adds what another has counted.
    fn add(&mut self, other: Self);
    /// Takes out what another has counted, which was counted here as well.
    fn take_out(&mut self, other: Self);
}

/// Reads the files of the given waves, as [`read`](super::read) does, but counts the forms instead of
/// keeping them: the input has no responses, no forms worth a second look, and its ledgers do not list
/// the texts of each column. `counter` makes a consumer for an audience in a wave.
pub fn stream<'f, C: Consumer>(
    survey: &Survey,
    folder: impl Into<Watched<'f>>,
    waves: &[usize],
    found: &mut Diagnostics,
    counter: impl Fn(usize, usize) -> C + Sync,
) -> (Input, Vec<C>) {
    stream_in_blocks(survey, (folder.into(), BLOCK), waves, found, counter)
}

/// Counts the files of one audience in one wave.
pub(super) fn count_large<C: Consumer>(
    survey: &Survey,
    folder: Watched<'_>,
    at: (usize, usize),
    corrections: &[Correction],
    counter: &(impl Fn(usize, usize) -> C + Sync),
    input: &mut Input,
    found: &mut Diagnostics,
) -> C {
    audience::count(survey, (folder, BLOCK), at, corrections, &|| counter(at.0, at.1), input, found)
}

/// The same with a say in how many bytes are read at a time, which makes no difference.
pub(crate) fn stream_in_blocks<C: Consumer>(
    survey: &Survey,
    (folder, block): (Watched<'_>, u64),
    waves: &[usize],
    found: &mut Diagnostics,
    counter: impl Fn(usize, usize) -> C + Sync,
) -> (Input, Vec<C>) {
    let mut counted = Vec::new();
    // A list of those invited is held against the forms, one by one.
    let is_streamed = |(wave, audience): (usize, usize)| survey.waves[wave].invited[audience].is_none();
    let mut input = read_with(survey, folder, waves, found, is_streamed, |at, corrections, input, found| {
        let counter = || counter(at.0, at.1);
        counted.push(audience::count(survey, (folder, block), at, corrections, &counter, input, found));
    });
    for responses in std::mem::take(&mut input.responses) {
        let mut counts = counter(responses.wave, responses.audience);
        responses.forms.iter().for_each(|form| counts.count(&form.groups, &form.codes));
        counted.push(counts);
    }
    input.suspicious.clear();
    (input, counted)
}
