//! How many answered, and how that changed.

use super::{Finding, Topic};
use crate::ratio::Ratio;
use crate::tally::Question;
use crate::view::View;
use crate::words::{counted, within};

pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = 0..view.survey.audiences.len();
    let found = audiences.filter_map(|audience| finding(view, audience));
    // The first page has the others' numbers beside their averages.
    found.enumerate().map(|(position, finding)| finding.headline_if(position == 0)).collect()
}

fn finding(view: &View<'_>, audience: usize) -> Option<Finding> {
    let label = within(&view.audience(audience).label);
    let waves = view.waves_of(audience);
    let last = *waves.last()?;
    let cell = |wave| view.headline(wave, audience, Question::All);
    let forms = |wave| view.figure(&cell(wave)).map(|figure| figure.counts.forms);
    let year = view.wave_label(last);
    let now = forms(last)?;
    let mut text = format!("{now} {label} answered in {year}");
    if let Some(rate) = view.figure(&cell(last))?.invited.and_then(|invited| Ratio::new(now * 100, invited)) {
        text.push_str(&format!(", {}% of those invited", rate.rounded(0)));
    }
    let before = waves.iter().rev().nth(1).and_then(|&wave| Some((wave, forms(wave)?)));
    match before {
        Some((wave, then)) => {
            text.push_str(&format!("; {then} did in {}{}.", view.wave_label(wave), times(then, now)));
        }
        None => text.push('.'),
    }
    Some(Finding::new(view, Topic::Response, &cell(last), text))
}

/// "+208%" is read as double, so multiples are said in words beside the counts.
fn times(then: u64, now: u64) -> String {
    match now.checked_div(then) {
        Some(multiple) if multiple >= 2 => {
            let exactly = if now == multiple * then { "" } else { "more than " };
            let words = if multiple == 2 {
                "twice".to_owned()
            } else {
                format!("{} times", counted(multiple as usize))
            };
            format!(", so {exactly}{words} as many answered")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn multiples_are_said_in_words() {
        assert_eq!(times(25, 77), ", so more than three times as many answered"); // 77 / 25 = 3.08
        assert_eq!(times(20, 40), ", so twice as many answered");
        assert_eq!(times(40, 44), "");
        assert_eq!(times(0, 44), "");
    }
}
