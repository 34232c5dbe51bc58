//! What a readership is told of the files that were read. Counts of a file are counts of people: the
//! public is told where the audience's figures are shown that year and none of its files (a batch on
//! paper, say) holds fewer forms than the minimum, which the other files would give away.

use std::collections::BTreeMap;

use super::{Policy, Release, Shown};
use crate::ingest::{Corrected, Ledger};
use crate::survey::{Mode, Survey};
use crate::tally::{Cell, Group, Question};

/// What became of one file.
#[derive(Clone, Debug)]
pub struct Account {
    pub file: String,
    pub mode: Mode,
    /// Whether every row and cell is used or listed.
    pub balances: bool,
    pub ledger: Shown<Ledger>,
    /// How many entries were corrected, by reason; none where none was.
    pub corrected: Option<Shown<BTreeMap<String, u64>>>,
}

impl Release {
    /// One per file, in the order of the ledgers.
    pub fn accounts(&self, survey: &Survey, ledgers: &[Ledger], corrected: &[Corrected]) -> Vec<Account> {
        let account = |ledger: &Ledger| {
            let is_told = self.tells_of(survey, ledgers, ledger);
            let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
            for one in corrected.iter().filter(|one| one.correction.file == ledger.file) {
                *reasons.entry(one.correction.reason.clone()).or_default() += 1;
            }
            Account {
                file: ledger.file.clone(),
                mode: ledger.mode,
                balances: ledger.balances(),
                ledger: told(is_told, ledger.clone()),
                corrected: (!reasons.is_empty()).then(|| told(is_told, reasons)),
            }
        };
        ledgers.iter().map(account).collect()
    }

    fn tells_of(&self, survey: &Survey, ledgers: &[Ledger], ledger: &Ledger) -> bool {
        let Ledger { wave, audience, .. } = *ledger;
        let department = survey.headline_department(audience);
        let headline = Cell { wave, audience, department, question: Question::All, group: Group::Everyone };
        let is_shown = self.result(&headline).is_some_and(|one| !one.figure.is_withheld());
        let mut beside = ledgers.iter().filter(|other| (other.wave, other.audience) == (wave, audience));
        let minimum = survey.audiences[audience].minimum_respondents;
        self.policy == Policy::Private || is_shown && beside.all(|other| other.rows.used >= minimum)
    }
}

fn told<T>(is_told: bool, what: T) -> Shown<T> {
    if is_told { Shown::released(what) } else { Shown::withheld() }
}
