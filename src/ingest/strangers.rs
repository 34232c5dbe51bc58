//! What was published of a wave and would not be published now: another group, a combination taken
//! away, a breakdown kept back, a department under another id.

use std::collections::BTreeMap;

use super::released::KIND;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::Survey;

/// Something that was published and that the definition does not have: what it is, and its ids.
pub(super) type Stranger = (&'static str, Vec<String>);

/// What of an address (audience, department, question, breakdown, group) the definition does not have.
pub(super) fn stranger(survey: &Survey, ids: &[String; 5]) -> Option<Stranger> {
    let [audience, department, question, breakdown, group] = ids;
    let Some(position) = survey.audiences.iter().position(|it| it.id == *audience) else {
        return Some(("audience", vec![audience.clone()]));
    };
    let within = |ids: &[&String]| ids.iter().map(|id| (*id).clone()).collect::<Vec<_>>();
    if !survey.department_cells(position).iter().any(|it| survey.department_id(*it) == department) {
        return Some(("department", within(&[audience, department])));
    }
    if !survey.question_cells().iter().any(|it| survey.question_id(*it) == question) {
        return Some(("question", within(&[question])));
    }
    if breakdown == "all" && group == "all" {
        return None;
    }
    let Some(by) = survey.audiences[position].breakdowns.iter().find(|by| by.id == *breakdown) else {
        return Some(("breakdown", within(&[audience, breakdown])));
    };
    let is_there = group == "not-stated" || by.groups.iter().any(|it| it.id == *group);
    (!is_there).then(|| ("group", within(&[audience, breakdown, group])))
}

/// Everything that was published and would not be published now, each with its first line and its
/// number of rows.
#[derive(Debug, Default)]
pub(super) struct Strangers(BTreeMap<Stranger, (u64, usize)>);

impl Strangers {
    pub fn add(&mut self, stranger: Stranger, line: u64) {
        self.0.entry(stranger).or_insert((line, 0)).1 += 1;
    }

    pub fn report(self, survey: &Survey, wave: usize, file: &str, found: &mut Diagnostics) {
        let label = &survey.waves[wave].label;
        for ((what, ids), (line, rows)) in self.0 {
            let id = ids.last().map_or("", String::as_str);
            let known = known(survey, what, &ids);
            let message = format!(
                "a {what} that is out for {label} would not be published now: what is out and what would be published now add up to what was withheld"
            );
            found.push(
                Diagnostic::error(KIND, Place::line(file, line), message)
                    .found(format!("{}, in {rows} rows", ids.join(" / ")))
                    .expected(known.join(", "))
                    .nearest(nearest(id, known.iter().copied()))
                    .advice(format!(
                        "publish {label} by the {what}s of that release: the same ids, groups put together (`combine`) that were one then, breakdowns kept back (`publish = false`) that were then, and no others"
                    )),
            );
        }
    }
}

/// The ids that the definition has in the place of a stranger's.
fn known<'s>(survey: &'s Survey, what: &str, ids: &[String]) -> Vec<&'s str> {
    let audience = ids.first().and_then(|id| survey.audiences.iter().position(|it| it.id == *id));
    let breakdowns = audience.map_or(&[][..], |one| &survey.audiences[one].breakdowns);
    match what {
        "audience" => survey.audiences.iter().map(|it| it.id.as_str()).collect(),
        "department" => {
            let cells = audience.map_or_else(Vec::new, |one| survey.department_cells(one));
            cells.into_iter().map(|it| survey.department_id(it)).collect()
        }
        "question" => survey.question_cells().into_iter().map(|it| survey.question_id(it)).collect(),
        "breakdown" => breakdowns.iter().map(|by| by.id.as_str()).collect(),
        _ => {
            let by = breakdowns.iter().find(|by| ids.get(1) == Some(&by.id));
            by.map_or_else(Vec::new, |by| by.groups.iter().map(|it| it.id.as_str()).collect())
        }
    }
}
