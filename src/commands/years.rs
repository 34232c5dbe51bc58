//! What changed in the survey itself from year to year, in words and as JSON: questions, departments,
//! groups, the scale, files, and the names that exports have for groups.

use std::collections::BTreeSet;
use std::fmt::Write;

use rmsurvey::ingest::{Input, Ledger};
use rmsurvey::survey::{Breakdown, Names, Scale, Succession, Survey, fold};
use serde::Serialize;

/// One year, beside the year before it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Year {
    wave: String,
    scale: String,
    /// Whether scores mean something else than the year before.
    other_scale: bool,
    questions: Moved,
    /// Questions asked in other words than the year before, and whether they are compared all the same.
    reworded: Vec<Reworded>,
    departments: Moved,
    audiences: Vec<Of>,
}

/// What there was, what is new of it and what is gone; ids.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Moved {
    asked: usize,
    new: Vec<String>,
    gone: Vec<String>,
    /// What was merged or split.
    succeeded: Vec<Succeeded>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Succeeded {
    from: BTreeSet<String>,
    to: BTreeSet<String>,
    /// How to compare over all years nonetheless; for groups that are not published as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reworded {
    question: String,
    comparable: bool,
}

/// One audience in a year.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Of {
    audience: String,
    /// Names under the input folder; none where it was not asked.
    files: Vec<String>,
    /// Columns of those files that the definition does not use.
    columns_not_used: u64,
    breakdowns: Vec<Groups>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Groups {
    breakdown: String,
    groups: Moved,
    /// Names of groups in the files that the definition has as aliases.
    other_names: Vec<OtherName>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
struct OtherName {
    group: String,
    name: String,
}

/// Every year of the definition.
pub(super) fn years(survey: &Survey, input: &Input) -> Vec<Year> {
    (0..survey.waves.len()).map(|wave| year(survey, input, wave)).collect()
}

fn year(survey: &Survey, input: &Input, wave: usize) -> Year {
    let before = wave.checked_sub(1);
    let moved = |ids: &dyn Fn(usize) -> Vec<String>, successions: &[Succession]| {
        let now = ids(wave);
        let then = before.map(ids);
        let less = |some: &[String], others: &[String]| -> Vec<String> {
            some.iter().filter(|id| !others.contains(id)).cloned().collect()
        };
        let here = successions.iter().filter(|succession| succession.wave == wave);
        Moved {
            asked: now.len(),
            new: then.as_ref().map_or_else(Vec::new, |then| less(&now, then)),
            gone: then.as_ref().map_or_else(Vec::new, |then| less(then, &now)),
            succeeded: here
                .map(|it| Succeeded { from: it.from.clone(), to: it.to.clone(), advice: None })
                .collect(),
        }
    };
    let questions = |wave: usize| -> Vec<String> {
        survey.questions.iter().filter(|it| it.asked.in_wave(wave)).map(|it| it.id.clone()).collect()
    };
    let departments = |wave: usize| -> Vec<String> {
        survey.departments.iter().filter(|it| it.asked.in_wave(wave)).map(|it| it.names.id.clone()).collect()
    };
    let reworded = survey.questions.iter().filter(|question| {
        before.is_some_and(|before| {
            [before, wave].iter().all(|it| question.asked.in_wave(*it)) && question.is_reworded(before, wave)
        })
    });
    let reworded = reworded.map(|question| Reworded {
        question: question.id.clone(),
        comparable: before.is_some_and(|before| question.asks_the_same(before, wave)),
    });
    let audiences = survey.audiences.iter().enumerate().map(|(audience, who)| {
        let is_here = |ledger: &&Ledger| (ledger.wave, ledger.audience) == (wave, audience);
        let ledgers: Vec<&Ledger> = input.ledgers.iter().filter(is_here).collect();
        let unused = |it: &&Ledger| it.columns.saturating_sub(it.score_columns + it.attribute_columns);
        let breakdowns = who
            .breakdowns
            .iter()
            .filter(|by| by.asked.in_wave(wave) || before.is_some_and(|before| by.asked.in_wave(before)));
        let breakdowns = breakdowns.map(|by| {
            let ids = |wave: usize| by.groups_in(wave).map(|group| group.id.clone()).collect();
            let mut groups = moved(&ids, &by.successions);
            for succeeded in &mut groups.succeeded {
                succeeded.advice = advice(by, succeeded);
            }
            Groups { breakdown: by.id.clone(), groups, other_names: other_names(by, &ledgers) }
        });
        Of {
            audience: who.id.clone(),
            files: survey.waves[wave].sources(audience).map(str::to_owned).collect(),
            columns_not_used: ledgers.iter().map(unused).sum(),
            breakdowns: breakdowns.collect(),
        }
    });
    let scale = survey.scale_of(wave);
    Year {
        wave: survey.waves[wave].label.clone(),
        scale: said(scale),
        other_scale: before.is_some_and(|before| !survey.has_same_scale(before, wave)),
        questions: moved(&questions, &[]),
        reworded: reworded.collect(),
        departments: moved(&departments, &survey.successions),
        audiences: audiences.collect(),
    }
}

/// "1 to 4, 0 for no contact".
fn said(scale: &Scale) -> String {
    let contact = scale.no_contact.map_or_else(String::new, |code| format!(", {code} for no contact"));
    format!("1 to {}{contact}", scale.top)
}

/// Groups that were merged or split are together the same people before and after.
fn advice(by: &Breakdown, succeeded: &Succeeded) -> Option<String> {
    let ids: BTreeSet<&String> = succeeded.from.union(&succeeded.to).collect();
    let is_one = by.combine.iter().any(|one| {
        let combined: BTreeSet<&String> = one.groups.iter().map(|group| &by.groups[*group].id).collect();
        combined.is_superset(&ids)
    });
    let listed: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    (!is_one).then(|| {
        format!(
            "if they are the same people before and after, one group over all years can be compared:  combine = [[{}]]",
            listed.join(", ")
        )
    })
}

fn other_names(by: &Breakdown, ledgers: &[&Ledger]) -> Vec<OtherName> {
    let columns = ledgers.iter().flat_map(|ledger| &ledger.answers);
    let texts = columns.filter(|column| column.breakdown.as_ref() == Some(&by.id)).flat_map(|it| &it.values);
    let is_other = |group: &Names, text: &str| {
        group.means(text) && ![&group.id, &group.label].iter().any(|name| fold(name) == fold(text))
    };
    let names = texts.filter_map(|text| {
        let group = by.groups.iter().find(|group| is_other(group, &text.value))?;
        Some(OtherName { group: group.id.clone(), name: text.value.clone() })
    });
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The same in words; what stayed as it was is not said again.
pub(super) fn text(survey: &Survey, years: &[Year]) -> String {
    let mut text = String::from("From year to year ([b] marks a break: nothing is compared across it):\n");
    for (wave, year) in years.iter().enumerate() {
        let is_first = wave == 0;
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut line = |what: &str, said: String| lines.push((what.to_owned(), said));
        let mark = if year.other_scale { " [b] another scale than the year before" } else { "" };
        if is_first || year.other_scale {
            line("scale", format!("{}{mark}", year.scale));
        }
        line("questions", changes(&year.questions, ""));
        for Reworded { question, comparable } in &year.reworded {
            let compared = if *comparable { "compared all the same" } else { "[b] not compared" };
            line("", format!("{question} asked in other words, {compared}"));
        }
        if !survey.departments.is_empty() {
            line("departments", changes(&year.departments, ""));
            exchanged(&year.departments, &mut line);
        }
        for of in &year.audiences {
            let files = if of.files.is_empty() { "no file".to_owned() } else { of.files.join(", ") };
            let unused = match of.columns_not_used {
                0 => String::new(),
                1 => "; 1 column not used".to_owned(),
                several => format!("; {several} columns not used"),
            };
            line(&of.audience, format!("{files}{unused}"));
            for by in of.breakdowns.iter().filter(|by| is_first || by.moved()) {
                line("", format!("{}: {}", by.breakdown, changes(&by.groups, " groups")));
                exchanged(&by.groups, &mut line);
                for other in &by.other_names {
                    line("", format!("  \"{}\" in the file is {}", other.name, other.group));
                }
            }
        }
        let width = lines.iter().map(|(what, _)| what.chars().count()).max().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}", year.wave);
        for (what, said) in lines {
            let _ = writeln!(text, "    {what:<width$}  {said}");
        }
    }
    text
}

impl Groups {
    fn moved(&self) -> bool {
        !(self.groups.new.is_empty() && self.groups.gone.is_empty() && self.other_names.is_empty())
    }
}

/// "8; new: Q9; gone: Q2".
fn changes(moved: &Moved, what: &str) -> String {
    let side = |word: &str, ids: &[String]| match ids {
        [] => String::new(),
        some => format!("; {word}: {}", some.join(", ")),
    };
    format!("{}{what}{}{}", moved.asked, side("new", &moved.new), side("gone", &moved.gone))
}

fn exchanged(moved: &Moved, line: &mut impl FnMut(&str, String)) {
    for Succeeded { from, to, advice } in &moved.succeeded {
        let how = match (from.len(), to.len()) {
            (_, 1) => "merged",
            (1, _) => "split",
            _ => "divided anew",
        };
        let [from, to] = [from, to].map(|ids| ids.iter().cloned().collect::<Vec<_>>().join(" + "));
        line("", format!("  [b] {how}: {from} -> {to}"));
        if let Some(advice) = advice {
            line("", format!("      {advice}"));
        }
    }
}
