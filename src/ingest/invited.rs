//! Who was invited, one row each, with their groups and reference: the numbers invited are counted
//! from it, and a form whose reference is not on it is noticed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use super::decode::Decoded;
use super::excerpt::shown;
use super::ragged::{Width, shortest};
use super::records::records;
use super::responses::Form;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::{nearest, nearest_within};
use crate::survey::{Audience, Breakdown, Survey, fold};
use crate::tally::Group;

const KIND: &str = "invited";

/// References that are named before they are only counted.
const NAMED: usize = 10;

/// One audience's list in one wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct InvitedList {
    /// Everyone, and the groups of every breakdown that the list has a column for.
    pub counts: BTreeMap<Group, u64>,
    pub rows: u64,
    pub references: BTreeSet<String>,
}

/// Reads a list. Its columns are found by the headers that the exports have, or by the breakdown's id
/// or label, or `reference`; others are not looked at.
pub(super) fn read_list(
    survey: &Survey,
    (wave, audience): (usize, usize),
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> InvitedList {
    let who = &survey.audiences[audience];
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let rows: Vec<(u64, StringRecord)> = records.collect();
    let at =
        |names: &[&str]| header.iter().position(|cell| names.iter().any(|name| fold(name) == fold(cell)));
    let mut headers: Vec<&str> = who.link.iter().map(String::as_str).collect();
    headers.push("reference");
    let Some(reference) = at(&headers) else {
        found.push(
            Diagnostic::error(
                KIND,
                Place::line(file, 1),
                "the list of those invited has no column of references",
            )
            // Of a list without a header the first row is somebody's.
            .found(format!("{} cells in the first row", header.len()))
            .expected(headers.join(" or "))
            .nearest(headers.iter().find_map(|wanted| nearest_within(0.8, wanted, header.iter())))
            .advice("where only numbers are known, use `population` instead"),
        );
        return InvitedList::default();
    };
    let breakdowns: Vec<(usize, usize)> = columns(who, wave, &at);
    let mut list = InvitedList::default();
    let mut blank: BTreeMap<usize, u64> = BTreeMap::new();
    let width = width(&header, &rows);
    for (line, record) in rows.iter().filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty()))
    {
        if !width.fits(record) {
            found.push(width.refuse(file, *line, record));
            continue;
        }
        list.rows += 1;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let place = |at: usize| Place::cell(file, *line, at, header.get(at).unwrap_or_default());
        match cell(reference) {
            "" => found.push(
                Diagnostic::error(KIND, place(reference), "somebody on the list has no reference")
                    .advice("give every row the reference that the forms have"),
            ),
            own => {
                if !list.references.insert(own.to_owned()) {
                    found.push(
                        Diagnostic::error(KIND, place(reference), "this reference is on the list twice")
                            .found(format!("\"{}\"", shown(own)))
                            .advice("delete one of the rows: who was invited counts once"),
                    );
                }
            }
        }
        for &(breakdown, column) in &breakdowns {
            let by = &who.breakdowns[breakdown];
            match by.group_named(cell(column), wave) {
                Some(group) => *list.counts.entry(Group::Of { breakdown, group }).or_default() += 1,
                None if cell(column).is_empty() => *blank.entry(breakdown).or_default() += 1,
                None => found.push(no_such_group((by, survey, wave), cell(column), place(column))),
            }
        }
    }
    for (breakdown, rows) in blank {
        let label = &who.breakdowns[breakdown].label;
        found.push(
            Diagnostic::warning(KIND, Place::file(file), format!("{rows} on the list have no {label}"))
                .advice("complete them; until then nobody knows how many of each group were invited, and the list counts everyone only"),
        );
        list.counts.retain(|group, _| group.breakdown() != Some(breakdown));
    }
    list.counts.insert(Group::Everyone, list.rows);
    list
}

/// How many cells a row of the list may have: of a longer one, perhaps somebody's name fell apart.
fn width(header: &StringRecord, rows: &[(u64, StringRecord)]) -> Width {
    let named = header.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    Width {
        header: header.len(),
        needed: named.last().map_or(0, |(last, _)| last + 1),
        most: header.len().max(shortest(rows)),
    }
}

/// Breakdowns that the list has a column for, with its position.
fn columns(who: &Audience, wave: usize, at: &dyn Fn(&[&str]) -> Option<usize>) -> Vec<(usize, usize)> {
    let asked = who.breakdowns.iter().enumerate().filter(|(_, by)| by.asked.in_wave(wave));
    let column = |(breakdown, by): (usize, &Breakdown)| {
        let mut names: Vec<&str> = by.columns.iter().map(String::as_str).collect();
        names.extend([by.id.as_str(), by.label.as_str()]);
        Some((breakdown, at(&names)?))
    };
    asked.filter_map(column).collect()
}

fn no_such_group((by, survey, wave): (&Breakdown, &Survey, usize), text: &str, place: Place) -> Diagnostic {
    let labels: Vec<&str> = by.groups_in(wave).map(|group| group.label.as_str()).collect();
    let near = nearest(text, by.groups_in(wave).flat_map(|group| group.all()));
    let gone = by.not_in_wave(text, wave, &survey.waves);
    let usual = "correct the list, or add the name to the group's `aliases` in survey.toml".to_owned();
    Diagnostic::error(KIND, place, format!("{} has no group of this name", by.label))
        .found(format!("\"{}\"", shown(text)))
        .expected(labels.join(", "))
        .nearest(near)
        .advice(gone.unwrap_or(usual))
}

impl InvitedList {
    /// Forms whose reference is not on the list: a typing mistake, or somebody who was not invited.
    pub fn strangers(&self, file: &str, forms: &[Form], found: &mut Diagnostics) {
        let references: BTreeSet<&str> = forms.iter().filter_map(|form| form.link.as_deref()).collect();
        let strangers: Vec<&str> =
            references.into_iter().filter(|reference| !self.references.contains(*reference)).collect();
        if strangers.is_empty() {
            return;
        }
        let named: Vec<Cow<'_, str>> = strangers.iter().copied().take(NAMED).map(shown).collect();
        let more = match strangers.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let first = strangers.first().copied().unwrap_or_default();
        let near = nearest(first, self.references.iter().map(String::as_str));
        found.push(
            Diagnostic::warning(
                KIND,
                Place::file(file),
                format!("{} references of forms are not on the list of those invited", strangers.len()),
            )
            .found(named.join(", ") + &more)
            .nearest(near.filter(|near| shown(near) == *near))
            .advice("correct the reference in the form or on the list; the forms count all the same"),
        );
    }
}
