//! Where the two sides see it differently.

use super::{Finding, Topic, year_by_year};
use crate::estimate::{Comparison, GapKey, Verdict};
use crate::ratio::round_decimal;
use crate::tally::Question;
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{capital, listed, signed, within};

/// Per pair of audiences and year in which both answered; the years before the latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let audiences = view.survey.audiences.len();
    let pairs = (0..audiences).flat_map(|left| (left + 1..audiences).map(move |right| (left, right)));
    pairs
        .flat_map(|(left, right)| {
            let theirs = view.waves_of(right);
            let both: Vec<usize> =
                view.waves_of(left).into_iter().filter(|wave| theirs.contains(wave)).collect();
            year_by_year(&both, |wave| Pair { view, left, right, wave }.findings())
        })
        .collect()
}

struct Pair<'v, 'a> {
    view: &'v View<'a>,
    left: usize,
    right: usize,
    wave: usize,
}

impl Pair<'_, '_> {
    fn findings(&self) -> Vec<Finding> {
        let gaps: Vec<(Question, Comparison)> = (0..self.view.survey.questions.len())
            .map(Question::One)
            .filter_map(|question| Some((question, self.gap(question)?)))
            .collect();
        [self.clear(&gaps), self.unclear(&gaps), self.alike(&gaps)].into_iter().flatten().collect()
    }

    fn gap(&self, question: Question) -> Option<Comparison> {
        let department = self.view.survey.headline_department(self.left);
        let key = GapKey::of_audiences(self.wave, [self.left, self.right], department, question);
        self.view.gap(&key).map(|gap| gap.comparison.clone())
    }

    fn labels(&self) -> [String; 2] {
        [self.left, self.right].map(|audience| within(&self.view.audience(audience).label))
    }

    fn finding(&self, question: Question, text: String) -> Finding {
        let cell = self.view.headline(self.wave, self.left, question);
        Finding::new(self.view, Topic::BothSides, &cell, text)
    }

    /// "Q2 Trust (+0.44 points)".
    fn with_points(&self, gaps: &[&(Question, Comparison)]) -> String {
        let named = gaps.iter().enumerate().filter_map(|(position, (question, gap))| {
            let points = signed(&gap.difference?.rounded(MEAN_DECIMALS));
            let unit = if position == 0 { " points" } else { "" };
            Some(format!("{} ({points}{unit})", self.view.question_label(*question)))
        });
        listed(&named.collect::<Vec<_>>())
    }

    fn clear(&self, gaps: &[(Question, Comparison)]) -> Option<Finding> {
        let with = |wanted: Verdict| gaps.iter().filter(move |it| it.1.verdict == wanted).collect::<Vec<_>>();
        let (higher, lower) = (with(Verdict::Higher), with(Verdict::Lower));
        let tested = higher.len() + lower.len() + with(Verdict::NotClear).len();
        let ([ours, theirs], year) = (self.labels(), self.view.wave_label(self.wave));
        let text = match (higher.is_empty(), lower.is_empty()) {
            _ if tested == 0 => return None,
            (true, true) => {
                format!("In {year} there was no clear gap between {ours} and {theirs} on any question.")
            }
            (false, true) => {
                format!(
                    "In {year} {ours} scored {} clearly higher than {theirs} did.",
                    self.with_points(&higher)
                )
            }
            (true, false) => {
                format!(
                    "In {year} {ours} scored {} clearly lower than {theirs} did.",
                    self.with_points(&lower)
                )
            }
            (false, false) => format!(
                "In {year} {ours} scored {} clearly higher than {theirs} did, and {} clearly lower.",
                self.with_points(&higher),
                self.with_points(&lower)
            ),
        };
        let first = higher.iter().chain(&lower).map(|it| it.0).next().unwrap_or(Question::All);
        Some(self.finding(first, text).headline_if(true))
    }

    /// The change that the definition calls worth noticing is the gap worth naming.
    fn is_wide(&self, gap: &Comparison) -> bool {
        gap.difference.is_some_and(|it| it.value.abs() >= self.view.survey.analysis.notice_change)
    }

    /// Gaps that are wide and could yet be chance.
    fn unclear(&self, gaps: &[(Question, Comparison)]) -> Option<Finding> {
        let wide: Vec<&(Question, Comparison)> = gaps
            .iter()
            .filter(|it| !matches!(it.1.verdict, Verdict::Higher | Verdict::Lower) && self.is_wide(&it.1))
            .collect();
        let is_up = |it: &&(Question, Comparison)| it.1.difference.is_some_and(|it| it.value > 0.0);
        let (above, below): (Vec<_>, Vec<_>) = wide.iter().copied().partition(is_up);
        let first = wide.first()?.0;
        let ([ours, theirs], year) = (self.labels(), self.view.wave_label(self.wave));
        let ends = [(above, "higher"), (below, "lower")];
        let parts = ends
            .iter()
            .filter(|(those, _)| !those.is_empty())
            .map(|(those, which)| format!("{which} than {theirs} on {}", self.with_points(those)));
        let parts: Vec<String> = parts.collect();
        let text = format!("In {year} {ours} scored {}, but that could be chance.", parts.join(", and "));
        Some(self.finding(first, text))
    }

    fn alike(&self, gaps: &[(Question, Comparison)]) -> Option<Finding> {
        let close: Vec<&(Question, Comparison)> =
            gaps.iter().filter(|it| it.1.verdict == Verdict::NotClear && !self.is_wide(&it.1)).collect();
        let first = close.first()?.0;
        let labels: Vec<String> = close.iter().map(|it| self.view.question_label(it.0)).collect();
        let text = format!(
            "{} and {} scored {} similarly in {}, less than {} points apart; whether there is a gap, the survey cannot tell.",
            capital(&self.labels()[0]),
            self.labels()[1],
            listed(&labels),
            self.view.wave_label(self.wave),
            round_decimal(self.view.survey.analysis.notice_change, MEAN_DECIMALS),
        );
        Some(self.finding(first, text))
    }
}
