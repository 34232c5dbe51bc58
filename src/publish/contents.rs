//! The committee paper: which words, findings and exhibits stand where.

use std::sync::Arc;

use super::chart::Chart;
use super::exhibits::{Exhibited, PLANNING, Part};
use super::front::front;
use super::notes::{on_figures, on_section};
use super::paper::{Block, Drawing, Exhibit, Paper, Raster, Section};
use super::sections::{glossary, limits, method, other_councils, quality, summary, withholding};
use super::table::Table;
use super::view::View;
use crate::findings::{Finding, Topic};
use crate::ingest::Input;
use crate::survey::SectionId;
use crate::words::plain_name;

/// Rows of the longest table that stands open on the page without a picture.
const LONGEST_OPEN: usize = 40;
/// Columns of the widest.
const WIDEST_OPEN: usize = 11;

/// An exhibit as it was written to the folder: its data, its inline picture, and its file names.
#[derive(Debug)]
pub struct Placed {
    pub part: Part,
    pub table: Arc<Table>,
    pub chart: Option<Chart>,
    pub inline_svg: Option<Arc<str>>,
    pub raster: Option<Raster>,
    /// Relative to the report; none where the report travels alone.
    pub table_file: Option<String>,
    pub picture_file: Option<String>,
}

impl Placed {
    /// An exhibit that was not written anywhere yet.
    pub fn new(Exhibited { part, table, chart }: Exhibited) -> Placed {
        let table = Arc::new(table);
        Placed { part, table, chart, inline_svg: None, raster: None, table_file: None, picture_file: None }
    }
}

/// Puts the paper together: the sections that the definition wants, as far as there is something to
/// say in them.
pub fn paper(view: &View<'_>, findings: &[Finding], placed: &[Placed], input: &Input) -> Paper {
    let report = &view.survey.report;
    let wanted = report.sections.iter();
    let sections = wanted.map(|&section| Section {
        id: section.id().to_owned(),
        heading: view.survey.heading(section).to_owned(),
        blocks: blocks(view, section, findings, placed, input),
        annex: section.is_annex(),
    });
    Paper {
        title: report.title.clone().unwrap_or_else(|| view.survey.title.clone()),
        organisation: view.survey.organisation.name.clone(),
        period: view.period(view.waves),
        front: front(view.survey),
        stamps: view.stamps(),
        contact: view.survey.organisation.contact.clone(),
        style: view.survey.style.clone(),
        sections: sections.filter(|section| !section.blocks.is_empty()).collect(),
    }
}

/// What stands in a section: words, findings, exhibits. Exhibits alone carry those sections that need
/// an introduction.
fn blocks(
    view: &View<'_>,
    section: SectionId,
    findings: &[Finding],
    placed: &[Placed],
    input: &Input,
) -> Vec<Block> {
    let mine: Vec<&Placed> = placed.iter().filter(|one| place(one.part) == section).collect();
    // What is said of a breakdown stands under its own heading, if it has one.
    let has_heading = |part: Part| mine.iter().any(|one| one.part == part);
    let said = |topics: &[Topic]| {
        let of_topic = findings.iter().filter(|it| topics.contains(&it.topic) && !it.is_detail);
        let here = of_topic.filter(|it| !breakdown_of(view, it).is_some_and(has_heading));
        Block::bullets(here.map(|finding| finding.text.clone()))
    };
    let mut blocks = match section {
        SectionId::Summary => summary(view, findings),
        SectionId::Response => said(&[Topic::Response]),
        SectionId::Change => said(&[Topic::Change]),
        SectionId::Reality => said(&[Topic::Reality]),
        SectionId::Attention => said(&[Topic::Scores, Topic::Attention]),
        SectionId::BothSides => said(&[Topic::BothSides]),
        SectionId::OtherCouncils => other_councils(view, said(&[Topic::OtherCouncils])),
        SectionId::Departments => said(&[Topic::Departments]),
        SectionId::Groups => said(&[Topic::Groups]),
        SectionId::Contact => said(&[Topic::Contact]),
        SectionId::Areas => about_areas(view),
        SectionId::Themes | SectionId::Ladder | SectionId::Context => Vec::new(),
        SectionId::Limits => limits(view),
        SectionId::Method => method(view),
        SectionId::Sensitivity => said(&[Topic::Sensitivity]),
        SectionId::Quality => quality(view, &input.ledgers, &input.corrected),
        SectionId::Glossary => glossary(view),
    };
    blocks.extend(on_section(&input.commentary, section));
    let mut notes = on_figures(view, &input.commentary);
    notes.retain(|note| home(view, note.part) == section);
    let mut last = None;
    for &placed in &mine {
        let part = placed.part;
        if last.is_none() && section == SectionId::Groups {
            blocks.push(Block::Paragraph(withholding(view)));
        }
        if last != Some(part) {
            blocks.extend(heading(view, part).map(Block::Heading));
            let under = findings.iter().filter(|it| !it.is_detail && breakdown_of(view, it) == Some(part));
            blocks.extend(Block::bullets(under.map(|finding| finding.text.clone())));
            last = Some(part);
        }
        blocks.push(exhibit(view, placed));
        let name = &placed.table.name;
        let here = notes.extract_if(.., |note| note.belongs_to(part, name));
        blocks.extend(here.map(|note| note.block));
    }
    blocks.extend(notes.into_iter().map(|note| note.block));
    blocks
}

/// The breakdown that a finding on groups speaks of, as its address has it.
fn breakdown_of(view: &View<'_>, finding: &Finding) -> Option<Part> {
    // From the end: the label of a year may hold a stroke.
    let mut parts = finding.address.rsplit('/').skip(1);
    let (by, audience) = (parts.next()?, parts.nth(2)?);
    let audience = view.survey.audiences.iter().position(|one| one.id == audience)?;
    let breakdown = view.audience(audience).breakdowns.iter().position(|one| one.id == by)?;
    (finding.topic == Topic::Groups).then_some(Part::Breakdown { audience, breakdown })
}

/// The section in which words on a part stand: nothing written is lost where the paper leaves that one out.
fn home(view: &View<'_>, part: Part) -> SectionId {
    let section = place(part);
    if view.survey.report.sections.contains(&section) { section } else { SectionId::Limits }
}

/// What each area for improvement is about, where the definition says.
fn about_areas(view: &View<'_>) -> Vec<Block> {
    let areas = view.survey.areas.iter();
    Block::bullets(areas.filter_map(|area| Some(format!("{}: {}", area.names.label, area.text.as_ref()?))))
}

/// The section in which a part of the exhibits stands.
fn place(part: Part) -> SectionId {
    match part {
        Part::Response => SectionId::Response,
        Part::Change => SectionId::Change,
        Part::Reality => SectionId::Reality,
        Part::Scores => SectionId::Attention,
        Part::BothSides => SectionId::BothSides,
        Part::OtherCouncils => SectionId::OtherCouncils,
        Part::Departments | Part::Department(_) => SectionId::Departments,
        Part::Groups | Part::Breakdown { .. } => SectionId::Groups,
        Part::Contact => SectionId::Contact,
        Part::Areas => SectionId::Areas,
        Part::Themes => SectionId::Themes,
        Part::Ladder => SectionId::Ladder,
        Part::Context => SectionId::Context,
        Part::Sensitivity => SectionId::Sensitivity,
        Part::Quality => SectionId::Quality,
    }
}

/// What a part within a section is headed by.
fn heading(view: &View<'_>, part: Part) -> Option<String> {
    match part {
        Part::Department(one) => Some(view.survey.departments[one].names.label.clone()),
        Part::Breakdown { audience, breakdown } => {
            let audience = view.audience(audience);
            Some(format!("{}: {}", audience.label, audience.breakdowns[breakdown].label))
        }
        _ => None,
    }
}

/// A table stands open where it carries the paper: not beside its picture, not in the annex, and not
/// where it is one of many.
fn exhibit(view: &View<'_>, placed: &Placed) -> Block {
    let Placed { part, table, chart, inline_svg, raster, table_file, picture_file } = placed;
    let drawing = chart.as_ref().zip(inline_svg.as_ref()).map(|(chart, svg)| Drawing {
        headline: chart.headline.clone(),
        subtitle: chart.subtitle.clone(),
        // The picture carries its notes itself.
        notes: Vec::new(),
        svg: Arc::clone(svg),
        alternative: chart.alternative.clone(),
        raster: raster.clone(),
        picture_file: picture_file.clone(),
    });
    let is_one_of_many = matches!(part, Part::Department(_) | Part::Breakdown { .. });
    let is_main = !place(*part).is_annex() && !is_one_of_many && !is_planning(&table.name);
    let has_room = table.rows.len() <= LONGEST_OPEN && table.columns.len() <= WIDEST_OPEN;
    let open = drawing.is_none() && is_main && has_room;
    let folded = is_of_an_earlier_year(view, &table.name);
    let (table, table_file) = (Arc::clone(table), table_file.clone());
    Block::Exhibit(Box::new(Exhibit { open, folded, drawing, table, table_file }))
}

/// How many forms would be enough group by group: the findings say it of everyone.
fn is_planning(name: &str) -> bool {
    name.starts_with(PLANNING)
}

/// Exhibits of one year are named after it.
fn is_of_an_earlier_year(view: &View<'_>, name: &str) -> bool {
    let earlier = view.waves.split_last().map_or(&[][..], |(_, earlier)| earlier);
    earlier.iter().any(|&wave| name.ends_with(&format!("-{}", plain_name(view.wave_label(wave)))))
}
