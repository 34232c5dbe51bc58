//! What still needs attention: what is lowest, what did not clearly improve, what fell.

use super::departments::{against_rest, departments};
use super::groups::Grouped;
use super::ranking::{End, Entry, ORDER_NOT_TESTED, Ranking, scored};
use super::{Finding, Topic};
use crate::estimate::Verdict;
use crate::tally::{Cell, Department, Group, Question};
use crate::view::View;
use crate::words::{capital, counted, listed, possessive, within};

/// About the latest year, and what changed since the one before it.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some(&wave) = view.waves.last() else { return Vec::new() };
    let audiences: Vec<usize> =
        (0..view.survey.audiences.len()).filter(|&one| view.waves_of(one).contains(&wave)).collect();
    let mut found: Vec<Finding> = lowest(view, &audiences, wave).into_iter().collect();
    for audience in audiences {
        let of = Of { view, audience, wave };
        found.extend([of.questions(), of.departments(), of.groups(), of.fell()].into_iter().flatten());
    }
    found
}

/// The lowest question of every audience, for the first page.
fn lowest(view: &View<'_>, audiences: &[usize], wave: usize) -> Option<Finding> {
    let rankings = audiences.iter().map(|&audience| {
        (audience, Ranking::of_questions(view, view.headline(wave, audience, Question::All)))
    });
    let rankings: Vec<(usize, Ranking)> = rankings.collect();
    let mut first: Option<Cell> = None;
    let parts = rankings.iter().filter_map(|(audience, ranking)| {
        let named = ranking.at(End::Lowest);
        first = first.or(Some(named.first()?.cell));
        Some(format!(
            "{} scored {} lowest{}",
            within(&view.audience(*audience).label),
            scored(&named),
            ranking.of_those_shown("questions")
        ))
    });
    let parts: Vec<String> = parts.collect();
    let text = format!("In {} {}; {ORDER_NOT_TESTED}.", view.wave_label(wave), listed(&parts));
    Some(Finding::new(view, Topic::Attention, &first?, text).headline_if(true))
}

struct Of<'v, 'a> {
    view: &'v View<'a>,
    audience: usize,
    wave: usize,
}

impl<'a> Of<'_, 'a> {
    fn everyone(&self) -> Cell {
        self.view.headline(self.wave, self.audience, Question::All)
    }

    fn year(&self) -> &'a str {
        self.view.wave_label(self.wave)
    }

    fn who(&self) -> String {
        within(&self.view.audience(self.audience).label)
    }

    fn finding(&self, cell: &Cell, text: &str) -> Finding {
        Finding::new(self.view, Topic::Attention, cell, capital(text))
    }

    /// The wave before, where there is one.
    fn before(&self) -> Option<usize> {
        self.view.latest_pair().map(|(from, _)| from)
    }

    fn changed(&self, cell: &Cell) -> Option<Verdict> {
        Some(self.view.change(cell, self.before()?)?.comparison.verdict)
    }

    /// " Since 2016, Q1 clearly rose; for Q3 the survey cannot tell."
    fn since(&self, entries: &[&Entry]) -> String {
        let Some(before) = self.before().map(|it| self.view.wave_label(it)) else { return String::new() };
        let with = |wanted: &dyn Fn(Verdict) -> bool| -> Vec<&str> {
            let those = entries.iter().filter(|entry| self.changed(&entry.cell).is_some_and(wanted));
            those.map(|entry| entry.label.as_str()).collect()
        };
        let rose = with(&|it| it == Verdict::Higher);
        let fell = with(&|it| it == Verdict::Lower);
        let unclear = with(&|it| it == Verdict::NotClear);
        let untested = with(&|it| matches!(it, Verdict::NotTested(_)));
        if unclear.len() == entries.len() {
            let which = match unclear.len() {
                1 => "it",
                2 => "either",
                _ => "any of them",
            };
            return format!(" The survey cannot tell whether {which} changed since {before}.");
        }
        let parts = [
            (rose, "clearly rose", true),
            (fell, "clearly fell", true),
            (unclear, "the survey cannot tell", false),
            (untested, "there is no test", false),
        ];
        let says = parts.iter().filter(|(labels, ..)| !labels.is_empty()).map(|(labels, what, is_verb)| {
            let labels = listed(labels);
            if *is_verb { format!("{labels} {what}") } else { format!("for {labels} {what}") }
        });
        let says: Vec<String> = says.collect();
        if says.is_empty() { String::new() } else { format!(" Since {before}, {}.", says.join("; ")) }
    }

    fn questions(&self) -> Option<Finding> {
        let ranking = Ranking::of_questions(self.view, self.everyone());
        let named = ranking.few(End::Lowest);
        let first = named.first()?;
        let text = format!(
            "{} lowest{} in {} are for {}.{}",
            possessive(&self.who()),
            if ranking.is_complete { " scores" } else { " scores of those shown" },
            self.year(),
            scored(&named),
            self.since(&named),
        );
        Some(self.finding(&first.cell, &text))
    }

    fn departments(&self) -> Option<Finding> {
        if !self.view.audience(self.audience).scores_departments {
            return None;
        }
        let ranking = departments(self.view, self.audience, self.wave);
        let is_lower = |entry: &&Entry| against_rest(self.view, &entry.cell) == Some(Verdict::Lower);
        let lower: Vec<&Entry> = ranking.entries.iter().rev().filter(is_lower).collect();
        let (who, year) = (self.who(), self.year());
        match lower.first() {
            Some(first) => {
                let text = format!(
                    "{who} scored {} clearly lower than the other departments together in {year}.{}",
                    scored(&lower),
                    self.since(&lower)
                );
                Some(self.finding(&first.cell, &text))
            }
            None => {
                let lowest = ranking.at(End::Lowest);
                let first = lowest.first()?;
                let text = format!(
                    "{who} scored {} lowest of the departments{} in {year}, but no department is clearly lower than the others together.{}",
                    scored(&lowest),
                    if ranking.is_complete { "" } else { " shown" },
                    self.since(&lowest)
                );
                Some(self.finding(&first.cell, &text))
            }
        }
    }

    /// Groups that are clearly lower than the others of their breakdown together.
    fn groups(&self) -> Option<Finding> {
        let breakdowns = &self.view.audience(self.audience).breakdowns;
        let mut is_any_tested = false;
        let mut first: Option<Cell> = None;
        let mut parts = Vec::new();
        for (breakdown, definition) in breakdowns.iter().enumerate() {
            let by = Grouped::new(self.view, self.wave, self.audience, breakdown);
            let verdict = |entry: &Entry| by.against_rest(&entry.cell);
            let entries = || by.ranking.entries.iter().rev();
            is_any_tested |=
                entries().any(|it| verdict(it).is_some_and(|it| !matches!(it, Verdict::NotTested(_))));
            let lower: Vec<&Entry> = entries().filter(|it| verdict(it) == Some(Verdict::Lower)).collect();
            let Some(lowest) = lower.first() else { continue };
            first = first.or(Some(lowest.cell));
            parts.push(format!("{} by {}", scored(&lower), within(&definition.label)));
        }
        let (who, year) = (self.who(), self.year());
        match first {
            Some(cell) => {
                let text = format!(
                    "these {who} gave clearly lower scores in {year} than all others of their kind together: {}.",
                    parts.join("; ")
                );
                Some(self.finding(&cell, &text))
            }
            None => is_any_tested.then(|| {
                let text = format!(
                    "no group of {who} that is shown gave clearly lower scores than the others in {year}."
                );
                self.finding(&self.everyone(), &text)
            }),
        }
    }

    /// What clearly fell since the year before, or that nothing did.
    fn fell(&self) -> Option<Finding> {
        let before = self.before()?;
        let everyone = self.everyone();
        let view = self.view;
        let questions = (0..view.survey.questions.len()).map(Question::One);
        let questions =
            questions.map(|question| (view.question_label(question), Cell { question, ..everyone }));
        let departments = (0..view.survey.departments.len())
            .map(Department::One)
            .map(|department| (view.department_label(department), Cell { department, ..everyone }));
        let groups = view.survey.group_cells(self.audience).into_iter().filter(|it| *it != Group::Everyone);
        let groups = groups.map(|group| {
            let by = group.breakdown().map(|it| within(&view.audience(self.audience).breakdowns[it].label));
            let label = format!("{} by {}", view.group_label(self.audience, group), by.unwrap_or_default());
            (label, Cell { group, ..everyone })
        });
        let kinds: [(&str, Vec<(String, Cell)>); 3] = [
            ("question", questions.collect()),
            ("department", departments.collect()),
            ("group", groups.collect()),
        ];
        let mut fell: Vec<(String, Cell)> = Vec::new();
        let mut tested = Vec::new();
        for (kind, cells) in kinds {
            let verdicts =
                cells.into_iter().filter_map(|(label, cell)| Some((self.changed(&cell)?, label, cell)));
            let judged: Vec<_> = verdicts.filter(|it| !matches!(it.0, Verdict::NotTested(_))).collect();
            match judged.len() {
                0 => {}
                1 => tested.push(format!("one {kind}")),
                some => tested.push(format!("{} {kind}s", counted(some))),
            }
            fell.extend(judged.into_iter().filter(|it| it.0 == Verdict::Lower).map(|it| (it.1, it.2)));
        }
        if tested.is_empty() {
            return None;
        }
        let (from, to) = (view.wave_label(before), self.year());
        let Some((_, first)) = fell.first() else {
            let text = format!(
                "none of the {} tested clearly fell in {} scores from {from} to {to}.",
                listed(&tested),
                possessive(&self.who())
            );
            return Some(self.finding(&everyone, &text));
        };
        let labels: Vec<&str> = fell.iter().map(|it| it.0.as_str()).collect();
        let text = format!(
            "{} scores clearly fell from {from} to {to} on {}, of {} tested.",
            possessive(&self.who()),
            listed(&labels),
            listed(&tested)
        );
        Some(self.finding(first, &text).headline_if(true))
    }
}
