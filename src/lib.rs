//! Figures, charts and a committee pack from a relationship-management survey.
//!
//! Data moves one way: [`survey`] → [`ingest`] → [`tally`] → [`estimate`] → [`disclose`] →
//! [`findings`] → `publish`. [`run`] shows the whole road.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod audit;
pub mod colour;
pub mod diagnostics;
#[cfg(feature = "publish")]
pub mod diff;
pub mod disclose;
pub mod draft;
pub mod estimate;
pub mod explain;
pub mod findings;
pub mod ingest;
pub mod nearest;
pub mod progress;
#[cfg(feature = "publish")]
pub mod publish;
pub mod random;
pub mod ratio;
pub mod share;
pub mod simulate;
#[cfg(test)]
mod small_survey;
pub mod sql;
pub mod sums;
pub mod survey;
pub mod tally;
mod text;
pub mod view;
pub mod words;

#[cfg(feature = "publish")]
use std::path::Path;
#[cfg(feature = "publish")]
use std::sync::Arc;

use diagnostics::{Diagnostic, Diagnostics, Place};
use nearest::nearest;
#[cfg(feature = "publish")]
use progress::Watched;
#[cfg(feature = "publish")]
use survey::InvalidAnswers;
use survey::{DEFINITION, Survey};

/// What a run did.
#[cfg(feature = "publish")]
#[derive(Debug)]
pub struct Done {
    /// Warnings and notices about the input.
    pub found: Diagnostics,
    pub finished: publish::folder::Finished,
}

/// Why a run did not finish. Whatever was in the output folder is whole.
#[cfg(feature = "publish")]
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("the input has errors")]
    Input(Diagnostics),
    #[error(transparent)]
    Publish(#[from] publish::PublishError),
}

/// The whole pipeline, from an input folder to an output folder.
///
/// # Errors
/// [`RunError::Input`] with every problem of the input, or why the output could not be written.
#[cfg(feature = "publish")]
pub fn run<'f>(folder: impl Into<Watched<'f>>, options: &publish::Options<'_>) -> Result<Done, RunError> {
    let (folder, mut found) = (folder.into(), Diagnostics::default());
    let (mut survey, definition) = ingest::definition(folder.path).map_err(RunError::Input)?;
    if options.draft {
        survey.draft = true;
        survey.analysis.invalid_answers = InvalidAnswers::LeaveOut;
    }
    let waves = selected(&survey, options.waves).map_err(RunError::Input)?;
    let mut input = tally::read(&survey, folder, &waves, &mut found);
    if found.has_errors() {
        return Err(RunError::Input(found));
    }
    input.files.push(definition);
    let counted = tally::count(&survey, &waves, &input);
    let publication = survey.for_publication();
    let recoded = publication.differs().then(|| input.for_publication(&survey, &publication));
    let recounted = recoded.as_ref().map(|input| tally::count(&publication.survey, &waves, input));
    let (figures, (from_answers, recoded)) = rayon::join(
        || estimate::estimate(&counted),
        || {
            rayon::join(
                || disclose::from_answers(&publication.survey, recounted.as_ref().unwrap_or(&counted)),
                || recounted.as_ref().map(estimate::estimate),
            )
        },
    );
    let published = recoded.as_ref().unwrap_or(&figures);
    found.extend(disclose::compare_released(&publication.survey, published));
    if found.has_errors() {
        return Err(RunError::Input(found));
    }
    let decisions = Arc::new(disclose::decide_on(&publication.survey, published, &from_answers));
    found.extend(disclose::warn_of_released(&publication.survey, published, &decisions));
    found.sort();
    let (public, private) = rayon::join(
        || disclose::release_decided(&publication.survey, published, &decisions, disclose::Policy::Public),
        || disclose::release_to_analyst(&survey, &figures, &publication, &decisions),
    );
    found.extend(unpublished_notes(&input, &publication.survey, &public, &waves));
    let finished = publish::publish(&counted, (&publication.survey, &public), &private, &input, options)?;
    if options.ends {
        std::mem::forget((counted, recounted, figures, recoded, from_answers, decisions, public, private));
    }
    Ok(Done { found, finished })
}

/// What `share` hands to other councils, beside the public figures that it was taken from.
#[cfg(feature = "publish")]
#[derive(Debug)]
pub struct ToShare {
    /// Warnings and notices about the input.
    pub found: Diagnostics,
    pub organisation: String,
    pub wave: String,
    /// The file.
    pub text: String,
    /// `about.json` and `results.csv` as a run publishes them: what the file is held against.
    pub about: String,
    pub results: String,
}

/// Why there is nothing to share.
#[cfg(feature = "publish")]
#[derive(Debug, thiserror::Error)]
pub enum ToShareError {
    #[error("the input has errors")]
    Input(Diagnostics),
    #[error(transparent)]
    Share(#[from] publish::ShareError),
    #[error(transparent)]
    Publish(#[from] publish::PublishError),
}

/// One wave, or the latest, as a run of all waves would publish it, for other councils.
///
/// # Errors
/// Every problem of the input, or why nothing of the wave may be shared.
#[cfg(feature = "publish")]
pub fn to_share(folder: &Path, wave: Option<&str>) -> Result<ToShare, ToShareError> {
    let mut found = Diagnostics::default();
    let (survey, _) = ingest::definition(folder).map_err(ToShareError::Input)?;
    let labels: Vec<String> = wave.map(str::to_owned).into_iter().collect();
    let wanted = selected(&survey, &labels).map_err(ToShareError::Input)?;
    // What may be shown of one wave depends on what is shown of the others.
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let input = tally::read(&survey, folder, &waves, &mut found);
    if found.has_errors() {
        return Err(ToShareError::Input(found));
    }
    let publication = survey.for_publication();
    let input = input.for_publication(&survey, &publication);
    let figures = estimate::estimate(&tally::count(&publication.survey, &waves, &input));
    found.extend(disclose::compare_released(&publication.survey, &figures));
    if found.has_errors() {
        return Err(ToShareError::Input(found));
    }
    let public = disclose::release(&publication.survey, &figures, disclose::Policy::Public);
    let view = view::View { survey: &publication.survey, release: &public, waves: &waves };
    let wave = wanted.last().copied().unwrap_or_default();
    Ok(ToShare {
        found,
        organisation: survey.organisation.name.clone(),
        wave: survey.waves[wave].label.clone(),
        text: publish::share(&view, wave)?,
        about: publish::about(&view).map_err(publish::PublishError::from)?,
        results: publish::results_csv(&view)?,
    })
}

/// Words of the analyst on figures that are not shown: they stay in the analyst's own report.
#[cfg(feature = "publish")]
fn unpublished_notes(
    input: &ingest::Input,
    survey: &Survey,
    public: &disclose::Release,
    waves: &[usize],
) -> Diagnostics {
    let mut found = Diagnostics::default();
    for comment in &input.commentary {
        let ingest::About::Figure(address) = &comment.about else { continue };
        let cell = survey.cell(address);
        let is_of_another_run = cell.is_some_and(|cell| !waves.contains(&cell.wave));
        let is_shown = cell.and_then(|cell| public.result(&cell)?.figure.value()).is_some();
        if !is_shown && !is_of_another_run {
            let message =
                "these words are in the private report only: the figure that they speak of is not shown";
            found.push(
                Diagnostic::warning("commentary", Place::line(ingest::COMMENTARY, comment.line), message)
                    .advice("put them under a section instead, without the figure, or leave them private"),
            );
        }
    }
    found
}

/// The waves that a run is about: those named, or all; in the order of the definition.
///
/// # Errors
/// A name that the definition does not have.
pub fn selected(survey: &Survey, labels: &[String]) -> Result<Vec<usize>, Diagnostics> {
    let known: Vec<&str> = survey.waves.iter().map(|wave| wave.label.as_str()).collect();
    let mut found = Diagnostics::default();
    for label in labels.iter().filter(|label| !known.contains(&label.as_str())) {
        let message = format!("there is no wave \"{label}\" in the definition");
        found.push(
            Diagnostic::error("wave", Place::file(DEFINITION), message)
                .expected(known.join(", "))
                .nearest(nearest(label, known.iter().copied())),
        );
    }
    if found.has_errors() {
        return Err(found);
    }
    let is_wanted = |wave: &usize| labels.is_empty() || labels.contains(&survey.waves[*wave].label);
    Ok((0..survey.waves.len()).filter(is_wanted).collect())
}
