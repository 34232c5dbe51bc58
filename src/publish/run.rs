//! Writes everything that a run publishes, and exchanges it with what was there.

use std::path::Path;

use rayon::prelude::*;

use super::about::about;
use super::contents::{Placed, paper};
use super::data;
use super::error::PublishError;
use super::folder::{Command, Finished, Input as HashedInput, Staging};
use super::paper::Paper;
use super::placing::placed;
use super::private;
use super::report::html;
use super::word::docx;
use super::workbook::{Listed, WorkbookError, cover, workbook};
use crate::disclose::Release;
use crate::findings::{findings, markdown};
use crate::ingest::Input;
use crate::survey::Survey;
use crate::tally::{Cell, Counted, Counts};
use crate::view::View;

/// What the command line decides about publishing.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub output: &'a Path,
    /// Labels of the waves asked for; none for all.
    pub waves: &'a [String],
    pub pictures: bool,
    /// Go on without answers that are not on the scale, and say DRAFT on everything.
    pub draft: bool,
    /// The program ends after the run, so what it made in memory is left to the system, which takes it
    /// back all at once rather than piece by piece.
    pub ends: bool,
}

/// Publishes a public and a private release of the same survey, the public one beside the definition
/// of what is published. Public files are written from the
/// public release alone; what takes the tally or the rejects lives in `private`.
///
/// # Errors
/// When a file cannot be made or the folder cannot be replaced; the old output is whole then.
pub fn publish(
    counted: &Counted<'_>,
    (published, public): (&Survey, &Release),
    analyst: &Release,
    input: &Input,
    options: &Options<'_>,
) -> Result<Finished, PublishError> {
    let staging = Staging::start(options.output)?;
    let view = |survey, release| View { survey, release, waves: counted.waves };
    let (public, private) = (view(published, public), view(counted.survey, analyst));
    // The workbook takes longest of all, and stands on what is placed.
    let (placed, written) = rayon::join(
        || {
            let placed = placed(&staging, &public, input, options.pictures)?;
            write_public(&staging, &public, input, &placed)?;
            Ok::<_, PublishError>(placed)
        },
        || {
            write_data(&staging, &private)?;
            write_paper(&staging, &private, input)?;
            write_private(&staging, counted, published, analyst, input)
        },
    );
    let placed = written.and(placed)?;

    let command = Command { name: "run".to_owned(), waves: options.waves.to_vec(), draft: options.draft };
    let hashed = input.files.iter().map(|file| HashedInput {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        rows: file.rows,
    });
    let finished = staging.finish(command, hashed.collect())?;
    if options.ends {
        std::mem::forget(placed);
    }
    Ok(finished)
}

/// What the analyst sees beside the private release.
fn write_private(
    staging: &Staging,
    counted: &Counted<'_>,
    published: &Survey,
    analyst: &Release,
    input: &Input,
) -> Result<(), PublishError> {
    let counts = counted.tally.iter().map(|(cell, entry)| (cell, &entry.counts));
    staging.write("private/tally.csv", tally_csv(counted.survey, counts)?.as_bytes())?;
    write_rows(staging, "private/rejects.csv", private::rejects(&input.rejects))?;
    staging.write(
        "private/quality.md",
        private::quality(counted.survey, (&input.ledgers, &input.sums), &input.corrected, &counted.patterns)
            .as_bytes(),
    )?;
    if let Some(decisions) = analyst.decisions() {
        write_rows(staging, "private/disclosure.csv", private::disclosure(published, decisions))?;
        staging.write("private/disclosure.md", private::summary(published, decisions).as_bytes())?;
    }
    Ok(staging.write("private/README.txt", private::README.as_bytes())?)
}

/// The exact counts as `private/tally.csv` holds them.
///
/// # Errors
/// None where rows are as long as the header.
pub fn tally_csv<'t>(
    survey: &Survey,
    cells: impl Iterator<Item = (&'t Cell, &'t Counts)>,
) -> Result<String, PublishError> {
    let bytes = rows("tally.csv", private::tally(survey, cells))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The figures of a release as `results.csv` holds them.
///
/// # Errors
/// None where rows are as long as the header.
pub fn results_csv(view: &View<'_>) -> Result<String, PublishError> {
    let bytes = rows("results.csv", data::results(view.survey, view.release))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A data file of a release.
type DataFile = fn(&Survey, &Release) -> csv::Result<Vec<u8>>;

/// The tidy data files of a release.
fn write_data(staging: &Staging, view: &View<'_>) -> Result<(), PublishError> {
    let folder = if view.is_public() { "publish/data" } else { "private" };
    let files: [(&str, DataFile); 4] =
        [("results", data::results), ("changes", data::changes), ("gaps", data::gaps), ("mix", data::mix)];
    let benchmarks: (&str, DataFile) = ("benchmarks", data::benchmarks);
    let is_compared = view.release.benchmarks().next().is_some();
    let files = files.into_iter().chain(is_compared.then_some(benchmarks)).collect::<Vec<_>>();
    files.into_par_iter().try_for_each(|(name, data)| {
        write_rows(staging, &format!("{folder}/{name}.csv"), data(view.survey, view.release))
    })
}

/// Data, findings, and the paper in all its forms.
fn write_public(
    staging: &Staging,
    view: &View<'_>,
    input: &Input,
    placed: &[Placed],
) -> Result<(), PublishError> {
    // Nearly all files are there; what remains are few, and long in the making.
    staging.begin_saving();
    let paper = paper_with_findings(staging, "publish", view, input, placed)?;
    staging.write("publish/about.json", about(view)?.as_bytes())?;
    let workbook = || Ok(staging.write("publish/tables.xlsx", &tables_xlsx(view, &paper, placed)?)?);
    let word = || Ok(staging.write("publish/report.docx", &docx(&paper)?)?);
    let report = || write_report(staging, "publish", &paper);
    let data = || write_data(staging, view);
    let (workbook, ((report, word), data)) =
        rayon::join(workbook, || rayon::join(|| rayon::join(report, word), data));
    workbook.and(report).and(word).and(data)
}

/// The analyst's findings and report.
fn write_paper(staging: &Staging, view: &View<'_>, input: &Input) -> Result<(), PublishError> {
    let placed = placed(staging, view, input, false)?;
    let paper = paper_with_findings(staging, "private", view, input, &placed)?;
    write_report(staging, "private", &paper)
}

fn paper_with_findings(
    staging: &Staging,
    folder: &str,
    view: &View<'_>,
    input: &Input,
    placed: &[Placed],
) -> Result<Paper, PublishError> {
    let findings = findings(view);
    staging.write(&format!("{folder}/findings.md"), markdown(view, &findings).as_bytes())?;
    Ok(paper(view, &findings, placed, input))
}

fn write_report(staging: &Staging, folder: &str, paper: &Paper) -> Result<(), PublishError> {
    Ok(staging.write(&format!("{folder}/report.html"), html(paper)?.as_bytes())?)
}

/// Every table in one workbook, under the headings of the paper.
fn tables_xlsx(view: &View<'_>, paper: &Paper, placed: &[Placed]) -> Result<Vec<u8>, WorkbookError> {
    let tables = placed.iter().map(|placed| {
        let table = &*placed.table;
        Listed { section: paper.section_of(table).map_or("Report", |section| &section.heading), table }
    });
    workbook(&cover(view), &tables.collect::<Vec<_>>())
}

fn write_rows(staging: &Staging, path: &str, written: csv::Result<Vec<u8>>) -> Result<(), PublishError> {
    Ok(staging.write(path, &rows(path, written)?)?)
}

fn rows(path: &str, written: csv::Result<Vec<u8>>) -> Result<Vec<u8>, PublishError> {
    written.map_err(|source| PublishError::Data { file: path.to_owned(), source })
}
