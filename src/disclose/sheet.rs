//! Everything that is published about one audience in one wave, as the figures that add up.
//!
//! A figure is a set of items (department x question) and a group of people. Two addresses with the
//! same items and group, such as "all departments" where there is one only, are one figure: who knows
//! one knows the other.

use std::collections::BTreeMap;

use super::behind::{Behind, is_in};
use super::lines::{Line, lines};
use super::quantities::{self, Known};
use super::set::Set;
use crate::ingest::Responses;
use crate::survey::{Answer, Item, Survey};
use crate::tally::{Cell, Counts, Department, Group, Question, Sums};

/// No scale has more scores than this.
pub(super) const MOST_SCORES: usize = 10;

/// What the answers behind a figure come to. Points above the lowest and below the highest score are
/// never negative, which is what bounds rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// Scores given.
    pub answers: i64,
    /// Sum of score - 1.
    pub above: i64,
    /// Sum of top - score.
    pub below: i64,
    /// Scores in the upper half of the scale, whose share is published, and those below it.
    pub upper: i64,
    pub lower: i64,
    /// "No contact", blank and left out.
    pub silent: i64,
    pub no_contact: i64,
    /// How often each score was given, from the lowest; all alike is known from the largest.
    pub given: [i64; MOST_SCORES],
    pub forms: i64,
}

impl Held {
    /// How often the score was given that was given most.
    pub fn most_alike(&self) -> i64 {
        self.given.iter().copied().max().unwrap_or(0)
    }
}

/// One figure.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it stands; for items common to two waves, where it would stand with all of them.
    pub cell: Cell,
    /// The other wave that the items are common with, where they are not all.
    other: Option<usize>,
    pub items: Set,
    /// How many these are.
    pub item_count: usize,
    /// Sampling units with an answer in it. Of sums, where nobody can be told from others of the same
    /// groups, as many of each combination of groups as make no set look smaller than the minimum that
    /// is not.
    pub people: Set,
    /// How many these are.
    pub base: usize,
    pub held: Held,
}

/// The figures of one audience in one wave, and how they add up.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub entries: Vec<Entry>,
    pub lines: Vec<Line>,
    /// Per entry, the lines in which it stands.
    pub lines_of: Vec<Vec<usize>>,
    /// Groups that occur, those who stated none included, per breakdown.
    pub groups: Vec<Vec<Group>>,
    pub top: i64,
    /// The lowest score of the upper half of the scale.
    pub cut: i64,
    pub minimum: usize,
    /// The minimum that sets of people are held to. In sums somebody with several forms stands for as many
    /// people, so there it is higher by as many forms as that.
    pub set_minimum: usize,
    /// Whether nobody handed in several forms.
    pub one_form_each: bool,
    /// The cell of each group's overall figure, which also tells its number of forms.
    pub overall: (Department, Question),
    /// Per entry, the overall figure of its group; none for everyone.
    pub overall_for: Vec<Option<usize>>,
    /// Per entry, what readers know of it where it is shown.
    pub shown: Vec<Known>,
    /// Per entry, the position of its group: everyone, then the groups of each breakdown in turn.
    pub group_of: Vec<usize>,
    at: BTreeMap<(Set, Group), usize>,
    items: Vec<Item>,
    /// Per other wave of the audience, the items that it has in common with this one.
    common: BTreeMap<usize, Set>,
}

/// How many dimensions a published figure may narrow down.
pub const PUBLIC_CROSSINGS: usize = 2;

impl Sheet {
    /// Counts what an audience answered, for every address with at most `crossings` dimensions, and
    /// for the same addresses over the items common with each of the other waves.
    pub fn of(survey: &Survey, behind: Behind<'_>, others: &[usize], crossings: usize) -> Sheet {
        let (wave, audience) = (behind.wave(), behind.audience());
        let items = survey.items(wave, audience);
        let mut sheet = Sheet {
            entries: Vec::new(),
            lines: Vec::new(),
            lines_of: Vec::new(),
            groups: groups(survey, behind),
            top: i64::from(survey.scale_of(wave).top),
            cut: i64::from(survey.scale_of(wave).top_cut()),
            minimum: usize::try_from(survey.audiences[audience].minimum_respondents).unwrap_or(usize::MAX),
            set_minimum: 0,
            one_form_each: behind.is_one_form_each(),
            overall: (survey.headline_department(audience), Question::All),
            overall_for: Vec::new(),
            shown: Vec::new(),
            group_of: Vec::new(),
            at: BTreeMap::new(),
            common: others
                .iter()
                .map(|other| (*other, common(survey, (wave, audience), &items, *other)))
                .collect(),
            items,
        };
        sheet.set_minimum = sheet.minimum.saturating_add(behind.counted_again());
        let everyone = std::iter::once(Group::Everyone);
        let all_groups: Vec<Group> = everyone.chain(sheet.groups.iter().flatten().copied()).collect();
        let scopes = std::iter::once(None).chain(others.iter().copied().map(Some));
        for scope in scopes {
            for &department in &survey.department_cells(audience) {
                for &question in &survey.question_cells() {
                    for &group in &all_groups {
                        let cell = Cell { wave, audience, department, question, group };
                        if cell.crossings() <= crossings {
                            let items = sheet.items_of(department, question, scope);
                            sheet.enter(cell, scope, items);
                        }
                    }
                }
            }
        }
        match behind {
            Behind::Forms(responses) => sheet.count(responses),
            Behind::Sums(sums) => sheet.take(sums),
        }
        sheet.shown = sheet.entries.iter().map(quantities::shown).collect();
        let group_of =
            |entry: &Entry| all_groups.iter().position(|group| *group == entry.cell.group).unwrap_or(0);
        sheet.group_of = sheet.entries.iter().map(group_of).collect();
        sheet.lines = lines(&sheet);
        let overall_by_group: BTreeMap<Group, Option<usize>> =
            sheet.groups.iter().flatten().map(|group| (*group, sheet.overall_of(*group))).collect();
        let overall_for =
            sheet.entries.iter().map(|entry| *overall_by_group.get(&entry.cell.group).unwrap_or(&None));
        sheet.overall_for = overall_for.collect();
        sheet.lines_of = vec![Vec::new(); sheet.entries.len()];
        for (position, line) in sheet.lines.iter().enumerate() {
            for entry in line.members() {
                sheet.lines_of[entry].push(position);
            }
        }
        sheet
    }

    /// The figure over a cell's items, or over those of them that another wave asked as well.
    pub fn find(&self, cell: &Cell, other: Option<usize>) -> Option<usize> {
        let items = self.items_of(cell.department, cell.question, other);
        self.at.get(&(items, cell.group)).copied()
    }

    /// The figure of other people over the same items.
    pub fn beside(&self, entry: usize, group: Group) -> Option<usize> {
        self.at.get(&(self.entries[entry].items.clone(), group)).copied()
    }

    /// How many scores the scale has.
    pub fn scores(&self) -> usize {
        usize::try_from(self.top).map_or(MOST_SCORES, |top| top.min(MOST_SCORES))
    }

    /// The overall figure of a group.
    pub fn overall_of(&self, group: Group) -> Option<usize> {
        self.entries.iter().position(|entry| {
            (entry.cell.department, entry.cell.question) == self.overall && entry.cell.group == group
        })
    }

    fn items_of(&self, department: Department, question: Question, other: Option<usize>) -> Set {
        let mut set = Set::empty(self.items.len());
        let common = other.and_then(|other| self.common.get(&other));
        for (position, item) in self.items.iter().enumerate() {
            if item.is_in(department, question) && common.is_none_or(|common| common.contains(position)) {
                set.insert(position);
            }
        }
        set
    }

    fn enter(&mut self, cell: Cell, other: Option<usize>, items: Set) {
        let next = self.entries.len();
        if items.is_empty() || self.at.contains_key(&(items.clone(), cell.group)) {
            return;
        }
        self.at.insert((items.clone(), cell.group), next);
        let (item_count, people, held) = (items.len(), Set::default(), Held::default());
        self.entries.push(Entry { cell, other, items, item_count, people, base: 0, held });
    }

    fn count(&mut self, responses: &Responses) {
        let clusters = responses.clusters();
        let units = clusters.iter().max().map_or(0, |last| last + 1);
        let (top, cut) = (self.top, self.cut);
        for entry in &mut self.entries {
            let mut people = Set::empty(units);
            let mut held = Held::default();
            let wanted: Vec<usize> =
                (0..responses.items.len()).filter(|item| entry.items.contains(*item)).collect();
            for (form, &cluster) in responses.forms.iter().zip(&clusters) {
                if !is_in(&form.groups, entry.cell.group) {
                    continue;
                }
                held.forms += 1;
                for &item in &wanted {
                    let answer = form.codes[item].answer();
                    if let Some(Answer::Score(score)) = answer {
                        people.insert(cluster);
                        held.answers += 1;
                        held.above += i64::from(score) - 1;
                        held.below += top - i64::from(score);
                        held.upper += i64::from(i64::from(score) >= cut);
                        held.lower += i64::from(i64::from(score) < cut);
                        if let Some(given) = held.given.get_mut(usize::from(score).saturating_sub(1)) {
                            *given += 1;
                        }
                    } else {
                        held.silent += 1;
                        held.no_contact += i64::from(answer == Some(Answer::NoContact));
                    }
                }
            }
            entry.base = people.len();
            entry.people = people;
            entry.held = held;
        }
    }

    /// Takes what was added up elsewhere. Of those who share all groups, the first ones are taken to be
    /// behind every figure, and nobody behind figures that are not known by groups: so people behind
    /// several figures together are never taken to be more than they are.
    fn take(&mut self, sums: &Sums) {
        let (top, cut, most) = (self.top, self.cut, self.set_minimum);
        let enough = |units: u64| usize::try_from(units).unwrap_or(usize::MAX).min(most);
        let mut room = vec![0; sums.groups.len()];
        for (&place, &units) in sums.all_combinations() {
            room[place] = room[place].max(enough(units));
        }
        let mut size = 0;
        let mut first = Vec::with_capacity(room.len());
        for room in room {
            first.push(size);
            size += room;
        }
        for entry in &mut self.entries {
            let summed = sums.entry(entry.other, &entry.cell).copied().unwrap_or_default();
            entry.held = held(&summed.counts, top, cut);
            entry.base = usize::try_from(summed.scores.m).unwrap_or(usize::MAX);
            entry.people = Set::empty(size);
            let combinations = sums.combinations(entry.other, &entry.cell).into_iter().flatten();
            for (&place, &units) in combinations {
                if is_in(&sums.groups[place], entry.cell.group) {
                    (0..enough(units)).for_each(|person| entry.people.insert(first[place] + person));
                }
            }
        }
    }
}

fn held(counts: &Counts, top: i64, cut: i64) -> Held {
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut held = Held {
        silent: whole(counts.no_contact + counts.blank),
        no_contact: whole(counts.no_contact),
        forms: whole(counts.forms),
        ..Held::default()
    };
    for ((score, count), given) in (1..).zip(counts.scores).zip(&mut held.given) {
        let count = whole(count);
        *given = count;
        held.answers += count;
        held.above += count * (score - 1);
        held.below += count * (top - score).max(0);
        *(if score >= cut { &mut held.upper } else { &mut held.lower }) += count;
    }
    held
}

/// Which items can be compared with another wave.
fn common(survey: &Survey, (wave, audience): (usize, usize), items: &[Item], other: usize) -> Set {
    let theirs = survey.compared_items(audience, wave, other);
    let mut set = Set::empty(items.len());
    let both = items.iter().enumerate().filter(|(_, item)| theirs.contains(item));
    both.for_each(|(position, _)| set.insert(position));
    set
}

/// The defined groups of each breakdown, and those who stated none where there are any; none of a
/// breakdown that is not published.
fn groups(survey: &Survey, behind: Behind<'_>) -> Vec<Vec<Group>> {
    let breakdowns = survey.audiences[behind.audience()].breakdowns.iter().enumerate();
    let of = breakdowns.map(|(breakdown, definition)| {
        let defined =
            (0..definition.groups.len()).filter(|group| definition.has_group(*group, behind.wave()));
        let defined = defined.map(move |group| Group::Of { breakdown, group });
        let blank = Group::NotStated { breakdown };
        let of = defined.chain(behind.has(blank).then_some(blank));
        if definition.publish && definition.asked.in_wave(behind.wave()) { of.collect() } else { Vec::new() }
    });
    of.collect()
}
