//! `rmsurvey check`: validate everything, write nothing.

use std::fmt::Write;

use clap::{Args, ValueEnum};
use rmsurvey::diagnostics::{Diagnostics, Severity};
use rmsurvey::disclose::{Saving, compare_released, decide, price, savings, warn_of_released};
use rmsurvey::estimate::{Plan, estimate, plans, results_alone};
use rmsurvey::ingest::{self, Input};
use rmsurvey::survey::Survey;
use rmsurvey::tally::{count, read};

use super::{Ending, InputFolder, account, councils, planning, print, say, totals, years};

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    folder: InputFolder,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn check(arguments: &CheckArguments) -> Ending {
    let mut found = Diagnostics::default();
    let read = match ingest::definition(&arguments.folder.input) {
        Ok((survey, _)) => {
            let waves: Vec<usize> = (0..survey.waves.len()).collect();
            let input = read(&survey, &arguments.folder.input, &waves, &mut found);
            Some((survey, input))
        }
        Err(problems) => {
            found.extend(problems);
            None
        }
    };
    if let Some((survey, input)) = read.as_ref().filter(|_| !found.has_errors()) {
        found.extend(against_what_is_out(survey, input));
    }
    // Answers that are not yet right cannot say what is missing.
    let short = match &read {
        Some((survey, input)) if !found.has_errors() => to_chase(survey, input),
        _ => Vec::new(),
    };
    let text = match arguments.format {
        Format::Text => text(read.as_ref(), &short, &found),
        Format::Json => {
            say(&totals(&found));
            json(read.as_ref(), &short, &found)
        }
    };
    match print(&text) {
        Ending::Done if found.has_errors() => Ending::BadInput,
        ending => ending,
    }
}

/// What is already out, beside what would be published now.
fn against_what_is_out(survey: &Survey, input: &Input) -> Diagnostics {
    if input.released.is_empty() {
        return Diagnostics::default();
    }
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let publication = survey.for_publication();
    let input = input.for_publication(survey, &publication);
    let figures = results_alone(&count(&publication.survey, &waves, &input));
    let mut found = compare_released(&publication.survey, &figures);
    if !found.has_errors() {
        let decisions = decide(&publication.survey, &figures);
        found.extend(warn_of_released(&publication.survey, &figures, &decisions));
    }
    found
}

fn to_chase(survey: &Survey, input: &Input) -> Vec<Plan> {
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    planning::to_chase(survey, plans(&count(survey, &waves, input)))
}

/// What was read, and at the end, where a screen still shows it, what is wrong with it.
fn text(read: Option<&(Survey, Input)>, short: &[Plan], found: &Diagnostics) -> String {
    let mut text = String::new();
    if let Some((survey, input)) = read {
        text.push_str(&account::text(survey, input));
        text.push_str(&years::text(survey, &years::years(survey, input)));
        text.push_str(&councils::text(survey, input));
        text.push_str(&planning::text(survey, short));
        if !found.has_errors() {
            text.push_str(&what_is_not_shown(survey, input));
        }
        text.push('\n');
    }
    text + &found.to_string() + &totals(found) + "\n"
}

/// What the minimum costs, so that it is chosen with open eyes.
fn what_is_not_shown(survey: &Survey, input: &Input) -> String {
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let publication = survey.for_publication();
    let (survey, input) = (&publication.survey, &input.for_publication(survey, &publication));
    let figures = estimate(&count(survey, &waves, input));
    let mut text = String::from("What is not shown to the public:\n");
    for minimum in [Some(5), Some(10), None] {
        let price = price(survey, &figures, minimum);
        let rule = minimum.map_or("as configured".to_owned(), |minimum| format!("minimum {minimum}"));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  {rule:<14}{} figures of {} for themselves, {} with those that would give them away",
            price.before,
            price.after + price.shown,
            price.after
        );
    }
    text + &what_would_save(survey, &savings(survey, &waves, input))
}

/// Which groups to publish as one, per breakdown of which something is withheld.
fn what_would_save(survey: &Survey, savings: &[Saving]) -> String {
    if savings.is_empty() {
        return String::new();
    }
    let mut text =
        String::from("Two groups published as one (`combine` on the breakdown) that would save most:\n");
    let width = savings.iter().map(|saving| saving.names.label.chars().count()).max().unwrap_or_default();
    let mut heading = None;
    for saving in savings {
        if heading != Some((saving.audience, saving.breakdown)) {
            heading = Some((saving.audience, saving.breakdown));
            let audience = &survey.audiences[saving.audience];
            let by = &audience.breakdowns[saving.breakdown];
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {}, {}", audience.label, by.label);
        }
        let shown = match saving.shown.cmp(&saving.shown_now) {
            std::cmp::Ordering::Less => format!("{} fewer shown", saving.shown_now - saving.shown),
            std::cmp::Ordering::Equal => "as many shown".to_owned(),
            std::cmp::Ordering::Greater => format!("{} more shown", saving.shown - saving.shown_now),
        };
        let label = &saving.names.label;
        let _ = writeln!(text, "    {label:<width$}  {} fewer withheld, {shown}", saving.saved);
    }
    text
}

/// The same for programs; `docs/check-json.md` describes every key.
fn json(read: Option<&(Survey, Input)>, short: &[Plan], found: &Diagnostics) -> String {
    let document = serde_json::json!({
        "format": 1,
        "errors": found.count(Severity::Error),
        "warnings": found.count(Severity::Warning),
        "notices": found.count(Severity::Notice),
        "diagnostics": found,
        "files": read.map(|(survey, input)| account::files(survey, input)),
        "sums": read.map(|(survey, input)| account::sums(survey, input)),
        "years": read.map(|(survey, input)| years::years(survey, input)),
        "councils": read.map(|(_, input)| councils::json(input)),
        "corrected": read.map(|(_, input)| &input.corrected),
        "corrections-to-make": read.map(|(_, input)| &input.proposed),
        "suspicious": read.map(|(_, input)| &input.suspicious),
        "more-forms": read.map(|(survey, _)| planning::json(survey, short)),
    });
    format!("{document:#}\n")
}
