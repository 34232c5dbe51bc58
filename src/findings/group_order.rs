//! All groups of a breakdown in their order, and whether that is the order of the form.

use super::Finding;
use super::groups::Grouped;
use super::ranking::{Entry, order, scored, why_not};
use crate::estimate::Verdict;
use crate::words::{capital, listed};
use std::cmp::Ordering;

/// `None` for so few groups that the highest and the lowest say it all.
pub(super) fn in_order(by: &Grouped<'_, '_>) -> Option<Finding> {
    steps(by).or_else(|| ranked(by))
}

/// Averages that rise, or fall, with every step from the first group of the form to the last: by grade
/// or share that tells more than an order.
fn steps(by: &Grouped<'_, '_>) -> Option<Finding> {
    let mut groups: Vec<&Entry> = by.ranking.entries.iter().collect();
    groups.sort_by_key(|entry| entry.cell.group);
    let [first, between @ .., last] = &groups[..] else { return None };
    if between.len() < 2 || !by.ranking.is_complete {
        return None;
    }
    let all = |wanted: Ordering| groups.windows(2).all(|pair| order(&pair[0].mean, &pair[1].mean) == wanted);
    let direction = match (all(Ordering::Less), all(Ordering::Greater)) {
        (true, _) => "rise",
        (_, true) => "fall",
        _ => return None,
    };
    let says = match by.gap(&last.cell, Some(&first.cell)).map(|gap| gap.verdict) {
        Some(Verdict::Higher | Verdict::Lower) => "From end to end that is unlikely to be chance.".to_owned(),
        Some(Verdict::NotClear) | None => "Even from end to end the gap could be chance.".to_owned(),
        Some(Verdict::NotTested(reason)) => {
            capital(&format!("{} to test the gap from end to end, which could be chance.", why_not(reason)))
        }
    };
    let text =
        format!("averages {direction} at every step, in the order of the form: {}. {says}", scored(&groups));
    Some(by.finding(&first.cell, &text))
}

fn ranked(by: &Grouped<'_, '_>) -> Option<Finding> {
    let entries: Vec<&Entry> = by.ranking.entries.iter().collect();
    if entries.len() < 4 {
        return None;
    }
    let with = |wanted: fn(Verdict) -> bool| -> Vec<&str> {
        let those = entries.iter().filter(|entry| by.against_rest(&entry.cell).is_some_and(wanted));
        those.map(|entry| entry.label.as_str()).collect()
    };
    let higher = with(|it| it == Verdict::Higher);
    let lower = with(|it| it == Verdict::Lower);
    let unclear = with(|it| it == Verdict::NotClear);
    let untested = with(|it| matches!(it, Verdict::NotTested(_)));
    let mut says = Vec::new();
    if !higher.is_empty() {
        says.push(format!("{} clearly higher", listed(&higher)));
    }
    if !lower.is_empty() {
        says.push(format!("{} clearly lower", listed(&lower)));
    }
    if unclear.len() == entries.len() {
        says.push("every gap could be chance".to_owned());
    } else if !unclear.is_empty() {
        says.push(format!("for {} the gap could be chance", listed(&unclear)));
    }
    if !untested.is_empty() {
        says.push(format!("too few answered, or too much alike, to test {}", listed(&untested)));
    }
    let shown = if by.ranking.is_complete { "" } else { " of those shown" };
    let mut text = format!("the order{shown}, from the highest, is {}.", scored(&entries));
    if !says.is_empty() {
        text.push_str(&format!(" Against all the others together: {}.", says.join("; ")));
    }
    Some(by.finding(&entries.first()?.cell, &text))
}
