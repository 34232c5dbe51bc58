//! What the paper cannot say: what is not shown, what could not be tested, and what nobody was asked.

use crate::disclose::{Policy, Status};
use crate::estimate::Verdict;
use crate::publish::paper::Block;
use crate::publish::view::{MEAN_DECIMALS, View};
use crate::ratio::{Ratio, round_decimal};
use crate::tally::Question;
use crate::words::{capital, listed, within};

/// The limits one by one, each under a heading of its own.
pub(in crate::publish) fn limits(view: &View<'_>) -> Vec<Block> {
    let limits = [
        ("What is not shown, and why", vec![not_shown(view)]),
        ("What could not be tested", not_tested(view)),
        ("What sums cannot say", sums(view)),
        ("How small a change could be noticed", noticed(view)),
        ("Those who did not answer", who_answered(view)),
        ("What the scores measure", vec![scores(view)]),
        ("Other organisations", vec![Block::Paragraph(others(view))]),
        ("Invented answers", invented(view)),
        ("Questions about this paper", contact(view)),
    ];
    let headed = limits.into_iter().filter(|(_, blocks)| !blocks.is_empty());
    headed
        .flat_map(|(heading, blocks)| std::iter::once(Block::Heading(heading.to_owned())).chain(blocks))
        .collect()
}

fn others(view: &View<'_>) -> String {
    format!(
        "Nothing here compares {} with other organisations. They would have to ask the same questions on the same scale.",
        view.survey.organisation.name
    )
}

/// Which figures are not shown, as a rule.
pub(in crate::publish) fn withholding(view: &View<'_>) -> String {
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

fn not_shown(view: &View<'_>) -> Block {
    let all = view.release.results().count();
    let hidden = view.release.results().filter(|(_, released)| released.status == Status::Withheld).count();
    let rest = match view.release.policy {
        Policy::Public => format!(
            " That concerns {hidden} of the {all} figures of this paper; they are marked [c]. A ranking or a comparison speaks of what is shown only."
        ),
        Policy::Private => format!(
            " That concerns {hidden} of {all} figures; in this copy, which is not for publication, they stand."
        ),
    };
    Block::Paragraph(withholding(view) + &rest + &dropped(view))
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

/// How many of the comparisons that are shown say something, cannot tell, or could not be tried.
fn not_tested(view: &View<'_>) -> Vec<Block> {
    let mut counts = Vec::new();
    if let Some((from, to)) = view.latest_pair() {
        let changes = view.release.changes();
        let last = changes.filter(|(key, _)| key.1 == from && key.0.wave == to);
        let verdicts = last.filter_map(|(_, released)| Some(released.figure.value()?.comparison.verdict));
        let years = format!("changes from {} to {}", view.wave_label(from), view.wave_label(to));
        counts.extend(said(&years, verdicts));
    }
    if let Some(&last) = view.waves.last() {
        let gaps = view.release.gaps().filter(|(key, _)| key.wave == last);
        let verdicts = gaps.filter_map(|(_, released)| Some(released.figure.value()?.comparison.verdict));
        let survey = view.survey;
        let between = [
            (survey.audiences.len() > 1, "audiences"),
            (!survey.departments.is_empty(), "departments"),
            (survey.audiences.iter().any(|it| !it.breakdowns.is_empty()), "groups"),
        ];
        let between: Vec<&str> = between.into_iter().filter(|it| it.0).map(|it| it.1).collect();
        let between = listed(&between).replace(" and ", " or ");
        let year = format!("gaps between {between} in {}", view.wave_label(last));
        counts.extend(said(&year, verdicts));
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let meaning = "A comparison is not tested where a side has fewer than five respondents or where everybody scored alike. \"Not tested\" and \"no clear change\" are different things, and neither says that nothing changed.";
    let mut blocks = Block::bullets(counts.into_iter());
    blocks.push(Block::Paragraph(meaning.to_owned()));
    if view.release.changes().any(|(_, released)| released.status == Status::Break) {
        blocks.push(Block::Paragraph(BREAKS.to_owned()));
    }
    blocks
}

/// What is missing where answers were added up elsewhere.
fn sums(view: &View<'_>) -> Vec<Block> {
    let waves: Vec<usize> = view.release.summed().collect();
    if waves.is_empty() {
        return Vec::new();
    }
    let years = view.period(&waves);
    vec![Block::Paragraph(format!(
        "The answers of {years} were added up and not kept form by form. Averages, likely ranges, gaps and changes are those that the forms would give. What needs forms one by one is missing for {years}: averages weighted to those invited, how far a change comes from other people answering, how far apart groups are person by person, the tests of whole distributions, how consistent answers are, and how forms were filled in."
    ))]
}

const BREAKS: &str = "Where the survey itself changed between the years (other words, another scale, departments or groups that were merged or split), figures stand side by side, are marked [b] and are neither compared nor tested.";

fn said(what: &str, verdicts: impl Iterator<Item = Verdict>) -> Option<String> {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let untested = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::NotTested(_))).count();
    let unclear = verdicts.iter().filter(|verdict| **verdict == Verdict::NotClear).count();
    let all = verdicts.len();
    let number = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    (all > 0).then(|| {
        format!(
            "Of {all} {what} in this paper or its data files, {} are clear, for {} the survey cannot tell, and {} could not be tested.",
            number(all - untested - unclear),
            number(unclear),
            number(untested)
        )
    })
}

/// The smallest change in the headline that would have been found clear.
fn noticed(view: &View<'_>) -> Vec<Block> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let sentences = (0..view.survey.audiences.len()).filter_map(|audience| {
        let comparison = &view.change(&view.headline(to, audience, Question::All), from)?.comparison;
        Some(format!(
            "{}: of changes from {} to {} in their average for {}, the smallest that would have been noticed four times out of five is {} points.",
            view.audience(audience).label,
            view.wave_label(from),
            view.wave_label(to),
            view.headline_subject(audience),
            round_decimal(comparison.detectable?, MEAN_DECIMALS)
        ))
    });
    let mut blocks = Block::bullets(sentences);
    if !blocks.is_empty() {
        let single = if view.survey.departments.is_empty() {
            "questions and groups"
        } else {
            "questions, departments and groups"
        };
        blocks.push(Block::Paragraph(format!("A smaller change may well have happened and gone unnoticed. For single {single} a change mostly has to be larger still; each table of changes says how large.")));
    }
    blocks
}

/// What every figure takes for granted about those who kept silent.
fn who_answered(view: &View<'_>) -> Vec<Block> {
    let rates = (0..view.survey.audiences.len()).filter_map(|audience| {
        let wave = *view.waves_of(audience).last()?;
        let figure = view.figure(&view.headline(wave, audience, Question::All))?;
        let (label, year) = (&view.audience(audience).label, view.wave_label(wave));
        let forms = figure.counts.forms;
        let rate = figure.invited.and_then(|invited| Some((invited, Ratio::new(forms * 100, invited)?)));
        Some(match rate {
            Some((invited, rate)) => format!(
                "{label}: {forms} of {invited} invited answered in {year} ({}%); {} did not.",
                rate.rounded(0),
                invited.saturating_sub(forms)
            ),
            None => format!("{label}: {forms} answered in {year}; how many were invited is not known."),
        })
    });
    let mut blocks = Block::bullets(rates);
    blocks.push(Block::Paragraph("Every likely range assumes that whether somebody answers has nothing to do with how they score. The survey cannot check that. It can only compare those who answered with those who were invited by the groups that are known, and where the numbers invited are known the annex weights the averages accordingly.".to_owned()));
    blocks
}

fn scores(view: &View<'_>) -> Block {
    let scale = view.survey.scale_of(view.waves.last().copied().unwrap_or_default());
    let about = match view.survey.scores_relationships() {
        true => "The survey says how relationships are seen; it does not measure services, and it",
        false => "The survey says how things are seen, and it",
    };
    let contact = if scale.no_contact.is_some() {
        " \"No contact\" is no score, and what those without contact would have said is not known."
    } else {
        ""
    };
    Block::Paragraph(format!(
        "Scores are opinions on a scale from 1 ({}) to {} ({}). An average treats the steps between scores as equally large, which nobody can verify. {about} cannot say why a score is what it is.{contact}",
        scale.low_label, scale.top, scale.high_label
    ))
}

fn invented(view: &View<'_>) -> Vec<Block> {
    if !view.survey.synthetic {
        return Vec::new();
    }
    let organisation = &view.survey.organisation.name;
    vec![Block::Paragraph(format!(
        "The answers behind this paper are invented to show what the program does. They agree with what was published about the survey, and where nothing was published they are made up. Nothing in this paper is a finding about {organisation} or anybody who works with it."
    ))]
}

fn contact(view: &View<'_>) -> Vec<Block> {
    let contact = view.survey.organisation.contact.as_deref();
    contact.map(|contact| Block::Paragraph(capital(contact))).into_iter().collect()
}
