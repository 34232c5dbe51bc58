//! What is already out stays as it was: a figure that was shown cannot be taken back, and one that
//! was withheld would give away others if it were shown beside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sheet::{PUBLIC_CROSSINGS, Sheet};
use super::status;
use super::{Decisions, Rule, Status};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::estimate::{Figure, Figures};
use crate::ingest::{EarlierRelease, EarlierStatus, EarlierValue};
use crate::survey::{Address, Survey};
use crate::tally::{Cell, Group};

/// Differences that are listed before they are only counted.
const LISTED: usize = 20;
/// Far below what one more answer changes in a mean, far above what writing it rounds.
const SAME_MEAN: f64 = 1e-9;

/// What an earlier release fixes of a sheet, entry by entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixed {
    pub shown: Vec<bool>,
    pub withheld: Vec<bool>,
}

impl Fixed {
    /// Nothing, where there is no earlier release.
    pub fn of(survey: &Survey, sheet: &Sheet, release: Option<&EarlierRelease>) -> Fixed {
        let none = vec![false; sheet.entries.len()];
        let mut fixed = Fixed { shown: none.clone(), withheld: none };
        let (Some(release), Some(first)) = (release, sheet.entries.first()) else { return fixed };
        let groups = std::iter::once(Group::Everyone).chain(sheet.groups.iter().flatten().copied());
        for group in groups {
            for department in survey.department_cells(first.cell.audience) {
                for question in survey.question_cells() {
                    let cell = Cell { department, question, group, ..first.cell };
                    let entry = sheet.find(&cell, None).filter(|_| cell.crossings() <= PUBLIC_CROSSINGS);
                    let figure = entry.and_then(|_| release.figure(&survey.address(&cell)));
                    match (entry, figure.map(|figure| figure.status)) {
                        (Some(entry), Some(EarlierStatus::Shown(_))) => fixed.shown[entry] = true,
                        (Some(entry), Some(EarlierStatus::Withheld)) => fixed.withheld[entry] = true,
                        _ => {}
                    }
                }
            }
        }
        fixed
    }

    /// Lifts the rules from what is shown, and keeps withheld what was. Whether a rule was lifted.
    pub fn apply(&self, rules: &mut [Option<Rule>]) -> bool {
        let mut is_overruled = false;
        for ((rule, shown), withheld) in rules.iter_mut().zip(&self.shown).zip(&self.withheld) {
            if *shown {
                is_overruled |= rule.take().is_some();
            } else if *withheld {
                rule.get_or_insert(Rule::Released);
            }
        }
        is_overruled
    }
}

/// What the earlier release of a wave gives away, whatever is withheld now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Figures not shown that can be worked out, or nearly.
    pub figures: usize,
    /// Sets of fewer people than the minimum that figures already out set apart.
    pub sets: usize,
}

/// Every figure that is out and that would be another today: an error per release.
pub fn compare_released(survey: &Survey, figures: &Figures) -> Diagnostics {
    let mut found = Diagnostics::default();
    for release in &figures.released {
        let today: BTreeMap<Address, (&Cell, &Arc<Figure>)> = figures
            .results
            .iter()
            .filter(|(cell, _)| cell.wave == release.wave && cell.crossings() <= PUBLIC_CROSSINGS)
            .map(|(cell, figure)| (survey.address(cell), (cell, figure)))
            .collect();
        let mut different: Vec<(u64, String)> = Vec::new();
        for (address, figure) in release.figures() {
            let now = today.get(address).and_then(|(cell, figure)| value(survey, cell, figure));
            let said = match figure.status {
                EarlierStatus::Shown(then) if now.is_none_or(|now| !is_same(then, now)) => written(then),
                EarlierStatus::Withheld if !today.contains_key(address) => "withheld".to_owned(),
                _ => continue,
            };
            let Address { audience, department, question, breakdown, group, .. } = address;
            let now = now.map_or_else(|| "no such figure".to_owned(), written);
            different.push((
                figure.line,
                format!(
                    "line {}: {audience} / {department} / {question} / {breakdown} / {group}: {said}; today {now}",
                    figure.line
                ),
            ));
        }
        different.sort();
        if let Some((first, _)) = different.first() {
            found.push(different_today(survey, release, *first, &different));
        }
    }
    found
}

fn different_today(
    survey: &Survey,
    release: &EarlierRelease,
    first: u64,
    different: &[(u64, String)],
) -> Diagnostic {
    let label = &survey.waves[release.wave].label;
    let message = format!(
        "{} of the figures that are out for {label} would be others today; beside those already out they would tell what the forms that came or went since then answered",
        different.len()
    );
    let mut lines: Vec<String> = different.iter().take(LISTED).map(|(_, text)| text.clone()).collect();
    if different.len() > LISTED {
        lines.push(format!("... and {} more", different.len() - LISTED));
    }
    Diagnostic::error("released", Place::line(&release.file, first), message)
        .found(lines.join("\n"))
        .expected("the figures that went out")
        .advice(format!(
            "put the files of {label} back as they were; if that folder never left the building, delete the line `released` of that wave"
        ))
}

/// What today's figure would say; `None` where nothing was asked.
fn value(survey: &Survey, cell: &Cell, figure: &Figure) -> Option<EarlierValue> {
    if matches!(status::primary(survey, cell, figure), Status::NotAsked | Status::NoWave) {
        return None;
    }
    let counts = &figure.counts;
    Some(EarlierValue {
        respondents: counts.respondents,
        answers: counts.answers(),
        no_contact: counts.no_contact,
        blank: counts.blank,
        mean: figure.mean.as_ref().map(|mean| mean.value),
    })
}

fn is_same(then: EarlierValue, now: EarlierValue) -> bool {
    let mean = match (then.mean, now.mean) {
        (Some(then), Some(now)) => (then - now).abs() < SAME_MEAN,
        (then, now) => then == now,
    };
    mean && EarlierValue { mean: None, ..then } == EarlierValue { mean: None, ..now }
}

fn written(value: EarlierValue) -> String {
    let EarlierValue { respondents, answers, no_contact, blank, mean } = value;
    let mean = mean.map_or_else(|| "no mean".to_owned(), |mean| format!("mean {mean}"));
    format!("{respondents} respondents, {answers} answers, {no_contact} no contact, {blank} blank, {mean}")
}

/// What the analyst should know of what is already out: nothing that is done now can mend it.
pub fn warn_of_released(survey: &Survey, figures: &Figures, decisions: &Decisions) -> Diagnostics {
    let mut found = Diagnostics::default();
    for release in &figures.released {
        let told = decisions.told(release.wave);
        let label = &survey.waves[release.wave].label;
        let mut warn = |message| {
            found.push(Diagnostic::warning("released", Place::file(&release.file), message).advice(
                "nothing that is withheld now can mend it; whoever signs the publication off should know",
            ));
        };
        if told.figures > 0 {
            warn(format!(
                "figures of {label} that are not shown can be worked out, alone or a few together, from what is already out: {}",
                told.figures
            ));
        }
        if told.sets > 0 {
            warn(format!(
                "figures of {label} that are already out, held against each other, set fewer people apart than the minimum: {} times",
                told.sets
            ));
        }
    }
    found
}
