//! Questions and departments that an export names in words of its own: each told once, with the alias to
//! write, however many columns have it.

use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Item, Names, Survey, quoted};

/// A column that asks a question by its id, in other words.
pub(super) struct Reworded {
    pub item: Item,
    /// The department, if all behind the id is the name of one.
    pub name: String,
    pub place: Place,
}

/// A question in other words than those of the definition: reported once, however many departments it was
/// asked about.
pub(super) fn report_reworded(
    survey: &Survey,
    wave: usize,
    question: usize,
    wording: &str,
    at: &[Reworded],
) -> Diagnostic {
    let (asked, label) = (&survey.questions[question], &survey.waves[wave].label);
    let columns = match at.len() {
        1 => "a column asks".to_owned(),
        several => format!("{several} columns ask"),
    };
    let first = at.first().map(|column| column.place.clone()).unwrap_or_default();
    let message = format!("{columns} {} in words that the definition does not know", asked.id);
    Diagnostic::error("reworded", first, message).found(wording).expected(asked.text_in(wave)).advice(
        format!(
            "if it was asked like this in {label}, write under {} in survey.toml:  aliases = [{}]",
            asked.id,
            quoted(wording)
        ),
    )
}

/// A name after a question that is no department: reported once, however many columns carry it.
/// Returns the department that is probably meant.
pub(super) fn report_stranger(
    survey: &Survey,
    name: &str,
    at: &[Place],
    found: &mut Diagnostics,
) -> Option<usize> {
    let names =
        survey.departments.iter().flat_map(|d| d.names.all()).chain(survey.whole.iter().flat_map(Names::all));
    let near = nearest(name, names);
    let owner = near.and_then(|near| survey.departments.iter().position(|d| d.names.means(near)));
    let columns = match at.len() {
        1 => "a column asks".to_owned(),
        several => format!("{several} columns ask"),
    };
    let advice = match owner {
        Some(department) => {
            let label = &survey.departments[department].names.label;
            format!("if it is {label}, write there:  aliases = [{}]", quoted(name))
        }
        None => "add the department to survey.toml, or list the headers under `ignore`".to_owned(),
    };
    let first = at.first().cloned().unwrap_or_default();
    let message = format!("{columns} about \"{name}\", which the definition does not know");
    found.push(
        Diagnostic::error("unknown-department", first, message)
            .expected("a department of survey.toml, by its label or one of its aliases")
            .nearest(near)
            .advice(advice),
    );
    owner
}
