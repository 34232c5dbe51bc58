//! How far any choice of what to withhold could go: what could be shown if nothing else were.

use super::audit::{Audit, Finding};
use super::behind::Behind;
use super::sheet::{PUBLIC_CROSSINGS, Sheet};
use crate::estimate::Figures;
use crate::survey::Survey;
use crate::tally::Cell;

/// The figures of one audience in one wave, none of them shown yet. For tests and simulations, which
/// tell by it what could not be shown from what was not.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reach {
    sheet: Sheet,
}

impl Reach {
    /// `None` where the audience did not answer in that wave.
    pub fn of(survey: &Survey, figures: &Figures, wave: usize, audience: usize) -> Option<Reach> {
        let all = Behind::all(figures);
        let own = all.iter().find(|it| (it.wave(), it.audience()) == (wave, audience))?;
        let others = all.iter().filter(|it| it.audience() == audience && it.wave() != wave);
        let others: Vec<usize> = others.map(|it| it.wave()).collect();
        Some(Reach { sheet: Sheet::of(survey, *own, &others, PUBLIC_CROSSINGS) })
    }

    /// Whether these figures could be shown together with all others withheld.
    pub fn allows(&self, cells: &[Cell]) -> bool {
        let mut is_withheld = vec![true; self.sheet.entries.len()];
        for entry in cells.iter().filter_map(|cell| self.sheet.find(cell, None)) {
            is_withheld[entry] = false;
        }
        matches!(Audit::new(&self.sheet).first_failure(&is_withheld), Finding::Passed)
    }
}
