//! All files of one audience in one wave, counted; and a second look at the rows of respondents with
//! more than one form.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Consumer;
use super::file::{self, Again, Task};
use super::places::{Reference, RowAt, packed, unpacked};
use super::texts::hash;
use crate::diagnostics::Diagnostics;
use crate::ingest::Input;
use crate::ingest::audience::{add_file, no_file, read_file, settle};
use crate::ingest::corrections::Correction;
use crate::ingest::duplicates::{self, Read};
use crate::ingest::spreadsheet::is_spreadsheet;
use crate::progress::Watched;
use crate::survey::Survey;

/// What is kept of a file until all files of the audience are read.
enum Kept<'a> {
    /// Where to look again.
    Rows(Task<'a>, Box<Again>),
    /// A workbook is small.
    Forms(Vec<Read>),
}

pub(super) fn count<C: Consumer>(
    survey: &Survey,
    (folder, block): (Watched<'_>, u64),
    (wave, audience): (usize, usize),
    corrections: &[Correction],
    counter: &(impl Fn() -> C + Sync),
    input: &mut Input,
    found: &mut Diagnostics,
) -> C {
    let mut counts = counter();
    let files = &survey.waves[wave].files[audience];
    if files.is_empty() {
        found.push(no_file(survey, (wave, audience)));
        return counts;
    }
    let first = input.ledgers.len();
    let mut references: Vec<Reference> = Vec::new();
    let mut kept = Vec::new();
    for answers in files {
        let number = kept.len();
        let task = Task { survey, folder, wave, audience, answers, number, corrections, block };
        if is_spreadsheet(&answers.file) {
            let at = (wave, audience);
            let Some(mut read) = read_file(survey, folder, at, answers, corrections, found) else { continue };
            let forms = std::mem::take(&mut read.forms);
            for (row, Read { form, .. }) in (0..).zip(&forms) {
                counts.count(&form.groups, &form.codes);
                if !form.respondent.is_empty() {
                    references.push((hash(form.respondent.as_bytes()), packed(number, (0, row))));
                }
            }
            add_file(read, input);
            kept.push(Kept::Forms(forms));
        } else {
            match file::count(task, counter, found) {
                Ok(counted) => {
                    counts.add(counted.counts);
                    if references.is_empty() {
                        // The only file, mostly: not copied, which would take as much memory again.
                        references = counted.references;
                    } else {
                        references.extend(counted.references);
                    }
                    add_file(counted.out, input);
                    kept.push(Kept::Rows(task, Box::new(counted.again)));
                }
                Err(problem) => found.push(*problem),
            }
        }
    }
    let mut forms = Vec::new();
    for (file, wanted) in shared(references) {
        match &kept[file] {
            Kept::Rows(task, again) => match again.forms(*task, &wanted) {
                Ok(read) => forms.extend(read),
                Err(problem) => found.push(*problem),
            },
            Kept::Forms(all) => {
                let rows = wanted.iter().filter_map(|(_, row)| all.get(*row as usize));
                forms.extend(rows.cloned());
            }
        }
    }
    let (_, superseded) = duplicates::resolve(forms);
    let mut given_way = counter();
    superseded.iter().for_each(|one| given_way.count(&one.read.form.groups, &one.read.form.codes));
    counts.take_out(given_way);
    settle(superseded, first, input, found);
    counts
}

/// Rows by file whose references have their hash in common with others.
fn shared(mut references: Vec<Reference>) -> BTreeMap<usize, BTreeSet<RowAt>> {
    keep_doubtful(&mut references);
    references.par_sort_unstable();
    let mut shared: BTreeMap<usize, BTreeSet<RowAt>> = BTreeMap::new();
    for same in references.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (file, row) in same.iter().map(|(_, at)| unpacked(*at)) {
            shared.entry(file).or_default().insert(row);
        }
    }
    shared
}

/// Leaves out most references that have their hash to themselves, so that few have to be sorted: each
/// hash has a bit, which it shares with some others, and a bit that only one of them has is nobody else's.
fn keep_doubtful(references: &mut Vec<Reference>) {
    const BITS: usize = 8;
    let words = (references.len() * BITS).div_ceil(64);
    let mut bits = vec![(0_u64, 0_u64); words];
    let place = |hash: u64| {
        let bit = (u128::from(hash) * (words as u128 * 64)) >> 64;
        ((bit / 64) as usize, 1 << (bit % 64))
    };
    for (hash, _) in &*references {
        let (word, bit) = place(*hash);
        let (once, again) = &mut bits[word];
        *again |= *once & bit;
        *once |= bit;
    }
    references.retain(|(hash, _)| {
        let (word, bit) = place(*hash);
        bits[word].1 & bit != 0
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_shares_a_hash_is_found() {
        // Every seventh has it in common with another one, and five with each other.
        let hashed = |number: u64| hash(&number.to_le_bytes());
        let single = (0..20_000).map(|number| (hashed(number), packed(0, (0, number))));
        let again = (0..20_000).step_by(7).map(|number| (hashed(number), packed(1, (2, number))));
        let five = (0..5).map(|row| (hashed(3), packed(2, (1, row))));
        let found = shared(single.chain(again).chain(five).collect());
        let sevenths: BTreeSet<u64> = (0..20_000).step_by(7).collect();
        let rows = |file: usize| found[&file].iter().map(|(_, row)| *row).collect::<BTreeSet<u64>>();
        assert_eq!(rows(1), sevenths);
        assert_eq!(rows(0), &sevenths | &BTreeSet::from([3]));
        assert_eq!(rows(2), (0..5).collect());
        assert_eq!(shared(Vec::new()), BTreeMap::new());
        let mut doubtful: Vec<Reference> = (0..20_000).map(|number| (hashed(number), number)).collect();
        keep_doubtful(&mut doubtful);
        assert!(doubtful.len() < 4_000, "{}", doubtful.len());
    }
}
