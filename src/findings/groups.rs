//! Which group of a breakdown scores highest and lowest, with what the tests say of it.

use super::group_order::in_order;
use super::ranking::{End, Entry, Ranking, against_next, mirrored, of_its_questions, why_not};
use super::{Finding, Topic, group_changes, group_questions, withheld};
use crate::estimate::{Comparison, GapKey, Kind, Side, Verdict};
use crate::tally::{Cell, Group, Question};
use crate::view::View;
use crate::words::{signed, within};

/// For every breakdown of every audience in every year of which the audience is shown at all; the
/// years before the latest are detail.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for audience in 0..view.survey.audiences.len() {
        let waves = view.waves_of(audience);
        for breakdown in 0..view.audience(audience).breakdowns.len() {
            for &wave in waves.iter().rev() {
                let is_current = Some(&wave) == waves.last();
                let of = year(&Grouped::new(view, wave, audience, breakdown));
                found.extend(of.into_iter().map(|finding| finding.detail_unless(is_current)));
            }
            found.extend(group_changes::finding(view, audience, breakdown));
        }
    }
    found
}

/// One breakdown of one audience in one year.
pub(super) struct Grouped<'v, 'a> {
    pub view: &'v View<'a>,
    /// Everyone, under the audience's headline.
    pub everyone: Cell,
    pub breakdown: usize,
    pub ranking: Ranking,
}

impl<'v, 'a> Grouped<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>, wave: usize, audience: usize, breakdown: usize) -> Self {
        let everyone = view.headline(wave, audience, Question::All);
        let by = &view.audience(audience).breakdowns[breakdown];
        let cells = (0..by.groups.len()).map(|group| {
            let group = Group::Of { breakdown, group };
            (view.group_label(audience, group), Cell { group, ..everyone })
        });
        let cells = cells.filter(|_| by.asked.in_wave(wave));
        // What is not published at all is not missed.
        let cells = cells.filter(|(_, cell)| view.release.result(cell).is_some());
        Grouped { view, everyone, breakdown, ranking: Ranking::of(view, cells) }
    }

    /// "Care providers by quadrant, 2016".
    pub(super) fn about(&self) -> String {
        let audience = self.view.audience(self.everyone.audience);
        let by = within(&audience.breakdowns[self.breakdown].label);
        format!("{} by {by}, {}", audience.label, self.view.wave_label(self.everyone.wave))
    }

    pub(super) fn finding(&self, cell: &Cell, text: &str) -> Finding {
        Finding::new(self.view, Topic::Groups, cell, format!("{}: {text}", self.about()))
    }

    /// One group against another, or against all the others together.
    pub(super) fn gap(&self, one: &Cell, other: Option<&Cell>) -> Option<Comparison> {
        let side = |cell: &Cell| match cell.group {
            Group::Of { group, .. } => Some(Side::Group(group)),
            _ => None,
        };
        let left = side(one)?;
        let right = other.map_or(Some(Side::Rest), side)?;
        let Cell { wave, audience, department, question, .. } = *one;
        let key = |left, right| GapKey {
            kind: Kind::Groups,
            wave,
            audience: Some(audience),
            department: Some(department),
            question,
            breakdown: Some(self.breakdown),
            left,
            right,
        };
        let as_it_is = self.view.gap(&key(left, right)).map(|gap| gap.comparison.clone());
        as_it_is.or_else(|| self.view.gap(&key(right, left)).map(|gap| mirrored(&gap.comparison)))
    }

    pub(super) fn against_rest(&self, cell: &Cell) -> Option<Verdict> {
        self.gap(cell, None).map(|gap| gap.verdict)
    }

    /// "of the groups shown, " where some are not.
    fn of_those_shown(&self) -> &'static str {
        if self.ranking.is_complete { "" } else { "of the groups shown, " }
    }
}

fn year(by: &Grouped<'_, '_>) -> Vec<Finding> {
    if by.view.figure(&by.everyone).is_none() {
        return Vec::new();
    }
    let mut found: Vec<Finding> = match &by.ranking.entries[..] {
        [] => Vec::new(),
        [only] => vec![alone(by, only)],
        [higher, lower] if by.ranking.is_complete => vec![pair(by, higher, lower)],
        [..] => [End::Highest, End::Lowest].into_iter().filter_map(|end| at_end(by, end)).collect(),
    };
    found.extend(most(by));
    found.extend(in_order(by).map(|finding| finding.detail_unless(false)));
    found.extend(group_questions::finding(by).map(|finding| finding.detail_unless(false)));
    found.extend(withheld::groups(by.view, &by.everyone, by.breakdown));
    found
}

/// The one group that is shown.
fn alone(by: &Grouped<'_, '_>, only: &Entry) -> Finding {
    let against = match by.against_rest(&only.cell) {
        Some(Verdict::Higher) => "; it is clearly higher than all the others together",
        Some(Verdict::Lower) => "; it is clearly lower than all the others together",
        Some(Verdict::NotClear) => "; the gap to all the others together could be chance",
        Some(Verdict::NotTested(_)) | None => "",
    };
    by.finding(&only.cell, &format!("of the groups, only {} is shown{against}.", with_base(only)))
}

fn pair(by: &Grouped<'_, '_>, higher: &Entry, lower: &Entry) -> Finding {
    let gap = by.gap(&higher.cell, Some(&lower.cell));
    let points = gap.as_ref().and_then(|gap| gap.difference).filter(|it| it.value > 0.0);
    let Some(points) = points else {
        let text = format!("{} and {} gave the same average.", with_base(higher), with_base(lower));
        return by.finding(&higher.cell, &text);
    };
    let marginally = if points.value < super::ranking::CLOSE { "marginally " } else { "" };
    let difference = signed(&points.rounded(crate::view::MEAN_DECIMALS));
    let says = match gap.map(|gap| gap.verdict) {
        Some(Verdict::Higher | Verdict::Lower) => "and that is unlikely to be chance".to_owned(),
        Some(Verdict::NotClear) | None => "but the gap could be chance".to_owned(),
        Some(Verdict::NotTested(reason)) => {
            format!("but {} to test the gap, which could be chance", why_not(reason))
        }
    };
    let text = format!(
        "{} gave {marginally}higher scores than {} ({difference} points), {says}.",
        with_base(higher),
        with_base(lower)
    );
    by.finding(&higher.cell, &text)
}

fn at_end(by: &Grouped<'_, '_>, end: End) -> Option<Finding> {
    let ordered = by.ranking.from(end);
    let [first, next, ..] = ordered[..] else { return None };
    let gap = by.gap(&first.cell, Some(&next.cell));
    let together = match by.against_rest(&first.cell) {
        Some(verdict) if verdict == end.clear() => {
            format!(" {} is clearly {} than all the others together.", first.label, end.comparative())
        }
        _ => String::new(),
    };
    let text = format!(
        "{}{} gave the {} scores{}.{together}{}",
        by.of_those_shown(),
        with_base(first),
        end.superlative(),
        against_next(end, first, next, gap.as_ref()),
        of_its_questions(by.view, first, end, Ranking::few),
    );
    Some(by.finding(&first.cell, &text))
}

/// Where most of those who answered are in one group.
fn most(by: &Grouped<'_, '_>) -> Option<Finding> {
    let of = |cell: &Cell| by.view.figure(cell).map(|figure| figure.counts.forms);
    let everyone = of(&by.everyone)?;
    let mut sizes: Vec<(u64, &Entry)> =
        by.ranking.entries.iter().filter_map(|entry| Some((of(&entry.cell)?, entry))).collect();
    sizes.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let (size, largest) = *sizes.first()?;
    if size * 2 <= everyone || sizes.len() < 3 && by.ranking.is_complete {
        return None;
    }
    let next = match sizes.get(1) {
        Some((size, next)) if by.ranking.is_complete => {
            format!("; {} comes next ({size})", next.label)
        }
        _ => String::new(),
    };
    let text = format!("{size} of the {everyone} who answered are in {}{next}.", largest.label);
    Some(by.finding(&largest.cell, &text))
}

/// "North (2.73, 7 answered)".
fn with_base(entry: &Entry) -> String {
    let Entry { label, mean, .. } = entry;
    format!("{label} ({}, {} answered)", mean.rounded(crate::view::MEAN_DECIMALS), mean.respondents)
}
