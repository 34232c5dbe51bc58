//! What a heading of the commentary speaks of: a section by its name, a figure by its address.

use super::About;
use crate::diagnostics::{Diagnostic, Place};
use crate::nearest::nearest;
use crate::survey::{Address, SectionId, Survey};

/// Finds what a heading speaks of.
///
/// # Errors
/// Headings that name no section and no figure.
pub(super) fn about(survey: &Survey, heading: &str, place: Place) -> Result<About, Box<Diagnostic>> {
    if heading.contains('/') {
        return figure(survey, heading, place).map(About::Figure);
    }
    let sections: Vec<&str> = survey.report.sections.iter().map(|section| section.id()).collect();
    match SectionId::of(heading).filter(|section| survey.report.sections.contains(section)) {
        Some(section) => Ok(About::Section(section)),
        None => Err(Box::new(
            error(place, "the paper has no section of this name")
                .found(format!("\"{heading}\""))
                .expected(format!(
                    "{}; or the address of a figure, such as 2017/providers/all/Q1/all/all",
                    sections.join(", ")
                ))
                .nearest(nearest(heading, sections.iter().copied())),
        )),
    }
}

/// The six ids of a figure. A wave's label may itself hold a slash.
fn figure(survey: &Survey, heading: &str, place: Place) -> Result<Address, Box<Diagnostic>> {
    let parts: Vec<&str> = heading.rsplitn(6, '/').map(str::trim).collect();
    let [group, breakdown, question, department, audience, wave] = parts[..] else {
        return Err(Box::new(
            error(place, "the address of a figure has six parts").found(format!("\"{heading}\"")).expected(
                "wave/audience/department/question/breakdown/group, such as 2017/providers/all/Q1/all/all",
            ),
        ));
    };
    let one_of = |what: &str, id: &str, known: Vec<&str>| {
        if known.contains(&id) {
            return Ok(());
        }
        Err(Box::new(
            error(place.clone(), &format!("there is no {what} of this name"))
                .found(format!("\"{id}\" in \"{heading}\""))
                .expected(known.join(", "))
                .nearest(nearest(id, known.iter().copied())),
        ))
    };
    one_of("wave", wave, survey.waves.iter().map(|wave| wave.label.as_str()).collect())?;
    one_of("audience", audience, survey.audiences.iter().map(|audience| audience.id.as_str()).collect())?;
    let position = survey.audiences.iter().position(|known| known.id == audience).unwrap_or_default();
    let departments = survey.department_cells(position);
    one_of("department", department, departments.iter().map(|one| survey.department_id(*one)).collect())?;
    let questions = survey.question_cells();
    one_of("question", question, questions.iter().map(|one| survey.question_id(*one)).collect())?;
    let breakdowns = &survey.audiences[position].breakdowns;
    let known = std::iter::once("all").chain(breakdowns.iter().map(|by| by.id.as_str()));
    one_of("breakdown", breakdown, known.collect())?;
    let groups = breakdowns.iter().find(|by| by.id == breakdown).map(|by| &by.groups);
    let groups = groups.map_or(vec!["all"], |groups| groups.iter().map(|group| group.id.as_str()).collect());
    one_of("group", group, groups)?;
    let [wave, audience, department] = [wave, audience, department].map(str::to_owned);
    let [question, breakdown, group] = [question, breakdown, group].map(str::to_owned);
    Ok(Address { wave, audience, department, question, breakdown, group })
}

fn error(place: Place, message: &str) -> Diagnostic {
    Diagnostic::error("commentary", place, message)
}
