//! What other councils shared: each file is checked as a whole before any of it is used.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::Input;
use super::files::{FileRead, bytes, sha256};
use super::same_things::{Figures, Same, same};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::share::{NotShared, SharedFigure, SharedSurvey, VERSION};
use crate::survey::{Benchmark, Survey, fold};
use crate::text::harmless;

/// Another council, as far as it can be compared with this one.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherCouncil {
    /// Name of its file under the input folder.
    pub file: String,
    /// What readers know it by.
    pub name: String,
    /// Its wave, in its own words.
    pub wave: String,
    /// What of the two surveys is the same.
    pub same: Same,
    /// Its averages, by what they are here.
    pub figures: Figures,
}

pub(super) const KIND: &str = "benchmark";
/// A name that is longer is somebody's text.
const LONGEST: usize = 200;

/// Reads every file that the definition names, to be held against a wave.
pub(super) fn read_councils(
    survey: &Survey,
    folder: &Path,
    wave: usize,
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let mut organisations: Vec<(String, String)> = Vec::new();
    for benchmark in &survey.benchmarks {
        let file = &benchmark.file;
        let Some(bytes) = bytes(folder, file).map_err(|problem| found.push(*problem)).ok() else { continue };
        input.files.push(FileRead { name: file.clone(), sha256: sha256(&bytes), rows: None });
        let shared = match SharedSurvey::read(&bytes) {
            Ok(shared) => cleaned(shared),
            Err(not_shared) => {
                found.push(refused(file, not_shared));
                continue;
            }
        };
        let mut problems = Diagnostics::default();
        check(survey, wave, benchmark, &shared, &mut problems);
        let name = benchmark.name.clone().unwrap_or_else(|| shared.organisation.clone());
        for name in BTreeSet::from([fold(&shared.organisation), fold(&name)]) {
            if let Some((_, other)) = organisations.iter().find(|(known, _)| *known == name) {
                problems.push(
                    Diagnostic::error(KIND, Place::file(file), "this council is here a second time")
                        .found(format!("\"{}\", as in {other}", shared.organisation))
                        .advice("take one of its files out of survey.toml: every council counts once"),
                );
            }
            organisations.push((name, file.clone()));
        }
        if !problems.has_errors() {
            let (same, figures) = same(survey, wave, benchmark, &shared, &mut problems);
            input.councils.push(OtherCouncil { file: file.clone(), name, wave: shared.wave, same, figures });
        }
        found.extend(problems);
    }
}

fn refused(file: &str, not_shared: NotShared) -> Diagnostic {
    let advice = "ask the council for the file that `rmsurvey share` writes, and change nothing in it";
    match not_shared {
        NotShared::Form { message, line, column } => {
            let place = Place { line: Some(line), column: Some(column), ..Place::file(file) };
            Diagnostic::error(KIND, place, format!("this is not as a shared file is: {message}"))
                .advice(advice)
        }
        NotShared::Other => {
            Diagnostic::error(KIND, Place::file(file), "this is no file that a council shared").advice(advice)
        }
        NotShared::Version(version) => Diagnostic::error(
            KIND,
            Place::file(file),
            "this shared file is of a version that is not known here",
        )
        .found(format!("version {version}"))
        .expected(format!("version {VERSION}"))
        .advice("use the rmsurvey that wrote it, or ask the council to write it with this one"),
    }
}

/// Texts as they may be shown, on one line.
fn cleaned(shared: SharedSurvey) -> SharedSurvey {
    let clean = |text: &mut String| {
        let kept = harmless(Cow::Borrowed(text.as_str()));
        *text = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let mut shared = shared;
    [&mut shared.organisation, &mut shared.title, &mut shared.wave].into_iter().for_each(clean);
    shared.audiences.iter_mut().flat_map(|one| [&mut one.id, &mut one.label]).for_each(clean);
    shared.questions.iter_mut().flat_map(|one| [&mut one.id, &mut one.text]).for_each(clean);
    shared.departments.iter_mut().flat_map(|one| [&mut one.id, &mut one.label]).for_each(clean);
    shared
}

/// Whether a file is whole, keeps its own rules, and can be compared at all.
fn check(
    survey: &Survey,
    wave: usize,
    benchmark: &Benchmark,
    shared: &SharedSurvey,
    found: &mut Diagnostics,
) {
    let file = &benchmark.file;
    let error = |message: &str| Diagnostic::error(KIND, Place::file(file), message);
    for (what, text) in [("organisation", &shared.organisation), ("wave", &shared.wave)] {
        if text.is_empty() || text.chars().count() > LONGEST {
            found.push(
                error(&format!("the {what} of this file is no name"))
                    .expected(format!("a text of 1 to {LONGEST} letters")),
            );
        }
    }
    if fold(&shared.organisation) == fold(&survey.organisation.name) {
        found.push(
            error("this file is of the very council that the survey is of")
                .found(format!("\"{}\"", shared.organisation))
                .advice("take it out of survey.toml: earlier years of this council are waves"),
        );
    }
    if shared.synthetic && !survey.synthetic {
        found.push(
            error("the answers behind this file were invented")
                .advice("ask the council for the file of its real survey"),
        );
    }
    let (theirs, ours) = (shared.scale, survey.scale_of(wave));
    if (theirs.lowest, theirs.highest, theirs.no_contact)
        != (1, u64::from(ours.top), ours.no_contact.is_some())
    {
        let contact = |is_there: bool| if is_there { "with" } else { "without" };
        found.push(
            error("the scale of this file is another one, so its scores say something else")
                .found(format!(
                    "{} to {}, {} \"no contact\"",
                    theirs.lowest,
                    theirs.highest,
                    contact(theirs.no_contact)
                ))
                .expected(format!("1 to {}, {} \"no contact\"", ours.top, contact(ours.no_contact.is_some())))
                .advice("take the file out of survey.toml"),
        );
        return;
    }
    let mut seen = BTreeSet::new();
    for figure in &shared.figures {
        let SharedFigure { audience, department, question, .. } = figure;
        if let Some(message) = problem(shared, figure, seen.insert([audience, department, question])) {
            found.push(error(message).found(format!("{audience}/{department}/{question}")).advice(
                "ask the council for the file that `rmsurvey share` writes, and change nothing in it",
            ));
        }
    }
}

/// What is wrong with a figure.
fn problem(shared: &SharedSurvey, figure: &SharedFigure, is_first: bool) -> Option<&'static str> {
    let SharedFigure { audience, department, question, respondents, mean, se, df } = figure;
    let Some(of) = shared.audiences.iter().find(|one| one.id == *audience) else {
        return Some("a figure is of an audience that this file does not name");
    };
    let is_department = ["all", "whole"].contains(&department.as_str())
        || shared.departments.iter().any(|one| one.id == *department);
    let is_question = question == "all" || shared.questions.iter().any(|one| one.id == *question);
    let is_on_scale = (shared.scale.lowest as f64..=shared.scale.highest as f64).contains(mean);
    if !is_department {
        Some("a figure is of a department that this file does not name")
    } else if !is_question {
        Some("a figure is of a question that this file does not name")
    } else if !is_first {
        Some("a figure stands here a second time")
    } else if *respondents < of.minimum_respondents.max(1) {
        Some("a figure rests on fewer people than the minimum of this file")
    } else if !is_on_scale {
        Some("a figure is no average of the scale")
    } else if se.is_some_and(|se| !(se.is_finite() && se >= 0.0))
        || se.is_some() != df.is_some_and(|df| df > 0)
    {
        Some("a figure has no usable error and degrees of freedom")
    } else {
        None
    }
}
