//! The findings as a page of Markdown.

use super::{Finding, Topic};
use crate::view::View;
use crate::words::markdown as escape;

impl Topic {
    /// Every topic in the order of the page.
    const ALL: [Topic; 11] = [
        Topic::Response,
        Topic::Scores,
        Topic::Change,
        Topic::Reality,
        Topic::Attention,
        Topic::BothSides,
        Topic::OtherCouncils,
        Topic::Departments,
        Topic::Groups,
        Topic::Contact,
        Topic::Sensitivity,
    ];

    fn heading(self) -> &'static str {
        match self {
            Topic::Response => "Who answered",
            Topic::Scores => "How each question was scored",
            Topic::Change => "Have relationships improved?",
            Topic::Reality => "Is the change real?",
            Topic::Attention => "What still needs attention",
            Topic::BothSides => "Where the two sides see it differently",
            Topic::OtherCouncils => "Other councils",
            Topic::Departments => "Departments",
            Topic::Groups => "Areas and kinds of respondent",
            Topic::Contact => "Who has no contact with whom",
            Topic::Sensitivity => "Would other choices have said the same?",
        }
    }

    /// Of a survey that is about one audience's own lot.
    fn plain_heading(self) -> &'static str {
        match self {
            Topic::Change => "Have scores changed?",
            Topic::Groups => "Groups",
            topic => topic.heading(),
        }
    }
}

/// A part per topic, what is detail after the rest, and behind every finding its address.
pub fn markdown(view: &View<'_>, findings: &[Finding]) -> String {
    let mut page = format!("# {}: findings\n\n", escape(&view.survey.title));
    for stamp in view.stamps() {
        page.push_str(&format!("**{stamp}**\n\n"));
    }
    let organisation = &view.survey.organisation;
    if organisation.short != organisation.name {
        page.push_str(&format!("{} is {}. ", escape(&organisation.short), escape(&organisation.name)));
    }
    page.push_str("Behind every finding stands the address of its figure in `data/results.csv`.\n");
    for topic in Topic::ALL {
        let of = |is_detail: bool| -> Vec<&Finding> {
            findings.iter().filter(|it| it.topic == topic && it.is_detail == is_detail).collect()
        };
        let (main, detail) = (of(false), of(true));
        if main.is_empty() && detail.is_empty() {
            continue;
        }
        let is_of_sides = view.survey.scores_relationships();
        let heading = if is_of_sides { topic.heading() } else { topic.plain_heading() };
        page.push_str(&format!("\n## {heading}\n\n"));
        page.extend(main.iter().map(|it| line(it)));
        if !detail.is_empty() {
            let gap = if main.is_empty() { "" } else { "\n" };
            page.push_str(&format!("{gap}### Earlier, and in more detail\n\n"));
            page.extend(detail.iter().map(|it| line(it)));
        }
    }
    page
}

fn line(finding: &Finding) -> String {
    format!("- {} `{}`\n", escape(&finding.text), finding.address.replace('`', "'"))
}
