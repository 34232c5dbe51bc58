//! Tries what a reader could try on one audience in one wave: subtraction, bounds, and isolating
//! people.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{self, bounds};
use super::combinations::isolating;
use super::lines::Line;
use super::means::Bounds;
use super::released::Told;
use super::set::Set;
use super::sheet::Sheet;
use super::span::{Equation, Known};
use crate::tally::Group;

/// The mean of a withheld figure has to be open by more than half a point, whichever way a reader
/// rounds.
const LEAST_WIDTH: f64 = 0.5 + 1e-9;

/// How many withheld figures of a line are looked at together.
const LARGEST_UNION: usize = 4;

/// What the audit found first.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    Passed,
    /// Lines whose withheld parts rest together on fewer people than the minimum.
    ThinLines(Vec<usize>),
    /// Withheld figures that sums and differences give exactly.
    Determined(Vec<usize>),
    /// Withheld figures of a line that rest on too few people together, and whose sum is known.
    Together(Vec<usize>),
    /// Withheld figures whose mean, or whose number of people, is known too closely.
    Narrow(Vec<usize>),
    /// Shown figures which together isolate a few people.
    Isolating(Vec<Vec<usize>>),
}

/// The audit of one sheet.
#[derive(Clone, Debug)]
pub(super) struct Audit<'s> {
    pub sheet: &'s Sheet,
    /// Otherwise thin lines are all that it looks for.
    is_whole: bool,
    /// Figures that are out already. What they give away by themselves is not looked for again.
    fixed: &'s [bool],
    given: Given,
}

/// What is known of withheld figures from those that are out already.
#[derive(Clone, Debug, Default)]
struct Given {
    exactly: BTreeSet<usize>,
    together: BTreeSet<Vec<usize>>,
    narrowly: BTreeMap<usize, Bounds>,
}

impl<'s> Audit<'s> {
    pub fn new(sheet: &'s Sheet) -> Audit<'s> {
        Audit { sheet, is_whole: true, fixed: &[], given: Given::default() }
    }

    /// An audit that looks for what can still be mended, where some figures are out already.
    pub fn beyond(sheet: &'s Sheet, fixed: &'s [bool]) -> Audit<'s> {
        let mut audit = Audit::new(sheet);
        if fixed.contains(&true) {
            let all_others: Vec<bool> = fixed.iter().map(|fixed| !fixed).collect();
            let bounds = bounds(sheet, &all_others);
            let narrow = audit.narrow(&all_others).into_iter();
            let known = audit.known(&all_others);
            audit.given = Given {
                exactly: audit.determined(&known).into_iter().collect(),
                together: audit.together(&all_others, &known).collect(),
                narrowly: narrow.filter_map(|entry| Some((entry, bounds[entry]?))).collect(),
            };
            audit.fixed = fixed;
        }
        audit
    }

    /// What figures that are out already give away, whatever else is withheld.
    pub fn told(&self, is_withheld: &[bool]) -> Told {
        if !self.fixed.contains(&true) {
            return Told::default();
        }
        let plain = Audit::new(self.sheet);
        let all_others: Vec<bool> = self.fixed.iter().map(|fixed| !fixed).collect();
        let lines = (0..self.sheet.lines.len()).filter(|line| plain.is_thin(*line, &all_others));
        let mut figures: BTreeSet<usize> =
            lines.flat_map(|line| self.sheet.lines[line].parts.iter().copied()).collect();
        figures.extend(self.given.exactly.iter().chain(self.given.narrowly.keys()));
        // Figures over the items common to two waves are not figures of their own to readers.
        let is_own = |entry: usize| self.sheet.find(&self.sheet.entries[entry].cell, None) == Some(entry);
        figures.retain(|entry| is_withheld[*entry] && is_own(*entry));
        Told { figures: figures.len(), sets: plain.isolating(&all_others, |_| true).len() }
    }

    fn is_fixed(&self, entry: usize) -> bool {
        self.fixed.get(entry) == Some(&true)
    }

    /// An audit that looks for thin lines only, so that tests can see what the rest of it is for.
    pub fn of_thin_lines(sheet: &'s Sheet) -> Audit<'s> {
        Audit { is_whole: false, ..Audit::new(sheet) }
    }

    /// The first way of finding something out that works, quickest ways first.
    pub fn first_failure(&self, is_withheld: &[bool]) -> Finding {
        let thin: Vec<usize> =
            (0..self.sheet.lines.len()).filter(|line| self.is_thin(*line, is_withheld)).collect();
        if !thin.is_empty() {
            return Finding::ThinLines(thin);
        }
        if !self.is_whole {
            return Finding::Passed;
        }
        let known = self.known(is_withheld);
        let determined = self.determined(&known);
        if !determined.is_empty() {
            return Finding::Determined(determined);
        }
        if let Some(union) = self.together(is_withheld, &known).next() {
            return Finding::Together(union);
        }
        let narrow = self.narrow(is_withheld);
        if !narrow.is_empty() {
            return Finding::Narrow(narrow);
        }
        let isolating = self.isolating(is_withheld, |_| true);
        if isolating.is_empty() { Finding::Passed } else { Finding::Isolating(isolating) }
    }

    /// Whether it would still pass, had only these entries been shown since it last did.
    pub fn passes_when_shown(&self, is_withheld: &[bool], shown: &[usize]) -> bool {
        let near = |line: &usize| {
            let line = &self.sheet.lines[*line];
            shown.iter().any(|entry| line.parts.contains(entry) || line.whole == *entry)
        };
        let domains: Vec<&Set> = shown.iter().map(|entry| &self.sheet.entries[*entry].items).collect();
        (0..self.sheet.lines.len()).filter(near).all(|line| !self.is_thin(line, is_withheld))
            && (!self.is_whole || self.finds_nothing(is_withheld, &domains))
    }

    fn finds_nothing(&self, is_withheld: &[bool], domains: &[&Set]) -> bool {
        // First what finds something most often.
        if self.has_narrow(is_withheld) {
            return false;
        }
        let known = self.known(is_withheld);
        self.determined(&known).is_empty()
            && self.together(is_withheld, &known).next().is_none()
            && self.isolating(is_withheld, |items| domains.contains(&items)).is_empty()
    }

    /// A shown whole minus its shown parts is the sum over the withheld ones: its people are held to
    /// the minimum as those of any other figure.
    fn is_thin(&self, line: usize, is_withheld: &[bool]) -> bool {
        let line = &self.sheet.lines[line];
        let withheld: Vec<usize> = line.parts.iter().copied().filter(|part| is_withheld[*part]).collect();
        let mut shown = line.parts.iter().filter(|part| !is_withheld[**part]).chain([&line.whole]);
        !is_withheld[line.whole]
            && !withheld.is_empty()
            && !shown.all(|entry| self.is_fixed(*entry))
            && self.are_few(&withheld)
    }

    /// Whether fewer people than the minimum are behind some figures together.
    fn are_few(&self, entries: &[usize]) -> bool {
        let mut people = Set::default();
        for entry in entries {
            people.unite(&self.sheet.entries[*entry].people);
        }
        let is_few = |entry: &usize| self.sheet.entries[*entry].base < self.sheet.minimum;
        entries.iter().all(is_few) && people.len() < self.sheet.set_minimum
    }

    /// Withheld figures in the span of the shown ones.
    fn determined(&self, known: &Known) -> Vec<usize> {
        known.alone().filter(|entry| !self.given.exactly.contains(entry)).collect()
    }

    /// Up to four withheld figures of a line whose sum is in the span of the shown ones, though they
    /// rest on fewer people than the minimum.
    fn together<'a>(
        &'a self,
        is_withheld: &'a [bool],
        known: &'a Known,
    ) -> impl Iterator<Item = Vec<usize>> + 'a {
        self.sheet.lines.iter().flat_map(move |line| {
            let is_few = |part: &usize| self.sheet.entries[*part].base < self.sheet.minimum;
            let parts = line.parts.iter().copied().filter(|part| is_withheld[*part] && is_few(part));
            let unions = known.together(&parts.collect::<Vec<_>>(), LARGEST_UNION).into_iter();
            unions.filter(|union| self.are_few(union) && !self.given.together.contains(union))
        })
    }

    /// What the shown figures tell of the withheld ones.
    pub fn known(&self, is_withheld: &[bool]) -> Known {
        let equation = |line: &Line| {
            let parts = line.parts.iter().filter(|part| is_withheld[**part]).map(|part| (*part, 1));
            parts.chain(is_withheld[line.whole].then_some((line.whole, -1))).collect::<Equation>()
        };
        let equations: Vec<Equation> = self.sheet.lines.iter().map(equation).collect();
        Known::of(&equations, is_withheld.len())
    }

    /// Withheld figures whose mean is known to within less than the least width, or of which it is
    /// known that nobody scored, or how many people under the minimum did.
    fn narrow(&self, is_withheld: &[bool]) -> Vec<usize> {
        let bounds = bounds(self.sheet, is_withheld);
        let entries = bounds.iter().enumerate();
        let narrow = entries.filter(|(entry, bounds)| {
            let is_given = |bounds: &Bounds| self.given.narrowly.get(entry) == Some(bounds);
            bounds.as_ref().is_some_and(|bounds| self.is_narrow(bounds) && !is_given(bounds))
        });
        narrow.map(|(entry, _)| entry).collect()
    }

    /// Whether there are any.
    fn has_narrow(&self, is_withheld: &[bool]) -> bool {
        // What is given as narrowly anyway is told from what is not by the last bounds only.
        if self.given.narrowly.is_empty() {
            bounds::any(self.sheet, is_withheld, |bounds| self.is_narrow(bounds))
        } else {
            !self.narrow(is_withheld).is_empty()
        }
    }

    fn is_narrow(&self, bounds: &Bounds) -> bool {
        let minimum = i64::try_from(self.sheet.minimum).unwrap_or(i64::MAX);
        let is_few = bounds.people.is_some_and(|people| people < minimum);
        bounds.is_empty || bounds.width() < LEAST_WIDTH || is_few
    }

    /// Shown figures of the same items, across breakdowns, that leave fewer people than the minimum.
    fn isolating(&self, is_withheld: &[bool], is_wanted: impl Fn(&Set) -> bool) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for (entry, everyone) in self.sheet.entries.iter().enumerate() {
            if everyone.cell.group != Group::Everyone || !is_wanted(&everyone.items) {
                continue;
            }
            let groups = self.sheet.groups.iter().flatten();
            let beside = groups.filter_map(|group| self.sheet.beside(entry, *group));
            let shown: Vec<usize> = beside
                .chain([entry])
                .filter(|entry| !is_withheld[*entry] && !self.sheet.entries[*entry].people.is_empty())
                .collect();
            let sets: Vec<&Set> = shown.iter().map(|entry| &self.sheet.entries[*entry].people).collect();
            let combinations = isolating(&sets, self.sheet.set_minimum);
            found.extend(
                combinations
                    .into_iter()
                    .map(|positions| positions.into_iter().map(|at| shown[at]).collect::<Vec<usize>>())
                    .filter(|combination| !combination.iter().all(|entry| self.is_fixed(*entry))),
            );
        }
        found
    }
}
