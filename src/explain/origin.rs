//! The files and columns that the figure was counted from.

use std::fmt::Write;

use super::{Behind, section};
use crate::diagnostics::spreadsheet_letters;
use crate::ingest::{Code, Form, Holds, SourceColumn};
use crate::survey::{Answer, Item};
use crate::tally::{Department, Group, Question};

pub(super) fn write(behind: &Behind<'_>, page: &mut String) {
    section(page, "Where it comes from");
    let cell = &behind.cell;
    let sums = behind.input.sums.iter().find(|it| (it.wave, it.audience) == (cell.wave, cell.audience));
    let responses = behind.counted.responses(cell.wave, cell.audience);
    // Writing to a string cannot fail.
    match sums {
        Some(sums) if sums.lie_elsewhere() => {
            let (file, forms, answers) = (&sums.file, sums.forms(), sums.answers());
            let _ = writeln!(
                page,
                "  {file}: sums of {forms} forms, {answers} answers; they were added up where the answers lie."
            );
        }
        Some(sums) => {
            let _ =
                writeln!(page, "  {} forms were added up; so many are not kept one by one.", sums.forms());
        }
        None if responses.is_none() => {
            page.push_str("  No file: there are no answers of them in that year.\n");
        }
        None => {}
    }
    for ledger in
        behind.input.ledgers.iter().filter(|it| (it.wave, it.audience) == (cell.wave, cell.audience))
    {
        let rows = ledger.rows;
        let _ = writeln!(
            page,
            "  {}: {} of {} rows used ({} second forms, {} not used)",
            ledger.file, rows.used, rows.read, rows.duplicates, rows.rejected
        );
    }
    let Some(responses) = responses else { return };
    let forms: Vec<&Form> = responses.forms.iter().filter(|form| is_in(cell.group, form)).collect();
    if let Some(breakdown) = cell.group.breakdown() {
        let group = behind.view.group_label(cell.audience, cell.group);
        let _ = writeln!(page, "  {} rows belong to the group \"{group}\", which is told by", forms.len());
        for column in columns(behind).filter(|it| it.holds == Holds::Breakdown(breakdown)) {
            let _ = writeln!(page, "    {}", place(column));
        }
    }
    let items = responses.items.iter().enumerate().filter(|(_, item)| covers(behind, **item));
    let items: Vec<(usize, Item)> = items.map(|(position, item)| (position, *item)).collect();
    let _ = writeln!(
        page,
        "  {} x {} cells in {}:",
        forms.len(),
        items.len(),
        if items.len() == 1 { "this column" } else { "these columns" }
    );
    for (position, item) in items {
        for column in columns(behind).filter(|it| it.holds == Holds::Item(item)) {
            let _ = writeln!(page, "    {}", place(column));
        }
        let _ = writeln!(page, "      {}", what_it_holds(&forms, position));
    }
}

fn columns<'b>(behind: &'b Behind<'_>) -> impl Iterator<Item = &'b SourceColumn> {
    let cell = behind.cell;
    behind.input.columns.iter().filter(move |it| (it.wave, it.audience) == (cell.wave, cell.audience))
}

/// As a spreadsheet finds it.
fn place(column: &SourceColumn) -> String {
    let letters = spreadsheet_letters(column.position as u64 + 1);
    format!("{}, column {letters}, \"{}\"", column.file, column.header)
}

fn is_in(group: Group, form: &Form) -> bool {
    match group {
        Group::Everyone => true,
        Group::Of { breakdown, group } => form.groups[breakdown] == Some(group),
        Group::NotStated { breakdown } => form.groups[breakdown].is_none(),
    }
}

fn covers(behind: &Behind<'_>, item: Item) -> bool {
    let department = match behind.cell.department {
        Department::Whole => item.department.is_none(),
        Department::All => item.department.is_some(),
        Department::One(one) => item.department == Some(one),
    };
    department
        && (behind.cell.question == Question::All || behind.cell.question == Question::One(item.question))
}

/// "scores: 60, adding up to 171; no contact: 12; empty: 5".
fn what_it_holds(forms: &[&Form], position: usize) -> String {
    let codes = || forms.iter().map(|form| form.codes[position]);
    let scores = codes().filter_map(Code::score);
    let (mut number, mut sum) = (0_u64, 0_u64);
    for score in scores {
        number += 1;
        sum += u64::from(score);
    }
    let count = |wanted: Option<Answer>| codes().filter(|code| code.answer() == wanted).count();
    let left_out = match count(None) {
        0 => String::new(),
        some => format!("; left out: {some}"),
    };
    format!(
        "scores: {number}, adding up to {sum}; no contact: {}; empty: {}{left_out}",
        count(Some(Answer::NoContact)),
        count(Some(Answer::Blank))
    )
}
