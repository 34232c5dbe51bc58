//! Sentences, each written from a released figure and tied to its address. What a sentence may claim
//! depends on the evidence: a test that is clear is stated, one that is not is "no clear", and
//! nothing is chosen for being large.

mod change;
mod contact;
mod departments;
mod mixes;
mod planning;
mod reality;
mod response;
mod scores;
mod sensitivity;
mod sides;

use crate::survey::Address;
use crate::tally::Cell;
use crate::view::View;
use crate::words::markdown as escape;

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
    Departments,
    /// Areas and kinds of respondent.
    Groups,
    Contact,
    Sensitivity,
}

/// One sentence with the figure that carries it.
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

/// Every finding that the evidence carries, in the order of the paper.
pub fn findings(view: &View<'_>) -> Vec<Finding> {
    let mut findings = response::findings(view);
    findings.extend(planning::findings(view));
    findings.extend(scores::findings(view));
    findings.extend(change::findings(view));
    findings.extend(mixes::findings(view));
    findings.extend(reality::findings(view));
    findings.extend(sides::findings(view));
    findings.extend(departments::findings(view));
    findings.extend(sensitivity::findings(view));
    findings.extend(contact::findings(view));
    findings
}

/// `2017/providers/all/Q1/all/all`.
fn address(view: &View<'_>, cell: &Cell) -> String {
    let Address { wave, audience, department, question, breakdown, group } = view.survey.address(cell);
    [wave, audience, department, question, breakdown, group].join("/")
}

/// The findings as a page of Markdown.
pub fn markdown(view: &View<'_>, findings: &[Finding]) -> String {
    let title = format!("# {}: findings\n\n", escape(&view.survey.title));
    let stamps = view.stamps().into_iter().map(|stamp| format!("**{stamp}**\n\n"));
    let sentences =
        findings.iter().map(|it| format!("- {} `{}`\n", escape(&it.text), it.address.replace('`', "'")));
    std::iter::once(title).chain(stamps).chain(sentences).collect()
}
