//! Where the two sides see it differently.

use super::{Finding, Topic, address};
use crate::estimate::{GapKey, Verdict};
use crate::tally::Question;
use crate::view::View;
use crate::words::{counted, listed, within};

/// One per pair of audiences, in the latest wave in which both answered.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = view.survey.audiences.len();
    let pairs = (0..audiences).flat_map(|left| (left + 1..audiences).map(move |right| (left, right)));
    pairs.filter_map(|(left, right)| finding(view, left, right)).collect()
}

fn finding(view: &View<'_>, left: usize, right: usize) -> Option<Finding> {
    let wave = view.waves_of(left).into_iter().rfind(|wave| view.waves_of(right).contains(wave))?;
    let department = view.survey.headline_department(left);
    let verdict = |question| {
        let key = GapKey::of_audiences(wave, [left, right], department, question);
        view.gap(&key).map(|gap| gap.comparison.verdict)
    };
    let questions: Vec<Question> = (0..view.survey.questions.len()).map(Question::One).collect();
    let with = |wanted: Verdict| -> Vec<String> {
        let those = questions.iter().filter(|question| verdict(**question) == Some(wanted));
        those.map(|question| view.question_label(*question)).collect()
    };
    let (higher, lower, unclear) = (with(Verdict::Higher), with(Verdict::Lower), with(Verdict::NotClear));
    let [ours, theirs] = [left, right].map(|audience| within(&view.audience(audience).label));
    let mut parts = Vec::new();
    if !higher.is_empty() {
        parts.push(format!("{ours} scored {} clearly higher than {theirs}", listed(&higher)));
    }
    if !lower.is_empty() {
        parts.push(format!("{ours} scored {} clearly lower than {theirs}", listed(&lower)));
    }
    match (unclear.len(), parts.is_empty()) {
        (0, true) => return None,
        (0, false) => {}
        (all, true) => parts.push(format!(
            "on none of the {} questions tested is there a clear gap between {ours} and {theirs}",
            counted(all)
        )),
        (some, false) => parts.push(format!("on the other {} tested there is no clear gap", counted(some))),
    }
    let text = format!("In {}, {}.", view.wave_label(wave), parts.join("; "));
    let cell = view.headline(wave, left, Question::All);
    Some(Finding {
        topic: Topic::BothSides,
        is_headline: true,
        is_detail: false,
        text,
        address: address(view, &cell),
    })
}
