//! A definition in the making as the text that an analyst goes on with.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::model::{Audience, Draft, Named, Question, free_id};
use super::scale::symbol;
use super::wording::standard;
use super::write_scale::{write_choices, write_scale};
use super::write_wave::write_wave;
use crate::survey::quoted;
use crate::words::capital;

pub(super) fn list<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A remark behind a line.
pub(super) fn remark(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.is_empty() { String::new() } else { format!("   # {one_line}") }
}

/// Writing to a string cannot fail.
macro_rules! line {
    ($to:expr, $($part:tt)*) => { let _ = writeln!($to, $($part)*); };
}
pub(super) use line;

/// The definition as text.
pub(super) fn write(draft: &Draft) -> String {
    let mut text = String::new();
    line!(text, "# Drafted from the exports named under [[wave]]. Lines that start with # are notes.");
    line!(text, "# What could not be decided is marked DECIDE; everything else is worth a look.\n");
    line!(text, "format = 1");
    line!(text, "title = \"Relationship management survey\"   # DECIDE: the title of the report");
    if !draft.ignore.is_empty() {
        line!(text, "# Columns that are neither scores nor few enough groups, or that may name people.");
        line!(text, "ignore = {}", list(&draft.ignore));
    }
    if !draft.scale.symbols.is_empty() {
        write_choices(&mut text, &draft.scale);
    }
    line!(text, "\n[organisation]\nname = \"Our Council\"   # DECIDE: its name");
    if draft.scale.symbols.is_empty() {
        write_scale(&mut text, draft);
    }
    questions(&mut text, draft);
    departments(&mut text, draft);
    for (id, audience) in &draft.audiences {
        self::audience(&mut text, id, audience, draft);
    }
    line!(text, "\n# --- the years ---");
    for (label, wave) in &draft.waves {
        write_wave(&mut text, label, wave);
    }
    line!(text, "\n# A figure that rests on fewer respondents than this is not shown to the public.");
    line!(text, "[disclosure]\nminimum-respondents = 10   # DECIDE: 10 is usual; for small surveys 5");
    text
}

fn questions(text: &mut String, draft: &Draft) {
    line!(text, "\n# --- the questions, in the order of the questionnaire ---");
    let standard = standard();
    let is_unworded = |question: &Question| question.named.label == question.named.id;
    let are_standard = draft.questions.len() == standard.len() && draft.questions.iter().all(is_unworded);
    let waves = draft.waves.keys().cloned().collect();
    for (at, question) in draft.questions.iter().enumerate() {
        line!(text, "\n[[question]]");
        line!(text, "id = {}{}", quoted(&question.named.id), remark(&question.note));
        match standard.get(at).filter(|_| are_standard) {
            Some(one) => {
                line!(
                    text,
                    "text = {}   # DECIDE: the standard wording, as the form has as many questions",
                    quoted(&one.text)
                );
            }
            None if is_unworded(question) => {
                line!(
                    text,
                    "text = {}   # DECIDE: the wording on the form; it is not in the file",
                    quoted(&format!("Question {}", at + 1))
                );
            }
            None => {
                line!(text, "text = {}", quoted(&question.named.label));
            }
        }
        if let Some(short) = &question.short {
            line!(text, "short = {}", quoted(short));
        }
        if let Some(element) = &question.element {
            line!(text, "element = {}", quoted(element));
        }
        aliases(text, &question.named);
        only_in(text, &question.named, &waves);
    }
}

fn departments(text: &mut String, draft: &Draft) {
    if let Some(whole) = &draft.whole {
        line!(
            text,
            "\n# --- who is scored ---\n# The organisation as one; not part of \"all departments\".\n[whole]"
        );
        line!(text, "label = {}", quoted(&whole.label));
        aliases(text, whole);
    } else if !draft.departments.is_empty() && are_symbols(&draft.departments) {
        line!(text, "\n# --- who is scored ---");
        line!(
            text,
            "# DECIDE: the export has codes for these, and no names. Write names in the labels; the ids go on finding"
        );
        line!(
            text,
            "# the columns. The organisation as one is a [whole] with its name and the code among its aliases:"
        );
        line!(text, "# [whole]");
        let code = draft.departments.first().map_or("", |it| it.label.as_str());
        line!(text, "# label = \"Our Council\"\n# aliases = [{}]", quoted(code));
    } else if !draft.departments.is_empty() {
        let labels: Vec<&str> = draft.departments.iter().map(|it| it.label.as_str()).collect();
        line!(text, "\n# --- who is scored ---");
        line!(
            text,
            "# DECIDE: if one of these is the organisation as one, write it as [whole] with its label,"
        );
        line!(
            text,
            "# and delete its [[department]]: {}",
            remark(&labels.join(", ")).trim_start_matches([' ', '#'])
        );
    }
    let waves = draft.departments.iter().chain(&draft.whole).flat_map(|it| it.waves.clone()).collect();
    for department in &draft.departments {
        line!(text, "\n[[department]]");
        line!(text, "id = {}", quoted(&department.id));
        line!(text, "label = {}", quoted(&department.label));
        aliases(text, department);
        only_in(text, department, &waves);
    }
}

fn are_symbols(all: &[Named]) -> bool {
    all.iter().all(|it| symbol(&it.label).is_some())
}

fn aliases(text: &mut String, named: &Named) {
    if !named.aliases.is_empty() {
        let waves: BTreeSet<&str> = named.aliases.iter().map(|(_, wave)| wave.as_str()).collect();
        let waves: Vec<&str> = waves.into_iter().collect();
        let names = named.aliases.iter().map(|(alias, _)| alias);
        line!(text, "aliases = {}   # as in {}; sure that it is the same?", list(names), waves.join(", "));
    }
}

fn only_in(text: &mut String, named: &Named, all: &BTreeSet<String>) {
    if named.waves != *all {
        line!(text, "waves = {}   # not found in the others", list(&named.waves));
    }
}

fn audience(text: &mut String, id: &str, audience: &Audience, draft: &Draft) {
    line!(text, "\n# --- who answered ---\n[audience.{id}]");
    line!(text, "label = {}   # DECIDE: how the report calls them", quoted(&capital(&id.replace('-', " "))));
    if audience.respondent.is_empty() {
        line!(text, "# No column identifies the form, so that a second copy of one cannot be found.");
    } else {
        line!(text, "respondent = {}   # the form", list(&audience.respondent));
    }
    if !audience.link.is_empty() {
        line!(
            text,
            "link = {}   # DECIDE: the same party in another year? If not, delete the line",
            list(&audience.link)
        );
    }
    if !audience.submitted.is_empty() {
        line!(text, "submitted = {}", list(&audience.submitted));
    }
    if audience.scores_departments {
        line!(text, "departments = true   # scores every department");
    }
    let of_waves: BTreeSet<String> = draft
        .waves
        .iter()
        .filter(|(_, wave)| wave.files.contains_key(id))
        .map(|(label, _)| label.clone())
        .collect();
    let mut taken = BTreeSet::new();
    for by in &audience.breakdowns {
        let columns: Vec<&String> =
            std::iter::once(&by.named.label).chain(by.named.aliases.iter().map(|(alias, _)| alias)).collect();
        // The shortest header is nearest to a label.
        let label = columns.iter().min_by_key(|header| header.chars().count()).map_or("", |it| it.as_str());
        let own = free_id(label, &taken);
        line!(text, "\n[[audience.{id}.breakdown]]\nid = {}", quoted(&own));
        line!(text, "label = {}   # DECIDE: how tables call it", quoted(label));
        line!(text, "columns = {}", list(columns));
        taken.insert(own);
        only_in(text, &by.named, &of_waves);
        if are_symbols(&by.groups) {
            line!(
                text,
                "# DECIDE: the export has codes for the groups, and no names. Write names in the labels; the ids go on"
            );
            line!(text, "# finding them.");
        }
        line!(text, "groups = [");
        for group in in_order(&by.groups) {
            let others: Vec<&String> = group.aliases.iter().map(|(alias, _)| alias).collect();
            let aliases =
                if others.is_empty() { String::new() } else { format!(", aliases = {}", list(others)) };
            line!(text, "  {{ id = {}, label = {}{aliases} }},", quoted(&group.id), quoted(&group.label));
        }
        line!(text, "]");
    }
}

/// Groups that are numbers by their numbers, others as they first stand in the files.
fn in_order(groups: &[Named]) -> Vec<&Named> {
    let first = |group: &Named| {
        let digits = group.label.split(|c: char| !c.is_ascii_digit()).find(|it| !it.is_empty());
        digits.and_then(|it| it.parse::<u64>().ok())
    };
    let mut ordered: Vec<&Named> = groups.iter().collect();
    if groups.iter().all(|group| group.label.starts_with(|c: char| c.is_ascii_digit())) {
        ordered.sort_by_key(|group| first(group));
    }
    ordered
}
