//! Quality of the data: what was read and corrected, and what became of every row and cell.

use crate::disclose::{Account, Shown};
use crate::ingest::{Corrected, Ledger};
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Exhibit};
use crate::publish::table::{Column, Table, Value};
use crate::publish::view::View;
use crate::survey::Mode;
use crate::words::capital;

/// A column of counts: its header, whether it stands there though it were all nought, the count.
type Counted = (&'static str, bool, fn(&Ledger) -> u64);

const NO_CONTACT: &str = "No contact";

const COUNTS: [Counted; 10] = [
    ("Rows read", true, |ledger| ledger.rows.read),
    ("Forms used", true, |ledger| ledger.rows.used),
    ("Second forms of a respondent", true, |ledger| ledger.rows.duplicates),
    ("Tests and previews", false, |ledger| ledger.rows.tests),
    ("Forms not finished", false, |ledger| ledger.rows.unfinished),
    ("Rows not used", true, |ledger| ledger.rows.rejected),
    ("Scores", true, |ledger| ledger.cells.scores),
    (NO_CONTACT, true, |ledger| ledger.cells.no_contact),
    ("Not answered", true, |ledger| ledger.cells.blank),
    ("Left out", true, |ledger| ledger.cells.left_out),
];

/// The ledger of every file: rows and cells read are used or listed; then what was corrected.
pub(in crate::publish) fn quality(
    view: &View<'_>,
    ledgers: &[Ledger],
    corrected: &[Corrected],
) -> Vec<Block> {
    let accounts = view.release.accounts(view.survey, ledgers, corrected);
    let told = || accounts.iter().filter_map(|account| account.ledger.value());
    let is_needed = |(header, is_usual, count): &Counted| {
        let is_usual = *is_usual && (*header != NO_CONTACT || view.asks_contact());
        is_usual || told().any(|ledger| count(ledger) > 0)
    };
    let counts: Vec<Counted> = COUNTS.into_iter().filter(is_needed).collect();
    // Where everything is online, that goes without saying.
    let by_mode = accounts.iter().any(|account| account.mode != Mode::default());
    let rows = accounts.iter().map(|account| {
        let number = |(_, _, count): &Counted| match account.ledger.value() {
            Some(ledger) => Value::Number(count(ledger).to_string()),
            None => Value::Mark(Mark::Withheld),
        };
        let mut row = vec![Value::Text(account.file.clone())];
        row.extend(by_mode.then(|| Value::Text(capital(account.mode.id()))));
        row.extend(counts.iter().map(number));
        row.push(Value::Text(if account.balances { "yes".to_owned() } else { "no".to_owned() }));
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
    let left_out: u64 = told().map(|ledger| ledger.cells.left_out).sum();
    let mut blocks = Vec::new();
    if left_out > 0 {
        let answers: u64 =
            told().map(|ledger| ledger.cells.scores + ledger.cells.no_contact + ledger.cells.left_out).sum();
        blocks.push(Block::Paragraph(format!(
            "{left_out} of {answers} answers were not on the scale and were left out; the rest of those forms counts."
        )));
    }
    let exhibit = Exhibit { drawing: None, table: table.into(), table_file: None, open: true, folded: false };
    blocks.push(Block::Exhibit(Box::new(exhibit)));
    blocks.extend(corrections(view, &accounts));
    blocks
}

/// How many cells of each file were corrected, and why; nothing of whose they are.
fn corrections(view: &View<'_>, accounts: &[Account]) -> Option<Block> {
    let of = |account: &Account| match account.corrected.as_ref().map(Shown::value) {
        None => Vec::new(),
        Some(None) => vec![vec![
            Value::Text(account.file.clone()),
            Value::Mark(Mark::Withheld),
            Value::Mark(Mark::Withheld),
        ]],
        Some(Some(reasons)) => {
            let row = |(reason, count): (&String, &u64)| {
                vec![
                    Value::Text(account.file.clone()),
                    Value::Text(reason.clone()),
                    Value::Number(count.to_string()),
                ]
            };
            reasons.iter().map(row).collect()
        }
    };
    let rows: Vec<Vec<Value>> = accounts.iter().flat_map(of).collect();
    if rows.is_empty() {
        return None;
    }
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
        rows,
    };
    Some(Block::Exhibit(Box::new(Exhibit {
        drawing: None,
        table: table.into(),
        table_file: None,
        open: true,
        folded: false,
    })))
}
