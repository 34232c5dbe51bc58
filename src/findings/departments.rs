//! Departments that stand clearly above or below the others, as scored by the same people.

use super::{Finding, Topic, address};
use crate::estimate::{GapKey, Side, Verdict};
use crate::tally::{Department, Question};
use crate::view::View;
use crate::words::{listed, within};

pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences.filter_map(|audience| finding(view, audience)).collect()
}

fn finding(view: &View<'_>, audience: usize) -> Option<Finding> {
    let wave = *view.waves_of(audience).last()?;
    let departments: Vec<Department> = (0..view.survey.departments.len()).map(Department::One).collect();
    let verdict = |department| {
        let sides = [Side::Department(department), Side::Rest];
        let key = GapKey::of_departments(wave, audience, Question::All, sides);
        view.gap(&key).map(|gap| gap.comparison.verdict)
    };
    let with = |wanted: Verdict| -> Vec<String> {
        let those = departments.iter().filter(|department| verdict(**department) == Some(wanted));
        those.map(|department| view.department_label(*department)).collect()
    };
    let tested = departments.iter().filter(|department| verdict(**department).is_some()).count();
    let cell = view.headline(wave, audience, Question::All);
    // Of what is withheld nothing is said, not even that nothing was found.
    if tested == 0 || view.mean(&cell).is_none() {
        return None;
    }
    let shown = if tested == departments.len() { "" } else { " of those shown" };
    let (higher, lower) = (with(Verdict::Higher), with(Verdict::Lower));
    let label = within(&view.audience(audience).label);
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("{} clearly higher than the other departments together", listed(&higher)));
    }
    if !lower.is_empty() {
        parts.push(format!("{} clearly lower", listed(&lower)));
    }
    let text = if parts.is_empty() {
        format!(
            "In {}, {label} scored no department{shown} clearly higher or lower than the others together.",
            view.wave_label(wave)
        )
    } else {
        format!("In {}, {label} scored {}.", view.wave_label(wave), parts.join(", and "))
    };
    let cell = view.headline(wave, audience, Question::All);
    Some(Finding {
        topic: Topic::Departments,
        is_headline: true,
        is_detail: false,
        text,
        address: address(view, &cell),
    })
}
