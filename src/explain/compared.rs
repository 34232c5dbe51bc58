//! What the figure is held against: earlier years, the other audience, the rest, other councils.

use std::fmt::Write;

use super::{Behind, section, subject};
use crate::disclose::Status;
use crate::estimate::{Comparison, GapKey, Kind, NotTested, Side, Verdict};
use crate::ratio::round_decimal;
use crate::tally::{Department, Group};
use crate::view::MEAN_DECIMALS;
use crate::words::{self, signed, within};

pub(super) fn write(behind: &Behind<'_>, page: &mut String) {
    let view = &behind.view;
    let mut lines = Vec::new();
    for &from in view.waves.iter().filter(|wave| **wave < behind.cell.wave) {
        let Some(released) = view.release.change(&behind.cell, from) else { continue };
        if released.status == Status::Break {
            let year = view.wave_label(from);
            lines.push(format!("since {year}: not compared; question, scale or who is meant changed"));
        }
        let Some(change) = released.figure.value() else { continue };
        let said = said(&change.comparison, words::change(change.comparison.verdict));
        let linked = if change.linked { "; knows who answered again" } else { "" };
        lines.push(format!(
            "since {}: {said}{linked}{}",
            view.wave_label(from),
            not_public(behind, released.status)
        ));
    }
    if !lines.is_empty() {
        section(page, "Its change");
        list(&lines, page);
    }
    let mut lines = Vec::new();
    let (mut pairs, mut clear) = (0, 0);
    for (key, released) in view.release.gaps() {
        let Some(gap) = released.figure.value() else { continue };
        let Some(is_left) = side_of(behind, key) else { continue };
        let verdict = gap.comparison.verdict;
        if key.right != Side::Rest && key.kind != Kind::Audiences && !is_whole(key) {
            pairs += usize::from(!matches!(verdict, Verdict::NotTested(_)));
            clear += usize::from(matches!(verdict, Verdict::Higher | Verdict::Lower));
            continue;
        }
        let other = if is_left { key.right } else { key.left };
        let against = match is_left {
            true => format!("against {}", name(behind, key, other)),
            false => format!("{} against it", name(behind, key, other)),
        };
        let said = said(&gap.comparison, words::gap(verdict));
        lines.push(format!("{against}: {said}{}", not_public(behind, released.status)));
    }
    if pairs > 0 {
        lines.push(format!("pairs with others of its kind: {pairs} tested, {clear} clearly different"));
    }
    if !lines.is_empty() {
        section(page, "Its gaps");
        list(&lines, page);
    }
    beside_others(behind, page);
}

fn beside_others(behind: &Behind<'_>, page: &mut String) {
    let view = &behind.view;
    let Some(released) = view.benchmark(&behind.cell) else { return };
    let Some(comparison) = released.compared.value() else { return };
    let points = |value: f64| round_decimal(value, MEAN_DECIMALS);
    let spread = released.others.spread.map_or_else(String::new, |it| {
        format!(
            ", from {} to {} with the median {}",
            points(it.lowest),
            points(it.highest),
            points(it.median)
        )
    });
    let councils = released.others.councils;
    let plural = if councils == 1 { "" } else { "s" };
    section(page, "Other councils");
    let said = said(comparison, words::gap(comparison.verdict));
    list(
        &[
            format!("{councils} other council{plural}{spread}, each counting once"),
            format!("against their average: {said}{}", not_public(behind, released.status)),
        ],
        page,
    );
}

fn list(lines: &[String], page: &mut String) {
    for line in lines {
        // Writing to a string cannot fail.
        let _ = writeln!(page, "  {line}");
    }
}

/// "2.75 less 2.60 = +0.15 points (likely range +0.01 to +0.29): rose; p 0.03 after allowing ...".
fn said(comparison: &Comparison, verdict: &str) -> String {
    let Some(difference) = comparison.difference else {
        return "nothing to compare: one side has no score".to_owned();
    };
    let mean = |side: Option<crate::estimate::Estimate>| {
        side.map_or_else(String::new, |side| side.rounded(MEAN_DECIMALS))
    };
    let points = |value: f64| signed(&round_decimal(value, MEAN_DECIMALS));
    let range = difference.interval.map_or_else(String::new, |range| {
        format!(" (likely range {} to {})", points(range.lower), points(range.upper))
    });
    let p = match comparison.p_adjusted {
        Some(p) if p < 0.001 => "; p <0.001 after allowing for the number of tests".to_owned(),
        Some(p) => format!("; p {} after allowing for the number of tests", round_decimal(p, 3)),
        None => String::new(),
    };
    let smallest = comparison.detectable.map_or_else(String::new, |smallest| {
        format!("; smallest that could have been noticed: {}", round_decimal(smallest, MEAN_DECIMALS))
    });
    format!(
        "{} less {} = {} points{range}: {verdict}{}{p}{smallest}",
        mean(comparison.left),
        mean(comparison.right),
        signed(&difference.rounded(MEAN_DECIMALS)),
        reason(comparison.verdict)
    )
}

fn reason(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotTested(NotTested::SmallBase) => " (too few answered)",
        Verdict::NotTested(NotTested::NoStandardError) => " (no standard error)",
        Verdict::NotTested(NotTested::NoAnswers) => " (no answers)",
        Verdict::NotTested(NotTested::Break) => " (question, scale or who is meant changed)",
        Verdict::NotTested(NotTested::NotAGroup) => " (those who stated nothing are no group)",
        Verdict::NotTested(NotTested::AveragesOnly) => " (only averages were kept)",
        Verdict::NotTested(NotTested::NotJudged) | Verdict::Higher | Verdict::Lower | Verdict::NotClear => "",
    }
}

fn not_public(behind: &Behind<'_>, status: Status) -> &'static str {
    if status == Status::Ok && !behind.is_too_deep() { "" } else { " [not for publication]" }
}

/// Whether the cell is the left side of a gap, the right one (`false`), or neither.
fn side_of(behind: &Behind<'_>, key: &GapKey) -> Option<bool> {
    let is_of = |side| key.cell_of(behind.view.survey, side) == Some(behind.cell);
    match (is_of(key.left), is_of(key.right)) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// The whole council against its departments: one of a kind, not a pair among many.
fn is_whole(key: &GapKey) -> bool {
    key.left == Side::Department(Department::Whole)
}

fn name(behind: &Behind<'_>, key: &GapKey, side: Side) -> String {
    let view = &behind.view;
    match (side, key.kind) {
        (Side::Audience(audience), _) => {
            let scored = key.department.filter(|it| view.survey.department_cells(audience).contains(it));
            let scored = subject(view, scored.unwrap_or(Department::Whole));
            format!("{} on {scored}", within(&view.audience(audience).label))
        }
        (Side::Department(department), _) => subject(view, department),
        (Side::Rest, Kind::Departments) => "the other departments together".to_owned(),
        (Side::Rest, _) => "the other groups together".to_owned(),
        (Side::Group(group), _) => match key.audience.zip(key.breakdown) {
            Some((audience, breakdown)) => view.group_label(audience, Group::Of { breakdown, group }),
            None => String::new(),
        },
    }
}
