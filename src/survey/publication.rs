//! The definition of what is published: breakdowns that are kept back are not in it, and groups that
//! are published as one are one. Public figures are estimated from it, so that nothing in them can
//! tell such groups apart; the analyst's stay on the definition as it was typed.

use super::audience::Breakdown;
use super::model::{Names, Survey};
use crate::tally::{Cell, Group};

/// A definition beside the one that it was made from, and where each group of that one went.
#[derive(Clone, Debug, PartialEq)]
pub struct Publication {
    pub survey: Survey,
    /// Per audience and breakdown; `None` for one that is not published.
    places: Vec<Vec<Option<Place>>>,
}

/// Where a breakdown went, and each of its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    breakdown: usize,
    groups: Vec<usize>,
}

impl Survey {
    /// The definition of what is published.
    pub fn for_publication(&self) -> Publication {
        let mut survey = self.clone();
        let places = survey.audiences.iter_mut().map(|audience| {
            let mut published = Vec::new();
            let breakdowns = std::mem::take(&mut audience.breakdowns).into_iter();
            let places = breakdowns.map(|breakdown| {
                breakdown.publish.then(|| {
                    let (breakdown, groups) = combined(breakdown);
                    published.push(breakdown);
                    Place { breakdown: published.len() - 1, groups }
                })
            });
            let places = places.collect();
            audience.breakdowns = published;
            places
        });
        let places = places.collect();
        Publication { survey, places }
    }
}

/// A breakdown with its groups put together, each in the place of its first, and where each went.
fn combined(breakdown: Breakdown) -> (Breakdown, Vec<usize>) {
    let mut groups: Vec<Names> = Vec::new();
    let mut places = Vec::new();
    let mut combined = breakdown.combined.clone();
    for (group, names) in breakdown.groups.iter().enumerate() {
        let combination = breakdown.combine.iter().find(|one| one.groups.contains(&group));
        let names = combination.map_or(names, |one| &one.names);
        let place = groups.iter().position(|other| other.id == names.id).unwrap_or_else(|| {
            groups.push(names.clone());
            groups.len() - 1
        });
        if combination.is_some() {
            combined.entry(names.id.clone()).or_default().push(breakdown.groups[group].id.clone());
        }
        places.push(place);
    }
    (Breakdown { groups, combine: Vec::new(), combined, ..breakdown }, places)
}

impl Publication {
    /// Whether anything is published otherwise than it was defined.
    pub fn differs(&self) -> bool {
        let is_same = |(breakdown, place): (usize, &Option<Place>)| {
            place.as_ref().is_some_and(|place| {
                place.breakdown == breakdown
                    && place.groups.iter().enumerate().all(|(at, group)| at == *group)
            })
        };
        !self.places.iter().all(|places| places.iter().enumerate().all(is_same))
    }

    /// The group as a part of which people are published; `None` where that is kept back.
    pub fn group(&self, audience: usize, group: Group) -> Option<Group> {
        let place = |breakdown: usize| self.places.get(audience)?.get(breakdown)?.as_ref();
        match group {
            Group::Everyone => Some(Group::Everyone),
            Group::NotStated { breakdown } => {
                Some(Group::NotStated { breakdown: place(breakdown)?.breakdown })
            }
            Group::Of { breakdown, group } => {
                let place = place(breakdown)?;
                Some(Group::Of { breakdown: place.breakdown, group: *place.groups.get(group)? })
            }
        }
    }

    /// The cell that publishes the same figure; `None` where its group is kept back, or is only a part
    /// of what is published.
    pub fn cell(&self, cell: &Cell) -> Option<Cell> {
        let group = self.group(cell.audience, cell.group)?;
        let is_alone = match (cell.group, group) {
            (Group::Of { breakdown, .. }, Group::Of { group, .. }) => {
                let places = self.places.get(cell.audience)?.get(breakdown)?.as_ref()?;
                places.groups.iter().filter(|place| **place == group).count() == 1
            }
            _ => true,
        };
        is_alone.then_some(Cell { group, ..*cell })
    }

    /// The groups of a form, in the breakdowns that are published.
    pub fn groups(&self, audience: usize, groups: &[Option<usize>]) -> Vec<Option<usize>> {
        let mut published = vec![None; self.survey.audiences[audience].breakdowns.len()];
        for (breakdown, group) in groups.iter().enumerate() {
            if let Some(group) = *group
                && let Some(Group::Of { breakdown, group }) =
                    self.group(audience, Group::Of { breakdown, group })
            {
                published[breakdown] = Some(group);
            }
        }
        published
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../input/survey.toml");

    fn publication(edits: &[(&str, &str)]) -> Publication {
        let text = edits.iter().fold(SAMPLE.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
        crate::survey::read(text.as_bytes()).unwrap().for_publication()
    }

    #[test]
    fn a_definition_without_such_keys_is_published_as_it_is() {
        let survey = crate::survey::read(SAMPLE.as_bytes()).unwrap();
        let publication = survey.for_publication();
        assert!(!publication.differs());
        assert_eq!(publication.survey, survey);
    }

    #[test]
    fn combined_groups_stand_where_their_first_stood() {
        let combine = "label = \"Quadrant\"\ncombine = [[\"west\", \"mid\"]]";
        let publication = publication(&[("label = \"Quadrant\"", combine)]);
        assert!(publication.differs());
        let by = &publication.survey.audiences[0].breakdowns[0];
        let names: Vec<[&str; 2]> = by.groups.iter().map(|it| [it.id.as_str(), it.label.as_str()]).collect();
        let mid = ["mid-and-west", "Mid and West"];
        assert_eq!(names, [["north", "North"], mid, ["south", "South"], ["county-wide", "County wide"]]);
        assert_eq!(by.combined["mid-and-west"], ["mid", "west"]);
        let groups: Vec<_> =
            (0..5).map(|it| publication.groups(0, &[Some(it), None, Some(1), None, None])).collect();
        assert_eq!(groups.iter().map(|it| it[0]).collect::<Vec<_>>(), [0, 1, 2, 1, 3].map(Some));
        assert!(groups.iter().all(|it| it[1..] == [None, Some(1), None, None]));
        let survey = crate::survey::read(SAMPLE.as_bytes()).unwrap();
        let alone: Vec<bool> = (0..5)
            .map(|group| {
                let cells = survey.cells(0, 0);
                let mut cells = cells.filter(|it| it.group == Group::Of { breakdown: 0, group });
                cells.next().and_then(|cell| publication.cell(&cell)).is_some()
            })
            .collect();
        assert_eq!(alone, [true, false, true, false, true]);
    }

    #[test]
    fn what_is_kept_back_is_not_in_it() {
        let kept_back = publication(&[("label = \"Quadrant\"", "label = \"Quadrant\"\npublish = false")]);
        let ids: Vec<&str> =
            kept_back.survey.audiences[0].breakdowns.iter().map(|by| by.id.as_str()).collect();
        assert_eq!(ids, ["service-type", "size", "role", "ecc-share"]);
        assert_eq!(
            kept_back.groups(0, &[Some(4), Some(1), None, None, Some(3)]),
            [Some(1), None, None, Some(3)]
        );
        assert_eq!(kept_back.group(0, Group::Of { breakdown: 0, group: 1 }), None);
        assert_eq!(kept_back.group(0, Group::NotStated { breakdown: 0 }), None);
    }
}
