//! What a chart draws for a row, beside what its table says of that row.
//!
//! A row of a chart is found by its label; what stands at its height belongs to it. Where the table
//! withholds the whole row, nothing may be drawn there and no number stand there; where it withholds
//! some of it, there may be no more dots than numbers. What is written around a drawing, its
//! description above all, may say no number that its table does not have. And an axis that follows
//! the data may not reach further than what is shown asks for.

use std::collections::{BTreeMap, BTreeSet};

use super::councils;
use super::finding::{Finding, Method, Report};
use super::marks::{Item, Kind, items};
use super::markup::{elements, numbers, text_of};
use super::tables::Table;
use super::world::Address;

/// Compares a chart with its table. `drawn` is what is drawn, `around` the rest of it.
pub fn check(file: &str, (around, drawn): (&str, &str), table: &Table, report: &mut Report) {
    let mut found = Vec::new();
    let hidden: Vec<&str> = ["title", "desc"].iter().flat_map(|name| elements(drawn, name)).collect();
    let has = |number: &str| {
        let of_table = table.header.iter().chain(table.rows.iter().flatten()).chain([&table.title]);
        of_table.flat_map(|text| numbers(text)).any(|known| known == number)
    };
    let told = text_of(around) + " " + &hidden.iter().map(|text| text_of(text)).collect::<Vec<_>>().join(" ");
    for number in numbers(&told).filter(|number| number.contains('.') || told.contains(&format!("{number}%")))
    {
        if !has(number) {
            found.push(format!("says {number}, which its table does not have"));
        }
    }
    let items = items(drawn);
    let rows = rows(table, &items);
    let half = half_height(&rows);
    let is_beside = |item: &Item, line: &Line<'_>| (item.middle - line.middle).abs() < half;
    // What stands left of a label is the sign of a key, or what other labels have there.
    let is_of = |item: &Item, line: &Line<'_>| is_beside(item, line) && item.left > line.left;
    for line in &rows {
        let row = line.row;
        let here = || items.iter().filter(|item| is_beside(item, line));
        let marks = || here().filter(|item| !matches!(item.kind, Kind::Text { .. }) && is_of(item, line));
        let label = label(table, row);
        // A label may stand for several rows: an audience over the years.
        let same = table.rows.iter().filter(|other| self::label(table, other) == label);
        let values: usize = same.map(|row| values(table, row)).sum();
        if values == 0 && is_withheld(table, row) {
            let marks = marks().count();
            if marks > 0 {
                found.push(format!("{marks} marks for {label}, which is not shown"));
            }
            for item in here() {
                let Kind::Text { words, .. } = &item.kind else { continue };
                if !label.contains(words.as_str())
                    && !is_marked_year(table, words)
                    && numbers(words).any(|number| !has_own(table, row, number))
                {
                    found.push(format!("prints {words} for {label}, which is not shown"));
                }
            }
        } else if is_withheld(table, row) {
            let dots: BTreeSet<i64> = marks()
                .filter(|item| matches!(item.kind, Kind::Dot))
                .map(|item| item.left.round() as i64)
                .collect();
            if dots.len() > values {
                found.push(format!("{} dots for {values} values of {label}", dots.len()));
            }
        }
    }
    // The key stands above the rows. Where no row has a label, everything drawn counts.
    let in_row = |item: &&Item| rows.is_empty() || rows.iter().any(|line| is_of(item, line));
    let dots: BTreeSet<(i64, i64)> = items
        .iter()
        .filter(|item| matches!(item.kind, Kind::Dot))
        .filter(in_row)
        .map(|item| (item.left.round() as i64, item.middle.round() as i64))
        .collect();
    let values = all_values(table);
    if dots.len() > values {
        found.push(format!("{} marks for {values} values", dots.len()));
    }
    found.extend(axis(table, &items, &rows, half));
    report.findings.extend(found.into_iter().map(|value| Finding {
        method: Method::Shown,
        address: Address { department: table.name.clone(), ..Address::default() },
        value,
        from: file.to_owned(),
    }));
}

/// A row of a table where a chart has its label.
#[derive(Clone, Copy)]
struct Line<'t> {
    row: &'t [String],
    left: f64,
    middle: f64,
}

/// Columns that say what a row is about: the leading ones without a number or mark anywhere.
fn headings(table: &Table) -> usize {
    let is_heading = |column: usize| {
        table
            .rows
            .iter()
            .all(|row| row.get(column).is_some_and(|text| !is_mark(text) && text.parse::<f64>().is_err()))
    };
    (0..table.header.len()).take_while(|&column| is_heading(column)).count().clamp(1, 2)
}

fn is_mark(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']')
}

fn label<'t>(table: &Table, row: &'t [String]) -> &'t str {
    row.get(headings(table) - 1).map_or("", String::as_str)
}

/// Whether a place of a table can be drawn: a number, and none that counts people or names the year. The
/// ends of other councils are a bar.
fn is_drawn(column: &str, text: &str) -> bool {
    let is_about = column == "Year" || column.contains("(number)") || column.contains("invited");
    !is_about && councils::has_a_mark(column) && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn values(table: &Table, row: &[String]) -> usize {
    let columns = table.header.iter().zip(row).skip(headings(table));
    columns.filter(|(column, text)| is_drawn(column, text)).count()
}

/// How many numbers a table has that could be drawn.
fn all_values(table: &Table) -> usize {
    let texts = table.rows.iter().flat_map(|row| table.header.iter().zip(row).skip(1));
    texts.filter(|(column, text)| is_drawn(column, text)).count()
}

fn is_withheld(table: &Table, row: &[String]) -> bool {
    row.iter().skip(headings(table)).any(|text| text == "[c]")
}

fn has_own(table: &Table, row: &[String], number: &str) -> bool {
    row.iter().skip(headings(table)).flat_map(|text| numbers(text)).any(|known| known == number)
}

/// Whether a text is the mark of a year, "2016 \[c\]": what columns begin with, and nothing else.
fn is_marked_year(table: &Table, words: &str) -> bool {
    let year = words.split_once(' ').filter(|(_, mark)| is_mark(mark)).map(|(year, _)| year);
    year.is_some_and(|year| table.header.iter().any(|column| column.starts_with(&format!("{year} "))))
}

/// Every row of the table with the place of each label that the chart has for it. A label may run
/// over several lines.
fn rows<'t>(table: &'t Table, items: &[Item]) -> Vec<Line<'t>> {
    let texts: Vec<(&str, &Item, f64)> = items
        .iter()
        .filter_map(|item| match &item.kind {
            Kind::Text { words, size } => Some((words.as_str(), item, *size)),
            _ => None,
        })
        .collect();
    let mut rows = Vec::new();
    for row in &table.rows {
        let label = label(table, row);
        for first in 0..texts.len() {
            let mut words = String::new();
            for (last, (text, item, size)) in texts.iter().enumerate().skip(first).take(6) {
                if last > first && (item.middle - texts[last - 1].1.middle - size * 1.2).abs() > *size {
                    break;
                }
                words += &format!("{}{text}", if words.is_empty() { "" } else { " " });
                if words == label {
                    let Item { left, middle, .. } = *texts[first].1;
                    rows.push(Line { row, left, middle: f64::midpoint(middle, item.middle) });
                }
            }
        }
    }
    // A line with several labels is a key, not a row.
    let is_key = |label: &str, middle: f64| {
        rows.iter().any(|other: &Line<'_>| other.middle == middle && self::label(table, other.row) != label)
    };
    rows.iter().filter(|one| !is_key(label(table, one.row), one.middle)).copied().collect()
}

/// Half of what lies between a row and the next, less a margin.
fn half_height(rows: &[Line<'_>]) -> f64 {
    let mut middles: Vec<f64> = rows.iter().map(|row| row.middle).collect();
    middles.sort_by(f64::total_cmp);
    let gaps = middles.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 50.0);
    0.35 * gaps.fold(400.0, f64::min)
}

/// No axis of differences is shorter than this on either side of zero, whatever it shows.
const LEAST_REACH: f64 = 0.2;

/// An axis that follows the data: it may reach one step beyond what the table shows, no further.
fn axis(table: &Table, items: &[Item], rows: &[Line<'_>], half: f64) -> Option<String> {
    if !table.rows.iter().any(|row| is_withheld(table, row)) {
        return None;
    }
    let is_row = |item: &&Item| rows.iter().any(|row| (item.middle - row.middle).abs() < half);
    let shown = table.rows.iter().flat_map(|row| table.header.iter().zip(row).skip(headings(table)));
    let (low, high) = shown
        .filter(|(column, text)| is_drawn(column, text))
        .filter_map(|(_, text)| number_of(text))
        .fold((0.0_f64, 0.0_f64), |(low, high), one| (low.min(one), high.max(one)));
    let outside: Vec<&Item> = items.iter().filter(|item| !is_row(item)).collect();
    scales(&outside).into_iter().find_map(|ticks| {
        let (first, last, step) = (*ticks.first()?, *ticks.last()?, ticks.get(1)? - ticks.first()?);
        // Scores and shares have an axis of their own, whatever is shown.
        let is_fixed = ticks.iter().all(|tick| tick.fract() == 0.0 && *tick >= 0.0);
        let is_far =
            first < (low - step * 1.01).min(-LEAST_REACH) || last > (high + step * 1.01).max(LEAST_REACH);
        (!is_fixed && is_far)
            .then(|| format!("an axis from {first} to {last} for values from {low} to {high}"))
    })
}

fn number_of(text: &str) -> Option<f64> {
    text.replace('\u{2212}', "-").trim_end_matches('%').trim_start_matches('+').parse().ok()
}

/// Three numbers or more at one height that rise from left to right by the same step.
fn scales(items: &[&Item]) -> Vec<Vec<f64>> {
    let mut by_height: BTreeMap<i64, Vec<(f64, f64)>> = BTreeMap::new();
    for item in items {
        let Kind::Text { words, .. } = &item.kind else { continue };
        if let Some(number) = number_of(words) {
            by_height.entry(item.middle.round() as i64).or_default().push((item.left, number));
        }
    }
    let mut scales: Vec<Vec<f64>> = Vec::new();
    for mut line in by_height.into_values() {
        line.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut scale: Vec<f64> = Vec::new();
        for (_, number) in line {
            let continues = match scale[..] {
                [] => true,
                [.., one, other] => (number - other - (other - one)).abs() < 1e-6,
                [one] => number > one,
            };
            if !continues {
                // The last number of a scale may be the first of the next.
                scales.push(std::mem::take(&mut scale));
            }
            scale.push(number);
        }
        scales.push(scale);
    }
    scales.retain(|scale| scale.len() > 2);
    scales
}
