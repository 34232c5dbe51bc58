//! The first page: title, what the committee is asked to do, contents.

use super::exhibit::has_tables_of_charts;
use super::paragraph::{Paragraph, bold, link, tab, text};
use super::xml::Xml;
use crate::publish::paper::{Front, Paper};

/// The first page. Sections are found by the bookmarks that [`bookmark`] names.
pub(super) fn front(xml: &mut Xml, paper: &Paper) {
    Paragraph::of("Organisation").text(xml, &paper.organisation);
    Paragraph::of("Title").text(xml, &paper.title);
    Paragraph::of("Subtitle").text(xml, &paper.period);
    asked_of_committee(xml, &paper.front);
    Paragraph::of("ContentsHeading").text(xml, "Contents");
    let mut in_annex = false;
    for (at, section) in paper.sections.iter().enumerate() {
        if section.annex && !in_annex {
            Paragraph::of("Contents").write(xml, |xml| bold(xml, "Annex"));
        }
        in_annex = section.annex;
        Paragraph::of("Contents").write(xml, |xml| {
            text(xml, &(at + 1).to_string(), &[]);
            tab(xml);
            link(xml, &bookmark(at), &section.heading);
        });
    }
    if has_tables_of_charts(paper) {
        let (bookmark, heading) = TABLES_OF_CHARTS;
        Paragraph::of("Contents").write(xml, |xml| {
            tab(xml);
            link(xml, bookmark, heading);
        });
    }
}

/// Where the tables of the charts begin, and what that part is called.
pub(super) const TABLES_OF_CHARTS: (&str, &str) = ("tables_of_charts", "Figures as tables");

/// Where a section begins.
pub(super) fn bookmark(section: usize) -> String {
    format!("section_{}", section + 1)
}

fn asked_of_committee(xml: &mut Xml, front: &Front) {
    for (label, words) in &front.details {
        Paragraph::of("Details").write(xml, |xml| {
            bold(xml, label);
            tab(xml);
            text(xml, words, &[]);
        });
    }
    let heading = Paragraph::of("Heading1").without_number();
    if let Some(purpose) = &front.purpose {
        heading.text(xml, "Purpose");
        Paragraph::of("Normal").text(xml, purpose);
    }
    if !front.recommendations.is_empty() {
        heading.text(xml, front.recommendations_label());
    }
    let style = if front.recommendations.len() == 1 { "Normal" } else { "ListNumber" };
    front.recommendations.iter().for_each(|words| Paragraph::of(style).text(xml, words));
}
