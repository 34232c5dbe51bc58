//! The first worksheet: what this is, whose, and by which rules.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::Page;
use super::styles::Styles;
use crate::colour::Colour;
use crate::publish::sections::withholding;
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::tally::Question;

const WIDTH: f64 = 100.0;

/// What stands on the cover, and in the properties of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub title: String,
    pub organisation: String,
    pub stamps: Vec<String>,
    /// Of titles and of the rules below headers.
    pub accent: Colour,
    /// Headings with what stands under them.
    pub sections: Vec<(String, Vec<String>)>,
}

/// The cover of a release.
pub fn cover(view: &View<'_>) -> Cover {
    let survey = view.survey;
    let organisation = &survey.organisation;
    let period = view.period(view.waves);
    let sections = [
        ("Period", vec![period.clone()]),
        ("Organisation", vec![format!("{} ({})", organisation.name, organisation.short)]),
        ("Source", vec![view.source()]),
        ("Response rates", response_rates(view)),
        ("What is not shown", vec![format!("{} Such figures are marked [c].", withholding(view))]),
        ("Figures that rest on few answers", vec![few_answers(view)]),
        ("Rounding", vec![ROUNDING.to_owned()]),
    ];
    Cover {
        title: format!("{}, {period}: tables", survey.title),
        organisation: organisation.name.clone(),
        stamps: view.stamps(),
        accent: survey.style.accent,
        sections: sections.map(|(heading, lines)| (heading.to_owned(), lines)).into(),
    }
}

const ROUNDING: &str = "Figures are rounded once, at the end, half up: averages and differences in points to two decimals, most percentages to whole ones. Differences are taken before rounding, so they can differ by the last digit from those of the figures shown, and percentages may not add up to 100.";

fn few_answers(view: &View<'_>) -> String {
    let bands = view.survey.reliability;
    format!(
        "Treat a figure with caution where fewer than {} answered, and with great caution where fewer than {} did. Most tables say how many answered in columns of their own.",
        bands.ok_from, bands.low_from
    )
}

/// One line per audience and wave, from what was released.
fn response_rates(view: &View<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (audience, definition) in view.survey.audiences.iter().enumerate() {
        for wave in view.waves_of(audience) {
            let figure = view.figure(&view.headline(wave, audience, Question::All));
            let said = figure.map_or_else(
                || "not shown: too few answers to protect people".to_owned(),
                |figure| returned(figure.counts.forms, figure.invited),
            );
            lines.push(format!("{} in {}: {said}.", definition.label, view.wave_label(wave)));
        }
    }
    lines
}

fn returned(forms: u64, invited: Option<u64>) -> String {
    let rate = invited.and_then(|invited| Some((invited, Ratio::new(forms * 100, invited)?)));
    match rate {
        Some((invited, rate)) => {
            format!("{forms} of {invited} invited returned a form ({}%)", rate.rounded(1))
        }
        None => format!("{forms} returned a form; how many were invited is not known"),
    }
}

pub fn write(worksheet: &mut Worksheet, cover: &Cover, styles: &Styles) -> Result<(), XlsxError> {
    let mut page = Page::new(worksheet, &cover.title, WIDTH, cover, styles)?;
    for stamp in &cover.stamps {
        page.line(stamp)?;
    }
    page.line("This workbook holds every table of the report, one on each worksheet.")?;
    for (heading, lines) in &cover.sections {
        page.heading(heading)?;
        for words in lines {
            page.line(words)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_needs_the_number_invited() {
        assert_eq!(returned(25, Some(942)), "25 of 942 invited returned a form (2.7%)");
        assert_eq!(returned(25, None), "25 returned a form; how many were invited is not known");
        assert_eq!(returned(0, Some(0)), "0 returned a form; how many were invited is not known");
    }
}
