//! Corrections replayed on the rows of one file while it is read.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use serde::Serialize;

use super::columns::{Columns, Role};
use super::corrections::{Correction, EMPTY, Of};
use super::excerpt::shown;
use super::layout::Layout;
use crate::diagnostics::{Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Audience, Survey, fold};

/// Corrections of forms that a file does not have that are compared with those it has.
const COMPARED: usize = 20;

/// A correction that changed a cell of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Corrected {
    #[serde(skip)]
    pub wave: usize,
    #[serde(skip)]
    pub audience: usize,
    /// Line of the form in its file.
    #[serde(rename = "line")]
    pub at: u64,
    #[serde(flatten)]
    pub correction: Correction,
}

/// What became of a correction so far.
#[derive(Clone, Debug)]
enum Fate {
    /// No form of the respondent yet.
    Waiting,
    /// A form of the respondent holds something else there.
    Differs { place: Place, value: String },
    /// Lines of the forms that it changed: more than one where a respondent sent several that held the
    /// old value.
    Done(Vec<u64>),
}

/// One correction of this file, with the position of its column.
#[derive(Debug)]
struct Pending<'c> {
    correction: &'c Correction,
    /// The old value, as cells are compared.
    old: String,
    column: usize,
    fate: Fate,
}

/// The corrections of one file.
#[derive(Debug)]
pub(super) struct Replay<'c> {
    file: &'c str,
    pending: Vec<Pending<'c>>,
    by_respondent: BTreeMap<&'c str, Vec<usize>>,
    seen: BTreeSet<String>,
}

impl<'c> Replay<'c> {
    /// The corrections of a file whose columns are known; those that cannot be replayed go to `found`.
    pub fn of(
        (survey, wave, audience): (&Survey, usize, &Audience),
        file: &'c str,
        (columns, layout): (&Columns, &Layout),
        list: &'c [Correction],
        found: &mut Diagnostics,
    ) -> Replay<'c> {
        let mut replay =
            Replay { file, pending: Vec::new(), by_respondent: BTreeMap::new(), seen: BTreeSet::new() };
        for correction in list.iter().filter(|one| one.file == file) {
            let Some(column) = column(columns, correction, found) else { continue };
            if !is_sound((survey, wave), audience, columns.roles[column], correction, found) {
                continue;
            }
            let of = replay.by_respondent.entry(correction.respondent.as_str()).or_default();
            of.push(replay.pending.len());
            // The list has what the file has, with what the platform adds.
            let (old, _) = layout.cell(&correction.old);
            replay.pending.push(Pending { old: old.into_owned(), correction, column, fate: Fate::Waiting });
        }
        replay
    }

    pub fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    /// References of the forms that corrections name.
    pub fn respondents(&self) -> impl Iterator<Item = &'c str> {
        self.by_respondent.keys().copied()
    }

    /// Whether a correction found no form of its respondent so far.
    pub fn is_waiting(&self) -> bool {
        self.pending.iter().any(|one| matches!(one.fate, Fate::Waiting))
    }

    /// The row as corrected; `None` where nothing of it changes. Several corrections of a cell follow
    /// each other in the order of the list.
    pub fn row(
        &mut self,
        (line, respondent): (u64, &str),
        record: &StringRecord,
        columns: &Columns,
    ) -> Option<StringRecord> {
        self.seen.insert(respondent.to_owned());
        let mut cells: Vec<&str> = record.iter().collect();
        let mut changed = false;
        for position in self.by_respondent.get(respondent).into_iter().flatten() {
            let Pending { correction, old, column, fate } = &mut self.pending[*position];
            if [correction.old.as_str(), old].contains(&cells[*column].trim()) {
                cells[*column] = &correction.new;
                match fate {
                    Fate::Done(lines) => lines.push(line),
                    other => *other = Fate::Done(vec![line]),
                }
                changed = true;
            } else if matches!(fate, Fate::Waiting) {
                let place = Place::cell(self.file, line, *column, columns.headers[*column].as_str());
                *fate = Fate::Differs { place, value: shown(cells[*column].trim()).into_owned() };
            }
        }
        changed.then(|| StringRecord::from(cells))
    }

    /// What was corrected; corrections that found no cell are errors.
    pub fn finish(self, (wave, audience): (usize, usize), found: &mut Diagnostics) -> Vec<Corrected> {
        let mut done = Vec::new();
        let mut waiting = 0;
        for Pending { correction, fate, .. } in self.pending {
            match fate {
                Fate::Done(lines) => done.extend(lines.into_iter().map(|at| Corrected {
                    wave,
                    audience,
                    at,
                    correction: correction.clone(),
                })),
                Fate::Waiting => {
                    waiting += 1;
                    // Each is compared with every form: of a long list only the first are.
                    let seen = self.seen.iter().map(String::as_str).filter(|_| waiting <= COMPARED);
                    found.push(
                        correction
                            .error(Of::Respondent, format!("{} has no form of this respondent", self.file))
                            .found(format!("\"{}\"", correction.respondent))
                            .nearest(nearest(&correction.respondent, seen))
                            .advice(
                                "write the reference as the file has it; delete the line if the form is gone",
                            ),
                    );
                }
                Fate::Differs { place, value } => {
                    let holds = if value.is_empty() { EMPTY.to_owned() } else { format!("\"{value}\"") };
                    found.push(
                        correction
                            .error(Of::Old, "the file does not hold the old value")
                            .found(format!("{holds} in {place}"))
                            .expected(if correction.old.is_empty() {
                                EMPTY.to_owned()
                            } else {
                                format!("\"{}\"", correction.old)
                            })
                            .advice("if the export was mended since, delete the line; otherwise write in `old` what the file holds"),
                    );
                }
            }
        }
        done
    }
}

/// The column that a correction names, if the survey uses it.
fn column(columns: &Columns, correction: &Correction, found: &mut Diagnostics) -> Option<usize> {
    let wanted = fold(&correction.column);
    let is_used = |role: &Role| !matches!(role, Role::Ignored | Role::Unknown);
    let used =
        || columns.headers.iter().zip(&columns.roles).enumerate().filter(|(_, (_, role))| is_used(role));
    let position = used().find(|(_, (header, _))| fold(header) == wanted).map(|(position, _)| position);
    if position.is_none() {
        let is_there = columns.headers.iter().any(|header| fold(header) == wanted);
        let message = if is_there {
            "the column is not used, so nothing in it needs correcting"
        } else {
            "the file has no column of this name"
        };
        found.push(
            correction
                .error(Of::Column, message)
                .found(format!("\"{}\"", correction.column))
                .nearest(nearest(&correction.column, used().map(|(_, (header, _))| header.as_str())))
                .advice(format!("write the header as it stands in {}", correction.file)),
        );
    }
    position
}

/// Whether the new value is one that the column may hold.
fn is_sound(
    (survey, wave): (&Survey, usize),
    audience: &Audience,
    role: Role,
    correction: &Correction,
    found: &mut Diagnostics,
) -> bool {
    let new = correction.new.as_str();
    let wrong = match role {
        Role::Item(_) if survey.scale_of(wave).read(new).is_none() => {
            let error = correction.error(Of::New, "the new value is no answer that the scale knows");
            Some(error.expected(survey.scale_of(wave).accepted()).nearest(survey.scale_of(wave).nearest(new)))
        }
        Role::Breakdown(breakdown) if !new.is_empty() => {
            let by = &audience.breakdowns[breakdown];
            let labels = || by.groups_in(wave).map(|group| group.label.as_str());
            by.group_named(new, wave).is_none().then(|| {
                correction
                    .error(Of::New, format!("{} has no group of this name", by.label))
                    .expected(labels().collect::<Vec<_>>().join(", "))
                    .nearest(nearest(new, labels()))
            })
        }
        _ => None,
    };
    let is_sound = wrong.is_none();
    if let Some(error) = wrong {
        found.push(error.found(format!("\"{new}\"")));
    }
    is_sound
}
