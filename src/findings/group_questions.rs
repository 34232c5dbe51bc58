//! What each group of a breakdown scores lowest.

use super::Finding;
use super::groups::Grouped;
use super::ranking::{End, Entry, ORDER_NOT_TESTED, Ranking, scored};
use crate::tally::{Cell, Question};
use crate::view::View;
use crate::words::{capital, listed};

/// One for all groups that are shown, in the order of the form; `None` where there is nothing to order.
pub(super) fn finding(by: &Grouped<'_, '_>) -> Option<Finding> {
    let mut groups: Vec<&Entry> = by.ranking.entries.iter().collect();
    groups.sort_by_key(|entry| entry.cell.group);
    let parts: Vec<(Cell, String)> = groups
        .into_iter()
        .filter_map(|group| {
            Some((group.cell, format!("{}: {}.", group.label, lowest(by.view, &group.cell)?)))
        })
        .collect();
    let (first, _) = parts.first()?;
    let texts: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
    let text = format!("the lowest questions of each. {} {}.", texts.join(" "), capital(ORDER_NOT_TESTED));
    Some(by.finding(first, &text))
}

/// "Q2 Trust (1.50), then Q6 and Q8".
fn lowest(view: &View<'_>, group: &Cell) -> Option<String> {
    let ranking = Ranking::of_questions(view, *group);
    let first = ranking.at(End::Lowest);
    let named = ranking.few(End::Lowest);
    if named.is_empty() {
        return None;
    }
    let after: Vec<String> = named.iter().skip(first.len()).map(|it| brief(view, it.cell.question)).collect();
    let then = if after.is_empty() { String::new() } else { format!(", then {}", listed(&after)) };
    let shown = if ranking.is_complete { "" } else { " of those shown" };
    Some(format!("{}{then}{shown}", scored(&first)))
}

/// "Q6" where labels carry it.
fn brief(view: &View<'_>, question: Question) -> String {
    let (label, id) = (view.question_label(question), view.survey.question_id(question));
    if label.starts_with(id) { id.to_owned() } else { label }
}
