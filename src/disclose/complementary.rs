//! What else has to be withheld so that what is withheld stays so, at the lowest price.
//!
//! Several plans are made, and the one that loses least is taken: least of the headline, then
//! fewest breakdowns left with one group, then fewest figures. Where the headline or a breakdown
//! has lost something, it is looked up what of it could be shown at all, and plans that keep that are
//! made as well.

use std::collections::BTreeSet;

use super::audit::Audit;
use super::kept::kept;
use super::loss::Loss;
use super::plan::Plan;
use super::prices::{Prices, Scheme};
use super::sheet::Sheet;
use super::tables::{Table, tables};
use crate::survey::Survey;

/// Why a figure is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// It rests on too few respondents.
    Primary,
    /// All answers are the same, or all but one.
    Unanimous,
    /// An earlier release withheld it.
    Released,
    /// It would give another figure away.
    Complementary,
}

impl Rule {
    /// As `disclosure.csv` writes it.
    pub fn id(self) -> &'static str {
        match self {
            Rule::Primary => "primary",
            Rule::Unanimous => "unanimous",
            Rule::Released => "released",
            Rule::Complementary => "complementary",
        }
    }
}

/// Sheets of more figures get one plan: the others look at every figure over and over.
const FIGURES: usize = 300;

/// How often what is to be kept is put together anew, when keeping one thing has cost another.
const ROUNDS: usize = 3;

/// Withholds what has to be, beyond what `rules` already does; none of what is `fixed`, since it is
/// out already. With less than the whole audit in tests only.
pub(super) fn protect(
    survey: &Survey,
    sheet: &Sheet,
    is_audited: bool,
    fixed: &[bool],
    rules: &mut [Option<Rule>],
) {
    let search = Search {
        sheet,
        audit: if is_audited { Audit::beyond(sheet, fixed) } else { Audit::of_thin_lines(sheet) },
        tables: tables(survey, sheet),
        prices: [Scheme::Weighted, Scheme::WithItsGroup].map(|scheme| Prices::new(sheet, scheme)),
        fixed,
        small: rules.to_vec(),
    };
    let mut best = search.cheapest(fixed);
    let mut short = BTreeSet::new();
    for _ in 0..ROUNDS {
        let Some(least) = &best else { break };
        short.extend(least.loss.short.iter().copied());
        let known = short.len();
        let is_kept = kept(&search.audit, fixed, &search.small, &least.rules, &short);
        let Some(other) = is_kept.and_then(|is_kept| search.cheapest(&is_kept)) else { break };
        short.extend(other.loss.short.iter().copied());
        if other.loss < least.loss {
            best = Some(other);
        }
        if short.len() == known {
            break;
        }
    }
    // What is out already is kept in any case, so there is a plan; without one nothing would be shown.
    match best {
        Some(best) => rules.copy_from_slice(&best.rules),
        None => rules.fill(Some(Rule::Complementary)),
    }
}

/// A plan that passed the audit, or withholds all that is not out already.
struct Outcome {
    loss: Loss,
    rules: Vec<Option<Rule>>,
}

/// What all plans for a sheet begin with.
struct Search<'s> {
    sheet: &'s Sheet,
    audit: Audit<'s>,
    tables: Vec<Table>,
    prices: [Prices; 2],
    /// What is out already.
    fixed: &'s [bool],
    /// What is withheld for itself.
    small: Vec<Option<Rule>>,
}

impl Search<'_> {
    /// The plan that loses least of those that withhold bit by bit, by either way of pricing, and
    /// one that begins with what is kept alone and shows bit by bit; `None` where what is kept passes
    /// in none of them.
    fn cheapest(&self, is_kept: &[bool]) -> Option<Outcome> {
        let [weighted, with_its_group] = &self.prices;
        let first = self.outcome(is_kept, weighted, false);
        if self.sheet.entries.len() > FIGURES || first.as_ref().is_some_and(|it| it.loss.is_none()) {
            return first;
        }
        let others = [(with_its_group, false), (weighted, true)];
        let others = others.into_iter().filter_map(|(prices, grows)| self.outcome(is_kept, prices, grows));
        // Of equal ones the first.
        first.into_iter().chain(others).reduce(|best, it| if it.loss < best.loss { it } else { best })
    }

    fn outcome(&self, is_kept: &[bool], prices: &Prices, grows: bool) -> Option<Outcome> {
        let mut plan = Plan {
            sheet: self.sheet,
            audit: &self.audit,
            tables: &self.tables,
            prices,
            is_kept,
            rules: self.small.clone(),
        };
        if grows {
            plan.withhold_all();
        }
        if !plan.run() && is_kept != self.fixed {
            return None;
        }
        plan.show_again();
        Some(Outcome { loss: Loss::of(self.sheet, &self.small, &plan.rules), rules: plan.rules })
    }
}
