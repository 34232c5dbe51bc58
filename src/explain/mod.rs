//! One figure, from the answers behind it to whether it may be shown, as a page of plain text for
//! whoever is asked "where does this number come from?".
//!
//! The page is for the analyst. It shows what is behind a figure whether or not the public may see it,
//! and says which of the two it is.

mod address;
mod compared;
mod origin;
mod shown;
mod uncertainty;

use std::fmt::Write;
use std::sync::Arc;

use crate::disclose::{Decisions, PUBLIC_CROSSINGS, decide, release_to_analyst};
use crate::estimate::{Reliability, estimate};
use crate::findings::address as written;
use crate::ingest::Input;
use crate::survey::{Publication, Survey};
use crate::tally::{Cell, Counted, Counts, Department, Question, count};
use crate::view::{MEAN_DECIMALS, View};

pub use address::{UnknownPart, figure_at};

/// Everything that the page draws on.
struct Behind<'a> {
    counted: &'a Counted<'a>,
    input: &'a Input,
    cell: Cell,
    /// Everything, for the analyst, on the definition as it was typed.
    view: View<'a>,
    publication: &'a Publication,
    /// The decisions on what is published.
    decisions: &'a Decisions,
}

/// Explains the figure at an address as `findings.md` prints it: `2017/providers/all/Q1/all/all`. The
/// last parts may be left out.
///
/// # Errors
/// A part of the address that the definition does not have.
pub fn explain(survey: &Survey, input: &Input, address: &str) -> Result<String, UnknownPart> {
    let cell = figure_at(survey, address)?;
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let counted = count(survey, &waves, input);
    if counted.tally.get(&cell).is_none() {
        return Err(UnknownPart::nobody_left_it_out(survey, &cell));
    }
    let figures = estimate(&counted);
    let publication = survey.for_publication();
    let recoded = publication.differs().then(|| input.for_publication(survey, &publication));
    let recoded = recoded.map(|input| estimate(&count(&publication.survey, &waves, &input)));
    let decisions = Arc::new(decide(&publication.survey, recoded.as_ref().unwrap_or(&figures)));
    let release = release_to_analyst(survey, &figures, &publication, &decisions);
    let view = View { survey, release: &release, waves: &waves };
    Ok(page(&Behind {
        counted: &counted,
        input,
        cell,
        view,
        publication: &publication,
        decisions: &decisions,
    }))
}

fn page(behind: &Behind<'_>) -> String {
    let Behind { view, cell, .. } = behind;
    let mut page = String::new();
    let public = shown::decision(behind);
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{}", written(view, cell));
    let _ = writeln!(page, "{}", title(view, cell));
    if view.survey.synthetic {
        page.push_str("Illustrative: invented answers\n");
    }
    if !public.is_shown {
        page.push_str("Not for publication\n");
    }
    answers(behind, &mut page);
    uncertainty::write(behind, &mut page);
    section(&mut page, "May it be shown?");
    page.push_str(&public.text);
    reliability(behind, &mut page);
    compared::write(behind, &mut page);
    origin::write(behind, &mut page);
    page
}

/// What the figure is, in the words of the tables.
fn title(view: &View<'_>, cell: &Cell) -> String {
    let audience = view.audience(cell.audience);
    let question = match cell.question {
        Question::One(one) => {
            format!("{} {}", view.survey.questions[one].id, view.survey.questions[one].text)
        }
        Question::All => "all questions together".to_owned(),
    };
    let group = match cell.group.breakdown() {
        None => "everyone".to_owned(),
        Some(breakdown) => format!(
            "{}: {}",
            audience.breakdowns[breakdown].label,
            view.group_label(cell.audience, cell.group)
        ),
    };
    format!(
        "{} in {}, about {}, on {question}, {group}",
        audience.label,
        view.wave_label(cell.wave),
        subject(view, cell.department)
    )
}

/// What was scored, within a sentence.
fn subject(view: &View<'_>, department: Department) -> String {
    match department {
        Department::All => view.all_departments(),
        Department::Whole => view.whole(),
        Department::One(_) => view.department_label(department),
    }
}

fn section(page: &mut String, heading: &str) {
    let _ = write!(page, "\n{heading}\n");
}

/// One line below a heading: what, and how much of it.
fn line(page: &mut String, what: &str, text: &str) {
    let _ = writeln!(page, "  {what:<22}{text}");
}

/// Counts of each answer, who gave them, and the mean they make.
fn answers(behind: &Behind<'_>, page: &mut String) {
    let counts = behind.counts();
    let scale = behind.view.survey.scale_of(behind.cell.wave);
    section(page, "The answers");
    for (score, count) in (1..=scale.top).zip(counts.scores) {
        line(page, &format!("score {score}"), &count.to_string());
    }
    if scale.no_contact.is_some() {
        line(page, "no contact", &format!("{} (not in the average)", counts.no_contact));
    }
    line(page, "not answered", &format!("{} (not in the average)", counts.blank));
    line(
        page,
        "who answered",
        &format!("{} gave at least one score, of {} forms", counts.respondents, counts.forms),
    );
    section(page, "The average");
    let terms = (1..=scale.top).zip(counts.scores).filter(|(_, count)| *count > 0);
    let terms: Vec<String> = terms.map(|(score, count)| format!("{score} x {count}")).collect();
    match behind.figure().and_then(|figure| figure.mean) {
        Some(mean) => {
            line(page, "sum of the scores", &format!("{} = {}", terms.join(" + "), counts.sum()));
            line(page, "number of scores", &counts.answers().to_string());
            line(
                page,
                "average",
                &format!(
                    "{} / {} = {}, printed {} (half up, from the exact fraction)",
                    counts.sum(),
                    counts.answers(),
                    crate::ratio::round_decimal(mean.value, 6),
                    mean.rounded(MEAN_DECIMALS)
                ),
            );
        }
        None => page.push_str("  Nobody gave a score, so there is no average.\n"),
    }
}

fn reliability(behind: &Behind<'_>, page: &mut String) {
    let bands = behind.view.survey.reliability;
    let respondents = behind.counts().respondents;
    section(page, "How far to rely on it");
    let words = match Reliability::of(respondents, bands) {
        Reliability::Ok => format!("{} or more answered: no special caution", bands.ok_from),
        band => band.words(bands),
    };
    let _ = writeln!(page, "  {respondents} answered; {words}.");
}

impl Behind<'_> {
    fn counts(&self) -> Counts {
        self.counted.tally.get(&self.cell).map(|entry| entry.counts).unwrap_or_default()
    }

    fn figure(&self) -> Option<&crate::estimate::Figure> {
        self.view.figure(&self.cell)
    }

    /// Whether it crosses more than the public is ever given.
    fn is_too_deep(&self) -> bool {
        self.cell.crossings() > PUBLIC_CROSSINGS
    }
}
