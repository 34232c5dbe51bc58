//! What `check` says of the files read: the ledger, every answer as it stands there, and forms worth
//! a second look; in words and as JSON.

use std::fmt::Write;

use rmsurvey::diagnostics::spreadsheet_letters;
use rmsurvey::ingest::{ColumnRead, Input, Ledger, Pattern, SumRows, TextRead};
use rmsurvey::survey::Survey;
use serde_json::{Value, json};

/// Forms of a pattern that are listed before they are only counted.
const LISTED: usize = 20;

/// Everything in words.
pub(super) fn text(survey: &Survey, input: &Input) -> String {
    let mut text = answers(survey, input) + "What was read:\n";
    for ledger in &input.ledgers {
        file(survey, ledger, &mut text);
    }
    for sums in input.sums.iter().filter(|sums| sums.lie_elsewhere()) {
        let (wave, audience) = (&survey.waves[sums.wave].label, &survey.audiences[sums.audience].label);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {} ({wave}, {audience}, sums of answers that lie elsewhere)", sums.file);
        let (answers, forms) = (sums.answers(), sums.forms());
        let _ = writeln!(text, "    rows      {answers} of the table of answers, all of them used");
        let _ = writeln!(text, "    forms     {forms}");
    }
    text + &suspicious(input)
}

fn file(survey: &Survey, ledger: &Ledger, text: &mut String) {
    let (rows, cells) = (ledger.rows, ledger.cells);
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {}", name(survey, ledger));
    let _ = writeln!(
        text,
        "    rows      {} read: {} used, {} second forms, {} tests, {} not finished, {} not used",
        rows.read, rows.used, rows.duplicates, rows.tests, rows.unfinished, rows.rejected
    );
    let _ = writeln!(
        text,
        "    columns   {}: {} of scores, {} about the respondent, {} not needed",
        ledger.columns,
        ledger.score_columns,
        ledger.attribute_columns,
        ledger.columns.saturating_sub(ledger.score_columns + ledger.attribute_columns)
    );
    let _ = writeln!(
        text,
        "    cells     {} read: {} scores, {} no contact, {} blank, {} left out, {} about the respondent, {} not needed, {} of rows not used; {} corrected",
        cells.read,
        cells.scores,
        cells.no_contact,
        cells.blank,
        cells.left_out,
        cells.attributes,
        cells.ignored,
        cells.unused,
        ledger.corrected
    );
    let balance = if ledger.balances() { "every row and cell is accounted for" } else { "NOT BALANCED" };
    let _ = writeln!(text, "    ledger    {balance}");
}

fn name(survey: &Survey, ledger: &Ledger) -> String {
    let wave = &survey.waves[ledger.wave].label;
    let audience = &survey.audiences[ledger.audience].label;
    let Ledger { file, mode, platform, encoding, delimiter, .. } = ledger;
    format!("{file} ({wave}, {audience}, {}; {platform}, {encoding}, {delimiter})", mode.id())
}

/// How often each text stood in every column of scores or groups.
fn answers(survey: &Survey, input: &Input) -> String {
    let mut text = String::from(
        "Every answer as it stands in the files, before corrections, with all rows that fit the header\n(hold it against the platform's own summary):\n",
    );
    for ledger in &input.ledgers {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}", ledger.file);
        for column in &ledger.answers {
            let values = column.values.iter().map(|TextRead { value, count }| match value.as_str() {
                "" => format!("(empty) {count}"),
                value => format!("\"{value}\" {count}"),
            });
            let others = (column.others > 0).then(|| format!("others {}", column.others));
            let counts: Vec<String> = values.chain(others).collect();
            let letters = spreadsheet_letters(column.column as u64);
            let _ =
                writeln!(text, "    {letters:<4}{}: {}", about(survey, ledger, column), counts.join(", "));
        }
    }
    text
}

/// What a column is about: "Q2, Finance", "Area".
fn about(survey: &Survey, ledger: &Ledger, column: &ColumnRead) -> String {
    let department = column.department.iter().find_map(|id| {
        let department = survey.departments.iter().find(|one| one.names.id == *id);
        department.map(|one| &one.names.label).or(survey.whole.as_ref().map(|whole| &whole.label))
    });
    let by = &survey.audiences[ledger.audience].breakdowns;
    let breakdown = column.breakdown.iter().find_map(|id| by.iter().find(|by| by.id == *id));
    let parts = [column.question.as_ref(), department, breakdown.map(|by| &by.label)];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Forms worth a second look, by what is odd about them.
fn suspicious(input: &Input) -> String {
    if input.suspicious.is_empty() {
        return String::new();
    }
    let mut text = String::from("Forms worth a second look (all of them count):\n");
    for pattern in Pattern::ALL {
        let mut forms = input.suspicious.iter().filter(|form| form.pattern == pattern).peekable();
        if forms.peek().is_none() {
            continue;
        }
        let all = forms.clone().count();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}: {all}", pattern.label());
        for form in forms.take(LISTED) {
            let respondent = match form.respondent.as_str() {
                "" => String::new(),
                respondent => format!(" (respondent {respondent})"),
            };
            let _ = writeln!(text, "    {}, line {}{respondent}", form.file, form.line);
        }
        if all > LISTED {
            let _ = writeln!(text, "    ... and {} more", all - LISTED);
        }
    }
    text
}

/// The files for programs: the ledger of each with the labels and ids of the definition.
pub(super) fn files(survey: &Survey, input: &Input) -> Vec<Value> {
    let file = |ledger: &Ledger| {
        let mut document = json!(ledger);
        document["wave"] = json!(survey.waves[ledger.wave].label);
        document["audience"] = json!(survey.audiences[ledger.audience].id);
        document["balances"] = json!(ledger.balances());
        document
    };
    input.ledgers.iter().map(file).collect()
}

/// The sums for programs.
pub(super) fn sums(survey: &Survey, input: &Input) -> Vec<Value> {
    let of = |sums: &SumRows| {
        json!({
            "file": sums.file,
            "wave": survey.waves[sums.wave].label,
            "audience": survey.audiences[sums.audience].id,
            "answers": sums.answers(),
            "forms": sums.forms(),
        })
    };
    input.sums.iter().filter(|sums| sums.lie_elsewhere()).map(of).collect()
}
