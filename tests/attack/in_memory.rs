//! What a survey would publish, without a folder; and what it must not.

use std::sync::Arc;

use rmsurvey::audit::{PublicFiles, TextFile};
use rmsurvey::disclose::{self, Policy, Release, Status, Step};
use rmsurvey::estimate;
use rmsurvey::findings;
use rmsurvey::publish::charts::draw;
use rmsurvey::publish::exhibits::exhibits;
use rmsurvey::publish::table_csv::{METADATA, csv, metadata};
use rmsurvey::publish::{about, data};
use rmsurvey::tally;
use rmsurvey::view::View;

use super::price::{Price, price};
use super::random_survey::RandomSurvey;

/// A release, and what it cost.
#[allow(dead_code)] // the test asks for the truth, the example for the price
#[derive(Debug)]
pub struct Published {
    pub files: PublicFiles,
    /// The results with nothing withheld.
    pub truth: String,
    pub figures: usize,
    /// Withheld by the minimum alone.
    pub primary: usize,
    pub withheld: usize,
    pub shown: usize,
    pub price: Price,
}

impl Published {
    /// Figures withheld beside those under the minimum, for each of these; `None` without any.
    pub fn ratio(&self) -> Option<f64> {
        let extra = self.withheld.saturating_sub(self.primary);
        (self.primary > 0).then(|| extra as f64 / self.primary as f64)
    }
}

/// The middle one of some ratios; nothing of none.
pub fn median(mut ratios: Vec<f64>) -> f64 {
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or_default()
}

/// Everything that a run would publish of a survey; with a step of the decision left out, what it
/// must never publish.
///
/// # Errors
/// What a writer refuses.
pub fn published(
    random: &RandomSurvey,
    left_out: Option<Step>,
) -> Result<Published, Box<dyn std::error::Error>> {
    let waves: Vec<usize> = (0..random.survey.waves.len()).collect();
    published_of(random, &waves, left_out)
}

/// The same of a run on some of the waves, which are all that its input holds.
///
/// # Errors
/// What a writer refuses.
pub fn published_of(
    random: &RandomSurvey,
    waves: &[usize],
    left_out: Option<Step>,
) -> Result<Published, Box<dyn std::error::Error>> {
    let RandomSurvey { survey, input } = random;
    // Drawing takes longer than everything else together.
    let with_charts = input.responses.iter().map(|one| one.forms.len()).sum::<usize>() % 16 == 0;
    let counted = tally::count(survey, waves, input);
    let figures = estimate::estimate(&counted);
    let decisions = Arc::new(disclose::decide_without(survey, &figures, left_out));
    let public = disclose::release_decided(survey, &figures, &decisions, Policy::Public);
    let private = disclose::release_decided(survey, &figures, &decisions, Policy::Private);

    let view = View { survey, release: &public, waves };
    let mut tables = Vec::new();
    let mut pages = vec![TextFile {
        name: "findings.md".to_owned(),
        text: findings::markdown(&view, &findings::findings(&view)),
    }];
    for (number, exhibited) in exhibits(&view, &[]).into_iter().enumerate() {
        let name = format!("{:02}-{}.csv", number + 1, exhibited.table.name);
        let described = metadata(&exhibited.table, &name)?;
        tables.push(text(format!("tables/{name}"), csv(&exhibited.table)?)?);
        tables.push(text(format!("tables/{name}{METADATA}"), described)?);
        if let Some(chart) = exhibited.chart.filter(|_| with_charts) {
            let name = format!("charts/{:02}-{}.svg", number + 1, exhibited.table.name);
            pages.push(TextFile { name, text: draw(&chart)?.svg });
        }
    }
    let files = PublicFiles {
        about: about(&view)?,
        results: results(&public, random)?,
        gaps: String::from_utf8(data::gaps(survey, &public)?)?,
        changes: String::from_utf8(data::changes(survey, &public)?)?,
        mix: String::from_utf8(data::mix(survey, &public)?)?,
        tables,
        pages,
        ..PublicFiles::default()
    };
    let of_public =
        || public.results().filter(|(_, one)| matches!(one.status, Status::Ok | Status::Withheld));
    let is_few = |cell| {
        let counts = figures.results.get(cell).map(|figure| figure.counts.respondents);
        counts.is_some_and(|people| people < survey.audiences[cell.audience].minimum_respondents)
    };
    Ok(Published {
        files,
        truth: results(&private, random)?,
        figures: of_public().count(),
        primary: of_public().filter(|(cell, _)| is_few(cell)).count(),
        withheld: of_public().filter(|(_, one)| one.status == Status::Withheld).count(),
        shown: of_public().filter(|(_, one)| one.status == Status::Ok).count(),
        price: price(survey, &figures, &decisions),
    })
}

fn results(release: &Release, random: &RandomSurvey) -> Result<String, Box<dyn std::error::Error>> {
    Ok(String::from_utf8(data::results(&random.survey, release)?)?)
}

fn text(name: String, bytes: Vec<u8>) -> Result<TextFile, Box<dyn std::error::Error>> {
    Ok(TextFile { name, text: String::from_utf8(bytes)? })
}
