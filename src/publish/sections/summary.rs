//! One screen for those who read no further.

use crate::findings::Finding;
use crate::publish::paper::{Block, KeyFigure};
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::tally::Question;
use crate::words::{capital, counted, listed, signed, within};

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
    blocks.push(Block::KeyFigures(key_figures(view)));
    blocks.extend(Block::bullets(findings.iter().filter(|it| it.is_headline).map(|it| it.text.clone())));
    blocks
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
