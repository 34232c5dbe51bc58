//! Whether "no contact" has changed, and whether a rise of scores may be that of those who still
//! have contact.

use super::{Finding, Topic};
use crate::estimate::{Comparison, ContactChange, Verdict, may_be_survivors};
use crate::tally::{Cell, Department, Question};
use crate::view::View;
use crate::words::{counted, listed, none_of, percent, percentage_points, possessive, signed, within};

/// For every audience that scores departments, between the last two years.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let Some((from, to)) = view.latest_pair() else { return Vec::new() };
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences
        .flat_map(|audience| {
            let of = Of { view, audience, from, to };
            of.overall().into_iter().chain(of.departments()).chain(of.survivors())
        })
        .collect()
}

struct Of<'v, 'a> {
    view: &'v View<'a>,
    audience: usize,
    from: usize,
    to: usize,
}

impl<'a> Of<'_, 'a> {
    fn cell(&self, department: Department) -> Cell {
        Cell { department, ..self.view.headline(self.to, self.audience, Question::All) }
    }

    fn change(&self, department: Department) -> Option<&'a ContactChange> {
        self.view.contact_change(&self.cell(department), self.from)
    }

    fn finding(&self, department: Department, text: String) -> Finding {
        Finding::new(self.view, Topic::Contact, &self.cell(department), text)
    }

    fn label(&self) -> &'a str {
        &self.view.audience(self.audience).label
    }

    fn years(&self) -> [&'a str; 2] {
        [self.from, self.to].map(|wave| self.view.wave_label(wave))
    }

    /// Nothing where nobody said "no contact" in either year.
    fn overall(&self) -> Option<Finding> {
        let comparison = &self.change(Department::All)?.comparison;
        let (before, after) = (comparison.right?, comparison.left?);
        if before.value == 0.0 && after.value == 0.0 {
            return None;
        }
        let points = signed(&percent(&comparison.difference?));
        let years = self.years();
        let says = match comparison.verdict {
            Verdict::Higher => "a rise of this size is unlikely to be chance".to_owned(),
            Verdict::Lower => "a fall of this size is unlikely to be chance".to_owned(),
            Verdict::NotClear => {
                format!("the survey cannot tell whether this changed{}", noticed(comparison))
            }
            Verdict::NotTested(_) => "the change was not tested".to_owned(),
        };
        let text = format!(
            "In {} {} answered \u{201c}no contact\u{201d} to {}% of the department questions, {}% in {} ({points} percentage points); {says}.",
            years[1],
            within(self.label()),
            percent(&after),
            percent(&before),
            years[0],
        );
        Some(self.finding(Department::All, text))
    }

    /// The departments with which contact clearly changed, and for how many the survey cannot tell.
    fn departments(&self) -> Option<Finding> {
        let with = |wanted: Verdict| {
            self.those(|it| self.change(it).is_some_and(|it| it.comparison.verdict == wanted))
        };
        let [rose, fell, unclear] = [Verdict::Higher, Verdict::Lower, Verdict::NotClear].map(with);
        let tested = rose.len() + fell.len() + unclear.len();
        let (who, years) = (possessive(&within(self.label())), self.years());
        let mut parts = Vec::new();
        if !rose.is_empty() {
            parts.push(format!("it clearly rose for {}", listed(&rose)));
        }
        if !fell.is_empty() {
            parts.push(format!("it clearly fell for {}", listed(&fell)));
        }
        let text = match (unclear.len(), tested) {
            (_, 0) => return None,
            (all, _) if all == tested => {
                let which = match &unclear[..] {
                    [one] => format!("For {one} the survey cannot"),
                    _ => format!("For {} can the survey", none_of(tested, "departments")),
                };
                let [from, to] = years;
                format!("{which} tell whether {who} \u{201c}no contact\u{201d} changed from {from} to {to}.")
            }
            (others, _) => {
                match others {
                    0 => {}
                    1 => parts.push(format!("for {} the survey cannot tell", unclear[0])),
                    some => parts.push(format!("for the other {} the survey cannot tell", counted(some))),
                }
                let [from, to] = years;
                let parts = parts.join("; ");
                format!("How {who} \u{201c}no contact\u{201d} changed from {from} to {to}: {parts}.")
            }
        };
        Some(self.finding(Department::All, text))
    }

    /// The warning that a rise may be the survivors' rise.
    fn survivors(&self) -> Option<Finding> {
        let warns = |department: Department| {
            let score = self.view.change(&self.cell(department), self.from);
            let both = score.zip(self.change(department));
            both.is_some_and(|(score, contact)| may_be_survivors(&score.comparison, &contact.comparison))
        };
        let mut names = self.those(warns);
        let overall = warns(Department::All);
        if overall {
            names.insert(0, self.view.all_departments());
        }
        if names.is_empty() {
            return None;
        }
        let text = format!(
            "For {}, {} scores rose from {} to {} while \u{201c}no contact\u{201d} rose too. Such a rise may be that of those who are still in contact.",
            listed(&names),
            possessive(&within(self.label())),
            self.years()[0],
            self.years()[1],
        );
        Some(self.finding(Department::All, text).headline_if(overall))
    }

    fn those(&self, is_one: impl Fn(Department) -> bool) -> Vec<String> {
        let departments = (0..self.view.survey.departments.len()).map(Department::One);
        departments.filter(|it| is_one(*it)).map(|it| self.view.department_label(it)).collect()
    }
}

fn noticed(comparison: &Comparison) -> String {
    comparison.detectable.map_or_else(String::new, |smallest| {
        format!(
            ". The smallest change that it could have noticed is {} percentage points",
            percentage_points(smallest)
        )
    })
}
