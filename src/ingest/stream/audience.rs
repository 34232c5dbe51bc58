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
    references.par_sort_unstable();
    let mut shared: BTreeMap<usize, BTreeSet<RowAt>> = BTreeMap::new();
    for same in references.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        for (file, row) in same.iter().map(|(_, at)| unpacked(*at)) {
            shared.entry(file).or_default().insert(row);
        }
    }
    shared
}
