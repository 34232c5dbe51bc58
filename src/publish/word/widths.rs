//! How wide the columns of a table are, in twentieths of a point, and which way its sheet lies.

use crate::publish::table::{Column, Table};

/// The width of text on an upright A4 sheet, and on one that lies on its side.
pub(super) const UPRIGHT: u32 = 9638;
pub(super) const SIDEWAYS: u32 = 14570;

/// What lies left and right of a cell's text, and a hair for rounding.
const PADDING: u32 = 2 * CELL_MARGIN + 10;
pub(super) const CELL_MARGIN: u32 = 45;
/// What else keeps words from the numbers before them.
pub(super) const GAP: u32 = 120;
/// A longer word may break.
const LONGEST_WORD: u32 = 2000;
/// The column of labels is not squeezed below this if it has as much to say, and none is drawn out above that.
const LABEL: u32 = 1700;
const WIDEST: u32 = 5100;
/// A phrase that stays on one line where a sheet lies on its side.
const PHRASE: u32 = 1400;
/// In how many lines a header may stand beside short cells.
const HEADER_LINES: u32 = 3;

/// More lines in one cell than this are a tower.
const MOST_LINES: u32 = 4;

/// Points of the two sizes in which tables are set.
const NORMAL: u32 = 9;
const SMALL: u32 = 8;

/// How a table stands on its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    pub sideways: bool,
    pub small: bool,
    pub widths: Vec<u32>,
}

/// Upright if every column has room for its longest word and no cell becomes a tower, sideways
/// otherwise; small if even that is too narrow.
pub(super) fn fit(table: &Table) -> Fit {
    let needs = all_needs(table, NORMAL, 0);
    let widths = shared(&needs, UPRIGHT);
    if least(&needs) <= UPRIGHT && most_lines(table, &widths) <= MOST_LINES {
        return Fit { sideways: false, small: false, widths };
    }
    let needs = all_needs(table, NORMAL, PHRASE);
    let small = least(&needs) > SIDEWAYS;
    let needs = if small { all_needs(table, SMALL, PHRASE) } else { needs };
    Fit { sideways: true, small, widths: shared(&needs, SIDEWAYS) }
}

/// How many lines the highest cell below the header takes.
fn most_lines(table: &Table, widths: &[u32]) -> u32 {
    let cells = table.rows.iter().flat_map(|row| row.iter().zip(widths));
    let lines = cells
        .map(|(value, room)| width(value.printed(), NORMAL, false) / room.saturating_sub(PADDING).max(1) + 1);
    lines.max().unwrap_or(1)
}

fn all_needs(table: &Table, points: u32, phrase: u32) -> Vec<(u32, u32)> {
    table.columns.iter().enumerate().map(|(at, column)| needs(table, at, column, points, phrase)).collect()
}

fn least(needs: &[(u32, u32)]) -> u32 {
    needs.iter().map(|(least, _)| least).sum()
}

/// The least that a column needs and what it would like. Where there is room, words are not broken
/// that make a phrase of at most this width ("no clear change").
fn needs(table: &Table, at: usize, column: &Column, points: u32, phrase: u32) -> (u32, u32) {
    let cells = || table.rows.iter().filter_map(|row| row.get(at)).map(|value| value.printed());
    let longest_word = |text: &str, bold: bool| {
        text.split([' ', '-', '\n']).map(|word| width(word, points, bold)).max().unwrap_or(0)
    };
    let word = cells()
        .map(|text| longest_word(text, false))
        .chain([longest_word(&column.header, true)])
        .max()
        .unwrap_or(0);
    let cell = cells().map(|text| width(text, points, false)).max().unwrap_or(0);
    let likes = cell.max(width(&column.header, points, true) / HEADER_LINES).min(WIDEST);
    let label = if at == 0 { cell.min(LABEL) } else { phrase_of(column, cell, phrase) };
    let least = word.min(LONGEST_WORD).max(label);
    let padding = if stands_off(table, at) { PADDING + GAP } else { PADDING };
    (least + padding, likes.max(least) + padding)
}

fn phrase_of(column: &Column, cell: u32, phrase: u32) -> u32 {
    if column.numeric || cell > phrase { 0 } else { cell }
}

/// Whether a column of words, set left, follows one of numbers, set right: they would touch.
pub(super) fn stands_off(table: &Table, at: usize) -> bool {
    let is_numeric = |at: usize| table.columns.get(at).is_some_and(|column| column.numeric);
    at > 0 && !is_numeric(at) && is_numeric(at - 1)
}

/// What the columns get: the least each, and of the rest in the measure of what they would like.
fn shared(needs: &[(u32, u32)], available: u32) -> Vec<u32> {
    let least = least(needs);
    if least > available {
        return needs.iter().map(|(one, _)| part(available, *one, least)).collect();
    }
    let wanted: u32 = needs.iter().map(|(least, likes)| likes - least).sum();
    let rest = wanted.min(available - least);
    needs.iter().map(|(least, likes)| least + part(rest, likes - least, wanted)).collect()
}

fn part(whole: u32, of: u32, total: u32) -> u32 {
    let share = u64::from(whole) * u64::from(of) / u64::from(total.max(1));
    u32::try_from(share).unwrap_or(whole)
}

/// The width of a text in Arial; bold is hardly anywhere more than a sixth wider.
fn width(text: &str, points: u32, bold: bool) -> u32 {
    let thousandths: u32 = text.chars().map(advance).sum();
    let thousandths = if bold { thousandths.saturating_mul(7) / 6 } else { thousandths };
    thousandths.saturating_mul(points * 2) / 100
}

/// Advance widths of Arial in thousandths of its size (those of Helvetica, Adobe's metrics).
fn advance(letter: char) -> u32 {
    match letter {
        '\'' | 'i' | 'j' | 'l' => 222,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '[' | '\\' | ']' | 'f' | 't' | '|' => 278,
        '(' | ')' | '-' | '`' | 'r' | '{' | '}' | '"' | '*' => 350,
        'J' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | '^' => 500,
        '#' | '$' | '0'..='9' | '?' | 'L' | '_' | 'a'..='z' => match letter {
            'm' => 833,
            'w' => 722,
            _ => 556,
        },
        '+' | '<' | '=' | '>' | '~' | '\u{2212}' => 584,
        'F' | 'T' | 'Z' => 611,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 722,
        'G' | 'O' | 'Q' => 778,
        'M' | '%' => 889,
        'W' | '@' => 1015,
        _ => 700,
    }
}
