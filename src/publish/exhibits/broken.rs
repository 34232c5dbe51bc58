//! What changed in the survey itself, said beside the figures that stand side by side all the same.

use crate::publish::view::View;
use crate::survey::Succession;
use crate::words::listed;

/// What a table of several years is about, beside everyone's answers to every question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    Questions,
    Departments,
    Groups { audience: usize, breakdown: usize },
}

/// Notes on what cannot be compared between these years; none where nothing changed.
pub(super) fn notes(view: &View<'_>, waves: &[usize], rows: Rows) -> Vec<String> {
    let mut notes: Vec<String> = view.scales_apart(waves).into_iter().collect();
    notes.extend(wordings(view, waves));
    let exchanged: Vec<String> = match rows {
        Rows::Questions => Vec::new(),
        Rows::Departments => {
            let label = |id: &str| {
                let of = view.survey.departments.iter().find(|one| one.names.id == id);
                of.map_or_else(|| id.to_owned(), |one| one.names.label.clone())
            };
            said(view, waves, &view.survey.successions, label)
        }
        Rows::Groups { audience, breakdown } => {
            let by = &view.audience(audience).breakdowns[breakdown];
            let label = |id: &str| {
                let of = by.groups.iter().find(|group| group.id == id);
                of.map_or_else(|| id.to_owned(), |group| group.label.clone())
            };
            // What is published as one is not told apart.
            let divided: Vec<Succession> = by
                .successions
                .iter()
                .filter(|it| (0..by.groups.len()).any(|group| by.is_divided(group, it.wave - 1, it.wave)))
                .cloned()
                .collect();
            said(view, waves, &divided, label)
        }
    };
    let is_pooled = !exchanged.is_empty() && rows == Rows::Departments;
    notes.extend(exchanged);
    let pooled = "Departments together are compared over those that were scored in both years.";
    notes.extend(is_pooled.then(|| pooled.to_owned()));
    notes
}

fn said(
    view: &View<'_>,
    waves: &[usize],
    successions: &[Succession],
    label: impl Fn(&str) -> String,
) -> Vec<String> {
    let (Some(first), Some(last)) = (waves.iter().min(), waves.iter().max()) else { return Vec::new() };
    let between = successions.iter().filter(|it| it.lies_between(*first, *last));
    between
        .map(|succession| {
            let [from, to] = [&succession.from, &succession.to].map(|ids| {
                let labels: Vec<String> = ids.iter().map(|id| label(id)).collect();
                listed(&labels)
            });
            let stand = if succession.to.len() == 1 { "stands" } else { "stand" };
            format!(
                "From {} on {to} {stand} in place of {from}: a break, so they are not compared.",
                view.wave_label(succession.wave)
            )
        })
        .collect()
}

/// Which questions were once asked in other words.
fn wordings(view: &View<'_>, waves: &[usize]) -> Vec<String> {
    let (Some(&first), Some(&last)) = (waves.iter().min(), waves.iter().max()) else { return Vec::new() };
    let mut notes = Vec::new();
    let mut is_broken = false;
    for question in &view.survey.questions {
        if !waves.iter().all(|wave| question.asked.in_wave(*wave)) {
            continue;
        }
        for wording in question.wordings.iter().filter(|it| first <= it.until && it.until < last) {
            is_broken |= !wording.comparable;
            let compared = match wording.comparable {
                true => "its answers are compared all the same",
                false => "its answers before and after are not compared",
            };
            notes.push(format!(
                "{} was asked in other words until {}: {}; {compared}.",
                question.id,
                view.wave_label(wording.until),
                format_args!("\u{201c}{}\u{201d}", wording.text)
            ));
        }
    }
    if is_broken {
        notes.push(
            "Changes of all questions together are taken over those that asked the same in both years."
                .to_owned(),
        );
    }
    notes
}
