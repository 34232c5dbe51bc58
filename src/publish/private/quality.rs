//! `quality.md`: the account of every file read.

use std::fmt::Write;

use crate::ingest::Ledger;
use crate::survey::Survey;
use crate::words::markdown;

/// The ledgers as a page: rows and cells of every file, and whether they balance.
pub fn quality(survey: &Survey, ledgers: &[Ledger]) -> String {
    let mut page = format!("# Quality of the data\n\n{}\n\n## Rows\n\n", markdown(&survey.title));
    page.push_str("| file | read as | rows read | used | second forms | not used | balances |\n");
    page.push_str("| --- | --- | ---: | ---: | ---: | ---: | --- |\n");
    for ledger in ledgers {
        let rows = ledger.rows;
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {}, {} | {} | {} | {} | {} | {} |",
            markdown(&ledger.file),
            ledger.encoding,
            ledger.delimiter,
            rows.read,
            rows.used,
            rows.duplicates,
            rows.rejected,
            if ledger.balances() { "yes" } else { "NO" },
        );
    }
    page.push_str("\n## Cells\n\n");
    page.push_str("| file | cells read | scores | no contact | blank | left out | about the respondent | not needed | of rows not used |\n");
    page.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for ledger in ledgers {
        let cells = ledger.cells;
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            markdown(&ledger.file),
            cells.read,
            cells.scores,
            cells.no_contact,
            cells.blank,
            cells.left_out,
            cells.attributes,
            cells.ignored,
            cells.unused,
        );
    }
    page
}
