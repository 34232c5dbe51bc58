//! One screen for those who read no further.

use crate::findings::{Finding, Topic};
use crate::publish::paper::{Block, KeyFigure};
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::ratio::Ratio;
use crate::tally::Question;
use crate::words::{capital, counted, listed, signed, within};

/// Findings that have room on one screen.
const MOST: usize = 5;

/// One screen: what was asked, the large figures, and the findings that the evidence carries.
pub(in crate::publish) fn summary(view: &View<'_>, findings: &[Finding]) -> Vec<Block> {
    let survey = view.survey;
    let latest = view.waves.last().copied().unwrap_or_default();
    let scale = survey.scale_of(latest);
    let audiences: Vec<String> = survey.audiences.iter().map(|audience| within(&audience.label)).collect();
    let asked = format!(
        "{} scored {} questions{} from 1 ({}) to {} ({}).",
        capital(&listed(&audiences)),
        counted(survey.questions.len()),
        if survey.scores_relationships() { " about working together" } else { "" },
        scale.low_label,
        scale.top,
        scale.high_label
    );
    let scope = match survey.audiences.iter().find(|audience| audience.scores_departments) {
        Some(audience) => format!(
            " {} answered {}once for each of {} departments.",
            audience.label,
            survey.whole.as_ref().map_or_else(String::new, |_| format!("once for {} and ", view.whole())),
            counted(view.departments_of(latest))
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
    let figures = key_figures(view);
    let answering = (0..survey.audiences.len()).filter(|&audience| !view.waves_of(audience).is_empty());
    let are_all_shown = figures.len() == answering.count();
    blocks.push(Block::KeyFigures(figures));
    // How many answered stands beside the large figures, if there are any.
    let said = |it: &&Finding| it.is_headline && !(are_all_shown && it.topic == Topic::Response);
    blocks.extend(Block::bullets(few(findings.iter().filter(said)).into_iter()));
    blocks
}

/// One item per finding; where there are more than a screen holds, one per topic.
fn few<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let findings: Vec<&Finding> = findings.collect();
    if findings.len() <= MOST {
        return findings.into_iter().map(|finding| finding.text.clone()).collect();
    }
    let by_topic = findings.chunk_by(|one, next| one.topic == next.topic);
    let text = |of: &[&Finding]| of.iter().map(|finding| finding.text.as_str()).collect::<Vec<_>>().join(" ");
    by_topic.map(text).collect()
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
        let invited = view.figure(&cell).and_then(|figure| Some((figure.counts.forms, figure.invited?)));
        let rate = invited.and_then(|(forms, invited)| Ratio::new(forms * 100, invited));
        let rate = rate.map_or_else(String::new, |rate| format!(", {}% of those invited", rate.rounded(0)));
        let answered = format!("{} answered{rate}", mean.respondents);
        figures.push(KeyFigure {
            label: format!("{}, average score in {}", definition.label, view.wave_label(wave)),
            figure: mean.rounded(MEAN_DECIMALS),
            detail: [Some(answered), before].into_iter().flatten().collect::<Vec<_>>().join("; "),
        });
    }
    figures
}
