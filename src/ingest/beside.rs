//! What lies beside the exports: who was invited, themes, averages as published, figures from
//! elsewhere, actions and the analyst's words.

use std::path::Path;

use super::files::{FileRead, bytes, sha256};
use super::{
    ACTIONS, COMMENTARY, Input, Ledger, Responses, SumRows, actions, commentary, context, decode, invited,
};
use super::{population, published, themes};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::Survey;
use crate::tally::Group;

pub(super) fn read_invited(
    survey: &Survey,
    folder: &Path,
    wave: usize,
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let Some(file) = &survey.waves[wave].population else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        input.populations[wave] = population::read_population((survey, wave), file, decoded, found);
        decoded.text.lines().skip(1).filter(|line| !line.trim().is_empty()).count()
    });
}

/// Counts the numbers invited from a list, in place of those of a population file.
pub(super) fn read_list(
    survey: &Survey,
    folder: &Path,
    (wave, audience): (usize, usize),
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let Some(file) = &survey.waves[wave].invited[audience] else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let list = invited::read_list(survey, (wave, audience), file, decoded, found);
        let of_wave = |it: &&Responses| (it.wave, it.audience) == (wave, audience);
        if let Some(responses) = input.responses.iter().find(of_wave) {
            list.strangers(file, &responses.forms, found);
        }
        let label = &survey.audiences[audience].label;
        let rows = list.rows as usize;
        if !input.populations[wave].add(audience, list.references, list.counts) {
            let message = format!("the population file counts {label} as well, who are on this list");
            found.push(
                Diagnostic::error("invited", Place::file(file), message)
                    .advice("delete their rows from the population file: the list says the same, and more"),
            );
        }
        input.populations[wave].without_gone(survey, wave);
        rows
    });
}

/// More forms than invitations: one of the two is wrong.
pub(super) fn more_than_invited(survey: &Survey, wave: usize, input: &Input, found: &mut Diagnostics) {
    let population = &input.populations[wave];
    let list = |audience: usize| survey.waves[wave].invited[audience].as_ref();
    let Some(file) = survey.waves[wave].population.as_ref().or((0..survey.audiences.len()).find_map(list))
    else {
        return;
    };
    for audience in 0..survey.audiences.len() {
        let of_audience = |it: &&Ledger| (it.wave, it.audience) == (wave, audience);
        let forms: u64 = input.ledgers.iter().filter(of_audience).map(|ledger| ledger.rows.used).sum();
        let sums =
            input.sums.iter().filter(|it| (it.wave, it.audience) == (wave, audience) && it.lie_elsewhere());
        let forms = forms + sums.map(SumRows::forms).sum::<u64>();
        if let Some(invited) = population.invited(audience, Group::Everyone)
            && invited < forms
        {
            let label = &survey.audiences[audience].label;
            found.push(
                Diagnostic::error(
                    "population",
                    Place::file(list(audience).unwrap_or(file)),
                    format!("more {label} answered than were invited"),
                )
                .found(format!("{forms} forms, {invited} invited"))
                .advice("correct the number invited, or look for forms that do not belong to this wave"),
            );
        }
    }
}

/// What people wrote beside the answers, where they did: the list of actions and the commentary.
pub(super) fn read_words(survey: &Survey, folder: &Path, input: &mut Input, found: &mut Diagnostics) {
    for name in [ACTIONS, COMMENTARY] {
        if !folder.join(name).exists() {
            continue;
        }
        let Some(bytes) = bytes(folder, name).map_err(|problem| found.push(*problem)).ok() else { continue };
        let mut rows = None;
        match decode::decode(&bytes) {
            Ok(decoded) if name == ACTIONS => {
                input.actions = actions::read_actions(survey, &decoded, found);
                rows = Some(input.actions.len() as u64);
            }
            Ok(decoded) => input.commentary = commentary::read_commentary(survey, &decoded.text, found),
            Err(not_text) => found.push(
                Diagnostic::error("unreadable", Place::file(name), not_text.message)
                    .advice("save it again as text in UTF-8, or take it away"),
            ),
        }
        input.files.push(FileRead { name: name.to_owned(), sha256: sha256(&bytes), rows });
    }
}

pub(super) fn read_coded(
    survey: &Survey,
    folder: &Path,
    wave: usize,
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let Some(file) = &survey.waves[wave].themes else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let themes = themes::read_themes(survey, wave, file, decoded, found);
        let rows = themes.rows.len();
        input.themes.push(themes);
        rows
    });
}

pub(super) fn read_published(
    survey: &Survey,
    folder: &Path,
    wave: usize,
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let Some(file) = &survey.waves[wave].published else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let rows = published::read_published(survey, wave, file, decoded, found);
        let count = rows.len();
        input.published.extend(rows);
        count
    });
}

pub(super) fn read_context(survey: &Survey, folder: &Path, input: &mut Input, found: &mut Diagnostics) {
    let Some(file) = &survey.context else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        input.context = context::read_context(file, decoded, found);
        input.context.len()
    });
}

/// Reads a file that stands beside the exports; `read` says how many rows it holds.
pub(super) fn read_beside(
    folder: &Path,
    file: &str,
    input: &mut Input,
    found: &mut Diagnostics,
    read: impl FnOnce(&mut Input, &decode::Decoded<'_>, &mut Diagnostics) -> usize,
) {
    let Some(bytes) = bytes(folder, file).map_err(|problem| found.push(*problem)).ok() else { return };
    match decode::decode(&bytes) {
        Ok(decoded) => {
            let rows = read(input, &decoded, found) as u64;
            input.files.push(FileRead { name: file.to_owned(), sha256: sha256(&bytes), rows: Some(rows) });
        }
        Err(not_text) => found.push(
            Diagnostic::error("unreadable", Place::file(file), not_text.message).advice(not_text.advice),
        ),
    }
}
