//! The words of the paper that are not everyday ones.

use crate::publish::paper::Block;
use crate::publish::view::View;

pub(in crate::publish) fn glossary(view: &View<'_>) -> Vec<Block> {
    let mut terms = vec![
        ("Likely range", "Where the average would probably lie had everyone invited answered: 95 times out of 100, ranges made in this way hold it."),
        ("No clear change, no clear gap", "The survey cannot tell whether there is one. It does not say that there is none."),
        ("Not tested", "Too few answered to try."),
        ("Number who answered", "Respondents with at least one score behind the figure."),
        ("Smallest change that could have been noticed", "A change of this size would have been found clear four times out of five."),
    ]
    .into_iter()
    .map(|(term, meaning)| (term.to_owned(), meaning.to_owned()))
    .collect::<Vec<_>>();
    let organisation = &view.survey.organisation;
    if organisation.short != organisation.name {
        terms.push((organisation.short.clone(), organisation.name.clone()));
    }
    vec![Block::Glossary(terms)]
}
