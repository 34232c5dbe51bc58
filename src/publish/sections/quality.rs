//! Quality of the data: what was read and corrected, and what became of every row and cell.

use std::collections::BTreeMap;

use crate::disclose::Policy;
use crate::ingest::{Corrected, Ledger};
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Exhibit};
use crate::publish::table::{Column, Table, Value};
use crate::publish::view::View;
use crate::survey::Mode;
use crate::tally::Question;
use crate::words::capital;

/// A column of counts: its header, whether it stands there though it were all nought, the count.
type Counted = (&'static str, bool, fn(&Ledger) -> u64);

const COUNTS: [Counted; 10] = [
    ("Rows read", true, |ledger| ledger.rows.read),
    ("Forms used", true, |ledger| ledger.rows.used),
    ("Second forms of a respondent", true, |ledger| ledger.rows.duplicates),
    ("Tests and previews", false, |ledger| ledger.rows.tests),
    ("Forms not finished", false, |ledger| ledger.rows.unfinished),
    ("Rows not used", true, |ledger| ledger.rows.rejected),
    ("Scores", true, |ledger| ledger.cells.scores),
    ("No contact", true, |ledger| ledger.cells.no_contact),
    ("Not answered", true, |ledger| ledger.cells.blank),
    ("Left out", true, |ledger| ledger.cells.left_out),
];

/// Whether a readership may be told what a file held. Counts of a file are counts of people: the public
/// is told where the audience's figures are shown that year and none of its files (a batch on paper,
/// say) holds fewer forms than the minimum, which the other files would give away.
fn may_be_told(view: &View<'_>, ledgers: &[Ledger], ledger: &Ledger) -> bool {
    let Ledger { wave, audience, .. } = *ledger;
    let headline = view.headline(wave, audience, Question::All);
    let mut beside = ledgers.iter().filter(|other| (other.wave, other.audience) == (wave, audience));
    let minimum = view.audience(audience).minimum_respondents;
    view.release.policy == Policy::Private
        || view.figure(&headline).is_some() && beside.all(|other| other.rows.used >= minimum)
}

/// The ledger of every file: rows and cells read are used or listed; then what was corrected.
pub(in crate::publish) fn quality(
    view: &View<'_>,
    ledgers: &[Ledger],
    corrected: &[Corrected],
) -> Vec<Block> {
    let is_needed = |(_, is_usual, count): &Counted| *is_usual || ledgers.iter().any(|one| count(one) > 0);
    let counts: Vec<Counted> = COUNTS.into_iter().filter(is_needed).collect();
    // Where everything is online, that goes without saying.
    let by_mode = ledgers.iter().any(|ledger| ledger.mode != Mode::default());
    let rows = ledgers.iter().map(|ledger| {
        let is_shown = may_be_told(view, ledgers, ledger);
        let number = |(_, _, count): &Counted| match is_shown {
            true => Value::Number(count(ledger).to_string()),
            false => Value::Mark(Mark::Withheld),
        };
        let mut row = vec![Value::Text(ledger.file.clone())];
        row.extend(by_mode.then(|| Value::Text(capital(ledger.mode.id()))));
        row.extend(counts.iter().map(number));
        row.push(Value::Text(if ledger.balances() { "yes".to_owned() } else { "no".to_owned() }));
        row
    });
    let mut columns = vec![Column::text("File")];
    columns.extend(by_mode.then(|| Column::text("How forms came in")));
    columns.extend(counts.iter().map(|(header, ..)| Column::number(format!("{header} (number)"))));
    columns.push(Column::text("Every row and cell accounted for"));
    let table = Table {
        name: "files-read".to_owned(),
        title: "What was read from each file".to_owned(),
        base: "Every row below the header of each file".to_owned(),
        source: view.source(),
        notes: Vec::new(),
        columns,
        rows: rows.collect(),
    };
    let told = || ledgers.iter().filter(|ledger| may_be_told(view, ledgers, ledger));
    let left_out: u64 = told().map(|ledger| ledger.cells.left_out).sum();
    let mut blocks = Vec::new();
    if left_out > 0 {
        let answers: u64 =
            told().map(|ledger| ledger.cells.scores + ledger.cells.no_contact + ledger.cells.left_out).sum();
        blocks.push(Block::Paragraph(format!(
            "{left_out} of {answers} answers were not on the scale and were left out; the rest of those forms counts."
        )));
    }
    let exhibit = Exhibit { drawing: None, table, table_file: None, open: true, folded: false };
    blocks.push(Block::Exhibit(Box::new(exhibit)));
    blocks.extend(corrections(view, ledgers, corrected));
    blocks
}

/// How many cells of each file were corrected, and why; nothing of whose they are.
fn corrections(view: &View<'_>, ledgers: &[Ledger], corrected: &[Corrected]) -> Option<Block> {
    let mut counts: BTreeMap<(usize, &str), u64> = BTreeMap::new();
    for Corrected { correction, .. } in corrected {
        let ledger = ledgers.iter().position(|ledger| ledger.file == correction.file)?;
        let is_told = may_be_told(view, ledgers, &ledgers[ledger]);
        let reason = if is_told { correction.reason.as_str() } else { "" };
        *counts.entry((ledger, reason)).or_default() += 1;
    }
    if counts.is_empty() {
        return None;
    }
    let rows = counts.into_iter().map(|((ledger, reason), count)| {
        let withheld = || Value::Mark(Mark::Withheld);
        let (reason, count) = match reason {
            "" => (withheld(), withheld()),
            reason => (Value::Text(reason.to_owned()), Value::Number(count.to_string())),
        };
        vec![Value::Text(ledgers[ledger].file.clone()), reason, count]
    });
    let table = Table {
        name: "corrections".to_owned(),
        title: "What was corrected in each file, and why".to_owned(),
        base: "Every answer or other entry of a form that was changed before counting".to_owned(),
        source: view.source(),
        notes: Vec::new(),
        columns: vec![
            Column::text("File"),
            Column::text("Reason"),
            Column::number("Entries corrected (number)".to_owned()),
        ],
        rows: rows.collect(),
    };
    Some(Block::Exhibit(Box::new(Exhibit {
        drawing: None,
        table,
        table_file: None,
        open: true,
        folded: false,
    })))
}
