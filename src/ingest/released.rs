//! What an earlier run has published: `data/results.csv` of its public folder, figure by figure.
//!
//! Its addresses are those of what is published: groups that are published as one are one here, and
//! breakdowns that are kept back are not there.

use std::collections::BTreeMap;
use std::path::Path;

use csv::StringRecord;

use super::decode::{Decoded, decode};
use super::records::records;
use super::strangers::{Strangers, stranger};
use super::{FileRead, Input, bytes, sha256};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Address, Survey, Wave, fold};

/// The file of a public folder that is read.
pub const RESULTS: &str = "data/results.csv";

/// What is already out of one wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EarlierRelease {
    pub wave: usize,
    /// Name under the input folder.
    pub file: String,
    figures: BTreeMap<Address, EarlierFigure>,
}

impl EarlierRelease {
    /// Reads the rows of a wave from a file's name and bytes; `survey` is the definition of what is
    /// published. What cannot be read goes to `found`, and so does every address that this definition
    /// does not have.
    pub fn read(
        survey: &Survey,
        wave: usize,
        (file, bytes): (&str, &[u8]),
        found: &mut Diagnostics,
    ) -> EarlierRelease {
        match decode(bytes) {
            Ok(decoded) => of_rows(survey, wave, file, &decoded, found),
            Err(not_text) => {
                let problem = Diagnostic::error("unreadable", Place::file(file), not_text.message);
                found.push(problem.advice(not_text.advice));
                EarlierRelease { wave, file: file.to_owned(), ..EarlierRelease::default() }
            }
        }
    }

    /// What was said at an address; `None` where the release had no such address.
    pub fn figure(&self, address: &Address) -> Option<&EarlierFigure> {
        self.figures.get(address)
    }

    /// Every address of the release.
    pub fn figures(&self) -> impl Iterator<Item = (&Address, &EarlierFigure)> {
        self.figures.iter()
    }
}

/// A figure as it went out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlierFigure {
    /// Where it stands in the file.
    pub line: u64,
    pub status: EarlierStatus,
}

/// What readers were given of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EarlierStatus {
    Shown(EarlierValue),
    Withheld,
    /// Not asked, or no answers of the audience in the wave.
    NotThere,
}

/// The counts of a shown figure and its mean; none where nobody scored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlierValue {
    pub respondents: u64,
    pub answers: u64,
    pub no_contact: u64,
    pub blank: u64,
    pub mean: Option<f64>,
}

const ADDRESS: [&str; 6] = ["wave", "audience", "department", "question", "breakdown", "group"];
const COUNTS: [&str; 4] = ["respondents", "answers", "no_contact", "blank"];
const MEAN: &str = "mean";
const STATUS: &str = "status";
const STATUSES: [&str; 5] = ["ok", "withheld", "nobody-scored", "not-asked", "no-wave"];

/// Reads what is already out of the waves that say so; several may be out in one folder.
pub(super) fn read_released(
    survey: &Survey,
    folder: &Path,
    waves: &[usize],
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let published = survey.for_publication().survey;
    for &wave in waves {
        let Wave { label, released: Some(of), .. } = &survey.waves[wave] else { continue };
        let file = format!("{of}/{RESULTS}");
        let bytes = match bytes(folder, &file) {
            Ok(bytes) => bytes,
            Err(problem) => {
                let inside = format!("{of}/publish");
                let is_inside = folder.join(&inside).join(RESULTS).exists();
                let nearest = if is_inside { Some(inside) } else { problem.nearest.clone() };
                let advice = format!(
                    "`released` of {label} names the folder `publish` of the run that went out; put it there, or correct the name in survey.toml"
                );
                found.push(Diagnostic { nearest, ..problem.advice(advice) });
                continue;
            }
        };
        input.released.push(EarlierRelease::read(&published, wave, (&file, &bytes), found));
        if input.files.iter().all(|read| read.name != file) {
            // One row a line: no cell of this file holds a line end.
            let lines = bytes.split(|byte| *byte == b'\n').skip(1);
            let rows = lines.filter(|line| !line.trim_ascii().is_empty()).count() as u64;
            input.files.push(FileRead { name: file, sha256: sha256(&bytes), rows: Some(rows) });
        }
    }
}

fn of_rows(
    survey: &Survey,
    wave: usize,
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> EarlierRelease {
    let mut release = EarlierRelease { wave, file: file.to_owned(), ..EarlierRelease::default() };
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let Some(columns) = Columns::of(file, &header, found) else { return release };
    let label = &survey.waves[wave].label;
    let mut waves: Vec<String> = Vec::new();
    let mut strangers = Strangers::default();
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        let row = Row { file, line, record: &record, columns: &columns };
        let [of_wave, ids @ ..] = ADDRESS.map(|name| row.id(name));
        if !waves.contains(&of_wave) {
            waves.push(of_wave.clone());
        }
        if of_wave != *label && of_wave.strip_prefix('\'') != Some(label) {
            continue;
        }
        if let Some(stranger) = stranger(survey, &ids) {
            strangers.add(stranger, line);
            continue;
        }
        let [audience, department, question, breakdown, group] = ids;
        let address = Address { wave: label.clone(), audience, department, question, breakdown, group };
        let Some(status) = row.status(found) else { continue };
        if let Some(first) = release.figures.get(&address) {
            found.push(
                Diagnostic::error(KIND, Place::line(file, line), "this figure stands here a second time")
                    .found(format!("the first stands in line {}", first.line))
                    .advice(AS_IT_WAS),
            );
        } else {
            release.figures.insert(address, EarlierFigure { line, status });
        }
    }
    strangers.report(survey, wave, file, found);
    if !waves.contains(label) && !waves.contains(&format!("'{label}")) {
        let message = format!("this release has nothing of {label}");
        found.push(
            Diagnostic::error(KIND, Place::file(file), message)
                .found(if waves.is_empty() { "no rows".to_owned() } else { waves.join(", ") })
                .expected(label)
                .advice(format!(
                    "name the public folder that went out for {label}, or delete the line `released` of that wave"
                )),
        );
    }
    release
}

pub(super) const KIND: &str = "released";
const AS_IT_WAS: &str = "put the folder there as the run wrote it";

/// Where the columns that are needed stand.
struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// `None` where one is missing.
    fn of(file: &str, header: &StringRecord, found: &mut Diagnostics) -> Option<Columns> {
        let wanted = ADDRESS.into_iter().chain(COUNTS).chain([MEAN, STATUS]);
        let at = |name: &'static str| Some((name, header.iter().position(|cell| fold(cell) == name)?));
        let columns: BTreeMap<&str, usize> = wanted.clone().filter_map(at).collect();
        let missing: Vec<&str> = wanted.filter(|name| !columns.contains_key(name)).collect();
        if missing.is_empty() {
            return Some(Columns(columns));
        }
        let message = format!("the released figures lack a column: {}", missing.join(", "));
        found.push(
            Diagnostic::error(KIND, Place::line(file, 1), message)
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(
                    ADDRESS.into_iter().chain(COUNTS).chain([MEAN, STATUS]).collect::<Vec<_>>().join(", "),
                )
                .advice(AS_IT_WAS),
        );
        None
    }

    fn at(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or(usize::MAX)
    }
}

/// One row of the file.
struct Row<'r> {
    file: &'r str,
    line: u64,
    record: &'r StringRecord,
    columns: &'r Columns,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> &str {
        self.record.get(self.columns.at(name)).unwrap_or_default().trim()
    }

    /// An id. Before what a spreadsheet would run as a formula a run writes an apostrophe, which no
    /// id begins with.
    fn id(&self, name: &str) -> String {
        let cell = self.cell(name);
        if name == "wave" { cell } else { cell.trim_start_matches('\'') }.to_owned()
    }

    fn place(&self, name: &str) -> Place {
        Place::cell(self.file, self.line, self.columns.at(name), name)
    }

    /// What was said of the figure; `None` where that cannot be read.
    fn status(&self, found: &mut Diagnostics) -> Option<EarlierStatus> {
        match self.cell(STATUS) {
            "withheld" => Some(EarlierStatus::Withheld),
            "not-asked" | "no-wave" => Some(EarlierStatus::NotThere),
            status @ ("ok" | "nobody-scored") => {
                let counts = COUNTS.map(|name| self.number::<u64>(name, "a whole number", found));
                let is_scored = status == "ok";
                let mean = is_scored.then(|| self.number::<f64>(MEAN, "a decimal number", found)).flatten();
                let [Some(respondents), Some(answers), Some(no_contact), Some(blank)] = counts else {
                    return None;
                };
                if is_scored && mean.is_none() {
                    return None;
                }
                Some(EarlierStatus::Shown(EarlierValue { respondents, answers, no_contact, blank, mean }))
            }
            other => {
                found.push(
                    Diagnostic::error(
                        KIND,
                        self.place(STATUS),
                        "a figure is released or it is not; this says neither",
                    )
                    .found(format!("\"{other}\""))
                    .expected(STATUSES.join(", "))
                    .nearest(nearest(other, STATUSES))
                    .advice(AS_IT_WAS),
                );
                None
            }
        }
    }

    fn number<N: std::str::FromStr>(&self, name: &str, expected: &str, found: &mut Diagnostics) -> Option<N> {
        let number = self.cell(name).parse().ok();
        if number.is_none() {
            found.push(
                Diagnostic::error(KIND, self.place(name), "the number of a released figure cannot be read")
                    .found(format!("\"{}\"", self.cell(name)))
                    .expected(expected)
                    .advice(AS_IT_WAS),
            );
        }
        number
    }
}
