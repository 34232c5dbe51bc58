//! How other councils do: overall, and on which questions and departments there is a clear gap.

use super::{Finding, Topic};
use crate::estimate::{Comparison, Verdict};
use crate::ratio::round_decimal;
use crate::tally::{Cell, Department, Group, Question};
use crate::view::{MEAN_DECIMALS, View};
use crate::words::{counted, listed, none_of, possessive, signed, within};

/// For every audience that other councils asked too, in the latest year.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some(&wave) = view.waves.last() else { return Vec::new() };
    let audiences = 0..view.survey.audiences.len();
    audiences
        .flat_map(|audience| {
            let beside = Beside { view, wave, audience };
            [beside.overall(), beside.questions(), beside.departments()]
        })
        .flatten()
        .collect()
}

struct Beside<'v, 'a> {
    view: &'v View<'a>,
    wave: usize,
    audience: usize,
}

impl Beside<'_, '_> {
    /// The released comparison of a cell, where ours and the others' can be told.
    fn compared(&self, cell: &Cell) -> Option<&Comparison> {
        self.view.benchmark(cell)?.compared.value().filter(|it| it.difference.is_some())
    }

    fn overall(&self) -> Option<Finding> {
        let view = self.view;
        let cell = view.headline(self.wave, self.audience, Question::All);
        let comparison = self.compared(&cell)?;
        let others = &view.benchmark(&cell)?.others;
        let (ours, points) = (comparison.left?, comparison.difference?);
        let points = signed(&points.rounded(MEAN_DECIMALS));
        let theirs = others.pooled.rounded(MEAN_DECIMALS);
        let average = match others.councils {
            1 => "the other council's average".to_owned(),
            some => format!("the average of the {} other councils", counted(some)),
        };
        let said = match comparison.verdict {
            Verdict::Higher => format!("clearly higher than {average}, {theirs} ({points} points)"),
            Verdict::Lower => format!("clearly lower than {average}, {theirs} ({points} points)"),
            Verdict::NotClear => format!(
                "and {average} {theirs} ({points} points); whether there is a gap, the survey cannot tell"
            ),
            Verdict::NotTested(_) => format!("and {average} {theirs} ({points} points), which is not tested"),
        };
        let spread = others.spread.map_or_else(String::new, |spread| {
            let [lowest, highest] =
                [spread.lowest, spread.highest].map(|end| round_decimal(end, MEAN_DECIMALS));
            format!(" Those councils' averages lay between {lowest} and {highest}.")
        });
        let label = possessive(&within(&view.audience(self.audience).label));
        let comma = if matches!(comparison.verdict, Verdict::Higher | Verdict::Lower) { "," } else { "" };
        let text = format!(
            "In {} {label} average score for {} was {}{comma} {said}.{spread}",
            view.wave_label(self.wave),
            view.headline_subject(self.audience),
            ours.rounded(MEAN_DECIMALS),
        );
        let is_tested = !matches!(comparison.verdict, Verdict::NotTested(_));
        Some(Finding::new(view, Topic::OtherCouncils, &cell, text).headline_if(is_tested))
    }

    fn questions(&self) -> Option<Finding> {
        let questions = (0..self.view.survey.questions.len()).map(Question::One);
        let cells = questions.map(|question| self.view.headline(self.wave, self.audience, question));
        self.clear("questions", cells, |cell| self.view.question_label(cell.question))
    }

    fn departments(&self) -> Option<Finding> {
        let &Beside { wave, audience, .. } = self;
        let cell = |department| Cell {
            wave,
            audience,
            department: Department::One(department),
            question: Question::All,
            group: Group::Everyone,
        };
        let cells = (0..self.view.survey.departments.len()).map(cell);
        self.clear("departments", cells, |cell| self.view.department_label(cell.department))
    }

    /// Which are clearly higher or lower than elsewhere.
    fn clear(
        &self,
        what: &str,
        cells: impl Iterator<Item = Cell>,
        label: impl Fn(&Cell) -> String,
    ) -> Option<Finding> {
        let compared: Vec<(Cell, &Comparison)> =
            cells.filter_map(|cell| Some((cell, self.compared(&cell)?))).collect();
        let with =
            |wanted: Verdict| compared.iter().filter(move |(_, it)| it.verdict == wanted).collect::<Vec<_>>();
        let (higher, lower) = (with(Verdict::Higher), with(Verdict::Lower));
        let tested = higher.len() + lower.len() + with(Verdict::NotClear).len();
        let named = |those: &[&(Cell, &Comparison)]| {
            let named = those.iter().enumerate().filter_map(|(position, (cell, comparison))| {
                let points = signed(&comparison.difference?.rounded(MEAN_DECIMALS));
                let unit = if position == 0 { " points" } else { "" };
                Some(format!("{} ({points}{unit})", label(cell)))
            });
            listed(&named.collect::<Vec<_>>())
        };
        let scored = format!(
            "In {} {} of {} scored",
            self.view.wave_label(self.wave),
            within(&self.view.audience(self.audience).label),
            self.view.survey.organisation.short
        );
        let text = match (tested, higher.is_empty(), lower.is_empty()) {
            (0, ..) => return None,
            (1, true, true) => format!(
                "{scored} the one of the {what} compared neither clearly higher nor clearly lower than those of other councils."
            ),
            (_, true, true) => format!(
                "{scored} {} compared clearly higher or lower than those of other councils.",
                none_of(tested, what)
            ),
            (_, false, true) => {
                format!("{scored} {} clearly higher than those of other councils.", named(&higher))
            }
            (_, true, false) => {
                format!("{scored} {} clearly lower than those of other councils.", named(&lower))
            }
            (_, false, false) => format!(
                "{scored} {} clearly higher than those of other councils, and {} clearly lower.",
                named(&higher),
                named(&lower)
            ),
        };
        let first =
            higher.iter().chain(&lower).map(|(cell, _)| *cell).next().or(compared.first().map(|it| it.0))?;
        Some(Finding::new(self.view, Topic::OtherCouncils, &first, text))
    }
}
