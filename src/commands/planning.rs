//! Which groups are worth chasing: what a half-collected survey still lacks.

use std::fmt::Write;

use rmsurvey::estimate::{Missing, Plan};
use rmsurvey::survey::{ReliabilityBands, Survey};
use rmsurvey::tally::Group;
use serde_json::{Value, json};

/// The plans of the survey's latest wave for groups that fall short.
pub(super) fn to_chase(survey: &Survey, plans: Vec<Plan>) -> Vec<Plan> {
    let is_latest = |plan: &Plan| plan.cell.wave + 1 == survey.waves.len();
    plans.into_iter().filter(|plan| is_latest(plan) && plan.falls_short()).collect()
}

/// An aligned table per audience; nothing where nothing is missing.
pub(super) fn text(survey: &Survey, short: &[Plan]) -> String {
    let Some(first) = short.first() else { return String::new() };
    let change = first.notice_change;
    let ReliabilityBands { low_from, ok_from } = survey.reliability;
    let numbers = ["invited", "answered", "be shown", &low_from.to_string(), &ok_from.to_string()];
    let head: Vec<String> =
        numbers.iter().map(|heading| (*heading).to_owned()).chain([format!("notice {change}")]).collect();
    let heading = |audience: usize| {
        format!("{}, {}", survey.audiences[audience].label, survey.waves[first.cell.wave].label)
    };
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    let mut audience = None;
    for plan in short {
        if audience != Some(plan.cell.audience) {
            audience = Some(plan.cell.audience);
            lines.push((heading(plan.cell.audience), head.clone()));
        }
        lines.push((format!("  {}", name(survey, plan)), cells(plan)));
    }
    let label = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let width =
        |at: usize| lines.iter().map(|(_, cells)| cells[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut text =
        String::from("More forms to chase, until a group may be shown, until so many answered, and until\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "a change of {change} points would be noticed with so many in each of two years");
    text.push_str("(- enough, ! more than are still out, ? not known or not to be told from so few):\n");
    for (name, cells) in &lines {
        let _ = write!(text, "  {name:<label$}");
        for (cell, width) in cells.iter().zip(&widths) {
            let _ = write!(text, "  {cell:>width$}");
        }
        text.push('\n');
    }
    text
}

/// The same for programs; `null` where there is no such number.
pub(super) fn json(survey: &Survey, short: &[Plan]) -> Value {
    let short = short.iter().map(|plan| {
        let address = survey.address(&plan.cell);
        let more = |missing| match missing {
            Missing::Enough => Some(0),
            Missing::More(more) => Some(more),
            Missing::OutOfReach | Missing::NotKnown => None,
        };
        json!({
            "wave": address.wave,
            "audience": address.audience,
            "breakdown": address.breakdown,
            "group": address.group,
            "invited": plan.invited,
            "answered": plan.respondents,
            "more-to-be-shown": more(plan.until_shown),
            "more-to-be-low": more(plan.until_low),
            "more-to-be-ok": more(plan.until_reliable),
            "more-to-notice": more(plan.until_noticed),
            "notice-change": plan.notice_change,
        })
    });
    short.collect()
}

fn name(survey: &Survey, plan: &Plan) -> String {
    let breakdowns = &survey.audiences[plan.cell.audience].breakdowns;
    match plan.cell.group {
        Group::Of { breakdown, group } => {
            let by = &breakdowns[breakdown];
            format!("{}: {}", by.label, by.groups[group].label)
        }
        Group::Everyone | Group::NotStated { .. } => "Everyone".to_owned(),
    }
}

fn cells(plan: &Plan) -> Vec<String> {
    let more = |missing| match missing {
        Missing::Enough => "-".to_owned(),
        Missing::More(more) => more.to_string(),
        Missing::OutOfReach => "!".to_owned(),
        Missing::NotKnown => "?".to_owned(),
    };
    vec![
        plan.invited.map_or_else(|| "?".to_owned(), |invited| invited.to_string()),
        plan.respondents.to_string(),
        more(plan.until_shown),
        more(plan.until_low),
        more(plan.until_reliable),
        more(plan.until_noticed),
    ]
}
