//! The note itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::danger::{Danger, fewest, minimum};
use super::figures::{Moved, Moves, Rank};
use super::names::of_audience;
use super::output::Output;
use crate::publish::folder::Input;
use crate::ratio::round_decimal;
use crate::view::MEAN_DECIMALS;
use crate::words::{markdown, signed};

/// Rows of one table, or lines of one list, that are written out before they are only counted.
const WRITTEN_OUT: usize = 40;

pub(super) fn page(
    old: &Output,
    new: &Output,
    definition: &[String],
    moves: &[Moves],
    danger: &Danger,
) -> String {
    let title = |output: &Output| {
        let title = output.about.get("title").and_then(Value::as_str);
        markdown(title.unwrap_or_default())
    };
    // Writing to a string cannot fail.
    let mut page = format!("# What changed between two outputs\n\n{}\n\n", title(new));
    if new.about.get("synthetic").and_then(Value::as_bool) == Some(true) {
        page.push_str("**Illustrative: invented answers**\n\n");
    }
    warning(old, new, danger, &mut page);
    in_short(moves, &mut page);
    inputs(old, new, &mut page);
    if !definition.is_empty() {
        let _ = writeln!(page, "## The definition ({})\n", definition.len());
        list(definition.iter().map(|change| markdown(change)).collect(), &mut page);
    }
    verdicts(moves, &mut page);
    for moves in moves {
        tables(moves, &mut page);
    }
    for moves in moves {
        statuses(moves, &mut page);
    }
    page
}

/// What must be known before anything else.
fn warning(old: &Output, new: &Output, danger: &Danger, page: &mut String) {
    if !danger.is_there() {
        return;
    }
    page.push_str("> **Do not publish both, nor this note.** Whoever holds the two can subtract one from the other:\n>\n");
    // Writing to a string cannot fail.
    for ((wave, audience), figures) in &danger.few {
        let least = fewest(old, new, audience);
        let _ = writeln!(
            page,
            "> - {}, {}: {figures} averages differ by the answers of fewer than {least} people, who would be told.",
            markdown(wave),
            markdown(&of_audience(&new.about, audience)),
        );
    }
    if danger.uncovered > 0 {
        let _ =
            writeln!(page, "> - {} averages are withheld in one and shown in the other.", danger.uncovered);
    }
    if danger.cut_otherwise > 0 {
        let _ = writeln!(
            page,
            "> - {} averages stand in one only: groups, departments or questions that are cut otherwise in the other can be subtracted.",
            danger.cut_otherwise
        );
    }
    page.push_str(">\n");
    page.push_str("> If the earlier one is out, name its `publish` folder as `released` of that year in survey.toml and run again: the program then holds to it.\n\n");
}

fn in_short(moves: &[Moves], page: &mut String) {
    page.push_str("## In short\n\n| | shown in both | moved | only underneath | say something else | no longer shown | now shown | new | gone |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for it in moves {
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            it.kind.heading,
            it.shown_in_both,
            it.moved.len(),
            it.beneath,
            it.reversed.len(),
            it.hidden.len(),
            it.uncovered.len(),
            it.come.len(),
            it.gone.len()
        );
    }
    page.push_str("\nMoved: printed otherwise. Only underneath: printed the same, on other counts or with another likely range. Points moved are those of the unrounded figures.\n\n");
    let overall: Vec<String> = moves
        .iter()
        .take(1)
        .flat_map(|it| it.moved.iter().filter(|moved| moved.rank == Rank::Overall))
        .map(|moved| format!("{}: {}, now {}", moved.what, moved.before, moved.now))
        .collect();
    if !overall.is_empty() {
        list(overall, page);
    }
}

/// Which files are others, with their rows. A file of few rows is a count of few people.
fn inputs(old: &Output, new: &Output, page: &mut String) {
    let least = [old, new].into_iter().flat_map(|output| audiences(&output.about)).max().unwrap_or_default();
    let rows = |input: &Input| match input.rows {
        Some(rows) if rows < least && !input.name.ends_with("population.csv") => {
            format!("fewer than {least} rows")
        }
        Some(rows) => format!("{rows} rows"),
        None => "there".to_owned(),
    };
    let by_name = |output: &Output| -> BTreeMap<String, Input> {
        output.manifest.inputs.iter().map(|input| (input.name.clone(), input.clone())).collect()
    };
    let (before, now) = (by_name(old), by_name(new));
    let mut lines = Vec::new();
    let mut same = 0;
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    for name in names {
        let line = match (before.get(name), now.get(name)) {
            (Some(before), Some(now)) if before.sha256 == now.sha256 => {
                same += 1;
                continue;
            }
            (Some(before), Some(now)) if before.rows == now.rows => {
                format!("changed, {} as before", rows(now))
            }
            (Some(before), Some(now)) => format!("{}, now {}", rows(before), rows(now)),
            (Some(before), None) => format!("{}, now not read", rows(before)),
            (None, Some(now)) => format!("new: {}", rows(now)),
            (None, None) => continue,
        };
        lines.push(format!("{}: {line}", markdown(name)));
    }
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "## What was read\n\nFiles that changed: {}; that are the same: {same}.\n",
        lines.len()
    );
    let [version, version_now] = [old, new].map(|output| output.manifest.version.as_str());
    if version != version_now {
        lines.push(format!("written by version {version}, now {version_now}"));
    }
    let waves = |output: &Output| match output.manifest.command.waves.join(", ") {
        none if none.is_empty() => "all years".to_owned(),
        some => some,
    };
    if waves(old) != waves(new) {
        lines.push(markdown(&format!("years asked for: {}, now {}", waves(old), waves(new))));
    }
    list(lines, page);
}

/// The minimums of all audiences.
fn audiences(about: &Value) -> Vec<u64> {
    let audiences = about.get("audiences").and_then(Value::as_array).into_iter().flatten();
    let ids = audiences.filter_map(|it| it.get("id")?.as_str());
    ids.map(|id| minimum(about, id)).collect()
}

fn verdicts(moves: &[Moves], page: &mut String) {
    let lines: Vec<String> = moves
        .iter()
        .flat_map(|it| it.reversed.iter().map(move |one| (it.kind, one)))
        .map(|(kind, one)| {
            format!("{}: {}: was \"{}\", now \"{}\"", kind.heading, one.what, one.before, one.now)
        })
        .collect();
    if !lines.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(page, "## What can be said is another ({})\n", lines.len());
        list(lines, page);
    }
}

fn tables(moves: &Moves, page: &mut String) {
    if moves.moved.is_empty() {
        return;
    }
    // Writing to a string cannot fail.
    let _ = writeln!(page, "## {} that moved ({})\n", moves.kind.heading, moves.moved.len());
    for rank in Rank::ALL {
        let rows: Vec<&Moved> = moves.moved.iter().filter(|moved| moved.rank == rank).collect();
        if rows.is_empty() {
            continue;
        }
        let has_bases = !moves.kind.bases.is_empty();
        let _ = writeln!(page, "### {} ({})\n", rank.heading(), rows.len());
        let (heading, rule) = if has_bases { (" who answered |", " --- |") } else { ("", "") };
        let _ = writeln!(page, "| figure | before | now | moved by (points) |{heading}");
        let _ = writeln!(page, "| --- | ---: | ---: | ---: |{rule}");
        for row in rows.iter().take(WRITTEN_OUT) {
            let by = signed(&round_decimal(row.by, MEAN_DECIMALS));
            let bases = if has_bases { format!(" {} |", row.answered) } else { String::new() };
            let _ = writeln!(page, "| {} | {} | {} | {by} |{bases}", row.what, row.before, row.now);
        }
        if let Some(next) = rows.get(WRITTEN_OUT) {
            let _ = writeln!(
                page,
                "\nand {} more, none by more than {} points.",
                rows.len() - WRITTEN_OUT,
                round_decimal(next.by.abs(), MEAN_DECIMALS)
            );
        }
        page.push('\n');
    }
}

fn statuses(moves: &Moves, page: &mut String) {
    for (what, figures) in [
        ("no longer shown", &moves.hidden),
        ("now shown", &moves.uncovered),
        ("new", &moves.come),
        ("gone", &moves.gone),
    ] {
        if !figures.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(page, "## {}: {what} ({})\n", moves.kind.heading, figures.len());
            list(figures.iter().map(|(_, figure)| figure.clone()).collect(), page);
        }
    }
}

fn list(lines: Vec<String>, page: &mut String) {
    let more = lines.len().saturating_sub(WRITTEN_OUT);
    let is_any = !lines.is_empty();
    for line in lines.into_iter().take(WRITTEN_OUT) {
        // Writing to a string cannot fail.
        let _ = writeln!(page, "- {line}");
    }
    if more > 0 {
        let _ = writeln!(page, "- and {more} more");
    }
    if is_any {
        page.push('\n');
    }
}
