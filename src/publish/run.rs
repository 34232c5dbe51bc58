//! Writes everything that a run publishes, and exchanges it with what was there.

use std::path::Path;

use rayon::prelude::*;

use super::charts::{DrawError, Drawn, PNG_WIDTH, SLIDE_WIDTH, draw, png, slide};
use super::contents::{Placed, paper};
use super::data::{self, Frame};
use super::exhibits::{Exhibited, context, exhibits};
use super::folder::{Command, Finished, FolderError, Input as HashedInput, Staging};
use super::paper::{Paper, Raster};
use super::private;
use super::report::{ReportError, html};
use super::table::Table;
use super::table_csv::{METADATA, TableError, csv, metadata};
use super::word::{WordError, docx};
use super::workbook::{Listed, WorkbookError, cover, workbook};
use crate::disclose::{Policy, Release};
use crate::findings::{findings, markdown};
use crate::ingest::Input;
use crate::survey::Survey;
use crate::tally::{Counted, Department, Group, Question};
use crate::view::View;

type Object = serde_json::Map<String, serde_json::Value>;

/// Why nothing was published. The old output is whole.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the chart `{chart}` could not be drawn: {source}")]
    Chart { chart: String, source: DrawError },
    #[error("the table `{table}` could not be written: {source}")]
    Table { table: String, source: TableError },
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] WorkbookError),
    #[error("the report could not be written: {0}")]
    Report(#[from] ReportError),
    #[error("the Word paper could not be written: {0}")]
    Word(#[from] WordError),
    #[error("the data file `{file}` could not be written: {source}")]
    Data { file: String, source: polars::error::PolarsError },
    #[error("about.json could not be written: {0}")]
    About(#[from] serde_json::Error),
}

/// What the command line decides about publishing.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    pub output: &'a Path,
    /// Labels of the waves asked for; none for all.
    pub waves: &'a [String],
    pub pictures: bool,
    /// Go on without answers that are not on the scale, and say DRAFT on everything.
    pub draft: bool,
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
    let mut staging = Staging::start(options.output)?;
    let survey = counted.survey;
    let view = |survey, release| View { survey, release, waves: counted.waves };

    write_release(&mut staging, &view(published, public), input, options.pictures)?;
    write_release(&mut staging, &view(survey, analyst), input, false)?;

    staging.write("private/tally.csv", tally_csv(counted)?.as_bytes())?;
    let rejects = private::rejects(&input.rejects);
    write_frame(&mut staging, "private/rejects.csv", &rejects, &["file", "line", "column"])?;
    staging.write(
        "private/quality.md",
        private::quality(survey, &input.ledgers, &input.corrected, &counted.patterns).as_bytes(),
    )?;
    if let Some(decisions) = analyst.decisions() {
        let disclosure = private::disclosure(published, decisions);
        write_frame(&mut staging, "private/disclosure.csv", &disclosure, &disclosure.header[..6])?;
        staging.write("private/disclosure.md", private::summary(published, decisions).as_bytes())?;
    }
    staging.write("private/README.txt", private::README.as_bytes())?;

    let command = Command { name: "run".to_owned(), waves: options.waves.to_vec(), draft: options.draft };
    let hashed = input.files.iter().map(|file| HashedInput {
        name: file.name.clone(),
        sha256: file.sha256.clone(),
        rows: file.rows,
    });
    Ok(staging.finish(command, hashed.collect())?)
}

/// The exact counts as `private/tally.csv` holds them.
///
/// # Errors
/// What polars refuses, which a well-formed frame does not provoke.
pub fn tally_csv(counted: &Counted<'_>) -> Result<String, PublishError> {
    let tally = private::tally(counted.survey, &counted.tally);
    let bytes = frame_csv("tally.csv", &tally, &tally.header[..6])?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Everything that is made from one release, in its own folder.
fn write_release(
    staging: &mut Staging,
    view: &View<'_>,
    input: &Input,
    pictures: bool,
) -> Result<(), PublishError> {
    let release = view.release;
    let is_public = release.policy == Policy::Public;
    let (folder, data) = if is_public { ("publish", "publish/data") } else { ("private", "private") };
    let results = data::results(view.survey, release);
    write_frame(staging, &format!("{data}/results.csv"), &results, &results.header[..6])?;
    let changes = data::changes(view.survey, release);
    write_frame(staging, &format!("{data}/changes.csv"), &changes, &changes.header[..7])?;
    let gaps = data::gaps(view.survey, release);
    write_frame(staging, &format!("{data}/gaps.csv"), &gaps, &gaps.header[..8])?;
    let mix = data::mix(view.survey, release);
    write_frame(staging, &format!("{data}/mix.csv"), &mix, &mix.header[..7])?;

    let mut exhibits = exhibits(view, &input.actions);
    exhibits.extend(context(view, &input.context));
    exhibits.sort_by_key(|exhibit| exhibit.part);
    let exhibits: Vec<(String, Exhibited)> = exhibits
        .into_iter()
        .enumerate()
        .map(|(position, exhibited)| (format!("{:02}-{}", position + 1, exhibited.table.name), exhibited))
        .collect();
    let pictures = pictures && is_public;
    let drawn: Vec<Option<Picture>> = exhibits
        .par_iter()
        .map(|(stem, exhibited)| picture(stem, exhibited, pictures))
        .collect::<Result<_, _>>()?;
    let mut placed = Vec::new();
    for ((stem, exhibited), picture) in exhibits.into_iter().zip(drawn) {
        let mut one =
            Placed { exhibited, inline_svg: None, raster: None, table_file: None, picture_file: None };
        if is_public {
            one.table_file = Some(write_table(staging, &stem, &one.exhibited.table)?);
            if let Some(picture) = &picture {
                one.picture_file = Some(write_picture(staging, &stem, picture)?);
            }
        }
        if let Some(Picture { drawn, png, .. }) = picture {
            one.inline_svg = Some(drawn.inline_svg);
            one.raster = png.map(|png| Raster { png: png.into(), words: drawn.words });
        }
        placed.push(one);
    }
    let findings = findings(view);
    staging.write(&format!("{folder}/findings.md"), markdown(view, &findings).as_bytes())?;
    let paper = paper(view, &findings, &placed, input);
    staging.write(&format!("{folder}/report.html"), html(&paper)?.as_bytes())?;
    if is_public {
        staging.write("publish/tables.xlsx", &tables_xlsx(view, &paper, &placed)?)?;
        staging.write("publish/report.docx", &docx(&paper)?)?;
        staging.write("publish/about.json", about(view)?.as_bytes())?;
    }
    Ok(())
}

/// A drawn chart, and its PNG where one is wanted.
struct Picture {
    drawn: Drawn,
    png: Option<Vec<u8>>,
    /// As a PNG of 16 to 9; none of the annex, nor where letters would be too small.
    slide: Option<Vec<u8>>,
}

fn picture(stem: &str, exhibited: &Exhibited, with_png: bool) -> Result<Option<Picture>, PublishError> {
    let Some(chart) = &exhibited.chart else { return Ok(None) };
    let chart_error = |source| PublishError::Chart { chart: stem.to_owned(), source };
    let drawn = draw(chart).map_err(chart_error)?;
    if !with_png {
        return Ok(Some(Picture { drawn, png: None, slide: None }));
    }
    let alone = png(&drawn.svg, PNG_WIDTH).map_err(chart_error)?;
    let slide = if exhibited.part.is_for_slides() { slide(chart).map_err(chart_error)? } else { None };
    let slide = slide.map(|svg| png(&svg, SLIDE_WIDTH)).transpose().map_err(chart_error)?;
    Ok(Some(Picture { drawn, png: Some(alone), slide }))
}

/// Writes a table with its description, and says where it lies, seen from the report.
fn write_table(staging: &mut Staging, stem: &str, table: &Table) -> Result<String, PublishError> {
    let table_error = |source| PublishError::Table { table: stem.to_owned(), source };
    let name = format!("{stem}.csv");
    staging.write(&format!("publish/tables/{name}"), &csv(table).map_err(table_error)?)?;
    let described = metadata(table, &name).map_err(table_error)?;
    staging.write(&format!("publish/tables/{name}{METADATA}"), &described)?;
    Ok(format!("tables/{name}"))
}

/// Every table in one workbook, under the headings of the paper.
fn tables_xlsx(view: &View<'_>, paper: &Paper, placed: &[Placed]) -> Result<Vec<u8>, WorkbookError> {
    let tables = placed.iter().map(|placed| {
        let table = &placed.exhibited.table;
        Listed { section: paper.section_of(table).map_or("Report", |section| &section.heading), table }
    });
    workbook(&cover(view), &tables.collect::<Vec<_>>())
}

/// Writes a picture, and says where it lies, seen from the report.
fn write_picture(staging: &mut Staging, stem: &str, picture: &Picture) -> Result<String, PublishError> {
    staging.write(&format!("publish/charts/{stem}.svg"), picture.drawn.svg.as_bytes())?;
    if let Some(png) = &picture.png {
        staging.write(&format!("publish/charts/{stem}.png"), png)?;
    }
    if let Some(slide) = &picture.slide {
        staging.write(&format!("publish/charts/{stem}-slide.png"), slide)?;
    }
    Ok(format!("charts/{stem}.svg"))
}

fn write_frame(
    staging: &mut Staging,
    path: &str,
    frame: &Frame,
    sort_by: &[&str],
) -> Result<(), PublishError> {
    Ok(staging.write(path, &frame_csv(path, frame, sort_by)?)?)
}

fn frame_csv(path: &str, frame: &Frame, sort_by: &[&str]) -> Result<Vec<u8>, PublishError> {
    frame.csv(sort_by).map_err(|source| PublishError::Data { file: path.to_owned(), source })
}

/// The rules by which figures were withheld, the dimensions that they add up along, and what tables
/// call them.
///
/// # Errors
/// What the writer of JSON refuses, which these texts do not provoke.
pub fn about(view: &View<'_>) -> Result<String, serde_json::Error> {
    let survey = view.survey;
    let audiences = survey.audiences.iter().map(|audience| {
        let breakdowns: serde_json::Map<String, serde_json::Value> = audience
            .breakdowns
            .iter()
            .map(|by| (by.id.clone(), by.groups.iter().map(|group| group.id.clone()).collect()))
            .collect();
        let combined: Object = audience
            .breakdowns
            .iter()
            .filter(|by| !by.combined.is_empty())
            .map(|by| (by.id.clone(), serde_json::json!(by.combined)))
            .collect();
        serde_json::json!({
            "id": audience.id,
            "label": audience.label,
            "scores-departments": audience.scores_departments,
            "minimum-respondents": audience.minimum_respondents,
            "breakdowns": breakdowns,
            "combined": combined,
        })
    });
    let about = serde_json::json!({
        "format": 1,
        "title": survey.title,
        "organisation": survey.organisation.name,
        "synthetic": survey.synthetic,
        "scale": { "low": 1, "high": survey.scale.top, "no-contact": survey.scale.no_contact },
        "waves": survey.waves.iter().map(|wave| wave.label.clone()).collect::<Vec<_>>(),
        "questions": survey.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>(),
        "departments": survey.departments.iter().map(|department| department.names.id.clone()).collect::<Vec<_>>(),
        "audiences": audiences.collect::<Vec<_>>(),
        "labels": labels(view),
    });
    Ok(serde_json::to_string_pretty(&about)? + "\n")
}

/// What tables call the ids of the data files.
fn labels(view: &View<'_>) -> serde_json::Value {
    let survey = view.survey;
    let department =
        |one: Department| (survey.department_id(one).to_owned(), view.department_label(one).into());
    let departments = (0..survey.departments.len()).map(Department::One);
    let departments: Object =
        departments.chain([Department::All, Department::Whole]).map(department).collect();
    let questions = view.questions().into_iter().map(|question| {
        let full = match question {
            Question::One(one) => format!("{} {}", survey.questions[one].id, survey.questions[one].text),
            Question::All => view.question_label(question),
        };
        (survey.question_id(question).to_owned(), vec![view.question_label(question), full].into())
    });
    let breakdowns = survey.audiences.iter().enumerate().map(|(audience, definition)| {
        let breakdowns = definition.breakdowns.iter().enumerate().map(|(breakdown, by)| {
            let groups = (0..by.groups.len()).map(|group| Group::Of { breakdown, group });
            let groups = groups.chain([Group::Everyone, Group::NotStated { breakdown }]);
            let label = |group| {
                (survey.group_id(audience, group).to_owned(), view.group_label(audience, group).into())
            };
            let groups: Object = groups.map(label).collect();
            (by.id.clone(), serde_json::json!({ "label": by.label, "groups": groups }))
        });
        (definition.id.clone(), breakdowns.collect::<Object>().into())
    });
    serde_json::json!({
        "departments": departments,
        "questions": questions.collect::<Object>(),
        "breakdowns": breakdowns.collect::<Object>(),
    })
}
