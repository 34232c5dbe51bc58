//! What answers that are not on the scale amount to.

use std::path::Path;

use super::Input;
use super::corrections::{CORRECTIONS, Correction};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::ratio::Ratio;
use crate::survey::{DEFINITION, InvalidAnswers, Survey};
use crate::words::thousands;

/// Lines for `corrections.csv` that are printed before they are only counted.
const PASTED: usize = 100;

/// What answers that are not on the scale amount to, and the lines that would mend them.
pub(super) fn say_cost(survey: &Survey, folder: &Path, input: &Input, found: &mut Diagnostics) {
    let left_out: u64 = input.ledgers.iter().map(|ledger| ledger.cells.left_out).sum();
    if left_out == 0 || survey.analysis.invalid_answers == InvalidAnswers::LeaveOut {
        return;
    }
    let cells = input.ledgers.iter().map(|ledger| ledger.cells);
    let answers: u64 = cells.map(|cells| cells.scores + cells.no_contact + cells.left_out).sum();
    let percent = Ratio::new(left_out * 100, answers).map_or_else(String::new, |it| it.rounded(2));
    let (left_out, answers) = (thousands(left_out), thousands(answers));
    let message = format!("not on the scale: {left_out} of {answers} answers, {percent}%");
    let mut lines: Vec<String> = input.proposed.iter().take(PASTED).map(Correction::pasted).collect();
    let place = if folder.join(CORRECTIONS).exists() {
        format!("paste into {CORRECTIONS}")
    } else {
        lines.insert(0, Correction::header());
        format!("save as {CORRECTIONS} beside {DEFINITION}")
    };
    if input.proposed.len() > PASTED {
        lines.push(format!("... and {} more, once these are done", input.proposed.len() - PASTED));
    }
    found.push(Diagnostic::notice("answers", Place::file(DEFINITION), message).advice(format!(
        "{place}, with the right value between the two commas before the reason:\n{}\nto go on without them:  rmsurvey run --draft; or under [analysis], for good:  invalid-answers = \"leave-out\"",
        lines.join("\n")
    )));
}
