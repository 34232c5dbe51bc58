//! What each sampling unit of an audience answered, per domain and group.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::{Counts, Department, Group, Question};
use crate::ingest::{Code, Responses};
use crate::survey::{Answer, Item, Survey};

/// The respondents of one audience in one wave with their counts in every domain (department x
/// question). A unit is a respondent, or a party with several forms in the wave.
#[derive(Clone, Debug)]
pub struct Units {
    pub wave: usize,
    pub audience: usize,
    /// Department and question of each domain, as `Unit::answered` is indexed.
    pub domains: Vec<(Department, Question)>,
    pub units: Vec<Unit>,
}

/// One sampling unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Identifies the same party in another wave.
    pub link: Option<String>,
    /// Counts per domain, for everyone and for every group that a form of the unit belongs to: of one
    /// form the same in all.
    pub answered: BTreeMap<Group, Arc<Vec<Counts>>>,
}

/// Number of valid answers of one unit in one domain, and their sum.
pub type Answered = (u64, u64);

impl Units {
    /// Counts the items for which `asked` holds.
    pub fn of(survey: &Survey, responses: &Responses, asked: impl Fn(Item) -> bool) -> Units {
        let departments = survey.department_cells(responses.audience);
        let questions = survey.question_cells();
        let domains: Vec<(Department, Question)> =
            departments.iter().flat_map(|&d| questions.iter().map(move |&q| (d, q))).collect();
        let feeds: Vec<Vec<usize>> = responses
            .items
            .iter()
            .map(|item| if asked(*item) { fed_by(&domains, *item) } else { Vec::new() })
            .collect();
        let clusters = responses.clusters();
        let count = clusters.iter().max().map_or(0, |last| last + 1);
        let mut units = vec![Unit { link: None, answered: BTreeMap::new() }; count];
        for (form, cluster) in responses.forms.iter().zip(clusters) {
            let counts = Arc::new(counts(&form.codes, &feeds, domains.len()));
            let unit = &mut units[cluster];
            unit.link.clone_from(&form.link);
            let is_asked = |group: &Group| survey.has_group(responses.wave, responses.audience, *group);
            for group in groups_of(&form.groups).filter(is_asked) {
                match unit.answered.entry(group) {
                    Entry::Vacant(place) => {
                        place.insert(Arc::clone(&counts));
                    }
                    Entry::Occupied(sums) => {
                        let sums = Arc::make_mut(sums.into_mut()).iter_mut();
                        sums.zip(counts.iter()).for_each(|(sum, counts)| *sum += *counts);
                    }
                }
            }
        }
        Units { wave: responses.wave, audience: responses.audience, domains, units }
    }

    /// Answers and their sum per unit, in one domain and group; (0, 0) outside it.
    pub fn answered(&self, department: Department, question: Question, group: Group) -> Vec<Answered> {
        let domain = self.domains.iter().position(|domain| *domain == (department, question));
        self.units.iter().map(|unit| domain.map_or((0, 0), |domain| unit.in_domain(domain, group))).collect()
    }

    /// Whether any unit can be found again in another wave.
    pub fn has_links(&self) -> bool {
        self.units.iter().any(|unit| unit.link.is_some())
    }
}

impl Unit {
    fn in_domain(&self, domain: usize, group: Group) -> Answered {
        self.answered.get(&group).map_or((0, 0), |counts| (counts[domain].answers(), counts[domain].sum()))
    }
}

/// The domains that an item's answers count in.
pub fn fed_by(domains: &[(Department, Question)], item: Item) -> Vec<usize> {
    let positions = domains.iter().enumerate().filter(|(_, (d, q))| item.is_in(*d, *q));
    positions.map(|(position, _)| position).collect()
}

/// Everyone, and the group of each breakdown that a form belongs to.
fn groups_of(groups: &[Option<usize>]) -> impl Iterator<Item = Group> {
    let stated = groups.iter().enumerate().map(|(breakdown, group)| match *group {
        Some(group) => Group::Of { breakdown, group },
        None => Group::NotStated { breakdown },
    });
    std::iter::once(Group::Everyone).chain(stated)
}

/// One form's answers in every domain.
fn counts(codes: &[Code], feeds: &[Vec<usize>], domains: usize) -> Vec<Counts> {
    let mut counts = vec![Counts { forms: 1, ..Counts::default() }; domains];
    for (code, feeds) in codes.iter().zip(feeds) {
        for &domain in feeds {
            match code.answer() {
                Some(Answer::Score(score)) => counts[domain].scores[usize::from(score) - 1] += 1,
                Some(Answer::NoContact) => counts[domain].no_contact += 1,
                Some(Answer::Blank) => counts[domain].blank += 1,
                None => {}
            }
        }
    }
    for counts in &mut counts {
        let answers = counts.answers();
        counts.respondents = u64::from(answers > 0);
        counts.contacts = u64::from(answers + counts.no_contact > 0);
    }
    counts
}
