//! Whether "no contact" has changed, and whether a rise of scores may be that of those who still
//! have contact.

use super::{Finding, Topic, address};
use crate::estimate::{Comparison, ContactChange, Verdict, may_be_survivors};
use crate::tally::{Cell, Department, Group, Question};
use crate::view::View;
use crate::words::{counted, listed, percent, percentage_points, signed, within};

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
        Cell {
            wave: self.to,
            audience: self.audience,
            department,
            question: Question::All,
            group: Group::Everyone,
        }
    }

    fn change(&self, department: Department) -> Option<&'a ContactChange> {
        self.view.contact_change(&self.cell(department), self.from)
    }

    fn finding(&self, department: Department, is_headline: bool, text: String) -> Finding {
        let address = address(self.view, &self.cell(department));
        Finding { topic: Topic::Contact, is_headline, is_detail: false, text, address }
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
        let moved = format!(
            "from {}% in {} to {}% in {} ({points} percentage points)",
            percent(&before),
            years[0],
            percent(&after),
            years[1]
        );
        let what = format!(
            "\"No contact\" as a share of {}' scores and \"no contact\" for {}",
            within(self.label()),
            self.view.all_departments()
        );
        let text = match comparison.verdict {
            Verdict::Higher => {
                format!("{what} rose {moved}; a change of this size is unlikely to be chance.")
            }
            Verdict::Lower => format!("{what} fell {moved}; a change of this size is unlikely to be chance."),
            Verdict::NotClear => format!(
                "{what} moved {moved}, and the survey cannot tell whether it changed{}.",
                noticed(comparison)
            ),
            Verdict::NotTested(_) => format!("{what} moved {moved}; the change was not tested."),
        };
        Some(self.finding(Department::All, false, text))
    }

    /// The departments with which contact clearly changed, and for how many the survey cannot tell.
    fn departments(&self) -> Option<Finding> {
        let with = |wanted: Verdict| {
            self.those(|it| self.change(it).is_some_and(|it| it.comparison.verdict == wanted))
        };
        let [rose, fell, unclear] = [Verdict::Higher, Verdict::Lower, Verdict::NotClear].map(with);
        let tested = rose.len() + fell.len() + unclear.len();
        let mut parts = Vec::new();
        if !rose.is_empty() {
            parts.push(format!("\"no contact\" clearly rose for {}", listed(&rose)));
        }
        if !fell.is_empty() {
            parts.push(format!("\"no contact\" clearly fell for {}", listed(&fell)));
        }
        match (unclear.len(), tested) {
            (_, 0) => return None,
            (0, _) => {}
            (all, _) if all == tested => parts.push(format!(
                "for none of the {} departments tested can the survey tell whether \"no contact\" changed",
                counted(tested)
            )),
            (some, _) => parts.push(format!("for the other {} tested the survey cannot tell", counted(some))),
        }
        let years = self.years();
        let text = format!(
            "Among {}, from {} to {}: {}.",
            within(self.label()),
            years[0],
            years[1],
            parts.join("; ")
        );
        Some(self.finding(Department::All, false, text))
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
            "For {}, {}' scores rose from {} to {} while \"no contact\" rose too: such a rise may be that of those who are still in contact.",
            listed(&names),
            within(self.label()),
            self.years()[0],
            self.years()[1],
        );
        Some(self.finding(Department::All, overall, text))
    }

    fn those(&self, is_one: impl Fn(Department) -> bool) -> Vec<String> {
        let departments = (0..self.view.survey.departments.len()).map(Department::One);
        departments.filter(|it| is_one(*it)).map(|it| self.view.department_label(it)).collect()
    }
}

fn noticed(comparison: &Comparison) -> String {
    comparison.detectable.map_or_else(String::new, |smallest| {
        format!(
            "; the smallest change that it could have noticed is {} percentage points",
            percentage_points(smallest)
        )
    })
}
