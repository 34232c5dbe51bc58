//! `quality.md`: the account of every file read.

use std::fmt::Write;

use crate::ingest::{CORRECTIONS, Corrected, Ledger, SumRows};
use crate::ratio::Ratio;
use crate::survey::Survey;
use crate::tally::Patterns;
use crate::words::markdown;

/// The ledgers as a page: rows and cells of every file, and whether they balance; then how forms
/// were filled in.
pub fn quality(
    survey: &Survey,
    (ledgers, sums): (&[Ledger], &[SumRows]),
    corrected: &[Corrected],
    patterns: &[Patterns],
) -> String {
    let mut page = format!("# Quality of the data\n\n{}\n\n## Rows\n\n", markdown(&survey.title));
    page.push_str(
        "| file | read as | rows read | used | second forms | tests | not finished | not used | balances |\n",
    );
    page.push_str("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n");
    for ledger in ledgers {
        let rows = ledger.rows;
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {}, {}, {} | {} | {} | {} | {} | {} | {} | {} |",
            markdown(&ledger.file),
            ledger.mode.id(),
            ledger.encoding,
            ledger.delimiter,
            rows.read,
            rows.used,
            rows.duplicates,
            rows.tests,
            rows.unfinished,
            rows.rejected,
            if ledger.balances() { "yes" } else { "NO" },
        );
    }
    for sums in sums.iter().filter(|sums| sums.lie_elsewhere()) {
        let (wave, audience) = (&survey.waves[sums.wave].label, &survey.audiences[sums.audience].label);
        let _ = writeln!(
            page,
            "\n{}: {}, {}: sums of {} forms, {} answers, added up where they lie; all of them were used.",
            markdown(&sums.file),
            markdown(audience),
            markdown(wave),
            sums.forms(),
            sums.answers()
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
    page.push_str(&corrections(corrected));
    page.push_str(&response_patterns(survey, patterns));
    page
}

/// Every correction that was replayed.
fn corrections(corrected: &[Corrected]) -> String {
    if corrected.is_empty() {
        return String::new();
    }
    let mut page =
        format!("\n## Corrections\n\nFrom {CORRECTIONS}; line is that of the form in its file.\n\n");
    page.push_str("| file | line | respondent | column | old | new | reason | who | date |\n");
    page.push_str("| --- | ---: | --- | --- | --- | --- | --- | --- | --- |\n");
    for Corrected { at, correction, .. } in corrected {
        let value = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { markdown(text) };
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {at} | {} | {} | {} | {} | {} | {} | {} |",
            markdown(&correction.file),
            markdown(&correction.respondent),
            markdown(&correction.column),
            value(&correction.old),
            value(&correction.new),
            markdown(&correction.reason),
            markdown(&correction.who),
            correction.date,
        );
    }
    page
}

/// Forms by the pattern of their answers, and places left empty by question, every count.
fn response_patterns(survey: &Survey, patterns: &[Patterns]) -> String {
    let mut page = "\n## Patterns of answers\n\n".to_owned();
    page.push_str(
        "Same score everywhere and answers of another form: at least half of the items scored.\n\n",
    );
    page.push_str("| audience | wave | forms | same score everywhere | only no contact | no answer at all | answers of another form |\n");
    page.push_str("| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
    for one in patterns {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} |",
            survey.audiences[one.audience].id,
            markdown(&survey.waves[one.wave].label),
            one.forms,
            one.straight_lined,
            one.only_no_contact,
            one.no_answer,
            one.identical,
        );
    }
    page.push_str("\n## Places left empty\n\n| audience | wave | question | empty | places | % |\n");
    page.push_str("| --- | --- | --- | ---: | ---: | ---: |\n");
    for one in patterns {
        for blanks in &one.blanks {
            let share = Ratio::new(blanks.blank * 100, blanks.cells);
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} |",
                survey.audiences[one.audience].id,
                markdown(&survey.waves[one.wave].label),
                survey.questions[blanks.question].id,
                blanks.blank,
                blanks.cells,
                share.map_or_else(String::new, |share| share.rounded(1)),
            );
        }
    }
    page
}
