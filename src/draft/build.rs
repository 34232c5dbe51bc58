//! From exports to a definition in the making.

use std::collections::{BTreeMap, BTreeSet};

use super::export::{Column, Export};
use super::model::{Audience, Breakdown, Draft, Named, Question, Wave, add_name, meet};
use super::people::{breakdowns, dates, ids};
use super::scale::{is_scores, is_symbols, scale};
use super::wording::{Asked, Parts, alike, likeness, parts, standard};
use crate::survey::{QuestionDefinition, fold};

/// From here on a wording is taken for a standard question.
const SURE_ENOUGH: f64 = 0.75;

/// The columns of scores of one file, each with its question and perhaps a row.
struct Scores {
    columns: Vec<(usize, Asked, Option<String>)>,
    by_order: bool,
}

/// Describes exports, in the order of their waves.
pub(super) fn build(exports: &[Export]) -> Draft {
    let standard = standard();
    let mut draft = Draft::default();
    let mut of_scores: Vec<(usize, usize)> = Vec::new();
    let mut described: Vec<(String, usize)> = exports
        .iter()
        .enumerate()
        .map(|(at, export)| {
            let years = dates(export).map(|it| it.to.year()).into_iter().collect();
            (export.wave(&years), at)
        })
        .collect();
    described.sort_by(|one, other| one.0.cmp(&other.0));
    for (wave, at) in described {
        let export = &exports[at];
        let scores = scores(export, &standard);
        of_scores.extend(scores.columns.iter().map(|(column, ..)| (at, *column)));
        describe(&mut draft, export, &wave, &scores, &standard);
    }
    draft.scale = scale(of_scores.iter().map(|(at, column)| (&exports[*at], *column)));
    draft.whole = whole(&mut draft.departments);
    draft
}

/// The label that stands for the organisation as one, taken out of the departments.
fn whole(departments: &mut Vec<Named>) -> Option<Named> {
    let is_whole = |it: &Named| {
        let label = fold(&it.label);
        ["as one", "as a whole", "overall", "council", "whole"].iter().any(|word| label.contains(word))
    };
    let found: Vec<usize> = (0..departments.len()).filter(|at| is_whole(&departments[*at])).collect();
    match found[..] {
        [one] if departments.len() > 1 => Some(departments.remove(one)),
        _ => None,
    }
}

fn scores(export: &Export, standard: &[QuestionDefinition]) -> Scores {
    let (respondent, link) = ids(export);
    let is_id = |header: &str| [&respondent, &link].into_iter().flatten().any(|id| id == header);
    let columns = export.columns.iter().enumerate();
    // Symbols are scores where no matrix holds any.
    let has_scores = export.columns.iter().any(|it| it.shown().ends_with(']') && is_scores(it));
    let may_score = |column: &Column| is_scores(column) || (!has_scores && is_symbols(column));
    let scored: Vec<(usize, Parts)> = columns
        .filter(|(_, column)| !is_id(column.header()))
        .filter(|(_, column)| may_score(column) || (column.values.is_empty() && !column.is_own))
        .map(|(at, column)| (at, parts(column, standard)))
        .collect();
    let mut rows: BTreeMap<&Asked, usize> = BTreeMap::new();
    for (_, parts) in scored.iter().filter(|(_, parts)| parts.row.is_some()) {
        *rows.entry(&parts.question).or_default() += 1;
    }
    let has_rows = |question: &Asked| rows.get(question).is_some_and(|rows| *rows > 1);
    let by_label = by_label(export, &scored);
    let by_order = !by_label.is_empty();
    let mut columns = Vec::new();
    for (at, parts) in &scored {
        let is_empty = export.columns[*at].values.is_empty();
        let (question, row) = match (&parts.question, &parts.row) {
            (Asked::Label(_), None) if by_order => match by_label.get(at) {
                Some((run, label)) => (Asked::Id(format!("Q{run}")), Some(label.clone())),
                None => continue,
            },
            (question, Some(row)) if has_rows(question) => (question.clone(), Some(row.clone())),
            // A code with one text below: the text is the question.
            (Asked::Id(_), Some(_)) => (Asked::Wording(export.columns[*at].shown().to_owned()), None),
            (Asked::Wording(text), Some(row)) => (Asked::Wording(format!("{text} {row}")), None),
            (Asked::Label(text), None) => (Asked::Wording(text.clone()), None),
            (question, None) => (question.clone(), None),
            (Asked::Label(_), Some(_)) => continue,
        };
        // A column without answers is one of scores only where its question has others.
        if !is_empty || row.is_some() {
            columns.push((*at, question, row));
        }
    }
    // Beside questions about departments a question without any is another kind of question.
    let about_rows: BTreeSet<Asked> =
        columns.iter().filter(|(_, _, row)| row.is_some()).map(|(_, question, _)| question.clone()).collect();
    columns.retain(|(_, question, _)| about_rows.is_empty() || about_rows.contains(question));
    Scores { columns, by_order }
}

/// Labels that stand in the file several times, each with the run of labels that it is in: `Finance`
/// and `Finance2`, `4.a. Finance` and `5.a. Finance`.
fn by_label(export: &Export, scored: &[(usize, Parts)]) -> BTreeMap<usize, (usize, String)> {
    let labels: Vec<(usize, &str)> = scored
        .iter()
        .filter(|(at, _)| !export.columns[*at].values.is_empty())
        .filter_map(|(at, parts)| match &parts.question {
            Asked::Label(label) if parts.row.is_none() => Some((*at, label.as_str())),
            _ => None,
        })
        .collect();
    let known: BTreeSet<String> = labels.iter().map(|(_, label)| fold(label)).collect();
    let base = |label: &str| {
        let plain = label.trim_end_matches(|c: char| c.is_ascii_digit());
        if plain.len() < label.len() && known.contains(&fold(plain)) {
            plain.to_owned()
        } else {
            label.to_owned()
        }
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let runs: Vec<(usize, usize, String)> = labels
        .iter()
        .map(|(at, label)| {
            let label = base(label);
            let run = seen.entry(fold(&label)).or_default();
            *run += 1;
            (*at, *run, label)
        })
        .collect();
    let repeated = runs.iter().filter(|(_, _, label)| seen.get(&fold(label)).is_some_and(|times| *times > 1));
    repeated.map(|(at, run, label)| (*at, (*run, label.clone()))).collect()
}

fn describe(
    draft: &mut Draft,
    export: &Export,
    wave: &str,
    scores: &Scores,
    standard: &[QuestionDefinition],
) {
    let id = export.audience();
    let found_dates = dates(export);
    let (respondent, link) = ids(export);
    let mut taken: BTreeSet<usize> = scores.columns.iter().map(|(at, ..)| *at).collect();
    let about: Vec<&String> =
        respondent.iter().chain(&link).chain(found_dates.as_ref().map(|it| &it.header)).collect();
    taken.extend(
        (0..export.columns.len()).filter(|at| about.contains(&&export.columns[*at].header().to_owned())),
    );

    let mut asked: Vec<&Asked> = scores.columns.iter().map(|(_, question, _)| question).collect();
    asked.dedup();
    let mut once = BTreeSet::new();
    asked.retain(|question| once.insert((*question).clone()));
    for question in asked {
        meet_question(&mut draft.questions, question, wave, standard);
    }
    for (_, _, row) in &scores.columns {
        if let Some(row) = row {
            meet(&mut draft.departments, row, wave);
        }
    }
    let audience = draft.audiences.entry(id.clone()).or_default();
    audience.scores_departments |= scores.columns.iter().any(|(_, _, row)| row.is_some());
    respondent.iter().for_each(|it| add_name(&mut audience.respondent, it));
    link.iter().for_each(|it| add_name(&mut audience.link, it));
    found_dates.iter().for_each(|it| add_name(&mut audience.submitted, &it.header));
    let dividing = breakdowns(export, &taken);
    meet_breakdowns(audience, export, &dividing, wave);
    taken.extend(dividing);
    let unexplained =
        export.columns.iter().enumerate().filter(|(at, column)| !taken.contains(at) && !column.is_own);
    let mut ignored: BTreeSet<String> = draft.ignore.iter().map(|header| fold(header)).collect();
    for (_, column) in unexplained {
        let header = column.shown();
        if ignored.insert(fold(header)) {
            draft.ignore.push(header.to_owned());
        }
    }
    let wave: &mut Wave = draft.waves.entry(wave.to_owned()).or_default();
    wave.by_order |= scores.by_order;
    wave.dates.extend(found_dates);
    wave.files.entry(id).or_default().push((export.file.clone(), export.platform));
}

/// A column divides as an earlier one did where its header or most of its groups are the same. Two
/// columns of one file are two breakdowns, however alike they are.
fn meet_breakdowns(audience: &mut Audience, export: &Export, columns: &[usize], wave: &str) {
    let header = |at: &usize| crate::ingest::without_number(export.columns[*at].shown());
    let called = |all: &[Breakdown], header: &str| all.iter().position(|by| by.named.means(&fold(header)));
    let mut met: BTreeSet<usize> =
        columns.iter().filter_map(|at| called(&audience.breakdowns, header(at))).collect();
    for at in columns {
        let (column, header) = (&export.columns[*at], header(at));
        let is_it = |by: &Breakdown| {
            let same = |text: &&String| by.groups.iter().any(|group| alike(&group.label, text));
            alike(&by.named.label, header) || column.values.keys().filter(same).count() * 2 > by.groups.len()
        };
        let near = || {
            (0..audience.breakdowns.len()).find(|by| !met.contains(by) && is_it(&audience.breakdowns[*by]))
        };
        let position = called(&audience.breakdowns, header).or_else(near).unwrap_or_else(|| {
            let label = header.to_owned();
            audience
                .breakdowns
                .push(Breakdown { named: Named { label, ..Named::default() }, groups: Vec::new() });
            audience.breakdowns.len() - 1
        });
        met.insert(position);
        let by = &mut audience.breakdowns[position];
        if !by.named.means(&fold(header)) {
            by.named.aliases.push((header.to_owned(), wave.to_owned()));
        }
        by.named.waves.insert(wave.to_owned());
        for text in column.values.keys() {
            meet(&mut by.groups, text, wave);
        }
    }
}

fn meet_question(questions: &mut Vec<Question>, asked: &Asked, wave: &str, standard: &[QuestionDefinition]) {
    let (text, id) = match asked {
        Asked::Wording(text) | Asked::Label(text) => (text.as_str(), None),
        Asked::Id(id) => (id.as_str(), Some(id.as_str())),
    };
    if let Some(id) = id {
        if let Some(known) = questions.iter_mut().find(|it| it.named.id == id) {
            known.named.waves.insert(wave.to_owned());
            return;
        }
        let named = Named {
            id: id.to_owned(),
            label: id.to_owned(),
            aliases: Vec::new(),
            waves: [wave.to_owned()].into(),
        };
        questions.push(Question { named, ..Question::default() });
        return;
    }
    let mut named: Vec<Named> = questions.iter().map(|it| it.named.clone()).collect();
    let before = named.len();
    meet(&mut named, text, wave);
    for (question, named) in questions.iter_mut().zip(&named) {
        question.named = named.clone();
    }
    let Some(mut new) = named.into_iter().nth(before) else { return };
    let free = standard.iter().filter(|one| !questions.iter().any(|it| it.named.id == one.id));
    let best = free.map(|one| (likeness(text, one), one)).max_by(|a, b| a.0.total_cmp(&b.0));
    let matched = best.filter(|(likeness, _)| *likeness >= SURE_ENOUGH);
    if let Some((likeness, one)) = matched {
        new.id.clone_from(&one.id);
        let note = if likeness == 1.0 {
            format!("the standard question {}, word for word", one.id)
        } else {
            format!("taken for the standard question {}: {:.0}% alike; sure?", one.id, likeness * 100.0)
        };
        questions.push(Question {
            named: new,
            short: Some(one.short.clone()),
            element: one.element.clone(),
            note,
        });
        return;
    }
    let mut taken: BTreeSet<&str> = questions.iter().map(|it| it.named.id.as_str()).collect();
    if questions.iter().any(|it| it.short.is_some()) {
        taken.extend(standard.iter().map(|it| it.id.as_str()));
    }
    let mut ids = (1..).map(|number| format!("Q{number}"));
    new.id = ids.find(|id| !taken.contains(id.as_str())).unwrap_or_default();
    questions.push(Question {
        named: new,
        note: "none of the eight standard questions".to_owned(),
        ..Question::default()
    });
}
