//! The decision on every figure of a run, made once, before anything is released.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::audit::Audit;
use super::behind::Behind;
use super::bounds::bounds;
use super::complementary::{Rule, protect};
use super::means::Bounds;
use super::released::{Fixed, Told};
use super::sheet::{Entry, PUBLIC_CROSSINGS, Sheet};
use super::{Decisions, Status, Withheld, matched, status, unanimous};
use crate::estimate::{Figure, Figures};
use crate::ingest::EarlierRelease;
#[cfg(test)]
use crate::ingest::Responses;
use crate::survey::Survey;
use crate::tally::{Cell, Counted};

/// One sheet with what is withheld of it.
#[derive(Debug)]
pub(super) struct Decided {
    pub sheet: Sheet,
    pub rules: Vec<Option<Rule>>,
    /// What is out already.
    pub fixed: Fixed,
    /// Whether a figure stays shown that today's rules would not show.
    pub is_overruled: bool,
}

impl Decided {
    /// Whether a figure over the items common with another wave is withheld.
    pub fn withholds(&self, cell: &Cell, other: usize) -> bool {
        self.sheet.find(cell, Some(other)).is_some_and(|entry| self.rules[entry].is_some())
    }
}

/// The sheets of a run by wave and audience.
pub(super) type Sheets = BTreeMap<(usize, usize), Decided>;

/// A step of the decision. Left out in tests only, to see that an attack notices.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Whatever goes beyond what is small or unanimous.
    Complementary,
    /// All of the audit but that what is withheld on a line rests on enough people together.
    Audit,
    /// Who answered in an earlier wave as well, and which items both waves have.
    EarlierWave,
    /// What is already out.
    Released,
}

/// Decides on every figure: few respondents, unanimity, what would give those away, and an audit
/// until nothing can be recovered.
pub fn decide(survey: &Survey, figures: &Figures) -> Decisions {
    decide_without(survey, figures, None)
}

/// What follows from the answers alone, whatever is estimated from them: most of the decision.
#[derive(Debug)]
pub struct FromAnswers {
    sheets: Sheets,
    /// Per sheet, in their order.
    seen: Vec<Seen>,
    left_out: Option<Step>,
}

/// What a reader of one sheet can work out.
#[derive(Debug)]
struct Seen {
    told: Told,
    bounds: Vec<Option<Bounds>>,
}

/// The first half of [`decide`], for whoever has other work to do beside it.
pub fn from_answers(survey: &Survey, counted: &Counted<'_>) -> FromAnswers {
    let answers = Behind::each(counted.responses, &counted.sums);
    from_answers_without(survey, (&answers, counted.released), None)
}

fn from_answers_without(
    survey: &Survey,
    (answers, released): (&[Behind<'_>], &[EarlierRelease]),
    left_out: Option<Step>,
) -> FromAnswers {
    let looks_back = left_out != Some(Step::EarlierWave);
    let sheets = answers.par_iter().map(|one| {
        let all = if looks_back { answers } else { &[] };
        let out = released.iter().find(|release| release.wave == one.wave());
        let out = out.filter(|_| left_out != Some(Step::Released));
        ((one.wave(), one.audience()), decided_without(survey, *one, (all, out), left_out))
    });
    let sheets: Sheets = sheets.collect();
    let seen = sheets.par_iter().map(|(_, Decided { sheet, rules, fixed, .. })| {
        let is_withheld: Vec<bool> = rules.iter().map(Option::is_some).collect();
        let told = Audit::beyond(sheet, &fixed.shown).told(&is_withheld);
        Seen { told, bounds: bounds(sheet, &is_withheld) }
    });
    FromAnswers { seen: seen.collect(), sheets, left_out }
}

/// As [`decide`], with a step left out. Nothing that rests on this may be published.
#[doc(hidden)]
pub fn decide_without(survey: &Survey, figures: &Figures, left_out: Option<Step>) -> Decisions {
    let answers = from_answers_without(survey, (&Behind::all(figures), &figures.released), left_out);
    decide_on(survey, figures, &answers)
}

/// The second half of [`decide`]; the figures are of the same answers.
pub fn decide_on(survey: &Survey, figures: &Figures, answers: &FromAnswers) -> Decisions {
    let FromAnswers { sheets, seen, left_out } = answers;
    let looks_back = *left_out != Some(Step::EarlierWave);
    let decided = |(cell, figure): (&Cell, &Arc<Figure>)| {
        let primary = status::primary(survey, cell, figure);
        let on_sheet =
            sheets.get(&(cell.wave, cell.audience)).filter(|_| cell.crossings() <= PUBLIC_CROSSINGS);
        let status = match on_sheet.and_then(|one| Some((one, one.sheet.find(cell, None)?))) {
            Some((one, entry)) if one.rules[entry].is_some() => Status::Withheld,
            Some((one, entry)) if one.fixed.shown[entry] => status::of_shown(figure),
            Some(_) => primary,
            None => {
                let is_alike = survey.unanimity && unanimous::is_unanimous(&figure.counts);
                let is_kept_back = !survey.publishes(cell.audience, cell.group);
                let is_hidden = primary == Status::Ok && (is_alike || is_kept_back);
                if is_hidden { Status::Withheld } else { primary }
            }
        };
        (*cell, status)
    };
    let results: Vec<(&Cell, &Arc<Figure>)> = figures.results.iter().collect();
    let cells: Vec<(Cell, Status)> = results.into_par_iter().map(decided).collect();
    let mut decisions = Decisions { cells: cells.into_iter().collect(), ..Decisions::default() };
    for ((&(wave, audience), Decided { sheet, rules, is_overruled, .. }), Seen { told, bounds }) in
        sheets.iter().zip(seen)
    {
        if *is_overruled {
            decisions.overruled.insert(wave);
        }
        let of_wave = decisions.told.entry(wave).or_default();
        of_wave.figures += told.figures;
        of_wave.sets += told.sets;
        let is_here = |cell: &Cell| (cell.wave, cell.audience) == (wave, audience);
        let cells =
            decisions.cells.iter().filter(|(cell, status)| **status == Status::Withheld && is_here(cell));
        let withheld = cells.filter_map(|(cell, _)| {
            let entry = sheet.find(cell, None).filter(|_| cell.crossings() <= PUBLIC_CROSSINGS)?;
            let Bounds { lower, upper, .. } = bounds[entry].unwrap_or(Bounds::open(sheet.top));
            Some(Withheld { cell: *cell, rule: rules[entry]?, lower, upper })
        });
        decisions.withheld.extend(withheld);
    }
    decisions.withheld.sort_by_key(|withheld| withheld.cell);
    let withholds = |cell: &Cell, other: usize| {
        let sheet = sheets.get(&(cell.wave, cell.audience));
        sheet.is_some_and(|decided| decided.withholds(cell, other))
    };
    let changes = figures.changes.par_iter().filter(|change| {
        let [from, to] = change.cells();
        change.cell.crossings() <= PUBLIC_CROSSINGS
            && (withholds(&from, to.wave) || withholds(&to, from.wave))
    });
    decisions.changes.par_extend(changes.map(|change| (change.cell, change.from_wave)));
    if looks_back {
        decisions.matched =
            matched::withheld(survey, figures, sheets, |change| decisions.change(change) == Status::Ok);
    }
    decisions
}

/// Decides on one audience in one wave.
#[cfg(test)]
pub(super) fn decided(survey: &Survey, responses: &Responses, all: &[Responses]) -> Decided {
    let all: Vec<Behind<'_>> = all.iter().map(Behind::Forms).collect();
    decided_without(survey, Behind::Forms(responses), (&all, None), None)
}

fn decided_without(
    survey: &Survey,
    behind: Behind<'_>,
    (all, out): (&[Behind<'_>], Option<&EarlierRelease>),
    left_out: Option<Step>,
) -> Decided {
    let is_other =
        |other: &&Behind<'_>| other.audience() == behind.audience() && other.wave() != behind.wave();
    let others: Vec<usize> = all.iter().filter(is_other).map(|other| other.wave()).collect();
    let sheet = Sheet::of(survey, behind, &others, PUBLIC_CROSSINGS);
    let by_itself = |entry: &Entry| {
        let (people, held) = (entry.base, &entry.held);
        let nobody_scored = people == 0 && usize::try_from(held.forms).is_ok_and(|it| it >= sheet.minimum);
        if people < sheet.minimum && !nobody_scored {
            Some(Rule::Primary)
        } else if survey.unanimity && unanimous::is_alike(held.answers, held.most_alike()) {
            Some(Rule::Unanimous)
        } else {
            None
        }
    };
    let mut rules: Vec<Option<Rule>> = sheet.entries.iter().map(by_itself).collect();
    let fixed = Fixed::of(survey, &sheet, out);
    let is_overruled = fixed.apply(&mut rules);
    if left_out != Some(Step::Complementary) {
        protect(survey, &sheet, left_out != Some(Step::Audit), &fixed.shown, &mut rules);
    }
    Decided { sheet, rules, fixed, is_overruled }
}
