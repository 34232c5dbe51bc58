//! Sentences, each written from a released figure and tied to its address. What a sentence may claim
//! depends on the evidence: a test that is clear is stated, one that is not is "no clear" or "could
//! be chance", and nothing is chosen for being large.

mod attention;
mod change;
mod contact;
mod contact_shares;
mod departments;
mod group_changes;
mod group_order;
mod group_questions;
mod groups;
mod mixes;
mod other_councils;
mod page;
mod planning;
mod ranking;
mod reality;
mod response;
mod scores;
mod sensitivity;
mod shared_groups;
mod sides;
#[cfg(test)]
mod tests;
mod withheld;

use crate::survey::Address;
use crate::tally::Cell;
use crate::view::View;

pub use page::markdown;

/// What a finding is about; the paper has a part for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Response,
    Scores,
    Change,
    Reality,
    /// What is lowest, did not clearly improve, or fell.
    Attention,
    BothSides,
    OtherCouncils,
    Departments,
    /// Areas and kinds of respondent.
    Groups,
    Contact,
    Sensitivity,
}

/// What is said about one figure, with the figure that carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub topic: Topic,
    /// Whether it belongs on the first page.
    pub is_headline: bool,
    /// Whether it stands in the list of findings only: an earlier year, or more than a paper has room for.
    pub is_detail: bool,
    pub text: String,
    /// The figure's address, as `explain` takes it.
    pub address: String,
}

impl Finding {
    fn new(view: &View<'_>, topic: Topic, cell: &Cell, text: String) -> Finding {
        Finding { topic, is_headline: false, is_detail: false, text, address: address(view, cell) }
    }

    fn headline_if(self, is_headline: bool) -> Finding {
        Finding { is_headline, ..self }
    }

    /// A detail is no headline.
    fn detail_unless(self, is_current: bool) -> Finding {
        Finding {
            is_detail: self.is_detail || !is_current,
            is_headline: self.is_headline && is_current,
            ..self
        }
    }
}

/// What there is to say of each of some years, the latest first; of those before it in detail only.
fn year_by_year(waves: &[usize], found: impl Fn(usize) -> Vec<Finding>) -> Vec<Finding> {
    let last = waves.last().copied();
    let of =
        |&wave: &usize| found(wave).into_iter().map(move |finding| finding.detail_unless(Some(wave) == last));
    waves.iter().rev().flat_map(of).collect()
}

/// Every finding that the evidence carries, in the order of the paper.
pub fn findings(view: &View<'_>) -> Vec<Finding> {
    let mut findings = response::findings(view);
    findings.extend(withheld::audiences(view));
    findings.extend(planning::findings(view));
    findings.extend(scores::findings(view));
    findings.extend(withheld::questions(view));
    findings.extend(change::findings(view));
    findings.extend(reality::findings(view));
    findings.extend(mixes::findings(view));
    findings.extend(attention::findings(view));
    findings.extend(sides::findings(view));
    findings.extend(shared_groups::findings(view));
    findings.extend(other_councils::findings(view));
    findings.extend(departments::findings(view));
    findings.extend(withheld::departments(view));
    findings.extend(groups::findings(view));
    findings.extend(contact::findings(view));
    findings.extend(contact_shares::findings(view));
    findings.extend(sensitivity::findings(view));
    one_headline_of_reality(&mut findings);
    findings
}

/// The first page has room for one answer to whether the change is real: the first that there is.
fn one_headline_of_reality(findings: &mut [Finding]) {
    let reality = findings.iter_mut().filter(|it| it.topic == Topic::Reality && it.is_headline);
    reality.skip(1).for_each(|finding| finding.is_headline = false);
}

/// `2017/providers/all/Q1/all/all`.
pub(crate) fn address(view: &View<'_>, cell: &Cell) -> String {
    let Address { wave, audience, department, question, breakdown, group } = view.survey.address(cell);
    [wave, audience, department, question, breakdown, group].join("/")
}
