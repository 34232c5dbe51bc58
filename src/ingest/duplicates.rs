//! Several forms of one respondent: the latest complete one counts, the others are listed. Of forms
//! that are equal in both, or without a date, one from the platform counts before one on paper.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::ledger::Cells;
use super::responses::Form;
use crate::survey::Mode;

/// A form with where it was read and when it was sent.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub form: Form,
    pub submitted: Option<DateTime>,
    pub file: String,
    pub line: u64,
    pub mode: Mode,
    /// As what the cells of its row were booked.
    pub booked: Cells,
}

/// A form that gave way to another of the same respondent.
#[derive(Debug)]
pub(super) struct Superseded {
    pub read: Read,
    /// Where the form that counts stands.
    pub kept: (String, u64, Mode),
}

/// Splits forms into those that count and those superseded. Complete goes before incomplete, then
/// later before earlier, then one from the platform before one on paper; for forms that are equal
/// in all the content decides, never the order of the rows.
pub(super) fn resolve(forms: Vec<Read>) -> (Vec<Read>, Vec<Superseded>) {
    let mut by_respondent: BTreeMap<String, Vec<Read>> = BTreeMap::new();
    let mut kept = Vec::new();
    for read in forms {
        if read.form.respondent.is_empty() {
            kept.push(read);
        } else {
            by_respondent.entry(read.form.respondent.clone()).or_default().push(read);
        }
    }
    let mut superseded = Vec::new();
    for (_, mut same) in by_respondent {
        same.sort_by(|a, b| rank(a).cmp(&rank(b)));
        if let Some(best) = same.pop() {
            let place = (best.file.clone(), best.line, best.mode);
            superseded.extend(same.into_iter().map(|read| Superseded { read, kept: place.clone() }));
            kept.push(best);
        }
    }
    superseded.sort_by(|a, b| (&a.read.file, a.read.line).cmp(&(&b.read.file, b.read.line)));
    (kept, superseded)
}

fn rank(read: &Read) -> (bool, Option<DateTime>, Mode, &Form) {
    (read.form.is_complete(), read.submitted, read.mode, &read.form)
}
