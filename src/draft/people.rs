//! What a file says of who answered: an id, a link between years, a date, and groups.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;

use super::export::{Column, Export};
use crate::ingest::may_name_people;
use crate::survey::fold;

/// How platforms and people write dates, the most telling first. Of two that read all dates of a
/// file the one written as in Britain stands first.
const FORMATS: [&str; 14] = [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%y %H:%M:%S",
    "%m/%d/%y %H:%M:%S",
    "%Y/%m/%d %I:%M:%S %p GMT",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%d %b %Y",
];

/// Most groups that a breakdown may have.
const MOST_GROUPS: usize = 12;

/// When the forms of a file were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    pub header: String,
    /// `None` where the file holds dates as dates.
    pub format: Option<&'static str>,
    /// Another format that reads all of them as well.
    pub or: Option<&'static str>,
    pub from: Date,
    pub to: Date,
}

fn day(format: &str, text: &str) -> Option<Date> {
    let parts = strtime::parse(format, text).ok()?;
    // `%Y` reads 17 as the year 17.
    parts.to_date().ok().filter(|day| day.year() >= 1900)
}

/// The column with the dates of the forms.
pub(super) fn dates(export: &Export) -> Option<Dates> {
    let preferred = |column: &&Column| {
        let header = fold(column.shown());
        ["complet", "ended", "end", "submit", "timestamp", "recorded"]
            .iter()
            .position(|word| header.contains(word))
    };
    let mut found: Vec<(usize, Dates)> = export
        .columns
        .iter()
        .filter(|column| column.filled() * 2 > export.rows)
        .filter_map(|column| Some((preferred(&column).unwrap_or(9), dates_of(column)?)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().next().map(|(_, dates)| dates)
}

fn dates_of(column: &Column) -> Option<Dates> {
    let texts = || column.values.keys().map(String::as_str);
    let header = column.header().to_owned();
    let typed: Option<Vec<Date>> =
        texts().map(|text| text.parse::<DateTime>().ok().map(DateTime::date)).collect();
    let spread = |days: &[Date]| Some((*days.iter().min()?, *days.iter().max()?));
    let mut read = FORMATS.iter().filter_map(|format| {
        let days: Option<Vec<Date>> = texts().map(|text| day(format, text)).collect();
        Some((*format, spread(&days?)?))
    });
    if let Some((format, (from, to))) = read.next() {
        return Some(Dates {
            header,
            format: Some(format),
            or: read.next().map(|(format, _)| format),
            from,
            to,
        });
    }
    let (from, to) = spread(&typed?)?;
    Some(Dates { header, format: None, or: None, from, to })
}

/// Headers of the columns that identify the form and the party behind it.
pub(super) fn ids(export: &Export) -> (Option<String>, Option<String>) {
    let is_id = |column: &&Column| {
        export.rows > 1 && column.filled() == export.rows && column.values.len() * 20 >= export.rows * 19
    };
    let words = |column: &Column| fold(column.shown()).replace(['_', '-', '.'], " ");
    let named =
        |column: &Column, wanted: &[&str]| words(column).split(' ').any(|word| wanted.contains(&word));
    let of_form = ["id", "userid", "responseid", "respondent", "response", "number", "reference", "ref"];
    let of_party = ["reference", "ref", "provider", "organisation"];
    let candidates: Vec<&Column> = export.columns.iter().filter(is_id).collect();
    let coded = |column: &Column| column.names.iter().any(|name| fold(name) == "responseid");
    let own = candidates.iter().find(|it| it.is_own && (coded(it) || named(it, &of_form[..5])));
    let form = own.or_else(|| candidates.iter().find(|it| named(it, &of_form)));
    let link = candidates
        .iter()
        .find(|it| named(it, &of_party) && form.is_some_and(|form| !std::ptr::eq(*form, **it)));
    (form.map(|it| it.header().to_owned()), link.map(|it| it.header().to_owned()))
}

/// Answers that name nobody, whatever was asked.
const YES_OR_NO: [&str; 6] = ["yes", "no", "y", "n", "true", "false"];

fn names_nobody(column: &Column) -> bool {
    column.values.keys().all(|text| YES_OR_NO.contains(&fold(text).as_str()))
}

/// Columns that may divide respondents into groups: few texts, each short, none an address, and none
/// that may be somebody's name.
pub(super) fn breakdowns(export: &Export, taken: &BTreeSet<usize>) -> Vec<usize> {
    let may_divide = |column: &Column| {
        let groups = column.values.len();
        !column.is_own
            && (names_nobody(column) || !column.names.iter().any(|name| may_name_people(name)))
            && (2..=MOST_GROUPS).contains(&groups)
            && groups < column.filled()
            && column.filled() * 2 > export.rows
            && column.values.keys().all(|text| text.chars().count() <= 60 && !text.contains('@'))
    };
    let columns = export.columns.iter().enumerate();
    columns.filter(|(at, column)| !taken.contains(at) && may_divide(column)).map(|(at, _)| at).collect()
}
