//! Would averages weighted to everyone invited have said the same?

use super::{Finding, Topic};
use crate::disclose::WeightingKey;
use crate::estimate::By;
use crate::tally::Question;
use crate::view::{MEAN_DECIMALS, View, disagree};
use crate::words::{counted, listed, possessive, within};

/// One per audience that can be weighted, about its last wave.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    (0..view.survey.audiences.len()).filter_map(|audience| finding(view, audience)).collect()
}

fn finding(view: &View<'_>, audience: usize) -> Option<Finding> {
    let wave = *view.waves_of(audience).last()?;
    let weighted = view.weighted(wave, audience)?;
    let cell = |question| view.headline(wave, audience, question);
    let [plain, mean] = [view.mean(&cell(Question::All))?, weighted.means.get(&Question::All)?];
    let margins = &view.released_weighting(&WeightingKey { wave, audience, by: By::Joint })?.margins;
    let by = &view.audience(audience).breakdowns;
    let margins: Vec<String> = margins.iter().map(|&margin| within(&by[margin].label)).collect();
    let questions = view.questions().into_iter().filter(|question| *question != Question::All);
    let pairs = questions.filter_map(|it| disagree(view.mean(&cell(it))?, weighted.means.get(&it)?));
    let verdicts: Vec<bool> = pairs.collect();
    let apart = verdicts.iter().filter(|disagree| **disagree).count();
    let of_questions = match (verdicts.len(), apart) {
        (0, _) => String::new(),
        (all, 0) => format!(" None of the {} questions moves by more than its standard error.", counted(all)),
        (all, apart) => format!(
            " {} of the {} questions {} by more than its standard error, so it matters there who answered.",
            crate::words::capital(&counted(apart)),
            counted(all),
            if apart == 1 { "moves" } else { "move" },
        ),
    };
    let text = format!(
        "Weighted to match everyone invited by {}, {} average in {} is {}; as answered it is {}.{of_questions}",
        listed(&margins),
        possessive(&within(&view.audience(audience).label)),
        view.wave_label(wave),
        mean.rounded(MEAN_DECIMALS),
        plain.rounded(MEAN_DECIMALS),
    );
    Some(Finding::new(view, Topic::Sensitivity, &cell(Question::All), text))
}
