//! Figures by falling average, and what may be said of their order.

use std::cmp::Ordering;

use crate::estimate::{Comparison, Estimate, NotTested, Verdict};
use crate::tally::{Cell, Question};
use crate::view::{MEAN_DECIMALS, View};
use crate::words::listed;

/// Averages less than a tenth of a point apart are called close, whatever a test says of them.
pub(super) const CLOSE: f64 = 0.1;

/// One figure as a sentence names it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub label: String,
    pub cell: Cell,
    pub mean: Estimate,
}

impl Entry {
    /// "Q2 Trust (1.80)".
    pub(super) fn scored(&self) -> String {
        format!("{} ({})", self.label, self.mean.rounded(MEAN_DECIMALS))
    }
}

/// The shown ones of some figures, highest first.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    pub entries: Vec<Entry>,
    /// Whether nothing that was asked for is kept back.
    pub is_complete: bool,
}

impl Ranking {
    /// Of cells with the names that sentences give them; what was not asked in its wave has no place.
    pub(super) fn of(view: &View<'_>, cells: impl Iterator<Item = (String, Cell)>) -> Ranking {
        let asked: Vec<(String, Cell)> = cells.filter(|(_, cell)| view.survey.is_asked(cell)).collect();
        // What nobody scored is no secret, and has no place in an order.
        let is_complete = asked.iter().all(|(_, cell)| view.figure(cell).is_some());
        let shown = asked.into_iter().filter_map(|(label, cell)| {
            let mean = *view.mean(&cell)?;
            Some(Entry { label, cell, mean })
        });
        let mut entries: Vec<Entry> = shown.collect();
        entries.sort_by(|one, other| order(&other.mean, &one.mean));
        Ranking { is_complete, entries }
    }

    /// The questions of a cell.
    pub(super) fn of_questions(view: &View<'_>, cell: Cell) -> Ranking {
        let questions = (0..view.survey.questions.len()).map(Question::One);
        Ranking::of(
            view,
            questions.map(|question| (view.question_label(question), Cell { question, ..cell })),
        )
    }

    /// All of them, beginning at an end; what ties stays as it stood.
    pub(super) fn from(&self, end: End) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        if end == End::Lowest {
            entries.sort_by(|one, other| order(&one.mean, &other.mean));
        }
        entries
    }

    /// The first at an end, with those that tie with it; none where that would be all.
    pub(super) fn at(&self, end: End) -> Vec<&Entry> {
        self.first(end, 1)
    }

    /// The few at an end that a sentence has room for: at most three, fewer where more tie, and never one
    /// that stands at the other end too.
    pub(super) fn few(&self, end: End) -> Vec<&Entry> {
        let room = (self.entries.len() / 2).min(3);
        let fitting = (1..=room).rev().map(|count| self.first(end, count));
        fitting.into_iter().find(|named| named.len() <= room).unwrap_or_default()
    }

    fn first(&self, end: End, count: usize) -> Vec<&Entry> {
        let ordered = self.from(end);
        let Some(last) = count.checked_sub(1).and_then(|last| ordered.get(last)) else { return Vec::new() };
        let ties = |entry: &&&Entry| order(&entry.mean, &last.mean) == Ordering::Equal;
        let tied = ordered.iter().skip(count).take_while(ties).count();
        if count + tied == ordered.len() { Vec::new() } else { ordered[..count + tied].to_vec() }
    }

    /// " of the questions shown" where some are not.
    pub(super) fn of_those_shown(&self, what: &str) -> String {
        if self.is_complete { String::new() } else { format!(" of the {what} shown") }
    }
}

/// By exact value where there is one: equal averages are equal.
pub(super) fn order(one: &Estimate, other: &Estimate) -> Ordering {
    let exact = one.ratio.zip(other.ratio).and_then(|(one, other)| one.partial_cmp(&other));
    exact.unwrap_or_else(|| one.value.total_cmp(&other.value))
}

/// " The highest questions of North were ...": the questions at an end within one figure.
pub(super) fn of_its_questions(
    view: &View<'_>,
    of: &Entry,
    end: End,
    named: fn(&Ranking, End) -> Vec<&Entry>,
) -> String {
    let ranking = Ranking::of_questions(view, of.cell);
    let named = named(&ranking, end);
    let (question, were) = match named.len() {
        0 => return String::new(),
        1 => ("question", "was"),
        _ => ("questions", "were"),
    };
    let shown = if ranking.is_complete { "" } else { " shown" };
    format!(" The {} {question}{shown} of {} {were} {}.", end.superlative(), of.label, scored(&named))
}

/// Said of the order of figures that no test holds against each other.
pub(super) const ORDER_NOT_TESTED: &str = "the order of questions is not tested and could be chance";

/// "Q1 Sharing information (1.91) and Q3 Inclusion in decisions (1.92)".
pub(super) fn scored(entries: &[&Entry]) -> String {
    listed(&entries.iter().map(|entry| entry.scored()).collect::<Vec<_>>())
}

/// Which end of an order a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Highest,
    Lowest,
}

impl End {
    pub(super) fn superlative(self) -> &'static str {
        match self {
            End::Highest => "highest",
            End::Lowest => "lowest",
        }
    }

    pub(super) fn comparative(self) -> &'static str {
        match self {
            End::Highest => "higher",
            End::Lowest => "lower",
        }
    }

    /// The verdict of the end over another that makes its place clear.
    pub(super) fn clear(self) -> Verdict {
        match self {
            End::Highest => Verdict::Higher,
            End::Lowest => Verdict::Lower,
        }
    }
}

/// What stands after the end of an order about the next to it: ", clearly higher than the next, ...".
pub(super) fn against_next(end: End, first: &Entry, next: &Entry, gap: Option<&Comparison>) -> String {
    let next_scored = next.scored();
    if order(&first.mean, &next.mean) == Ordering::Equal {
        return format!(", the same as {next_scored}");
    }
    let is_close = gap.and_then(|gap| gap.difference).is_some_and(|it| it.value.abs() < CLOSE);
    match gap.map(|gap| gap.verdict) {
        None => format!("; next is {next_scored}"),
        Some(Verdict::Higher | Verdict::Lower) => {
            format!(", clearly {} than the next, {next_scored}", end.comparative())
        }
        Some(Verdict::NotClear) if is_close => {
            format!(", closely followed by {next_scored}; the gap could be chance")
        }
        Some(Verdict::NotClear) => format!(", but the gap to the next, {next_scored}, could be chance"),
        Some(Verdict::NotTested(reason)) if is_close => {
            format!(
                ", closely followed by {next_scored}; {} to test the gap, which could be chance",
                why_not(reason)
            )
        }
        Some(Verdict::NotTested(reason)) => format!(
            ", but {} to test the gap to the next, {next_scored}, which could be chance",
            why_not(reason)
        ),
    }
}

/// "too few answered", of which a test would have needed more.
pub(super) fn why_not(reason: NotTested) -> &'static str {
    match reason {
        NotTested::SmallBase | NotTested::NoAnswers => "too few answered",
        NotTested::NoStandardError => "answers are too few or too much alike",
        NotTested::NotJudged | NotTested::Break | NotTested::NotAGroup | NotTested::AveragesOnly => {
            "too little is known"
        }
    }
}

/// The same comparison seen from its other side.
pub(super) fn mirrored(comparison: &Comparison) -> Comparison {
    let verdict = match comparison.verdict {
        Verdict::Higher => Verdict::Lower,
        Verdict::Lower => Verdict::Higher,
        other => other,
    };
    Comparison { verdict, ..comparison.clone() }
}
