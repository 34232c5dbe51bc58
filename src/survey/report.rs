//! The sections of the paper: their addresses, headings and order, in one place.

use std::collections::BTreeMap;

use super::model::Survey;

/// A section of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionId {
    Summary,
    Response,
    Change,
    /// Is the change real: the same people, or different people answering?
    Reality,
    Attention,
    BothSides,
    /// How other councils do.
    OtherCouncils,
    Departments,
    Groups,
    Contact,
    Areas,
    /// What people named when they were asked what they would like to see.
    Themes,
    Ladder,
    /// Figures from elsewhere.
    Context,
    /// What the paper cannot say.
    Limits,
    Method,
    Sensitivity,
    Quality,
    Glossary,
}

impl SectionId {
    /// In the order in which a committee reads, the annex last.
    pub const ALL: [SectionId; 19] = [
        SectionId::Summary,
        SectionId::Response,
        SectionId::Change,
        SectionId::Reality,
        SectionId::Attention,
        SectionId::BothSides,
        SectionId::OtherCouncils,
        SectionId::Departments,
        SectionId::Groups,
        SectionId::Contact,
        SectionId::Areas,
        SectionId::Themes,
        SectionId::Ladder,
        SectionId::Context,
        SectionId::Limits,
        SectionId::Method,
        SectionId::Sensitivity,
        SectionId::Quality,
        SectionId::Glossary,
    ];

    /// Address on the page, and the name by which the definition and the commentary speak of it.
    pub fn id(self) -> &'static str {
        self.words().0
    }

    /// The heading where the definition has none of its own.
    fn heading(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            SectionId::Summary => ("summary", "In short"),
            SectionId::Response => ("response", "Who answered, and is it enough?"),
            SectionId::Change => ("change", "Have relationships improved?"),
            SectionId::Reality => ("reality", "Is the change real?"),
            SectionId::Attention => ("attention", "What still needs attention?"),
            SectionId::BothSides => ("both-sides", "Where the two sides see it differently"),
            SectionId::OtherCouncils => ("other-councils", "Other councils"),
            SectionId::Departments => ("departments", "Departments"),
            SectionId::Groups => ("groups", "Areas and kinds of respondent"),
            SectionId::Contact => ("contact", "Who has no contact with whom"),
            SectionId::Areas => ("areas", "Areas for improvement"),
            SectionId::Themes => ("themes", "What people would like to see"),
            SectionId::Context => ("context", "Figures from elsewhere"),
            SectionId::Ladder => ("ladder", "Where scores lie between described levels"),
            SectionId::Limits => ("limits", "What this paper cannot say"),
            SectionId::Method => ("method", "Method"),
            SectionId::Sensitivity => ("sensitivity", "Would other choices have said the same?"),
            SectionId::Quality => ("quality", "Quality of the data"),
            SectionId::Glossary => ("glossary", "Words used"),
        }
    }

    /// Whether it backs the paper up rather than being part of it.
    pub fn is_annex(self) -> bool {
        use SectionId::{Glossary, Method, Quality, Sensitivity};
        matches!(self, Method | Sensitivity | Quality | Glossary)
    }

    /// The section of an address.
    pub fn of(id: &str) -> Option<SectionId> {
        SectionId::ALL.into_iter().find(|section| section.id() == id)
    }
}

/// What the paper is called, which sections it has, and how they are headed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The title of the paper where it is not that of the survey.
    pub title: Option<String>,
    /// In the order of the paper.
    pub sections: Vec<SectionId>,
    /// Headings in the council's own words.
    pub headings: BTreeMap<SectionId, String>,
}

impl Default for Report {
    fn default() -> Report {
        Report { title: None, sections: SectionId::ALL.to_vec(), headings: BTreeMap::new() }
    }
}

impl Survey {
    /// What a section of the paper is called: in the council's own words, or in the usual ones.
    pub fn heading(&self, section: SectionId) -> &str {
        let usual = match section {
            SectionId::Change if !self.scores_relationships() => "Have scores changed?",
            SectionId::Groups if !self.scores_relationships() => "Groups",
            section => section.heading(),
        };
        self.report.headings.get(&section).map_or(usual, String::as_str)
    }
}
