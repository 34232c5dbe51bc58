//! The exact audit again, the slow way: every figure as a sum over atoms (item x group of one
//! breakdown), dense elimination over another prime. Shares nothing with the audit that it checks.

use crate::disclose::sheet::Sheet;
use crate::tally::Group;

const PRIME: u64 = 2_147_483_647;

/// Withheld figures that the shown ones give, in terms of the atoms of one breakdown.
pub(super) fn recoverable(sheet: &Sheet, is_withheld: &[bool], breakdown: usize) -> Vec<usize> {
    let groups = &sheet.groups[breakdown];
    let items = sheet.entries.iter().map(|entry| entry.items.words().len() * 64).max().unwrap_or(0);
    let vector = |entry: usize| -> Option<Vec<u64>> {
        let entry = &sheet.entries[entry];
        let in_group = |group: &Group| entry.cell.group == Group::Everyone || entry.cell.group == *group;
        let is_here = entry.cell.group.breakdown().is_none_or(|of| of == breakdown);
        let row = groups.iter().flat_map(|group| {
            (0..items).map(move |item| u64::from(in_group(group) && entry.items.contains(item)))
        });
        is_here.then(|| row.collect())
    };
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    let reduce = |basis: &[(usize, Vec<u64>)], mut row: Vec<u64>| {
        for (pivot, other) in basis {
            let factor = row[*pivot];
            if factor != 0 {
                row.iter_mut().zip(other).for_each(|(mine, theirs)| {
                    *mine = (*mine + (PRIME - factor) * theirs) % PRIME;
                });
            }
        }
        row
    };
    for entry in (0..is_withheld.len()).filter(|entry| !is_withheld[*entry]) {
        let Some(row) = vector(entry) else { continue };
        let mut row = reduce(&basis, row);
        if let Some(pivot) = row.iter().position(|value| *value != 0) {
            let inverse = power(row[pivot], PRIME - 2);
            row.iter_mut().for_each(|value| *value = *value * inverse % PRIME);
            basis.push((pivot, row));
        }
    }
    let withheld = (0..is_withheld.len()).filter(|entry| is_withheld[*entry]);
    let is_given =
        |entry: &usize| vector(*entry).is_some_and(|row| reduce(&basis, row).iter().all(|value| *value == 0));
    withheld.filter(is_given).collect()
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
