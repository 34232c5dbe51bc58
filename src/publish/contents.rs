//! The committee paper: which words, findings and exhibits stand where.

use super::exhibits::{Exhibited, Part};
use super::front::front;
use super::mark::Mark;
use super::method::method;
use super::paper::{Block, Drawing, Exhibit, KeyFigure, Paper, Raster, Section};
use super::table::{Column, Table, Value};
use super::view::{MEAN_DECIMALS, View};
use crate::disclose::{Policy, Status};
use crate::findings::{Finding, Topic};
use crate::ingest::Ledger;
use crate::tally::Question;
use crate::words::{capital, counted, listed, signed, within};

/// Rows of the longest table that stands open on the page without a picture.
const LONGEST_OPEN: usize = 40;

/// An exhibit as it was written to the folder: its data, its inline picture, and its file names.
#[derive(Clone, Debug)]
pub struct Placed {
    pub exhibited: Exhibited,
    pub inline_svg: Option<String>,
    pub raster: Option<Raster>,
    /// Relative to the report; none where the report travels alone.
    pub table_file: Option<String>,
    pub picture_file: Option<String>,
}

/// Puts the paper together.
pub fn paper(view: &View<'_>, findings: &[Finding], placed: &[Placed], ledgers: &[Ledger]) -> Paper {
    let topic = |wanted: Topic| bullets(findings.iter().filter(|it| it.topic == wanted && !it.is_detail));
    let section = |id: &str, heading: &str, lead: Vec<Block>, part: Part| {
        let exhibits = placed.iter().filter(|placed| placed.exhibited.part == part).map(exhibit);
        let blocks: Vec<Block> = lead.into_iter().chain(exhibits).collect();
        let annex = matches!(part, Part::Sensitivity | Part::Quality);
        Section { id: id.to_owned(), heading: heading.to_owned(), blocks, annex }
    };
    let sections = [
        summary(view, findings),
        section("response", "Who answered", topic(Topic::Response), Part::Response),
        section("scores", "How each question was scored", topic(Topic::Scores), Part::Scores),
        section("change", "Have relationships improved?", topic(Topic::Change), Part::Change),
        section("reality", "Is the change real?", topic(Topic::Reality), Part::Reality),
        section(
            "both-sides",
            "Where the two sides see it differently",
            topic(Topic::BothSides),
            Part::BothSides,
        ),
        section("departments", "Departments", topic(Topic::Departments), Part::Departments),
        section("groups", "Areas and kinds of respondent", vec![withheld(view)], Part::Groups),
        section("contact", "Who has no contact with whom", topic(Topic::Contact), Part::Contact),
        section("ladder", "Where scores lie between described levels", Vec::new(), Part::Ladder),
        method(view),
        section(
            "sensitivity",
            "Would other choices have said the same?",
            topic(Topic::Sensitivity),
            Part::Sensitivity,
        ),
        section("quality", "Quality of the data", quality(view, ledgers), Part::Quality),
        glossary(view),
    ];
    let has_content = |section: &Section| !section.blocks.is_empty();
    Paper {
        title: view.survey.title.clone(),
        organisation: view.survey.organisation.name.clone(),
        period: view.period(view.waves),
        front: front(view.survey),
        stamps: view.stamps(),
        sections: sections.into_iter().filter(has_content).collect(),
    }
}

fn bullets<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<Block> {
    let texts: Vec<String> = findings.map(|finding| finding.text.clone()).collect();
    if texts.is_empty() { Vec::new() } else { vec![Block::Bullets(texts)] }
}

fn exhibit(placed: &Placed) -> Block {
    let Placed { exhibited, inline_svg, raster, table_file, picture_file } = placed.clone();
    let drawing = exhibited.chart.zip(inline_svg).map(|(chart, svg)| Drawing {
        headline: chart.headline,
        subtitle: chart.subtitle,
        // The picture carries its notes itself.
        notes: Vec::new(),
        svg,
        alternative: chart.alternative,
        raster,
        picture_file,
    });
    let open = drawing.is_none() && exhibited.table.rows.len() <= LONGEST_OPEN;
    Block::Exhibit(Box::new(Exhibit { open, drawing, table: exhibited.table, table_file }))
}

/// One screen: what was asked, the large figures, and the findings that the evidence carries.
fn summary(view: &View<'_>, findings: &[Finding]) -> Section {
    let survey = view.survey;
    let audiences: Vec<String> = survey.audiences.iter().map(|audience| within(&audience.label)).collect();
    let asked = format!(
        "{} scored {} questions about working together from 1 ({}) to {} ({}).",
        capital(&listed(&audiences)),
        counted(survey.questions.len()),
        survey.scale.low_label,
        survey.scale.top,
        survey.scale.high_label
    );
    let scope = match survey.audiences.iter().find(|audience| audience.scores_departments) {
        Some(audience) => format!(
            " {} answered once for {} and once for each of {} departments.",
            audience.label,
            view.whole(),
            counted(survey.departments.len())
        ),
        None => String::new(),
    };
    let mut blocks = vec![Block::Paragraph(asked + &scope)];
    for (audience, definition) in survey.audiences.iter().enumerate() {
        for &wave in view.waves.iter().filter(|wave| !view.waves_of(audience).contains(wave)) {
            let label = within(&definition.label);
            blocks.push(Block::Paragraph(format!(
                "There are no answers of {label} for {}, so nothing is compared with them in that year.",
                view.wave_label(wave)
            )));
        }
    }
    blocks.push(Block::KeyFigures(key_figures(view)));
    blocks.extend(bullets(findings.iter().filter(|finding| finding.is_headline)));
    Section { id: "summary".to_owned(), heading: "In short".to_owned(), blocks, annex: false }
}

fn key_figures(view: &View<'_>) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for (audience, definition) in view.survey.audiences.iter().enumerate() {
        let Some(&wave) = view.waves_of(audience).last() else { continue };
        let cell = view.headline(wave, audience, Question::All);
        let Some(mean) = view.mean(&cell) else { continue };
        let before = view.waves_of(audience).iter().rev().nth(1).and_then(|&before| {
            let difference = view.change(&cell, before)?.comparison.difference?;
            let points = signed(&difference.rounded(MEAN_DECIMALS));
            Some(format!("{points} points since {}", view.wave_label(before)))
        });
        let answered = format!("{} answered", mean.respondents);
        figures.push(KeyFigure {
            label: format!("{}, average score in {}", definition.label, view.wave_label(wave)),
            figure: mean.rounded(MEAN_DECIMALS),
            detail: [Some(answered), before].into_iter().flatten().collect::<Vec<_>>().join("; "),
        });
    }
    figures
}

/// Which figures are not shown, as a rule.
pub(super) fn withholding(view: &View<'_>) -> String {
    let minimums = view
        .survey
        .audiences
        .iter()
        .map(|audience| format!("{} {}", audience.minimum_respondents, within(&audience.label)));
    let unanimous =
        if view.survey.unanimity { ", nor one whose answers are all the same or all but one" } else { "" };
    let before: Vec<usize> = view.release.overruled().collect();
    let before = match before[..] {
        [] => String::new(),
        _ => format!(" What was published of {} before stays shown.", view.period(&before)),
    };
    format!(
        "A figure that rests on fewer than {} is not shown{unanimous}, nor one that would give such a figure away by subtraction.{before}",
        listed(&minimums.collect::<Vec<_>>())
    )
}

/// How much is not shown, said where groups begin.
fn withheld(view: &View<'_>) -> Block {
    let rule = withholding(view);
    let all = view.release.results().count();
    let hidden = view.release.results().filter(|(_, released)| released.status == Status::Withheld).count();
    let rest = match view.release.policy {
        Policy::Public => {
            format!(" That concerns {hidden} of the {all} figures of this paper; they are marked [c].")
        }
        Policy::Private => format!(
            " That concerns {hidden} of {all} figures; in this copy, which is not for publication, they stand."
        ),
    };
    Block::Paragraph(rule + &rest + &dropped(view))
}

/// Breakdowns of which no group can be shown in a year.
fn dropped(view: &View<'_>) -> String {
    let mut dropped = Vec::new();
    for (audience, definition) in view.survey.audiences.iter().enumerate() {
        for (breakdown, by) in definition.breakdowns.iter().enumerate().filter(|(_, by)| by.publish) {
            let waves = view.waves_of(audience).into_iter();
            let hidden: Vec<usize> = waves
                .filter(|&wave| by.asked.in_wave(wave) && !view.shows_breakdown(wave, audience, breakdown))
                .collect();
            if !hidden.is_empty() {
                let (who, by) = (within(&definition.label), within(&by.label));
                dropped.push(format!("{who} by {by} in {}", view.period(&hidden)));
            }
        }
    }
    if dropped.is_empty() {
        String::new()
    } else {
        format!(" No group can be shown of {}.", listed(&dropped))
    }
}

/// Whether a readership may be told what a file held. Counts of a file are counts of people: the public
/// is told where the audience's figures are shown that year and none of its files (a batch on paper,
/// say) holds fewer forms than the minimum, which the other files would give away.
fn may_be_told(view: &View<'_>, ledgers: &[Ledger], ledger: &Ledger) -> bool {
    let Ledger { wave, audience, .. } = *ledger;
    let headline = view.headline(wave, audience, Question::All);
    let mut beside = ledgers.iter().filter(|other| (other.wave, other.audience) == (wave, audience));
    let minimum = view.audience(audience).minimum_respondents;
    view.release.policy == Policy::Private
        || view.figure(&headline).is_some() && beside.all(|other| other.rows.used >= minimum)
}

/// The ledger of every file: rows and cells read are used or listed.
fn quality(view: &View<'_>, ledgers: &[Ledger]) -> Vec<Block> {
    let rows = ledgers.iter().map(|ledger| {
        let (rows, cells) = (ledger.rows, ledger.cells);
        let is_shown = may_be_told(view, ledgers, ledger);
        let number = |count: u64| match is_shown {
            true => Value::Number(count.to_string()),
            false => Value::Mark(Mark::Withheld),
        };
        vec![
            Value::Text(ledger.file.clone()),
            number(rows.read),
            number(rows.used),
            number(rows.duplicates),
            number(rows.rejected),
            number(cells.scores),
            number(cells.no_contact),
            number(cells.blank),
            number(cells.left_out),
            Value::Text(if ledger.balances() { "yes".to_owned() } else { "no".to_owned() }),
        ]
    });
    let headers = [
        "Rows read",
        "Forms used",
        "Second forms of a respondent",
        "Rows not used",
        "Scores",
        "No contact",
        "Not answered",
        "Left out",
    ];
    let mut columns = vec![Column::text("File")];
    columns.extend(headers.map(|header| Column::number(format!("{header} (number)"))));
    columns.push(Column::text("Every row and cell accounted for"));
    let table = Table {
        name: "files-read".to_owned(),
        title: "What was read from each file".to_owned(),
        base: "Every row below the header of each file".to_owned(),
        source: view.source(),
        notes: Vec::new(),
        columns,
        rows: rows.collect(),
    };
    let told = || ledgers.iter().filter(|ledger| may_be_told(view, ledgers, ledger));
    let left_out: u64 = told().map(|ledger| ledger.cells.left_out).sum();
    let mut blocks = Vec::new();
    if left_out > 0 {
        let answers: u64 =
            told().map(|ledger| ledger.cells.scores + ledger.cells.no_contact + ledger.cells.left_out).sum();
        blocks.push(Block::Paragraph(format!(
            "{left_out} of {answers} answers were not on the scale and were left out; the rest of those forms counts."
        )));
    }
    let exhibit = Exhibit { drawing: None, table, table_file: None, open: true };
    blocks.push(Block::Exhibit(Box::new(exhibit)));
    blocks
}

fn glossary(view: &View<'_>) -> Section {
    let mut terms = vec![
        ("Likely range", "Where the average would probably lie had everyone invited answered: 95 times out of 100, ranges made in this way hold it."),
        ("No clear change, no clear gap", "The survey cannot tell whether there is one. It does not say that there is none."),
        ("Not tested", "Too few answered to try."),
        ("Number who answered", "Respondents with at least one score behind the figure."),
        ("Smallest change that could have been noticed", "A change of this size would have been found clear four times out of five."),
    ]
    .into_iter()
    .map(|(term, meaning)| (term.to_owned(), meaning.to_owned()))
    .collect::<Vec<_>>();
    let organisation = &view.survey.organisation;
    if organisation.short != organisation.name {
        terms.push((organisation.short.clone(), organisation.name.clone()));
    }
    Section {
        id: "glossary".to_owned(),
        heading: "Words used".to_owned(),
        blocks: vec![Block::Glossary(terms)],
        annex: true,
    }
}
