//! Quality of the data: what was read, and what became of every row and cell.

use crate::disclose::Policy;
use crate::ingest::Ledger;
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Exhibit};
use crate::publish::table::{Column, Table, Value};
use crate::publish::view::View;
use crate::tally::Question;

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

/// The ledger of every file: rows and cells read are used or listed.
pub(in crate::publish) fn quality(view: &View<'_>, ledgers: &[Ledger]) -> Vec<Block> {
    let rows = ledgers.iter().map(|ledger| {
        let (rows, cells) = (ledger.rows, ledger.cells);
        let is_shown = may_be_told(view, ledgers, ledger);
        let number = |count: u64| match is_shown {
            true => Value::Number(count.to_string()),
            false => Value::Mark(Mark::Withheld),
        };
        vec![
            Value::Text(ledger.file.clone()),
            number(rows.read),
            number(rows.used),
            number(rows.duplicates),
            number(rows.rejected),
            number(cells.scores),
            number(cells.no_contact),
            number(cells.blank),
            number(cells.left_out),
            Value::Text(if ledger.balances() { "yes".to_owned() } else { "no".to_owned() }),
        ]
    });
    let headers = [
        "Rows read",
        "Forms used",
        "Second forms of a respondent",
        "Rows not used",
        "Scores",
        "No contact",
        "Not answered",
        "Left out",
    ];
    let mut columns = vec![Column::text("File")];
    columns.extend(headers.map(|header| Column::number(format!("{header} (number)"))));
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
    blocks
}
